import type { Message, PersonId } from "@protocol";
import { type RoomState, the } from "../state/room_state";
import {
  agenda,
  messagesInOrder,
  myEndedHelp,
  myEndedRequest,
  myHelp,
  myPlace,
  nameOf,
} from "../state/selectors";
import type { RoomTexts } from "./text/room";

/** How much a person wants to hear from the screen reader. My turn and a lost line are told in any case. */
export const SPOKEN = ["all", "mine", "none"] as const;
export type Spoken = (typeof SPOKEN)[number];

export function isSpoken(value: unknown): value is Spoken {
  return SPOKEN.some((choice) => choice === value);
}

export interface SpokenText {
  readonly text: string;
  /** Messages are counted when they come thick and fast. */
  readonly is_message: boolean;
}

/** What has happened between two states of the room, in the words of the person whose id is `me`. */
export function whatToSay(
  before: RoomState,
  after: RoomState,
  me: PersonId,
  choice: Spoken,
  t: RoomTexts,
): SpokenText[] {
  if (choice === "none" || before.seq === 0) return [];
  const texts: SpokenText[] = [];
  const say = (text: string | undefined, is_message = false) => {
    if (text) texts.push({ text, is_message });
  };

  sayPlace(before, after, me, t, say);
  sayHelp(before, after, me, t, say);
  sayRoom(before, after, t, choice, me, say);
  for (const message of messagesInOrder(after, "room")) {
    const was = before.things.message.get(message.id);
    // Older ones that were asked for are no news: a place is the step that gave it.
    const is_news = was !== undefined || message.place > before.seq;
    if (was !== message && is_news) say(...messageText(after, was, message, me, choice, t));
  }
  return texts;
}

type Say = (text: string | undefined, is_message?: boolean) => void;

function sayPlace(before: RoomState, after: RoomState, me: PersonId, t: RoomTexts, say: Say): void {
  const place = myPlace(after, me)?.place;
  if (place !== undefined && place !== myPlace(before, me)?.place) say(t.place(place));
  const ended = myEndedRequest(after, me);
  if (ended && ended !== myEndedRequest(before, me)) say(endedText(ended, t));
}

export function endedText(ended: { state: string; note?: string }, t: RoomTexts): string {
  if (ended.state === "expired") return t.expired;
  if (ended.state === "revoked") return t.revoked;
  return ended.note ? `${t.denied} ${ended.note}` : t.denied;
}

function sayHelp(before: RoomState, after: RoomState, me: PersonId, t: RoomTexts, say: Say): void {
  const [was, now] = [myHelp(before, me), myHelp(after, me)];
  if (now?.claimed_by !== undefined && now.claimed_by !== was?.claimed_by)
    say(`${t.help_seen(nameOf(after, now.claimed_by) || t.help_somebody)} ${t.help_seen_what}`);
  const ended = myEndedHelp(after, me);
  if (ended && ended !== myEndedHelp(before, me))
    say(ended.state === "handed_over" ? t.help_handed(ended.handed_to ?? t.help_somebody) : t.help_solved);
  if (!now) return;
  for (const message of after.things.help_line.values())
    if (message.help === now.id && message.author !== me && !before.things.help_line.has(message.id))
      say(t.say_message(nameOf(after, message.author) || t.help_somebody, message.text));
}

function sayRoom(
  before: RoomState,
  after: RoomState,
  t: RoomTexts,
  choice: Spoken,
  me: PersonId,
  say: Say,
): void {
  const [was, now] = [the(before, "room"), the(after, "room")];
  if (was && now && was.phase !== now.phase) {
    if (now.phase === "paused") say(t.say_break);
    if (now.phase === "live") say(was.phase === "paused" ? t.say_live : t.say_begins);
  }
  const announcement = the(after, "chat")?.announcement;
  if (announcement && announcement !== the(before, "chat")?.announcement)
    say(`${t.announcement}: ${announcement}`);
  const checkpoint = the(after, "checkpoint");
  if (checkpoint && !checkpoint.answered && checkpoint.id !== the(before, "checkpoint")?.id)
    say(t.checkpoint);
  if (choice !== "all") return;
  const turn = the(after, "turn");
  if (turn && turn.id !== the(before, "turn")?.id && turn.speaker !== me)
    say(t.say_speaks(nameOf(after, turn.speaker)));
  const item = agenda(after).current;
  if (item && item.id !== agenda(before).current?.id) say(t.say_item(item.question ?? item.title));
}

function messageText(
  room: RoomState,
  was: Message | undefined,
  message: Message,
  me: PersonId,
  choice: Spoken,
  t: RoomTexts,
): [string | undefined, boolean?] {
  if (message.author === me) {
    if (message.state === was?.state) return [undefined];
    if (message.state === "held") return [t.say_held];
    if (message.state === "rejected")
      return [message.kind_reason ? t.kind_reasons[message.kind_reason] : t.say_rejected];
    if (message.state === "published" && was?.state === "held") return [t.say_published];
    return [undefined];
  }
  if (message.state !== "published" || was?.state === "published") return [undefined];
  const name = nameOf(room, message.author);
  const is_to_me = message.reply_to !== undefined && room.things.message.get(message.reply_to)?.author === me;
  if (is_to_me) return [t.say_reply(name, message.text ?? "")];
  if (choice === "all") return [t.say_message(name, message.text ?? ""), true];
  return [undefined];
}
