import { useComputed } from "@preact/signals";
import type { HelpState, Refusal } from "@protocol";
import type { LookAnswer } from "@protocol/api";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Key } from "../connection/entrance";
import { forgetTab, isForOne, keepKey, keptKey, keyFor } from "../connection/key_keep";
import type { Timers } from "../connection/parts";
import type { RoomLine } from "../connection/room_line";
import { refusalSentence } from "../text/common";
import { aboutMinutes, clockSpan, dayText } from "../text/times";
import { LineProvider, useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import {
  CheckIcon,
  DoorIcon,
  EarIcon,
  HandIcon,
  HeartIcon,
  HelpIcon,
  LockIcon,
  RoundIcon,
  WarnIcon,
} from "../view/icons";
import {
  CONNECT_AGAIN_MS,
  isOver,
  type LinkSeen,
  lookAtLink,
  type Seen,
  type ServerNow,
  untilOpen,
  useDoAgain,
} from "../view/look_at_link";
import { Note } from "../view/marks";
import type { Page } from "../view/start";
import { useStayAwake } from "../view/stay_awake";
import { Outside } from "./outside";
import { CallUs, useHelpPhone } from "./phone";
import { OwnWork, Plain, useAside, useClosed, useNickname } from "./plain";
import { doorTexts } from "./text/door";
import { WhatChanged } from "./use_feedback";
import { useOwnPage } from "./use_own_page";

type RoomModule = typeof import("./room");
type Session = NonNullable<LookAnswer["session"]>;

interface Known extends Seen {
  readonly pass: Key;
  readonly session: Session;
}

/** A season may have no day to come. */
type Shut = Omit<Known, "session"> & { readonly session?: Session | undefined };

type Stage =
  | { kind: "opening" | "no_link" | "bad_link" | "revoked" | "unreachable" }
  | { kind: "over"; session?: Session }
  /** `own`: the door is shut, now or for good, and the person has a page; `which`: of two sessions of this day. */
  | ({ kind: "join" } & Known)
  | ({ kind: "own" | "which" } & Shut)
  | {
      kind: "room";
      line: RoomLine;
      Room: RoomModule["Room"];
    };

const SHUT_FOR_GOOD: readonly Stage["kind"][] = ["no_link", "bad_link", "revoked", "over"];

/** While the doors are closed, or a call for help waits, the page asks this often how things are. */
const LOOK_AGAIN_MS = 20_000;

/** From a link or a code to the room. */
export function Door({ page, pass }: { page: Page; pass: Key | null }) {
  const [stage, setStage] = useState<Stage>({ kind: "opening" });
  const t = useTexts(doorTexts);
  const c = useCommon();
  const closed = useClosed(SHUT_FOR_GOOD.includes(stage.kind));
  const [shows_own, setShowsOwn] = useState(false);
  /** The person is telling something: the page does not go on under their hands. */
  const [is_held, setHeld] = useState(false);
  const own = useOwnPage(shows_own || stage.kind === "own" || stage.kind === "which");
  /** What changed by feedback: the room tells it too, to whoever came by the door. */
  const told = useRef<Session["improvements"]>(undefined);

  const enterRoom = async (key: Key, name: string | undefined, ticket: string | undefined) => {
    try {
      const { Room, openLine, bringRoomTexts } = await import("./room");
      await bringRoomTexts();
      setStage({ kind: "room", Room, line: openLine(page, key, name, ticket) });
    } catch {
      setStage({ kind: "unreachable" });
    }
  };

  const look = async (key: Key): Promise<"unknown" | Refusal | "moved_on"> => {
    const seen = await lookAtLink(page, key, "/");
    if (seen.kind === "refused") return seen.refusal;
    if (seen.kind === "unknown") return "unknown";
    arrive(key, seen);
    return "moved_on";
  };

  const arrive = (key: Key, seen: Exclude<LinkSeen, { kind: "unknown" | "refused" }>) => {
    if (seen.kind === "elsewhere") {
      keepKey(page.keep, key);
      return location.replace(seen.address);
    }
    if (seen.kind === "unreachable" || seen.kind === "revoked") return setStage({ kind: seen.kind });
    const { link, at } = seen;
    const { session, season, next = [] } = link;
    if (!session) {
      if (!season) return setStage({ kind: "bad_link" });
      const pass = keyFor(key);
      keepKey(page.keep, pass);
      return setStage({ kind: "own", pass, link, at });
    }
    const known = { pass: key, link, session, at };
    const is_off = session.cancelled !== undefined;
    const is_over = isOver(session.phase) || seen.kind === "over";
    // The chosen one is past: whatever the link is for now.
    if (isForOne(key) && (is_over || is_off)) return void lookAndTell(keyFor(key));
    if (season && !isForOne(key) && next.filter(isToCome).length > 1) {
      keepKey(page.keep, key);
      return setStage({ kind: "which", ...known });
    }
    if (season) {
      const id = `${session.id}`;
      // Another day in the same tab: nothing of the one before is sent into it.
      if (page.keep.get("session") !== id) forgetTab(page.keep);
      page.keep.set("session", id);
    }
    keepKey(page.keep, key);
    if (is_over && !season) return setStage({ kind: "over", session });
    // Whom to call is known before the room is, and when the room does not open.
    page.keep.set("door_phone", session.help_phone ?? "");
    told.current = session.improvements;
    const kind = is_over || is_off || seen.kind === "early" ? "own" : "join";
    if (kind === "join" && page.keep.get("ticket") !== null) return void goOn(key);
    setStage({ kind, ...known });
    // While the person reads, the room's code comes.
    if (kind === "join")
      void import("./room").then(({ bringRoomTexts }) => bringRoomTexts()).catch(() => undefined);
  };

  const lookAndTell = async (key: Key) => {
    const answer = await look(key);
    if (answer === "unknown") setStage({ kind: "bad_link" });
    else if (answer !== "moved_on") setStage({ kind: "unreachable" });
  };

  /** While the person waits: a look that fails takes nothing off the page, and the next one comes. */
  const lookAgain = async (waiting: Stage & Shut) => {
    const seen = await lookAtLink(page, waiting.pass, "/");
    if (seen.kind === "unknown" || seen.kind === "refused" || seen.kind === "unreachable")
      setStage({ ...waiting });
    else arrive(waiting.pass, seen);
  };

  /** Came in before in this tab: a reload goes on where it was. */
  const goOn = (key: Key) => enterRoom(key, page.keep.get("name") ?? undefined, undefined);

  const begin = async () => {
    const key = keptKey(page.keep) ?? pass;
    if (!key) return setStage({ kind: "no_link" });
    // What the link of a season is for today is not known yet.
    const is_known = page.keep.get("session") === null;
    return is_known && page.keep.get("ticket") !== null ? goOn(key) : lookAndTell(key);
  };

  useEffect(() => {
    void begin();
  }, []);
  useDoAgain(
    is_held ? null : untilAgain(stage, page.app.timers),
    () => void ("pass" in stage ? lookAgain(stage) : begin()),
    [stage, is_held],
  );

  const onKey = (key: Key) => {
    forgetTab(page.keep);
    return look(key);
  };
  const ownPage = (shut: Stage & Shut) =>
    own ? (
      <own.OwnPage
        page={page}
        seen={shut}
        asks_which={shut.kind === "which"}
        onEnter={(session) => {
          setShowsOwn(false);
          if (shut.kind !== "join" || session !== shut.session?.id)
            void lookAndTell(keyFor(shut.pass, session));
        }}
        onHeld={setHeld}
      />
    ) : (
      <Plain title={t.welcome} />
    );
  switch (stage.kind) {
    case "room": {
      const { Room, line } = stage;
      return (
        <LineProvider line={line}>
          <Room
            first={<WhatChanged shown={told.current} is_in_room />}
            onComeBack={() => {
              line.close();
              page.keep.remove("ticket");
              setStage({ kind: "opening" });
              void begin();
            }}
          />
        </LineProvider>
      );
    }
    case "own":
    case "which":
      return ownPage(stage);
    case "join":
      return shows_own ? (
        ownPage(stage)
      ) : (
        <JoinPage
          page={page}
          stage={stage}
          onOwn={() => setShowsOwn(true)}
          onUnknown={() => void lookAndTell(stage.pass)}
          onStale={() => void lookAgain(stage)}
          onHelp={(help) => setStage({ ...stage, link: { ...stage.link, help } })}
          onEnter={(name, ticket) => {
            page.keep.set("name", name);
            page.keep.set("ticket", ticket);
            void enterRoom(stage.pass, name, ticket);
          }}
        />
      );
    case "opening":
      return <Plain title={t.opening} />;
    case "unreachable":
      return (
        <Plain title={t.unreachable} what={t.unreachable_what}>
          <Button look="main" is_big icon={RoundIcon} onPress={() => void begin()}>
            {c.try_now}
          </Button>
        </Plain>
      );
    default: {
      const session = stage.kind === "over" ? stage.session : undefined;
      return closed ? (
        <closed.Closed why={stage.kind} session={session} onKey={onKey}>
          {session && <OwnWork pass={keptKey(page.keep)} phone={session.help_phone} />}
        </closed.Closed>
      ) : (
        <Plain title={t.opening} />
      );
    }
  }
}

const isToCome = ({ phase, cancelled }: Session) => cancelled === undefined && !isOver(phase);

/** When the page does something by itself: for whoever waits for the doors, for help or for a line. */
function untilAgain(stage: Stage, timers: Timers): number | null {
  switch (stage.kind) {
    case "unreachable":
      return CONNECT_AGAIN_MS;
    case "own":
    case "which":
      return untilOpen(stage, timers);
    case "join": {
      const { phase, is_staff_here } = stage.session;
      return phase === "planned" || is_staff_here === false || stage.link.help ? LOOK_AGAIN_MS : null;
    }
    default:
      return null;
  }
}

/** A start that is further off is told by its day. */
const SOON_MS = 6 * 3_600_000;
const CLOSED_REFUSALS: readonly string[] = ["too_early", "over", "revoked"];
const MANNER_ICONS = [HandIcon, HeartIcon, LockIcon, EarIcon, HelpIcon] as const;

function JoinPage(props: {
  page: Page;
  stage: Known;
  /** To the days of the season. */
  onOwn: () => void;
  /** The key opens nothing any more. */
  onUnknown: () => void;
  /** Other names are offered by now. */
  onStale: () => void;
  onHelp: (help: HelpState) => void;
  onEnter: (name: string, ticket: string) => void;
}) {
  const { page, stage, onOwn, onUnknown, onStale, onHelp, onEnter } = props;
  const { link, session, pass } = stage;
  const { announcer, language } = useApp();
  const t = useTexts(doorTexts);
  const c = useCommon();
  const [typed, setTyped] = useState(page.keep.get("name") ?? link.name ?? "");
  const [refusal, setRefusal] = useState<Refusal | "unreachable" | null>(null);
  const [is_entering, setEntering] = useState(false);
  const aside = useAside();
  const phone = useHelpPhone(session.help_phone);
  const field = useRef<HTMLInputElement>(null);
  const { nicknames } = link;
  const nickname = useNickname(nicknames !== undefined);
  // What was typed before the day had nicknames is none of them.
  const name = link.entered && nicknames ? (link.name ?? "") : typed;
  const choose = (wanted: string) => {
    setTyped(wanted);
    page.keep.set("name", wanted);
    setRefusal(null);
  };
  const is_waiting = session.phase === "planned";
  // Whoever waits for the doors waits with the screen on; a page that is opened days ahead does not.
  useStayAwake(is_waiting && session.starts_at - stage.at.utc < SOON_MS);

  const enter = async () => {
    if (is_entering || is_waiting) return;
    const wanted = name.trim();
    if (wanted === "" || nicknames?.includes(wanted) === false) {
      setRefusal({ word: "name_empty" });
      field.current?.focus();
      return;
    }
    setEntering(true);
    const answer = await page.entrance.enter(pass, wanted);
    if (answer.kind === "ok") return onEnter(wanted, answer.value.ticket);
    setEntering(false);
    // What a link has become is told by looking at it.
    const is_closed = answer.kind === "refused" && CLOSED_REFUSALS.includes(answer.refusal.word);
    if (answer.kind === "unknown" || is_closed) return onUnknown();
    setRefusal(answer.kind === "refused" ? answer.refusal : "unreachable");
    if (answer.kind === "refused" && answer.refusal.word.startsWith("name_")) {
      field.current?.focus();
      if (nicknames || answer.refusal.word === "name_not_offered") onStale();
    }
  };
  // Who has pressed comes in when there is a line, without pressing again; until they write another name.
  const is_away = refusal === "unreachable" && !is_entering;
  useDoAgain(is_away ? CONNECT_AGAIN_MS : null, () => void enter(), [is_away]);

  const trouble =
    refusal === null
      ? ""
      : refusal === "unreachable"
        ? `${t.unreachable}. ${t.unreachable_what}`
        : (nickname?.nicknameTrouble(refusal, language.value) ?? refusalSentence(c, refusal, () => ""));
  useEffect(() => {
    if (trouble) announcer.say(trouble);
  }, [trouble]);

  return (
    <Outside
      help={(onClose) =>
        aside && (
          <aside.HelpAtDoor
            phone={phone}
            {...(is_waiting ? {} : { asks: { page, pass, state: link.help, onAsked: onHelp } })}
            onClose={onClose}
          />
        )
      }
    >
      <main>
        <section class="theme" aria-label={c.theme}>
          <div class="inner">
            <p class="now-item">{link.entered && link.name ? t.welcome_back(link.name) : t.welcome}</p>
            <h1 class="question huge" dir="auto">
              {session.theme}
            </h1>
            <p class="comes">
              <b>
                {t.day_at(
                  dayText(session.starts_at, language.value),
                  clockSpan(session.starts_at, session.ends_at),
                )}
              </b>
            </p>
            <StartsIn session={session} at={stage.at} />
          </div>
        </section>
        <form
          class="page stack-l"
          id="join"
          onSubmit={(event) => {
            event.preventDefault();
            void enter();
          }}
        >
          {aside && <aside.Waiting page={page} seen={stage} onOwn={onOwn} />}
          <WhatChanged shown={session.improvements} />
          {aside && link.help && <aside.HelpWaits state={link.help} />}
          {nicknames ? (
            nickname && (
              <nickname.Nickname
                link={link}
                offered={nicknames}
                name={name}
                trouble={trouble}
                first={field}
                onChoose={choose}
              />
            )
          ) : (
            <div class="field">
              <label for="name">{t.name_label}</label>
              <p class="hint" id="name-hint">
                {t.name_hint}
              </p>
              <input
                dir="auto"
                ref={field}
                id="name"
                autocomplete="nickname"
                maxLength={40}
                value={name}
                onInput={(event) => choose(event.currentTarget.value)}
                aria-describedby={trouble ? "name-trouble name-hint" : "name-hint"}
                aria-invalid={trouble !== ""}
              />
              {trouble && (
                <div id="name-trouble" class="trouble">
                  <Note look="stop" icon={WarnIcon} title={trouble} />
                </div>
              )}
            </div>
          )}
          {!link.entered && (
            <section aria-labelledby="manners-title">
              <h2 id="manners-title">{t.together}</h2>
              <ul class="manners">
                {t.manners.map((manner, index) => {
                  const Icon = MANNER_ICONS[index] ?? CheckIcon;
                  return (
                    <li key={manner}>
                      <Icon /> <span>{manner}</span>
                    </li>
                  );
                })}
              </ul>
            </section>
          )}
          {aside && <aside.DeviceTests />}
          {phone && <CallUs phone={phone} />}
          {aside && <aside.SiteLinks />}
        </form>
      </main>
      <section class="dock" aria-label={t.come_in_label}>
        <div class="inner">
          {!link.entered && <p class="quiet small promise">{t.promise}</p>}
          <button
            class="btn main big"
            type="submit"
            form="join"
            aria-disabled={is_entering || is_waiting ? "true" : undefined}
          >
            <DoorIcon /> {is_waiting ? t.doors_open_button : is_entering ? t.coming_in : t.come_in}
          </button>
        </div>
      </section>
    </Outside>
  );
}

/** "Starts in 18 minutes", by the server's clock; what the session is doing says whether it is still to come. */
function StartsIn({ session, at }: { session: Session; at: ServerNow }) {
  const t = useTexts(doorTexts);
  const c = useCommon();
  const { tick } = useApp();
  const { phase, starts_at } = session;
  const is_to_come = phase === "planned" || phase === "doors_open" || phase === "rehearsal";
  const text = useComputed(() => {
    const left = starts_at - (at.utc + tick.value - at.page);
    return left <= 0 ? c.starts_soon : left < SOON_MS ? c.starts_in(aboutMinutes(left)) : "";
  });
  return <p class="comes">{is_to_come ? text : phase === "paused" ? c.break_now : t.is_on}</p>;
}
