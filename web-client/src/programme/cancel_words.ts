import type { UtcTime } from "@protocol";
import type { CancelReason } from "@protocol/api";
import { isoDate, shortDate } from "../coordinator/dates";
import { clockShort, dayText } from "../text/times";
import { weekdayOf } from "./days";

/**
 * What participants are told of a day that is cancelled, in plain Finnish whatever the page's language: it is they who
 * read it.
 */

const OF_DAY = ["Maanantain", "Tiistain", "Keskiviikon", "Torstain", "Perjantain", "Lauantain", "Sunnuntain"];
const WHY: Record<CancelReason, string> = {
  staff_ill: "Ohjaajat ovat sairaana.",
  technical: "Tekniikka ei toimi.",
  other: "",
};

/** torstaina 17.12. kello 9 */
const moment = (utc: UtcTime) => {
  const day = dayText(utc, "fi");
  return `${day.charAt(0).toLowerCase()}${day.slice(1)} kello ${clockShort(utc)}`;
};

/** The sentence of the next time; empty when there is none. */
export const nextSentence = (next: UtcTime | undefined) =>
  next === undefined ? "" : `Seuraava kerta on ${moment(next)}.`;

export function proposedWords(
  why: CancelReason,
  starts_at: UtcTime,
  next: UtcTime | undefined,
  moved_to: UtcTime | null,
): string {
  const day = `${OF_DAY[weekdayOf(isoDate(starts_at)) - 1] ?? ""} ${shortDate(starts_at)}`;
  return [
    `${day} ryhmä on peruttu.`,
    WHY[why],
    "Sinun ei tarvitse tehdä mitään.",
    moved_to === null ? nextSentence(next) : `Uusi aika on ${moment(moved_to)}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** The first sentence, and the rest. A full stop after a number ends no sentence. */
export function firstSentence(words: string): [first: string, rest: string] {
  const [, first = words, rest = ""] = /^([\s\S]*?[^\d\s][.!?])\s+([\s\S]*)$/.exec(words.trim()) ?? [];
  return [first, rest];
}
