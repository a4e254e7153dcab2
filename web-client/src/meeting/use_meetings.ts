import { later } from "../view/later";

/** The meetings come on demand: for supervisors and coordinators. */
export const meetings = later(() => import("./meetings_page"));
