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
