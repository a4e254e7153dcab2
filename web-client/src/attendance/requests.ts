import type { PersonId, SessionId } from "@protocol";
import * as api from "@protocol/api";
import { createContext } from "preact";
import { ask, askerBy, type Key } from "../connection/entrance";
import type { Language } from "../text/language";

/** What the records add to the room (protocol/http.md): names, times and notices. */

export type FileKind = "csv" | "xlsx";

/** Files have Finnish words or English ones. */
export const reportLanguage = (language: Language): api.ReportLanguage => (language === "en" ? "en" : "fi");

export type DayRequests = ReturnType<typeof dayRequests>;

/** Null where there is nobody to ask: the day is then shown as the room has it. */
export const DayRequestsContext = createContext<DayRequests | null>(null);

export function dayRequests(fetch: typeof globalThis.fetch, key: Key) {
  const by = askerBy(fetch, key);
  return {
    day: (session: SessionId) => ask(fetch, key, api.attendance(session)),
    file: (session: SessionId, kind: FileKind, language: Language) =>
      ask(
        fetch,
        key,
        (kind === "csv" ? api.attendanceCsv : api.attendanceXlsx)(session, {
          language: reportLanguage(language),
        }),
      ),
    kinds: by(api.listKinds),
    /** Who is registered and has not come in. */
    expected: by(api.expected),
    /** What help people need, for moderators. */
    needs: by(api.showNeeds),
    /** Absence told beforehand; not `told`: the notice is taken back. */
    absence: (session: SessionId, person: PersonId, told: boolean, note: string) =>
      ask(fetch, key, api.noteAbsence(session, person, { told, ...(note ? { note } : {}) })),
    /** Who has seen and decided what about one person. */
    audit: by(api.accesses),
  };
}
