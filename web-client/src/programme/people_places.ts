import type { PersonId } from "@protocol";
import type { PeriodId } from "@protocol/api";

/** The pages of people, as they stand in the address after the #: numbers, never a name. */

const PEOPLE = "people";

/** A period as far as the address needs it. */
interface Place {
  readonly id: PeriodId;
  readonly is_closed?: boolean;
}

/** Of the season that is going on, or of a group: people/group/3. */
export const placeOfPeople = ({ id, is_closed }: Place) => (is_closed ? `${PEOPLE}/group/${id}` : PEOPLE);

export const placeOfPerson = (period: Place, person: PersonId) => `${placeOfPeople(period)}/${person}`;

/** What stands behind people/ in the address: a person, of the group that is named or of the season. */
export function peopleIn(within: string): { group?: PeriodId; person?: PersonId } {
  const [first, ...rest] = within.split("/");
  const [group, person] = first === "group" ? rest : [undefined, first];
  return { ...(group ? { group: Number(group) } : {}), ...(person ? { person: Number(person) } : {}) };
}
