import type { ClientFrame } from "@protocol";
import { expect, it } from "vitest";
import { FakeKeep, ME } from "../testing/fakes";
import * as make from "../testing/fixtures";
import { keepSpeechDraft, speechDraft } from "./speech_draft";
import { TurnSpeech } from "./turn_speech";

function stand() {
  const keep = new FakeKeep();
  const told: ClientFrame[] = [];
  return { keep, told, speech: new TurnSpeech(keep, (frame) => told.push(frame)) };
}

const none = make.roomOf([make.info()]);
const mine = make.roomOf([make.info(), make.turn(ME, { id: 40 })]);
const next = make.roomOf([make.info(), make.turn(8, { id: 41 })]);

it("is told in well-formed words", () => {
  const { told, speech } = stand();
  speech.write(40, "hei \ud83d");
  expect(told).toEqual([{ type: "speech_line", turn: 40, text: "hei \ufffd" }]);
});

it("keeps the draft of a turn as long as that turn is on", () => {
  const { keep, speech } = stand();
  keepSpeechDraft(keep, { turn: 40, text: "Minusta" });
  speech.follow(mine, mine, false);
  // A reload begins with a snapshot of the same turn.
  speech.follow(none, mine, true);
  expect(speechDraft(keep, 40)).toBe("Minusta");
});

it.each([
  ["another turn is on", mine, next, false],
  ["the turn is over", mine, none, false],
  ["the first that is seen of the room has no such turn", none, none, true],
])("lets the draft go when %s", (_, before, after, is_snapshot) => {
  const { keep, speech } = stand();
  keepSpeechDraft(keep, { turn: 40, text: "Minusta" });
  speech.follow(before, after, is_snapshot);
  expect(keep.kept.size).toBe(0);
});
