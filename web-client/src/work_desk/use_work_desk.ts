import { later } from "../view/later";

/** The staff's screens of the day's work. */
export const workDesk = later(() => import("./work_desk"));
