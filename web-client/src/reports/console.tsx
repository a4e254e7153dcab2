import type { MeAnswer } from "@protocol/api";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { AbsenceRequests } from "../absences/requests";
import { absences } from "../absences/use_absences";
import { KnowKinds } from "../attendance/kinds";
import { useAsked } from "../coordinator/asked";
import { httpOffice, type Office } from "../coordinator/office";
import { type AccountRequests, keyOf } from "../staff/account";
import { Settings } from "../staff/settings";
import { SignOut } from "../staff/sign_out";
import { type Tab, useTab } from "../staff/tabs";
import { StaffTop } from "../staff/top";
import { useCommon, useTexts } from "../view/app";
import { region, useRegions } from "../view/regions";
import { workReturns } from "../work_desk/use_work_returns";
import { ReportsPage } from "./page";
import { reportTexts } from "./text";

const TABS: readonly Tab[] = ["reports", "absences"];

/**
 * A supervisor's pages: the days of their own people, and who of them has returned the day's assignment; who does not
 * come, and why.
 */
export function SupervisorConsole(props: {
  accounts: AccountRequests;
  me: MeAnswer;
  office?: Office;
  absences?: AbsenceRequests;
  /** To one's own sessions, for whoever is in rooms as well. */
  onDesk?: (() => void) | undefined;
  onOut: () => void;
}) {
  const { accounts, me, onDesk, onOut } = props;
  const t = useTexts(reportTexts);
  const c = useCommon();
  const office = useMemo(() => props.office ?? httpOffice(fetch.bind(globalThis), keyOf(me)), [me]);
  const tab = useTab(TABS);
  const absence_code = absences.use(tab === "absences");
  const absence_requests = useMemo(
    () => props.absences ?? absence_code?.absenceRequests(fetch.bind(globalThis), keyOf(me)),
    [absence_code, me],
  );
  const sessions = useAsked(() => office.sessions(), [office]).value?.sessions;
  const returns = workReturns.use(sessions !== undefined);
  const [is_settings_open, setSettingsOpen] = useState(false);
  useRegions();
  useEffect(() => {
    document.title = `${t.title_own} – ${c.app}`;
  }, [t, c]);
  return (
    <>
      <StaffTop tabs={TABS} tab={tab} name={me.name} onSettings={() => setSettingsOpen(true)} />
      <main id="main" class="wide" {...region}>
        {tab === "absences" ? (
          absence_code && absence_requests && <absence_code.AbsencesPage requests={absence_requests} />
        ) : (
          <>
            <KnowKinds ask={office.kinds}>
              <ReportsPage requests={office.reports} is_own />
            </KnowKinds>
            {returns && sessions && <returns.OwnReturns office={office} sessions={sessions} />}
          </>
        )}
        <SignOut requests={accounts} me={me} onOut={onOut} />
      </main>
      {is_settings_open && (
        <Settings
          preferences={null}
          chime={null}
          onLeave={null}
          onDesk={onDesk}
          onClose={() => setSettingsOpen(false)}
        />
      )}
    </>
  );
}
