import type { Dictionary } from "../../text/language";
import { en } from "./photos_en";
import { fi, type PhotoTexts } from "./photos_fi";
import { sv } from "./photos_sv";

/** All three languages: they are short, and come with the screens. */
export const photoTexts: Dictionary<PhotoTexts> = { fi, sv, en };
