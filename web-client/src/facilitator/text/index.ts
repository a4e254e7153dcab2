import { staffDictionary } from "../../staff/dictionary";
import { en } from "./en";
import { type FloorTexts, fi } from "./fi";

export type { FloorTexts };

export const floorTexts = staffDictionary<FloorTexts>(fi, en);
