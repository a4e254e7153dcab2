import { icon } from "./icons";

/** Four faces and none in the middle, with what else the feedback needs: apart, so that they come with it. */

const HEAD = "M2.5 12a9.5 9.5 0 1 0 19 0a9.5 9.5 0 1 0 -19 0z";
const face = (path: string) => icon(`${HEAD}${path}`);

export const GoodFaceIcon = /*#__PURE__*/ face(
  "M7.4 9.9q1.3-1.9 2.6 0M14 9.9q1.3-1.9 2.6 0M7.4 13.4h9.2a4.6 4.4 0 0 1-9.2 0z",
);
export const FairFaceIcon = /*#__PURE__*/ face("M8.8 9v.8M15.2 9v.8M8 14.4q4 3.2 8 0");
export const PoorFaceIcon = /*#__PURE__*/ face("M8.8 9v.8M15.2 9v.8M8 16.2q4-3 8 0");
export const BadFaceIcon = /*#__PURE__*/ face(
  "M8.8 10.6v.8M15.2 10.6v.8M7 8.4l3-1.2M17 8.4l-3-1.2M7.2 17.4q4.8-6 9.6 0",
);
export const HeardIcon = /*#__PURE__*/ icon(
  "M4.5 4.5h15a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H11l-4.5 4v-4h-2a1 1 0 0 1-1-1v-10a1 1 0 0 1 1-1zM8.2 10.6l2.8 2.6 5-5.2",
);
