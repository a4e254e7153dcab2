import type { FloorRequest, PersonId, Phase, RoundMark, Turn } from "@protocol";
import type { PendingCommand } from "../connection/outbox";
import { type RoomState, the } from "../state/room_state";
import { myEndedRequest, myPlace, myRound, pendingRequests } from "../state/selectors";

/** Why a turn cannot be asked for now. */
export type Unaskable = "queue_closed" | "not_started" | "round_outside";

/** What my turn is like: the dock shows exactly one of these. */
export type DockState =
  | { readonly kind: "speaking"; readonly turn: Turn }
  | { readonly kind: "written_read" }
  | { readonly kind: "round"; readonly mark: RoundMark; readonly ahead: number }
  | { readonly kind: "sending" }
  | { readonly kind: "approval"; readonly request: FloorRequest }
  | { readonly kind: "waiting"; readonly request: FloorRequest; readonly place: number }
  | { readonly kind: "free"; readonly unaskable: Unaskable | null; readonly ended: FloorRequest | null };

const ASKABLE: readonly Phase[] = ["live", "paused", "rehearsal"];

export function dockState(room: RoomState, me: PersonId, pending: readonly PendingCommand[]): DockState {
  const turn = the(room, "turn");
  if (turn?.speaker === me)
    return turn.kind === "written" ? { kind: "written_read" } : { kind: "speaking", turn };

  const round = myRound(room, me);
  if (round) return { kind: "round", ...round };

  const mine = myPlace(room, me);
  if (mine) return { kind: "waiting", ...mine };
  const request = pendingRequests(room).find(({ beneficiary }) => beneficiary === me);
  if (request) return { kind: "approval", request };
  if (pending.some(({ command }) => command.type === "request_floor")) return { kind: "sending" };

  return { kind: "free", unaskable: unaskable(room), ended: myEndedRequest(room, me) };
}

function unaskable(room: RoomState): Unaskable | null {
  const phase = the(room, "room")?.phase;
  if (phase && !ASKABLE.includes(phase)) return "not_started";
  const policy = the(room, "floor")?.policy;
  if (policy === "closed") return "queue_closed";
  if (policy === "round") return "round_outside";
  return null;
}

/** A reply can be given to this turn: somebody else speaks, and fewer than three have replied or wait to. */
export function canReply(room: RoomState, me: PersonId): boolean {
  const turn = the(room, "turn");
  return turn !== undefined && turn.speaker !== me && turn.kind !== "reply" && turn.reply_count < 3;
}
