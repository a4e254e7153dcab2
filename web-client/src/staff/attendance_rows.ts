import type { DecisionType, PersonId, Proposal, UtcTime } from "@protocol";
import { type ClockReading, utcOf } from "../connection/clock";
import { all, type RoomState } from "../state/room_state";
import { isStaff, nameOf, person } from "../state/selectors";

/** One person's day as it is shown, wherever it was read from. */
export interface AttendanceRow {
  readonly person: PersonId;
  readonly name: string;
  readonly decision_type: DecisionType | null;
  readonly connected_seconds: number;
  readonly window_seconds: number;
  readonly arrived: UtcTime | null;
  readonly left: UtcTime | null;
  readonly gaps: number;
  readonly took_part: boolean;
  readonly proposal: Proposal | null;
}

const byName = new Intl.Collator("fi", { numeric: true }).compare;

/** Those that need a look come first, then by name. */
const PROPOSAL_ORDER: Record<Proposal, number> = { check: 0, not_seen: 1, excused: 2, present: 3 };

export function inOrder(rows: readonly AttendanceRow[]): AttendanceRow[] {
  const rank = (row: AttendanceRow) => (row.proposal === null ? 4 : PROPOSAL_ORDER[row.proposal]);
  return [...rows].sort((a, b) => rank(a) - rank(b) || byName(a.name, b.name) || a.person - b.person);
}

export function needsLook(row: AttendanceRow): boolean {
  return row.proposal === "check" || row.proposal === "not_seen";
}

/** Whole per cents, rounded down: 79.9 % is not 80. */
export function percentOf(row: Pick<AttendanceRow, "connected_seconds" | "window_seconds">): number {
  if (row.window_seconds === 0) return 0;
  return Math.min(100, Math.floor((100 * row.connected_seconds) / row.window_seconds));
}

/** From the things of a room that has closed. The staff's own lines are not shown. */
export function rowsOfRoom(room: RoomState, clock: ClockReading): AttendanceRow[] {
  const time = (at: number | undefined) => (at === undefined ? null : utcOf(clock, at));
  return inOrder(
    all(room, "attendance_line")
      .filter((line) => !isStaff(person(room, line.person)))
      .map((line) => ({
        person: line.person,
        name: nameOf(room, line.person),
        decision_type: null,
        connected_seconds: line.connected_seconds,
        window_seconds: line.window_seconds,
        arrived: time(line.arrived),
        left: time(line.left),
        gaps: line.gaps,
        took_part: line.took_part,
        proposal: line.proposal ?? null,
      })),
  );
}
