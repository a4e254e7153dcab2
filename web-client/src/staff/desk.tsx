import type { MeAnswer, SessionListed } from "@protocol/api";
import { useState } from "preact/hooks";
import { useAsked } from "../coordinator/asked";
import { shortDate } from "../coordinator/dates";
import { httpOffice, type Office } from "../coordinator/office";
import { isDayOver } from "../state/phase";
import { clockSpan, dayText } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CalendarIcon, CallIcon, DoorIcon, LockIcon, PeopleIcon, RoundIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { TopBar } from "../view/top_bar";
import { type AccountRequests, keyOf } from "./account";
import { SignOut } from "./sign_out";
import { signInTexts } from "./text/sign_in";
import { OwnName } from "./top";

const ROOM_ROLES = ["facilitator", "moderator"] as const;
export type RoomRole = (typeof ROOM_ROLES)[number];

/** What someone who has signed in finds: their sessions, the coordinator's desk, and the way out. */
export function Desk(props: {
  requests: AccountRequests;
  me: MeAnswer;
  office?: Office;
  onRoom: (session: SessionListed, role: RoomRole) => void;
  onOffice: () => void;
  /** To the days of one's own people. */
  onReports: () => void;
  /** To one's own account. */
  onAccount: () => void;
  onOut: () => void;
}) {
  const { requests, me, onRoom, onOffice, onReports, onAccount, onOut } = props;
  const t = useTexts(signInTexts);
  const c = useCommon();
  const [office] = useState(() => props.office ?? httpOffice(fetch.bind(globalThis), keyOf(me)));
  const asked = useAsked(() => office.sessions(), [office]);
  const sessions = [...(asked.value?.sessions ?? [])].sort((a, b) => a.starts_at - b.starts_at);
  // Whoever has no role any more has no sessions: a partner's leader whose group is over.
  const has_none = asked.value
    ? sessions.length === 0
    : asked.answer?.kind === "refused" && me.roles.length === 0;
  const is_past = ({ phase }: SessionListed) => isDayOver(phase);
  const coming = sessions.filter((one) => !is_past(one));
  const past = sessions.filter(is_past).reverse();
  const coordinates = me.roles.some(({ role }) => role === "coordinator");
  const acts = {
    onRoom,
    onCalls: ({ id }: SessionListed) => {
      location.hash = `phone_days/${id}`;
      onReports();
    },
  };
  const supervises = me.roles.some(({ role }) => role === "supervisor");
  return (
    <>
      <header class="top">
        <TopBar
          end={
            <span class="push">
              <OwnName name={me.name} onAccount={onAccount} />
            </span>
          }
        />
      </header>
      <main class="page stack">
        <h1>{t.hello(me.name)}</h1>
        {me.step_due_at !== undefined && (
          <Note icon={LockIcon} title={t.step_due(shortDate(me.step_due_at))}>
            <p>{t.step_due_what}</p>
            <Button icon={LockIcon} onPress={onAccount}>
              {t.own_account}
            </Button>
          </Note>
        )}
        {(coordinates || supervises) && (
          <div class="row">
            {coordinates && (
              <Button look="main" icon={CalendarIcon} onPress={onOffice}>
                {t.office}
              </Button>
            )}
            {supervises && (
              <Button icon={PeopleIcon} onPress={onReports}>
                {t.own_people}
              </Button>
            )}
          </div>
        )}
        {asked.answer !== null && asked.answer.kind !== "ok" && !has_none && (
          <Note look="stop" icon={WarnIcon} title={t.unreachable}>
            <Button icon={RoundIcon} onPress={asked.ask}>
              {c.try_now}
            </Button>
          </Note>
        )}
        <section class="sheet" aria-labelledby="own-sessions">
          <div class="sheet-h">
            <h2 id="own-sessions">{t.own_sessions}</h2>
          </div>
          {has_none && <p class="quiet">{coordinates ? t.none_coordinator : t.none}</p>}
          {coming.length > 0 && <Sessions title={t.later} sessions={coming} {...acts} />}
          {past.length > 0 && <Sessions title={t.earlier} sessions={past} {...acts} />}
        </section>
        <SignOut requests={requests} me={me} onOut={onOut} />
      </main>
    </>
  );
}

function Sessions(props: {
  title: string;
  sessions: readonly SessionListed[];
  onRoom: (session: SessionListed, role: RoomRole) => void;
  onCalls: (session: SessionListed) => void;
}) {
  const { title, sessions, onRoom, onCalls } = props;
  const t = useTexts(signInTexts);
  const c = useCommon();
  const { language } = useApp();
  return (
    <>
      <h3 class="sub">{title}</h3>
      <ul class="lines roster">
        {sessions.map((session) => {
          const role = ROOM_ROLES.find((one) => session.roles.includes(one));
          return (
            <li key={session.id}>
              <span>
                <b dir="auto">{session.theme}</b>{" "}
                <span class="small quiet">
                  {dayText(session.starts_at, language.value)}{" "}
                  {c.at_clock(clockSpan(session.starts_at, session.ends_at))} · {session.series}
                </span>
              </span>
              {session.way === "phone_day" && (
                <Button icon={CallIcon} onPress={() => onCalls(session)}>
                  {t.calls} <span class="vh">: {dayText(session.starts_at, language.value)}</span>
                </Button>
              )}
              {role && (
                <Button icon={DoorIcon} onPress={() => onRoom(session, role)}>
                  {t.enter(c.roles[role])} <span class="vh">: {session.theme}</span>
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
