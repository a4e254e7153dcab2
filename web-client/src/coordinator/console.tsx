import type { ComponentChildren, ComponentType } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { type AbsenceRequests, absenceRequests } from "../absences/requests";
import { absences as absencesPage } from "../absences/use_absences";
import { KnowKinds } from "../attendance/kinds";
import { type KeepingRequests, keepingRequests } from "../keeping/requests";
import { keepingPage } from "../keeping/use_keeping";
import { type MeetingRequests, meetingRequests } from "../meeting/requests";
import { meetings } from "../meeting/use_meetings";
import { type PhoneDayRequests, phoneDayRequests } from "../phone_day/requests";
import { phoneDay } from "../phone_day/use_phone_day";
import { peopleIn } from "../programme/people_places";
import {
  type CancelRequests,
  cancelRequests,
  type PeopleRequests,
  peopleRequests,
} from "../programme/people_requests";
import { periodNow } from "../programme/period_now";
import { type ProgrammeRequests, programmeRequests } from "../programme/requests";
import { cancelPage, kindsPage, people, programme } from "../programme/use_programme";
import { ReportsPage } from "../reports/page";
import type { ConsoleProps } from "../staff/console_props";
import { Settings } from "../staff/settings";
import { type Tab, tabIn, useHash, withinTab } from "../staff/tabs";
import { shellTexts } from "../staff/text/shell";
import { StaffTop } from "../staff/top";
import { useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { RoundIcon, WarnIcon } from "../view/icons";
import { later } from "../view/later";
import { Note } from "../view/marks";
import { region, useRegions } from "../view/regions";
import { useAsked } from "./asked";
import { AttendancePage } from "./attendance";
import { type Desk, type DeskPage, goTo, type Requests } from "./desk";
import { type FeedbackDesk, feedbackDesk } from "./feedback_requests";
import { httpOffice, type Office } from "./office";
import { officeTexts } from "./text";
import { accountsPage } from "./use_accounts";
import { sessionsPage } from "./use_sessions";

/** The feedback comes when its page is opened. */
const feedback = later(() => import("./feedback_page"));
/** The notes come when something is wrong. */
export const healthNotes = later(() => import("./health_notes"));

/** The pages of the desk, by their tabs. */
const PAGES: { readonly [T in Tab]?: ComponentType<DeskPage> } = {
  programme: Programme,
  people: People,
  attendance: AttendancePage,
  absences: Absences,
  phone_days: PhoneDays,
  meetings: Meetings,
  feedback: Feedback,
  reports: ({ desk }) => (
    <Column>
      <ReportsPage requests={desk.office.reports} is_own={false} />
    </Column>
  ),
  kinds: Kinds,
  keeping: Keeping,
  accounts: OfStaff,
};
/** Those that stand in the bar; the others are behind "…". */
const IN_BAR: readonly Tab[] = ["programme", "people", "attendance"];
/** Those that only a coordinator of all has. */
const OF_ALL: readonly Tab[] = ["people", "absences", "phone_days", "meetings", "kinds", "keeping"];
/** The sides of the programme that stand beside the list of sessions. */
const OF_SESSIONS = ["session", "new", "change", "copy", "file"];

/** What a test hands in place of the server. */
interface Given {
  readonly office?: Office;
  readonly programme?: ProgrammeRequests;
  readonly people?: PeopleRequests;
  readonly cancelling?: CancelRequests;
  readonly absences?: AbsenceRequests;
  readonly feedback_desk?: FeedbackDesk;
  readonly phone_days?: PhoneDayRequests;
  readonly meetings?: MeetingRequests;
  readonly keeping?: KeepingRequests;
}

/** The coordinator's desk: no room, but the programme, its people, invitations and attendance. */
export function CoordinatorConsole(props: ConsoleProps & Given) {
  const { pass, office, programme, people, cancelling, absences, feedback_desk, phone_days } = props;
  const { meetings: given_meetings, keeping } = props;
  const requests = useMemo(() => {
    const get = fetch.bind(globalThis);
    return {
      office: office ?? httpOffice(get, pass),
      programme: programme ?? programmeRequests(get, pass),
      people: people ?? peopleRequests(get, pass),
      cancelling: cancelling ?? cancelRequests(get, pass),
      absences: absences ?? absenceRequests(get, pass),
      feedback: feedback_desk ?? feedbackDesk(get, pass),
      phone_days: phone_days ?? phoneDayRequests(get, pass),
      meetings: given_meetings ?? meetingRequests(get, pass),
      keeping: keeping ?? keepingRequests(get, pass),
    };
  }, [
    office,
    programme,
    people,
    cancelling,
    absences,
    feedback_desk,
    phone_days,
    given_meetings,
    keeping,
    pass,
  ]);
  return (
    <KnowKinds ask={requests.office.kinds}>
      <DeskPages {...props} requests={requests} />
    </KnowKinds>
  );
}

function DeskPages(props: ConsoleProps & { requests: Requests }) {
  const { link, onDesk, onAccount, requests } = props;
  const t = useTexts(officeTexts);
  const s = useTexts(shellTexts);
  const c = useCommon();
  const sessions = useAsked(() => requests.office.sessions(), [requests]);
  const periods = useAsked(() => requests.programme.periods(), [requests]);
  const is_of_all = periods.value ? true : periods.answer?.kind === "refused" ? false : null;
  const name = link.name ?? c.roles.coordinator;
  const desk: Desk = { ...requests, sessions, periods, is_of_all, name };

  const [is_settings_open, setSettingsOpen] = useState(false);
  const tabs = (Object.keys(PAGES) as Tab[]).filter((one) => is_of_all !== false || !OF_ALL.includes(one));
  const hash = useHash();
  const tab = tabIn(hash, tabs);
  const within = withinTab(hash);
  const Page = PAGES[tab] ?? Programme;
  useRegions();
  useEffect(() => {
    document.title = `${s.tabs[tab]} – ${c.app}`;
  }, [s, c, tab]);
  // Another page begins at its top.
  useEffect(() => {
    scrollTo(0, 0);
  }, [tab, within]);

  const is_failed = [sessions, periods].some(({ answer }) => answer?.kind === "unreachable");
  return (
    <>
      <StaffTop
        tabs={tabs.filter((one) => IN_BAR.includes(one))}
        more={tabs.filter((one) => !IN_BAR.includes(one))}
        tab={tab}
        name={name}
        onAccount={onAccount}
        onSettings={() => setSettingsOpen(true)}
      />
      {is_failed && (
        <aside class="wide" aria-label={t.unreachable}>
          <Note look="stop" icon={WarnIcon} title={t.unreachable}>
            <div class="row">
              <span class="grow">{t.unreachable_what}</span>
              <Button
                icon={RoundIcon}
                onPress={() => {
                  sessions.ask();
                  periods.ask();
                }}
              >
                {c.try_now}
              </Button>
            </div>
          </Note>
        </aside>
      )}
      {is_of_all && tab === "programme" && within === "" && <Health office={requests.office} />}
      <Page desk={desk} within={within} />
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

/** On the first page of who coordinates all; nothing when all is well. */
function Health({ office }: { office: Office }) {
  const health = useAsked(() => office.health(), [office]).value;
  const code = healthNotes.use(Boolean(health?.troubles.length));
  return code && health && <code.HealthNotes health={health} />;
}

/** The season for who coordinates all; the sessions for who coordinates some series. */
function Programme({ desk, within }: DeskPage) {
  const { is_of_all, periods, sessions } = desk;
  const [side = "", number] = within.split("/");
  const is_cancel = side === "cancel";
  const is_sessions = !is_cancel && (is_of_all === false || OF_SESSIONS.includes(side));
  const of_sessions = sessionsPage.use(is_sessions);
  const of_cancelling = cancelPage.use(is_cancel);
  const of_season = programme.use(is_of_all === true && !is_sessions && !is_cancel);
  if (of_sessions) return <of_sessions.SessionsPage desk={desk} within={within} />;
  const cancelled = sessions.value?.sessions.find(({ id }) => id === Number(number));
  if (of_cancelling && cancelled)
    return (
      <of_cancelling.CancelPage
        key={cancelled.id}
        requests={desk.cancelling}
        session={cancelled}
        back_to={`programme/session/${cancelled.id}`}
        onDone={sessions.ask}
      />
    );
  if (!of_season || !sessions.value) return <Coming />;
  return (
    <of_season.ProgrammePage
      requests={desk.programme}
      within={within}
      periods={periods}
      sessions={sessions.value.sessions}
      onChange={sessions.ask}
    />
  );
}

/** The people of the season that is going on, or of the group that the address names, or one of them. */
function People({ desk, within }: DeskPage) {
  const { periods, sessions } = desk;
  const code = people.use();
  const t = useTexts(officeTexts);
  if (!code || !periods.value || !sessions.value) return <Coming />;
  const { group, person } = peopleIn(within);
  const period = group ?? periodNow(periods.value.periods, sessions.value.sessions)?.id;
  if (period === undefined)
    return (
      <Column>
        <p class="quiet">{t.no_season}</p>
        <p>
          <a href="#programme">{t.back_to_programme}</a>
        </p>
      </Column>
    );
  if (person === undefined) return <code.SeasonPeople key={period} requests={desk.people} period={period} />;
  return (
    <code.PersonPage
      key={within}
      requests={desk.people}
      period={period}
      person={person}
      is_closed={group !== undefined}
      onTellAbsence={() => goTo("absences")}
    />
  );
}

function Absences({ desk }: DeskPage) {
  const code = absencesPage.use();
  if (!code) return <Coming />;
  return (
    <main id="main" class="wide" {...region}>
      <code.AbsencesPage requests={desk.absences} />
    </main>
  );
}

function PhoneDays({ desk, within }: DeskPage) {
  const code = phoneDay.use();
  if (!code) return <Coming />;
  return (
    <main id="main" class="wide" {...region}>
      <code.PhoneDayPage
        requests={desk.phone_days}
        within={within}
        by={desk.name}
        attendanceOf={(session) => `#attendance/${session}`}
      />
    </main>
  );
}

function Meetings({ desk }: DeskPage) {
  const code = meetings.use();
  if (!code) return <Coming />;
  return (
    <main id="main" class="wide" {...region}>
      <code.MeetingsPage requests={desk.meetings} />
    </main>
  );
}

function Kinds({ desk }: DeskPage) {
  const code = kindsPage.use();
  if (!code) return <Coming />;
  return (
    <Column>
      <code.KindsPage office={desk.office} />
    </Column>
  );
}

function Keeping({ desk }: DeskPage) {
  const code = keepingPage.use();
  if (!code || !desk.sessions.value) return <Coming />;
  return (
    <main id="main" class="wide" {...region}>
      <code.KeepingPage requests={desk.keeping} sessions={desk.sessions.value.sessions} />
    </main>
  );
}

function OfStaff({ desk }: DeskPage) {
  const code = accountsPage.use();
  if (!code) return <Coming />;
  return (
    <Column>
      <code.Accounts office={desk.office} />
    </Column>
  );
}

function Feedback({ desk }: DeskPage) {
  const code = feedback.use();
  return code && <code.FeedbackPage desk={desk.feedback} />;
}

/** Where a page will be. */
function Coming() {
  return <main id="main" class="wide" aria-busy="true" {...region} />;
}

function Column({ children }: { children: ComponentChildren }) {
  return (
    <div class="cols">
      <main id="main" {...region}>
        {children}
      </main>
    </div>
  );
}
