import * as api from "@protocol/api";
import { ask, askerBy, type Key } from "../connection/entrance";
import { sheetOf } from "../coordinator/office";

/** What the coordinator asks of the people of a season (protocol/http.md). */

export type PeopleRequests = ReturnType<typeof peopleRequests>;

export function peopleRequests(fetch: typeof globalThis.fetch, key: Key) {
  const by = askerBy(fetch, key);
  return {
    period: by(api.showPeriod),
    kinds: by(api.listKinds),
    series: by(api.listSeries),
    people: by(api.listSeason),
    /** A dry run stores nothing, and so does an error or an open question. */
    file: by(api.enrolFile),
    add: by(api.enrolPerson),
    person: by(api.showPerson),
    details: by(api.changeDetails),
    enrolment: by(api.changeEnrolment),
    /** Without a reason the leave is taken back. */
    allow: by(api.allowSeries),
    /** The only time that links are seen. */
    makeLinks: by(api.makeLinks),
    sheet: (period: api.PeriodId, format: api.SheetFormat, invitations: readonly api.Invitation[]) =>
      ask(fetch, key, api.makeLinksSheet(period, sheetOf(format, invitations))),
    mails: by(api.showLinksMail),
    mail: by(api.mailLinks),
    revoke: by(api.revokeLink),
    told: by(api.noteLinkTold),
    audit: by(api.accesses),
  };
}

/** What is asked about a day that is cancelled. */
export type CancelRequests = ReturnType<typeof cancelRequests>;

export function cancelRequests(fetch: typeof globalThis.fetch, key: Key) {
  const by = askerBy(fetch, key);
  return { show: by(api.showCancelling), cancel: by(api.cancelSession), call: by(api.noteCall) };
}

/** What is known of such a day before anything is asked. */
export type CancelledSession = Pick<api.SessionShown, "id" | "theme" | "series" | "starts_at" | "ends_at">;
