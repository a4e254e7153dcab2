import { staffDictionary } from "../../staff/dictionary";
import { en } from "./en";
import { fi, type KeepingTexts } from "./fi";

export const keepingTexts = staffDictionary<KeepingTexts>(fi, en);
