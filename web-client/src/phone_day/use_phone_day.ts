import { later } from "../view/later";

/** The days by phone come on demand: for supervisors, coordinators, and who works in one. */
export const phoneDay = later(() => import("./phone_day_page"));
