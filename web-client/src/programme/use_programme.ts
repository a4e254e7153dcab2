import { later } from "../view/later";

/** The pages of the programme: each comes when it is opened. */
export const programme = later(() => import("./programme"));
export const people = later(() => import("./people"));
export const cancelPage = later(() => import("./cancel"));
export const kindsPage = later(() => import("./kinds"));
