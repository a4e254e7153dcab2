import type { MeAnswer } from "@protocol/api";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { AbsenceRequests } from "../absences/requests";
import { absences } from "../absences/use_absences";
import { KnowKinds } from "../attendance/kinds";
import { useAsked } from "../coordinator/asked";
import { httpOffice, type Office } from "../coordinator/office";
import { type MeetingRequests, meetingRequests } from "../meeting/requests";
import { meetings } from "../meeting/use_meetings";
import { type PhoneDayRequests, phoneDayRequests } from "../phone_day/requests";
import { phoneDay } from "../phone_day/use_phone_day";
import { type AccountRequests, keyOf } from "../staff/account";
import { Settings } from "../staff/settings";
import { SignOut } from "../staff/sign_out";
import { type Tab, tabIn, useHash, withinTab } from "../staff/tabs";
import { StaffTop } from "../staff/top";
import { useCommon, useTexts } from "../view/app";
import { region, useRegions } from "../view/regions";
import { workReturns } from "../work_desk/use_work_returns";
import { ReportsPage } from "./page";
import { reportTexts } from "./text";

const OF_SUPERVISOR: readonly Tab[] = ["reports", "absences", "meetings", "phone_days"];
/** Whoever works in a day by phone without supervising anybody has its list alone. */
const OF_OTHERS: readonly Tab[] = ["phone_days"];

/**
 * A supervisor's pages: the days of their own people, and who of them has returned the day's assignment; who does not
 * come, and why; meetings; and the days by phone, where there are any.
 */
export function SupervisorConsole(props: {
  accounts: AccountRequests;
  me: MeAnswer;
  office?: Office;
  absences?: AbsenceRequests;
  phone_days?: PhoneDayRequests;
  meetings?: MeetingRequests;
  now?: () => number;
  /** To one's own account. */
  onAccount?: (() => void) | undefined;
  /** To one's own sessions, for whoever is in rooms as well. */
  onDesk?: (() => void) | undefined;
  onOut: () => void;
}) {
  const { accounts, me, onAccount, onDesk, onOut } = props;
  const t = useTexts(reportTexts);
  const c = useCommon();
  const office = useMemo(() => props.office ?? httpOffice(fetch.bind(globalThis), keyOf(me)), [me]);
  const supervises = me.roles.some(({ role }) => role === "supervisor");
  const hash = useHash();
  const tab = tabIn(hash, supervises ? OF_SUPERVISOR : OF_OTHERS);
  const asker = useMemo(() => [fetch.bind(globalThis), keyOf(me)] as const, [me]);
  const phone_requests = useMemo(() => props.phone_days ?? phoneDayRequests(...asker), [asker]);
  const meeting_requests = useMemo(() => props.meetings ?? meetingRequests(...asker), [asker]);
  const phone_code = phoneDay.use(tab === "phone_days");
  const meeting_code = meetings.use(tab === "meetings");
  const clock = props.now ? { now: props.now } : {};
  const days = useAsked(() => phone_requests.days(), [phone_requests]).value?.days ?? [];
  const tabs = (supervises ? OF_SUPERVISOR : OF_OTHERS).filter(
    (one) => one !== "phone_days" || one === tab || days.length > 0,
  );
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
      <StaffTop
        tabs={tabs}
        tab={tab}
        name={me.name}
        onAccount={onAccount}
        onSettings={() => setSettingsOpen(true)}
      />
      <main id="main" class="wide" {...region}>
        {tab === "absences" ? (
          absence_code && absence_requests && <absence_code.AbsencesPage requests={absence_requests} />
        ) : tab === "meetings" ? (
          meeting_code && <meeting_code.MeetingsPage requests={meeting_requests} {...clock} />
        ) : tab === "phone_days" ? (
          phone_code && (
            <phone_code.PhoneDayPage
              requests={phone_requests}
              within={withinTab(hash)}
              by={me.name}
              {...clock}
            />
          )
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
