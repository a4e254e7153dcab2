import type { PersonId, Refusal, SessionId } from "@protocol";
import type { PeriodId, PhoneDayShown, PhoneRow } from "@protocol/api";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useDayWords } from "../absences/day_words";
import type { Answer } from "../connection/entrance";
import { useAsked } from "../coordinator/asked";
import { faultSentence } from "../coordinator/faults";
import { officeTexts } from "../coordinator/text";
import { useStaffRefusalText } from "../staff/refusal_text";
import { clockTime } from "../text/times";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { Failed } from "../view/failed";
import { CheckIcon, FlagIcon, InfoIcon, LaterIcon, RoundIcon, WarnIcon } from "../view/icons";
import { useDoAgain } from "../view/look_at_link";
import { Note } from "../view/marks";
import { CallCard } from "./call_card";
import { type Checked, CheckForm } from "./check_form";
import { isCheckDue, isUp, nextUp } from "./next_call";
import { PeopleList } from "./people_list";
import type { PhoneDayRequests } from "./requests";
import { type GivenTask, TaskForm } from "./task_form";
import { type PhoneDayTexts, phoneDayTexts } from "./text";
import { Workers } from "./workers";

/** What the pages of the days by phone are given. */
export interface PhoneDayProps {
  readonly requests: PhoneDayRequests;
  /** The name of whoever is signed in, as the server writes it. */
  readonly by: string;
  /** Where the marks of the day are made; not there: the worker's own sessions tell. */
  readonly attendanceOf?: ((session: SessionId) => string) | undefined;
  readonly now?: () => number;
}

const LOOK_EVERY_MS = 30_000;
/** What is announced of somebody, as they stand now. */
type Said = (row: PhoneRow) => string;

