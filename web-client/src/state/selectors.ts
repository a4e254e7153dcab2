import type {
  AgendaItem,
  Channel,
  FloorRequest,
  HelpMessage,
  HelpRequest,
  Message,
  Person,
  PersonId,
  ReviewItem,
  RoomTime,
  RoundMark,
  Turn,
  TurnText,
  UtcTime,
} from "@protocol";
import { all, one, type RoomState, the } from "./room_state";

export { isStaff, nameOf, person } from "./person";

/** What a person reads off the room. Pure; each answers from one RoomState. */

/** An experience-story day: people go by nicknames, and no text of a turn is kept. */
export const isAnonymous = (room: RoomState) => the(room, "room")?.anonymous_among_participants === true;

/** What was kept of turns in writing, newest first. */
export function turnTexts(room: RoomState): TurnText[] {
  return all(room, "turn_text").sort((a, b) => b.turn - a.turn);
}

/** Those who wait for the floor, next first: replies; then those named in line_up; then the rest, by id. */
export function queue(room: RoomState): FloorRequest[] {
  const line_up = new Map((the(room, "floor")?.line_up ?? []).map((id, place) => [id, place]));
  const rank = (request: FloorRequest) =>
    request.kind === "reply" ? -1 : (line_up.get(request.id) ?? Number.POSITIVE_INFINITY);
  const inOrder = (a: FloorRequest, b: FloorRequest) => {
    const ranks = [rank(a), rank(b)] as const;
    return ranks[0] === ranks[1] ? a.id - b.id : ranks[0] - ranks[1];
  };
  return all(room, "floor_request")
    .filter(({ state }) => state === "accepted")
    .sort(inOrder);
}

/** Those who wait for the chair's yes, in the order in which they asked. */
export function pendingRequests(room: RoomState): FloorRequest[] {
  return all(room, "floor_request")
    .filter(({ state }) => state === "pending")
    .sort((a, b) => a.id - b.id);
}

export interface MyPlace {
  readonly request: FloorRequest;
  /** 1 is next. */
  readonly place: number;
}

/** The best place that is mine in the queue. */
export function myPlace(room: RoomState, me: PersonId): MyPlace | null {
  const waiting = queue(room);
  const index = waiting.findIndex(({ beneficiary }) => beneficiary === me);
  const request = waiting[index];
  return request ? { request, place: index + 1 } : null;
}

/** My request that stands, whatever it waits for: the queue first, then the chair. */
export function myRequest(room: RoomState, me: PersonId): FloorRequest | null {
  return (
    myPlace(room, me)?.request ?? pendingRequests(room).find(({ beneficiary }) => beneficiary === me) ?? null
  );
}

/** The last request of mine that ended otherwise than by a turn: to say why, until I ask again. */
export function myEndedRequest(room: RoomState, me: PersonId): FloorRequest | null {
  const ended = all(room, "floor_request").filter(
    ({ beneficiary, state }) =>
      beneficiary === me && (state === "denied" || state === "expired" || state === "revoked"),
  );
  return ended.sort((a, b) => b.id - a.id)[0] ?? null;
}

export function spokenMs(turn: Turn, now: RoomTime): number {
  return turn.spoken_ms + (turn.state === "speaking" ? Math.max(0, now - turn.since) : 0);
}

/**
 * About how long until the place's turn, in seconds: the usual turn for each one ahead, and what is left of the one
 * that is on. Null before there is a usual turn to reckon by.
 */
export function waitingEstimateSeconds(room: RoomState, place: number, now: RoomTime): number | null {
  const usual = the(room, "floor")?.usual_turn_seconds ?? 0;
  if (usual === 0) return null;
  const turn = the(room, "turn");
  const rest = turn ? Math.max(0, usual - spokenMs(turn, now) / 1000) : 0;
  return (place - 1) * usual + rest;
}

export interface MyRound {
  readonly mark: RoundMark;
  /** How many still come before me. */
  readonly ahead: number;
}

