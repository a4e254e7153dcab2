import type { UtcTime } from "@protocol";
import type { OwnDay } from "@protocol/api";
import type { Language } from "../text/language";

/** Days as a page of a calendar shows them, and which of them a person may still say something about. */

const LOCALE: Record<Language, string> = { fi: "fi-FI", sv: "sv-FI", en: "en-GB" };

const inHelsinki = (utc: UtcTime, locale: string, wanted: Intl.DateTimeFormatOptions) =>
  Object.fromEntries(
    new Intl.DateTimeFormat(locale, { timeZone: "Europe/Helsinki", ...wanted })
      .formatToParts(utc)
      .map(({ type, value }) => [type, value]),
  );

/** 10.12. · 10.12 · 10 Dec */
export function dateOf(utc: UtcTime, language: Language): string {
  if (language === "en") {
    const { day, month } = inHelsinki(utc, "en-GB", { day: "numeric", month: "short" });
    return `${day} ${month}`;
  }
  const { day, month } = inHelsinki(utc, "en-GB", { day: "numeric", month: "numeric" });
  return `${Number(day)}.${Number(month)}${language === "fi" ? "." : ""}`;
}

/** to · tors · Thu */
export function weekdayOf(utc: UtcTime, language: Language): string {
  return inHelsinki(utc, LOCALE[language], { weekday: "short" })["weekday"] ?? "";
}

/** Torstai 10.12. · Torsdag 10.12 · Thursday 10 Dec */
export function dayOf(utc: UtcTime, language: Language): string {
  const { weekday = "" } = inHelsinki(utc, LOCALE[language], { weekday: "long" });
  return `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)} ${dateOf(utc, language)}`;
}

/** How many of Helsinki's midnights lie between. */
export function daysBetween(from: UtcTime, to: UtcTime): number {
  const [before, after] = [from, to].map((utc) => {
    const { year, month, day } = inHelsinki(utc, "en-GB", {
      year: "numeric",
      month: "numeric",
      day: "numeric",
    });
    return Date.UTC(Number(year), Number(month) - 1, Number(day));
  });
  return Math.round(((after ?? 0) - (before ?? 0)) / 86_400_000);
}

/** It is still to be held, or being held. */
export const isAhead = ({ cancelled, ends_at }: OwnDay, now: UtcTime) =>
  cancelled === undefined && ends_at > now;

/** What the person can be expected at next. */
export const nextOf = (days: readonly OwnDay[], now: UtcTime) =>
  days.find((day) => isAhead(day, now) && !day.cannot_come);
