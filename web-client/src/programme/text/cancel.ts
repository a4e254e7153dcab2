import { staffDictionary } from "../../staff/dictionary";
import { en } from "./cancel_en";
import { type CancelTexts, fi } from "./cancel_fi";

export type { CancelTexts };

export const cancelTexts = staffDictionary<CancelTexts>(fi, en);
