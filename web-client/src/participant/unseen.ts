import type { Message, PersonId } from "@protocol";

/** What of the chat its reader has seen. Places, not ids: a message stands where it was published. */
export interface Unseen {
  /** The place of the newest message that has been on the screen. */
  readonly seen: number;
  /** "4 new messages" stands after this place; null when nothing came unseen. */
  readonly divider: number | null;
}

const newest = (messages: readonly Message[]) =>
  messages.reduce((place, message) => Math.max(place, message.place), 0);

/** The first sight of the list: what was seen before a reload, or all of it. */
export function firstSight(messages: readonly Message[], kept: number | null): Unseen {
  const last = newest(messages);
  if (kept === null || kept >= last) return { seen: last, divider: null };
  return { seen: kept, divider: kept };
}

/** The list has changed; `is_at_end` says whether its end is on the screen. */
export function listChanged(before: Unseen, messages: readonly Message[], is_at_end: boolean): Unseen {
  const last = newest(messages);
  if (last <= before.seen) return before;
  if (is_at_end) return { seen: last, divider: null };
  return { seen: before.seen, divider: before.divider ?? before.seen };
}

/** The reader has come to the end. The divider stays where it is, to show where the new ones began. */
export function endReached(before: Unseen, messages: readonly Message[]): Unseen {
  const last = newest(messages);
  return last <= before.seen ? before : { ...before, seen: last };
}

/** How many of others' messages stand after a place. */
export function countAfter(messages: readonly Message[], place: number, me: PersonId): number {
  return messages.filter(
    (message) => message.place > place && message.author !== me && message.state === "published",
  ).length;
}
