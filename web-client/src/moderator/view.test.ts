import { describe, expect, it } from "vitest";
import * as make from "../testing/fixtures";
import { roomOf } from "../testing/fixtures";
import {
  HAUKI,
  HELPS,
  KANERVA,
  KAPY,
  KUUSI,
  MUSTIKKA,
  OTHER_MODERATOR,
  REVIEWS,
  ROOM,
  TIKKA,
} from "../testing/staff_fixtures";
import {
  countIn,
  decisionCommand,
  everyone,
  found,
  lineQuality,
  mayTakeHelp,
  messagesBefore,
  today,
  waitBar,
  waitMark,
} from "./view";

const room = roomOf(ROOM);
const [held, flagged] = REVIEWS;
if (!held || !flagged) throw new Error("the room has messages to check");

describe("beside a message to check", () => {
  it("stand its author's last messages, published ones only", () => {
    expect(messagesBefore(room, held, 2).map(({ text }) => text)).toEqual([
      "Huomenta!",
      "Minä kuuntelen sateen ääntä.",
    ]);
    expect(messagesBefore(room, held, 1).map(({ id }) => id)).toEqual([12]);
  });
});

describe("a decision", () => {
  it("names the item's version", () => {
    expect(decisionCommand(held, { kind: "publish" })).toEqual({
      type: "publish_message",
      message: 21,
      version: 1,
    });
    expect(decisionCommand(held, { kind: "reject", reason: "Syy." })).toEqual({
      type: "reject_message",
      message: 21,
      version: 1,
      reason: "Syy.",
    });
  });

  it("takes away what others see already, instead of not publishing it", () => {
    expect(decisionCommand(flagged, { kind: "reject", reason: "Syy." })).toEqual({
      type: "retract_message",
      message: 22,
      version: 1,
      reason: "Syy.",
    });
    expect(decisionCommand(flagged, { kind: "publish" }).type).toBe("publish_message");
  });

  it("can be to park it", () => {
    expect(decisionCommand(held, { kind: "park" })).toEqual({
      type: "park_question",
      message: 21,
      version: 1,
    });
  });
});

describe("waiting for help", () => {
  it("is drawn to scale, with marks at 2 and 5 minutes", () => {
    expect([0, 120_000, 300_000, 340_000].map((ms) => Math.round(waitBar(ms)))).toEqual([0, 80, 200, 227]);
    expect(waitBar(3_600_000)).toBe(280);
    expect([119_999, 120_000, 299_999, 300_000].map(waitMark)).toEqual([0, 2, 2, 5]);
  });

  it("can be taken over only from one without a connection", () => {
    const [open, , theirs] = HELPS;
    if (!open || !theirs) throw new Error("people wait for help");
    expect(mayTakeHelp(room, open)).toBe(true);
    expect(mayTakeHelp(room, theirs)).toBe(false);
    const lost = roomOf([
      ...ROOM,
      make.person(OTHER_MODERATOR, "Moderaattori 2", { role: "moderator", presence: "away" }),
    ]);
    expect(mayTakeHelp(lost, theirs)).toBe(true);
  });

  it("says how the line is", () => {
    expect([48, 199, 200, 499, 500].map(lineQuality)).toEqual(["good", "good", "fair", "fair", "slow"]);
  });
});

describe("the people", () => {
  const all = everyone(room);

  it("are counted by where they are", () => {
    expect(countIn(all, "all")).toBe(41);
    expect(countIn(all, "present")).toBe(39);
    expect(countIn(all, "away")).toBe(1);
    expect(countIn(all, "gone")).toBe(1);
  });

  it("are found by a part of the name, or of the second name", () => {
    expect(found(all, "all", " KUU ").map(({ id }) => id)).toEqual([KUUSI]);
    expect(found(all, "all", "käpykäpy").map(({ id }) => id)).toEqual([KAPY]);
    expect(found(all, "gone", "").map(({ name }) => name)).toEqual(["Saukko"]);
  });

  it("are not those who are only expected", () => {
    expect(everyone(roomOf([make.person(90, "Tulija", { presence: "expected" })]))).toEqual([]);
  });

  it("have done this today", () => {
    expect(today(room, TIKKA)).toMatchObject({ turns: 3, is_waiting: true, is_speaking: false });
    expect(today(room, KUUSI)).toMatchObject({ turns: 1, is_speaking: true });
    expect(today(room, MUSTIKKA)).toMatchObject({ messages: 2, helps: 0 });
    expect(today(room, KAPY)).toMatchObject({ helps: 1 });
    expect(today(room, HAUKI).messages).toBe(2);
    expect(today(room, KANERVA).messages).toBe(1);
  });
});
