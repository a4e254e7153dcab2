import type {
  AgendaItem,
  AgendaKind,
  DecisionType,
  HelpKind,
  PersonId,
  Phase,
  Role,
  SessionId,
  UtcTime,
} from "@protocol";
import { type DayDoor, httpDayDoor } from "../attendance/door";
import { type Answer, ask, askFile, authority, type Fault, FILE_MS, type Key } from "../connection/entrance";
import { withWellFormed } from "../connection/words";
import { httpReportDoor, type ReportDoor } from "../reports/door";

/** The coordinator's door (protocol/http.md): every request carries the key of the link. */

export interface SessionListed {
  id: SessionId;
  theme: string;
  series: string;
  starts_at: UtcTime;
  ends_at: UtcTime;
  phase: Phase;
  registered: number;
  /** What one is in it. */
  roles: StaffRole[];
}

export interface PersonListed {
  person: PersonId;
  name: string;
  role: Role;
  decision_type?: DecisionType;
  supervisor?: string;
  phone?: string;
  email?: string;
  needs?: string;
  absence?: { told_at: UtcTime; note?: string };
  /** Has an invitation that works, or will. */
  invited: boolean;
  invited_from?: UtcTime;
  invited_until?: UtcTime;
}

export interface PersonForm {
  name: string;
  decision_type?: DecisionType;
  supervisor?: string;
  phone?: string;
  email?: string;
  needs?: string;
}

export interface MailsAnswer {
  configured: boolean;
  mails: {
    person: PersonId;
    state: "waiting" | "sent" | "failed";
    tries: number;
    next_try_at?: UtcTime;
    sent_at?: UtcTime;
    trouble?: string;
  }[];
}

export type StaffRole = "facilitator" | "moderator" | "coordinator" | "supervisor";

/** A role in one series, or in all. */
export interface GivenRole {
  role: StaffRole;
  series?: string;
}

export interface AccountForm {
  name: string;
  roles: GivenRole[];
  supervises?: string[];
}

export interface AccountListed {
  account: number;
  name: string;
  roles: GivenRole[];
  supervises: string[];
  locked: boolean;
  has_password: boolean;
}

export interface AccountsAnswer {
  accounts: AccountListed[];
  series: string[];
  /** Whom registrations name. */
  supervisors: string[];
  /** The newest first; an older server does not tell. */
  held_back?: HeldBack[];
}

/** Guesses that the server has held back, with no pause of an hour between. */
export interface HeldBack {
  kind: "password" | "code" | "link" | "password_link";
  /** Whose password it was, when there is such an account. */
  account?: number;
  began_at: UtcTime;
  last_at: UtcTime;
  times: number;
  networks: number;
}

/** What a coordinator has chosen for a session. */
export interface SessionSettings {
  /** People hear each other on the page. */
  voice: boolean;
  /** Voice in longer frames, for a room with many listeners. */
  many_listeners: boolean;
  /**
   * From this share of the counted time on a day is proposed as present; or from so many minutes on, where they are
   * there.
   */
  present_percent: number;
  present_minutes?: number;
  /** How long a place is kept for who drops. */
  grace_seconds: number;
  /** Words that hold a message. */
  words: string[];
}

export interface SessionShown extends Omit<SessionListed, "registered" | "roles"> {
  question?: string;
  help_phone?: string;
  /** For coordinators. */
  settings?: SessionSettings;
  agenda?: AgendaItem[];
  people: PersonListed[];
}

/** One without a number is new. */
export interface AgendaForm {
  id?: number;
  kind: AgendaKind;
  title: string;
  minutes: number;
  question?: string;
}

/**
 * Date and times are Helsinki's: `2026-12-03`, `09:00`. A setting that is not there stays as it is; `present_minutes`
 * 0: none.
 */
export interface SessionForm extends Partial<SessionSettings> {
  theme: string;
  series: string;
  date: string;
  start: string;
  end: string;
  question?: string;
  help_phone?: string;
  /** Not there: the usual one, or the one that somebody made. */
  agenda?: AgendaForm[];
}

