import { staffDictionary } from "../dictionary";
import { en } from "./shell_en";
import { fi, type ShellTexts } from "./shell_fi";

export type { ShellTexts };

export const shellTexts = staffDictionary<ShellTexts>(fi, en);
