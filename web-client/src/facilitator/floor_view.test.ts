import { describe, expect, it } from "vitest";
import { queue } from "../state/selectors";
import { CLOCK } from "../testing/fakes";
import * as make from "../testing/fixtures";
import { roomOf } from "../testing/fixtures";
import {
  AGENDA,
  contribution,
  IN_ROUND,
  KANERVA,
  KAPY,
  KUUSI,
  MUSTIKKA,
  PEOPLE,
  PORO,
  ROOM,
  SIILI,
  TIKKA,
  VANAMO,
  without,
} from "../testing/staff_fixtures";
import {
  addable,
  agendaRows,
  grant,
  grantNext,
  itemMinutes,
  limitShare,
  moved,
  nextUp,
  restorable,
  voices,
} from "./floor_view";

const room = roomOf(ROOM);
const reading = { room: CLOCK.room, utc: CLOCK.utc, page: 0 };

describe("who is next", () => {
  it("is the first in the queue, replies before the rest", () => {
    expect(nextUp(room)).toMatchObject({ kind: "request", person: SIILI });
  });

  it("passes over one whose line is lost, whose place stays", () => {
    const alone = roomOf([
      ...without("floor_request"),
      make.request(54, VANAMO, { away_until: CLOCK.room + 92_000 }),
      make.request(55, TIKKA),
    ]);
    expect(nextUp(alone)).toMatchObject({ person: TIKKA });
    expect(queue(alone)[0]?.beneficiary).toBe(VANAMO);
  });

  it("is in a round the first who has not had their place and is here", () => {
    expect(nextUp(roomOf(IN_ROUND))).toEqual({ kind: "round", person: MUSTIKKA });
  });

  it("is in a round at last one who said later", () => {
    const last = roomOf([
      ...PEOPLE,
      {
        type: "round",
        id: 1,
        places: [
          { person: TIKKA, mark: "later" },
          { person: VANAMO, mark: "waiting" },
          { person: KUUSI, mark: "spoken" },
        ],
      },
    ]);
    expect(nextUp(last)).toEqual({ kind: "round", person: TIKKA });
  });

  it("is nobody when nobody waits", () => {
    expect(nextUp(roomOf(without("floor_request")))).toBeNull();
  });
});

describe("giving the floor", () => {
  const siili = { kind: "request" as const, request: make.request(56, SIILI), person: SIILI };

  it("names the turn that it ends, so that two who press at once skip nobody", () => {
    expect(grantNext(room, siili)).toEqual({ type: "grant_floor", request: 56, expected_turn: 40 });
  });

  it("names the request while nobody speaks: the second is refused, since it waits no more", () => {
    expect(grantNext(roomOf(without("turn")), siili)).toEqual({ type: "grant_floor", request: 56 });
  });

  it("leaves the order of a round to the server", () => {
    const round = roomOf(IN_ROUND);
    const next = nextUp(round);
    expect(next && grantNext(round, next)).toEqual({ type: "grant_floor", expected_turn: 40 });
  });

  it("can be out of order", () => {
    expect(grant(room, 55)).toEqual({ type: "grant_floor", request: 55, expected_turn: 40 });
  });
});

describe("moving in the queue", () => {
  const waiting = queue(room);
  const ids = waiting.map(({ id }) => id);

  it("names the whole list in its new order", () => {
    expect(ids).toEqual([56, 51, 52, 53, 54, 55]);
    expect(moved(waiting, 52, -1)).toEqual([56, 52, 51, 53, 54, 55]);
    expect(moved(waiting, 54, 1)).toEqual([56, 51, 52, 53, 55, 54]);
  });

  it("ends at the ends", () => {
    expect(moved(waiting, 56, -1)).toBeNull();
    expect(moved(waiting, 55, 1)).toBeNull();
  });

  it("takes nobody past a reply, nor a reply past the rest", () => {
    expect(moved(waiting, 51, -1)).toBeNull();
    expect(moved(waiting, 56, 1)).toBeNull();
  });

  it("is nothing for one who waits no more", () => {
    expect(moved(waiting, 99, 1)).toBeNull();
  });
});

describe("what ran out", () => {
  it("can be restored, once for each person, and not for one who waits again", () => {
    const after = roomOf([
      ...ROOM,
      make.request(31, PORO, { state: "expired" }),
      make.request(35, PORO, { state: "expired" }),
      make.request(32, TIKKA, { state: "expired" }),
    ]);
    expect(restorable(after).map(({ id }) => id)).toEqual([35]);
  });
});

describe("who can be added", () => {
  it("is anyone of the room but the staff, who speaks, and who waits already", () => {
    const ids = new Set(addable(room).map(({ id }) => id));
    expect(ids.has(PORO)).toBe(true);
    for (const id of [KUUSI, KANERVA, 1, 60]) expect(ids.has(id)).toBe(false);
  });
});

describe("who has been heard", () => {
  it("counts voice first, then writing, of those present", () => {
    expect(voices(room)).toEqual({ spoken: 14, written: 3, unheard: 19, total: 36, item_heard: 3 });
  });

  it("counts one who both spoke and wrote once", () => {
    const both = roomOf([
      make.person(KAPY, "Käpy"),
      contribution(KAPY, { turns: 1, written_turns: 2, item_heard: true }),
    ]);
    expect(voices(both)).toEqual({ spoken: 1, written: 0, unheard: 0, total: 1, item_heard: 1 });
  });
});

describe("the agenda", () => {
  it("stands on the wall's clock: the past as planned, the rest from where we are", () => {
    const late = { ...AGENDA, since: CLOCK.room - 4 * 60_000 };
    const rows = agendaRows(late, Date.UTC(2026, 11, 3, 7), reading);
    const minutes = rows.map(({ at }) => (at - Date.UTC(2026, 11, 3, 7)) / 60_000);
    expect(minutes).toEqual([0, 20, 70, 100, 115, 160, 220]);
    expect(rows.map(({ state }) => state).join(" ")).toBe("done done current coming coming coming coming");
  });

  it("is the plan's own until the first item has begun, a week before too", () => {
    const { since: _, ...planned } = { ...AGENDA, current: 1 };
    for (const starts_at of [Date.UTC(2026, 11, 3, 7), Date.UTC(2026, 11, 10, 7)]) {
      const rows = agendaRows(planned, starts_at, reading);
      expect(rows[0]).toMatchObject({ at: starts_at, state: "current" });
      expect(rows[1]?.at).toBe(starts_at + (AGENDA.items[0]?.minutes ?? 0) * 60_000);
    }
    expect(itemMinutes(planned, CLOCK.room)).toBe(0);
  });

  it("counts whole minutes of the current item", () => {
    expect(itemMinutes(AGENDA, CLOCK.room)).toBe(14);
  });
});

describe("the bar of a turn", () => {
  it("fills up to the time wished for and no further", () => {
    expect(limitShare(90_000, 180)).toBe(0.5);
    expect(limitShare(400_000, 180)).toBe(1);
    expect(limitShare(90_000, undefined)).toBeNull();
    expect(limitShare(90_000, 0)).toBeNull();
  });
});
