import { later } from "../view/later";

/** The list of sessions, and one of them as it is prepared. */
export const sessionsPage = later(() => import("./sessions_page"));
