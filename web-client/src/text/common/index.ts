import type { PersonId, Refusal } from "@protocol";
import type { Dictionary } from "../language";
import { en } from "./en";
import { type CommonTexts, fi } from "./fi";
import { sv } from "./sv";

export type { CommonTexts };

/** What every page says. */
export const common: Dictionary<CommonTexts> = { fi, sv, en };

/** A refusal as a sentence: why, and what next. `nameOf` is asked only when the refusal names somebody. */
export function refusalSentence(t: CommonTexts, refusal: Refusal, nameOf: (id: PersonId) => string): string {
  const who = refusal.by === undefined ? "" : nameOf(refusal.by);
  // A word of a later version is answered like "not now".
  return (t.refusals[refusal.word] ?? t.refusals.not_now)({ wait_seconds: refusal.wait_seconds, who });
}
