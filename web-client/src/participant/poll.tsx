import "../style/poll.css";
import { type Signal, signal } from "@preact/signals";
import type { Poll, PollId } from "@protocol";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { RoomLine } from "../connection/room_line";
import {
  hasAnswered,
  mayAnswer,
  openPoll,
  optionsAt,
  pollAtHand,
  quizBefore,
  resultOf,
} from "../state/polls";
import { all, the } from "../state/room_state";
import { useApp, useCommon, useFromRoom, useLine, useRefusalSentence, useTexts } from "../view/app";
import { Button, classes } from "../view/button";
import { CheckIcon, LockIcon, RoundIcon } from "../view/icons";
import { Note } from "../view/marks";
import { BulbIcon } from "../view/poll_icons";
import { PollOptions } from "../view/poll_option";
import { Checked, PollResult } from "../view/poll_result";
import { pollTexts } from "./text/poll";

type Choices = ReadonlyMap<PollId, readonly number[]>;

/** What I have chosen is known to this page alone, and only as long as it is open. */
interface Memory {
  /** As it is marked on the screen. */
  readonly chosen: Signal<Choices>;
  /** As the server has taken it. */
  readonly sent: Signal<Choices>;
  /** The poll in which I choose anew. */
  readonly changing: Signal<PollId | null>;
  readonly sending: Signal<boolean>;
  /** The poll that everyone is asked anew: what I had answered is not known any more. */
  readonly anew: Signal<PollId | null>;
  /** The last poll that I was known to have answered. */
  known: PollId | null;
  /** When each was opened: what was chosen in a rehearsal is not of the poll that is asked after it. */
  readonly opened: Map<PollId, number>;
  /** Whoever comes by the way is at the options. */
  readonly is_led: Signal<boolean>;
  /** In which state a screen reader was told of each. */
  readonly told: Map<PollId, Poll["state"]>;
}

const memories = new WeakMap<RoomLine, Memory>();

function useMemory(): Memory {
  const line = useLine();
  let memory = memories.get(line);
  if (!memory) {
    memory = {
      chosen: signal<Choices>(new Map()),
      sent: signal<Choices>(new Map()),
      changing: signal<PollId | null>(null),
      sending: signal(false),
      anew: signal<PollId | null>(null),
      known: null,
      opened: new Map(),
      is_led: signal(false),
      told: new Map(),
    };
    memories.set(line, memory);
  }
  return memory;
}

const put = (into: Signal<Choices>, poll: PollId, places: readonly number[]) => {
  into.value = new Map(into.value).set(poll, places);
};

/** A break has its countdown in the band, and the question stands below. */
const isBandFree = (phase: string | undefined) => phase !== "paused";

/** The question in place of the theme's, while it is asked and until the programme moves on. */
export function Band({ otherwise }: { otherwise: ComponentChildren }) {
  const t = useTexts(pollTexts);
  const c = useCommon();
  const info = useFromRoom((room) => the(room, "room"));
  const poll = useFromRoom(pollAtHand);
  const all = useFromRoom((room) => mayAnswer(room, poll?.answered ?? 0), [poll]);
  if (!info || !poll || !isBandFree(info.phase)) return <>{otherwise}</>;
  const is_shown = poll.state === "shown";
  const kind = poll.quiz ? (is_shown ? t.quiz_result : t.quiz) : is_shown ? t.result : t.poll;
  return (
    <section class="theme" aria-label={c.theme} key={poll.id}>
      <p class="now-item">
        <b dir="auto">{info.theme}</b> {kind}
      </p>
      <h1 class="question" dir="auto">
        {poll.question}
      </h1>
      <p class="comes">
        {poll.state === "open" ? (
          <>
            <span class="num">{t.progress(poll.answered ?? 0, all)}</span> <b>{t.no_hurry}</b>
          </>
        ) : poll.answered === undefined ? (
          t.few
        ) : (
          t.count(poll.answered)
        )}
      </p>
    </section>
  );
}

/**
 * The options, or the result, before the offer to listen. What else there is on the stage stays where somebody speaks
 * or waits to.
 */
