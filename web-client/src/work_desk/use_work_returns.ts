import { later } from "../view/later";

/** Who has returned, for those who see no word of it. */
export const workReturns = later(() => import("./work_returns"));
