import "../style/room.css";
import "../style/feedback.css";
import { type Signal, signal } from "@preact/signals";
import type { UtcTime } from "@protocol";
import type { FeedbackBody, OwnFeedback, OwnFeedbackAnswer, ShownImprovement } from "@protocol/api";
import * as api from "@protocol/api_feedback";
import { createContext } from "preact";
import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { type Answer, ask, type Key } from "../connection/entrance";
import { keptKey } from "../connection/key_keep";
import { FeedbackForm } from "../feedback/feedback_form";
import { feedbackTexts } from "../feedback/text";
import { the } from "../state/room_state";
import type { Language } from "../text/language";
import { dayText } from "../text/times";
import { type App, useApp, useCommon, useFromRoom, useTexts } from "../view/app";
import { Button, IconButton } from "../view/button";
import { HeardIcon } from "../view/feedback_icons";
import { CheckIcon, CrossIcon } from "../view/icons";
import { Note } from "../view/marks";

/** What is asked of the server; in tests somebody else answers. */
export interface FeedbackRequests {
  own(key: Key): Promise<Answer<OwnFeedbackAnswer>>;
  give(key: Key, body: FeedbackBody): Promise<Answer<OwnFeedbackAnswer>>;
}

const http: FeedbackRequests = {
  own: (key) => ask(globalThis.fetch.bind(globalThis), key, api.ownFeedback()),
  give: (key, body) => ask(globalThis.fetch.bind(globalThis), key, api.giveFeedback(body)),
};
export const FeedbackRequestsContext = createContext<FeedbackRequests>(http);

const ASK_AGAIN_MS = 10_000;
const OPENS_LATER_MS = 60_000;

/** A form that is half filled. */
interface Half {
  /** Of whom: nobody else finds it, who comes with another link on the same page. */
  readonly whose: string;
  readonly draft: Signal<FeedbackBody>;
  readonly is_open: Signal<boolean>;
}

/** In the page's memory alone, so that a room that ends takes nothing of it. */
const halves = new WeakMap<App, Half>();

function halfOf(app: App, key: Key | null): Half {
  const whose = JSON.stringify(key);
  let half = halves.get(app);
  if (half?.whose !== whose) {
    half = { whose, draft: signal({}), is_open: signal(false) };
    halves.set(app, half);
  }
  return half;
}

/**
 * Whether I may give feedback, and the form when I want to. What I answer is on this page alone until it is sent, and
 * nowhere after it.
 */
export function Feedback({ onOpen }: { onOpen?: ((is: boolean) => void) | undefined }) {
  const t = useTexts(feedbackTexts);
  const app = useApp();
  const { keep, timers } = app;
  const requests = useContext(FeedbackRequestsContext);
  const key = keptKey(keep);
  const { draft, is_open } = halfOf(app, key);
  const [state, setState] = useState<OwnFeedback | null>(is_open.peek() ? "open" : null);
  const [attempt, setAttempt] = useState(0);

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

  const is_filled_in = state === "open" && is_open.value;
  useEffect(() => onOpen?.(is_filled_in), [is_filled_in]);
  const thanks = useRef<HTMLDivElement>(null);
  // Not led there who has come to the page only now.
  const [is_given, setGiven] = useState(false);
  useEffect(() => thanks.current?.focus(), [is_given]);

  if (!key || state === null) return null;
  if (state === "answered")
    return (
      <div class="feedback" tabIndex={-1} ref={is_given ? thanks : null}>
        <Note look="good" icon={CheckIcon} title={t.thanks}>
          {t.final}
        </Note>
      </div>
    );
  if (state === "closed" && is_open.value) return <Note icon={HeardIcon} title={t.too_late} />;
  if (state !== "open") return null;
  if (!is_open.value)
    return (
      <Note icon={HeardIcon} title={t.title}>
        {t.what}
        <p class="note-acts">
          <Button
            look="main"
            onPress={() => {
              is_open.value = true;
            }}
          >
            {t.give}
          </Button>
        </p>
      </Note>
    );
  return (
    <FeedbackForm
      draft={draft}
      give={(body) => requests.give(key, body)}
      onSkip={() => {
        is_open.value = false;
      }}
      onDone={() => {
        halves.delete(app);
        setState("answered");
        setGiven(true);
      }}
    />
  );
}

/** 3.12. */
const dateOf = (day: UtcTime, language: Language) => dayText(day, language).replace(/^\S+ /, "");

/** What changed by the feedback of the series: at the doors, and as the first thing in the room. */
export function Improvements(props: {
  shown: readonly ShownImprovement[];
  onRead?: (() => void) | undefined;
}) {
  const { shown, onRead } = props;
  const t = useTexts(feedbackTexts);
  const c = useCommon();
  const { language } = useApp();
  const days = [...new Set(shown.flatMap((each) => each.days))].sort((a, b) => b - a);
  return (
    <Note look="good" icon={HeardIcon} title={t.improvements}>
      {onRead && <IconButton class="plain note-close" icon={CrossIcon} name={c.close} onPress={onRead} />}
      <ul class="stack-s changed">
        {shown.map(({ text }) => (
          <li key={text} dir="auto">
            {text}
          </li>
        ))}
      </ul>
      {days.length > 0 && (
        <p class="small">{t.by_feedback(days.map((day) => dateOf(day, language.value)).join(", "))}</p>
      )}
    </Note>
  );
}

/** Told as the first thing of the day: until it is read, or the programme goes on. */
export function ImprovementsInRoom({ shown }: { shown: readonly ShownImprovement[] }) {
  const is_beginning = useFromRoom((room) => {
    const { items = [], current } = the(room, "agenda") ?? {};
    return current === undefined || items[0]?.id === current;
  });
  const [is_read, setRead] = useState(false);
  return is_beginning && !is_read ? <Improvements shown={shown} onRead={() => setRead(true)} /> : null;
}
