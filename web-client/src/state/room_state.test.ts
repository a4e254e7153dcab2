import type { Batch, Change } from "@protocol";
import { describe, expect, it } from "vitest";
import * as make from "../testing/fixtures";
import {
  all,
  applyBatch,
  EMPTY_ROOM,
  MESSAGES_KEPT,
  one,
  type RoomState,
  the,
  withOlderMessages,
} from "./room_state";

const batch = (from: number, to: number, ...changes: Change[]): Batch => ({
  type: "batch",
  from,
  to,
  changes,
});

function applied(room: RoomState, next: Batch): RoomState {
  const answer = applyBatch(room, next);
  if (answer.kind !== "applied") throw new Error(answer.kind);
  return answer.room;
}

describe("a batch", () => {
  it("puts things by their key, and drops them", () => {
    const before = applied(EMPTY_ROOM, batch(0, 3, make.person(8, "Kuusi"), make.turn(8), make.info()));
    expect(one(before, "person", 8)?.name).toBe("Kuusi");
    expect(the(before, "turn")?.speaker).toBe(8);

    const after = applied(
      before,
      batch(3, 5, { type: "dropped", kind: "turn", id: 0 }, make.person(8, "Kuusi", { presence: "away" })),
    );
    expect(the(after, "turn")).toBeUndefined();
    expect(one(after, "person", 8)?.presence).toBe("away");
    expect(after.seq).toBe(5);
  });

  it("changes nothing in place, and leaves untouched kinds as they are", () => {
    const before = applied(EMPTY_ROOM, batch(0, 1, make.person(8, "Kuusi"), make.message(1, 8, "Hei")));
    const after = applied(before, batch(1, 2, make.person(9, "Kanerva")));
    expect(all(before, "person")).toHaveLength(1);
    expect(after.things.message).toBe(before.things.message);
    expect(after.things.person).not.toBe(before.things.person);
  });

  it("that was applied already is passed over", () => {
    const room = applied(EMPTY_ROOM, batch(0, 5, make.info()));
    expect(applyBatch(room, batch(2, 5, make.info({ theme: "Raha" }))).kind).toBe("already");
  });

  it("that begins before where we are, and goes further, is applied", () => {
    const room = applied(EMPTY_ROOM, batch(0, 5, make.info()));
    expect(the(applied(room, batch(3, 6, make.info({ theme: "Raha" }))), "room")?.theme).toBe("Raha");
  });

  it("that begins later than where we are is a gap", () => {
    const room = applied(EMPTY_ROOM, batch(0, 5));
    expect(applyBatch(room, batch(6, 7)).kind).toBe("gap");
  });

  it("may name kinds that this version does not know", () => {
    const hologram = { type: "hologram", id: 1 } as unknown as Change;
    const gone = { type: "dropped", kind: "hologram", id: 1 } as unknown as Change;
    const room = applied(EMPTY_ROOM, batch(0, 1, hologram, gone, make.info()));
    expect(Object.keys(room.things)).not.toContain("hologram");
    expect(the(room, "room")).toBeDefined();
  });

  it("gives the same room in one step and in many: snapshot(s) + batch(s..t) is snapshot(t)", () => {
    const steps: Change[][] = [
      [make.info(), ...make.PEOPLE],
      [make.message(1, 8, "Hei"), make.request(1, 9)],
      [make.turn(8)],
      [make.message(1, 8, "", { state: "retracted" }), { type: "dropped", kind: "floor_request", id: 1 }],
      [{ type: "dropped", kind: "turn", id: 0 }, make.person(8, "Kuusi", { presence: "gone" })],
    ];
    const stepwise = steps.reduce(
      (room, changes, i) => applied(room, batch(i, i + 1, ...changes)),
      EMPTY_ROOM,
    );
    const at_once = applied(EMPTY_ROOM, batch(0, steps.length, ...steps.flat()));
    expect(stepwise).toEqual(at_once);
  });
});

describe("messages", () => {
  const many = (first: number, count: number) =>
    Array.from({ length: count }, (_, i) => make.message(first + i, 8, `viesti ${first + i}`));

  it("are kept to the newest 200 by place", () => {
    const room = applied(EMPTY_ROOM, batch(0, 1, ...many(1, 250)));
    const ids = all(room, "message").map(({ id }) => id);
    expect(ids).toHaveLength(MESSAGES_KEPT);
    expect(Math.min(...ids)).toBe(51);
  });

  it("go by place, not by id: one that was held long comes late in the list", () => {
    const late = make.message(2, 8, "odotti", { place: 900 });
    const room = applied(EMPTY_ROOM, batch(0, 1, late, ...many(10, 205)));
    expect(one(room, "message", 2)).toBeDefined();
    expect(one(room, "message", 10)).toBeUndefined();
  });

  it("that were asked for stay, and what becomes of them shows", () => {
    const newest = applied(EMPTY_ROOM, batch(0, 1, ...many(201, 200)));
    const both = withOlderMessages(newest, many(101, 100));
    expect(both.things.message.size).toBe(300);

    const after = applied(both, batch(1, 2, make.message(101, 8, "", { state: "retracted" })));
    expect(one(after, "message", 101)?.state).toBe("retracted");
    expect(after.things.message.size).toBe(300);
  });

  it("that were asked for are let go after a long absence: the newest may not follow on them", () => {
    const newest = applied(EMPTY_ROOM, batch(0, 400, ...many(201, 200)));
    const both = withOlderMessages(newest, many(101, 100));
    expect(applied(both, batch(400, 600, ...many(401, 199))).things.message.size).toBe(300);

    const back = applied(
      both,
      batch(400, 2000, make.message(150, 8, "", { state: "retracted" }), ...many(1801, 200)),
    );
    expect(back.things.message.size).toBe(200);
    expect(one(back, "message", 1801)).toBeDefined();
    expect(one(back, "message", 400)).toBeUndefined();
  });

  it("that were asked for do not overwrite what is newer here", () => {
    const room = applied(EMPTY_ROOM, batch(0, 1, make.message(5, 8, "", { state: "retracted" })));
    const both = withOlderMessages(room, [make.message(5, 8, "vanha"), make.message(4, 8, "vielä vanhempi")]);
    expect(one(both, "message", 5)?.state).toBe("retracted");
    expect(both.things.message.size).toBe(2);
  });
});
