import { icon } from "./icons";

/** The pictures of polls: apart, so that they come with them. */

export const PollIcon = /*#__PURE__*/ icon("M4 6.2h15M4 12h9M4 17.8h5.5", 3.2);
export const BulbIcon = /*#__PURE__*/ icon(
  "M9.2 16.4c0-2.4-3.2-3.6-3.2-7.2a6 6 0 0 1 12 0c0 3.6-3.2 4.8-3.2 7.2zM9.6 20h4.8",
);
export const EyeIcon = /*#__PURE__*/ icon(
  "M2.5 12q9.5-13 19 0-9.5 13-19 0zM9.2 12a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0 -5.6 0z",
);
export const ByPhoneIcon = /*#__PURE__*/ icon(
  "M4.5 5.5h3.4l1.5 4.3-2.2 1.6a11 11 0 0 0 5 5l1.6-2.2 4.3 1.5v3.2a1.4 1.4 0 0 1-1.5 1.4A14.8 14.8 0 0 1 3.1 7 1.4 " +
    "1.4 0 0 1 4.5 5.5zM13 7.5h7.5M13 11.5h5",
);
