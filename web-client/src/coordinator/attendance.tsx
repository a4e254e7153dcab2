import { useState } from "preact/hooks";
import { fileName, saveFile } from "../page/save_file";
import { type AttendanceRow, inOrder } from "../staff/attendance_rows";
import { AttendanceTable } from "../staff/attendance_table";
import { lengthText } from "../staff/durations";
import { attendanceTexts } from "../staff/text/attendance";
import { clockSpan, dayText } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { FileIcon, InfoIcon, RoundIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { useAsked } from "./asked";
import { isoDate } from "./dates";
import type { AttendanceAnswer, Office, SessionListed } from "./office";
import { officeTexts } from "./text";

/** The day of one session: what the server counted, what it proposes, and the same as a file. */
export function OfficeAttendance(props: { office: Office; session: SessionListed | undefined }) {
  const { office, session } = props;
  const is_over = session?.phase === "closed" || session?.phase === "sealed";
  const a = useTexts(attendanceTexts);
  if (!session) return null;
  return (
    <>
      <h1>{a.title(session.theme)}</h1>
      {is_over ? (
        <Day office={office} session={session} />
      ) : (
        <Note icon={InfoIcon} title={a.not_yet}>
          {a.not_yet_what}
        </Note>
      )}
    </>
  );
}

function Day({ office, session }: { office: Office; session: SessionListed }) {
  const a = useTexts(attendanceTexts);
  const t = useTexts(officeTexts);
  const c = useCommon();
  const { announcer, language } = useApp();
  const day = useAsked(() => office.attendance(session.id), [office, session.id]);
  const [trouble, setTrouble] = useState("");
  const download = async () => {
    setTrouble("");
    const answer = await office.attendanceFile(session.id, language.peek());
    if (answer.kind === "ok")
      return saveFile(
        answer.value,
        fileName([t.file_attendance, session.theme, isoDate(session.starts_at)], "csv"),
      );
    setTrouble(a.download_failed);
    announcer.say(a.download_failed);
  };
  if (!day.value) {
    if (day.answer === null) return <p class="quiet">{t.loading}</p>;
    return (
      <Note look="stop" icon={WarnIcon} title={t.unreachable}>
        <Button icon={RoundIcon} onPress={day.ask}>
          {c.try_now}
        </Button>
      </Note>
    );
  }
  const { window, lines } = day.value;
  const window_seconds = Math.max(0, ...lines.map((line) => line.window_seconds));
  return (
    <>
      <div class="row">
        <p class="quiet grow">
          {dayText(session.starts_at, language.value)}{" "}
          {window && a.window(clockSpan(window.starts_at, window.ends_at), lengthText(window_seconds * 1000))}{" "}
          {a.proposal_only}
        </p>
        <Button icon={FileIcon} onPress={() => void download()}>
          {a.download}
        </Button>
      </div>
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      <AttendanceTable rows={rowsOf(lines)} />
    </>
  );
}

function rowsOf(lines: AttendanceAnswer["lines"]): AttendanceRow[] {
  return inOrder(
    lines.map((line) => ({
      ...line,
      decision_type: line.decision_type ?? null,
      arrived: line.arrived ?? null,
      left: line.left ?? null,
      proposal: line.proposal ?? null,
    })),
  );
}
