import type { PeriodDay, PeriodPreview, PeriodShown, SeriesShown } from "@protocol/api";
import { isDayOver } from "../state/phase";
import { dateOf } from "./days";
import { seriesIcon } from "./icons";
import type { StripDay, StripLane, TileLook } from "./strip_day";
import type { ProgrammeTexts } from "./text";

/** What a season looks like: pure. */

/** The series of a season in the order of their turns, and how often each comes. */
export function lanesOf(
  turns: readonly number[],
  days: readonly { readonly series?: number }[],
  series: readonly SeriesShown[],
  t: ProgrammeTexts,
): StripLane[] {
  return turns.map((id) => ({
    name: series.find((one) => one.id === id)?.name ?? "",
    icon: seriesIcon(series, id),
    note: t.times(days.filter((day) => day.series === id).length),
  }));
}

function lookOf({ phase, session, series }: PeriodDay): TileLook {
  if (series === undefined) return "off";
  if (session === undefined) return "unmade";
  if (phase === "sealed") return "sealed";
  if (phase === "closed" || phase === "debrief") return "waits";
  return phase === "cancelled" ? "away" : "planned";
}

export function stripOf(
  period: PeriodShown,
  series: readonly SeriesShown[],
  t: ProgrammeTexts,
): { lanes: StripLane[]; days: StripDay[] } {
  const turns = period.form.series;
  const last_over = period.days.map(({ phase }) => isDayOver(phase)).lastIndexOf(true);
  const days = period.days.map((day, at): StripDay => {
    const look = lookOf(day);
    const name = series.find(({ id }) => id === day.series)?.name ?? "";
    const is_next = day.session !== undefined && day.session === period.next;
    // A group has leaders, not the four places of a season's day.
    const crew =
      look === "planned" && !period.is_closed
        ? { facilitators: day.facilitators, moderators: day.moderators }
        : undefined;
    const standing =
      day.phase === "cancelled"
        ? t.looks.cancelled
        : look === "planned" || look === "off"
          ? ""
          : t.looks[look];
    return {
      day: day.day,
      lane: day.series === undefined ? middle(turns) : Math.max(0, turns.indexOf(day.series)),
      look,
      is_past: at <= last_over,
      is_next,
      title: look === "off" ? t.nothing_held : (day.theme ?? name),
      what:
        look === "off"
          ? (day.why_skipped ?? "")
          : [name, standing, is_next && t.look_next, crew && t.crew(crew)]
              .filter(Boolean)
              .map(capital)
              .join(". "),
      to: day.session === undefined ? undefined : `programme/session/${day.session}`,
      crew,
    };
  });
  return { lanes: lanesOf(turns, period.days, series, t), days };
}

/** The season as it would be. */
export function previewStrip(
  preview: PeriodPreview,
  turns: readonly number[],
  series: readonly SeriesShown[],
  t: ProgrammeTexts,
): { lanes: StripLane[]; days: StripDay[] } {
  const days = preview.days.map((day): StripDay => {
    const name = series.find(({ id }) => id === day.series)?.name ?? "";
    return {
      day: day.day,
      lane: day.series === undefined ? middle(turns) : Math.max(0, turns.indexOf(day.series)),
      look: day.series === undefined ? "off" : day.session === undefined ? "unmade" : "planned",
      is_past: false,
      title: day.series === undefined ? (day.why ?? t.nothing_held) : name,
      what: day.series === undefined ? t.skipped : day.session === undefined ? "" : t.made_already,
    };
  });
  return { lanes: lanesOf(turns, preview.days, series, t), days };
}

/** Where a day stands on which nothing is held. */
const middle = (turns: readonly unknown[]) => Math.max(0, Math.floor((turns.length - 1) / 2));

const capital = (words: unknown) => {
  const text = String(words);
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** Days on which nothing is held, those of one reason together. */
export function skippedDays(period: PeriodShown): { why: string; days: string[] }[] {
  const found = new Map<string, string[]>();
  for (const { day, series, why_skipped = "" } of period.days)
    if (series === undefined) found.set(why_skipped, [...(found.get(why_skipped) ?? []), dateOf(day)]);
  return [...found].map(([why, days]) => ({ why, days }));
}

/** How many are over, and how many are to come. */
export function tallyOf(period: PeriodShown): { all: number; over: number } {
  const made = period.days.filter(({ session }) => session !== undefined);
  return { all: made.length, over: made.filter(({ phase }) => isDayOver(phase)).length };
}
