import { icon } from "../view/icons";

export const PrintIcon = /*#__PURE__*/ icon("M7 9V3.5h10V9M7 17.5H4V9h16v8.5h-3M7 14.5h10v6H7z");
export const PhoneIcon = /*#__PURE__*/ icon(
  "M9 2.5h6a2 2 0 0 1 2 2v15a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2v-15a2 2 0 0 1 2-2zM11 18.3h2",
);