export function Stage(props: {
  offer: ComponentChildren;
  /** Something else is being done on the page: there is a way here. */
  is_aside?: boolean | undefined;
  children: ComponentChildren;
}) {
  const { offer, is_aside, children } = props;
  const poll = useFromRoom(pollAtHand);
  const phase = useFromRoom((room) => the(room, "room")?.phase);
  const is_floor_used = useFromRoom(
    (room) =>
      the(room, "turn") !== undefined || all(room, "floor_request").some(({ state }) => state === "accepted"),
  );
  useNews();
  useBegunAnew();
  const notices = offer && <div class="notices">{offer}</div>;
  if (!poll || is_aside)
    return (
      <>
        {notices}
        {children}
      </>
    );
  return (
    <>
      <section class="poll" aria-label={poll.question}>
        {!isBandFree(phase) && (
          <h2 class="ask-one" dir="auto">
            {poll.question}
          </h2>
        )}
        {poll.state === "open" ? <Options key={poll.id} poll={poll} /> : <Ended poll={poll} />}
      </section>
      {notices}
      {(is_floor_used || poll.state !== "open") && children}
    </>
  );
}

function goToOptions(): void {
  const options = document.getElementById("poll-options");
  options?.scrollIntoView?.({ block: "center" });
  (options?.querySelector<HTMLElement>("input:checked, input") ?? options)?.focus();
}

function Options({ poll }: { poll: Poll }) {
  const t = useTexts(pollTexts);
  const memory = useMemory();
  const chosen = memory.chosen.value.get(poll.id) ?? memory.sent.value.get(poll.id) ?? [];
  const is_one = poll.choices_max === 1;
  useEffect(() => {
    if (memory.is_led.peek()) goToOptions();
    memory.is_led.value = false;
  }, []);
  const choose = (places: readonly number[]) => {
    put(memory.chosen, poll.id, places);
    memory.changing.value = poll.id;
  };
  return (
    <>
      {memory.anew.value === poll.id && (
        <Note icon={RoundIcon} title={t.anew}>
          <p>{t.anew_what}</p>
        </Note>
      )}
      <fieldset class={classes("seg one", !is_one && "many")} id="poll-options" tabIndex={-1}>
        <legend>{is_one ? t.choose_one : t.choose_many(poll.choices_max)}</legend>
        <PollOptions
          options={poll.options}
          choices_max={poll.choices_max}
          chosen={chosen}
          name={`poll-${poll.id}`}
          onChoose={choose}
        />
      </fieldset>
      <p class="with-i">
        <LockIcon /> <span>{t.nobody_sees}</span>
      </p>
    </>
  );
}

/**
 * The main act while a poll is open: to answer; then what I answered, and the way to change it. For whoever does
 * something else (`onCome` leaves that) and has not answered, it is one line, the way here.
 */
export function Act(props: {
  onRefusal: (sentence: string) => void;
  onCome?: (() => void) | false | undefined;
}) {
  const { onRefusal, onCome } = props;
  const t = useTexts(pollTexts);
  const line = useLine();
  const memory = useMemory();
  const { announcer } = useApp();
  const inWords = useRefusalSentence();
  const poll = useFromRoom(openPoll);
  const is_known = useFromRoom((room) => !!poll && hasAnswered(room, line.me.value, poll.id), [poll]);
  if (!poll) return null;
  const sent = memory.sent.value.get(poll.id);
  const chosen = memory.chosen.value.get(poll.id) ?? sent ?? [];
  const is_over = (sent !== undefined || is_known) && memory.changing.value !== poll.id;
  if (onCome)
    return sent || is_known ? null : (
      <Button
        look="plain"
        onPress={() => {
          memory.is_led.value = true;
          onCome();
        }}
      >
        {t.way}
      </Button>
    );
  if (is_over)
    return (
      <div class="poll-answered stack-s">
        <p class="with-i">
          <CheckIcon />{" "}
          <span>
            <b dir="auto">{sent ? t.answered(optionsAt(poll, sent).join(", ")) : t.answered_before}</b>{" "}
            {t.may_change}
          </span>
        </p>
        <Button
          onPress={() => {
            memory.changing.value = poll.id;
            goToOptions();
          }}
        >
          {t.change}
        </Button>
      </div>
    );
  const answer = async () => {
    memory.sending.value = true;
    const outcome = await line.send({ type: "answer_poll", poll: poll.id, options: [...chosen] });
    memory.sending.value = false;
    if (outcome.kind === "done") {
      put(memory.sent, poll.id, chosen);
      memory.changing.value = null;
      memory.anew.value = null;
      announcer.say(t.answered(optionsAt(poll, chosen).join(", ")));
    } else if (outcome.kind === "refused") {
      onRefusal(outcome.refusal.word === "not_now" ? t.too_late : inWords(outcome.refusal));
    }
  };
  const because = memory.sending.value ? t.answering : chosen.length === 0 ? t.choose_first : undefined;
  return (
    <>
      <Button
        look="main"
        is_big
        icon={CheckIcon}
        unusable_because={because}
        described_by={because ? "poll-because" : undefined}
        onPress={() => void answer()}
      >
        {t.answer}
      </Button>
      {because && (
        <p class="dock-line" id="poll-because">
          {because}
        </p>
      )}
    </>
  );
}

