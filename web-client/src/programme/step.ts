/** The steps on the way to a season, in their order. */
export const STEPS = ["series", "period", "packages", "people"] as const;
export type Step = (typeof STEPS)[number];
