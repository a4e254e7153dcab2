import { the } from "../state/room_state";
import { dayText } from "../text/times";
import { useApp, useLine, useTexts } from "../view/app";
import { InfoIcon } from "../view/icons";
import { Note } from "../view/marks";
import { region } from "../view/regions";
import { rowsOfRoom } from "./attendance_rows";
import { AttendanceTable } from "./attendance_table";
import { lengthText } from "./durations";
import { useRoomOf } from "./room_of";
import { attendanceTexts } from "./text/attendance";

/** The day's proposals as those in the room see them, once the session has closed. */
export function RoomAttendance() {
  const t = useTexts(attendanceTexts);
  const { language } = useApp();
  const line = useLine();
  const room = useRoomOf("room", "attendance_line", "person");
  const clock = line.clock.value;
  const info = the(room, "room");
  if (!info || !clock) return <main id="main" class="wide" tabIndex={-1} aria-busy="true" />;
  const rows = rowsOfRoom(room, clock);
  const window_seconds = Math.max(0, ...rows.map((row) => row.window_seconds));
  const is_over = info.phase === "closed" || info.phase === "sealed";
  return (
    <main id="main" class="wide" {...region}>
      <div>
        <h2 class="page-title">{t.title(info.theme)}</h2>
        <p class="quiet">
          {dayText(info.starts_at, language.value)}{" "}
          {window_seconds > 0 && t.window_length(lengthText(window_seconds * 1000))}{" "}
          {is_over && t.proposal_only}
        </p>
      </div>
      {is_over ? (
        <AttendanceTable rows={rows} />
      ) : (
        <Note icon={InfoIcon} title={t.not_yet}>
          {t.not_yet_what}
        </Note>
      )}
    </main>
  );
}