/** Where the round is for me; null when there is none, or I am not in it. */
export function myRound(room: RoomState, me: PersonId): MyRound | null {
  const places = the(room, "round")?.places ?? [];
  const index = places.findIndex(({ person }) => person === me);
  const mine = places[index];
  if (!mine) return null;
  const still = (mark: RoundMark) => mark === "waiting" || mark === "speaking" || mark === "later";
  return { mark: mine.mark, ahead: places.slice(0, index).filter(({ mark }) => still(mark)).length };
}

export function messagesInOrder(room: RoomState, channel: Channel): Message[] {
  return all(room, "message")
    .filter((message) => message.channel === channel)
    .sort((a, b) => a.place - b.place || a.id - b.id);
}

export interface ToReview {
  readonly item: ReviewItem;
  readonly message: Message | undefined;
}

/** What waits for a moderator, longest first. */
export function reviewQueue(room: RoomState): ToReview[] {
  return all(room, "review_item")
    .sort((a, b) => a.since - b.since || a.message - b.message)
    .map((item) => ({ item, message: one(room, "message", item.message) }));
}

const HELP_WAITS = new Set<HelpRequest["state"]>(["open", "claimed"]);

/** Those who wait for help, longest first; those that are only suggested, last. */
export function helpQueue(room: RoomState): HelpRequest[] {
  return all(room, "help_request")
    .filter(({ state }) => HELP_WAITS.has(state) || state === "suggested")
    .sort(
      (a, b) =>
        Number(a.state === "suggested") - Number(b.state === "suggested") || a.since - b.since || a.id - b.id,
    );
}

/** My help request that stands. */
export function myHelp(room: RoomState, me: PersonId): HelpRequest | null {
  return (
    all(room, "help_request").find(({ person, state }) => person === me && HELP_WAITS.has(state)) ?? null
  );
}

/** My last help request that has ended by somebody's hand. */
export function myEndedHelp(room: RoomState, me: PersonId): HelpRequest | null {
  const ended = all(room, "help_request").filter(
    ({ person, state }) => person === me && (state === "solved" || state === "handed_over"),
  );
  return ended.sort((a, b) => b.id - a.id)[0] ?? null;
}

export function helpThread(room: RoomState, help: number): HelpMessage[] {
  return all(room, "help_line")
    .filter((message) => message.help === help)
    .sort((a, b) => a.id - b.id);
}

const byName = new Intl.Collator("fi").compare;
const PRESENCE_ORDER: Record<Person["presence"], number> = {
  present: 0,
  away: 1,
  expected: 2,
  gone: 3,
  removed: 4,
};

/** Everyone: those who are here first, in the order of their names. */
export function people(room: RoomState): Person[] {
  return all(room, "person").sort(
    (a, b) =>
      PRESENCE_ORDER[a.presence] - PRESENCE_ORDER[b.presence] || byName(a.name, b.name) || a.id - b.id,
  );
}

export interface AgendaView {
  readonly current: AgendaItem | null;
  readonly next: AgendaItem | null;
  /** When the next item begins, if the current one takes the minutes planned. */
  readonly next_at: RoomTime | null;
  /** The same by the plan, as long as the current one has not begun. */
  readonly next_planned: UtcTime | null;
}

export function agenda(room: RoomState): AgendaView {
  const { items = [], current, since } = the(room, "agenda") ?? {};
  const index = items.findIndex(({ id }) => id === current);
  const item = items[index] ?? null;
  const next = items[index + 1] ?? null;
  const next_at = item && next && since !== undefined ? since + item.minutes * 60_000 : null;
  const starts_at = the(room, "room")?.starts_at;
  const next_planned =
    item && next && since === undefined && starts_at !== undefined
      ? items.slice(0, index + 1).reduce((at, { minutes }) => at + minutes * 60_000, starts_at)
      : null;
  return { current: item, next, next_at, next_planned };
}
