import type { LookAnswer, MeAnswer, ProveBody, ProviderOutcome, SessionListed } from "@protocol/api";
import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { Key } from "../connection/entrance";
import { forgetTab } from "../connection/key_keep";
import { readKept } from "../connection/parts";
import type { RoomLine } from "../connection/room_line";
import type { FeedbackPage } from "../coordinator/feedback_page";
import { type FeedbackDesk, feedbackDesk } from "../coordinator/feedback_requests";
import type { SupervisorConsole } from "../reports/console";
import { clockShort, clockSpan, dayText } from "../text/times";
import { LineProvider, useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CalendarIcon, DoorIcon, RoundIcon, StaffIcon } from "../view/icons";
import { later } from "../view/later";
import { CONNECT_AGAIN_MS, lookAtLink, type Seen, untilOpen, useDoAgain } from "../view/look_at_link";
import { Badge } from "../view/marks";
import { openLine } from "../view/open_line";
import type { Page } from "../view/start";
import { TopBar } from "../view/top_bar";
import { type AccountRequests, isSupervisorOnly, keyOf } from "./account";
import type { ConsoleLink, ConsoleModule } from "./console_props";
import { consoles, supervisorConsole } from "./consoles";
import { Desk, type RoomRole } from "./desk";
import { ProveContext, ProviderContext } from "./proof";
import { SetPassword, SignIn } from "./sign_in";
import { SitePhone } from "./site_phone";
import { staffTexts } from "./text";
import { shellTexts } from "./text/shell";

type Stage =
  | { kind: "opening" }
  | { kind: "message"; about: "bad_link" | "unreachable" | "no_console" | "over" | "revoked" }
  /** A right link before its time. */
  | ({ kind: "early"; pass: Key } & Seen)
  /** After its day a link opens what came of the day's feedback. */
  | { kind: "late"; desk: FeedbackDesk; may_strike: boolean; Feedback: typeof FeedbackPage }
  | { kind: "sign_in" }
  /** Signed in as one who supervises. */
  | { kind: "reports"; me: MeAnswer; Console: typeof SupervisorConsole }
  /** One's own account, and where one came from. */
  | { kind: "account"; me: MeAnswer; back: Stage }
  /** Signed in, and choosing what to do. */
  | { kind: "desk"; me: MeAnswer }
  /** The link is known; one press, and the person is in. */
  | { kind: "threshold"; console: ConsoleModule; link: ConsoleLink; pass: Key }
  | {
      kind: "open";
      console: ConsoleModule;
      link: ConsoleLink;
      pass: Key;
      line: RoomLine | null;
      me: MeAnswer | null;
    };

/** In this tab, the session into whose room someone signed in has gone; a reload goes back into it. */
const ROOM_KEPT = "signed_in_room";
/** Whose, and of which session, the things on this tab's shelf are. It outlives the way back to the desk. */
const SHELF_OF = "shelf_of";
const own_account = later(() => import("./use_own_account"));
/** So often a page with a room open shows that its sign-in is in use. */
const STAY_IN_MS = 10 * 60_000;

/**
 * From a link, or from a name and a password, to the console of one's role. A participant's link opened here goes to
 * the participant's page.
 */
