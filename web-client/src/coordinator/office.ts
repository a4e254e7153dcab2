import type { PersonId, SessionId } from "@protocol";
import * as api from "@protocol/api";
import { bindAccount, unbindAccount } from "@protocol/api_provider";
import { dayRequests } from "../attendance/requests";
import { ask, askerBy, type Key } from "../connection/entrance";
import { reportRequests } from "../reports/requests";
import { deskRequests } from "../work_desk/requests";

/** The coordinator's requests (protocol/http.md): each of them carries the key of the link. */

/** The person they are; null: somebody else. */
export type SameAnswer = PersonId | null;

/** What became of a file, or would: while there is an error nothing of it is stored. */
export type FileAnswer = Pick<api.RegistrationsAnswer, "rows" | "errors"> &
  Partial<Omit<api.RegistrationsAnswer & api.ProgrammeAnswer & api.PeriodFileAnswer, "columns">> & {
    columns: (api.RegistrationColumn | api.ProgrammeColumn)[];
  };

/** When invitations begin and cease to work; not there: a day before the start until five hours after the end. */
export type InvitationTimes = Pick<api.InvitationsBody, "not_before" | "expires">;

/** Links as they were shown when they were made, to be put on a sheet. */
export const sheetOf = (format: api.SheetFormat, invitations: readonly api.Invitation[]): api.SheetBody => ({
  format,
  invitations: invitations.map(({ person, link, code }) => ({ person, link, code })),
});

export type Office = ReturnType<typeof httpOffice>;

export function httpOffice(fetch: typeof globalThis.fetch, key: Key) {
  const by = askerBy(fetch, key);
  return {
    sessions: by(api.listSessions),
    session: by(api.showSession),
    /** A refusal tells what is wrong in the form. */
    plan: by(api.planSession),
    change: by(api.changeSession),
    /** With its staff and settings. */
    copy: by(api.copySession),
    programme: (file: Blob, dry_run: boolean) => ask(fetch, key, api.importProgramme(file, { dry_run })),
    registrations: (
      id: SessionId,
      file: Blob,
      dry_run: boolean,
      same: ReadonlyMap<number, SameAnswer> = new Map(),
    ) => {
      // Numbers only: no name is in an address.
      const answers = [...same].map(([row, person]) => `${row}:${person ?? 0}`).join(",");
      return ask(fetch, key, api.importRegistrations(id, file, { dry_run, answers }));
    },
    /** A question in place of a person: nothing was stored; `same` answers it. */
    addPerson: (id: SessionId, form: api.PersonBody, same?: SameAnswer) =>
      ask(
        fetch,
        key,
        api.addPerson(id, {
          ...form,
          ...(same === undefined ? {} : same === null ? { is_another: true } : { same_as: same }),
        }),
      ),
    /** Pairs that may be one person, for who coordinates all. */
    samePeople: by(api.listSamePeople),
    /** With `same` `person` stays, and takes the place of `other` in what is to come. */
    answerSame: (person: PersonId, other: PersonId, same: boolean) =>
      ask(fetch, key, api.answerSamePeople(person, { other, same })),
    changePerson: by(api.changePerson),
    /** The same name in the same role twice is one person. */
    addStaff: by(api.addStaff),
    removePerson: by(api.removePerson),
    /** For those who have none; with `people` for them; with `renew` anew, and the ones before stop working. */
    invite: (id: SessionId, people: PersonId[] | null, renew: boolean, times: InvitationTimes = {}) =>
      ask(
        fetch,
        key,
        api.makeInvitations(id, { ...(people ? { people } : {}), ...(renew ? { renew } : {}), ...times }),
      ),
    revoke: by(api.revokeInvitation),
    /** Invitations as they were shown when they were made, on a sheet; `ics` for one of them. */
    sheet: (id: SessionId, format: api.SheetFormat, invitations: readonly api.Invitation[]) =>
      ask(fetch, key, api.makeInvitationSheet(id, sheetOf(format, invitations))),
    mail: by(api.showMail),
    /** To those named, by a new link; else to all who have an address and no invitation. */
    sendMail: (id: SessionId, people: PersonId[] | null) =>
      ask(fetch, key, api.sendMail(id, people ? { people } : {})),
    accounts: by(api.listAccounts),
    addAccount: by(api.addAccount),
    changeAccount: by(api.changeAccount),
    passwordLink: by(api.makePasswordLink),
    resetStep: by(api.resetSecondStep),
    putStepRule: by(api.putSecondStepRule),
    accountActs: by(api.listAccountActs),
    bindAccount: (account: api.AccountId, code: string) => ask(fetch, key, bindAccount(account, { code })),
    unbindAccount: (account: api.AccountId) => ask(fetch, key, unbindAccount(account)),
    lockAccount: (account: api.AccountId, locked: boolean) =>
      ask(fetch, key, api.lockAccount(account, { locked })),
    help: by(api.helpFigures),
    /** What is wrong with the server, for who coordinates all. */
    health: by(api.showHealth),
    /** Kinds of decision. */
    kinds: by(api.listKinds),
    /** A refusal tells what is wrong in the form. */
    putKind: by(api.putKind),
    removeKind: by(api.removeKind),
    /** The days of attendance, one by one and many together. */
    days: dayRequests(fetch, key),
    reports: reportRequests(fetch, key),
    /** The assignments of a session. */
    work: deskRequests(fetch, key),
  };
}