/** Closed: that the result comes. Shown: the result, or why there is none; of a quiz what was right. */
function Ended({ poll }: { poll: Poll }) {
  const t = useTexts(pollTexts);
  const before = useFromRoom((room) => quizBefore(room, poll), [poll]);
  const mine = useMemory().sent.value.get(poll.id) ?? [];
  if (poll.state === "closed")
    return (
      <p class="with-i sheet">
        <LockIcon />{" "}
        <span>
          <b>{t.closed}</b> {t.closed_what}
        </span>
      </p>
    );
  const rows = resultOf(poll);
  return (
    <>
      {rows ? (
        <section class="sheet" aria-label={t.result}>
          <PollResult
            caption={t.caption(poll.question, poll.answered ?? 0)}
            rows={rows}
            heads={[t.option, t.amount]}
            mark={(row, place) =>
              (row.is_right || mine.includes(place)) && (
                <>
                  {row.is_right && <Checked>{t.right}</Checked>}
                  {row.is_right && " "}
                  {mine.includes(place) && <Checked>{t.you}</Checked>}
                </>
              )
            }
          />
        </section>
      ) : (
        <p class="with-i sheet">
          <LockIcon />{" "}
          <span>
            <b>{t.few}</b> {t.few_what}
          </span>
        </p>
      )}
      {poll.quiz && <Right poll={poll} title={t.quiz_result} />}
      {before && <Right poll={before} title={t.quiz_before} has_question />}
    </>
  );
}

function Right({ poll, title, has_question }: { poll: Poll; title: string; has_question?: boolean }) {
  const t = useTexts(pollTexts);
  const mine = useMemory().sent.value.get(poll.id);
  return (
    <Note icon={BulbIcon} title={title}>
      {has_question && (
        <p class="ask-one" dir="auto">
          {poll.question}
        </p>
      )}
      <p dir="auto">
        <b>{t.right_is(optionsAt(poll, poll.right ?? []).join(", "))}</b> {poll.why}{" "}
        {mine && t.you_answered(optionsAt(poll, mine).join(", "))}
      </p>
    </Note>
  );
}

/** Tells once, politely: that there is a poll, that it is closed, that its result is here. */
function useNews(): void {
  const t = useTexts(pollTexts);
  const { announcer, device } = useApp();
  const { told } = useMemory();
  const polls = useFromRoom((room) => room.things.poll);
  useEffect(() => {
    for (const poll of polls.values()) {
      const was = told.get(poll.id);
      if (was === poll.state) continue;
      told.set(poll.id, poll.state);
      // What was over when I came is no news.
      if (poll.state !== "open" && was === undefined) continue;
      if (device.get("spoken") === "none") continue;
      announcer.tell(
        poll.state === "open" ? t.say_open(poll.question) : poll.state === "closed" ? t.closed : t.say_result,
      );
    }
  }, [polls]);
}

/**
 * A server that has come back from a backup knows of no choices, and asks everyone again. What this page remembers of
 * mine is worth nothing then. While the room is empty, as before a snapshot, nothing is concluded.
 */
function useBegunAnew(): void {
  const t = useTexts(pollTexts);
  const line = useLine();
  const { announcer } = useApp();
  const memory = useMemory();
  const open = useFromRoom(openPoll);
  const poll = open?.id;
  const opened_at = open?.opened_at ?? 0;
  const is_known = useFromRoom(
    (room) => poll !== undefined && hasAnswered(room, line.me.value, poll),
    [poll],
  );
  useEffect(() => {
    if (poll === undefined) return;
    if ((memory.opened.get(poll) ?? opened_at) !== opened_at) {
      memory.known = null;
      memory.sent.value = new Map();
      memory.chosen.value = new Map();
      memory.changing.value = null;
    }
    memory.opened.set(poll, opened_at);
    if (is_known) {
      memory.known = poll;
    } else if (memory.known === poll) {
      memory.known = null;
      memory.sent.value = new Map();
      memory.changing.value = null;
      memory.anew.value = poll;
      announcer.tell(`${t.anew} ${t.anew_what}`);
    }
  }, [poll, opened_at, is_known]);
}
