import { listKinds, noteAbsence } from "@protocol/api";
import { listAbsences } from "@protocol/api_absences";
import { askerBy, type Key } from "../connection/entrance";

export type AbsenceRequests = ReturnType<typeof absenceRequests>;

/** Who has told that they do not come, and telling it for them: of one's own people, or of all. */
export function absenceRequests(fetch: typeof globalThis.fetch, key: Key) {
  const by = askerBy(fetch, key);
  return { list: by(listAbsences), note: by(noteAbsence), kinds: by(listKinds) };
}
