/** The programme of the coordinator of all, in one file of the build: brought when its page is opened. */

import "../style/programme.css";

export { ProgrammePage } from "./programme_page";
