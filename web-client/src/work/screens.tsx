import type { OwnSubmission, OwnWorkAnswer, Sharing } from "@protocol/api";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import { refusalSentence } from "../text/common";
import { clockTime, dayText } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button, IconButton } from "../view/button";
import { focusWhenLost } from "../view/focus";
import {
  CheckIcon,
  HourglassIcon,
  InfoIcon,
  LockIcon,
  PenIcon,
  ReplyIcon,
  SendIcon,
  WarnIcon,
} from "../view/icons";
import { Note } from "../view/marks";
import { PhoneLink } from "../view/phone";
import { BackIcon, ByPhoneIcon, ForwardIcon, LetterIcon, PhoneIcon } from "./icons";
import type { WorkRequests } from "./requests";
import type { Task, WorkScreen } from "./screen";
import { workTexts } from "./text";
import { Photos, PhotosSeen } from "./use_photos";
import { type Kept, TEXT_MAX } from "./work_draft";

/** An answer counts as read when it has been on the screen this long. */
const READ_MS = 2000;
const SHARINGS: readonly Sharing[] = ["no", "without_name", "with_name"];
const THANKS_KEPT = "draft_thanks";

interface Props {
  readonly screen: WorkScreen;
  readonly task: Task;
}

/** Its start comes to below what stays at the top of the page. */
export function showFromStart(): void {
  const work = document.getElementById("work");
  const top = document.querySelector<HTMLElement>(".top")?.offsetHeight ?? 0;
  if (work) work.style.scrollMarginTop = `${top}px`;
  work?.scrollIntoView?.({ block: "start" });
}

/** A question is on the screen: what there is besides has a head of its own. */
export const isAsking = ({ stage, draft, step, questions }: Task) =>
  stage === "write" && draft.clash.value === null && step.value < questions.length;

/** One assignment, whatever has become of it. `has_head`: its title stands nowhere else. */
export function TaskSheet(props: Props & { phone: string; has_head: boolean }) {
  const { task } = props;
  const { clash, trouble, returning, kept } = task.draft;
  const t = useTexts(workTexts);
  const c = useCommon();
  const why = trouble.value;
  const is_waiting = returning.value && kept.value.kind !== "saving";
  return (
    <div class="stack work" id="work">
      {why && <Note look="stop" icon={WarnIcon} title={refusalSentence(c, why, () => "")} />}
      {task.stage === "write" && is_waiting && <Note icon={InfoIcon} title={t.not_given} />}
      {task.stage === "letter" ? (
        <Letter key={task.own.assignment.id} {...props} />
      ) : task.stage === "waits" ? (
        <Waits {...props} />
      ) : task.stage === "over" ? (
        <Over {...props} />
      ) : clash.value ? (
        <TwoTexts {...props} />
      ) : isAsking(task) ? (
        <Question {...props} />
      ) : (
        <Review {...props} />
      )}
    </div>
  );
}

function Head({ screen, task }: Props) {
  return (
    <div>
      <h2 id="work-title" tabIndex={-1} dir="auto">
        {task.own.assignment.title}
      </h2>
      <Terms screen={screen} task={task} look="quiet" />
    </div>
  );
}

/** How long it takes, and until when it is asked for: not once that has passed, for it is taken all the same. */
export function Terms({ screen, task, look }: Props & { look?: string }) {
  const t = useTexts(workTexts);
  const { minutes, due } = task.own.assignment;
  const now = screen.work.answer.value?.now ?? 0;
  return (
    <p class={look}>
      {t.about(minutes)} {(due === undefined || now < due) && <b>{t.today}</b>}
    </p>
  );
}

/** Solid: done; a thick frame: now; dashed: to come. The words beside say the same. */
function Leaves({ count, step }: { count: number; step: number }) {
  return (
    <div class="leaves" aria-hidden="true">
      {Array.from({ length: count }, (_, at) => (
        <i key={at} class={at < step ? "done" : at === step ? "now" : ""} />
      ))}
    </div>
  );
}

