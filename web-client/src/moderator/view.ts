import type {
  HelpRequest,
  Message,
  MessageId,
  ParkQuestion,
  Person,
  PersonId,
  PublishMessage,
  RejectMessage,
  RetractMessage,
  ReviewItem,
  RoomTime,
} from "@protocol";
import { all, one, type RoomState, the } from "../state/room_state";
import { messagesInOrder, people, queue } from "../state/selectors";

/** What a moderator reads off the room, and the commands that follow from it. Pure. */

/** The last things that a person said in the room before this message, oldest first. */
export function messagesBefore(room: RoomState, item: ReviewItem, count: number): Message[] {
  const place = one(room, "message", item.message)?.place ?? Number.POSITIVE_INFINITY;
  return messagesInOrder(room, "room")
    .filter(
      (message) =>
        message.author === item.author &&
        message.id !== item.message &&
        message.state === "published" &&
        message.place < place,
    )
    .slice(-count);
}

export type Decision =
  | { readonly kind: "publish" }
  | { readonly kind: "reject"; readonly reason: string }
  | { readonly kind: "park" };

/** A message that is held is published, rejected or parked; one that is shown is kept, taken away or parked. */
export function decisionCommand(
  item: ReviewItem,
  decision: Decision,
): PublishMessage | RejectMessage | RetractMessage | ParkQuestion {
  const { message, version } = item;
  switch (decision.kind) {
    case "publish":
      return { type: "publish_message", message, version };
    case "park":
      return { type: "park_question", message, version };
    case "reject":
      return item.shown
        ? { type: "retract_message", message, version, reason: decision.reason }
        : { type: "reject_message", message, version, reason: decision.reason };
  }
}

export interface Undoable {
  readonly message: MessageId;
  readonly author: PersonId;
}

/** Waiting time in the bar of a help request: 2 minutes at 80 of 280, 5 at 200; it ends at 7. */
export const WAIT_BAR = { width: 280, two: 80, five: 200 } as const;

export function waitBar(waited_ms: number): number {
  return Math.min(WAIT_BAR.width, Math.max(0, (waited_ms / 60_000) * 40));
}

/** The mark that a wait has passed: 0, 2 or 5 minutes. */
export function waitMark(waited_ms: number): 0 | 2 | 5 {
  if (waited_ms >= 5 * 60_000) return 5;
  return waited_ms >= 2 * 60_000 ? 2 : 0;
}

/** A claim may be taken over only from one who has no connection. */
export function mayTakeHelp(room: RoomState, help: HelpRequest): boolean {
  if (help.state === "open") return true;
  if (help.state !== "claimed") return false;
  const helper = one(room, "person", help.claimed_by);
  return helper?.presence === "away" || helper?.presence === "gone";
}

/** How the line of one who waits is. Over half a second two people talk over each other. */
export function lineQuality(rtt_median_ms: number): "good" | "fair" | "slow" {
  if (rtt_median_ms < 200) return "good";
  return rtt_median_ms < 500 ? "fair" : "slow";
}

export const FILTERS = ["all", "present", "away", "gone"] as const;
export type Filter = (typeof FILTERS)[number];

const IN_FILTER: Record<Filter, (person: Person) => boolean> = {
  all: () => true,
  present: ({ presence }) => presence === "present",
  away: ({ presence }) => presence === "away",
  gone: ({ presence }) => presence === "gone" || presence === "removed",
};

export function countIn(everyone: readonly Person[], filter: Filter): number {
  return everyone.filter(IN_FILTER[filter]).length;
}

/** The people of the filter whose name, or second name, has the words. */
export function found(everyone: readonly Person[], filter: Filter, wanted: string): Person[] {
  const words = wanted.trim().toLocaleLowerCase("fi");
  const fits = (name: string | undefined) => name?.toLocaleLowerCase("fi").includes(words) ?? false;
  return everyone.filter(
    (person) => IN_FILTER[filter](person) && (fits(person.name) || fits(person.second_name)),
  );
}

/** Everyone who has been in the room, not those who are only expected. */
export function everyone(room: RoomState): Person[] {
  return people(room).filter(({ presence }) => presence !== "expected");
}

export interface Today {
  readonly turns: number;
  readonly written_turns: number;
  readonly messages: number;
  readonly helps: number;
  readonly is_speaking: boolean;
  readonly is_waiting: boolean;
}

/** What a person has done today, as far as the room shows. */
export function today(room: RoomState, id: PersonId): Today {
  const voice = one(room, "contribution", id);
  return {
    turns: voice?.turns ?? 0,
    written_turns: voice?.written_turns ?? 0,
    messages: all(room, "message").filter(
      ({ author, channel, state }) => author === id && channel === "room" && state === "published",
    ).length,
    helps: all(room, "help_request").filter(({ person, state }) => person === id && state !== "suggested")
      .length,
    is_speaking: the(room, "turn")?.speaker === id,
    is_waiting: queue(room).some(({ beneficiary }) => beneficiary === id),
  };
}

export function isSilenced(person: Person, now: RoomTime | null): boolean {
  return person.silenced_until !== undefined && (now === null || now < person.silenced_until);
}
