import type { Clock, RoomTime, UtcTime } from "@protocol";

/** The same instant on three clocks: the room's, the wall's and this page's own monotonic one. All in ms. */
export interface ClockReading {
  readonly room: RoomTime;
  readonly utc: UtcTime;
  readonly page: number;
}

/** A line that slowed down by more than this is taken at its word: the page's own clock may have slept. */
const TRUST_MS = 2000;
/** Nobody sees less than this, and each new reading draws all times on the screen again. */
const BETTER_MS = 50;
const WALL_MS = 500;

/**
 * The better of what was known and what has just come; the same object while neither is much better. A clock frame is
 * old by the time it took to come, so the one that puts the room furthest ahead came fastest; running times on the
 * screen then never step back by a slow frame.
 */
export function readClock(known: ClockReading | null, clock: Clock, page: number): ClockReading {
  const fresh = { room: clock.room, utc: clock.utc, page };
  if (!known) return fresh;
  const ahead = fresh.room - fresh.page - (known.room - known.page);
  if (ahead > BETTER_MS || ahead < -TRUST_MS) return fresh;
  const utc = known.room + (fresh.utc - fresh.room);
  return Math.abs(utc - known.utc) > WALL_MS ? { ...known, utc } : known;
}

/** The room's time when this page's clock shows `page`. */
export function roomTimeAt(reading: ClockReading, page: number): RoomTime {
  return reading.room + (page - reading.page);
}

/** The moment on the wall of a time of the room. */
export function utcOf(reading: ClockReading, room: RoomTime): UtcTime {
  return reading.utc + (room - reading.room);
}

/** The time of the room of a moment on the wall. */
export function roomTimeOf(reading: ClockReading, utc: UtcTime): RoomTime {
  return reading.room + (utc - reading.utc);
}
