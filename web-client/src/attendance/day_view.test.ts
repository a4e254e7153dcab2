import { describe, expect, it } from "vitest";
import { CLOCK } from "../testing/fakes";
import { roomOf } from "../testing/fixtures";
import { DECIDING, KANERVA, MUSTIKKA, RECORDS, SEALED, SIILI } from "../testing/staff_fixtures";
import {
  type DayRow,
  daySpan,
  type Filter,
  hoursWithin,
  inOrder,
  lastTogether,
  mayBeAbsent,
  needsDecision,
  needsLook,
  passes,
  percentOf,
  rowsOfRoom,
  tally,
} from "./day_view";
import { momentAt } from "./window_dialog";

const reading = { room: CLOCK.room, utc: CLOCK.utc, page: 0 };
const rows = rowsOfRoom(roomOf(DECIDING), reading, RECORDS);

describe("the rows of a day", () => {
  it("have the name of the registration where the records know it, else the one of the room", () => {
    expect(rows.find(({ person }) => person === MUSTIKKA)?.name).toBe("Osallistuja 1");
    expect(rowsOfRoom(roomOf(DECIDING), reading, null).find(({ person }) => person === MUSTIKKA)?.name).toBe(
      "Mustikka",
    );
  });

  it("put those first that need a look, and last those of whom nothing is asked", () => {
    expect(inOrder(rows, "look").map(({ name }) => name)).toEqual([
      "Osallistuja 3",
      "Osallistuja 18",
      "Osallistuja 12",
      "Hauki",
      "Kuusi",
      "Osallistuja 1",
      "Osallistuja 6",
      "Osallistuja 9",
    ]);
    expect(inOrder(rows, "time").at(-1)?.person).toBe(MUSTIKKA);
    expect(inOrder(rows, "name").map(({ name }) => name)[0]).toBe("Hauki");
  });

  it("may be absent unless they come of their own will, whatever their kind is called", () => {
    const ROW = { ...rows[0], decision_type: "social_rehabilitation" } as DayRow;
    expect(mayBeAbsent({ ...ROW, duty: "own_will" })).toBe(false);
    expect(mayBeAbsent({ ...ROW, duty: "agreed" })).toBe(true);
    expect(mayBeAbsent({ ...ROW, duty: null })).toBe(true);
    expect(rows.filter((row) => !mayBeAbsent(row)).map(({ name }) => name)).toEqual([
      "Osallistuja 9",
      "Hauki",
    ]);
  });

  it("put a correction that waits before all", () => {
    const sealed = rowsOfRoom(roomOf(SEALED), reading, RECORDS);
    expect(inOrder(sealed, "look")[0]?.person).toBe(SIILI);
  });

  it("are filtered by what one looks for", () => {
    const count = (filter: Filter) => rows.filter((row) => passes(filter, row)).length;
    expect([count("all"), count("check"), count("undecided"), count("decided")]).toEqual([8, 3, 6, 1]);
    expect(rows.filter(needsDecision).filter(needsLook)).toHaveLength(3);
    expect(tally(rows)).toEqual({ present: 1, partial: 0, excused: 0, absent: 0, none: 7 });
  });

  it("know which marks were made at once, the newest first", () => {
    expect(lastTogether(rows)).toBeNull();
    expect(lastTogether(rowsOfRoom(roomOf(SEALED), reading, null))).toEqual({ step: 60, count: 3 });
  });

  it("never round a share up, and count the assignment beside the connection", () => {
    const share = (connected_seconds: number, window_seconds = 14_400, work_seconds = 0) =>
      percentOf({ connected_seconds, window_seconds, work_seconds });
    expect(share(11_519)).toBe(79);
    expect(share(11_520)).toBe(80);
    expect(share(20_000)).toBe(100);
    expect(share(0, 0)).toBe(0);
    expect(share(10_800, 14_400, 3_600)).toBe(100);
  });
});

describe("the span of a day", () => {
  it("holds what lies within the counted window, and its full hours", () => {
    const span = daySpan(RECORDS.windows, RECORDS);
    expect(span?.breaks).toHaveLength(1);
    expect(span?.outages).toHaveLength(1);
    expect(span && hoursWithin(span)).toHaveLength(4);
    expect(daySpan([], RECORDS)).toBeNull();
  });

  it("is corrected to the moment nearest to it that the clock shows", () => {
    const nine = Date.UTC(2026, 11, 3, 7, 0, 30);
    expect(momentAt(nine, "09:00")).toBe(nine);
    expect(momentAt(nine, "08:45")).toBe(Date.UTC(2026, 11, 3, 6, 45));
    expect(momentAt(Date.UTC(2026, 11, 2, 22, 10), "23:50")).toBe(Date.UTC(2026, 11, 2, 21, 50));
    expect(momentAt(nine, "")).toBeNull();
    expect(momentAt(nine, "25:00")).toBeNull();
  });
});

it("a person of the fixtures is in both", () => {
  expect(rows.find(({ person }) => person === KANERVA)?.intervals).toHaveLength(2);
});
