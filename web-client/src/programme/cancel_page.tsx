import type { FormFault } from "@protocol/api";
import { CANCEL_REASONS, type CancellingShown, type CancelReason } from "@protocol/api";
import { useEffect, useId, useState } from "preact/hooks";
import { useAsked } from "../coordinator/asked";
import { isoClock, isoDate, utcOfLocal } from "../coordinator/dates";
import { faultSentence } from "../coordinator/faults";
import { officeTexts } from "../coordinator/text";
import { useStaffRefusalText } from "../staff/refusal_text";
import { clockShort, clockSpan, dayText } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { BubbleIcon, CallIcon, CrossIcon, MailIcon, PeopleIcon, RoundIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { region } from "../view/regions";
import { CallList, Reach } from "./call_list";
import { firstSentence, nextSentence, proposedWords } from "./cancel_words";
import { DayField } from "./day_field";
import { dayOf } from "./days";
import { BackIcon, DayOffIcon } from "./icons";
import { PhoneIcon } from "./people_icons";
import type { CancelledSession, CancelRequests } from "./people_requests";
import { cancelTexts } from "./text/cancel";

/** Others' ticks are seen so soon. */
const LOOK_AGAIN_MS = 20_000;

/** A day before it is cancelled, what it means and who is told how; afterwards the list of who is called. */
export function CancelPage(props: {
  requests: CancelRequests;
  session: CancelledSession;
  /** The page of the session, as the address names it. */
  back_to: string;
  onDone: () => void;
}) {
  const { requests, session, back_to, onDone } = props;
  const t = useTexts(cancelTexts);
  const c = useCommon();
  const { timers } = useApp();
  const asked = useAsked(() => requests.show(session.id), [requests, session.id]);
  const [shown, setShown] = useState<CancellingShown | null>(null);
  useEffect(() => {
    if (asked.value) setShown(asked.value);
  }, [asked.value]);
  const is_cancelled = shown?.cancelled !== undefined;
  useEffect(() => {
    if (!is_cancelled) return;
    return timers.after(LOOK_AGAIN_MS, asked.ask);
  }, [is_cancelled, asked.answer]);

  if (!shown)
    return (
      <main id="main" class="wide" {...region}>
        {asked.answer && asked.answer.kind !== "ok" ? (
          <Note look="stop" icon={WarnIcon} title={t.unreachable}>
            <div class="row">
              <span class="grow">{t.unreachable_what}</span>
              <Button icon={RoundIcon} onPress={asked.ask}>
                {c.try_now}
              </Button>
            </div>
          </Note>
        ) : (
          <p class="quiet">{t.loading}</p>
        )}
      </main>
    );
  if (shown.cancelled)
    return (
      <CallList
        requests={requests}
        session={session}
        shown={shown}
        cancelled={shown.cancelled}
        onShown={setShown}
        back_to={back_to}
      />
    );
  return (
    <CancelForm
      requests={requests}
      session={session}
      shown={shown}
      back_to={back_to}
      onCancelled={(after) => {
        setShown(after);
        onDone();
      }}
    />
  );
}

function CancelForm(props: {
  requests: CancelRequests;
  session: CancelledSession;
  shown: CancellingShown;
  back_to: string;
  onCancelled: (after: CancellingShown) => void;
}) {
  const { requests, session, shown, back_to, onCancelled } = props;
  const t = useTexts(cancelTexts);
  const o = useTexts(officeTexts);
  const { announcer, language } = useApp();
  const refusalText = useStaffRefusalText();
  const id = useId();
  const [why, setWhy] = useState<CancelReason>("staff_ill");
  /** Null: as they are proposed, whatever is chosen. */
  const [own_words, setOwnWords] = useState<string | null>(null);
  const [is_moved, setMoved] = useState(false);
  const [date, setDate] = useState("");
  const [start, setStart] = useState(isoClock(session.starts_at));
  const [end, setEnd] = useState(isoClock(session.ends_at));
  const [faults, setFaults] = useState<readonly FormFault[]>([]);
  const [trouble, setTrouble] = useState("");
  const [is_busy, setBusy] = useState(false);
  const moved_to = is_moved ? utcOfLocal(`${date}T${start}`) : null;
  const words = own_words ?? proposedWords(why, session.starts_at, shown.next_starts_at, moved_to);
  const day = dayOf(isoDate(session.starts_at), language.value);
  const waits = !words.trim() ? t.words_first : is_moved && !(date && start && end) ? t.day_first : undefined;

  const cancel = async () => {
    if (is_busy) return;
    setBusy(true);
    setFaults([]);
    setTrouble("");
    const answer = await requests.cancel(session.id, {
      why,
      words: words.trim(),
      ...(is_moved ? { moves_to: { date, start, end } } : {}),
    });
    setBusy(false);
    if (answer.kind === "ok") {
      announcer.say(t.done(day));
      return onCancelled(answer.value);
    }
    if (answer.kind === "refused" && answer.errors?.length) return setFaults(answer.errors);
    const said =
      answer.kind !== "refused"
        ? t.failed
        : answer.refusal.word === "not_now"
          ? t.too_late
          : refusalText(answer.refusal);
    announcer.say(said);
    setTrouble(said);
  };
  return (
    <>
      <main id="main" class="wide" {...region}>
        <p>
          <a class="with-i" href={`#${back_to}`}>
            <BackIcon /> <bdi>{session.theme}</bdi>
          </a>
        </p>
        <div>
          <h1>{t.title(day)}</h1>
          <p class="quiet">
            {t.of(session.theme, session.series, clockSpan(session.starts_at, session.ends_at), shown.people)}
          </p>
        </div>
        <div class="split half">
          <div>
            <div class="sheet stack">
              <fieldset class="seg">
                <legend>{t.why}</legend>
                {CANCEL_REASONS.map((one) => (
                  <label key={one}>
                    <input
                      type="radio"
                      name={`${id}-why`}
                      checked={why === one}
                      onChange={() => setWhy(one)}
                    />{" "}
                    <span>{t.reasons[one]}</span>
                  </label>
                ))}
              </fieldset>
              <div class="field">
                <label for={`${id}-words`}>{t.words}</label>
                <p class="hint small" id={`${id}-hint`}>
                  {t.words_hint}
                </p>
                <textarea
                  id={`${id}-words`}
                  name="words"
                  rows={5}
                  maxLength={1000}
                  dir="auto"
                  aria-describedby={`${id}-hint`}
                  value={words}
                  onInput={(event) => setOwnWords(event.currentTarget.value)}
                />
                {own_words !== null && (
                  <Button look="plain" icon={RoundIcon} onPress={() => setOwnWords(null)}>
                    {t.words_back}
                  </Button>
                )}
              </div>
              <fieldset class="seg">
                <legend>{t.theme}</legend>
                {[false, true].map((one) => (
                  <label key={String(one)}>
                    <input
                      type="radio"
                      name={`${id}-moved`}
                      checked={is_moved === one}
                      onChange={() => setMoved(one)}
                    />{" "}
                    <span>{one ? t.moved : t.left_out}</span>
                  </label>
                ))}
              </fieldset>
              {is_moved && (
                <>
                  <div class="three-fields">
                    <DayField label={t.date} value={date} onChange={setDate} />
                    <ClockField label={t.start} value={start} onChange={setStart} />
                    <ClockField label={t.end} value={end} onChange={setEnd} />
                  </div>
                  <p class="quiet small">{t.move_hint}</p>
                </>
              )}
            </div>
            <section class="sheet" aria-labelledby={`${id}-means`}>
              <div class="sheet-h">
                <h2 id={`${id}-means`}>{t.means}</h2>
              </div>
              <ul class="bullets stack-s">
                {t.means_rows.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            </section>
          </div>
          <div>
            <section class="sheet" aria-labelledby={`${id}-how`}>
              <div class="sheet-h">
                <h2 id={`${id}-how`}>{t.how}</h2>
              </div>
              <ul class="todo lines">
                <Reach icon={PhoneIcon} title={t.how_page} what={t.how_page_what} count={shown.people} />
                <Reach icon={MailIcon} title={t.how_mail} what={t.how_mail_what} count={shown.by_mail} />
                <Reach icon={BubbleIcon} title={t.how_text} what={t.how_text_what} count={shown.by_text} />
                <Reach icon={CallIcon} title={t.how_call} what={t.how_call_what} count={shown.by_call} />
                <Reach
                  icon={PeopleIcon}
                  title={t.how_supervisors}
                  what={t.how_supervisors_what}
                  count={shown.supervisors}
                />
              </ul>
            </section>
            <AsSeen words={words} next={moved_to ?? shown.next_starts_at} />
          </div>
        </div>
        {(faults.length > 0 || trouble) && (
          <Note look="stop" icon={WarnIcon} title={trouble || t.form_wrong}>
            <ul>
              {faults.map((fault) => (
                <li key={`${fault.reason} ${fault.value ?? ""}`}>{faultSentence(fault, o)}</li>
              ))}
            </ul>
          </Note>
        )}
      </main>
      <section class="seal" aria-label={t.title(day)}>
        <WarnIcon />
        <p class="grow">
          <b>{t.for_good}</b> {waits ?? t.for_good_what}
        </p>
        <a class="btn" href={`#${back_to}`}>
          {t.do_not}
        </a>
        <Button look="stop" icon={CrossIcon} unusable_because={waits} onPress={() => void cancel()}>
          {shown.people === 0 ? t.cancel_nobody : t.cancel(shown.people)}
        </Button>
      </section>
    </>
  );
}

function ClockField(props: { label: string; value: string; onChange: (value: string) => void }) {
  const { label, value, onChange } = props;
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} type="time" value={value} onInput={(event) => onChange(event.currentTarget.value)} />
    </div>
  );
}

/** As it stands on the participant's own page. */
function AsSeen({ words, next }: { words: string; next: number | undefined }) {
  const t = useTexts(cancelTexts);
  const id = useId();
  const [first, rest] = firstSentence(words);
  return (
    <section class="sheet" aria-labelledby={id}>
      <div class="sheet-h">
        <h2 id={id}>{t.as_seen}</h2>
      </div>
      <div class="item told-so">
        <p class="with-i">
          <DayOffIcon /> <b dir="auto">{first}</b>
        </p>
        <p dir="auto">{rest.replace(nextSentence(next), "").trim()}</p>
        {next !== undefined && (
          <p class="foot">
            {t.next_day}
            <b class="line fig">
              {dayText(next, "fi")} kello {clockShort(next)}
            </b>
          </p>
        )}
      </div>
    </section>
  );
}
