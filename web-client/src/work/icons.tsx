import { icon } from "../view/icons";

/** Pictures of the work alone: they come with it. */

export const ByPhoneIcon = /*#__PURE__*/ icon(
  "M4.5 5.5h3.4l1.5 4.3-2.2 1.6a11 11 0 0 0 5 5l1.6-2.2 4.3 1.5v3.2a1.4 1.4 0 0 1-1.5 1.4A14.8 14.8 0 0 1 3.1 7 1.4 " +
    "1.4 0 0 1 4.5 5.5zM13 7.5h7.5M13 11.5h5",
);
export const BackIcon = /*#__PURE__*/ icon("M20 12H4.5M10.8 5.6L4.4 12l6.4 6.4");
export const ForwardIcon = /*#__PURE__*/ icon("M4 12h15.5M13.2 5.6l6.4 6.4-6.4 6.4");
export const LetterIcon = /*#__PURE__*/ icon("M3.5 10L12 3.8 20.5 10v9.5h-17zM3.8 10.3L12 15.6l8.2-5.3");
export const SheetIcon = /*#__PURE__*/ icon("M5 3.5h14v17H5zM8.8 8.5h6.4M8.8 12.5h6.4M8.8 16.5h3.4");
export const PaperIcon = /*#__PURE__*/ icon(
  "M5.5 3h9.2l4.3 4.3V21H5.5zM14.5 3v4.5H19M8.6 12q1.2-1.8 2.3 0t2.3 0 2.3 0M8.6 16.6h4.6",
);
export const SplitIcon = /*#__PURE__*/ icon(
  "M12 3.5v6M12 9.5c0 4-6.5 3-6.5 8M12 9.5c0 4 6.5 3 6.5 8M2.8 15.2l2.7 3 2.7-3M15.8 15.2l2.7 3 2.7-3",
);
export const EyeIcon = /*#__PURE__*/ icon(
  "M2.5 12q9.5-13 19 0-9.5 13-19 0zM9.2 12a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0 -5.6 0z",
);
export const PlusIcon = /*#__PURE__*/ icon("M12 5v14M5 12h14");
export const PhoneIcon = /*#__PURE__*/ icon(
  "M9 2.5h6a2 2 0 0 1 2 2v15a2 2 0 0 1 -2 2h-6a2 2 0 0 1 -2 -2v-15a2 2 0 0 1 2 -2zM11 18.3h2",
);
