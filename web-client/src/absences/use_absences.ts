import { later } from "../view/later";

/** The page of absences comes on demand: for supervisors and coordinators. */
export const absences = later(() => import("./absences_page"));
