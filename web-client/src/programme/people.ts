/** The people of a season, in one file of the build: brought when their page is opened. */

import "../style/programme.css";

export { SeasonPeople } from "./people_page";
export { PersonPage } from "./person_page";