export function StaffDoor(props: {
  page: Page;
  pass: Key | null;
  accounts: AccountRequests;
  password_link?: string | null;
  /** What was in the way at the city's own sign-in. */
  outcome?: ProviderOutcome | null;
  feedback_desk?: FeedbackDesk;
}) {
  const { page, pass, accounts, password_link, outcome, feedback_desk } = props;
  const [stage, setStage] = useState<Stage>({ kind: "opening" });
  const [attempt, setAttempt] = useState(0);
  const [link, setLink] = useState(password_link ?? null);

  useEffect(() => {
    if (password_link) return;
    let is_here = true;
    const opened = pass ? openConsole(page, pass, feedback_desk) : openDesk(page, accounts);
    void opened.then((next) => {
      // A look that fails takes nothing off the page of who waits.
      const is_failed = next?.kind === "message" && next.about === "unreachable";
      if (is_here && next) setStage((now) => (is_failed && now.kind === "early" ? { ...now } : next));
    });
    return () => {
      is_here = false;
    };
  }, [page, pass, attempt]);

  const is_away = stage.kind === "message" && stage.about === "unreachable";
  useDoAgain(
    stage.kind === "early" ? untilOpen(stage, page.app.timers) : is_away ? CONNECT_AGAIN_MS : null,
    () => setAttempt(attempt + 1),
    [stage],
  );

  const in_room = stage.kind === "open" && stage.me !== null && stage.line !== null;
  useEffect(() => {
    if (!in_room) return;
    const stay = setInterval(() => void accounts.me(), STAY_IN_MS);
    return () => clearInterval(stay);
  }, [in_room]);

  const t = useTexts(staffTexts);
  const c = useCommon();
  const enter = async (me: MeAnswer, session: SessionListed, role: RoomRole) => {
    clearForOthers(page, me, session);
    page.keep.set(ROOM_KEPT, JSON.stringify({ session, role }));
    const console = await consoles[role]?.();
    if (console) setStage(inside(page, keyOf(me, session), console, linkOf(me, session, role), me));
  };
  if (link) {
    return (
      <SetPassword
        requests={accounts}
        secret={link}
        onIn={(me) => {
          setLink(null);
          void welcome(me).then(setStage);
        }}
        onAgain={() => {
          setLink(null);
          setStage({ kind: "sign_in" });
        }}
      />
    );
  }
  if (stage.kind === "sign_in")
    return <SignIn requests={accounts} outcome={outcome} onIn={(me) => void welcome(me).then(setStage)} />;
  if (stage.kind === "account") {
    const { me, back } = stage;
    return (
      <Proving me={me} accounts={accounts}>
        <AccountPage me={me} onBack={() => setStage(back)} />
      </Proving>
    );
  }
  if (stage.kind === "reports") {
    const { me, Console } = stage;
    return (
      <Proving me={me} accounts={accounts}>
        <Console
          accounts={accounts}
          me={me}
          onAccount={() => setStage({ kind: "account", me, back: stage })}
          onDesk={isSupervisorOnly(me) ? undefined : () => setStage({ kind: "desk", me })}
          onOut={() => setStage({ kind: "sign_in" })}
        />
      </Proving>
    );
  }
  if (stage.kind === "desk") {
    const { me } = stage;
    return (
      <Desk
        requests={accounts}
        me={me}
        onAccount={() => setStage({ kind: "account", me, back: stage })}
        onRoom={(session, role) => void enter(me, session, role)}
        onOffice={async () => {
          const console = await consoles.coordinator?.();
          const link: ConsoleLink = { role: "coordinator", name: me.name, entered: true };
          if (console) setStage({ kind: "open", console, link, pass: keyOf(me), line: null, me });
        }}
        onReports={() => void reports(me).then(setStage)}
        onOut={() => setStage({ kind: "sign_in" })}
      />
    );
  }
  if (stage.kind === "open") {
    const { Console } = stage.console;
    const { me } = stage;
    const onDesk = me
      ? () => {
          page.keep.remove(ROOM_KEPT);
          setStage({ kind: "desk", me });
        }
      : undefined;
    // In a room one's place is kept: the way to one's own account is by the desk.
    const onAccount = me && !stage.line ? () => setStage({ kind: "account", me, back: stage }) : undefined;
    const drawn = (
      <Proving me={me} accounts={accounts}>
        <Console
          page={page}
          pass={stage.pass}
          link={stage.link}
          line={stage.line}
          me={me}
          onAccount={onAccount}
          onDesk={onDesk}
        />
      </Proving>
    );
    return stage.line ? <LineProvider line={stage.line}>{drawn}</LineProvider> : drawn;
  }
  if (stage.kind === "late") {
    const { Feedback, desk, may_strike } = stage;
    return (
      <>
        <header class="top">
          <TopBar />
        </header>
        <section class="page stack-s" aria-labelledby="late">
          <h1 id="late">{t.over}</h1>
          <p>{t.late_what}</p>
        </section>
        <Feedback desk={desk} may_strike={may_strike} />
      </>
    );
  }
  return (
    <>
      <header class="top">
        <TopBar />
      </header>
      <main class="page stack">
        {stage.kind === "opening" ? (
          <p>{t.opening}</p>
        ) : stage.kind === "threshold" ? (
          <Threshold
            link={stage.link}
            onEnter={() => setStage(inside(page, stage.pass, stage.console, stage.link, null))}
          />
        ) : stage.kind === "early" ? (
          <Early page={page} pass={stage.pass} link={stage.link} />
        ) : (
          <>
            <h1>{t[stage.about]}</h1>
            <p>{t[`${stage.about}_what`]}</p>
            {stage.about === "unreachable" && (
              <Button icon={RoundIcon} onPress={() => setAttempt(attempt + 1)}>
                {c.try_now}
              </Button>
            )}
            <SitePhone />
          </>
        )}
      </main>
    </>
  );
}

