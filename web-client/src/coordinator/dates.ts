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
