import "../style/own_page.css";
import type { SessionId } from "@protocol";
import type { LookAnswer, OwnAbsenceBody, OwnDay, OwnPageAnswer, PastDay } from "@protocol/api";
import { useContext, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Key } from "../connection/entrance";
import { keyFor } from "../connection/key_keep";
import { Outside } from "../participant/outside";
import { CallUs, useHelpPhone } from "../participant/phone";
import { OwnWork, useAside } from "../participant/plain";
import { AskFeedback, WhatChanged } from "../participant/use_feedback";
import { refusalSentence } from "../text/common";
import { clockShort, clockSpan, dayText } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button, Choice, classes } from "../view/button";
import { CheckIcon, CrossIcon, CupIcon, DoorIcon, InfoIcon, LockIcon, WarnIcon } from "../view/icons";
import { CONNECT_AGAIN_MS, isOver, type Seen } from "../view/look_at_link";
import { Badge, Note } from "../view/marks";
import type { Page } from "../view/start";
import { Absence } from "./absence";
import { Calendar } from "./calendar";
import { dateOf, dayOf, daysBetween, nextOf, weekdayOf } from "./days";
import { PastDayPage, PastDays } from "./past_days";
import { OwnPageRequestsContext } from "./requests";
import { type OwnPageTexts, ownPageTexts } from "./text";

export { bringOwnTexts } from "./text";

type Session = NonNullable<LookAnswer["session"]>;

/**
 * A person's own page, wherever their door is shut: before its day; with the link of a season on every day but today's.
 * What comes next, what they have been answered, the days to come, and telling that they cannot.
 */
