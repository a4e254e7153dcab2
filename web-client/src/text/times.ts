import type { UtcTime } from "@protocol";
import type { Language } from "./language";

/** Clock times have a dot (10.14), running times a colon (2:14), in every language: the two are never mixed up. */

const TIME_ZONE = "Europe/Helsinki";
const LOCALE: Record<Language, string> = { fi: "fi-FI", sv: "sv-FI", en: "en-GB" };

const parts = new Intl.DateTimeFormat("en-GB", {
  timeZone: TIME_ZONE,
  hour: "numeric",
  minute: "2-digit",
  hourCycle: "h23",
});

function hourAndMinute(utc: UtcTime): { hour: string; minute: string } {
  const found = Object.fromEntries(parts.formatToParts(utc).map(({ type, value }) => [type, value]));
  return { hour: String(Number(found["hour"])), minute: found["minute"] ?? "00" };
}

/** 10.14 */
export function clockTime(utc: UtcTime): string {
  const { hour, minute } = hourAndMinute(utc);
  return `${hour}.${minute}`;
}

/** 9, or 9.30 */
export function clockShort(utc: UtcTime): string {
  const { hour, minute } = hourAndMinute(utc);
  return minute === "00" ? hour : `${hour}.${minute}`;
}

/** 9–13, or 9.30–13 */
export function clockSpan(from: UtcTime, to: UtcTime): string {
  return `${clockShort(from)}–${clockShort(to)}`;
}

/** 0:42, 2:14, 1:02:14. Never below nought. */
export function runningTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Torstaina 3.12. · Torsdag 3.12 · Thursday 3 December */
export function dayText(utc: UtcTime, language: Language): string {
  const weekday = new Intl.DateTimeFormat(LOCALE[language], { timeZone: TIME_ZONE, weekday: "long" }).format(
    utc,
  );
  const upper = weekday.charAt(0).toUpperCase() + weekday.slice(1);
  if (language === "en") {
    const day = new Intl.DateTimeFormat("en-GB", {
      timeZone: TIME_ZONE,
      day: "numeric",
      month: "long",
    }).format(utc);
    return `${upper} ${day}`;
  }
  const numbers = new Intl.DateTimeFormat("en-GB", { timeZone: TIME_ZONE, day: "numeric", month: "numeric" });
  const found = Object.fromEntries(numbers.formatToParts(utc).map(({ type, value }) => [type, value]));
  const date = `${Number(found["day"])}.${Number(found["month"])}`;
  return language === "fi" ? `${upper}na ${date}.` : `${upper} ${date}`;
}

/** Whole minutes that a person would say: never nought. */
export function aboutMinutes(ms: number): number {
  return Math.max(1, Math.round(ms / 60_000));
}
