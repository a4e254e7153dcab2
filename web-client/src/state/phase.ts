import type { Phase } from "@protocol";

/** Nothing more happens in the room but what is decided about the day. */
export const isDayOver = (phase: Phase | undefined) =>
  phase === "closed" || phase === "sealed" || phase === "cancelled";
