import { describe, expect, it } from "vitest";
import { CLOCK, ME } from "../testing/fakes";
import * as make from "../testing/fixtures";
import { roomOf } from "../testing/fixtures";
import * as read from "./selectors";

const NOW = CLOCK.room;

describe("the queue", () => {
  it("has replies first, then those named in the line-up, then the rest by id", () => {
    const room = roomOf([
      make.floor({ line_up: [5, 99, 3] }),
      make.request(2, 9),
      make.request(3, 10),
      make.request(4, 11),
      make.request(5, 12),
      make.request(7, 14, { kind: "reply" }),
      make.request(6, 13, { kind: "reply" }),
      make.request(8, 15, { state: "pending" }),
    ]);
    expect(read.queue(room).map(({ id }) => id)).toEqual([6, 7, 5, 3, 2, 4]);
    expect(read.pendingRequests(room).map(({ id }) => id)).toEqual([8]);
  });

  it("tells my place in it", () => {
    const room = roomOf(make.LIVE);
    expect(read.myPlace(room, ME)?.place).toBe(3);
    expect(read.myPlace(room, 99)).toBeNull();
    expect(read.myRequest(room, ME)?.id).toBe(3);
  });

  it("names the request that waits for the chair when none is in the queue", () => {
    const room = roomOf([make.floor(), make.request(4, ME, { state: "pending" })]);
    expect(read.myRequest(room, ME)?.id).toBe(4);
  });

  it("remembers the last one that ended without a turn", () => {
    const room = roomOf([
      make.request(1, ME, { state: "denied" }),
      make.request(2, ME, { state: "expired" }),
      make.request(3, ME, { state: "cancelled" }),
    ]);
    expect(read.myEndedRequest(room, ME)?.id).toBe(2);
  });
});

describe("the estimate", () => {
  it("is the usual turn for each one ahead, and what is left of the one that is on", () => {
    // 150 s is usual and Kuusi has spoken for 134: 2 · 150 + 16.
    expect(read.waitingEstimateSeconds(roomOf(make.LIVE), 3, NOW)).toBe(316);
  });

  it("does not count a turn that has gone on longer than usual", () => {
    const room = roomOf([make.floor(), make.turn(8, { since: NOW - 400_000 })]);
    expect(read.waitingEstimateSeconds(room, 2, NOW)).toBe(150);
  });

  it("is not known before there is a usual turn", () => {
    expect(read.waitingEstimateSeconds(roomOf([make.floor({ usual_turn_seconds: 0 })]), 2, NOW)).toBeNull();
  });
});

describe("spoken time", () => {
  it("runs while speaking, and stands while paused", () => {
    expect(read.spokenMs(make.turn(8, { spoken_ms: 5000, since: NOW - 2000 }), NOW)).toBe(7000);
    expect(read.spokenMs(make.turn(8, { state: "paused", spoken_ms: 5000, since: NOW - 2000 }), NOW)).toBe(
      5000,
    );
  });

  it("is never taken below what was spoken by a clock that is behind", () => {
    expect(read.spokenMs(make.turn(8, { spoken_ms: 5000, since: NOW + 300 }), NOW)).toBe(5000);
  });
});

describe("a round", () => {
  const round = (...places: [number, "waiting" | "speaking" | "spoken" | "passed" | "later" | "absent"][]) =>
    roomOf([{ type: "round", id: 1, places: places.map(([person, mark]) => ({ person, mark })) }]);

  it("counts those who still come before me", () => {
    expect(read.myRound(round([8, "spoken"], [9, "speaking"], [10, "waiting"], [ME, "waiting"]), ME)).toEqual(
      {
        mark: "waiting",
        ahead: 2,
      },
    );
    expect(read.myRound(round([8, "passed"], [9, "absent"], [ME, "waiting"]), ME)?.ahead).toBe(0);
  });

  it("goes by the places: one who said later stands where the room has put them, before who came after that", () => {
    expect(read.myRound(round([8, "later"], [ME, "later"], [9, "waiting"]), ME)?.ahead).toBe(1);
    expect(read.myRound(round([8, "later"], [9, "later"], [ME, "waiting"]), ME)?.ahead).toBe(2);
  });

  it("is nothing to one who is not in it", () => {
    expect(read.myRound(round([8, "waiting"]), ME)).toBeNull();
    expect(read.myRound(roomOf([]), ME)).toBeNull();
  });
});

