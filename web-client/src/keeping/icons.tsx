import { icon } from "../view/icons";

/** Pictures of keeping alone. */

export const EraseIcon = /*#__PURE__*/ icon(
  "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13.5h9l1-13.5M10.3 11v5.5M13.7 11v5.5",
);
export const LoadIcon = /*#__PURE__*/ icon("M12 4v11.5M6.8 10.3l5.2 5.2 5.2-5.2M4.5 20h15");
