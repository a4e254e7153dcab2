/** Lengths of time in units that are the same in Finnish and English. A number and its unit are never on two lines. */

const of = (count: number, unit: "h" | "min" | "s") => `${count}\u00a0${unit}`;

/** How long somebody has waited: 40 s, 4 min, 1 h 5 min. Whole minutes, so that it does not run. */
export function waitedText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return seconds < 60 ? of(seconds, "s") : minutesText(Math.floor(seconds / 60));
}

/** How long something took: 50 s, 2 min, 1 min 50 s, 1 h 43 min. */
export function lengthText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return of(seconds, "s");
  if (seconds >= 3600 || seconds % 60 === 0) return minutesText(Math.floor(seconds / 60));
  return `${of(Math.floor(seconds / 60), "min")} ${of(seconds % 60, "s")}`;
}

/** Whole minutes, over a day too: 50 min, 3 h 55 min, 26 h 5 min. */
export function minutesText(minutes: number): string {
  const [h, min] = [Math.floor(minutes / 60), minutes % 60];
  if (h === 0) return of(min, "min");
  return min === 0 ? of(h, "h") : `${of(h, "h")} ${of(min, "min")}`;
}