/** What a row of a file, or a form, tells of somebody. */
export interface ToldPerson {
  name: string;
  decision_type?: DecisionType;
  supervisor?: string;
  phone?: string;
  email?: string;
}

export interface KnownPerson extends ToldPerson {
  person: PersonId;
  series: string[];
}

/** Whether somebody is one of these people, or of these lines; nothing is stored before it is answered. */
export interface SameQuestion {
  line: number;
  told: ToldPerson;
  people: KnownPerson[];
  lines?: number[];
}

/** The person they are; null: somebody else. */
export type SameAnswer = PersonId | null;

/** What became of a file, or would: while there is an error nothing of it is stored. */
export interface FileAnswer {
  columns: { heading: string; field?: string; example: string }[];
  rows: number;
  errors: (Fault & { line: number })[];
  /** Of a programme: the sessions made. */
  created?: SessionId[];
  /** Of registrations: the people stored. */
  imported?: number;
  /** Rows of people who are known already. */
  known?: number;
  /** While there is one nothing is stored. */
  questions?: SameQuestion[];
  /** Lines whose news of somebody is not taken: they are in another series too. */
  kept_as_was?: number[];
}

export interface Invitation {
  person: PersonId;
  name: string;
  role: Role;
  link: string;
  /** Empty for the staff: theirs is a link only. */
  code: string;
}

/** When invitations begin and cease to work; not there: a day before the start until five hours after the end. */
export interface InvitationTimes {
  not_before?: UtcTime;
  expires?: UtcTime;
}

/** Of one session, by the kind of trouble: how long people waited until somebody took their call. */
export interface HelpAnswer {
  lines: { kind: HelpKind; count: number; median_seconds: number; longest_seconds: number }[];
}

export interface Office {
  sessions(): Promise<Answer<{ sessions: SessionListed[] }>>;
  session(id: SessionId): Promise<Answer<SessionShown>>;
  /** A refusal tells what is wrong in the form. */
  plan(form: SessionForm): Promise<Answer<{ id: SessionId }>>;
  change(id: SessionId, form: SessionForm): Promise<Answer<{ id: SessionId }>>;
  /** With its staff and settings. */
  copy(id: SessionId, form: SessionForm): Promise<Answer<{ id: SessionId }>>;
  programme(file: Blob, is_dry_run: boolean): Promise<Answer<FileAnswer>>;
  registrations(
    id: SessionId,
    file: Blob,
    is_dry_run: boolean,
    answers?: ReadonlyMap<number, SameAnswer>,
  ): Promise<Answer<FileAnswer>>;
  /** A question in place of a person: nothing was stored; `same` answers it. */
  addPerson(
    id: SessionId,
    form: PersonForm,
    same?: SameAnswer,
  ): Promise<Answer<{ person?: PersonId; question?: SameQuestion; kept_as_was?: boolean }>>;
  /** Pairs that may be one person, for who coordinates all. */
  samePeople(): Promise<Answer<{ pairs: { one: KnownPerson; other: KnownPerson }[] }>>;
  /** With `is_same` `person` stays, and takes the place of `other` in what is to come. */
  answerSame(person: PersonId, other: PersonId, is_same: boolean): Promise<Answer<unknown>>;
  changePerson(id: SessionId, person: PersonId, form: PersonForm): Promise<Answer<{ person: PersonId }>>;
  removePerson(id: SessionId, person: PersonId): Promise<Answer<unknown>>;
  /** For those who have none; with `people` for them; with `renew` anew, and the ones before stop working. */
  invite(
    id: SessionId,
    people: readonly PersonId[] | null,
    renew: boolean,
    times?: InvitationTimes,
  ): Promise<Answer<{ invitations: Invitation[] }>>;
  revoke(id: SessionId, person: PersonId): Promise<Answer<unknown>>;
  /** Invitations as they were shown when they were made, on a sheet; `ics` for one of them. */
  sheet(
    id: SessionId,
    format: "xlsx" | "csv" | "ics",
    invitations: readonly Invitation[],
  ): Promise<Answer<Blob>>;
  mail(id: SessionId): Promise<Answer<MailsAnswer>>;
  /** To those named, by a new link; else to all who have an address and no invitation. */
  sendMail(
    id: SessionId,
    people: readonly PersonId[] | null,
  ): Promise<Answer<{ queued: number; without_address: PersonId[] }>>;
  accounts(): Promise<Answer<AccountsAnswer>>;
  addAccount(form: AccountForm): Promise<Answer<{ account: number; link: string }>>;
  changeAccount(account: number, form: AccountForm): Promise<Answer<unknown>>;
  passwordLink(account: number): Promise<Answer<{ link: string }>>;
  lockAccount(account: number, locked: boolean): Promise<Answer<unknown>>;
  help(id: SessionId): Promise<Answer<HelpAnswer>>;
  /** The days of attendance, one by one and many together. */
  readonly days: DayDoor;
  readonly reports: ReportDoor;
}

