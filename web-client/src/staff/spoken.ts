import type { PersonId, Role } from "@protocol";
import { all, type RoomState, the } from "../state/room_state";
import { nameOf } from "../state/selectors";
import type { CommonTexts } from "../text/common";
import { newWork } from "./alerts";
import type { ShellTexts } from "./text/shell";

/**
 * What a screen reader tells one of the staff when the room has changed. Only what calls for a hand: each role hears of
 * its own work, many of a kind are counted, and the chat of the room is left to be read.
 */
export function whatToTell(
  before: RoomState,
  after: RoomState,
  me: PersonId,
  role: Role | null,
  t: ShellTexts,
  c: CommonTexts,
): string[] {
  if (before.seq === 0) return [];
  const texts = [...workTexts(before, after, me, t, c)];
  if (role === "facilitator") texts.push(...floorTexts(before, after, t));
  for (const message of all(after, "message"))
    if (message.channel === "staff" && message.author !== me && !before.things.message.has(message.id))
      texts.push(t.say_staff_message(nameOf(after, message.author), message.text ?? ""));
  return texts;
}

function workTexts(
  before: RoomState,
  after: RoomState,
  me: PersonId,
  t: ShellTexts,
  c: CommonTexts,
): string[] {
  const { helps, reviews } = newWork(before, after, me);
  const texts: string[] = [];
  const [help] = helps;
  const [review] = reviews;
  if (helps.length > 1) texts.push(t.say_helps(helps.length));
  else if (help) texts.push(t.say_help(c.help_kinds[help.kind], nameOf(after, help.person) || t.say_at_door));
  if (reviews.length > 1) texts.push(t.say_reviews(reviews.length));
  else if (review) texts.push(t.say_review(nameOf(after, review.author)));
  return texts;
}

function floorTexts(before: RoomState, after: RoomState, t: ShellTexts): string[] {
  const texts: string[] = [];
  const [was, now] = [the(before, "turn"), the(after, "turn")];
  if (now && now.id !== was?.id) texts.push(t.say_speaks(nameOf(after, now.speaker)));
  else if (was && !now) texts.push(t.say_turn_over);
  else if (now?.state === "suspended" && was?.state !== "suspended")
    texts.push(t.say_suspended(nameOf(after, now.speaker)));
  for (const request of all(after, "floor_request"))
    if (request.state === "pending" && !before.things.floor_request.has(request.id))
      texts.push(t.say_pending(nameOf(after, request.beneficiary)));
  return texts;
}
