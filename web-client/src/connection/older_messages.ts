import { type Signal, signal, batch as together } from "@preact/signals";
import type { Batch } from "@protocol";
import { all, hasLetMessagesGo, mayLeaveOut, type RoomState, withOlderMessages } from "../state/room_state";
import type { Entrance } from "./entrance";

/** `none`: all that there are, are here. */
export type OlderState = "ask" | "asking" | "none" | "failed";

/** What was written before the oldest message here: it comes over HTTP, when it is asked for. */
export class OlderMessages {
  readonly state: Signal<OlderState> = signal<OlderState>("ask");

  /** `fetch` brings those from before a place. */
  constructor(
    private readonly room: Signal<RoomState>,
    private readonly fetch: (before: number) => ReturnType<Entrance["messages"]>,
  ) {}

  async show(): Promise<void> {
    if (this.state.value === "asking") return;
    const places = all(this.room.value, "message").map(({ place }) => place);
    if (places.length === 0) return;
    this.state.value = "asking";
    const answer = await this.fetch(Math.min(...places));
    together(() => {
      if (answer.kind !== "ok") {
        this.state.value = "failed";
        return;
      }
      this.room.value = withOlderMessages(this.room.value, answer.value.messages);
      this.state.value = answer.value.messages.length > 0 ? "ask" : "none";
    });
  }

  /** `batch` takes the room from `before` to `after`. What it leaves out, or has no room for, can be asked for. */
  follow(batch: Batch, before: RoomState, after: RoomState, is_snapshot: boolean): void {
    const may_be_hole = is_snapshot || mayLeaveOut(before, batch);
    const are_no_longer_all = this.state.value === "none" && hasLetMessagesGo(before, after);
    if (may_be_hole || are_no_longer_all) this.state.value = "ask";
  }
}