export function OwnPage(props: {
  page: Page;
  seen: Seen & { readonly pass: Key; readonly session?: Session | undefined };
  /** Two sessions are today's, and the person says which they come to. */
  asks_which: boolean;
  onEnter: (session: SessionId) => void;
  /** The person is in the middle of telling, or of a past day: nothing else may take the page's place. */
  onHeld: (is_held: boolean) => void;
}) {
  const { page, seen, asks_which, onEnter, onHeld } = props;
  const { link, session, pass, at } = seen;
  const t = useTexts(ownPageTexts);
  const c = useCommon();
  const { announcer, language } = useApp();
  const aside = useAside();
  const { own, setOwn, is_away, requests } = useOwn(pass, at);
  const phone = useHelpPhone(own?.help_phone ?? session?.help_phone);
  const [telling, setTelling] = useState<SessionId | null>(null);
  const [past, setPast] = useState<PastDay | null>(null);
  const [done, setDone] = useState<{ readonly title: string; readonly what: string } | null>(null);
  const [trouble, setTrouble] = useState<{ readonly session: SessionId; readonly text: string } | null>(null);
  const is_busy = useRef(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const was_elsewhere = useRef(false);

  useEffect(() => {
    const is_elsewhere = telling !== null || past !== null;
    onHeld(is_elsewhere);
    if (was_elsewhere.current && !is_elsewhere) heading.current?.focus();
    was_elsewhere.current = is_elsewhere;
  }, [telling, past]);
  useEffect(() => () => onHeld(false), []);

  /** What went wrong, in words; nothing when it is done. */
  const tell = async (body: OwnAbsenceBody): Promise<string> => {
    const answer = await requests.tell(body);
    if (answer.kind === "ok") {
      setOwn(answer.value);
      setTrouble(null);
      return "";
    }
    if (answer.kind !== "refused") return t.not_sent;
    return answer.refusal.word === "not_now" ? t.too_late : refusalSentence(c, answer.refusal, () => "");
  };
  const say = (title: string, what = "") => {
    setDone({ title, what });
    announcer.say(title);
  };
  const comeAfterAll = async (day: OwnDay) => {
    if (is_busy.current) return;
    is_busy.current = true;
    const text = await tell({ session: day.session, cannot_come: false });
    is_busy.current = false;
    if (text === "") {
      heading.current?.focus();
      return say(t.comes(dayText(day.starts_at, language.value)));
    }
    setTrouble({ session: day.session, text });
    announcer.say(text);
  };

  if (own && telling !== null)
    return (
      <Absence
        own={own}
        chosen={telling}
        phone={phone}
        onTell={async (day, reason) => {
          const text = await tell({ session: day.session, cannot_come: true, ...(reason && { reason }) });
          if (text !== "") return text;
          setTelling(null);
          say(t.has_told(dayOf(day.starts_at, language.value)), t.has_told_what);
          return "";
        }}
        onBack={() => setTelling(null)}
      />
    );

  if (past) return <PastDayPage day={past} pass={pass} phone={phone} onBack={() => setPast(null)} />;

  const now = own?.now ?? at.utc;
  const days = own?.days.filter(({ ends_at }) => ends_at > now);
  const is_off = session?.cancelled !== undefined;
  const is_over = isOver(session?.phase) || link.standing === "over";
  const has_door = link.standing === "open" && !is_off && !is_over;
  const is_last = link.season && days?.length === 0;
  const next = days ? nextOf(days, now) : undefined;
  const door = asks_which
    ? undefined
    : has_door
      ? session?.id
      : next?.is_door_open
        ? next.session
        : undefined;
  return (
    <Outside help={(onClose) => aside && <aside.HelpAtDoor phone={phone} onClose={onClose} />}>
      <main class="own-main">
        <Band seen={seen} own={own} asks_which={asks_which} />
        <div class="page stack-l">
          <CancelledNext seen={seen} days={days} next={next} />
          {done && (
            <Note look="good" icon={CheckIcon} title={done.title}>
              {done.what}
            </Note>
          )}
          {asks_which && (
            <div class="stack">
              {link.next?.map((one) => (
                <WhichOne key={one.id} session={one} onEnter={() => onEnter(one.id)} />
              ))}
            </div>
          )}
          <OwnWork pass={pass} phone={phone} />
          {is_over && <AskFeedback />}
          <WhatChanged shown={session?.improvements} />
          {!is_last && (
            <section class="stack" aria-labelledby="days-title">
              <h2 id="days-title" ref={heading} tabIndex={-1}>
                {link.season ? t.days_title : t.date_title}
              </h2>
              {is_away && !own && <p>{t.not_loaded}</p>}
              {link.season && !("secret" in pass) && <p>{t.by_link}</p>}
              {!link.season && session && !days?.length && (
                <p>
                  {dayText(session.starts_at, language.value)}{" "}
                  {c.at_clock(clockSpan(session.starts_at, session.ends_at))}
                </p>
              )}
              <ul class="dates lines">
                {days?.map((day) => (
                  <DayRow
                    key={day.session}
                    day={day}
                    trouble={trouble?.session === day.session ? trouble.text : ""}
                    onTell={() => {
                      setDone(null);
                      setTelling(day.session);
                    }}
                    onComeAfterAll={() => void comeAfterAll(day)}
                  />
                ))}
              </ul>
              {link.season
                ? own && <Calendar requests={requests} />
                : aside &&
                  !is_off && (
                    <p>
                      <aside.CalendarButton page={page} pass={pass} />
                    </p>
                  )}
            </section>
          )}
          {own?.past && <PastDays days={own.past} onLook={setPast} />}
          {!link.season && aside && !is_off && <aside.DeviceTests />}
          {phone && <CallUs phone={phone} />}
          <p class="quiet with-i">
            <LockIcon /> <span>{t.only_yours}</span>
          </p>
          {aside && <aside.SiteLinks />}
        </div>
      </main>
      {door !== undefined && (
        <section class="dock" aria-label={t.come_in}>
          <div class="inner">
            <Button look="main" is_big icon={DoorIcon} onPress={() => onEnter(door)}>
              {door === session?.id && session?.phase === "planned" ? t.to_door : t.come_in}
            </Button>
          </div>
        </section>
      )}
    </Outside>
  );
}

/** What the server knows of the person's days: asked when the page opens, whenever the link is looked at, and again. */
function useOwn(pass: Key, at: Seen["at"]) {
  const { timers } = useApp();
  const requestsBy = useContext(OwnPageRequestsContext);
  const secret = "secret" in pass ? pass.secret : null;
  const requests = useMemo(() => requestsBy(keyFor(pass)), [secret]);
  const [own, setOwn] = useState<OwnPageAnswer | null>(null);
  const [is_away, setAway] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (secret === null) return;
    let is_gone = false;
    let callOff: () => void = () => undefined;
    void requests.own().then((answer) => {
      if (is_gone) return;
      setAway(answer.kind === "unreachable");
      if (answer.kind === "ok") setOwn(answer.value);
      else if (answer.kind === "unreachable")
        callOff = timers.after(CONNECT_AGAIN_MS, () => setAttempt(attempt + 1));
    });
    return () => {
      is_gone = true;
      callOff();
    };
  }, [requests, at, attempt]);
  return { own, setOwn, is_away, requests };
}

