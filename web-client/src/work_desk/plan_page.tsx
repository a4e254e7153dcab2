import type { AgendaItemId, AssignmentId, SessionId } from "@protocol";
import type { AssignmentBody, AssignmentShown, AssignmentsAnswer, WorkWay } from "@protocol/api";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import { useAsked } from "../coordinator/asked";
import { useStaffRefusalText } from "../staff/refusal_text";
import { Radios } from "../staff/switch";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button, IconButton } from "../view/button";
import { Dialog } from "../view/dialog";
import {
  CheckIcon,
  CrossIcon,
  DownIcon,
  InfoIcon,
  PenIcon,
  PlayIcon,
  RoundIcon,
  StopIcon,
  UpIcon,
  WarnIcon,
} from "../view/icons";
import { Badge, Note } from "../view/marks";
import { PlusIcon } from "../work/icons";
import type { DeskRequests } from "./requests";
import { deskTexts } from "./text";

const QUESTIONS_MAX = 5;
const MINUTES = [15, 30, 45, 60, 90];
const WAYS: readonly WorkWay[] = ["text", "photo", "phone", "paper"];
/** Of a new one: photos are for those who ask for them. */
const USUAL_WAYS: readonly WorkWay[] = ["text", "phone", "paper"];

/** An item of the programme with which it may open. */
interface Item {
  readonly id: AgendaItemId;
  readonly kind: string;
  readonly title: string;
}

/** What is typed. Each question has a key of the page's own, so that a moved one keeps its field. */
interface Form {
  readonly id: AssignmentId | null;
  readonly version: number;
  readonly title: string;
  readonly text: string;
  readonly questions: readonly { readonly key: number; readonly text: string }[];
  readonly hint: string;
  readonly item: AgendaItemId | null;
  readonly minutes: number;
  readonly ways: readonly WorkWay[];
  readonly is_choice: boolean;
  readonly second_look: boolean;
}

export function formOf(shown: AssignmentShown | null, items: readonly Item[]): Form {
  return {
    id: shown?.id ?? null,
    version: shown?.version ?? 0,
    title: shown?.title ?? "",
    text: shown?.text ?? "",
    questions: (shown?.questions ?? [""]).map((text, key) => ({ key, text })),
    hint: shown?.hint ?? "",
    item: shown ? (shown.item ?? null) : (items.find(({ kind }) => kind === "assignment")?.id ?? null),
    minutes: shown?.minutes ?? 30,
    ways: shown?.ways ?? USUAL_WAYS,
    is_choice: shown?.is_choice ?? false,
    second_look: shown?.second_look ?? false,
  };
}

/** The form as it is asked of the server. Questions that were left empty are none. */
export function bodyOf(form: Form): AssignmentBody {
  const hint = form.hint.trim();
  return {
    ...(form.id !== null && { id: form.id, version: form.version }),
    title: form.title.trim(),
    text: form.text.trim(),
    questions: form.questions.map(({ text }) => text.trim()).filter(Boolean),
    ...(hint && { hint }),
    ...(form.item !== null && { item: form.item }),
    minutes: form.minutes,
    ways: [...form.ways],
    ...(form.is_choice && { is_choice: true }),
    ...(form.second_look && { second_look: true }),
  };
}

