import type { AttendanceDay, AttendanceRow, Command, Mark, PersonId, SessionId } from "@protocol";
import type { DayAnswer, UtcSpan } from "@protocol/api";
import { useContext, useMemo, useRef, useState } from "preact/hooks";
import { roomTimeOf, utcOf } from "../connection/clock";
import { useAsked } from "../coordinator/asked";
import { lengthText } from "../staff/durations";
import { useMay } from "../staff/may";
import { useRoomOf } from "../staff/room_of";
import { the } from "../state/room_state";
import { nameOf } from "../state/selectors";
import { clockTime, dayText } from "../text/times";
import { useApp, useLine, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CalendarIcon, CheckIcon, ClockIcon, InfoIcon, RoundIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { region } from "../view/regions";
import { AbsenceDialog } from "./absence_dialog";
import { NamesOffPaper } from "./counts";
import {
  clearMark,
  type DayRow,
  daySpan,
  isClear,
  lastTogether,
  mayBeAbsent,
  needsDecision,
  needsLook,
  needsSource,
  rowsOfRoom,
} from "./day_view";
import { Downloads } from "./downloads";
import { KnowKinds } from "./kinds";
import { MarkDialog, type MarkForm } from "./mark_dialog";
import { DayRequestsContext } from "./requests";
import { MARKS, type Stage } from "./row";
import { SealBar } from "./seal_bar";
import { Statistics } from "./statistics";
import { DayTable, type KeyActs } from "./table";
import { attendanceTexts } from "./text";
import { WindowDialog } from "./window_dialog";

/** The workbench: the day's proposals, and the decisions on them. */
export function AttendancePage() {
  const t = useTexts(attendanceTexts);
  const room = useRoomOf("room");
  const info = the(room, "room");
  const requests = useContext(DayRequestsContext);
  if (!info) return <main id="main" class="wide" tabIndex={-1} aria-busy="true" />;
  const is_over = info.phase === "closed" || info.phase === "sealed";
  return (
    <main id="main" class="wide" {...region}>
      {is_over ? (
        <KnowKinds ask={requests?.kinds}>
          <Day key={info.since} />
        </KnowKinds>
      ) : (
        <>
          <div class="sheet-h">
            <h2 class="page-title grow">{t.title(info.theme)}</h2>
            <AbsenceButton session={info.session} />
          </div>
          <Note icon={InfoIcon} title={t.not_yet}>
            {t.not_yet_what}
          </Note>
        </>
      )}
    </main>
  );
}

/** Staff hear before and during the day that somebody does not come, until it is sealed. */
function AbsenceButton({ session, onDone }: { session: SessionId; onDone?: () => void }) {
  const t = useTexts(attendanceTexts);
  const requests = useContext(DayRequestsContext);
  const [is_open, setOpen] = useState(false);
  if (!requests) return null;
  return (
    <>
      <Button class="no-print" icon={CalendarIcon} onPress={() => setOpen(true)}>
        {t.absence}
      </Button>
      {is_open && (
        <AbsenceDialog
          people={async () => {
            const answer = await requests.expected(session);
            if (answer.kind !== "ok") return answer;
            const people = answer.value.people.map(({ absence_told = false, ...one }) => ({
              ...one,
              absence_told,
            }));
            return { kind: "ok", value: people };
          }}
          tell={(person, told, note) => requests.absence(session, person, told, note)}
          onDone={() => onDone?.()}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

type Open = { kind: "mark"; row: DayRow; mark: Mark } | { kind: "window" } | null;

function Day() {
  const t = useTexts(attendanceTexts);
  const { announcer, language } = useApp();
  const line = useLine();
  const may = useMay();
  const requests = useContext(DayRequestsContext);
  const room = useRoomOf("room", "attendance_line", "attendance_day");
  const info = the(room, "room");
  const day = the(room, "attendance_day");
  // One reading for as long as the page is open: times on it do not tremble with the line.
  const clock = useMemo(() => line.clock.peek(), [line]);
  const asked = useAsked<DayAnswer>(
    async () => (requests && info ? requests.day(info.session) : { kind: "unreachable" }),
    [requests, info?.session, day?.windows.length, windowKey(day)],
  );
  const rows = useRows(asked.value);
  const [open, setOpen] = useState<Open>(null);
  const session = info?.session;
  const stage: Stage =
    info?.phase === "closed" && may("mark_attendance")
      ? "decide"
      : info?.phase === "sealed" && may("correct_attendance")
        ? "correct"
        : "read";

  const windows = useMemo(
    () =>
      clock
        ? (day?.windows ?? []).map((each) => ({ from: utcOf(clock, each.from), to: utcOf(clock, each.to) }))
        : [],
    [day, clock],
  );
  const span = useMemo(() => daySpan(windows, asked.value), [windows, asked.value]);

  const send = async (command: Command) => (await line.send(command)).kind === "done";
  const acts = useActs(stage, setOpen, send);

  if (!info || !clock || session === undefined) return null;
  const is_anonymous = info.anonymous_among_participants === true;
  const window: UtcSpan | null = windows[0]
    ? { from: windows[0].from, to: windows.at(-1)?.to ?? windows[0].to }
    : null;
  const window_seconds = Math.max(0, ...rows.map((row) => row.window_seconds));
  const clear = rows.filter((row) => needsDecision(row) && isClear(row)).length;
  const together = stage === "decide" ? lastTogether(rows) : null;

  const save = async (row: DayRow, form: MarkForm) => {
    setOpen(null);
    const common = {
      person: row.person,
      version: row.version,
      mark: form.mark,
      ...(form.minutes === null ? {} : { minutes: form.minutes }),
      ...(form.source === null ? {} : { source: form.source }),
    };
    const is_done = await send(
      stage === "correct"
        ? { type: "correct_attendance", ...common, reason: form.reason }
        : { type: "mark_attendance", ...common, ...(form.reason ? { reason: form.reason } : {}) },
    );
    if (is_done) announcer.say(t.marked(row.name, t.marks[form.mark]));
  };

  return (
    <>
      <div class="sheet-h">
        <div class="grow">
          <h2 class="page-title">{t.title(info.theme)}</h2>
          <p class="quiet">
            {dayText(info.starts_at, language.value)}{" "}
            {window &&
              t.window(
                `${clockTime(window.from)}–${clockTime(window.to)}`,
                lengthText(window_seconds * 1000),
              )}{" "}
            {day?.window_corrected_by !== undefined && t.window_corrected}{" "}
            {stage === "read" && info.phase === "closed" && t.moderators_decide}
          </p>
        </div>
        {requests && (
          <Downloads
            requests={requests}
            session={session}
            theme={info.theme}
            starts_at={info.starts_at}
            is_anonymous={is_anonymous}
          />
        )}
      </div>
      {asked.answer && asked.answer.kind !== "ok" && (
        <Note look="stop" icon={WarnIcon} title={t.records_missing}>
          <Button icon={RoundIcon} onPress={asked.ask}>
            {t.records_again}
          </Button>
        </Note>
      )}
      {stage === "decide" && (
        <div class="row">
          <Button
            look="main"
            icon={CheckIcon}
            unusable_because={clear === 0 ? t.none_clear : undefined}
            onPress={() => void send({ type: "mark_all_clear" })}
          >
            {t.accept_all(clear)}
          </Button>
          {together && (
            <>
              <span class="quiet">{t.accepted_together(together.count)}</span>
              <Button
                look="plain"
                onPress={() =>
                  void send({ type: "take_back_marks", step: together.step }).then((is_done) => {
                    if (is_done) announcer.say(t.taken_back);
                  })
                }
              >
                {t.take_back}
              </Button>
            </>
          )}
          <span class="push" />
          <AbsenceButton session={session} onDone={asked.ask} />
          {window && (
            <Button icon={ClockIcon} onPress={() => setOpen({ kind: "window" })}>
              {t.window_change}
            </Button>
          )}
        </div>
      )}
      {stage === "read" && info.phase === "closed" && (
        <div class="row">
          <AbsenceButton session={session} onDone={asked.ask} />
        </div>
      )}
      {/* Drawn once, when names and times are there, or cannot be had. */}
      {asked.answer ? (
        <NamesOffPaper is_anonymous={is_anonymous} marks={rows.map(({ mark }) => mark?.mark)}>
          <DayTable rows={rows} day={span} stage={stage} acts={acts} />
        </NamesOffPaper>
      ) : (
        <p class="quiet">{t.loading}</p>
      )}
      {asked.value?.statistics && <Statistics figures={asked.value.statistics} />}
      <SealBar
        rows={rows}
        stage={stage}
        sealed={
          day?.sealed_at !== undefined
            ? { by: nameOf(room, day.sealed_by ?? 0), at: utcOf(clock, day.sealed_at) }
            : null
        }
        onSeal={() => day && void send({ type: "seal_attendance", version: day.version })}
      />
      {open?.kind === "mark" && (
        <MarkDialog
          row={open.row}
          mark={open.mark}
          is_correction={stage === "correct"}
          onSave={(form) => void save(open.row, form)}
          onClose={() => setOpen(null)}
        />
      )}
      {open?.kind === "window" && window && (
        <WindowDialog
          window={window}
          onSave={({ from, to }) => {
            setOpen(null);
            void send({
              type: "correct_window",
              from: Math.max(0, Math.round(roomTimeOf(clock, from))),
              to: Math.round(roomTimeOf(clock, to)),
            });
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

const windowKey = (day: AttendanceDay | undefined) =>
  (day?.windows ?? []).map(({ from, to }) => `${from}-${to}`).join();

/** The rows; one that neither the room nor the records have changed is the same object as before. */
function useRows(records: DayAnswer | null): readonly DayRow[] {
  const line = useLine();
  const room = useRoomOf("room", "attendance_line", "person");
  const clock = useMemo(() => line.clock.peek(), [line]);
  const rows = room.things.attendance_line;
  const known = useRef(new Map<PersonId, { thing: AttendanceRow | undefined; row: DayRow }>());
  const of = useRef(records);
  return useMemo(() => {
    if (of.current !== records) known.current.clear();
    of.current = records;
    if (!clock) return [];
    return rowsOfRoom(room, clock, records).map((row) => {
      const thing = rows.get(row.person);
      const before = known.current.get(row.person);
      if (before && before.thing === thing) return before.row;
      known.current.set(row.person, { thing, row });
      return row;
    });
  }, [rows, records, clock]);
}

function useActs(
  stage: Stage,
  setOpen: (open: Open) => void,
  send: (command: Command) => Promise<boolean>,
): KeyActs {
  const t = useTexts(attendanceTexts);
  const { announcer } = useApp();
  return useMemo(() => {
    const form = (row: DayRow, mark?: Mark) =>
      setOpen({ kind: "mark", row, mark: mark ?? row.mark?.mark ?? clearMark(row) ?? "present" });
    const mark = (row: DayRow, wanted: Mark) => {
      const is_there = wanted === "present" || wanted === "partial";
      if (stage !== "decide" || wanted === "partial" || (is_there && needsSource(row)))
        return form(row, wanted);
      if (!is_there && !mayBeAbsent(row)) return announcer.say(t.never_absent);
      const command = {
        type: "mark_attendance",
        person: row.person,
        version: row.version,
        mark: wanted,
      } as const;
      void send(command).then((is_done) => {
        if (is_done) announcer.say(t.marked(row.name, t.marks[wanted]));
      });
    };
    return {
      mark,
      change: (row) => form(row),
      dismiss: (row) => void send({ type: "dismiss_late_join", person: row.person, version: row.version }),
      accept(row) {
        const clear = clearMark(row);
        if (stage === "read") return;
        if (stage === "decide" && clear && !row.mark) mark(row, clear);
        else if (needsLook(row) || row.mark) form(row);
      },
      digit(row, digit) {
        const wanted = MARKS[digit - 1];
        if (stage !== "read" && wanted) mark(row, wanted);
      },
      takeBack(row) {
        if (stage === "decide" && row.mark && row.mark.step > 0)
          void send({ type: "take_back_marks", step: row.mark.step });
      },
    };
  }, [stage, t]);
}
