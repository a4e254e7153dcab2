import type { Dictionary } from "../text/language";
import { en } from "./text_en";
import { type FeedbackTexts, fi } from "./text_fi";
import { sv } from "./text_sv";

export type { FeedbackTexts };

/** All three languages: they are short, and come with the screens. */
export const feedbackTexts: Dictionary<FeedbackTexts> = { fi, sv, en };
