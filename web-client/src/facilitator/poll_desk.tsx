import "../style/poll.css";
import { computed } from "@preact/signals";
import type { Command, Poll } from "@protocol";
import { useEffect, useId, useMemo, useState } from "preact/hooks";
import { utcOf } from "../connection/clock";
import type { RoomLine } from "../connection/room_line";
import { listed, useKeptFocus } from "../staff/keep_focus";
import { useMay } from "../staff/may";
import { useRoomOf } from "../staff/room_of";
import { mayAnswer, openPoll, pollsIn, resultOf } from "../state/polls";
import { the } from "../state/room_state";
import { people } from "../state/selectors";
import { clockTime } from "../text/times";
import { useApp, useCommon, useLine, useRoomNow, useTexts } from "../view/app";
import { Button, classes } from "../view/button";
import { Dialog } from "../view/dialog";
import { CheckIcon, ClockIcon, LockIcon, PenIcon, PlayIcon, RoundIcon, StopIcon } from "../view/icons";
import { Badge } from "../view/marks";
import { ByPhoneIcon, EyeIcon, PollIcon } from "../view/poll_icons";
import { PollOptions } from "../view/poll_option";
import { Bar, PollResult } from "../view/poll_result";
import { PollForm } from "./poll_form";
import { pollDeskTexts } from "./text/poll";

/** Until when the staff prepare and ask. */
const PHASES = ["planned", "rehearsal", "doors_open", "live", "paused", "debrief"];
/** When there are people who could answer. */
const ASKING = ["rehearsal", "doors_open", "live", "paused"];

/** How many had answered each when it was last told of. One of a rehearsal is opened again, at another time. */
const last = new WeakMap<RoomLine, Map<string, number>>();

/** Answers are never taken back one by one: where there are fewer than there were, everyone is asked again. */
function useBegunAnew(poll: Poll): boolean {
  const line = useLine();
  const [is_anew, setAnew] = useState(false);
  const answered = poll.answered ?? 0;
  const asked = `${poll.id} ${poll.opened_at}`;
  useEffect(() => {
    const known = last.get(line) ?? new Map<string, number>();
    last.set(line, known);
    if (answered < (known.get(asked) ?? 0)) setAnew(true);
    known.set(asked, answered);
  }, [answered, asked]);
  return is_anew;
}

const SOFT_MINUTES = [1, 2, 3, 5, 10];

/** After how many minutes whoever sits here wishes to be reminded of each; kept while the page is. */
const soft = new WeakMap<RoomLine, Map<string, number>>();

/** A clock for whoever asks: nobody who answers sees it, and it closes nothing. */
function SoftClock({ poll }: { poll: Poll }) {
  const t = useTexts(pollDeskTexts);
  const line = useLine();
  const id = useId();
  const now = useRoomNow();
  const asked = `${poll.id} ${poll.opened_at}`;
  const [minutes, setMinutes] = useState(soft.get(line)?.get(asked) ?? 0);
  const passed = useMemo(
    () => computed(() => Math.max(0, Math.floor(((now.value ?? 0) - (poll.opened_at ?? 0)) / 60_000))),
    [now, poll.opened_at],
  ).value;
  const choose = (wished: number) => {
    soft.set(line, (soft.get(line) ?? new Map<string, number>()).set(asked, wished));
    setMinutes(wished);
  };
  return (
    <div>
      <p class="quiet num">{t.open_for(passed)}</p>
      <div class="field order">
        <label for={id}>{t.soft_clock}</label>
        <select
          id={id}
          value={String(minutes)}
          onChange={(event) => choose(Number(event.currentTarget.value))}
        >
          <option value="0">{t.soft_none}</option>
          {SOFT_MINUTES.map((each) => (
            <option key={each} value={String(each)}>
              {t.soft_after(each)}
            </option>
          ))}
        </select>
      </div>
      <div role="status">
        {minutes > 0 && passed >= minutes && (
          <p class="with-i">
            <ClockIcon /> <b>{t.soft_up(minutes)}</b>
          </p>
        )}
      </div>
    </div>
  );
}

