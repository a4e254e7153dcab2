import { staffDictionary } from "../../staff/dictionary";
import { en } from "./programme_en";
import { fi, type ProgrammeTexts } from "./programme_fi";

export type { ProgrammeTexts };

export const programmeTexts = staffDictionary<ProgrammeTexts>(fi, en);
