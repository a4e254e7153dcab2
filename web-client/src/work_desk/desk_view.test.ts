import { describe, expect, it } from "vitest";
import { DESK_ROWS, deskRow } from "../testing/desk_fixtures";
import { CLOCK } from "../testing/fakes";
import { MINUTE } from "../testing/work_fixtures";
import { figuresOf, holderOf, isLeaving, nextOf, rowsOf } from "./desk_view";

const NOW = CLOCK.utc;
const [AINO, OTSO] = [1, 4];
const people = (rows: readonly { person: number }[]) => rows.map(({ person }) => person);

describe("the desk", () => {
  it("counts what was returned, answered, is mine, is free and is missing", () => {
    expect(figuresOf(DESK_ROWS, AINO, NOW)).toMatchObject({
      people: 9,
      returned: 7,
      answered: 1,
      mine: 3,
      free: 2,
      missing: 2,
      unanswered: 6,
      oldest: NOW - 41 * MINUTE,
      each: [
        [AINO, 3],
        [OTSO, 1],
      ],
    });
    expect(people(figuresOf(DESK_ROWS, AINO, NOW).to_call)).toEqual([11, 12]);
  });

  it("puts who wishes a call first in every view, then the oldest", () => {
    expect(people(rowsOf(DESK_ROWS, "mine", AINO, NOW))).toEqual([11, 15, 7]);
    expect(people(rowsOf(DESK_ROWS, "free", AINO, NOW))).toEqual([11, 13, 14]);
    expect(people(rowsOf(DESK_ROWS, "all", AINO, NOW))).toEqual([11, 15, 7, 10, 13, 14, 9]);
    expect(people(rowsOf(DESK_ROWS, "missing", AINO, NOW))).toEqual([11, 8, 12]);
  });

  it("holds what was dealt out without a lease, and lets a lease that has run out go", () => {
    const dealt = deskRow(15, { state: "assigned", claimed_by: AINO });
    expect(holderOf(dealt, NOW)).toBe(AINO);
    const leased = { ...dealt, claimed_until: NOW + MINUTE };
    expect(holderOf(leased, NOW + MINUTE - 1)).toBe(AINO);
    expect(holderOf(leased, NOW + MINUTE)).toBeNull();
  });

  it("goes on to one's own, then to what is free, never to what another has", () => {
    const [mustikka] = DESK_ROWS;
    if (!mustikka) throw new Error("no rows");
    expect(nextOf(DESK_ROWS, mustikka, AINO, NOW)?.person).toBe(11);
    const others = DESK_ROWS.filter(({ person }) => person !== 11 && person !== 15);
    expect(nextOf(others, mustikka, AINO, NOW)?.person).toBe(13);
    const taken = others.filter(({ person }) => person !== 13 && person !== 14);
    expect(nextOf(taken, mustikka, AINO, NOW)).toBeNull();
  });

  it("may take an answer back until it leaves", () => {
    const sent = deskRow(7, { state: "sent", sent_at: NOW + 30_000 });
    expect(isLeaving(sent, NOW + 29_999)).toBe(true);
    expect(isLeaving(sent, NOW + 30_000)).toBe(false);
  });
});
