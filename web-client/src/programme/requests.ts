import type { SessionId } from "@protocol";
import * as api from "@protocol/api";
import { ask, askerBy, type Key } from "../connection/entrance";

export type ProgrammeRequests = ReturnType<typeof programmeRequests>;

/** What the coordinator of all asks of series, periods and packages (protocol/http.md). */
export function programmeRequests(fetch: typeof globalThis.fetch, key: Key) {
  const by = askerBy(fetch, key);
  return {
    series: by(api.listSeries),
    addSeries: by(api.addSeries),
    changeSeries: by(api.changeSeries),
    /** Refused to a coordinator of some series. */
    periods: by(api.listPeriods),
    period: by(api.showPeriod),
    /** Stores nothing. `period`: whose days are made already. */
    preview: (body: api.PeriodBody, period: api.PeriodId | null) =>
      ask(fetch, key, api.previewPeriod(body, period === null ? {} : { period })),
    save: by(api.savePeriod),
    change: by(api.changePeriod),
    make: by(api.makePeriod),
    remove: by(api.removePeriod),
    themes: by(api.importPeriod),
    /** Its days, as a file that `themes` takes back. */
    days: by(api.exportPeriod),
    putPackage: by(api.putPackage),
    removePackage: by(api.removePackage),
    putSubstitute: by(api.putSubstitute),
    /** Closed periods; what is not said here is asked of the period. */
    groups: by(api.listGroups),
    saveGroup: by(api.saveGroup),
    changeGroup: by(api.changeGroup),
    putLeaders: by(api.putLeaders),
    /** Who may lead one. */
    accounts: by(api.listAccounts),
    /** For who has the places of a day. */
    session: by((id: SessionId) => api.showSession(id)),
  };
}
