import type { Dice } from "./parts";

const FIRST_MS = 250;
const LONGEST_MS = 5000;

/**
 * How long to wait before attempt number `attempt` (0 is the first after a loss): at random up to 0.25, 0.5, 1, 2, 4,
 * then 5 s. Full jitter, so that ninety people who were dropped together do not come back together.
 */
export function retryDelay(attempt: number, dice: Dice): number {
  return dice() * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
}
