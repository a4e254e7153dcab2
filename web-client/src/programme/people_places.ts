import type { PersonId } from "@protocol";

/** The pages of the season's people, as they stand in the address after the #: numbers, never a name. */
export const PEOPLE = "people";

export const placeOfPerson = (person: PersonId) => `${PEOPLE}/${person}`;
