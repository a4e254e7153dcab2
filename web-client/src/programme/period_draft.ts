import type {
  ExceptionDay,
  FormFault,
  PeriodBody,
  PeriodPreview,
  SeriesId,
  SeriesShown,
} from "@protocol/api";
import { dateText } from "../coordinator/dates";
import { clockText, typedDay, weekdayOf } from "./days";

/** A period as it is typed: pure. The server reads days and times, and says what it cannot read. */

const DOORS_MINUTES = 30;
const THURSDAY = 4;

export interface PeriodDraft {
  readonly name: string;
  readonly first_day: string;
  readonly last_day: string;
  readonly weekday: number;
  readonly start: string;
  readonly end: string;
  /** So long before the start; 0: by hand. */
  readonly doors_minutes: number;
  readonly series: readonly SeriesId[];
  readonly skip_moves_turn: boolean;
  /** Days that were decided on: why one is skipped, or null where it is held. */
  readonly decided: ReadonlyMap<string, string | null>;
}

/** All series in the order in which they were made, at the hours of the first. */
export function newDraft(series: readonly SeriesShown[]): PeriodDraft {
  const turns = [...series].sort((a, b) => a.id - b.id);
  return {
    name: "",
    first_day: "",
    last_day: "",
    weekday: THURSDAY,
    start: clockText(turns[0]?.start ?? "09:00"),
    end: clockText(turns[0]?.end ?? "13:00"),
    doors_minutes: DOORS_MINUTES,
    series: turns.map(({ id }) => id),
    skip_moves_turn: true,
    decided: new Map(),
  };
}

/** Of one series, at its hours. */
export function newGroupDraft(series: readonly SeriesShown[]): PeriodDraft {
  return newDraft([...series].sort((a, b) => a.id - b.id).slice(0, 1));
}

/** Another series in place of the one; its hours too, unless others were typed. */
export function withSeries(draft: PeriodDraft, series: readonly SeriesShown[], id: SeriesId): PeriodDraft {
  const hoursOf = (wanted: SeriesId | undefined) => {
    const found = series.find((one) => one.id === wanted);
    return found && { start: clockText(found.start), end: clockText(found.end) };
  };
  const before = hoursOf(draft.series[0]);
  const is_usual = before?.start === draft.start && before.end === draft.end;
  return { ...draft, series: [id], ...(is_usual ? hoursOf(id) : {}) };
}

export function draftOf(form: PeriodBody): PeriodDraft {
  const { first_day, last_day, start, end, skipped, ...rest } = form;
  return {
    ...rest,
    first_day: dateText(first_day),
    last_day: dateText(last_day),
    start: clockText(start),
    end: clockText(end),
    decided: new Map((skipped ?? []).map(({ day, why }) => [day, why])),
  };
}

/** The first day tells the weekday, and the season its name, as long as nobody has said otherwise. */
export function withFirstDay(
  draft: PeriodDraft,
  first_day: string,
  nameOf: (is_spring: boolean, year: string) => string,
): PeriodDraft {
  const suggested = (text: string) => {
    const day = typedDay(text);
    return day ? nameOf(Number(day.slice(5, 7)) < 7, day.slice(0, 4)) : "";
  };
  const day = typedDay(first_day);
  const is_named = draft.name !== "" && draft.name !== suggested(draft.first_day);
  return {
    ...draft,
    first_day,
    ...(day ? { weekday: weekdayOf(day) } : {}),
    ...(day && !is_named ? { name: suggested(first_day) } : {}),
  };
}

/** What is asked for. Holidays that nobody has decided on are skipped. */
export function bodyOf(draft: PeriodDraft, exceptions: readonly ExceptionDay[]): PeriodBody {
  const { decided, series, ...rest } = draft;
  const skipped = [
    ...exceptions
      .filter(({ day, is_holiday }) => is_holiday && !decided.has(day))
      .map(({ day, name }) => ({ day, why: name })),
    ...[...decided].flatMap(([day, why]) => (why === null ? [] : [{ day, why }])),
  ].sort((a, b) => a.day.localeCompare(b.day));
  return {
    ...rest,
    name: rest.name.trim(),
    first_day: rest.first_day.trim(),
    last_day: rest.last_day.trim(),
    start: rest.start.trim(),
    end: rest.end.trim(),
    series: [...series],
    ...(decided.size > 0 ? { skipped } : {}),
  };
}

/** Enough to ask what it would make. */
export function canPreview({ first_day, last_day, start, end, series }: PeriodBody): boolean {
  return Boolean(first_day && last_day && start && end && series.length > 0);
}

/** A holiday that a saved period holds was decided on, though what is saved tells only what is skipped. */
export function settled(draft: PeriodDraft, { exceptions, days }: PeriodPreview): PeriodDraft {
  const held = exceptions.filter(
    ({ day, is_holiday }) =>
      is_holiday &&
      !draft.decided.has(day) &&
      days.some((one) => one.day === day && one.series !== undefined),
  );
  if (held.length === 0) return draft;
  return { ...draft, decided: new Map([...draft.decided, ...held.map(({ day }) => [day, null] as const)]) };
}

/** A day to think of, and whether it is skipped. */
export interface Exception {
  readonly day: string;
  readonly name: string;
  readonly is_holiday: boolean;
  /** The calendar does not know it: somebody has added it. */
  readonly is_own: boolean;
  readonly is_skipped: boolean;
}

export function exceptionsOf(draft: PeriodDraft, exceptions: readonly ExceptionDay[]): Exception[] {
  const known = exceptions.map(({ day, name, is_holiday }): Exception => {
    const decided = draft.decided.get(day);
    return {
      day,
      name,
      is_holiday,
      is_own: false,
      is_skipped: decided === undefined ? is_holiday : decided !== null,
    };
  });
  const own = [...draft.decided].flatMap(([day, why]): Exception[] =>
    why === null || exceptions.some((one) => one.day === day)
      ? []
      : [{ day, name: why, is_holiday: false, is_own: true, is_skipped: true }],
  );
  return [...known, ...own].sort((a, b) => a.day.localeCompare(b.day));
}

export function decide(draft: PeriodDraft, day: string, why: string | null | undefined): PeriodDraft {
  const decided = new Map(draft.decided);
  if (why === undefined) decided.delete(day);
  else decided.set(day, why);
  return { ...draft, decided };
}

export function moved(turns: readonly SeriesId[], at: number, by: 1 | -1): SeriesId[] {
  const next = [...turns];
  const [one] = next.splice(at, 1);
  if (one !== undefined) next.splice(at + by, 0, one);
  return next;
}

export type PeriodField = "name" | "first_day" | "last_day" | "start" | "end" | "series";

const FIELD_OF: Record<string, PeriodField> = {
  name_missing: "name",
  name_taken: "name",
  series_missing: "series",
  date_unclear: "first_day",
  date_order_unclear: "first_day",
  weekday_differs: "first_day",
  last_day_before_first: "last_day",
  period_too_long: "last_day",
  start_unclear: "start",
  end_unclear: "end",
  end_before_start: "end",
  session_too_long: "end",
};

/** Where the form says it. A fault carries what was typed, or the field's name. */
export function fieldOfFault(draft: PeriodDraft, { reason, value = "" }: FormFault): PeriodField | null {
  if (value === "name" || value === "series") return value;
  const field = FIELD_OF[reason] ?? null;
  const is_last = value === draft.last_day.trim() && value !== draft.first_day.trim();
  return field === "first_day" && is_last ? "last_day" : field;
}