/** What is asked now, and what is closed and not shown yet. */
export function PollsNow() {
  const room = useRoomOf("poll", "person", "room");
  const list = useKeptFocus<HTMLDivElement>();
  const open = openPoll(room);
  const closed = pollsIn(room, "closed");
  return (
    <div ref={list} class="stack polls">
      {open && <Open key={open.id} poll={open} all={mayAnswer(room, open.answered ?? 0)} />}
      {closed.map((poll) => (
        <Closed key={poll.id} poll={poll} />
      ))}
    </div>
  );
}

function Open({ poll, all }: { poll: Poll; all: number }) {
  const t = useTexts(pollDeskTexts);
  const line = useLine();
  const { announcer } = useApp();
  const id = useId();
  const [opened, setOpened] = useState<"phone" | "withdraw" | null>(null);
  const clock = line.clock.value;
  const answered = poll.answered ?? 0;
  const is_anew = useBegunAnew(poll);
  const close = async () => {
    const outcome = await line.send({ type: "close_poll", poll: poll.id });
    if (outcome.kind === "done") announcer.say(t.closed_done);
  };
  return (
    <section class="item open stack" aria-labelledby={id} {...listed(poll.id)}>
      <div class="row">
        <Badge look="good" icon={PollIcon}>
          {t.open_now}
        </Badge>{" "}
        {clock && poll.opened_at !== undefined && (
          <span class="quiet num">{t.opened_at(clockTime(utcOf(clock, poll.opened_at)))}</span>
        )}
      </div>
      <h2 class="ask-one" id={id} dir="auto">
        {poll.question}
      </h2>
      <div>
        <p class="vh">{t.answered_said(answered, all)}</p>
        <ul class="tally" aria-hidden="true">
          <li>
            <b class="num">{t.answered(answered, all)}</b> {t.answered_what}
          </li>
        </ul>
        <Bar part={answered} of={all} />
      </div>
      <div role="status">
        {is_anew && (
          <p class="with-i">
            <RoundIcon /> <b>{t.anew}</b>
          </p>
        )}
      </div>
      <SoftClock poll={poll} />
      <ol class="line-up" aria-label={t.options}>
        {poll.options.map((option, place) => (
          <li key={option} dir="auto">
            <b>{place + 1}</b> {option}
          </li>
        ))}
      </ol>
      <div class="row">
        <Button look="main" icon={StopIcon} onPress={() => void close()}>
          {t.close}
        </Button>
        <Button icon={ByPhoneIcon} onPress={() => setOpened("phone")}>
          {t.by_phone}
        </Button>
        <Button look="plain" onPress={() => setOpened("withdraw")}>
          {t.withdraw}
        </Button>
      </div>
      <p class="quiet small">{t.open_what}</p>
      {opened === "phone" && <PhoneAnswer poll={poll} onClose={() => setOpened(null)} />}
      {opened === "withdraw" && <Withdraw poll={poll} onClose={() => setOpened(null)} />}
    </section>
  );
}

function Withdraw({ poll, onClose }: { poll: Poll; onClose: () => void }) {
  const t = useTexts(pollDeskTexts);
  const line = useLine();
  return (
    <Dialog title={t.withdraw_title} onClose={onClose}>
      <div class="stack dialog-body">
        <p dir="auto">
          <b>{poll.question}</b>
        </p>
        <p>{t.withdraw_what}</p>
        <div class="row">
          <Button
            look="stop"
            onPress={() => {
              void line.send({ type: "withdraw_poll", poll: poll.id });
              onClose();
            }}
          >
            {t.withdraw_yes}
          </Button>
          <Button onPress={onClose}>{t.withdraw_no}</Button>
        </div>
      </div>
    </Dialog>
  );
}

