import type { MeAnswer, SessionListed } from "@protocol/api";
import { useEffect, useMemo, useState } from "preact/hooks";
import { AbsenceDialog } from "../attendance/absence_dialog";
import { attendanceTexts } from "../attendance/text";
import { useAsked } from "../coordinator/asked";
import { httpOffice, type Office } from "../coordinator/office";
import { type AccountRequests, keyOf } from "../staff/account";
import { Settings } from "../staff/settings";
import { SignOut } from "../staff/sign_out";
import { StaffTop } from "../staff/top";
import { clockSpan, dayText } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CalendarIcon } from "../view/icons";
import { region, useRegions } from "../view/regions";
import { workReturns } from "../work_desk/use_work_returns";
import { ReportsPage } from "./page";
import { reportTexts } from "./text";

/**
 * A supervisor's page: the days of their own people, who of them has returned the day's assignment, and who does not
 * come to a session that is ahead.
 */
export function SupervisorConsole(props: {
  accounts: AccountRequests;
  me: MeAnswer;
  office?: Office;
  /** To one's own sessions, for whoever is in rooms as well. */
  onDesk?: (() => void) | undefined;
  onOut: () => void;
}) {
  const { accounts, me, onDesk, onOut } = props;
  const t = useTexts(reportTexts);
  const c = useCommon();
  const office = useMemo(() => props.office ?? httpOffice(fetch.bind(globalThis), keyOf(me)), [me]);
  const sessions = useAsked(() => office.sessions(), [office]).value?.sessions;
  const returns = workReturns.use(sessions !== undefined);
  const [is_settings_open, setSettingsOpen] = useState(false);
  useRegions();
  useEffect(() => {
    document.title = `${t.title_own} – ${c.app}`;
  }, [t, c]);
  return (
    <>
      <StaffTop tabs={[]} tab="reports" name={me.name} onSettings={() => setSettingsOpen(true)} />
      <main id="main" class="wide" {...region}>
        <ReportsPage requests={office.reports} is_own />
        {returns && sessions && <returns.OwnReturns office={office} sessions={sessions} />}
        {sessions && <Coming office={office} all={sessions} />}
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

/** The sessions ahead in which some of one's own people are registered. */
function Coming({ office, all }: { office: Office; all: readonly SessionListed[] }) {
  const t = useTexts(reportTexts);
  const a = useTexts(attendanceTexts);
  const c = useCommon();
  const { language } = useApp();
  const [open, setOpen] = useState<SessionListed | null>(null);
  const sessions = all
    .filter(({ phase, roles }) => phase !== "closed" && phase !== "sealed" && roles.includes("supervisor"))
    .sort((one, other) => one.starts_at - other.starts_at);
  return (
    <section class="sheet no-print" aria-labelledby="coming-title">
      <div class="sheet-h">
        <h2 id="coming-title">{t.coming}</h2>
      </div>
      {sessions.length === 0 && <p class="quiet">{t.coming_none}</p>}
      <ul class="lines roster">
        {sessions.map((session) => (
          <li key={session.id}>
            <span>
              <b dir="auto">{session.theme}</b>{" "}
              <span class="small quiet">
                {dayText(session.starts_at, language.value)}{" "}
                {c.at_clock(clockSpan(session.starts_at, session.ends_at))} · {session.series}
              </span>
            </span>
            <Button icon={CalendarIcon} onPress={() => setOpen(session)}>
              {a.absence} <span class="vh">: {session.theme}</span>
            </Button>
          </li>
        ))}
      </ul>
      {open && (
        <AbsenceDialog
          people={async () => {
            const answer = await office.session(open.id);
            if (answer.kind !== "ok") return answer;
            const people = answer.value.people.map(({ person, name, absence }) => ({
              person,
              name,
              absence_told: absence !== undefined,
            }));
            return { kind: "ok", value: people };
          }}
          tell={(person, told, note) => office.days.absence(open.id, person, told, note)}
          onDone={() => undefined}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}
