import type {
  Agenda,
  AgendaItem,
  Contribution,
  FloorRequest,
  GrantFloor,
  Person,
  PersonId,
  RequestId,
  RoomTime,
  UtcTime,
} from "@protocol";
import { type ClockReading, utcOf } from "../connection/clock";
import { all, one, type RoomState, the } from "../state/room_state";
import { isStaff, person, queue } from "../state/selectors";

/** What a facilitator reads off the room, and the commands that follow from it. Pure. */

/**
 * Who gets the floor by "next": the first in the queue who is there; in a round the first who has not had their place.
 */
export type NextUp =
  | { readonly kind: "request"; readonly request: FloorRequest; readonly person: PersonId }
  | { readonly kind: "round"; readonly person: PersonId };

export function nextUp(room: RoomState): NextUp | null {
  const round = the(room, "round");
  if (round) {
    const place = round.places.find(
      ({ mark, person: id }) => (mark === "waiting" || mark === "later") && canBeNext(room, id),
    );
    return place ? { kind: "round", person: place.person } : null;
  }
  const request = queue(room).find(({ away_until }) => away_until === undefined);
  return request ? { kind: "request", request, person: request.beneficiary } : null;
}

/** Has a line, or has written what is read aloud. */
function canBeNext(room: RoomState, id: PersonId): boolean {
  const { connections = 0, on_phone = false } = person(room, id) ?? {};
  const has_written = queue(room).some(({ beneficiary, kind }) => beneficiary === id && kind === "written");
  return connections > 0 || on_phone || has_written;
}

/**
 * The command that gives the floor as the screen says it. It names the turn that is on, so that it is refused when
 * another facilitator has been quicker; while nobody speaks it is the request, already granted by then, that refuses
 * the second. Two who press at once never skip anyone.
 */
export function grantNext(room: RoomState, next: NextUp): GrantFloor {
  return next.kind === "request" ? grant(room, next.request.id) : { type: "grant_floor", ...expected(room) };
}

export function grant(room: RoomState, request: RequestId): GrantFloor {
  return { type: "grant_floor", request, ...expected(room) };
}

function expected(room: RoomState): Pick<GrantFloor, "expected_turn"> {
  const turn = the(room, "turn");
  return turn ? { expected_turn: turn.id } : {};
}

/**
 * The whole waiting list with one request moved by one place; null where that would change nothing: at an end, and
 * between replies and the rest, since replies come first whatever is asked.
 */
export function moved(waiting: readonly FloorRequest[], id: RequestId, by: -1 | 1): RequestId[] | null {
  const from = waiting.findIndex((request) => request.id === id);
  const [mine, other] = [waiting[from], waiting[from + by]];
  if (!mine || !other || (mine.kind === "reply") !== (other.kind === "reply")) return null;
  const order = waiting.map((request) => request.id);
  order[from] = other.id;
  order[from + by] = mine.id;
  return order;
}

/** ... or to the first place that it may have, or the last: replies stay before the rest. */
export function movedToEdge(
  waiting: readonly FloorRequest[],
  id: RequestId,
  edge: "first" | "last",
): RequestId[] | null {
  const mine = waiting.find((request) => request.id === id);
  const kin = waiting.filter(({ kind }) => (kind === "reply") === (mine?.kind === "reply"));
  const other = edge === "first" ? kin[0] : kin.at(-1);
  if (!mine || !other || other === mine) return null;
  return waiting.flatMap((request) => {
    if (request === mine) return [];
    if (request !== other) return [request.id];
    return edge === "first" ? [id, request.id] : [request.id, id];
  });
}

/** Requests that ran out while their person was away, newest first; none of those who wait or speak again. */
export function restorable(room: RoomState): FloorRequest[] {
  const open = withRequest(room);
  const newest = new Map<PersonId, FloorRequest>();
  for (const request of all(room, "floor_request")) {
    if (request.state !== "expired" || open.has(request.beneficiary)) continue;
    const known = newest.get(request.beneficiary);
    if (!known || known.id < request.id) newest.set(request.beneficiary, request);
  }
  return [...newest.values()].sort((a, b) => b.id - a.id);
}

