import "../style/feedback.css";
import { signal } from "@preact/signals";
import type { SessionId } from "@protocol";
import type {
  FeedbackBody,
  FeedbackDay,
  FeedbackFigures,
  FeedbackResultsAnswer,
  FeedbackWords,
  Improvement,
  ImprovementState,
} from "@protocol/api";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import { FACES, FeedbackForm } from "../feedback/feedback_form";
import { all, the } from "../state/room_state";
import { clockShort, dayText } from "../text/times";
import { useApp, useCommon, useFromRoom, useLine, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { HeardIcon } from "../view/feedback_icons";
import { CheckIcon, LockIcon, PenIcon, RoundIcon, WarnIcon } from "../view/icons";
import { Badge, Note } from "../view/marks";
import { Bar } from "../view/poll_result";
import { region } from "../view/regions";
import { useAsked } from "./asked";
import { shortDate } from "./dates";
import type { FeedbackDesk } from "./feedback_requests";
import { feedbackDeskTexts } from "./text/feedback";

const TEXT_MAX = 300;
const WORDS_FIRST = 5;

/** The days that have asked for feedback, what came of it, and what staff tell of it. */
export function FeedbackPage(props: {
  desk: FeedbackDesk;
  /** Where there is a room: the session that is in it. */
  here?: SessionId | undefined;
  /** Names are struck out by moderators and coordinators. */
  may_strike?: boolean;
}) {
  const { desk, here, may_strike = true } = props;
  const t = useTexts(feedbackDeskTexts);
  const c = useCommon();
  const asked = useAsked(() => desk.days(), [desk]);
  const [chosen, setChosen] = useState<SessionId | undefined>(here);
  const days = asked.value?.days ?? [];
  const day = days.find(({ session }) => session === chosen) ?? days[0];
  return (
    <div class="cols two-r feedback">
      <nav aria-labelledby="feedback-days" {...region}>
        <section class="sheet">
          <div class="sheet-h">
            <h2 id="feedback-days">{t.days}</h2>
          </div>
          {asked.value && days.length === 0 && <p class="quiet">{t.none}</p>}
          <ul class="plan">
            {days.map((each) => (
              <li key={each.session}>
                <DayButton day={each} is_chosen={each === day} onChoose={() => setChosen(each.session)} />
              </li>
            ))}
          </ul>
        </section>
      </nav>
      <main id="main" {...region}>
        {here !== undefined && <Follow onChange={asked.ask} />}
        {here !== undefined && <Now desk={desk} session={here} />}
        {asked.answer && asked.answer.kind !== "ok" && (
          <Note look="stop" icon={WarnIcon} title={t.unreachable}>
            <Button icon={RoundIcon} onPress={asked.ask}>
              {c.try_now}
            </Button>
          </Note>
        )}
        {day && (
          <Results
            key={day.session}
            desk={desk}
            day={day}
            days={days}
            may_strike={may_strike}
            onTold={asked.ask}
          />
        )}
      </main>
    </div>
  );
}

function DayButton(props: { day: FeedbackDay; is_chosen: boolean; onChoose: () => void }) {
  const { day, is_chosen, onChoose } = props;
  const t = useTexts(feedbackDeskTexts);
  const stands =
    day.stage === "open"
      ? t.is_open
      : day.answers === undefined
        ? t.few
        : day.told
          ? t.told
          : day.words > 0
            ? t.to_answer(day.words)
            : t.no_words;
  return (
    <button
      type="button"
      class="pick-session"
      aria-current={is_chosen ? "true" : undefined}
      onClick={onChoose}
    >
      <span class="date num">{shortDate(day.starts_at)}</span>{" "}
      <span>
        <span dir="auto">{day.theme}</span> <span class="st">{stands}</span>
      </span>
    </button>
  );
}

// ---------------------------------------------------------------------------------- while the room is there

/** Tells when the room says that its feedback stands otherwise than before. */
function Follow({ onChange }: { onChange: () => void }) {
  const feedback = useFromRoom((room) => the(room, "feedback"));
  const stands = `${feedback?.state} ${feedback?.answers}`;
  const before = useRef(stands);
  useEffect(() => {
    if (before.current === stands) return;
    before.current = stands;
    onChange();
  }, [stands]);
  return null;
}

/** To open it, and to note what somebody on the phone says. */
function Now({ desk, session }: { desk: FeedbackDesk; session: SessionId }) {
  const t = useTexts(feedbackDeskTexts);
  const line = useLine();
  const { announcer } = useApp();
  const feedback = useFromRoom((room) => the(room, "feedback"));
  const on_phone = useFromRoom((room) =>
    all(room, "person").filter((person) => person.on_phone && person.role === "participant"),
  );
  const [whose, setWhose] = useState<{ person: number; name: string } | null>(null);
  const draft = useMemo(() => signal<FeedbackBody>({}), [whose]);
  const open = () =>
    void line.send({ type: "open_feedback" }).then((outcome) => {
      if (outcome.kind === "done") announcer.say(t.open_done);
    });
  return (
    <section class="sheet" aria-labelledby="feedback-now">
      <div class="sheet-h">
        <h2 id="feedback-now">{t.now}</h2>
      </div>
      {!feedback ? (
        <div class="row">
          <Button look="main" icon={HeardIcon} onPress={open}>
            {t.open}
          </Button>
          <span class="quiet">{t.open_hint}</span>
        </div>
      ) : feedback.state === "open" ? (
        <>
          <p>{t.open_until(shortDate(feedback.closes_at), clockShort(feedback.closes_at))}</p>
          {on_phone.length > 0 && (
            <>
              <p class="quiet">{t.by_phone_what}</p>
              <p class="row">
                {on_phone.map(({ id, name }) => (
                  <Button key={id} icon={PenIcon} onPress={() => setWhose({ person: id, name })}>
                    {t.by_phone}: {name}
                  </Button>
                ))}
              </p>
            </>
          )}
        </>
      ) : null}
      {whose && (
        <Dialog title={t.by_phone} onClose={() => setWhose(null)}>
          <FeedbackForm
            draft={draft}
            whose={t.by_phone_of(whose.name)}
            give={(answer) => desk.note(session, { person: whose.person, answer })}
            onSkip={() => setWhose(null)}
            onDone={() => {
              announcer.say(t.by_phone_done);
              setWhose(null);
            }}
          />
        </Dialog>
      )}
    </section>
  );
}

// ---------------------------------------------------------------------------------- what came of it

function Results(props: {
  desk: FeedbackDesk;
  day: FeedbackDay;
  days: readonly FeedbackDay[];
  may_strike: boolean;
  onTold: () => void;
}) {
  const { desk, day, days, may_strike, onTold } = props;
  const t = useTexts(feedbackDeskTexts);
  const c = useCommon();
  const { language } = useApp();
  const asked = useAsked(() => desk.results(day.session), [desk, day.session, day.stage]);
  const [struck, setStruck] = useState<FeedbackResultsAnswer | null>(null);
  const results = struck ?? asked.value;
  if (!results)
    return asked.answer === null ? (
      <p class="quiet">{t.loading}</p>
    ) : (
      <Note look="stop" icon={WarnIcon} title={t.unreachable}>
        <Button icon={RoundIcon} onPress={asked.ask}>
          {c.try_now}
        </Button>
      </Note>
    );
  const closes = results.closes_at ?? 0;
  const [at_day, at_time] = [shortDate(closes), clockShort(closes)];
  return (
    <>
      <h1>{t.title(results.theme)}</h1>
      <p class="quiet">
        {dayText(results.starts_at, language.value)}{" "}
        {results.answers !== undefined && (
          <b>{t.answered(results.answers, results.asked ?? results.answers)}</b>
        )}{" "}
        {results.stage === "open" ? t.open_until(at_day, at_time) : t.closed_at(at_day, at_time)}
      </p>
      {results.stage === "open" ? (
        <p class="quiet">{t.open_what}</p>
      ) : results.answers === undefined ? (
        <Note icon={LockIcon} title={t.few_title}>
          {t.few_what}
        </Note>
      ) : (
        <>
          <Figures figures={results.figures} />
          {results.helped && (
            <details>
              <summary>{t.helped(results.helped.answers)}</summary>
              <Figures figures={results.helped.figures} />
            </details>
          )}
        </>
      )}
      <div class="beside">
        {results.answers !== undefined && (
          <Words
            words={results.words}
            strike={may_strike ? (id, piece) => desk.strike(day.session, id, piece) : null}
            onStruck={setStruck}
          />
        )}
        <Improvements desk={desk} session={day.session} days={days} onSaved={onTold} />
      </div>
    </>
  );
}

/** The table is the chart: words, a bar, how many, of how many in a hundred. */
function Figures({ figures }: { figures: readonly FeedbackFigures[] }) {
  const t = useTexts(feedbackDeskTexts);
  return (
    <div class="three">
      {figures.map(({ question, answered, counts }) => (
        <section class="sheet" key={question} aria-label={t[question]}>
          <table class="map figures">
            <caption>{t[question]}</caption>
            <thead class="vh">
              <tr>
                <th scope="col">{t.answer}</th>
                <th scope="col">{t.amount}</th>
              </tr>
            </thead>
            <tbody>
              {counts.map((count, place) => {
                const Icon = FACES[place]?.[1];
                const percent = Math.round((100 * count) / Math.max(answered, 1));
                const words = (question === "felt" ? t.felt_faces : t.faces)[place];
                return (
                  <tr key={words}>
                    <th scope="row">
                      <span class="with-i">
                        {Icon && <Icon />} <span>{words}</span>
                      </span>{" "}
                      {Icon && <Bar part={percent} of={100} />}
                    </th>
                    <td class="end num">
                      <b>{count}</b> ({percent}&nbsp;%)
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
      ))}
    </div>
  );
}

function Words(props: {
  words: readonly FeedbackWords[];
  /** Null: it is for others. */
  strike: ((id: string, piece: string) => Promise<Answer<FeedbackResultsAnswer>>) | null;
  onStruck: (results: FeedbackResultsAnswer) => void;
}) {
  const { words, strike, onStruck } = props;
  const t = useTexts(feedbackDeskTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const [are_all, setAll] = useState(false);
  const [id, setId] = useState<string | null>(null);
  const [piece, setPiece] = useState("");
  const [trouble, setTrouble] = useState("");
  const open = (of: string | null) => {
    setId(of);
    setPiece("");
    setTrouble("");
  };
  const send = async () => {
    if (id === null || !strike) return;
    const answer = await strike(id, piece);
    if (answer.kind === "ok") {
      onStruck(answer.value);
      announcer.say(t.strike_done);
      return open(null);
    }
    const is_empty = answer.kind === "refused" && answer.refusal.word === "text_empty";
    setTrouble(answer.kind === "unknown" || is_empty ? t.strike_not_there : t.not_saved);
  };
  const seen = are_all ? words : words.slice(0, WORDS_FIRST);
  return (
    <section class="sheet" aria-labelledby="feedback-said">
      <div class="sheet-h">
        <h2 id="feedback-said">{t.words}</h2> <span class="count num">{words.length}</span>
      </div>
      {words.length === 0 && <p class="quiet">{t.words_none}</p>}
      <ul class="lines roomy">
        {seen.map((each) => (
          <li key={each.id}>
            <span class="grow">
              <Said words={each} /> {each.about_staff && <Badge icon={LockIcon}>{t.words_staff}</Badge>}
            </span>{" "}
            {strike && (
              <Button look="plain" onPress={() => open(each.id)}>
                {t.strike}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {words.length > 0 && (
        <p class="foot row">
          {words.length > seen.length && (
            <Button onPress={() => setAll(true)}>{t.show_all(words.length)}</Button>
          )}
          <span class="quiet small">{t.words_order}</span>
        </p>
      )}
      {id !== null && (
        <Dialog title={t.strike_title} onClose={() => open(null)}>
          <form
            class="stack"
            onSubmit={(event) => {
              event.preventDefault();
              void send();
            }}
          >
            <div class="field">
              <label for="strike-name">{t.strike_name}</label>
              <p class="hint" id="strike-hint">
                {t.strike_what}
              </p>
              <input
                id="strike-name"
                dir="auto"
                autocomplete="off"
                aria-describedby="strike-hint"
                value={piece}
                onInput={(event) => setPiece(event.currentTarget.value)}
              />
            </div>
            {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
            <div class="row">
              <button class="btn main" type="submit">
                {t.strike}
              </button>
              <Button onPress={() => open(null)}>{c.cancel}</Button>
            </div>
          </form>
        </Dialog>
      )}
    </section>
  );
}

function Said({ words }: { words: FeedbackWords }) {
  const t = useTexts(feedbackDeskTexts);
  return (
    <span dir="auto">
      {words.parts.map((part, place) => (
        <>
          {place > 0 && <span class="quiet">{t.struck}</span>}
          {part}
        </>
      ))}
    </span>
  );
}

// ---------------------------------------------------------------------------------- what changed by it

interface Draft {
  readonly id?: number;
  readonly version?: number;
  readonly text: string;
  readonly days: readonly SessionId[];
  readonly state: ImprovementState;
}

const draftOf = ({ id, version, text, days, state }: Improvement): Draft => ({
  id,
  version,
  text,
  days,
  state,
});

const emptyOf = (session: SessionId): Draft => ({ text: "", days: [session], state: "draft" });

/** What this day's feedback has led to stands in the field; else an empty one. */
function Improvements(props: {
  desk: FeedbackDesk;
  session: SessionId;
  days: readonly FeedbackDay[];
  onSaved: () => void;
}) {
  const { desk, session } = props;
  const t = useTexts(feedbackDeskTexts);
  const asked = useAsked(() => desk.improvements(session), [desk, session]);
  // Nobody writes beside what is not there yet.
  if (asked.answer === null) return <p class="quiet">{t.loading}</p>;
  if (asked.answer.kind !== "ok") return <p class="quiet">{t.unreachable}</p>;
  const mine = asked.answer.value.improvements.find(
    (each) => each.days.includes(session) && each.state !== "archived",
  );
  return <ImprovementForm {...props} first={mine ? draftOf(mine) : emptyOf(session)} />;
}

/** Draft, shown at the doors, archived. Of two writers the second sees both texts, and theirs stays in the field. */
function ImprovementForm(props: {
  desk: FeedbackDesk;
  session: SessionId;
  days: readonly FeedbackDay[];
  first: Draft;
  onSaved: () => void;
}) {
  const { desk, session, days, first, onSaved } = props;
  const t = useTexts(feedbackDeskTexts);
  const { announcer } = useApp();
  const [draft, setDraft] = useState(first);
  const [other, setOther] = useState<Improvement | null>(null);
  const [said, setSaid] = useState("");

  const tell = (words: string) => {
    setSaid(words);
    announcer.say(words);
  };
  const save = async (state: ImprovementState) => {
    const answer = await desk.save(session, { ...draft, days: [...draft.days], state });
    if (answer.kind === "ok") {
      const saved = answer.value.improvements.find(({ id }) => id === answer.value.saved);
      setOther(null);
      setDraft(saved && saved.state !== "archived" ? draftOf(saved) : emptyOf(session));
      tell(t.saved);
      return onSaved();
    }
    if (answer.kind !== "refused" || answer.refusal.word !== "version_conflict") return tell(t.not_saved);
    const now = await desk.improvements(session);
    const theirs = now.kind === "ok" ? now.value.improvements.find(({ id }) => id === draft.id) : undefined;
    if (!theirs) return tell(t.not_saved);
    setOther(theirs);
    setDraft({ ...draft, version: theirs.version });
    // It stands beside their words.
    setSaid("");
    announcer.say(t.conflict);
  };
  const left = TEXT_MAX - [...draft.text].length;
  const of_series = days.filter(
    ({ series }) => series === days.find((one) => one.session === session)?.series,
  );
  return (
    <section class="sheet" aria-labelledby="improvement-title">
      <div class="sheet-h">
        <h2 id="improvement-title">{t.improvement}</h2>{" "}
        <Badge
          look={draft.state === "shown" ? "good" : "wait"}
          icon={draft.state === "shown" ? CheckIcon : PenIcon}
        >
          {t[draft.state]}
        </Badge>
      </div>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save(draft.state);
        }}
      >
        <div class="field">
          <label for="improvement-text">{t.improvement_text}</label>
          <textarea
            id="improvement-text"
            dir="auto"
            rows={4}
            maxLength={TEXT_MAX}
            aria-describedby="improvement-left"
            value={draft.text}
            onInput={(event) => {
              setSaid("");
              setDraft({ ...draft, text: event.currentTarget.value });
            }}
          />
        </div>
        <p class="st" id="improvement-left">
          {said} {t.improvement_left(left)}
        </p>
        {other && (
          <Note icon={WarnIcon} title={t.conflict}>
            <p dir="auto">{other.text}</p>
          </Note>
        )}
        <fieldset class="seg many">
          <legend>{t.improvement_of}</legend>
          {of_series.map((day) => (
            <label key={day.session} for={`improvement-${day.session}`}>
              <input
                type="checkbox"
                id={`improvement-${day.session}`}
                checked={draft.days.includes(day.session)}
                onChange={(event) =>
                  setDraft({
                    ...draft,
                    days: event.currentTarget.checked
                      ? [...draft.days, day.session]
                      : draft.days.filter((one) => one !== day.session),
                  })
                }
              />{" "}
              <span dir="auto">
                {shortDate(day.starts_at)} {day.theme}
              </span>
            </label>
          ))}
        </fieldset>
        <p class="row">
          {draft.state === "draft" && <Button onPress={() => void save("draft")}>{t.save_draft}</Button>}
          <Button look="main" icon={HeardIcon} onPress={() => void save("shown")}>
            {draft.state === "shown" ? t.save : t.show}
          </Button>
          {draft.state === "shown" && <Button onPress={() => void save("archived")}>{t.archive}</Button>}
          {draft.id !== undefined && <Button onPress={() => setDraft(emptyOf(session))}>{t.new_one}</Button>}
        </p>
        <p class="quiet small">{t.improvement_what}</p>
      </form>
    </section>
  );
}
