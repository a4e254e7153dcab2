import type { PersonId, Refusal } from "@protocol";
import { refusalSentence } from "../text/common";
import { useCommon, useTexts } from "../view/app";
import { shellTexts } from "./text/shell";

/** Says a refusal as one of the staff reads it: the common words speak to a participant about themselves. */
export function useStaffRefusalText(
  nameOf: (id: PersonId) => string = () => "",
): (refusal: Refusal) => string {
  const t = useTexts(shellTexts);
  const c = useCommon();
  return (refusal) => {
    const own = t.refusals[refusal.word];
    if (!own) return refusalSentence(c, refusal, nameOf);
    return own(refusal.by === undefined ? "" : nameOf(refusal.by));
  };
}
