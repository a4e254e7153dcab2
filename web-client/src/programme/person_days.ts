import type { AbsenceReason, SeasonDay } from "@protocol/api";
import { isoDate } from "../coordinator/dates";
import type { Season } from "./season_names";
import type { StripDay, TileLook } from "./strip_day";
import type { PeopleTexts } from "./text/people";

/** One person's season, day by day: pure. */

/** Days that take them somewhere: to the room or to the telephone. */
export const ownDays = (days: readonly SeasonDay[]) =>
  days.filter(({ place }) => place === "room" || place === "phone_day");

export type DayStanding = "present" | "excused" | "absent" | "open" | "cancelled" | "coming";

export function standingOf({ phase, mark, absence }: SeasonDay): DayStanding {
  if (phase === "cancelled") return "cancelled";
  if (mark === "present" || mark === "partial") return "present";
  if (mark === "excused") return "excused";
  if (mark === "absent") return "absent";
  if (phase === "closed" || phase === "debrief" || phase === "sealed") return "open";
  return absence ? "excused" : "coming";
}

const isOver = ({ phase }: SeasonDay) => phase === "closed" || phase === "sealed" || phase === "cancelled";

export function standings(days: readonly SeasonDay[]): Record<DayStanding, number> {
  const count = { present: 0, excused: 0, absent: 0, open: 0, cancelled: 0, coming: 0 };
  for (const day of ownDays(days)) count[standingOf(day)] += 1;
  return count;
}

/** The next day that is held, whether they come or not. */
export const nextDay = (days: readonly SeasonDay[]) => ownDays(days).find((day) => !isOver(day));

const LOOK: Record<DayStanding, TileLook> = {
  present: "sealed",
  excused: "away",
  absent: "away",
  open: "waits",
  cancelled: "off",
  coming: "planned",
};

/** The strip of the season as it is theirs. */
export function personStrip(
  days: readonly SeasonDay[],
  season: Season,
  t: PeopleTexts,
  reasonName: Record<AbsenceReason, string>,
): StripDay[] {
  const own = ownDays(days);
  const next = nextDay(days);
  const last_over = own.map(isOver).lastIndexOf(true);
  return own.map((day, at) => {
    const standing = standingOf(day);
    const words: Record<DayStanding, string> = {
      present: t.key_present,
      excused: day.absence?.reason ? t.day_why(reasonName[day.absence.reason]) : t.key_excused,
      absent: t.day_away,
      open: t.day_open,
      cancelled: t.day_cancelled,
      coming: day === next ? t.day_next : t.day_planned,
    };
    const where = day.place === "phone_day" ? t.phone_day : season.seriesName(day.series);
    return {
      day: isoDate(day.starts_at),
      lane: Math.max(0, season.period.form.series.indexOf(day.series)),
      look: LOOK[standing],
      is_past: at <= last_over,
      is_next: day === next,
      title: day.theme,
      what: `${where}. ${words[standing].charAt(0).toUpperCase()}${words[standing].slice(1)}`,
      to: `programme/session/${day.session}`,
    };
  });
}
