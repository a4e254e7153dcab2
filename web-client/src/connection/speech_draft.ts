import type { TurnId } from "@protocol";
import { type Keep, readKept } from "./parts";

const KEPT = "draft_speech";

interface Draft {
  readonly turn: TurnId;
  readonly text: string;
}

/** What was written in this tab of the words of a turn; null when nothing was. */
export function speechDraft(keep: Keep, turn: TurnId): string | null {
  const draft = readKept<Draft | null>(keep, KEPT, isDraft, null);
  return draft?.turn === turn ? draft.text : null;
}

export function keepSpeechDraft(keep: Keep, draft: Draft): void {
  keep.set(KEPT, JSON.stringify(draft));
}

/** A draft goes with its turn: `turn` is the one that is on. */
export function dropOtherDraft(keep: Keep, turn: TurnId | undefined): void {
  if (turn === undefined || speechDraft(keep, turn) === null) keep.remove(KEPT);
}

function isDraft(value: unknown): value is Draft | null {
  if (typeof value !== "object" || value === null) return value === null;
  return (
    "turn" in value && typeof value.turn === "number" && "text" in value && typeof value.text === "string"
  );
}
