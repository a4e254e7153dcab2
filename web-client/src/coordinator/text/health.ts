import { staffDictionary } from "../../staff/dictionary";
import { en } from "./health_en";
import { fi, type HealthTexts } from "./health_fi";

export type { HealthTexts };

export const healthTexts = staffDictionary<HealthTexts>(fi, en);