function withRequest(room: RoomState): Set<PersonId> {
  return new Set(
    all(room, "floor_request")
      .filter(({ state }) => state === "accepted" || state === "pending" || state === "granted")
      .map(({ beneficiary }) => beneficiary),
  );
}

/** Waits for the floor, or has it. */
export function hasRequest(room: RoomState, id: PersonId): boolean {
  return withRequest(room).has(id) || the(room, "turn")?.speaker === id;
}

/** Those who may be on the phone, and are not said to be yet. */
export function callable(everyone: readonly Person[]): Person[] {
  return everyone.filter((one) => !isStaff(one) && one.presence !== "removed" && !one.on_phone);
}

export function voiceOf(room: RoomState, id: PersonId): Contribution | undefined {
  return one(room, "contribution", id);
}

/** Has had neither a turn nor a turn in writing today. */
export function isUnheard(voice: Contribution | undefined): boolean {
  return !voice || (voice.turns === 0 && voice.written_turns === 0);
}

export interface Voices {
  readonly spoken: number;
  readonly written: number;
  readonly unheard: number;
  readonly total: number;
  /** Of them, those who have had a voice in the current item. */
  readonly item_heard: number;
}

/**
 * How many of those present (away for a moment too) have been heard, by voice or else in writing. Staff do not count.
 */
export function voices(room: RoomState): Voices {
  const here = all(room, "person").filter(
    (one) => !isStaff(one) && (one.presence === "present" || one.presence === "away"),
  );
  let [spoken, written, item_heard] = [0, 0, 0];
  for (const { id } of here) {
    const voice = voiceOf(room, id);
    if (!voice) continue;
    if (voice.turns > 0) spoken += 1;
    else if (voice.written_turns > 0) written += 1;
    if (voice.item_heard) item_heard += 1;
  }
  return { spoken, written, unheard: here.length - spoken - written, total: here.length, item_heard };
}

/** Those for whom one may ask: in the room in some way, and with no request open. Those who are here come first. */
export function addable(room: RoomState): Person[] {
  const open = withRequest(room);
  const speaker = the(room, "turn")?.speaker;
  return all(room, "person").filter(
    (one) =>
      !isStaff(one) &&
      one.presence !== "removed" &&
      one.presence !== "gone" &&
      one.id !== speaker &&
      !open.has(one.id),
  );
}

export interface AgendaRow {
  readonly item: AgendaItem;
  readonly state: "done" | "current" | "coming";
  /** When it began, begins, or by the plan should have. */
  readonly at: UtcTime;
}

/**
 * The agenda on the wall's clock: what is past as it was planned, what comes from where the current item is; before it
 * has begun, all of it as planned.
 */
export function agendaRows(agenda: Agenda, starts_at: UtcTime, clock: ClockReading): AgendaRow[] {
  const index = agenda.items.findIndex(({ id }) => id === agenda.current);
  let at = starts_at;
  return agenda.items.map((item, place) => {
    if (place === index && agenda.since !== undefined) at = utcOf(clock, agenda.since);
    const row: AgendaRow = {
      item,
      at,
      state: place === index ? "current" : place < index ? "done" : "coming",
    };
    at += item.minutes * 60_000;
    return row;
  });
}

/** How full the bar of a turn is, of 1; null when no limit is wished for. */
export function limitShare(spoken_ms: number, soft_limit_seconds: number | undefined): number | null {
  if (!soft_limit_seconds) return null;
  return Math.min(1, Math.max(0, spoken_ms / (soft_limit_seconds * 1000)));
}

/** Minutes that the current item has taken. */
export function itemMinutes(agenda: Agenda, now: RoomTime): number {
  return agenda.since === undefined ? 0 : Math.max(0, Math.floor((now - agenda.since) / 60_000));
}
