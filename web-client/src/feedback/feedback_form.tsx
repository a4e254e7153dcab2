import "../style/feedback.css";
import type { Signal } from "@preact/signals";
import type { FaceAnswer, FeedbackBody, FeedbackQuestion } from "@protocol/api";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import { refusalSentence } from "../text/common";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { BadFaceIcon, FairFaceIcon, GoodFaceIcon, PoorFaceIcon } from "../view/feedback_icons";
import { LockIcon, SendIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { feedbackTexts } from "./text";

const WORDS_MAX = 500;
/** None in the middle. */
export const FACES = [
  ["good", GoodFaceIcon],
  ["fair", FairFaceIcon],
  ["poor", PoorFaceIcon],
  ["bad", BadFaceIcon],
] as const satisfies readonly (readonly [FaceAnswer, unknown])[];
export const QUESTIONS = ["felt", "heard", "worked"] as const satisfies readonly FeedbackQuestion[];

/**
 * Three questions with four faces, and words. What is answered is on this page alone until it is sent, and nowhere
 * after it.
 */
export function FeedbackForm(props: {
  /** What is answered so far. */
  draft: Signal<FeedbackBody>;
  give: (body: FeedbackBody) => Promise<Answer<unknown>>;
  /** For whom, where it is somebody on the phone. */
  whose?: string;
  onSkip: () => void;
  /** It is taken, now or before. */
  onDone: () => void;
}) {
  const { draft, give, whose, onSkip, onDone } = props;
  const t = useTexts(feedbackTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const answers = draft.value;
  const [is_sending, setSending] = useState(false);
  const [trouble, setTrouble] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Who comes back to it, as when the room has ended meanwhile, is led nowhere.
    if (Object.keys(draft.peek()).length === 0) heading.current?.focus();
  }, []);

  const change = (part: Partial<FeedbackBody>) => {
    setTrouble("");
    draft.value = { ...draft.peek(), ...part };
  };
  const tell = (sentence: string) => {
    setTrouble(sentence);
    announcer.say(sentence);
  };
  const send = async () => {
    if (is_sending) return;
    const words = answers.words?.trim() ?? "";
    const says_something = QUESTIONS.some((question) => answers[question]) || words !== "";
    if (!says_something) return tell(t.nothing);
    setSending(true);
    const { words: _, ...others } = answers;
    const answer = await give({ ...others, ...(words && { words }) });
    setSending(false);
    if (answer.kind === "ok") {
      announcer.say(t.thanks);
      return onDone();
    }
    if (answer.kind !== "refused") return tell(t.kept);
    const { word } = answer.refusal;
    // Taken already, as when the answer to the first press was lost on the way.
    if (word === "already_handled") return onDone();
    if (word === "over") return tell(t.too_late);
    if (word === "text_too_long") return tell(t.too_long);
    tell(word === "not_saving" ? t.kept : refusalSentence(c, answer.refusal, () => ""));
  };

  return (
    <form
      class="feedback stack-l"
      aria-labelledby="feedback-title"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h2 id="feedback-title" tabIndex={-1} ref={heading}>
        {whose ?? t.title}
      </h2>
      <Note icon={LockIcon} title={t.nobody}>
        {t.nobody_what}
      </Note>
      {QUESTIONS.map((question) => (
        <Faces
          key={question}
          question={question}
          title={t[question]}
          words={question === "felt" ? t.felt_faces : t.faces}
          cannot_say={t.cannot_say}
          chosen={answers[question]}
          onChoose={(face) => change({ [question]: face })}
        />
      ))}
      <div class="field">
        <label class="ask-one" for="feedback-words">
          {t.change}
        </label>
        <p class="hint" id="feedback-hint">
          {t.change_hint}
        </p>
        <textarea
          id="feedback-words"
          dir="auto"
          rows={3}
          maxLength={WORDS_MAX}
          aria-describedby="feedback-hint"
          autocomplete="off"
          value={answers.words ?? ""}
          onInput={(event) => change({ words: event.currentTarget.value })}
        />
      </div>
      <div>
        <Tick checked={answers.helped ?? false} onChange={(helped) => change({ helped })}>
          {t.helped}
        </Tick>
        <Tick checked={answers.about_staff ?? false} onChange={(about_staff) => change({ about_staff })}>
          {t.about_staff}
        </Tick>
      </div>
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      <p class="quiet small final">{is_sending ? t.sending : t.final}</p>
      <div class="row">
        <button class="btn main big" type="submit" aria-disabled={is_sending ? "true" : undefined}>
          <SendIcon /> {t.send}
        </button>
        <Button onPress={onSkip}>{t.skip}</Button>
      </div>
    </form>
  );
}

/** Four faces with a word each and none in the middle; beside them that one cannot say. */
function Faces(props: {
  question: FeedbackQuestion;
  title: string;
  words: readonly string[];
  cannot_say: string;
  chosen: FaceAnswer | undefined;
  onChoose: (face: FaceAnswer) => void;
}) {
  const { question, title, words, cannot_say, chosen, onChoose } = props;
  const radio = (face: FaceAnswer, children: ComponentChildren) => (
    <label key={face} for={`${question}-${face}`}>
      <input
        type="radio"
        id={`${question}-${face}`}
        name={`feedback-${question}`}
        checked={chosen === face}
        onChange={() => onChoose(face)}
      />{" "}
      <span>{children}</span>
    </label>
  );
  return (
    <fieldset class="seg">
      <legend class="ask-one">{title}</legend>
      <div class="faces">
        {FACES.map(([face, Icon], place) =>
          radio(
            face,
            <>
              <Icon /> {words[place]}
            </>,
          ),
        )}
      </div>
      {radio("cannot_say", cannot_say)}
    </fieldset>
  );
}

function Tick(props: { checked: boolean; onChange: (is: boolean) => void; children: ComponentChildren }) {
  const { checked, onChange, children } = props;
  return (
    <label class="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />{" "}
      <span>{children}</span>
    </label>
  );
}
