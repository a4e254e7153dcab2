import { staffDictionary } from "../../staff/dictionary";
import { en } from "./en";
import { fi, type OfficeTexts } from "./fi";

export type { OfficeTexts };

export const officeTexts = staffDictionary<OfficeTexts>(fi, en);
