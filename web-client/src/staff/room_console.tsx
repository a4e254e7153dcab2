import { useSignalEffect } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { AttendancePage } from "../attendance/page";
import { type DayRequests, DayRequestsContext, dayRequests } from "../attendance/requests";
import { type FeedbackDesk, feedbackDesk } from "../coordinator/feedback_requests";
import { FloorPage } from "../facilitator/page";
import { MessagesPage } from "../moderator/page";
import { type Chime, openChime } from "../page/chime";
import { EMPTY_ROOM, the } from "../state/room_state";
import { nameOf } from "../state/selectors";
import { useApp, useCommon, useFromRoom, useLine, useTexts } from "../view/app";
import { HelpContext } from "../view/dialog";
import { later } from "../view/later";
import { LostLine, SavingNote, useIsLineLost } from "../view/line_notice";
import { useRegions } from "../view/regions";
import { useStayAwake } from "../view/stay_awake";
import { useVoice, VoiceProvider } from "../voice/use_voice";
import { type DeskRequests, DeskRequestsContext, deskRequests } from "../work_desk/requests";
import { workDesk } from "../work_desk/use_work_desk";
import { newWork, unansweredWork, waitingWork } from "./alerts";
import { AskHelp } from "./ask_help";
import { StaffBand } from "./band";
import type { ConsoleProps } from "./console_props";
import { Ended } from "./ended";
import { openPreferences, type Preferences, PreferencesContext } from "./preferences";
import { Refusals } from "./refusals";
import { Settings } from "./settings";
import { whatToTell } from "./spoken";
import { type Tab, tabsOf, useTab } from "./tabs";
import { shellTexts } from "./text/shell";
import { StaffTop } from "./top";

/** The feedback comes when its page is opened. */
const feedback = later(() => import("../coordinator/feedback_page"));

const PAGES: Partial<Record<Tab, ComponentType>> = {
  floor: FloorPage,
  messages: MessagesPage,
  work: Work,
  attendance: AttendancePage,
};

/** The desk of the day's work, once it has come. */
function Work() {
  const desk = workDesk.use();
  return desk ? <desk.WorkPage /> : <Waiting />;
}

/** The feedback, once it has come. */
function Feedback({ desk }: { desk: FeedbackDesk }) {
  const page = feedback.use();
  const here = useFromRoom((room) => the(room, "room")?.session);
  const may_strike = useLine().role.value !== "facilitator";
  return page ? <page.FeedbackPage desk={desk} here={here} may_strike={may_strike} /> : <Waiting />;
}

function Waiting() {
  return <main id="main" class="wide" tabIndex={-1} aria-busy="true" />;
}

/** The consoles of those who are in the room: a facilitator's and a moderator's differ in which page is the first. */
export function RoomConsole(
  props: ConsoleProps & {
    chime?: Chime;
    days?: DayRequests;
    desk?: DeskRequests;
    feedback_desk?: FeedbackDesk;
  },
) {
  return (
    <VoiceProvider>
      <OpenConsole {...props} />
    </VoiceProvider>
  );
}