/** Who they are, and what comes next. */
function Band({
  seen,
  own,
  asks_which,
}: {
  seen: Seen & { session?: Session | undefined };
  own: OwnPageAnswer | null;
  asks_which: boolean;
}) {
  const { link, session, at } = seen;
  const t = useTexts(ownPageTexts);
  const c = useCommon();
  const { language } = useApp();
  const name = own?.name || link.name;
  const now = own?.now ?? at.utc;
  const is_ahead = !isOver(session?.phase) && link.standing !== "over";
  // Of one session alone there is nothing else to show; of a season, what the person comes to.
  const next = own && link.season ? nextOf(own.days, now) : is_ahead ? session : undefined;
  const is_off = next && "cancelled" in next && next.cancelled !== undefined;
  const day = next && dayText(next.starts_at, language.value);
  const hours = next && c.at_clock(clockSpan(next.starts_at, next.ends_at));
  const lines = (head: string | undefined, title: string, bold: string | undefined, more: string) => (
    <section class="theme" aria-label={head ?? title}>
      <div class="inner">
        {head && <p class="now-item">{head}</p>}
        <h1 class="question huge" dir="auto">
          {title}
        </h1>
        {bold && (
          <p class="comes">
            <b>{bold}</b>
          </p>
        )}
        {more && <p class="comes">{more}</p>}
      </div>
    </section>
  );
  const hello = name ? t.hello(name) : undefined;
  if (asks_which) return lines(hello, t.which_title, undefined, t.which_what);
  if (!next || !day) return lines(hello, t.no_next, undefined, own?.days.length ? "" : t.no_next_what);
  if (is_off) return lines(hello, next.theme, `${day} ${hours}`, `${t.cancelled}.`);
  if (!link.season)
    return lines(t.right_place, next.theme, t.cafe_is(day, clockShort(next.starts_at)), t.works_then);
  const is_open = "is_door_open" in next && next.is_door_open;
  return lines(
    name ? t.hello_next(name) : t.next,
    next.theme,
    `${day} ${hours}`,
    is_open ? t.is_open : `${t.in_days(daysBetween(now, next.starts_at))} ${howOf(next, t) || t.open_then}`,
  );
}

/** A day that would have come first and is not held, in the words of those who cancelled it. */
function CancelledNext(props: {
  seen: Seen & { session?: Session | undefined };
  days: readonly OwnDay[] | undefined;
  next: OwnDay | undefined;
}) {
  const { seen, days, next } = props;
  const t = useTexts(ownPageTexts);
  const { language } = useApp();
  const of_season = days?.find(
    ({ cancelled, starts_at }) => cancelled !== undefined && !(next && starts_at > next.starts_at),
  );
  const off = of_season ?? seen.session;
  if (off?.cancelled === undefined) return null;
  const title = of_season?.appointment
    ? t.no_meeting
    : of_season?.way === "phone_day"
      ? t.no_call
      : t.is_cancelled;
  // Of a season the next day stands in the band.
  const next_at = !seen.link.season && seen.session?.next_starts_at;
  return (
    <Note icon={InfoIcon} title={title(dayText(off.starts_at, language.value))}>
      {off.cancelled && <span dir="auto">{off.cancelled} </span>}
      {t.nothing_to_do}
      {next_at && ` ${t.next_is(dayText(next_at, language.value))}`}
    </Note>
  );
}

/** One of today's sessions, to come to. */
function WhichOne({ session, onEnter }: { session: Session; onEnter: () => void }) {
  const t = useTexts(ownPageTexts);
  const { theme, series, starts_at, ends_at, phase, cancelled } = session;
  const hours = t.at(clockSpan(starts_at, ends_at));
  if (cancelled !== undefined)
    return (
      <Note icon={CrossIcon} title={`${hours}: ${theme}`}>
        {t.cancelled}. <span dir="auto">{cancelled}</span>
      </Note>
    );
  if (isOver(phase)) return null;
  return (
    <Choice icon={CupIcon} title={theme} onPress={onEnter}>
      {hours} · {series}
    </Choice>
  );
}

/** How a day is held that has no room. */
function howOf(day: object & Partial<Pick<OwnDay, "way" | "appointment">>, t: OwnPageTexts): string {
  if (day.appointment) return `${t.meetings[day.appointment]}.`;
  return day.way === "phone_day" ? t.we_call : "";
}

function DayRow(props: { day: OwnDay; trouble: string; onTell: () => void; onComeAfterAll: () => void }) {
  const { day, trouble, onTell, onComeAfterAll } = props;
  const t = useTexts(ownPageTexts);
  const { language } = useApp();
  const date = dateOf(day.starts_at, language.value);
  const is_off = day.cancelled !== undefined;
  const how = howOf(day, t);
  return (
    <li class={classes((is_off || day.cannot_come) && "away")}>
      <p class="leaf num">
        <small>{weekdayOf(day.starts_at, language.value)}</small> <b>{date}</b>
      </p>
      <p>
        <b dir="auto">{day.theme}</b>
        <br />
        {t.at(clockSpan(day.starts_at, day.ends_at))}
        {how && !is_off && (
          <>
            <br />
            {how} <span dir="auto">{day.place}</span>
          </>
        )}
        {day.cancelled && (
          <>
            <br />
            <span dir="auto">{day.cancelled}</span>
          </>
        )}
      </p>
      <div class="acts row">
        {is_off ? (
          <Badge look="wait" icon={CrossIcon}>
            {t.cancelled}
          </Badge>
        ) : day.cannot_come ? (
          <>
            <Badge look="wait" icon={CheckIcon}>
              {t.told}
            </Badge>{" "}
            <Button label={`${t.can_after_all} ${date}`} onPress={onComeAfterAll}>
              {t.can_after_all}
            </Button>
          </>
        ) : (
          <Button label={`${t.cannot} ${date}`} onPress={onTell}>
            {t.cannot}
          </Button>
        )}
      </div>
      {trouble && (
        <div class="trouble">
          <Note look="stop" icon={WarnIcon} title={trouble} />
        </div>
      )}
    </li>
  );
}