/** What somebody on the phone chose: whoever notes it is the only one who knows. */
function PhoneAnswer({ poll, onClose }: { poll: Poll; onClose: () => void }) {
  const t = useTexts(pollDeskTexts);
  const c = useCommon();
  const line = useLine();
  const { announcer } = useApp();
  const id = useId();
  const room = useRoomOf("person", "poll_answer");
  const callers = people(room).filter(({ role, on_phone }) => role === "participant" && on_phone);
  const [person, setPerson] = useState<number | null>(null);
  const [places, setPlaces] = useState<readonly number[]>([]);
  const caller = callers.find((one) => one.id === person) ?? callers[0];
  const note = async (event: Event) => {
    event.preventDefault();
    if (!caller || places.length === 0) return;
    onClose();
    const outcome = await line.send({
      type: "answer_poll_for",
      poll: poll.id,
      person: caller.id,
      options: [...places],
    });
    if (outcome.kind === "done") announcer.say(t.phone_done(caller.name));
  };
  return (
    <Dialog title={t.phone_title} onClose={onClose}>
      <form class="stack dialog-body" onSubmit={(event) => void note(event)}>
        {caller ? (
          <>
            <div class="field">
              <label for={id}>{t.phone_who}</label>
              <select
                id={id}
                value={String(caller.id)}
                onChange={(event) => setPerson(Number(event.currentTarget.value))}
              >
                {callers.map((one) => (
                  <option key={one.id} value={String(one.id)}>
                    {room.things.poll_answer.get(one.id)?.poll === poll.id
                      ? `${one.name} (${t.phone_noted})`
                      : one.name}
                  </option>
                ))}
              </select>
            </div>
            <fieldset class={classes("seg one", poll.choices_max > 1 && "many")}>
              <legend>{t.phone_what}</legend>
              <PollOptions
                options={poll.options}
                choices_max={poll.choices_max}
                chosen={places}
                name={`${id}-option`}
                onChoose={setPlaces}
              />
            </fieldset>
            <p class="with-i">
              <LockIcon /> <span>{t.phone_know}</span>
            </p>
          </>
        ) : (
          <p>{t.phone_nobody}</p>
        )}
        <div class="row">
          {caller && (
            <Button
              look="main"
              icon={CheckIcon}
              is_submit
              unusable_because={places.length === 0 ? t.phone_what : undefined}
            >
              {t.phone_save}
            </Button>
          )}
          <Button onPress={onClose}>{c.close}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function Closed({ poll }: { poll: Poll }) {
  const t = useTexts(pollDeskTexts);
  const line = useLine();
  const { announcer } = useApp();
  const id = useId();
  const [why, setWhy] = useState(poll.why ?? "");
  const rows = resultOf(poll);
  const show = async () => {
    const said = why.trim() !== (poll.why ?? "") ? { why: why.trim() } : {};
    const outcome = await line.send({ type: "show_poll", poll: poll.id, ...said });
    if (outcome.kind === "done") announcer.say(t.shown_done);
  };
  return (
    <section class="item stack" aria-labelledby={id} {...listed(poll.id)}>
      <div class="row">
        <Badge icon={CheckIcon}>{t.closed_now}</Badge>{" "}
        {poll.answered !== undefined && <span class="quiet num">{t.count(poll.answered)}</span>}
      </div>
      <h2 class="ask-one" id={id} dir="auto">
        {poll.question}
      </h2>
      {rows ? (
        <PollResult
          caption={t.caption(poll.question, poll.answered ?? 0)}
          rows={rows}
          heads={[t.option, t.amount]}
          mark={(row) =>
            row.is_right && (
              <Badge look="good" icon={CheckIcon}>
                {t.right}
              </Badge>
            )
          }
        />
      ) : (
        <Few />
      )}
      {poll.quiz && (
        <div class="field">
          <label for={`${id}-why`}>{t.why}</label>
          <input
            dir="auto"
            id={`${id}-why`}
            maxLength={300}
            value={why}
            onInput={(event) => setWhy(event.currentTarget.value)}
          />
        </div>
      )}
      <div class="row">
        <Button look="main" icon={EyeIcon} onPress={() => void show()}>
          {t.show}
        </Button>
        <Button onPress={() => void line.send({ type: "withdraw_poll", poll: poll.id })}>{t.show_not}</Button>
      </div>
    </section>
  );
}

function Few() {
  const t = useTexts(pollDeskTexts);
  return (
    <p class="with-i">
      <LockIcon />{" "}
      <span>
        <b>{t.few}</b> {t.few_what}
      </span>
    </p>
  );
}

/** To ask at once, what is ready, and what has been shown. */
export function PollsAside() {
  const t = useTexts(pollDeskTexts);
  const line = useLine();
  const may = useMay();
  const room = useRoomOf("poll", "room");
  const list = useKeptFocus<HTMLElement>();
  const id = useId();
  const [question, setQuestion] = useState("");
  const [form, setForm] = useState<Poll | "new" | null>(null);
  const [is_busy, setBusy] = useState(false);
  const phase = the(room, "room")?.phase ?? "planned";
  if (!PHASES.includes(phase) || !may("make_poll")) return null;
  const why_not_open = !ASKING.includes(phase)
    ? t.not_open_yet
    : openPoll(room)
      ? t.one_at_a_time
      : undefined;
  const asked = question.trim();
  const drafts = pollsIn(room, "draft").reverse();
  const shown = pollsIn(room, "shown").reverse();

  /** The question leaves its field when it has been taken. */
  const make = async (command: Command) => {
    if (is_busy) return;
    setBusy(true);
    const outcome = await line.send(command);
    setBusy(false);
    if (outcome.kind === "done") setQuestion("");
  };
  return (
    <>
      <section class="sheet stack" aria-labelledby={`${id}-now`}>
        <h2 id={`${id}-now`}>{t.ask_now}</h2>
        <div class="field">
          <label for={`${id}-question`}>{t.question}</label>
          <p class="hint" id={`${id}-hint`}>
            {t.question_hint}
          </p>
          <input
            dir="auto"
            id={`${id}-question`}
            maxLength={200}
            aria-describedby={`${id}-hint`}
            value={question}
            onInput={(event) => setQuestion(event.currentTarget.value)}
          />
        </div>
        <div class="row">
          <Button
            icon={PollIcon}
            unusable_because={why_not_open ?? (asked ? undefined : t.question_first)}
            described_by={why_not_open && `${id}-because`}
            onPress={() =>
              void make({ type: "make_poll", question: asked, options: t.yes_no_options, open: true })
            }
          >
            {t.yes_no}
          </Button>
          <Button look="plain" onPress={() => setForm("new")}>
            {t.own_options}
          </Button>
        </div>
        {why_not_open && (
          <p class="quiet small" id={`${id}-because`}>
            {why_not_open}
          </p>
        )}
      </section>

      <section class="sheet" aria-labelledby={`${id}-ready`} ref={list}>
        <div class="sheet-h">
          <h2 id={`${id}-ready`} tabIndex={-1} data-list-end="">
            {t.ready}
          </h2>{" "}
          <span class="count num">{drafts.length}</span>
        </div>
        {drafts.length === 0 && <p class="quiet">{t.ready_none}</p>}
        <ul class="lines">
          {drafts.map((poll) => (
            <li key={poll.id} class="stack-s" {...listed(poll.id)}>
              <p>
                <b dir="auto">{poll.question}</b>
                <br />
                <span class="quiet small">
                  {poll.quiz
                    ? t.quiz_what(poll.options.length)
                    : t.poll_what(poll.options.length, poll.choices_max)}
                </span>
              </p>
              <div class="row">
                <Button
                  icon={PlayIcon}
                  unusable_because={why_not_open}
                  onPress={() => void line.send({ type: "open_poll", poll: poll.id })}
                >
                  {t.open} <span class="vh">: {poll.question}</span>
                </Button>
                <Button look="plain" icon={PenIcon} onPress={() => setForm(poll)}>
                  {t.edit} <span class="vh">: {poll.question}</span>
                </Button>
                <Button look="plain" onPress={() => void line.send({ type: "withdraw_poll", poll: poll.id })}>
                  {t.remove} <span class="vh">: {poll.question}</span>
                </Button>
              </div>
            </li>
          ))}
        </ul>
        <p class="row foot">
          <Button onPress={() => setForm("new")}>{t.add}</Button>
        </p>
      </section>

      {shown.length > 0 && (
        <section class="sheet stack-s" aria-labelledby={`${id}-shown`}>
          <h2 id={`${id}-shown`}>{t.shown}</h2>
          {shown.map((poll) => (
            <p key={poll.id} class="with-i">
              {poll.counts ? <CheckIcon /> : <LockIcon />}{" "}
              <span>
                <bdi>{poll.question}</bdi>{" "}
                <span class="quiet">
                  {poll.answered !== undefined ? t.shown_count(poll.answered) : `${t.few} ${t.few_what}`}
                </span>
              </span>
            </p>
          ))}
        </section>
      )}
      {form !== null && (
        <PollForm
          poll={form === "new" ? undefined : form}
          question={question}
          why_not_open={why_not_open}
          onMade={() => setQuestion("")}
          onClose={() => setForm(null)}
        />
      )}
    </>
  );
}
