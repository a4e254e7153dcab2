import type { UtcTime } from "@protocol";
import type { Dice } from "./parts";

/** Days ahead it is asked seldom; to the minute it is known when. */
const SELDOM_MS = 10 * 60_000;
/** So that all who wait do not ask in the same moment. */
const SPREAD_MS = 5000;

/** How long to wait before an early link is looked at again, by the server's clock. */
export function untilLook(opens_at: UtcTime, server_now: UtcTime, dice: Dice): number {
  return Math.min(SELDOM_MS, Math.max(0, opens_at - server_now) + SPREAD_MS * dice());
}
