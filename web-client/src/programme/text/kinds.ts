import { staffDictionary } from "../../staff/dictionary";
import { en } from "./kinds_en";
import { fi, type KindsTexts } from "./kinds_fi";

export const kindsTexts = staffDictionary<KindsTexts>(fi, en);
