import type { Message } from "@protocol";

/**
 * Which of the messages that are here are drawn: the newest, and older ones when the reader asks for them. An old phone
 * pays for each that is drawn with every one that comes.
 */

/** So many are drawn of those that are here, and so many more at each request. */
export const WINDOW = 60;
/**
 * When more than so many are drawn, all but the newest WINDOW go: now and then, since all the rest moves in the page.
 */
export const WINDOW_MOST = 90;

/** The place of the first message that is drawn; null draws all that are here. */
export type WindowStart = number | null;

const firstIndex = (messages: readonly Message[], start: WindowStart) =>
  start === null ? 0 : messages.findIndex(({ place }) => place >= start);

/** The messages that are drawn, of all in their order. */
export function inWindow(messages: readonly Message[], start: WindowStart): readonly Message[] {
  const first = firstIndex(messages, start);
  return first <= 0 ? messages : messages.slice(first);
}

/** The list has changed. Nothing goes while somebody reads in its midst. */
export function windowFollows(
  messages: readonly Message[],
  start: WindowStart,
  is_reading: boolean,
): WindowStart {
  if (is_reading || inWindow(messages, start).length <= WINDOW_MOST) return start;
  return messages.at(-WINDOW)?.place ?? start;
}

/** Older ones are asked for, and some are here. */
export function windowGrows(messages: readonly Message[], start: WindowStart): WindowStart {
  const first = firstIndex(messages, start);
  return first <= WINDOW ? null : (messages[first - WINDOW]?.place ?? null);
}
