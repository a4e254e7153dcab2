import type { Poll, Refusal } from "@protocol";
import { useId, useState } from "preact/hooks";
import { useStaffRefusalText } from "../staff/refusal_text";
import { one } from "../state/room_state";
import { nameOf } from "../state/selectors";
import { useCommon, useLine, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { PollIcon } from "../view/poll_icons";
import { pollDeskTexts } from "./text/poll";

const OPTIONS_MAX = 6;

/** What is typed: lines may be empty, and count as not there. */
interface Typed {
  readonly question: string;
  readonly options: readonly string[];
  readonly most: number;
  readonly is_quiz: boolean;
  readonly right: readonly number[];
  readonly why: string;
}

function typedOf(poll: Poll | undefined, question: string): Typed {
  return {
    question: poll?.question ?? question,
    options: poll ? [...poll.options] : ["", "", ""],
    most: poll?.choices_max ?? 1,
    is_quiz: poll?.quiz ?? false,
    right: poll?.right ?? [],
    why: poll?.why ?? "",
  };
}

/** What is sent of it: the lines that say something, and which of those are right. */
export function pollOf(typed: Typed) {
  const filled = typed.options
    .map((text, place) => ({ text: text.trim(), place }))
    .filter(({ text }) => text);
  const right = filled.flatMap(({ place }, now) => (typed.right.includes(place) ? [now] : []));
  const why = typed.why.trim();
  return {
    question: typed.question.trim(),
    options: filled.map(({ text }) => text),
    choices_max: Math.max(1, Math.min(typed.most, filled.length)),
    ...(typed.is_quiz ? { right, ...(why ? { why } : {}) } : {}),
  };
}

/** A poll made, or a draft in other words. What was typed stays until the server has taken it. */
export function PollForm(props: {
  poll: Poll | undefined;
  /** As it was begun elsewhere. */
  question: string;
  why_not_open: string | undefined;
  onMade: () => void;
  onClose: () => void;
}) {
  const { poll, question, why_not_open, onMade, onClose } = props;
  const t = useTexts(pollDeskTexts);
  const c = useCommon();
  const line = useLine();
  const inWords = useStaffRefusalText((id) => nameOf(line.room.peek(), id));
  const id = useId();
  const [typed, setTyped] = useState(() => typedOf(poll, question));
  const [version, setVersion] = useState(poll?.version ?? 1);
  const [trouble, setTrouble] = useState("");
  const [is_busy, setBusy] = useState(false);
  const change = (part: Partial<Typed>) => setTyped({ ...typed, ...part });

  const tell = (refusal: Refusal) => {
    const now = poll && one(line.room.peek(), "poll", poll.id);
    if (refusal.word === "version_conflict" && now) {
      setVersion(now.version);
      return setTrouble(t.changed_meanwhile(now.question));
    }
    setTrouble(refusal.word === "invalid" ? t.two_options : inWords(refusal));
  };
  const send = async (open: boolean) => {
    if (is_busy) return;
    const said = pollOf(typed);
    if (!said.question) return setTrouble(t.question_first);
    if (said.options.length < 2) return setTrouble(t.two_options);
    if (typed.is_quiz && !said.right?.length) return setTrouble(t.which_right_first);
    setBusy(true);
    const outcome = await line.send(
      poll
        ? { type: "change_poll", poll: poll.id, version, ...said }
        : { type: "make_poll", ...said, ...(open ? { open } : {}) },
    );
    setBusy(false);
    if (outcome.kind === "done") {
      if (!poll) onMade();
      return onClose();
    }
    if (outcome.kind !== "refused") return setTrouble(c.line_lost);
    tell(outcome.refusal);
    // It stands here, beside what was typed: not in the corner as well.
    for (const { id: sent, command } of line.refused.peek())
      if (command.type === "make_poll" || command.type === "change_poll") line.dismiss(sent);
  };
  const filled = typed.options.filter((text) => text.trim()).length;
  return (
    <Dialog title={poll ? t.form_edit : t.form_new} onClose={onClose}>
      <form
        class="stack dialog-body"
        onSubmit={(event) => {
          event.preventDefault();
          void send(false);
        }}
      >
        <div class="field">
          <label for={`${id}-question`}>{t.question}</label>
          <input
            dir="auto"
            id={`${id}-question`}
            maxLength={200}
            value={typed.question}
            onInput={(event) => change({ question: event.currentTarget.value })}
          />
        </div>
        {typed.options.map((option, place) => (
          <div class="field" key={place}>
            <label for={`${id}-option-${place}`}>{t.option_at(place + 1)}</label>
            <input
              dir="auto"
              id={`${id}-option-${place}`}
              maxLength={80}
              value={option}
              onInput={(event) => {
                const { value } = event.currentTarget;
                change({ options: typed.options.map((text, at) => (at === place ? value : text)) });
              }}
            />
          </div>
        ))}
        {typed.options.length < OPTIONS_MAX && (
          <p class="row">
            <Button onPress={() => change({ options: [...typed.options, ""] })}>{t.option_more}</Button>
          </p>
        )}
        <div class="field">
          <label for={`${id}-most`}>{t.choices_max}</label>
          <select
            id={`${id}-most`}
            value={String(Math.min(typed.most, Math.max(filled, 1)))}
            onChange={(event) => change({ most: Number(event.currentTarget.value) })}
          >
            {Array.from({ length: Math.max(filled, 1) }, (_, count) => (
              <option key={count} value={String(count + 1)}>
                {count + 1}
              </option>
            ))}
          </select>
        </div>
        <label class="tick">
          <input
            type="checkbox"
            checked={typed.is_quiz}
            onChange={(event) => change({ is_quiz: event.currentTarget.checked })}
          />{" "}
          <span>{t.is_quiz}</span>
        </label>
        {typed.is_quiz && (
          <>
            <fieldset class="seg one many">
              <legend>{t.which_right}</legend>
              {typed.options.map(
                (option, place) =>
                  option.trim() && (
                    <label key={place}>
                      <input
                        type="checkbox"
                        checked={typed.right.includes(place)}
                        onChange={(event) => {
                          const others = typed.right.filter((each) => each !== place);
                          change({ right: event.currentTarget.checked ? [...others, place] : others });
                        }}
                      />{" "}
                      <span dir="auto">{option}</span>
                    </label>
                  ),
              )}
            </fieldset>
            <div class="field">
              <label for={`${id}-why`}>{t.why_short}</label>
              <input
                dir="auto"
                id={`${id}-why`}
                maxLength={300}
                value={typed.why}
                onInput={(event) => change({ why: event.currentTarget.value })}
              />
            </div>
          </>
        )}
        {trouble && (
          <div role="alert">
            <Note look="stop" icon={WarnIcon} title={trouble} />
          </div>
        )}
        <div class="row">
          <Button look="main" is_submit>
            {t.save}
          </Button>
          {!poll && (
            <Button icon={PollIcon} unusable_because={why_not_open} onPress={() => void send(true)}>
              {t.save_open}
            </Button>
          )}
          <Button onPress={onClose}>{c.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
