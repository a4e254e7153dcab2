import type { Language } from "../text/language";

/** Days of Helsinki's calendar, as the wire has them: 2026-12-03. */

const LOCALE: Record<Language, string> = { fi: "fi-FI", sv: "sv-FI", en: "en-GB" };

const said = (day: string, language: Language, how: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(LOCALE[language], { timeZone: "UTC", ...how }).format(Date.parse(`${day}T00:00Z`));

/** 3.12. */
export function dateOf(day: string): string {
  const [, month, date] = day.split("-");
  return `${Number(date)}.${Number(month)}.`;
}

/** to 3.12. */
export function dayOf(day: string, language: Language): string {
  return `${said(day, language, { weekday: "short" })} ${dateOf(day)}`;
}

/** joulukuu */
export function monthOf(day: string, language: Language): string {
  return said(day, language, { month: "long" });
}

/** A day that was typed as 3.12.2026 or 2026-12-03; null: the server reads the rest. */
export function typedDay(text: string): string | null {
  const [, d, m, y] = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})$/.exec(text.trim()) ?? [];
  const day = y ? `${y}-${m?.padStart(2, "0")}-${d?.padStart(2, "0")}` : text.trim();
  const is_day = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(`${day}T00:00Z`));
  return is_day ? day : null;
}

/** 1 is Monday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00Z`).getUTCDay() || 7;
}

/** 09:00 as people write it: 9.00. */
export function clockText(clock: string): string {
  return clock.replace(/^0(?=\d)/, "").replace(":", ".");
}
