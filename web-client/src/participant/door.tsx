import { useComputed } from "@preact/signals";
import type { Refusal } from "@protocol";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Key, LinkAnswer } from "../connection/entrance";
import { forgetTab, keepKey } from "../connection/key_keep";
import type { RoomLine } from "../connection/room_line";
import { isStaff } from "../state/person";
import { refusalSentence } from "../text/common";
import { aboutMinutes, clockSpan, dayText } from "../text/times";
import { LineProvider, useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog, HelpContext } from "../view/dialog";
import {
  CalendarIcon,
  CallIcon,
  CheckIcon,
  DoorIcon,
  EarIcon,
  HandIcon,
  HeartIcon,
  HelpIcon,
  InfoIcon,
  LockIcon,
  RoundIcon,
  SoundIcon,
  WarnIcon,
} from "../view/icons";
import { Languages } from "../view/languages";
import { Note } from "../view/marks";
import type { Page } from "../view/start";
import { useStayAwake } from "../view/stay_awake";
import { TopBar } from "../view/top_bar";
import { CodeForm } from "./code_form";
import { doorTexts } from "./text/door";

type RoomModule = typeof import("./room");

interface Join {
  readonly kind: "join";
  readonly pass: Key;
  readonly link: LinkAnswer;
  readonly session: NonNullable<LinkAnswer["session"]>;
}

type Stage =
  | { kind: "opening" }
  | { kind: "no_link" | "bad_link" | "unreachable" | "over" }
  | Join
  | { kind: "room"; line: RoomLine; Room: RoomModule["Room"] };

/** While the doors are closed the page asks this often whether they have opened. */
const LOOK_AGAIN_MS = 20_000;

/** Whoever waits for the doors waits with the screen on; a page that is opened days ahead does not. */
const AWAKE_BEFORE_MS = 6 * 3_600_000;

/** From a link or a code to the room. */
export function Door({ page, pass }: { page: Page; pass: Key | null }) {
  const [stage, setStage] = useState<Stage>({ kind: "opening" });
  const t = useTexts(doorTexts);

  const enterRoom = async (key: Key, name: string | undefined, ticket: string | undefined) => {
    try {
      const { Room, openLine } = await import("./room");
      setStage({ kind: "room", Room, line: openLine(page, key, name, ticket) });
    } catch {
      setStage({ kind: "unreachable" });
    }
  };

  const look = async (key: Key): Promise<"unknown" | Refusal | "moved_on"> => {
    const found = await page.entrance.look(key);
    if (found.kind === "refused") return found.refusal;
    if (found.kind === "unknown") return "unknown";
    if (found.kind === "unreachable") setStage({ kind: "unreachable" });
    else arrive(key, found.value);
    return "moved_on";
  };

  const arrive = (key: Key, link: LinkAnswer) => {
    if (isStaff(link)) {
      keepKey(page.keep, key);
      location.replace("/staff");
    } else if (!link.session) setStage({ kind: "bad_link" });
    else {
      keepKey(page.keep, key);
      const { session } = link;
      const is_over = session.phase === "closed" || session.phase === "sealed" || session.phase === "debrief";
      setStage(is_over ? { kind: "over" } : { kind: "join", pass: key, link, session });
      // While the person reads, the room's code comes.
      if (!is_over) void import("./room").catch(() => undefined);
    }
  };

  const lookAndTell = async (key: Key) => {
    const answer = await look(key);
    if (answer === "unknown") setStage({ kind: "bad_link" });
    else if (answer !== "moved_on") setStage({ kind: "unreachable" });
  };

  /** While the person waits: a look that fails takes nothing off the page, and the next one comes. */
  const lookAgain = async (waiting: Join) => {
    const found = await page.entrance.look(waiting.pass);
    if (found.kind === "ok") arrive(waiting.pass, found.value);
    else setStage({ ...waiting });
  };

  const begin = async () => {
    if (!pass) return setStage({ kind: "no_link" });
    // Came in before in this tab: a reload goes on where it was.
    if (page.keep.get("ticket") !== null)
      return enterRoom(pass, page.keep.get("name") ?? undefined, undefined);
    return lookAndTell(pass);
  };

  useEffect(() => {
    void begin();
  }, []);

  switch (stage.kind) {
    case "room": {
      const { Room, line } = stage;
      return (
        <LineProvider line={line}>
          <Room
            onComeBack={() => {
              page.keep.remove("ticket");
              setStage({ kind: "opening" });
              void begin();
            }}
          />
        </LineProvider>
      );
    }
    case "join":
      return (
        <JoinPage
          page={page}
          stage={stage}
          onLook={() => void lookAgain(stage)}
          onUnknown={() => void lookAndTell(stage.pass)}
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
          <TryAgain
            onPress={() => {
              setStage({ kind: "opening" });
              void begin();
            }}
          />
        </Plain>
      );
    case "over":
      return <Plain title={t.over} what={t.over_what} />;
    case "bad_link":
    case "no_link": {
      const is_bad = stage.kind === "bad_link";
      return (
        <Plain title={is_bad ? t.bad_link : t.no_link} what={is_bad ? t.bad_link_what : t.no_link_what}>
          {is_bad && <p>{t.bad_link_code}</p>}
          <CodeForm
            onCode={async (code) => {
              forgetTab(page.keep);
              return look({ code });
            }}
          />
        </Plain>
      );
    }
  }
}

