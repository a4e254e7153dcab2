import type { AssignmentId, PersonId, UtcTime } from "@protocol";
import type { DeskAnswer, DeskRow, WorkBody } from "@protocol/api";
import { minutesText } from "../staff/durations";

/** A pure reading of the desk: who waits, whose they are, and in which order. */

export const VIEWS = ["mine", "free", "all", "missing"] as const;
export type View = (typeof VIEWS)[number];

/** Returned, and no answer has been sent. */
export function waits({ state }: DeskRow): boolean {
  return state === "returned" || state === "assigned" || state === "answered";
}

export function isReturned({ state }: DeskRow): boolean {
  return state !== undefined && state !== "draft";
}

/** Who has it now; a lease that has run out holds nobody. One that was dealt out has none and holds. */
export function holderOf(row: DeskRow, now: UtcTime): PersonId | null {
  if (row.claimed_by === undefined) return null;
  const is_over = row.claimed_until !== undefined && row.claimed_until <= now;
  return waits(row) && is_over ? null : row.claimed_by;
}

/** It has been sent and may still be taken back. */
export function isLeaving(row: DeskRow, now: UtcTime): boolean {
  return row.state === "sent" && row.sent_at !== undefined && row.sent_at > now;
}

/** Somebody is to call, for whatever reason. */
export function isToBeCalled(row: DeskRow): boolean {
  return row.wants_call === true || (row.answers_by_phone === true && !isReturned(row));
}

export interface Figures {
  readonly people: number;
  readonly returned: number;
  readonly answered: number;
  readonly mine: number;
  readonly free: number;
  readonly missing: number;
  readonly unanswered: number;
  /** When what has waited longest was returned. */
  readonly oldest: UtcTime | null;
  readonly to_call: readonly DeskRow[];
  /** How many each of the staff has, most first. */
  readonly each: readonly (readonly [PersonId, number])[];
}

export function figuresOf(rows: readonly DeskRow[], me: PersonId, now: UtcTime): Figures {
  const waiting = rows.filter(waits);
  const each = new Map<PersonId, number>();
  for (const row of waiting) {
    const holder = holderOf(row, now);
    if (holder !== null) each.set(holder, (each.get(holder) ?? 0) + 1);
  }
  const held = [...each.values()].reduce((sum, count) => sum + count, 0);
  const returned = rows.filter(isReturned).length;
  const times = waiting.flatMap(({ returned_at }) => returned_at ?? []);
  return {
    people: rows.length,
    returned,
    answered: returned - waiting.length,
    mine: each.get(me) ?? 0,
    free: waiting.length - held,
    missing: rows.length - returned,
    unanswered: waiting.length,
    oldest: times.length > 0 ? Math.min(...times) : null,
    to_call: rows.filter(isToBeCalled),
    each: [...each].sort((a, b) => b[1] - a[1]),
  };
}

/**
 * The rows of a view, in the order in which they are taken: first who wishes a call, in every view, then the oldest;
 * those that are answered last.
 */
export function rowsOf(rows: readonly DeskRow[], view: View, me: PersonId, now: UtcTime): DeskRow[] {
  const isIn = (row: DeskRow) => {
    const holder = holderOf(row, now);
    switch (view) {
      case "mine":
        return waits(row) && holder === me;
      case "free":
        return waits(row) && holder === null;
      case "all":
        return isReturned(row);
      case "missing":
        return !isReturned(row);
    }
  };
  const rank = (row: DeskRow) => (row.wants_call ? 0 : waits(row) ? 1 : 2);
  return rows
    .filter((row) => row.wants_call || isIn(row))
    .sort((a, b) => rank(a) - rank(b) || (a.returned_at ?? 0) - (b.returned_at ?? 0) || a.person - b.person);
}

/** What "send and next" goes on to: one's own first, then what nobody has. */
export function nextOf(rows: readonly DeskRow[], but: DeskRow, me: PersonId, now: UtcTime): DeskRow | null {
  const others = rows.filter((row) => !isSame(row, but) && waits(row));
  for (const view of ["mine", "free"] as const) {
    const [first] = rowsOf(others, view, me, now).filter((row) => {
      const holder = holderOf(row, now);
      return view === "mine" ? holder === me : holder === null;
    });
    if (first) return first;
  }
  return null;
}

export function isSame(one: Pick<DeskRow, "person" | "assignment">, other: typeof one): boolean {
  return one.person === other.person && one.assignment === other.assignment;
}

/** The desk with one row as it was answered. */
export function withRow(desk: DeskAnswer, row: DeskRow): DeskAnswer {
  return { ...desk, rows: desk.rows.map((one) => (isSame(one, row) ? row : one)) };
}

export function rowsFor(desk: DeskAnswer, assignment: AssignmentId | null): DeskRow[] {
  return desk.rows.filter((row) => assignment === null || row.assignment === assignment);
}

export const whose = ({ person, assignment }: DeskRow): WorkBody => ({ person, assignment });

/** Whole minutes, so that it does not run. */
export function waited(since: UtcTime, now: UtcTime): string {
  return minutesText(Math.max(0, Math.floor((now - since) / 60_000)));
}
