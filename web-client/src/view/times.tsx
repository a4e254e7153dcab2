import { computed } from "@preact/signals";
import type { RoomTime } from "@protocol";
import { useMemo } from "preact/hooks";
import { utcOf } from "../connection/clock";
import { clockTime } from "../text/times";
import { useLine, useRoomNow } from "./app";

/**
 * A text that follows the room's clock. Only the text node changes each second; nothing is drawn again. `of` is read
 * anew when one of `basis` changes.
 */
export function Ticking({ of, basis }: { of: (now: RoomTime) => string; basis: readonly unknown[] }) {
  const now = useRoomNow();
  const text = useMemo(() => computed(() => (now.value === null ? "" : of(now.value))), [now, ...basis]);
  return <>{text}</>;
}

/**
 * 10.14, of a time of the room. To the minute for programs too: the clocks differ by a little each time they are read.
 */
export function ClockTime({ at }: { at: RoomTime }) {
  const { clock } = useLine();
  const reading = clock.value;
  if (!reading) return null;
  const utc = utcOf(reading, at);
  return <time dateTime={`${new Date(utc).toISOString().slice(0, 16)}Z`}>{clockTime(utc)}</time>;
}
