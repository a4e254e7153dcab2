import type { HelpRequest, PersonId, ReviewItem, WorkState } from "@protocol";
import { all, type RoomState } from "../state/room_state";

/** What has newly come for a moderator to take, between two states of the room. */
export interface NewWork {
  readonly helps: readonly HelpRequest[];
  readonly reviews: readonly ReviewItem[];
}

/**
 * Requests that have become open, and messages that have come to be checked. Not those of a snapshot, not one's own,
 * and not a claim that has run out: that is old news.
 */
export function newWork(before: RoomState, after: RoomState, me: PersonId): NewWork {
  if (before.seq === 0) return { helps: [], reviews: [] };
  const helps = all(after, "help_request").filter((now) => {
    const was = before.things.help_request.get(now.id);
    const is_known = was?.state === "open" || was?.state === "claimed";
    return now.state === "open" && !is_known && now.person !== me && now.raised_by !== me;
  });
  const reviews = all(after, "review_item").filter(({ message }) => !before.things.review_item.has(message));
  return { helps, reviews };
}

/** How many wait for somebody: open help requests, and messages that nobody has taken. */
export function waitingWork(room: RoomState): number {
  const helps = all(room, "help_request").filter(({ state }) => state === "open").length;
  const reviews = all(room, "review_item").filter(({ claimed_by }) => claimed_by === undefined).length;
  return helps + reviews;
}

/** How many have returned their assignment and have no answer that was sent. */
export function unansweredWork(room: RoomState): number {
  const waiting: readonly WorkState[] = ["returned", "assigned", "answered"];
  return all(room, "submission").filter(({ state }) => waiting.includes(state)).length;
}