/** A page with one thing to say. */
export function Plain(props: { title: string; what?: string; children?: preact.ComponentChildren }) {
  return (
    <>
      <header class="top">
        <TopBar end={<Languages />} />
      </header>
      <main class="page stack">
        <h1>{props.title}</h1>
        {props.what && <p>{props.what}</p>}
        {props.children}
      </main>
    </>
  );
}

function TryAgain({ onPress }: { onPress: () => void }) {
  const t = useCommon();
  return (
    <Button look="main" is_big icon={RoundIcon} onPress={onPress}>
      {t.try_now}
    </Button>
  );
}

const MANNER_ICONS = [HandIcon, HeartIcon, LockIcon, EarIcon, HelpIcon] as const;

function JoinPage(props: {
  page: Page;
  stage: Join;
  /** The doors are closed: time to look whether they still are. */
  onLook: () => void;
  /** The key opens nothing any more. */
  onUnknown: () => void;
  onEnter: (name: string, ticket: string) => void;
}) {
  const { page, stage, onLook, onUnknown, onEnter } = props;
  const { link, session, pass } = stage;
  const { timers, announcer } = useApp();
  const t = useTexts(doorTexts);
  const c = useCommon();
  const [name, setName] = useState(page.keep.get("name") ?? link.name ?? "");
  const [refusal, setRefusal] = useState<Refusal | "unreachable" | null>(null);
  const [is_entering, setEntering] = useState(false);
  const [is_help_open, setHelpOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const is_waiting = session.phase === "planned";
  const { language } = useApp();
  useStayAwake(is_waiting && session.starts_at - Date.now() < AWAKE_BEFORE_MS);

  useEffect(() => {
    if (!is_waiting) return;
    return timers.after(LOOK_AGAIN_MS, onLook);
  }, [stage]);

  const enter = async (event: Event) => {
    event.preventDefault();
    if (is_entering || is_waiting) return;
    const wanted = name.trim();
    if (wanted === "") {
      setRefusal({ word: "name_empty" });
      field.current?.focus();
      return;
    }
    setEntering(true);
    const answer = await page.entrance.enter(pass, wanted);
    if (answer.kind === "ok") return onEnter(wanted, answer.value.ticket);
    setEntering(false);
    if (answer.kind === "unknown") return onUnknown();
    setRefusal(answer.kind === "refused" ? answer.refusal : "unreachable");
    if (answer.kind === "refused" && answer.refusal.word.startsWith("name_")) field.current?.focus();
  };

  const keepDate = async () => {
    const entry = await page.entrance.calendar(pass);
    const { saveFile } = await import("../page/save_file");
    if (entry) saveFile(entry, "etakahvila.ics");
    else announcer.say(t.unreachable_what);
  };

  const trouble =
    refusal === null
      ? ""
      : refusal === "unreachable"
        ? t.unreachable_what
        : refusalSentence(c, refusal, () => "");
  useEffect(() => {
    if (trouble) announcer.say(trouble);
  }, [trouble]);

  return (
    <HelpContext.Provider value={() => setHelpOpen(true)}>
      <header class="top">
        <TopBar end={<Languages />} />
      </header>
      <main>
        <section class="theme" aria-label={c.theme}>
          <div class="inner">
            <p class="now-item">{link.entered && link.name ? t.welcome_back(link.name) : t.welcome}</p>
            <h1 class="question huge">{session.theme}</h1>
            <p class="comes">
              <b>
                {t.day_at(
                  dayText(session.starts_at, language.value),
                  clockSpan(session.starts_at, session.ends_at),
                )}
              </b>
            </p>
            <StartsIn starts_at={session.starts_at} />
          </div>
        </section>
        <form class="page stack-l" id="join" onSubmit={(event) => void enter(event)}>
          {is_waiting && (
            <Note icon={InfoIcon} title={t.doors_closed}>
              {t.doors_closed_what}
              <p>
                <Button icon={CalendarIcon} onPress={() => void keepDate()}>
                  {t.calendar}
                </Button>
              </p>
            </Note>
          )}
          <div class="field">
            <label for="name">{t.name_label}</label>
            <p class="hint" id="name-hint">
              {t.name_hint}
            </p>
            <input
              ref={field}
              id="name"
              autocomplete="nickname"
              maxLength={40}
              value={name}
              onInput={(event) => {
                setName(event.currentTarget.value);
                setRefusal(null);
              }}
              aria-describedby={trouble ? "name-trouble name-hint" : "name-hint"}
              aria-invalid={trouble !== ""}
            />
            {trouble && (
              <div id="name-trouble" class="trouble">
                <Note look="stop" icon={WarnIcon} title={trouble} />
              </div>
            )}
          </div>
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
          <SoundTest />
          {session.help_phone && <CallUs phone={session.help_phone} />}
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
      {is_help_open && (
        <Dialog title={t.call_title} has_help={false} onClose={() => setHelpOpen(false)}>
          <div class="stack dialog-body">
            {session.help_phone ? <PhoneLink phone={session.help_phone} /> : <p>{t.removed_call}</p>}
            <p class="quiet">{t.call_what}</p>
            <Button onPress={() => setHelpOpen(false)}>{c.close}</Button>
          </div>
        </Dialog>
      )}
    </HelpContext.Provider>
  );
}

/** "Starts in 18 minutes", by this device's wall clock: the room's is not known before the room. */
function StartsIn({ starts_at }: { starts_at: number }) {
  const c = useCommon();
  const { tick } = useApp();
  const text = useComputed(() => {
    void tick.value;
    const left = starts_at - Date.now();
    return left > 0 ? (left < 6 * 3_600_000 ? c.starts_in(aboutMinutes(left)) : "") : "";
  });
  return <p class="comes">{text}</p>;
}

/** Its code comes with the press: few press it, and everyone waits for the page. */
async function tryTheSound() {
  const { playTestSound } = await import("../page/test_sound");
  return playTestSound();
}

function SoundTest() {
  const t = useTexts(doorTexts);
  const [outcome, setOutcome] = useState<"played" | "failed" | null>(null);
  return (
    <section class="sheet" aria-labelledby="sound-title">
      <h2 id="sound-title">{t.sound_question}</h2>
      <p class="quiet" role="status">
        {outcome === null ? t.sound_try : outcome === "played" ? t.sound_played : t.sound_failed}
      </p>
      <p class="row acts-2">
        <Button icon={SoundIcon} onPress={() => void tryTheSound().then(setOutcome)}>
          {t.sound_play}
        </Button>
      </p>
    </section>
  );
}

/** A number that a phone calls when it is pressed. */
export function PhoneNumber({ phone }: { phone: string }) {
  return (
    <a class="phone-no" href={`tel:${phone.replace(/[^+\d]/g, "")}`}>
      <CallIcon /> {phone}
    </a>
  );
}

export function PhoneLink({ phone }: { phone: string }) {
  return (
    <p>
      <PhoneNumber phone={phone} />
    </p>
  );
}

function CallUs({ phone }: { phone: string }) {
  const t = useTexts(doorTexts);
  return (
    <section aria-labelledby="call-title">
      <h2 id="call-title">{t.call_title}</h2>
      <PhoneLink phone={phone} />
      <p class="quiet">{t.call_what}</p>
    </section>
  );
}
