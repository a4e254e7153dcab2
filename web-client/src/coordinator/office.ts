import type { DecisionType, PersonId, Phase, Proposal, Role, SessionId, UtcTime } from "@protocol";
import { type Answer, ask, bearerOf, type Fault, type Key } from "../connection/entrance";
import type { Language } from "../text/language";

/** The coordinator's door (protocol/README.md, "The other door"): every request carries the key of the link. */

export interface SessionListed {
  id: SessionId;
  theme: string;
  series: string;
  starts_at: UtcTime;
  ends_at: UtcTime;
  phase: Phase;
  registered: number;
}

export interface PersonListed {
  person: PersonId;
  name: string;
  role: Role;
  decision_type?: DecisionType;
  supervisor?: string;
  phone?: string;
  email?: string;
  /** Has an invitation that works. */
  invited: boolean;
}

export interface SessionShown extends Omit<SessionListed, "registered"> {
  question?: string;
  help_phone?: string;
  people: PersonListed[];
}

/** Date and times are Helsinki's: `2026-12-03`, `09:00`. */
export interface SessionForm {
  theme: string;
  series: string;
  date: string;
  start: string;
  end: string;
  question?: string;
  help_phone?: string;
}

/** What became of a file, or would: while there is an error nothing of it is stored. */
export interface FileAnswer {
  columns: { heading: string; field?: string; example: string }[];
  rows: number;
  errors: (Fault & { line: number })[];
  /** Of a programme: the sessions made. */
  created?: SessionId[];
  /** Of registrations: the people stored. */
  imported?: number;
}

export interface Invitation {
  person: PersonId;
  name: string;
  role: Role;
  link: string;
  /** Empty for the staff: theirs is a link only. */
  code: string;
}

export interface AttendanceAnswer {
  window?: { starts_at: UtcTime; ends_at: UtcTime };
  lines: {
    person: PersonId;
    name: string;
    decision_type?: DecisionType;
    connected_seconds: number;
    window_seconds: number;
    arrived?: UtcTime;
    left?: UtcTime;
    gaps: number;
    took_part: boolean;
    proposal?: Proposal;
  }[];
}

export interface Office {
  sessions(): Promise<Answer<{ sessions: SessionListed[] }>>;
  session(id: SessionId): Promise<Answer<SessionShown>>;
  /** A refusal tells what is wrong in the form. */
  plan(form: SessionForm): Promise<Answer<{ id: SessionId }>>;
  programme(file: Blob, is_dry_run: boolean): Promise<Answer<FileAnswer>>;
  registrations(id: SessionId, file: Blob, is_dry_run: boolean): Promise<Answer<FileAnswer>>;
  /** For those who have none; with `people` for them; with `renew` anew, and the ones before stop working. */
  invite(
    id: SessionId,
    people: readonly PersonId[] | null,
    renew: boolean,
  ): Promise<Answer<{ invitations: Invitation[] }>>;
  attendance(id: SessionId): Promise<Answer<AttendanceAnswer>>;
  attendanceFile(id: SessionId, language: Language): Promise<Answer<Blob>>;
}

export function httpOffice(fetch: typeof globalThis.fetch, key: Key): Office {
  const Authorization = `Bearer ${bearerOf(key)}`;
  const get = <T>(path: string) => ask<T>(fetch, path, { headers: { Authorization } });
  const post = <T>(path: string, body: unknown) =>
    ask<T>(fetch, path, {
      method: "POST",
      headers: { Authorization, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  const postFile = (path: string, file: Blob, is_dry_run: boolean) =>
    ask<FileAnswer>(fetch, is_dry_run ? `${path}?dry_run=1` : path, {
      method: "POST",
      headers: { Authorization, "Content-Type": "text/csv" },
      body: file,
    });
  return {
    sessions: () => get("/api/sessions"),
    session: (id) => get(`/api/sessions/${id}`),
    plan: (form) => post("/api/sessions", form),
    programme: (file, is_dry_run) => postFile("/api/programme", file, is_dry_run),
    registrations: (id, file, is_dry_run) => postFile(`/api/sessions/${id}/registrations`, file, is_dry_run),
    invite: (id, people, renew) =>
      post(`/api/sessions/${id}/invitations`, {
        ...(people ? { people } : {}),
        ...(renew ? { renew } : {}),
      }),
    attendance: (id) => get(`/api/sessions/${id}/attendance`),
    async attendanceFile(id, language) {
      try {
        const response = await fetch(`/api/sessions/${id}/attendance.csv?language=${language}`, {
          headers: { Authorization },
          cache: "no-store",
          credentials: "omit",
          referrerPolicy: "no-referrer",
        });
        return response.ok ? { kind: "ok", value: await response.blob() } : { kind: "unreachable" };
      } catch {
        return { kind: "unreachable" };
      }
    },
  };
}
