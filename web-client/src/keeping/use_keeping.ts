import { later } from "../view/later";

/** Keeping and erasing comes on demand: for who coordinates all. */
export const keepingPage = later(() => import("./keeping_page"));