export function httpOffice(fetch: typeof globalThis.fetch, key: Key): Office {
  const get = <T>(path: string) => ask<T>(fetch, path, authority(key));
  const post = <T>(path: string, body: unknown) =>
    ask<T>(fetch, path, {
      method: "POST",
      ...authority(key, { "Content-Type": "application/json" }),
      body: JSON.stringify(withWellFormed(body)),
    });
  const postFile = (path: string, file: Blob, is_dry_run: boolean, answers = "") =>
    ask<FileAnswer>(
      fetch,
      [path, [is_dry_run && "dry_run=1", answers && `answers=${answers}`].filter(Boolean).join("&")]
        .filter(Boolean)
        .join("?"),
      { method: "POST", ...authority(key, { "Content-Type": "text/csv" }), body: file },
      FILE_MS,
    );
  return {
    sessions: () => get("/api/sessions"),
    session: (id) => get(`/api/sessions/${id}`),
    plan: (form) => post("/api/sessions", form),
    change: (id, form) => post(`/api/sessions/${id}`, form),
    copy: (id, form) => post(`/api/sessions/${id}/copy`, form),
    programme: (file, is_dry_run) => postFile("/api/programme", file, is_dry_run),
    registrations: (id, file, is_dry_run, answers = new Map()) =>
      postFile(
        `/api/sessions/${id}/registrations`,
        file,
        is_dry_run,
        // Numbers only: no name is in an address.
        [...answers].map(([line, person]) => `${line}:${person ?? 0}`).join(","),
      ),
    addPerson: (id, form, same) =>
      post(`/api/sessions/${id}/people`, {
        ...form,
        ...(same === undefined ? {} : same === null ? { is_another: true } : { same_as: same }),
      }),
    samePeople: () => get("/api/people/same"),
    answerSame: (person, other, same) => post(`/api/people/${person}/same`, { other, same }),
    changePerson: (id, person, form) => post(`/api/sessions/${id}/people/${person}`, form),
    removePerson: (id, person) => post(`/api/sessions/${id}/people/${person}/remove`, {}),
    invite: (id, people, renew, times = {}) =>
      post(`/api/sessions/${id}/invitations`, {
        ...(people ? { people } : {}),
        ...(renew ? { renew } : {}),
        ...times,
      }),
    revoke: (id, person) => post(`/api/sessions/${id}/people/${person}/revoke`, {}),
    sheet: (id, format, invitations) =>
      askFile(fetch, `/api/sessions/${id}/invitations/sheet`, {
        method: "POST",
        ...authority(key, { "Content-Type": "application/json" }),
        body: JSON.stringify({
          format,
          invitations: invitations.map(({ person, link, code }) => ({ person, link, code })),
        }),
      }),
    mail: (id) => get(`/api/sessions/${id}/mail`),
    sendMail: (id, people) => post(`/api/sessions/${id}/mail`, people ? { people } : {}),
    accounts: () => get("/api/accounts"),
    addAccount: (form) => post("/api/accounts", form),
    changeAccount: (account, form) => post(`/api/accounts/${account}`, form),
    passwordLink: (account) => post(`/api/accounts/${account}/link`, {}),
    lockAccount: (account, locked) => post(`/api/accounts/${account}/lock`, { locked }),
    help: (id) => get(`/api/sessions/${id}/help`),
    days: httpDayDoor(fetch, key),
    reports: httpReportDoor(fetch, key),
  };
}
