import type { Dictionary } from "../../text/language";
import { en } from "./poll_en";
import { fi, type PollTexts } from "./poll_fi";
import { sv } from "./poll_sv";

export type { PollTexts };

/** All three languages: they are short, and come with the screens. */
export const pollTexts: Dictionary<PollTexts> = { fi, sv, en };
