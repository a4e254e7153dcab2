import type { Poll, PollId } from "@protocol";
import { all, type RoomState, the } from "./room_state";

/** What a person reads off the polls of the room. Pure. */

/** The one that is open. */
export function openPoll(room: RoomState): Poll | undefined {
  return all(room, "poll").find(({ state }) => state === "open");
}

/** When it was last told of; drafts are older than all others. */
const toldAt = (poll: Poll) => poll.shown_at ?? poll.closed_at ?? poll.opened_at ?? -1;

/** Newest first. */
export function pollsIn(room: RoomState, ...states: readonly Poll["state"][]): Poll[] {
  return all(room, "poll")
    .filter(({ state }) => states.includes(state))
    .sort((a, b) => toldAt(b) - toldAt(a) || b.id - a.id);
}

/** The one that is asked, or was last: until the programme moves on. */
export function pollAtHand(room: RoomState): Poll | undefined {
  const since = the(room, "agenda")?.since ?? 0;
  const last = pollsIn(room, "closed", "shown")[0];
  return openPoll(room) ?? (last && toldAt(last) >= since ? last : undefined);
}

/** The question of a quiz whose answer was shown before this one, and since the programme moved on. */
export function quizBefore(room: RoomState, poll: Poll): Poll | undefined {
  const since = the(room, "agenda")?.since ?? 0;
  return pollsIn(room, "shown").find((one) => one.id !== poll.id && one.quiz && toldAt(one) >= since);
}

/** How many could answer: the participants who are here, and never fewer than have. */
export function mayAnswer(room: RoomState, answered: number): number {
  const here = all(room, "person").filter(
    ({ role, presence, on_phone }) =>
      role === "participant" && (presence === "present" || presence === "away" || on_phone),
  );
  return Math.max(here.length, answered);
}

/** One line of a result. */
export interface ResultRow {
  readonly option: string;
  readonly count: number;
  readonly percent: number;
  readonly is_right: boolean;
}

/** Nothing where so few have answered that nothing is counted. */
export function resultOf(poll: Poll): ResultRow[] | null {
  const { counts, answered } = poll;
  if (!counts || !answered) return null;
  return poll.options.map((option, place) => ({
    option,
    count: counts[place] ?? 0,
    percent: Math.round((100 * (counts[place] ?? 0)) / answered),
    is_right: poll.right?.includes(place) ?? false,
  }));
}

/** The options by their places, in words. */
export function optionsAt(poll: Poll, places: readonly number[]): string[] {
  return places.map((place) => poll.options[place] ?? "").filter(Boolean);
}

/** Whether this client knows that its person has answered. */
export function hasAnswered(room: RoomState, me: number, poll: PollId): boolean {
  return room.things.poll_answer.get(me)?.poll === poll;
}