/** One day by phone: whom to call now, and everybody's state beside it. */
export function CallDay(props: PhoneDayProps & { session: SessionId; has_more: boolean }) {
  const { requests, session, by, attendanceOf, now: wall = Date.now, has_more } = props;
  const t = useTexts(phoneDayTexts);
  const o = useTexts(officeTexts);
  const dayWords = useDayWords();
  const refusalText = useStaffRefusalText();
  const { announcer } = useApp();
  const [looks, setLooks] = useState(0);
  // The number of the last look, for acts that are answered after it was asked.
  const asked_last = useRef(looks);
  asked_last.current = looks;
  const asked = useAsked<{ readonly shown: PhoneDayShown; readonly look: number }>(async () => {
    const answer = await requests.day(session);
    return answer.kind === "ok" ? { ...answer, value: { shown: answer.value, look: looks } } : answer;
  }, [requests, session, looks]);
  // What an act was answered with is newer than what was asked for before it, and stays until a later look is answered.
  const [acted, setActed] = useState<{ readonly shown: PhoneDayShown; readonly look: number } | null>(null);
  const day = acted && acted.look >= (asked.value?.look ?? -1) ? acted.shown : asked.value?.shown;
  const [opened, setOpened] = useState<PersonId | null>(null);
  const [skipped, setSkipped] = useState<ReadonlySet<PersonId>>(new Set());
  const [trouble, setTrouble] = useState("");
  const [is_ending, setEnding] = useState(false);
  const [is_busy, setBusy] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useDoAgain(is_busy ? null : LOOK_EVERY_MS, () => setLooks(looks + 1), [looks, is_busy]);

  const now = wall();
  const rows = day?.people ?? [];
  // Nobody else comes under the finger while there is something to do of the one in hand.
  const held = useRef<PersonId | null>(null);
  const row =
    rows.find(({ person }) => person === opened) ??
    rows.find((one) => one.person === held.current && isUp(one, by, now)) ??
    nextUp(rows, by, now, skipped);
  held.current = row?.person ?? null;
  const shown_person = row?.person;
  const is_first = useRef(true);
  useLayoutEffect(() => {
    // The page opens at its top; from then on the next name is where the work goes on.
    if (!is_first.current) heading.current?.focus({ preventScroll: true });
    if (shown_person !== undefined) is_first.current = false;
  }, [shown_person, row?.state]);

  const fail = (words: string) => {
    setTrouble(words);
    announcer.say(words);
  };
  const refused = async (one: PhoneRow, refusal: Refusal) => {
    if (refusal.word !== "version_conflict")
      return fail(refusal.word === "not_now" ? t.not_now : refusalText(refusal));
    const answer = await requests.day(session);
    if (answer.kind !== "ok") return fail(t.changed_by(one.name, ""));
    setActed({ shown: answer.value, look: asked_last.current });
    const stands = answer.value.people.find(({ person }) => person === one.person);
    fail(t.changed_by(one.name, stands?.by ?? ""));
  };
  const act = async (one: PhoneRow, question: () => Promise<Answer<PhoneDayShown>>, said: Said) => {
    if (is_busy) return false;
    setBusy(true);
    setTrouble("");
    const answer = await question();
    setBusy(false);
    if (answer.kind === "ok") {
      // What was to be done with them is done: the next one comes, whatever this device's clock says.
      held.current = null;
      setActed({ shown: answer.value, look: asked_last.current });
      const stands = answer.value.people.find(({ person }) => person === one.person);
      announcer.say(said(stands ?? one));
      return true;
    }
    if (answer.kind !== "refused") fail(t.not_saved);
    else if (answer.errors?.[0]) fail(faultSentence(answer.errors[0], o));
    else await refused(one, answer.refusal);
    return false;
  };
  const actOn = (one: PhoneRow) => {
    const of = { person: one.person, version: one.version };
    return {
      call: async (answered: boolean) => {
        const is_done = await act(
          one,
          () => requests.call(session, { ...of, answered }),
          ({ name, state }) => {
            if (answered) return t.noted.answered(name);
            return state === "not_reached" ? t.noted.not_reached(name) : t.noted.not_answered(name);
          },
        );
        if (is_done) setOpened(answered ? one.person : null);
      },
      task: async (task: GivenTask) => {
        if (
          await act(
            one,
            () => requests.task(session, { ...of, ...task }),
            ({ name }) => t.noted.task(name),
          )
        )
          setOpened(null);
      },
      check: async (checked: Checked) => {
        const is_done = await act(
          one,
          () => requests.check(session, { ...of, ...checked }),
          ({ name }) =>
            checked.is_done
              ? t.noted.checked(name, checked.minutes)
              : t.noted.later(name, checked.check_at.replace(":", ".")),
        );
        if (is_done) setOpened(null);
      },
      undo: () =>
        act(
          one,
          () => requests.undo(session, of),
          ({ name }) => t.undone(name),
        ),
    };
  };

  const placeIn = (period: PeriodId) => async (person: PersonId, is_away: boolean, is_all: boolean) => {
    const answer = await requests.place(period, {
      person,
      role: "moderator",
      ...(is_away && { is_away: true }),
      ...(is_all ? { way: "phone_day" as const } : { session }),
    });
    setLooks(looks + 1);
    return answer.kind === "ok";
  };

  if (!day)
    return (
      <>
        <h1>{t.title}</h1>
        {asked.answer !== null && <Failed title={t.failed} onAgain={() => setLooks(looks + 1)} />}
      </>
    );
  const is_over = day.phase !== "planned";
  const acts = row && actOn(row);
  const checked = rows.filter(({ state }) => state === "checked").length;
  const attendance = attendanceOf?.(session);
  return (
    <>
      <div>
        {has_more && (
          <p>
            <a href="#phone_days">{t.back}</a>
          </p>
        )}
        <h1>{t.title}</h1>
        <p class="quiet">{t.now_is(dayWords(day.starts_at), clockTime(now))}</p>
      </div>
      {asked.answer !== null && asked.answer.kind !== "ok" && (
        <Failed title={t.failed} onAgain={() => setLooks(looks + 1)} />
      )}
      {is_over && (
        <Note icon={InfoIcon} title={t.day_ended}>
          {attendance && <a href={attendance}>{t.to_attendance}</a>}
        </Note>
      )}
      <div class="phone-day has-thumb">
        <section class="sheet call stack" aria-labelledby="phone-now">
          {row && acts ? (
            <>
              <div>
                <p class="quiet">{lead(row, opened === row.person, now, t)}</p>
                <h2 class="fig" id="phone-now" ref={heading} tabIndex={-1} dir="auto">
                  {row.name}
                </h2>
              </div>
              {row.state === "called" && <h3>{t.which_task}</h3>}
              {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
              {row.state === "called" ? (
                <TaskForm
                  key={row.person}
                  row={row}
                  tasks={day.tasks}
                  now={now}
                  ends_at={day.ends_at}
                  onGive={(task) => void acts.task(task)}
                  onBack={() => void acts.undo()}
                />
              ) : row.state === "doing" || row.state === "checked" ? (
                <CheckForm
                  key={`${row.person} ${row.state}`}
                  row={row}
                  now={now}
                  ends_at={day.ends_at}
                  onCheck={(how) => void acts.check(how)}
                />
              ) : (
                <CallCard row={row} onCalled={(answered) => void acts.call(answered)} />
              )}
              <p class="row">
                {row.state !== "called" && (
                  <Button
                    look="plain"
                    icon={LaterIcon}
                    onPress={() => {
                      held.current = null;
                      setSkipped(new Set([...skipped, row.person]));
                      setOpened(null);
                      announcer.say(t.skipped(row.name));
                    }}
                  >
                    {t.skip}
                  </Button>
                )}
                {row.can_undo && row.state !== "called" && (
                  <Button look="plain" icon={RoundIcon} onPress={() => void acts.undo()}>
                    {t.undo} <span class="vh">: {row.name}</span>
                  </Button>
                )}
              </p>
            </>
          ) : (
            <>
              <h2 id="phone-now" ref={heading} tabIndex={-1}>
                {t.nobody_left}
              </h2>
              <p class="quiet">{t.nobody_left_what}</p>
              {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
            </>
          )}
          {day.can_end && !is_over && (
            <p>
              <Button icon={FlagIcon} onPress={() => setEnding(true)}>
                {t.end}
              </Button>
            </p>
          )}
        </section>
        <div class="stack">
          <PeopleList
            rows={rows}
            now={now}
            sees_all={day.sees_all}
            in_hand={row?.person}
            onOpen={(person) => {
              setTrouble("");
              setOpened(person);
              heading.current?.scrollIntoView({ block: "center" });
            }}
          />
          <Workers day={day} onPlace={day.period_id === undefined ? undefined : placeIn(day.period_id)} />
        </div>
      </div>
      {is_ending && (
        <Dialog title={t.end_title} onClose={() => setEnding(false)}>
          <div class="stack dialog-body">
            <p>{t.end_what(checked, rows.length - checked)}</p>
            <div class="row">
              <Button
                look="main"
                icon={CheckIcon}
                onPress={async () => {
                  const answer = await requests.end(session);
                  setEnding(false);
                  if (answer.kind !== "ok") return fail(t.not_saved);
                  setActed({ shown: answer.value, look: asked_last.current });
                  announcer.say(t.ended);
                  if (attendance) location.hash = attendance;
                }}
              >
                {t.end}
              </Button>
              <Button onPress={() => setEnding(false)}>{t.back_to_list}</Button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** Why this person is the one in hand. */
function lead(row: PhoneRow, is_opened: boolean, now: number, t: PhoneDayTexts): string {
  if (row.state === "called")
    return t.answered_at(row.name, row.answered_at === undefined ? "" : clockTime(row.answered_at));
  if (isCheckDue(row, now) && row.check_at !== undefined) return t.check_now(clockTime(row.check_at));
  if (row.state === "checked" || row.state === "excused") return t.states[row.state];
  return is_opened ? t.opened : t.call_next;
}