describe("lists", () => {
  it("has messages by place and by channel", () => {
    const room = roomOf([
      make.message(1, 8, "b", { place: 9 }),
      make.message(2, 8, "a", { place: 3 }),
      make.message(3, 1, "henkilökunta", { channel: "staff" }),
    ]);
    expect(read.messagesInOrder(room, "room").map(({ id }) => id)).toEqual([2, 1]);
    expect(read.messagesInOrder(room, "staff").map(({ id }) => id)).toEqual([3]);
  });

  it("has what waits for review longest first, with its message", () => {
    const item = {
      type: "review_item" as const,
      author: 8,
      text: "x",
      reasons: ["link" as const],
      flags: 0,
      shown: false,
      version: 1,
    };
    const room = roomOf([
      make.message(1, 8, "x", { state: "held" }),
      { ...item, message: 2, since: 500 },
      { ...item, message: 1, since: 100 },
    ]);
    const [first, second] = read.reviewQueue(room);
    expect(first?.item.message).toBe(1);
    expect(first?.message?.text).toBe("x");
    expect(second?.message).toBeUndefined();
  });

  it("has help by waiting, what is only suggested last, and what is over not at all", () => {
    const room = roomOf([
      make.help({ id: 1, since: 500 }),
      make.help({ id: 2, since: 100, state: "claimed" }),
      make.help({ id: 3, since: 50, state: "suggested" }),
      make.help({ id: 4, since: 10, state: "solved" }),
    ]);
    expect(read.helpQueue(room).map(({ id }) => id)).toEqual([2, 1, 3]);
    expect(read.myEndedHelp(room, ME)?.id).toBe(4);
  });

  it("has the messages of one thread in their order", () => {
    const message = { type: "help_line" as const, author: 3, text: "", at: 1 };
    const room = roomOf([
      { ...message, id: 2, help: 1 },
      { ...message, id: 1, help: 1 },
      { ...message, id: 3, help: 2 },
    ]);
    expect(read.helpThread(room, 1).map(({ id }) => id)).toEqual([1, 2]);
  });

  it("has people who are here first, by name as in Finnish", () => {
    const room = roomOf([
      make.person(1, "Öljy"),
      make.person(2, "Åke"),
      make.person(3, "Aalto", { presence: "away" }),
      make.person(4, "Zeta"),
    ]);
    expect(read.people(room).map(({ name }) => name)).toEqual(["Zeta", "Åke", "Öljy", "Aalto"]);
  });
});

describe("the agenda", () => {
  it("tells the item that is on, the next, and when it comes", () => {
    const view = read.agenda(roomOf([make.agenda()]));
    expect(view.current?.id).toBe(2);
    expect(view.next?.id).toBe(3);
    expect(view.next_at).toBe(NOW + 16 * 60_000);
  });

  it("tells when the next comes by the plan, until the first has begun", () => {
    const starts_at = Date.UTC(2026, 11, 3, 7);
    const { since: _, ...planned } = make.agenda({ current: 1 });
    const room = roomOf([make.info({ starts_at }), planned]);
    const minutes = make.agenda().items[0]?.minutes ?? 0;
    expect(read.agenda(room).next_at).toBeNull();
    expect(read.agenda(room).next_planned).toBe(starts_at + minutes * 60_000);
    expect(read.agenda(roomOf([make.info(), make.agenda()])).next_planned).toBeNull();
  });

  it("has no next after the last, and nothing without an agenda", () => {
    expect(read.agenda(roomOf([make.agenda({ current: 4 })])).next).toBeNull();
    expect(read.agenda(roomOf([])).current).toBeNull();
  });
});