/** The assignments of a session, made by the coordinator or by its staff. `onState`: where there is a room. */
export function PlanPage(props: {
  session: SessionId;
  theme: string;
  items: readonly Item[];
  requests: Pick<DeskRequests, "assignments" | "plan" | "drop">;
  onState?: (assignment: AssignmentId, is_open: boolean) => void;
  /** Asked anew when it changes. */
  basis?: string;
}) {
  const { session, theme, items, requests, onState, basis } = props;
  const t = useTexts(deskTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const asked = useAsked(() => requests.assignments(session), [requests, session, basis]);
  const [known, setKnown] = useState<readonly AssignmentShown[] | null>(null);
  const takes_photos = asked.value?.takes_photos === true;
  const [form, setForm] = useState<Form | null>(null);
  const [trouble, setTrouble] = useState("");
  const [is_conflict, setConflict] = useState(false);
  const [is_saved, setSaved] = useState(false);
  const [is_dropping, setDropping] = useState(false);
  const is_unsure = useRef(false);
  useEffect(() => {
    if (asked.value) setKnown(asked.value.assignments);
  }, [asked.value]);
  // The first of them is there to be read; what is being typed stays.
  useEffect(() => {
    if (known && !form) setForm(formOf(known[0] ?? null, items));
  }, [known]);

  if (!known || !form)
    return asked.answer && asked.answer.kind !== "ok" ? (
      <Note look="stop" icon={WarnIcon} title={t.unreachable}>
        <Button icon={RoundIcon} onPress={asked.ask}>
          {c.try_now}
        </Button>
      </Note>
    ) : (
      <p class="quiet">{t.loading}</p>
    );
  const shown = known.find(({ id }) => id === form.id);
  const change = (part: Partial<Form>) => {
    setForm({ ...form, ...part });
    setSaved(false);
  };
  const choose = (one: AssignmentShown | null) => {
    setForm(formOf(one, items));
    setTrouble("");
    setConflict(false);
    setSaved(false);
  };
  const told = (answer: Answer<AssignmentsAnswer>): AssignmentsAnswer | null => {
    if (answer.kind === "ok") {
      setKnown(answer.value.assignments);
      setTrouble("");
      return answer.value;
    }
    const is_theirs = answer.kind === "refused" && answer.refusal.word === "version_conflict";
    const words = is_theirs
      ? t.changed
      : answer.kind === "refused"
        ? refusalText(answer.refusal)
        : t.unreachable;
    setTrouble(words);
    setConflict(is_theirs);
    announcer.say(words);
    if (is_theirs) asked.ask();
    return null;
  };
  const save = async () => {
    if (!form.title.trim()) {
      setTrouble(t.title_missing);
      return document.getElementById("plan-title")?.focus();
    }
    let body = bodyOf(form);
    if (is_unsure.current && form.id === null) {
      // Made already, where the answer was lost: it is not made twice.
      const listed = told(await requests.assignments(session));
      if (!listed) return;
      const made = listed.assignments.find(
        ({ id, title }) => title === body.title && !known.some((one) => one.id === id),
      );
      if (made) body = { ...body, id: made.id, version: made.version };
    }
    const planned = await requests.plan(session, body);
    is_unsure.current = planned.kind !== "ok" && planned.kind !== "refused";
    const answer = told(planned);
    if (!answer) return;
    const saved = answer.assignments.find(({ id }) => id === (answer.changed ?? form.id));
    // What has been typed since stays.
    if (saved)
      setForm((now) =>
        now === form ? formOf(saved, items) : now && { ...now, id: saved.id, version: saved.version },
      );
    setSaved(true);
    announcer.say(t.saved_now);
  };
  const drop = async () => {
    setDropping(false);
    if (form.id === null) return choose(known[0] ?? null);
    const answer = told(await requests.drop(session, { assignment: form.id }));
    if (answer) choose(answer.assignments[0] ?? null);
  };
  return (
    <div class="cols two plan-cols">
      <div>
        <div class="row">
          <h2 class="page-title">{t.plan_title}</h2>
          <Badge
            look={shown?.state === "open" ? "good" : "wait"}
            icon={shown?.state === "open" ? CheckIcon : PenIcon}
          >
            {t.states[shown?.state ?? "draft"]}
          </Badge>
        </div>
        {known.length > 0 && (
          <div class="row">
            <Radios
              name="plan-which"
              legend={t.plan_which}
              is_legend_hidden
              value={String(form.id ?? "")}
              options={known.map(({ id, title }) => ({ value: String(id), label: title }))}
              onChoose={(value) => choose(known.find(({ id }) => String(id) === value) ?? null)}
            />
            <Button icon={PlusIcon} onPress={() => choose(null)}>
              {t.plan_new}
            </Button>
          </div>
        )}
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <Asked form={form} change={change} />
          <HowAndWhen form={form} change={change} items={items} takes_photos={takes_photos} />
          {trouble && (
            <Note look="stop" icon={WarnIcon} title={trouble}>
              {is_conflict && shown && <Button onPress={() => choose(shown)}>{t.take_theirs}</Button>}
            </Note>
          )}
          <div class="row">
            <Button look="main" icon={CheckIcon} is_submit>
              {c.save}
            </Button>
            {shown && onState && shown.state !== "closed" && (
              <Button
                icon={shown.state === "open" ? StopIcon : PlayIcon}
                onPress={() => onState(shown.id, shown.state !== "open")}
              >
                {shown.state === "open" ? t.close_now : t.open_now}
              </Button>
            )}
            {is_saved && (
              <p class="st">
                <CheckIcon /> {t.saved_now}
              </p>
            )}
            {shown?.state !== "open" && shown?.state !== "closed" && (
              <Button look="stop" class="push" icon={CrossIcon} onPress={() => setDropping(true)}>
                {t.drop}
              </Button>
            )}
          </div>
        </form>
      </div>
      <AsSeen form={form} theme={theme} />
      {is_dropping && (
        <Dialog title={t.drop_sure} onClose={() => setDropping(false)}>
          <div class="row dialog-body">
            <Button look="stop" icon={CrossIcon} onPress={() => void drop()}>
              {t.drop}
            </Button>
            <Button onPress={() => setDropping(false)}>{t.drop_keep}</Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

interface Part {
  readonly form: Form;
  readonly change: (part: Partial<Form>) => void;
}

function Asked({ form, change }: Part) {
  const t = useTexts(deskTexts);
  const { questions } = form;
  const move = (index: number, by: 1 | -1) => {
    const moved = [...questions];
    const [one] = moved.splice(index, 1);
    if (one) moved.splice(index + by, 0, one);
    change({ questions: moved });
  };
  const next_key = Math.max(-1, ...questions.map(({ key }) => key)) + 1;
  return (
    <section class="sheet stack" aria-labelledby="plan-asked">
      <h3 id="plan-asked">{t.what_asked}</h3>
      <div class="field">
        <label for="plan-title">{t.f_title}</label>
        <input
          id="plan-title"
          dir="auto"
          required
          maxLength={80}
          value={form.title}
          onInput={(event) => change({ title: event.currentTarget.value })}
        />
      </div>
      <div class="field">
        <label for="plan-text">{t.f_text}</label>
        <p class="hint" id="plan-text-hint">
          {t.f_text_hint}
        </p>
        <textarea
          id="plan-text"
          dir="auto"
          rows={3}
          maxLength={2000}
          value={form.text}
          aria-describedby="plan-text-hint"
          onInput={(event) => change({ text: event.currentTarget.value })}
        />
      </div>
      <fieldset class="field stack-s">
        <legend>
          {t.f_questions}{" "}
          <span class="quiet">
            {questions.length} / {QUESTIONS_MAX}
          </span>
        </legend>
        <ol class="queue">
          {questions.map(({ key, text }, at) => (
            <li key={key}>
              <span class="pos num" aria-hidden="true">
                {at + 1}
              </span>
              <div class="field">
                <input
                  aria-label={t.f_question(at + 1)}
                  dir="auto"
                  maxLength={200}
                  value={text}
                  onInput={(event) =>
                    change({
                      questions: questions.map((one) =>
                        one.key === key ? { key, text: event.currentTarget.value } : one,
                      ),
                    })
                  }
                />
              </div>
              <div class="acts">
                {at > 0 && <IconButton icon={UpIcon} name={t.up(at + 1)} onPress={() => move(at, -1)} />}
                {at < questions.length - 1 && (
                  <IconButton icon={DownIcon} name={t.down(at + 1)} onPress={() => move(at, 1)} />
                )}
                <IconButton
                  class="plain"
                  icon={CrossIcon}
                  name={t.remove(at + 1)}
                  onPress={() => change({ questions: questions.filter((one) => one.key !== key) })}
                />
              </div>
            </li>
          ))}
        </ol>
        {questions.length < QUESTIONS_MAX && (
          <Button
            icon={PlusIcon}
            onPress={() => change({ questions: [...questions, { key: next_key, text: "" }] })}
          >
            {t.add}
          </Button>
        )}
      </fieldset>
      <div class="field">
        <label for="plan-hint">{t.f_hint}</label>
        <input
          id="plan-hint"
          dir="auto"
          maxLength={500}
          value={form.hint}
          onInput={(event) => change({ hint: event.currentTarget.value })}
        />
      </div>
    </section>
  );
}

function HowAndWhen(props: Part & { items: readonly Item[]; takes_photos: boolean }) {
  const { form, change, items, takes_photos } = props;
  const t = useTexts(deskTexts);
  const minutes = MINUTES.includes(form.minutes) ? MINUTES : [...MINUTES, form.minutes].sort((a, b) => a - b);
  // Where no photos are taken, one that asks for them can still be mended.
  const ways = WAYS.filter((way) => way !== "photo" || takes_photos || form.ways.includes(way));
  // Of the programme those that are for it; and the one that was chosen, whatever it has become.
  const offered = items.filter(({ id, kind }) => kind === "assignment" || id === form.item);
  return (
    <section class="sheet stack" aria-labelledby="plan-how">
      <h3 id="plan-how">{t.how_when}</h3>
      <fieldset class="seg many">
        <legend>{t.f_ways}</legend>
        {ways.map((way) => (
          <label key={way}>
            <input
              type="checkbox"
              checked={form.ways.includes(way)}
              onChange={(event) =>
                change({
                  ways: event.currentTarget.checked
                    ? [...form.ways, way]
                    : form.ways.filter((one) => one !== way),
                })
              }
            />{" "}
            <span>{t.ways[way]}</span>
          </label>
        ))}
        {!takes_photos && <p class="hint">{t.no_photos}</p>}
      </fieldset>
      <Radios
        name="plan-opens"
        legend={t.f_opens}
        value={String(form.item ?? "hand")}
        options={[
          ...offered.map(({ id, title }) => ({ value: String(id), label: t.opens_item(title) })),
          { value: "hand", label: t.opens_hand },
        ]}
        onChoose={(value) => change({ item: value === "hand" ? null : Number(value) })}
      />
      <div class="row">
        <div class="field">
          <label for="plan-minutes">{t.f_minutes}</label>
          <select
            id="plan-minutes"
            value={form.minutes}
            onChange={(event) => change({ minutes: Number(event.currentTarget.value) })}
          >
            {minutes.map((one) => (
              <option key={one} value={one}>
                {t.minutes(one)}
              </option>
            ))}
          </select>
        </div>
        <p class="quiet grow">{t.due}</p>
      </div>
      <label class="tick">
        <input
          type="checkbox"
          checked={form.is_choice}
          onChange={(event) => change({ is_choice: event.currentTarget.checked })}
        />{" "}
        <span>
          <b>{t.f_choice}</b> {t.f_choice_what}
        </span>
      </label>
      <label class="tick">
        <input
          type="checkbox"
          checked={form.second_look}
          onChange={(event) => change({ second_look: event.currentTarget.checked })}
        />{" "}
        <span>
          <b>{t.f_second}</b> {t.f_second_what}
        </span>
      </label>
    </section>
  );
}

/** What the fields make, as a participant sees it. Nothing in it can be pressed. */
function AsSeen({ form, theme }: { form: Form; theme: string }) {
  const t = useTexts(deskTexts);
  const questions = form.questions.map(({ text }) => text.trim()).filter(Boolean);
  return (
    <aside aria-labelledby="plan-seen">
      <h3 id="plan-seen">{t.seen_title}</h3>
      <p class="vh">{t.seen_vh}</p>
      <div class="as-seen" inert>
        <div class="theme">
          <p class="now-item">
            <b dir="auto">{theme}</b> {t.plan_title}
          </p>
          <p class="question" dir="auto">
            {form.title}
          </p>
          <p class="comes">
            {t.seen_about(form.minutes)} <b>{t.seen_today}</b>
          </p>
        </div>
        <div class="pad stack-s">
          {form.text.trim() && (
            <p class="as-written" dir="auto">
              {form.text}
            </p>
          )}
          <div class="sheet">
            {questions.length > 1 && (
              <>
                <p class="quiet">{t.seen_question(questions.length)}</p>
                <div class="leaves" aria-hidden="true">
                  {questions.map((question, at) => (
                    <i key={question} class={at === 0 ? "now" : ""} />
                  ))}
                </div>
              </>
            )}
            <div class="field">
              <b class="ask-one" dir="auto">
                {questions[0] ?? t.seen_answer}
              </b>
              {form.hint.trim() && (
                <p class="hint" dir="auto">
                  {form.hint}
                </p>
              )}
              <textarea rows={4} readOnly tabIndex={-1} dir="auto" aria-label={t.seen_answer} />
            </div>
          </div>
        </div>
      </div>
      {form.ways.includes("phone") && <p class="quiet small">{t.seen_phone}</p>}
      <Note icon={InfoIcon} title={t.change_note}>
        {t.change_note_what}
      </Note>
    </aside>
  );
}
