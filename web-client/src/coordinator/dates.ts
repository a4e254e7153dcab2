import type { UtcTime } from "@protocol";

const parts = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Helsinki",
  day: "numeric",
  month: "numeric",
  year: "numeric",
});

function read(utc: UtcTime): Record<"day" | "month" | "year", number> {
  const found = Object.fromEntries(parts.formatToParts(utc).map(({ type, value }) => [type, Number(value)]));
  return { day: found["day"] ?? 0, month: found["month"] ?? 0, year: found["year"] ?? 0 };
}

/** 3.12. */
export function shortDate(utc: UtcTime): string {
  const { day, month } = read(utc);
  return `${day}.${month}.`;
}

/** 3.12.2026 */
export function fullDate(utc: UtcTime): string {
  return `${shortDate(utc)}${read(utc).year}`;
}

/** 2026-12-03 as it is said: 3.12.2026. What is no date stays as it is. */
export function dateText(iso: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso) ?? [];
  return year ? `${Number(day)}.${Number(month)}.${year}` : iso;
}

/** 2026-12-03, for a file's name. */
export function isoDate(utc: UtcTime): string {
  const { day, month, year } = read(utc);
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

const clock = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Helsinki",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** 09:00, as a field for a time takes it. */
export function isoClock(utc: UtcTime): string {
  return clock.format(utc);
}

const MINUTE = 60_000;

/**
 * The moment at which Helsinki's calendar and clock show this (2026-12-03T09:00); nothing when it is none. Where the
 * clock shows it twice, the first.
 */
export function utcOfLocal(text: string): UtcTime | null {
  const wanted = Date.parse(`${text}Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) || Number.isNaN(wanted)) return null;
  // Helsinki is ahead by two hours, or in the summer by three.
  const found = [180, 120].map((ahead) => wanted - ahead * MINUTE).find((utc) => localText(utc) === text);
  return found ?? null;
}

/** 2026-12-03T09:00, as a field for a day and a time takes it. */
export function localText(utc: UtcTime): string {
  return `${isoDate(utc)}T${isoClock(utc)}`;
}
