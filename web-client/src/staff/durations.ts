/** Lengths of time in units that are the same in Finnish and English. */

/** How long somebody has waited: 40 s, 4 min, 1 h 5 min. Whole minutes, so that it does not run. */
export function waitedText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return seconds < 60 ? `${seconds} s` : minutesText(Math.floor(seconds / 60));
}

/** How long something took: 50 s, 2 min, 1 min 50 s, 1 h 43 min. */
export function lengthText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds >= 3600 || seconds % 60 === 0) return minutesText(Math.floor(seconds / 60));
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function minutesText(minutes: number): string {
  const [h, min] = [Math.floor(minutes / 60), minutes % 60];
  if (h === 0) return `${min} min`;
  return min === 0 ? `${h} h` : `${h} h ${min} min`;
}
