import { type Signal, signal } from "@preact/signals";
import type { ClientFrame, Speech, TurnId } from "@protocol";
import { type RoomState, the } from "../state/room_state";
import type { Keep } from "./parts";
import { dropOtherDraft } from "./speech_draft";
import { wellFormed } from "./words";

/** What is being said in a turn, as it is written. */
export class TurnSpeech {
  /** The last that the server has told; it means nothing when that turn is no longer on. */
  readonly heard: Signal<Speech | null> = signal<Speech | null>(null);

  /** `tell` sends while there is a line, and else does nothing: the next words bring what was not told. */
  constructor(
    private readonly keep: Keep,
    private readonly tell: (frame: ClientFrame) => void,
  ) {}

  write(turn: TurnId, text: string): void {
    this.tell({ type: "speech_line", turn, text: wellFormed(text) });
  }

  /** The room goes from `before` to `after`: a draft goes with its turn. */
  follow(before: RoomState, after: RoomState, is_snapshot: boolean): void {
    const turn = the(after, "turn")?.id;
    if (is_snapshot || turn !== the(before, "turn")?.id) dropOtherDraft(this.keep, turn);
  }
}