function Question({ screen, task, has_head }: Props & { has_head: boolean }) {
  const t = useTexts(workTexts);
  const { draft, questions, own } = task;
  const { assignment } = own;
  const step = task.step.value;
  const field = useRef<HTMLTextAreaElement>(null);
  const first = useRef(step);
  // Whoever goes on writes on; whoever has just opened the page reads first.
  useEffect(() => {
    if (first.current !== step) {
      field.current?.focus({ preventScroll: true });
      showFromStart();
    } else focusWhenLost(document.getElementById("work-title"));
    first.current = -1;
  }, [step]);
  const over = draft.letters - TEXT_MAX;
  return (
    <>
      {has_head && <Head screen={screen} task={task} />}
      {step === 0 && assignment.text && (
        <p class="as-written" dir="auto">
          {assignment.text}
        </p>
      )}
      <section class="sheet" aria-labelledby="work-label">
        {questions.length > 1 && (
          <>
            <p class="quiet">{t.question(step + 1, questions.length)}</p>
            <Leaves count={questions.length} step={step} />
          </>
        )}
        <div class="field">
          <label class="ask-one" id="work-label" for="work-field" dir="auto">
            {questions[step] || t.your_answer}
          </label>
          {assignment.hint && (
            <p class="hint" id="work-hint" dir="auto">
              {assignment.hint}
            </p>
          )}
          <textarea
            key={step}
            ref={field}
            class="tall"
            dir="auto"
            id="work-field"
            rows={5}
            value={draft.fields.value[step] ?? ""}
            aria-describedby={assignment.hint ? "work-hint work-kept" : "work-kept"}
            aria-invalid={over > 0}
            onInput={(event) => draft.type(step, event.currentTarget.value)}
            onBlur={() => draft.leave()}
          />
        </div>
        {over > 0 && <p>{t.too_long(over)}</p>}
        <div class="under">
          <KeptMark kept={draft.kept.value} />
        </div>
      </section>
      <Photos screen={screen} task={task} />
      {assignment.ways.includes("phone") && <ByPhone screen={screen} task={task} />}
      <p class="with-i quiet">
        <LockIcon /> <span>{t.private}</span>
      </p>
    </>
  );
}

/** Where the words are now. Plain text, in no live region: it changes with every rest of the hand. */
function KeptMark({ kept }: { kept: Kept }) {
  const t = useTexts(workTexts);
  const [Icon, words] =
    kept.kind === "saved"
      ? ([CheckIcon, t.saved(clockTime(kept.at))] as const)
      : kept.kind === "nothing"
        ? ([null, ""] as const)
        : kept.kind === "saving"
          ? ([HourglassIcon, t.saving] as const)
          : ([kept.kind === "nowhere" ? WarnIcon : PhoneIcon, t[kept.kind]] as const);
  return (
    <p class="st" id="work-kept">
      {Icon && <Icon />} {words}
    </p>
  );
}

