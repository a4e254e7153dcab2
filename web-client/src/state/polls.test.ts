import { describe, expect, it } from "vitest";
import { CLOCK, ME } from "../testing/fakes";
import * as make from "../testing/fixtures";
import { roomOf } from "../testing/fixtures";
import * as read from "./polls";

const NOW = CLOCK.room;

describe("the poll at hand", () => {
  it("is the one that is open, else the last one until the programme moves on", () => {
    const shown = make.shownPoll();
    const earlier = make.shownPoll({ id: 59, shown_at: NOW - 120_000 });
    expect(read.pollAtHand(roomOf([make.agenda(), earlier, shown]))?.id).toBe(60);
    expect(read.pollAtHand(roomOf([make.agenda(), shown, make.poll({ id: 62 })]))?.id).toBe(62);
    expect(read.pollAtHand(roomOf([make.agenda({ since: NOW - 30_000 }), shown]))).toBeUndefined();
    expect(read.pollAtHand(roomOf([make.agenda(), make.poll({ state: "draft" })]))).toBeUndefined();
  });

  it("has the quiz before it beside it", () => {
    const quiz = make.quiz({ state: "shown", right: [1], shown_at: NOW - 120_000 });
    const room = roomOf([make.agenda(), quiz, make.shownPoll()]);
    expect(read.quizBefore(room, make.shownPoll())?.id).toBe(61);
    expect(read.quizBefore(room, quiz)).toBeUndefined();
  });
});

describe("how many could answer", () => {
  it("are the participants who are here, on the phone too, and never fewer than have", () => {
    const room = roomOf([
      make.person(1, "Ohjaaja", { role: "facilitator" }),
      make.person(2, "Vieras", { role: "guest" }),
      make.person(3, "Mustikka"),
      make.person(4, "Kuusi", { presence: "away" }),
      make.person(5, "Käpy", { presence: "gone" }),
      make.person(6, "Lumikko", { presence: "gone", on_phone: true }),
    ]);
    expect(read.mayAnswer(room, 2)).toBe(3);
    expect(read.mayAnswer(room, 5)).toBe(5);
  });
});

describe("a result", () => {
  it("has each option with its share, and is nothing where nothing is counted", () => {
    expect(read.resultOf(make.shownPoll())?.map(({ count, percent }) => [count, percent])).toEqual([
      [9, 41],
      [6, 27],
      [4, 18],
      [2, 9],
      [1, 5],
    ]);
    const { counts: _counts, answered: _answered, ...few } = make.shownPoll();
    expect(read.resultOf(few)).toBeNull();
  });

  it("knows who has answered by the room alone", () => {
    const room = roomOf([make.poll(), { type: "poll_answer", person: ME, poll: 60 }]);
    expect(read.hasAnswered(room, ME, 60)).toBe(true);
    expect(read.hasAnswered(room, ME, 61)).toBe(false);
  });
});
