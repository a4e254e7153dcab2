/** The desk of the day's work and the form of an assignment, in one file of the build: brought when it is used. */

import "../style/work.css";
import "../style/work_desk.css";

export { WorkPage } from "./page";
export { PlanPage } from "./plan_page";