/** Asks something of the work; what comes of it when it comes to nothing is told where it was asked. */
function useAct(screen: WorkScreen) {
  const t = useTexts(workTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const [trouble, setTrouble] = useState("");
  const act = async (question: (requests: WorkRequests) => Promise<Answer<OwnWorkAnswer>>) => {
    const refusal = await screen.work.act(question);
    const words =
      refusal === null ? "" : refusal === "unsent" ? t.unsent : refusalSentence(c, refusal, () => "");
    setTrouble(words);
    if (words) announcer.say(words);
    return refusal === null;
  };
  return { act, trouble: trouble && <Note look="stop" icon={WarnIcon} title={trouble} /> };
}

function ByPhone({ screen, task }: Props) {
  const t = useTexts(workTexts);
  const { act, trouble } = useAct(screen);
  const [is_asking, setAsking] = useState(false);
  const { submission, assignment } = task.own;
  const wish = (answers_by_phone: boolean) =>
    act(({ wish }) => {
      const call_back = task.call_back.peek().trim();
      return wish({ assignment: assignment.id, answers_by_phone, ...(call_back && { call_back }) });
    }).then((is_done) => is_done && setAsking(false));
  if (submission?.answers_by_phone)
    return (
      <Note look="help" icon={ByPhoneIcon} title={t.phone_waits}>
        {submission.call_back && t.call_to(submission.call_back)}
        <p class="note-acts">
          <Button onPress={() => void wish(false)}>{t.phone_cancel}</Button>
        </p>
        {trouble}
      </Note>
    );
  return (
    <section class="stack-s" aria-labelledby="work-phone">
      <h2 id="work-phone">{t.phone_title}</h2>
      <p class="quiet">{t.phone_what}</p>
      {is_asking ? (
        <form
          class="stack-s"
          onSubmit={(event) => {
            event.preventDefault();
            void wish(true);
          }}
        >
          <CallBack task={task} />
          <Button look="help" icon={ByPhoneIcon} is_submit>
            {t.phone_ask}
          </Button>
        </form>
      ) : (
        <p>
          <Button look="help" icon={ByPhoneIcon} onPress={() => setAsking(true)}>
            {t.phone}
          </Button>
        </p>
      )}
      {trouble}
    </section>
  );
}

function CallBack({ task }: { task: Task }) {
  const t = useTexts(workTexts);
  const c = useCommon();
  return (
    <div class="field">
      <label for="work-number">
        {t.phone_number} <span class="hint">({c.optional})</span>
      </label>
      <input
        id="work-number"
        type="tel"
        autocomplete="tel"
        maxLength={40}
        value={task.call_back.value}
        onInput={(event) => {
          task.call_back.value = event.currentTarget.value;
        }}
      />
    </div>
  );
}

/** Both texts whole; the one that is not chosen goes only with the choice. */
function TwoTexts({ task }: Props) {
  const t = useTexts(workTexts);
  const clash = task.draft.clash.value;
  const [is_mine, setMine] = useState(true);
  if (!clash) return null;
  const texts = [
    { is_this: true, title: t.this_text, fields: clash.mine },
    {
      is_this: false,
      title: t.other_text(clash.theirs_at === undefined ? "" : clockTime(clash.theirs_at)),
      fields: clash.theirs,
    },
  ];
  return (
    <section class="sheet stack" aria-labelledby="work-title">
      <h2 id="work-title" tabIndex={-1}>
        {t.two_texts}
      </h2>
      <fieldset class="seg one">
        <legend>{t.which}</legend>
        {texts.map(({ is_this, title, fields }) => (
          <div class="stack-s" key={title}>
            <label>
              <input
                type="radio"
                name="which-text"
                checked={is_mine === is_this}
                onChange={() => setMine(is_this)}
              />{" "}
              <span>{title}</span>
            </label>
            <Written task={task} fields={fields} />
          </div>
        ))}
      </fieldset>
      <Button look="main" onPress={() => void task.draft.settle(is_mine ? clash.mine : clash.theirs)}>
        {t.keep_chosen}
      </Button>
    </section>
  );
}

/** Questions and what was written to them. */
function Written({ task, fields, has_gaps }: { task: Task; fields: readonly string[]; has_gaps?: boolean }) {
  const t = useTexts(workTexts);
  const { questions } = task;
  return (
    <dl class="qa">
      {fields.map((text, at) => {
        if (!text.trim() && !has_gaps) return null;
        const question = questions[at];
        return (
          <div key={at}>
            <dt dir="auto">
              {question ? `${questions.length > 1 ? `${at + 1}. ` : ""}${question}` : t.your_answer}
            </dt>{" "}
            {text.trim() ? (
              <dd class="as-written" dir="auto">
                {text}
              </dd>
            ) : (
              <dd class="quiet">{t.no_answer}</dd>
            )}
          </div>
        );
      })}
    </dl>
  );
}

function Review({ screen, task }: Props) {
  const t = useTexts(workTexts);
  const { draft, questions, sharing, wants_call } = task;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <section class="sheet" aria-labelledby="work-title">
        <h2 id="work-title" ref={heading} tabIndex={-1}>
          {t.review}
        </h2>
        <p class="quiet">{t.review_what}</p>
        <Leaves count={questions.length} step={questions.length} />
        <Written task={task} fields={draft.fields.value} has_gaps />
        <div class="under">
          <KeptMark kept={draft.kept.value} />
          <Button
            icon={PenIcon}
            onPress={() => {
              task.step.value = 0;
            }}
          >
            {t.change}
          </Button>
        </div>
      </section>
      <Photos screen={screen} task={task} />
      <Share
        chosen={sharing.value}
        onChoose={(chosen) => {
          sharing.value = chosen;
        }}
      />
      <label class="tick">
        <input
          type="checkbox"
          checked={wants_call.value}
          onChange={(event) => {
            wants_call.value = event.currentTarget.checked;
          }}
        />{" "}
        <span>
          <b>{t.wants_call}</b> {t.wants_call_what}
        </span>
      </label>
      {wants_call.value && <CallBack task={task} />}
    </>
  );
}

