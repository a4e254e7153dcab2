/** A day that is cancelled, in one file of the build: brought when its page is opened. */

import "../style/programme.css";

export { CancelPage } from "./cancel_page";
