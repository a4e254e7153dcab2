import type {
  AttendanceCorrection,
  AttendanceRow,
  Duty,
  Mark,
  MarkSource,
  Proposal,
  ProposalReason,
  UtcTime,
} from "@protocol";
import type { DayAnswer, DayCorrection, PersonDay, UtcSpan } from "@protocol/api";
import { type ClockReading, utcOf } from "../connection/clock";
import { all, type RoomState } from "../state/room_state";
import { isStaff, nameOf, person } from "../state/selectors";

type AsRecorded =
  | "person"
  | "name"
  | "absence_told"
  | "connected_seconds"
  | "window_seconds"
  | "gaps"
  | "took_part";
type Counted = "turns" | "written_turns" | "messages";

/** One person's day as it is shown: the room's decisions beside what the records know. Pure. */
export interface DayRow extends Readonly<Pick<PersonDay, AsRecorded | Counted>> {
  readonly supervisor: string | null;
  /** The kind of decision, and what it was called when the day was kept. */
  readonly decision_type: string | null;
  readonly decision_name: string | null;
  /** Null where the row is to be read only. */
  readonly duty: Duty | null;
  readonly arrived: UtcTime | null;
  readonly left: UtcTime | null;
  /** Null while the records have not answered. */
  readonly intervals: readonly UtcSpan[] | null;
  readonly proposal: Proposal | null;
  readonly why: readonly ProposalReason[];
  readonly absence_note: string | null;
  /** Of the assignment's time, what counts beside the connection. */
  readonly work_seconds: number;
  readonly is_work_late: boolean;
  /** Returned in time, when the day had been sealed already. */
  readonly is_work_after_seal: boolean;
  readonly mark: DayMark | null;
  readonly came_late_at: UtcTime | null;
  readonly is_correction_proposed: boolean;
  readonly corrections: readonly DayCorrection[];
  /** 0 where the row is to be read only. */
  readonly version: number;
}

export interface DayMark {
  readonly mark: Mark;
  readonly minutes: number | null;
  readonly reason: string;
  readonly source: MarkSource;
  readonly by: string;
  readonly at: UtcTime | null;
  /** The step that made it; 0 when it is not known. */
  readonly step: number;
}

export type Filter = "check" | "all" | "undecided" | "decided";
export type Order = "look" | "name" | "time";

export function needsLook(row: DayRow): boolean {
  return row.proposal === "check" || row.proposal === "not_seen" || row.is_correction_proposed;
}

export function needsDecision(row: DayRow): boolean {
  return row.proposal !== null && row.mark === null;
}

export function isClear(row: DayRow): boolean {
  return row.proposal === "present" || row.proposal === "excused";
}

/** Nobody who comes of their own will is marked as away. */
export function mayBeAbsent(row: DayRow): boolean {
  return row.duty !== "own_will";
}

/** Without any connection a mark of presence says how the person took part. */
export function needsSource(row: DayRow): boolean {
  return row.connected_seconds === 0;
}

/** What is proposed, as a mark; nothing where a person has to look. */
export function clearMark(row: DayRow): Mark | null {
  return row.proposal === "present" ? "present" : row.proposal === "excused" ? "excused" : null;
}

export function passes(filter: Filter, row: DayRow): boolean {
  switch (filter) {
    case "all":
      return true;
    case "check":
      return needsLook(row);
    case "undecided":
      return needsDecision(row);
    case "decided":
      return row.mark !== null;
  }
}

const byName = new Intl.Collator("fi", { numeric: true }).compare;
const RANK: Record<Proposal, number> = { check: 0, not_seen: 1, excused: 3, present: 3 };

export function inOrder(rows: readonly DayRow[], order: Order): DayRow[] {
  const rank = (row: DayRow) =>
    row.is_correction_proposed ? -1 : row.proposal === null ? 4 : RANK[row.proposal];
  const compare = (a: DayRow, b: DayRow) => {
    if (order === "look") return rank(a) - rank(b);
    if (order === "time")
      return a.connected_seconds + a.work_seconds - (b.connected_seconds + b.work_seconds);
    return 0;
  };
  return [...rows].sort((a, b) => compare(a, b) || byName(a.name, b.name) || a.person - b.person);
}

/** Of what counts, in whole per cents, rounded down: 79.9 % is not 80. */
export function percentOf(
  row: Pick<DayRow, "connected_seconds" | "window_seconds" | "work_seconds">,
): number {
  if (row.window_seconds === 0) return 0;
  const covered = row.connected_seconds + row.work_seconds;
  return Math.min(100, Math.floor((100 * covered) / row.window_seconds));
}

/** The newest step that decided on several at once, while all that it did can be taken back. */
export function lastTogether(rows: readonly DayRow[]): { step: number; count: number } | null {
  const counts = new Map<number, number>();
  for (const { mark } of rows)
    if (mark && mark.step > 0) counts.set(mark.step, (counts.get(mark.step) ?? 0) + 1);
  const step = Math.max(0, ...[...counts].filter(([, count]) => count > 1).map(([each]) => each));
  return step > 0 ? { step, count: counts.get(step) ?? 0 } : null;
}

