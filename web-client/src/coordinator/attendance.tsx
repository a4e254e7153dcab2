import type { SessionListed } from "@protocol/api";
import { useMemo, useState } from "preact/hooks";
import { AuditDialog } from "../attendance/audit_dialog";
import { NamesOffPaper } from "../attendance/counts";
import { type DayRow, daySpan, rowsOfRecords } from "../attendance/day_view";
import { Downloads } from "../attendance/downloads";
import type { DayRequests } from "../attendance/requests";
import { Statistics } from "../attendance/statistics";
import { DayTable, NOTHING } from "../attendance/table";
import { attendanceTexts } from "../attendance/text";
import { lengthText } from "../staff/durations";
import { clockTime, dayText } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { InfoIcon, RoundIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { region } from "../view/regions";
import { useAsked } from "./asked";
import { type DeskPage, goTo } from "./desk";
import { Plan } from "./plan";
import { officeTexts } from "./text";

/** The day of one session: what was counted, proposed and decided, and the same as a file. */
function OfficeAttendance(props: { days: DayRequests; session: SessionListed | undefined }) {
  const { days, session } = props;
  const is_over = session?.phase === "closed" || session?.phase === "sealed";
  const a = useTexts(attendanceTexts);
  if (!session) return null;
  return (
    <>
      <h1>{a.title(session.theme)}</h1>
      {is_over ? (
        <Day days={days} session={session} />
      ) : (
        <Note icon={InfoIcon} title={session.phase === "cancelled" ? a.not_held : a.not_yet}>
          {session.phase !== "cancelled" && a.not_yet_what}
        </Note>
      )}
    </>
  );
}

function Day({ days, session }: { days: DayRequests; session: SessionListed }) {
  const a = useTexts(attendanceTexts);
  const t = useTexts(officeTexts);
  const c = useCommon();
  const { language } = useApp();
  const day = useAsked(() => days.day(session.id), [days, session.id]);
  const [asked_about, setAskedAbout] = useState<DayRow | null>(null);
  const acts = useMemo(() => ({ ...NOTHING, audit: setAskedAbout }), []);
  const answer = day.value;
  const rows = useMemo(() => (answer ? rowsOfRecords(answer) : []), [answer]);
  const span = useMemo(() => (answer ? daySpan(answer.windows, answer) : null), [answer]);
  if (!answer) {
    if (day.answer === null) return <p class="quiet">{t.loading}</p>;
    return (
      <Note look="stop" icon={WarnIcon} title={t.unreachable}>
        <Button icon={RoundIcon} onPress={day.ask}>
          {c.try_now}
        </Button>
      </Note>
    );
  }
  const is_anonymous = answer.anonymous_among_participants === true;
  const window_seconds = Math.max(0, ...rows.map((row) => row.window_seconds));
  return (
    <>
      <div class="row">
        <p class="quiet grow">
          {dayText(session.starts_at, language.value)}{" "}
          {span &&
            a.window(`${clockTime(span.from)}–${clockTime(span.to)}`, lengthText(window_seconds * 1000))}{" "}
          {answer.sealed_at === undefined
            ? a.proposal_only
            : a.sealed(answer.sealed_by ?? "", clockTime(answer.sealed_at))}
        </p>
        <Downloads
          requests={days}
          session={session.id}
          theme={session.theme}
          starts_at={session.starts_at}
          is_anonymous={is_anonymous}
        />
      </div>
      <NamesOffPaper is_anonymous={is_anonymous} marks={rows.map(({ mark }) => mark?.mark)}>
        <DayTable rows={rows} day={span} stage="read" acts={acts} />
      </NamesOffPaper>
      {answer.statistics && <Statistics figures={answer.statistics} />}
      {asked_about && <AuditDialog row={asked_about} days={days} onClose={() => setAskedAbout(null)} />}
    </>
  );
}

/** The attendance of the session that the address names; without a name, of the next that has not ended. */
export function AttendancePage({ desk, within }: DeskPage) {
  const t = useTexts(officeTexts);
  const all = desk.sessions.value?.sessions ?? [];
  const nearest = all.find(({ phase }) => phase !== "closed" && phase !== "sealed") ?? all.at(-1);
  const chosen = within ? Number(within) : nearest?.id;
  return (
    <div class="cols two-r">
      <nav aria-labelledby="plan-title" {...region}>
        <Plan
          sessions={desk.sessions.value ? all : null}
          chosen={chosen}
          onChoose={(id) => goTo(`attendance/${id}`)}
          onNew={null}
          onFile={null}
        />
      </nav>
      <main id="main" {...region}>
        {chosen === undefined ? (
          <p class="quiet">{t.attendance_choose}</p>
        ) : (
          <OfficeAttendance
            key={chosen}
            days={desk.office.days}
            session={all.find(({ id }) => id === chosen)}
          />
        )}
      </main>
    </div>
  );
}