function Share(props: { chosen: Sharing; onChoose: (chosen: Sharing) => void }) {
  const t = useTexts(workTexts);
  return (
    <fieldset class="seg one">
      <legend>{t.share}</legend>
      {SHARINGS.map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="sharing"
            checked={one === props.chosen}
            onChange={() => props.onChoose(one)}
          />{" "}
          <span>{t.sharings[one]}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Returned: calm. Where the work is, and what may still be done about it. */
function Waits({ screen, task }: Props) {
  const t = useTexts(workTexts);
  const { act, trouble } = useAct(screen);
  const { submission, assignment } = task.own;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  if (!submission) return null;
  const { source, returned_at, late, claimed_name, claimed_by, may_take_back } = submission;
  const at = returned_at === undefined ? "" : clockTime(returned_at);
  const body = { assignment: assignment.id };
  const is_own = source === "own";
  return (
    <>
      <section class="sheet stack" aria-labelledby="work-title">
        <h2 class="ask-one" id="work-title" ref={heading} tabIndex={-1}>
          {t.thanks_title}
        </h2>
        <ol class="path">
          <li class="done">
            <span class="mark">{is_own ? <CheckIcon /> : <ByPhoneIcon />}</span>{" "}
            <p>
              <b>{is_own ? t.returned : source === "phone" ? t.by_phone : t.on_paper}</b>{" "}
              {is_own ? (late ? t.returned_late(at) : t.returned_at(at)) : t.written_down(at)}
            </p>
          </li>
          <li class="waits">
            <span class="mark">
              <PenIcon />
            </span>{" "}
            <p>
              <b dir="auto">
                {claimed_by === undefined ? t.soon_read : t.will_answer(claimed_name || t.somebody)}
              </b>{" "}
              {claimed_by !== undefined && t.will_answer_what}
            </p>
          </li>
          <li class="waits">
            <span class="mark">
              <LetterIcon />
            </span>{" "}
            <p>
              <b>{t.get_answer}</b> {t.get_answer_what}
            </p>
          </li>
        </ol>
        {may_take_back && (
          <p>
            <Button icon={ReplyIcon} onPress={() => void act(({ takeBack }) => takeBack(body))}>
              {t.take_back}
            </Button>
          </p>
        )}
      </section>
      {trouble}
      <WhatIWrote screen={screen} task={task} />
      {!may_take_back && is_own && claimed_by !== undefined && (
        <p class="with-i">
          <LockIcon /> <span>{t.taken(claimed_name || t.somebody)}</span>
        </p>
      )}
      {submission.wants_call && (
        <div class="with-i">
          <ByPhoneIcon />
          <div class="stack-s">
            <p>
              {t.call_asked} <b>{submission.call_back && t.call_to(submission.call_back)}</b>
            </p>
            <Button onPress={() => void act(({ wish }) => wish({ ...body, wants_call: false }))}>
              {t.call_cancel}
            </Button>
          </div>
        </div>
      )}
      {submission.is_shared ? (
        <p class="quiet">{t.is_shared}</p>
      ) : (
        <Share
          chosen={submission.sharing}
          onChoose={(sharing) => void act(({ share }) => share({ ...body, sharing }))}
        />
      )}
    </>
  );
}

function WhatIWrote({ screen, task }: Props) {
  const t = useTexts(workTexts);
  const [is_open, setOpen] = useState(false);
  const { fields = [], other } = task.own.submission ?? {};
  return (
    <details class="fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t.what_i_wrote}</summary>
      <Written task={task} fields={fields} />
      {is_open && <PhotosSeen screen={screen} task={task} />}
      {other && (
        <>
          <p class="quiet">{t.also_wrote}</p>
          <Written task={task} fields={other.fields} />
        </>
      )}
    </details>
  );
}

/** The personal answer. It is on the screen because somebody pressed, and a while after that it is read. */
function Letter({ screen, task, phone }: Props & { phone: string }) {
  const t = useTexts(workTexts);
  const { language, timers } = useApp();
  const { submission, assignment } = task.own;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const is_unread = submission?.state === "sent";
  useEffect(() => {
    if (!is_unread) return;
    let callOff: () => void = () => undefined;
    const look = () => {
      callOff();
      if (document.visibilityState !== "hidden")
        callOff = timers.after(
          READ_MS,
          () => void screen.work.act(({ read }) => read({ assignment: assignment.id })),
        );
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      callOff();
      document.removeEventListener("visibilitychange", look);
    };
  }, [is_unread]);
  const [latest, ...earlier] = [...(submission?.answers ?? [])].reverse();
  if (!submission || !latest) return null;
  return (
    <>
      <h2 id="work-title" ref={heading} tabIndex={-1} dir="auto">
        {t.answered(latest.name || t.somebody)}
      </h2>
      <article class="sheet letter" aria-labelledby="work-title">
        <Flap />
        <div class="in">
          {earlier.length > 0 && <p class="quiet">{t.corrected}</p>}
          <div class="words stack" dir="auto">
            {latest.text.split(/\n\s*\n/).map((words, at) => (
              <p key={at} class="as-written">
                {words}
              </p>
            ))}
          </div>
          <p class="quiet small">
            {dayText(latest.sent_at, language.value)} {clockTime(latest.sent_at)}. {t.answer_seen_by}
          </p>
        </div>
        <Thanks screen={screen} task={task} submission={submission} />
      </article>
      {earlier.map(({ text, sent_at }) => (
        <details class="fold" key={sent_at}>
          <summary>{t.earlier(clockTime(sent_at))}</summary>
          <p class="as-written" dir="auto">
            {text}
          </p>
        </details>
      ))}
      <WhatIWrote screen={screen} task={task} />
      {phone && (
        <section aria-labelledby="work-talk">
          <h2 id="work-talk">{t.talk}</h2>
          <PhoneLink phone={phone} />
        </section>
      )}
    </>
  );
}

/** Belongs to a person's answer alone. */
export function Flap() {
  return (
    <svg class="flap" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">
      <path d="M0 0L50 19 100 0" />
    </svg>
  );
}

/** One line back. What was written and not sent outlives a reload of the tab. */
function Thanks({ screen, task, submission }: Props & { submission: OwnSubmission }) {
  const t = useTexts(workTexts);
  const { keep } = useApp();
  const { act, trouble } = useAct(screen);
  const mark = `${task.own.assignment.id}:`;
  const kept = keep.get(THANKS_KEPT);
  const [text, setText] = useState(kept?.startsWith(mark) ? kept.slice(mark.length) : "");
  if (submission.thanks)
    return (
      <div class="slip">
        <p class="quiet">{t.said}</p>
        <p class="as-written" dir="auto">
          {submission.thanks}
        </p>
      </div>
    );
  const send = async () => {
    const words = text.trim();
    if (!words) return;
    const is_done = await act(({ thank }) => thank({ assignment: task.own.assignment.id, text: words }));
    if (is_done) keep.remove(THANKS_KEPT);
  };
  return (
    <form
      class="slip"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div class="field">
        <label for="work-thanks">{t.say}</label>
        <p class="hint" id="work-thanks-hint">
          {t.say_hint}
        </p>
        <textarea
          id="work-thanks"
          dir="auto"
          rows={2}
          maxLength={500}
          value={text}
          aria-describedby="work-thanks-hint"
          onInput={(event) => {
            setText(event.currentTarget.value);
            keep.set(THANKS_KEPT, mark + event.currentTarget.value);
          }}
        />
      </div>
      <div class="under">
        <Button class="push" icon={SendIcon} is_submit>
          {t.say_send}
        </Button>
      </div>
      {trouble}
    </form>
  );
}

function Over({ task, phone }: Props & { phone: string }) {
  const t = useTexts(workTexts);
  const fields = task.draft.fields.value;
  const has_words = fields.some((text) => text.trim());
  return (
    <>
      <Note icon={InfoIcon} title={t.over}>
        {has_words ? t.over_what : t.over_nothing}
        {phone && <PhoneLink phone={phone} />}
      </Note>
      {has_words && <Written task={task} fields={fields} />}
    </>
  );
}

/** Back, and on: the main act while an assignment is written. Null when it is not. */
export function Pager({ task }: { task: Task }) {
  const t = useTexts(workTexts);
  const { draft, step, questions, sharing, wants_call, call_back, photo, own } = task;
  if (task.stage !== "write" || draft.clash.value) return null;
  const at = step.value;
  const go = (to: number) => {
    draft.leave();
    step.value = to;
  };
  const is_empty = draft.letters === 0 && !own.submission?.photos?.length;
  const is_over = draft.letters > TEXT_MAX;
  const why = draft.returning.value
    ? t.giving_in
    : photo.value
      ? t.photo_waits
      : is_empty
        ? t.nothing_yet
        : is_over
          ? t.too_long(draft.letters - TEXT_MAX)
          : undefined;
  const giveIn = () =>
    draft.giveIn({
      sharing: sharing.peek(),
      wants_call: wants_call.peek(),
      ...(wants_call.peek() && call_back.peek().trim() && { call_back: call_back.peek().trim() }),
    });
  return (
    <>
      {at === questions.length && why && <p class="dock-line">{why}</p>}
      <div class="pager">
        {at > 0 && <IconButton icon={BackIcon} name={t.previous} onPress={() => go(at - 1)} />}
        {at < questions.length ? (
          <Button look="main" is_big onPress={() => go(at + 1)}>
            {t.next} <ForwardIcon />
          </Button>
        ) : (
          <Button look="main" is_big icon={SendIcon} unusable_because={why} onPress={giveIn}>
            {t.give_in}
          </Button>
        )}
      </div>
    </>
  );
}