/** How many have which mark, and how many have none that needs one. */
export function tally(rows: readonly DayRow[]): Record<Mark | "none", number> {
  const counts = { present: 0, partial: 0, excused: 0, absent: 0, none: 0 };
  for (const row of rows) ++counts[row.mark?.mark ?? "none"];
  return counts;
}

/** The rows of a room that has closed; times and names from the records as soon as they have answered. */
export function rowsOfRoom(room: RoomState, clock: ClockReading, records: DayAnswer | null): DayRow[] {
  const known = new Map(records?.lines.map((row) => [row.person, row]));
  return all(room, "attendance_line")
    .filter((row) => !isStaff(person(room, row.person)))
    .map((row) => dayRowOf(room, clock, row, known.get(row.person)));
}

function dayRowOf(
  room: RoomState,
  clock: ClockReading,
  row: AttendanceRow,
  record: PersonDay | undefined,
): DayRow {
  const time = (at: number | undefined) => (at === undefined ? null : utcOf(clock, at));
  const correction = (each: AttendanceCorrection): DayCorrection => ({
    ...each,
    by: nameOf(room, each.by),
    at: utcOf(clock, each.at),
  });
  return {
    person: row.person,
    name: record?.name || nameOf(room, row.person),
    supervisor: record?.supervisor ?? null,
    decision_type: row.decision_type ?? null,
    decision_name: (record?.decision_type === row.decision_type && record?.decision_name) || null,
    duty: row.duty ?? null,
    connected_seconds: row.connected_seconds,
    window_seconds: row.window_seconds,
    arrived: time(row.arrived),
    left: time(row.left),
    gaps: row.gaps,
    intervals: record?.intervals ?? null,
    took_part: row.took_part,
    turns: record?.turns ?? 0,
    written_turns: record?.written_turns ?? 0,
    messages: record?.messages ?? 0,
    proposal: row.proposal ?? null,
    why: row.why ?? [],
    absence_told: row.absence_told ?? false,
    absence_note: record?.absence_note ?? null,
    work_seconds: row.work_seconds ?? 0,
    is_work_late: row.returned_late ?? false,
    is_work_after_seal: row.work_after_seal ?? false,
    mark:
      row.mark === undefined
        ? null
        : {
            mark: row.mark,
            minutes: row.minutes ?? null,
            reason: row.reason ?? "",
            source: row.source ?? "connection",
            by: row.marked_by === undefined ? "" : nameOf(room, row.marked_by),
            at: time(row.marked_at),
            step: row.marked_in ?? 0,
          },
    came_late_at: time(row.came_late_at),
    is_correction_proposed: row.correction_proposed ?? false,
    corrections: (row.corrections ?? []).map(correction),
    version: row.version,
  };
}

/** The rows as the records alone have them: to be read. */
export function rowsOfRecords(records: DayAnswer): DayRow[] {
  return records.lines.map((row) => ({
    person: row.person,
    name: row.name,
    supervisor: row.supervisor ?? null,
    decision_type: row.decision_type ?? null,
    decision_name: row.decision_name ?? null,
    duty: null,
    connected_seconds: row.connected_seconds,
    window_seconds: row.window_seconds,
    arrived: row.arrived ?? null,
    left: row.left ?? null,
    gaps: row.gaps,
    intervals: row.intervals,
    took_part: row.took_part,
    turns: row.turns,
    written_turns: row.written_turns,
    messages: row.messages,
    proposal: row.proposal ?? null,
    why: row.why,
    absence_told: row.absence_told ?? false,
    absence_note: row.absence_note ?? null,
    work_seconds: row.work_seconds ?? 0,
    is_work_late: row.returned_late ?? false,
    is_work_after_seal: false,
    mark:
      row.mark === undefined
        ? null
        : {
            mark: row.mark,
            minutes: row.minutes ?? null,
            reason: row.reason ?? "",
            source: row.source ?? "connection",
            by: row.marked_by ?? "",
            at: row.marked_at ?? null,
            step: 0,
          },
    came_late_at: row.came_late_at ?? null,
    is_correction_proposed: false,
    corrections: row.corrections,
    version: 0,
  }));
}

/** The stretch of time that a timeline shows, and what lies on it for everyone. */
export interface DaySpan {
  readonly from: UtcTime;
  readonly to: UtcTime;
  readonly breaks: readonly UtcSpan[];
  readonly outages: readonly UtcSpan[];
}

export function daySpan(windows: readonly UtcSpan[], records: DayAnswer | null): DaySpan | null {
  const [first, last] = [windows[0], windows.at(-1)];
  if (!first || !last) return null;
  const within = (spans: readonly UtcSpan[]) =>
    spans.filter(({ from, to }) => to > first.from && from < last.to);
  return {
    from: first.from,
    to: last.to,
    breaks: within(records?.breaks ?? []),
    outages: within(records?.outages ?? []),
  };
}

/** The full hours within a span. */
export function hoursWithin({ from, to }: Pick<DaySpan, "from" | "to">): UtcTime[] {
  const HOUR = 3_600_000;
  const hours: UtcTime[] = [];
  for (let at = Math.ceil((from + 1) / HOUR) * HOUR; at < to; at += HOUR) hours.push(at);
  return hours;
}
