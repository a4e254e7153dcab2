import type { Person, PersonId } from "@protocol";
import { one, type RoomState } from "./room_state";

/** Who somebody is. Apart from the other selectors, since every page needs it, and the join page needs no more. */

export function isStaff(person: Pick<Person, "role"> | undefined): boolean {
  return person?.role === "facilitator" || person?.role === "moderator" || person?.role === "coordinator";
}

export function person(room: RoomState, id: PersonId | undefined): Person | undefined {
  return one(room, "person", id);
}

/** A name to show; empty for somebody who is not shown (any more). */
export function nameOf(room: RoomState, id: PersonId | undefined): string {
  return person(room, id)?.name ?? "";
}
