import type { UtcTime } from "@protocol";
import type { DayAnswer, PersonDay, PersonTotal } from "@protocol/api";
import { isoDate } from "../coordinator/dates";
import type { ReportChoice } from "./requests";

/** What a report shows of many days. Pure. */

export type Period = "month" | "last_month" | "year";
export const PERIODS: readonly Period[] = ["month", "last_month", "year"];

const two = (value: number) => String(value).padStart(2, "0");
/** The last day of the month that has this number, from 1; of the year before for 0. */
const lastOf = (year: number, month: number) => isoOf(new Date(Date.UTC(year, month, 0)));
const isoOf = (day: Date) => day.toISOString().slice(0, 10);

/** The first and the last day of a period, by Helsinki's calendar. */
export function periodOf(period: Period, now: UtcTime): Pick<ReportChoice, "from" | "to"> {
  const [year = 0, month = 1] = isoDate(now).split("-").map(Number);
  if (period === "year") return { from: `${year}-01-01`, to: `${year}-12-31` };
  if (period === "month") return { from: `${year}-${two(month)}-01`, to: lastOf(year, month) };
  const to = lastOf(year, month - 1);
  return { from: `${to.slice(0, 8)}01`, to };
}

/** All people together. */
export function sumOf(totals: readonly PersonTotal[]): Omit<PersonTotal, "person" | "name"> {
  const sum = { days: 0, present: 0, partial: 0, excused: 0, absent: 0, unmarked: 0, minutes: 0 };
  for (const total of totals)
    for (const what of Object.keys(sum) as (keyof typeof sum)[]) sum[what] += total[what];
  return sum;
}

/** The minutes that count: those of a partial mark, else those of the line. */
export function minutesOf(row: PersonDay): number {
  return row.minutes ?? Math.floor(row.connected_seconds / 60);
}

/** The newest first: what happened last is what one looks for. */
export function newestFirst(days: readonly DayAnswer[]): DayAnswer[] {
  return [...days].sort((a, b) => b.starts_at - a.starts_at || b.session - a.session);
}

/** The days of one person, oldest first. */
export function daysOf(days: readonly DayAnswer[], person: number): { day: DayAnswer; row: PersonDay }[] {
  return [...days]
    .sort((a, b) => a.starts_at - b.starts_at)
    .flatMap((day) => {
      const row = day.lines.find((one) => one.person === person);
      return row ? [{ day, row }] : [];
    });
}
