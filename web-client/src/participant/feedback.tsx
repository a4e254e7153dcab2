import "../style/feedback.css";
import * as api from "@protocol/api";
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { type Answer, ask, type Key } from "../connection/entrance";
import { keptKey } from "../connection/key_keep";
import { FeedbackForm } from "../feedback/feedback_form";
import { feedbackTexts } from "../feedback/text";
import { dayText } from "../text/times";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { HeardIcon } from "../view/feedback_icons";
import { CheckIcon } from "../view/icons";
import { Note } from "../view/marks";

/** What is asked of the server; in tests somebody else answers. */
export interface FeedbackRequests {
  own(key: Key): Promise<Answer<api.OwnFeedbackAnswer>>;
  give(key: Key, body: api.FeedbackBody): Promise<Answer<api.OwnFeedbackAnswer>>;
}

const http: FeedbackRequests = {
  own: (key) => ask(globalThis.fetch.bind(globalThis), key, api.ownFeedback()),
  give: (key, body) => ask(globalThis.fetch.bind(globalThis), key, api.giveFeedback(body)),
};
export const FeedbackRequestsContext = createContext<FeedbackRequests>(http);

const ASK_AGAIN_MS = 10_000;
const OPENS_LATER_MS = 60_000;

/**
 * Whether I may give feedback, and the form when I want to. What I answer is on this screen alone until it is sent, and
 * nowhere after it.
 */
export function Feedback() {
  const t = useTexts(feedbackTexts);
  const { keep, timers } = useApp();
  const requests = useContext(FeedbackRequestsContext);
  const [state, setState] = useState<api.OwnFeedback | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [is_open, setOpen] = useState(false);
  const key = keptKey(keep);

  useEffect(() => {
    if (!key) return;
    let is_gone = false;
    let callOff: () => void = () => undefined;
    void requests.own(key).then((answer) => {
      if (is_gone) return;
      if (answer.kind === "ok") setState(answer.value.state);
      // Staff open it when they like, also when the room is closed.
      const waits_ms =
        answer.kind === "unreachable"
          ? ASK_AGAIN_MS
          : answer.kind === "ok" && answer.value.state === "not_open"
            ? OPENS_LATER_MS
            : null;
      if (waits_ms !== null) callOff = timers.after(waits_ms, () => setAttempt(attempt + 1));
    });
    return () => {
      is_gone = true;
      callOff();
    };
  }, [attempt]);

  if (!key || state === null) return null;
  if (state === "answered")
    return (
      <Note look="good" icon={CheckIcon} title={t.thanks}>
        {t.final}
      </Note>
    );
  if (state !== "open") return null;
  if (!is_open)
    return (
      <Note icon={HeardIcon} title={t.title}>
        {t.what}
        <p class="note-acts">
          <Button look="main" onPress={() => setOpen(true)}>
            {t.give}
          </Button>
        </p>
      </Note>
    );
  return (
    <FeedbackForm
      give={(body) => requests.give(key, body)}
      onSkip={() => setOpen(false)}
      onDone={() => setState("answered")}
    />
  );
}

/** What changed by the feedback of the series: at the doors. */
export function Improvements({ shown }: { shown: readonly api.ShownImprovement[] }) {
  const t = useTexts(feedbackTexts);
  const { language } = useApp();
  const days = [...new Set(shown.flatMap((each) => each.days))].sort((a, b) => b - a);
  return (
    <Note look="good" icon={HeardIcon} title={t.improvements}>
      <ul class="stack-s">
        {shown.map(({ text }) => (
          <li key={text} dir="auto">
            {text}
          </li>
        ))}
      </ul>
      {days.length > 0 && (
        <p class="small">{t.by_feedback(days.map((day) => dayText(day, language.value)).join(", "))}</p>
      )}
    </Note>
  );
}
