import { later } from "../view/later";

/** Who of the staff comes in, and how. */
export const accountsPage = later(() => import("./accounts"));
