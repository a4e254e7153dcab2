import type { PersonId, UtcTime } from "@protocol";
import type { PhoneRow } from "@protocol/api";
import { isoClock } from "../coordinator/dates";

/** A second call within so long is the same try: whoever did not answer is left alone for it. */
export const TRY_AGAIN_MS = 15 * 60_000;

/**
 * Whom to take up next. First who has answered this worker and has no task yet; then whose check is due; then who is
 * still to be called: those whose best time is now, then those with the fewest tries, then the longest ago. Somebody
 * who has just not answered comes when a quarter of an hour is over. Who is skipped comes when there is nobody else.
 */
export function nextUp(
  rows: readonly PhoneRow[],
  by: string,
  now: UtcTime,
  skipped: ReadonlySet<PersonId>,
): PhoneRow | null {
  const waiting = rows.filter((row) => isUp(row, by, now));
  const kept = waiting.filter(({ person }) => !skipped.has(person));
  return [...(kept.length > 0 ? kept : waiting)].sort((one, other) => compare(one, other, now))[0] ?? null;
}

export function isCheckDue({ state, check_at }: PhoneRow, now: UtcTime): boolean {
  return state === "doing" && check_at !== undefined && check_at <= now;
}

/** Whether a best time in words (klo 9–11, 8.30-10) is now, later today, or over; null where it says no hours. */
export function bestTime(words: string | undefined, now: UtcTime): "now" | "later" | "over" | null {
  const found = /(\d{1,2})(?:[.:](\d\d))?\s*[-–—]\s*(\d{1,2})(?:[.:](\d\d))?/.exec(words ?? "");
  if (!found) return null;
  const minutes = (hour: string | undefined, minute: string | undefined) =>
    Number(hour) * 60 + Number(minute ?? 0);
  const [hour, minute] = isoClock(now).split(":");
  const at = minutes(hour, minute);
  if (at < minutes(found[1], found[2])) return "later";
  return at < minutes(found[3], found[4]) ? "now" : "over";
}

const lastTry = ({ tries }: PhoneRow): UtcTime => tries.at(-1) ?? 0;

/** Whether there is something to do of somebody now, by this worker. */
export function isUp(row: PhoneRow, by: string, now: UtcTime): boolean {
  if (row.state === "called") return row.by === by;
  if (row.state === "to_call") return now - lastTry(row) >= TRY_AGAIN_MS;
  return isCheckDue(row, now);
}

function compare(one: PhoneRow, other: PhoneRow, now: UtcTime): number {
  const key = (row: PhoneRow): readonly number[] => {
    if (row.state === "called") return [0, row.answered_at ?? 0];
    if (row.state === "doing") return [1, row.check_at ?? 0];
    const best = bestTime(row.best_time, now);
    return [2, best === "now" ? 0 : best === "later" ? 2 : 1, row.tries.length, lastTry(row)];
  };
  const [here, there] = [key(one), key(other)];
  const at = here.findIndex((part, place) => part !== there[place]);
  return at < 0 ? one.name.localeCompare(other.name, "fi") : (here[at] ?? 0) - (there[at] ?? 0);
}

/** Three clocks for the check, on the half hour: in an hour, two and a half, and four; none when the day is over. */
export function checkClocks(now: UtcTime, ends_at: UtcTime): UtcTime[] {
  const half = 30 * 60_000;
  const clocks = [60, 150, 240].map((minutes) => Math.ceil((now + minutes * 60_000) / half) * half);
  const fitting = clocks.filter((clock) => clock <= ends_at);
  return fitting.length > 0 || now >= ends_at ? fitting : [ends_at];
}
