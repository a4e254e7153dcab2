import { staffDictionary } from "../../staff/dictionary";
import { en } from "./people_en";
import { fi, type PeopleTexts } from "./people_fi";

export type { PeopleTexts };

export const peopleTexts = staffDictionary<PeopleTexts>(fi, en);
