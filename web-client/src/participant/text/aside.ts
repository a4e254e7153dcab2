import type { Dictionary } from "../../text/language";
import { en } from "./aside_en";
import { type AsideTexts, fi } from "./aside_fi";
import { sv } from "./aside_sv";

export type { AsideTexts };

export const asideTexts: Dictionary<AsideTexts> = { fi, sv, en };
