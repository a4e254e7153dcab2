import type { SessionId } from "@protocol";
import type { AbsenceReason, OwnDay, OwnPageAnswer } from "@protocol/api";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Outside } from "../participant/outside";
import { useAside } from "../participant/plain";
import { clockShort } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CalendarIcon, type IconComponent, SendIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { PhoneLink } from "../view/phone";
import { dayOf, isAhead } from "./days";
import { REASON_ICONS } from "./icons";
import { ownPageTexts } from "./text";

/** So many days are shown at first: the one that was pressed is among them. */
const DAYS_SHOWN = 3;

/**
 * "I cannot come": which day, and why, where the person's kind of decision asks for it. Who sees the reason stands
 * above the choices. What is chosen stays until it has got through.
 */
export function Absence(props: {
  own: OwnPageAnswer;
  chosen: SessionId;
  phone: string;
  /** What went wrong, in words; nothing when it is told. */
  onTell: (day: OwnDay, reason: AbsenceReason | undefined) => Promise<string>;
  onBack: () => void;
}) {
  const { own, phone, onTell, onBack } = props;
  const { asks, supervisor = "" } = own;
  const t = useTexts(ownPageTexts);
  const c = useCommon();
  const { announcer, language } = useApp();
  const aside = useAside();
  const [chosen, setChosen] = useState(props.chosen);
  const [reason, setReason] = useState<AbsenceReason>();
  const [shows_all, setShowsAll] = useState(false);
  const [is_busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState({ title: "", what: "" });
  const title = useRef<HTMLHeadingElement>(null);
  const reasons = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    scrollTo(0, 0);
    title.current?.focus({ preventScroll: true });
  }, []);

  const days = own.days.filter((day) => isAhead(day, own.now) && !day.cannot_come);
  const first = days.slice(0, DAYS_SHOWN);
  const pressed = days.find(({ session }) => session === props.chosen);
  const shown = shows_all ? days : pressed && !first.includes(pressed) ? [pressed] : first;

  const fail = (said: string, what = "") => {
    setTrouble({ title: said, what });
    announcer.say(`${said} ${what}`.trim());
  };
  const send = async (event: Event) => {
    event.preventDefault();
    const day = days.find(({ session }) => session === chosen);
    if (is_busy || !day) return;
    if (asks.length > 0 && !reason) {
      fail(t.reason_missing);
      reasons.current?.querySelector("input")?.focus();
      return;
    }
    setBusy(true);
    const text = await onTell(day, reason);
    if (text === "") return;
    setBusy(false);
    fail(text, t.not_sent_what);
  };
  const numbered = (number: number, question: string) =>
    asks.length > 0 ? t.numbered(number, question) : question;
  return (
    <Outside help={(onClose) => aside && <aside.HelpAtDoor phone={phone} onClose={onClose} />}>
      <main class="own-main">
        <section class="theme" aria-label={t.absence_title}>
          <div class="inner">
            <p class="now-item">{t.hello(own.name)}</p>
            <h1 class="question" ref={title} tabIndex={-1}>
              {t.absence_title}
            </h1>
            <p class="comes">{asks.length > 0 ? t.absence_to(supervisor) : t.absence_room}</p>
          </div>
        </section>
        <form class="page stack-l" id="absence" onSubmit={(event) => void send(event)}>
          <fieldset class="picks">
            <legend>{numbered(1, t.which_day)}</legend>
            {shown.map((day) => (
              <Pick
                key={day.session}
                name="absence-day"
                icon={CalendarIcon}
                is_chosen={day.session === chosen}
                onChoose={() => setChosen(day.session)}
                title={`${dayOf(day.starts_at, language.value)} ${c.at_clock(clockShort(day.starts_at))}`}
              >
                <span dir="auto">{day.theme}</span>
              </Pick>
            ))}
            {shown.length < days.length && <Button onPress={() => setShowsAll(true)}>{t.more_days}</Button>}
          </fieldset>
          {asks.length > 0 ? (
            <fieldset class="picks" ref={reasons} aria-describedby="absence-seen">
              <legend>{t.numbered(2, t.why)}</legend>
              <p class="quiet" id="absence-seen">
                {t.who_sees(supervisor)}
              </p>
              {asks.map((one) => (
                <Pick
                  key={one}
                  name="absence-reason"
                  icon={REASON_ICONS[one]}
                  is_chosen={one === reason}
                  onChoose={() => {
                    setReason(one);
                    setTrouble({ title: "", what: "" });
                  }}
                  title={t.reasons[one]}
                >
                  {t.reasons_more[one]}
                </Pick>
              ))}
            </fieldset>
          ) : (
            <p>{t.no_reason}</p>
          )}
          {phone && (
            <section aria-labelledby="or-call">
              <h2 id="or-call">{t.or_call}</h2>
              <PhoneLink phone={phone} />
            </section>
          )}
          <p>
            <Button onPress={onBack}>{c.back}</Button>
          </p>
        </form>
      </main>
      <section class="dock" aria-label={t.send}>
        <div class="inner">
          {trouble.title && (
            <Note look="stop" icon={WarnIcon} title={trouble.title}>
              {trouble.what}
            </Note>
          )}
          <button
            class="btn main big"
            type="submit"
            form="absence"
            aria-disabled={is_busy ? "true" : undefined}
          >
            <SendIcon /> {is_busy ? t.sending : t.send}
          </button>
          <p class="quiet small promise">{t.may_undo}</p>
        </div>
      </section>
    </Outside>
  );
}

/** A choice that stays chosen: a radio in the shape of a big button. */
function Pick(props: {
  name: string;
  icon: IconComponent;
  title: string;
  is_chosen: boolean;
  onChoose: () => void;
  children: ComponentChildren;
}) {
  const { name, icon: Icon, title, is_chosen, onChoose, children } = props;
  return (
    <label class="pick">
      <input type="radio" name={name} checked={is_chosen} onChange={onChoose} />{" "}
      <span class="choice">
        <Icon />{" "}
        <span>
          <b>{title}</b> {children}
        </span>
      </span>
    </label>
  );
}