/** Whoever is signed in can show again that it is still them. */
function Proving(props: { me: MeAnswer | null; accounts: AccountRequests; children: ComponentChildren }) {
  const { me, accounts, children } = props;
  const prove = useCallback((body: ProveBody) => accounts.prove(keyOf(me as MeAnswer), body), [me, accounts]);
  const provider = useCallback(async () => {
    const answer = await accounts.site();
    return answer.kind === "ok" ? (answer.value.provider ?? null) : null;
  }, [accounts]);
  return (
    <ProviderContext.Provider value={provider}>
      <ProveContext.Provider value={me && prove}>{children}</ProveContext.Provider>
    </ProviderContext.Provider>
  );
}

function AccountPage({ me, onBack }: { me: MeAnswer; onBack: () => void }) {
  const code = own_account.use();
  const c = useCommon();
  const requests = useMemo(() => code?.ownAccountRequests(fetch.bind(globalThis), keyOf(me)), [code, me]);
  return (
    <>
      <header class="top">
        <TopBar
          end={
            <span class="push">
              <Button onPress={onBack}>{c.back}</Button>
            </span>
          }
        />
      </header>
      <main class="page stack" aria-busy={!requests}>
        {code && requests && <code.OwnAccount requests={requests} />}
      </main>
    </>
  );
}

/** Whose link this is and where it leads, before anything happens. The press also lets the page make sounds. */
function Threshold({ link, onEnter }: { link: ConsoleLink; onEnter: () => void }) {
  const t = useTexts(shellTexts);
  const c = useCommon();
  const { language } = useApp();
  const { session } = link;
  return (
    <>
      <h1 dir="auto">{session?.theme}</h1>
      {session && (
        <p class="quiet">
          {dayText(session.starts_at, language.value)}{" "}
          {c.at_clock(clockSpan(session.starts_at, session.ends_at))}
        </p>
      )}
      <div class="sheet stack-s">
        <p class="quiet">{t.your_name}</p>
        <p class="row">
          <b class="big-t" dir="auto">
            {link.name ?? c.roles[link.role]}
          </b>{" "}
          <Badge look="staff" icon={StaffIcon}>
            {c.roles[link.role]}
          </Badge>
        </p>
      </div>
      <Button look="main" is_big icon={DoorIcon} onPress={onEnter}>
        {t.enter}
      </Button>
    </>
  );
}

/** When one's session is, for whoever tries the link when it comes. */
function Early({ page, pass, link }: { page: Page; pass: Key; link: LookAnswer }) {
  const t = useTexts(staffTexts);
  const { language } = useApp();
  const { session } = link;
  const keepDate = async () => {
    const entry = await page.entrance.calendar(pass);
    const { saveFile } = await import("../page/save_file");
    if (entry) saveFile(entry, "tapaaminen.ics");
    else page.app.announcer.say(t.unreachable);
  };
  return (
    <>
      {session ? <p class="quiet">{t.early}</p> : <h1>{t.early}</h1>}
      {session && (
        <>
          <h1 dir="auto">{session.theme}</h1>
          <p>
            <b>{t.early_what(dayText(session.starts_at, language.value), clockShort(session.starts_at))}</b>
          </p>
          <p>
            <Button icon={CalendarIcon} onPress={() => void keepDate()}>
              {t.calendar}
            </Button>
          </p>
        </>
      )}
      <SitePhone own={session?.help_phone} />
    </>
  );
}