function OpenConsole({
  link,
  pass,
  chime,
  onDesk,
  days,
  desk,
  feedback_desk,
}: ConsoleProps & {
  chime?: Chime;
  days?: DayRequests;
  desk?: DeskRequests;
  feedback_desk?: FeedbackDesk;
}) {
  const t = useTexts(shellTexts);
  const c = useCommon();
  const { device } = useApp();
  const line = useLine();
  const role = link.role;
  const tabs = useMemo(() => tabsOf(role), [role]);
  const tab = useTab(tabs);
  const preferences = useMemo(() => openPreferences(device, role), [device, role]);
  const sound = useMemo(() => chime ?? openChime(), [chime]);
  const day_requests = useMemo(() => days ?? dayRequests(fetch.bind(globalThis), pass), [days, pass]);
  const desk_requests = useMemo(() => desk ?? deskRequests(fetch.bind(globalThis), pass), [desk, pass]);
  const feedback_requests = useMemo(
    () => feedback_desk ?? feedbackDesk(fetch.bind(globalThis), pass),
    [feedback_desk, pass],
  );
  const [is_help_open, setHelpOpen] = useState(false);
  const [is_settings_open, setSettingsOpen] = useState(false);
  const awake = useStayAwake();
  useRegions();
  useNews(preferences, sound);
  useTitle(t.tabs[tab], preferences);

  const waiting = useFromRoom(waitingWork);
  const unanswered = useFromRoom(unansweredWork);
  const is_here = useFromRoom((room) => the(room, "room") !== undefined);
  const voice = useVoice();
  const name = useFromRoom((room) => nameOf(room, line.me.peek())) || link.name || c.roles[role];
  const status = line.status.value;
  if (status.kind === "ended") return <Ended code={status.code} />;
  const Page = PAGES[tab] ?? FloorPage;
  return (
    <>
      {/* Whoever helps others finds help in the bar; their dialogs need the room for their titles. */}
      <HelpContext.Provider value={() => setHelpOpen(true)}>
        <StaffTop
          tabs={tabs}
          tab={tab}
          counts={{ messages: waiting, work: unanswered }}
          name={name}
          onSettings={() => setSettingsOpen(true)}
        >
          <LostLine blocked={t.blocked} />
          <SavingNote />
          <StaffBand />
          {voice && (
            <div class="sound-row">
              <voice.DeskListening />
              <voice.OnStage />
            </div>
          )}
        </StaffTop>
      </HelpContext.Provider>
      <PreferencesContext.Provider value={preferences}>
        <DayRequestsContext.Provider value={day_requests}>
          <DeskRequestsContext.Provider value={desk_requests}>
            {!is_here ? (
              <Waiting />
            ) : tab === "feedback" ? (
              <Feedback desk={feedback_requests} />
            ) : (
              <Page key={tab} />
            )}
          </DeskRequestsContext.Provider>
        </DayRequestsContext.Provider>
      </PreferencesContext.Provider>
      <Refusals />
      {is_settings_open && (
        <Settings
          preferences={preferences}
          chime={sound}
          awake={awake}
          onLeave={() => line.leave()}
          onDesk={
            onDesk &&
            (() => {
              line.leave();
              onDesk();
            })
          }
          onClose={() => setSettingsOpen(false)}
        />
      )}
      {is_help_open && <AskHelp onClose={() => setHelpOpen(false)} />}
    </>
  );
}

/** Sound and speech for what has newly come; a line that stays lost is told at once. */
function useNews(preferences: Preferences, chime: Chime): void {
  const t = useTexts(shellTexts);
  const c = useCommon();
  const line = useLine();
  const { announcer } = useApp();
  const before = useRef(EMPTY_ROOM);

  useSignalEffect(() => {
    const after = line.room.value;
    const [me, role] = [line.me.peek(), line.role.peek()];
    const was = before.current;
    before.current = after;
    if (preferences.sound.peek()) {
      const { helps, reviews } = newWork(was, after, me);
      if (helps.length > 0) chime("help");
      else if (reviews.length > 0) chime("review");
    }
    if (preferences.spoken.peek())
      for (const words of whatToTell(was, after, me, role, t, c)) announcer.tell(words);
  });

  const is_lost = useIsLineLost();
  const was_lost = useRef(false);
  useEffect(() => {
    if (is_lost) announcer.say(c.line_lost, "assertive");
    else if (was_lost.current) announcer.tell(c.line_back);
    was_lost.current = is_lost;
  }, [is_lost]);
}

/** "(3) Messages and help – Uni": how many wait, where I am, which room. */
function useTitle(page: string, preferences: Preferences): void {
  const waiting = useFromRoom(waitingWork);
  const theme = useFromRoom((room) => the(room, "room")?.theme ?? "");
  const count = preferences.badge.value && waiting > 0 ? `(${waiting}) ` : "";
  const c = useCommon();
  useEffect(() => {
    document.title = `${count}${page} – ${theme || c.app}`;
  }, [count, page, theme, c]);
}