/** What one person has not sent yet in one room is never sent by another, or in another room. */
function clearForOthers({ keep }: Page, me: MeAnswer, session: SessionListed): void {
  const whose = `${me.account} ${session.id}`;
  if (keep.get(SHELF_OF) !== whose) forgetTab(keep);
  keep.set(SHELF_OF, whose);
}

async function reports(me: MeAnswer): Promise<Stage> {
  const { SupervisorConsole } = await supervisorConsole();
  return { kind: "reports", me, Console: SupervisorConsole };
}

/** Where somebody who has signed in begins: who has no room to choose is on their page at once. */
async function welcome(me: MeAnswer): Promise<Stage> {
  return isSupervisorOnly(me) ? reports(me) : { kind: "desk", me };
}

/** Whoever is signed in on this device goes on where they were. */
async function openDesk(page: Page, accounts: AccountRequests): Promise<Stage> {
  const found = await accounts.me();
  if (found.kind === "unreachable") return { kind: "message", about: "unreachable" };
  if (found.kind !== "ok") return { kind: "sign_in" };
  const me = found.value;
  const kept = readKept(page.keep, ROOM_KEPT, isRoomKept, null);
  if (kept) clearForOthers(page, me, kept.session);
  const console = kept && page.keep.get("ticket") !== null ? await consoles[kept.role]?.() : undefined;
  if (!kept || !console) return welcome(me);
  return inside(page, keyOf(me, kept.session), console, linkOf(me, kept.session, kept.role), me);
}

function linkOf(me: MeAnswer, session: SessionListed, role: RoomRole): ConsoleLink {
  return { role, session, name: me.name, entered: true };
}

function isRoomKept(value: unknown): value is { session: SessionListed; role: RoomRole } | null {
  return value === null || (typeof value === "object" && "session" in value && "role" in value);
}

/** When a day has asked for feedback. Facilitators strike no names, here as in the room. */
async function openFeedback(desk: FeedbackDesk, role: LookAnswer["role"]): Promise<Stage | null> {
  const days = await desk.days();
  if (days.kind !== "ok" || days.value.days.length === 0) return null;
  const { FeedbackPage } = await import("../coordinator/feedback_page");
  return { kind: "late", desk, may_strike: role !== "facilitator", Feedback: FeedbackPage };
}

async function openConsole(page: Page, pass: Key, desk?: FeedbackDesk): Promise<Stage | null> {
  const seen = await lookAtLink(page, pass, "/staff");
  switch (seen.kind) {
    case "unknown":
      return { kind: "message", about: "bad_link" };
    case "refused":
    case "unreachable":
      return { kind: "message", about: "unreachable" };
    case "elsewhere":
      // The key is in this tab's keep, where that page finds it.
      location.replace(seen.address);
      return null;
    case "revoked":
      return { kind: "message", about: seen.kind };
    case "over":
      return (
        (await openFeedback(desk ?? feedbackDesk(fetch.bind(globalThis), pass), seen.link.role)) ?? {
          kind: "message",
          about: seen.kind,
        }
      );
    case "early":
      return { ...seen, kind: "early", pass };
  }
  const { link } = seen;
  const load = consoles[link.role];
  if (!load) return { kind: "message", about: "no_console" };
  const console = await load();
  // A reload of a tab that is in goes back in by itself; a coordinator has no room to come into.
  const is_in = page.keep.get("ticket") !== null;
  return is_in || !link.session
    ? inside(page, pass, console, link, null)
    : { kind: "threshold", console, link, pass };
}

function inside(
  page: Page,
  pass: Key,
  console: ConsoleModule,
  link: ConsoleLink,
  me: MeAnswer | null,
): Stage {
  // The consoles speak Finnish and English; the choice of the device stays as it is.
  if (page.app.language.peek() === "sv") page.app.language.value = "fi";
  const line = link.session ? openLine(page, pass, link.name, undefined) : null;
  return { kind: "open", console, link, pass, line, me };
}
