import "../style/room.css";
import { effect, type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import type { TurnId } from "@protocol";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { CLOSE } from "../connection/close_codes";
import { keptKey } from "../connection/key_keep";
import { KeptTexts, useSpokenSentences } from "../speech/speech_screens";
import { all, the } from "../state/room_state";
import { agenda, isStaff, person } from "../state/selectors";
import { aboutMinutes } from "../text/times";
import {
  useApp,
  useCommon,
  useFromRoom,
  useLine,
  useRefusalSentence,
  useRoomNow,
  useTexts,
} from "../view/app";
import { Button, IconButton } from "../view/button";
import { HelpContext } from "../view/dialog";
import { CheckIcon, CrossIcon, HandIcon, InfoIcon, MoreIcon } from "../view/icons";
import { later } from "../view/later";
import { LostLine, SavingNote, useIsLineLost } from "../view/line_notice";
import { isOver } from "../view/look_at_link";
import { Note } from "../view/marks";
import { region, useRegions } from "../view/regions";
import { useStayAwake } from "../view/stay_awake";
import { ThemeBand } from "../view/theme_band";
import { TopBar } from "../view/top_bar";
import { useVoice, VoiceProvider } from "../voice/use_voice";
import type { RoomWork } from "../work/work";
import { Chat } from "./chat";
import { Dock } from "./dock";
import { dockState } from "./dock_state";
import { DraftsProvider, useRoomDrafts } from "./drafts";
import { HelpDialog, HelpNote, useHelpNews } from "./help";
import { MyTurn } from "./my_turn";
import { OwnWork, Plain, useAside, useWorkCode } from "./plain";
import { Settings, spokenChoice } from "./settings";
import { whatToSay } from "./spoken";
import { CallWhenLost, Floor, LineUp, WhereWeAre } from "./stage";
import { asideTexts } from "./text/aside";
import { doorTexts } from "./text/door";
import { roomTexts } from "./text/room";
import { AskFeedback } from "./use_feedback";
import { usePolls } from "./use_polls";

export { openLine } from "../view/open_line";
export { bringRoomTexts } from "./text/room";

/** Of whoever comes with two names. */
const which_name = later(() => import("./which_name"));

/** "The connection is back" stays this long. */
const BACK_MS = 8000;

/** The room of one who takes part, in whatever state it is; `first`: what is told before all else. */
export function Room({ onComeBack, first }: { onComeBack: () => void; first?: ComponentChildren }) {
  const d = useTexts(doorTexts);
  const { blocked } = useTexts(roomTexts);
  const line = useLine();
  const { keep } = useApp();
  const status = line.status.value;
  const info = useFromRoom((room) => the(room, "room"));
  const mine = useFromRoom((room) => person(room, line.me.value));
  const role = line.role.value;

  useEffect(() => {
    if (role && isStaff({ role })) location.replace("/staff");
  }, [role]);
  // The door has the words of those who cancelled it.
  const is_cancelled = info?.phase === "cancelled";
  useEffect(() => {
    if (is_cancelled) onComeBack();
  }, [is_cancelled]);

  if (status.kind === "ended") return <Ended code={status.code} onComeBack={onComeBack} />;
  if (mine?.presence === "removed") return <Ended code={CLOSE.removed} onComeBack={onComeBack} />;
  if (isOver(info?.phase)) return <Ended code={CLOSE.session_over} onComeBack={onComeBack} />;
  if (!info)
    return status.kind === "offline" ? (
      <Plain
        title={line.isBlocked.value ? blocked.title : d.unreachable}
        what={line.isBlocked.value ? blocked.what : d.unreachable_what}
        phone={keep.get("door_phone") ?? undefined}
      >
        <RetryNow />
      </Plain>
    ) : (
      <Plain title={d.opening} />
    );
  return (
    <VoiceProvider>
      <Open first={first} />
    </VoiceProvider>
  );
}

function RetryNow() {
  const c = useCommon();
  const line = useLine();
  return (
    <Button look="main" is_big onPress={line.retryNow}>
      {c.try_now}
    </Button>
  );
}

/** The line will not come back by itself: why, and what next. */
function Ended(props: { code: number; onComeBack: () => void }) {
  const d = useTexts(doorTexts);
  // Its words come with the pages beside the way in.
  return useAside() ? <EndedBecause {...props} /> : <Plain title={d.opening} />;
}

function EndedBecause({ code, onComeBack }: { code: number; onComeBack: () => void }) {
  const d = useTexts(asideTexts);
  const t = useTexts(roomTexts);
  const { keep } = useApp();
  const phone = useFromRoom((room) => the(room, "room")?.help_phone);
  switch (code) {
    case CLOSE.removed:
      return <Plain title={d.removed} what={phone ? d.removed_what : d.removed_call} phone={phone} />;
    case CLOSE.left:
      return (
        <Plain title={d.left} what={d.left_what} phone={phone}>
          <Button look="main" is_big onPress={onComeBack}>
            {d.come_back}
          </Button>
        </Plain>
      );
    case CLOSE.version:
      return (
        <Plain title={d.old_page} what={d.old_page_what} phone={phone}>
          <Button look="main" is_big onPress={() => location.reload()}>
            {d.reload}
          </Button>
        </Plain>
      );
    case CLOSE.too_many_lines:
      return (
        <Plain title={t.too_many_lines} what={t.too_many_lines_what}>
          <Button look="main" is_big onPress={onComeBack}>
            {d.come_back}
          </Button>
        </Plain>
      );
    case CLOSE.bad_ticket:
      return <BackToTheDoor onComeBack={onComeBack} />;
    default:
      return (
        <Plain title={d.over} what={d.over_what} phone={phone}>
          <OwnWork pass={keptKey(keep)} phone={phone} />
          <AskFeedback />
        </Plain>
      );
  }
}

/** The link opens nothing now: what has become of it is the door's to find out and to say. */
function BackToTheDoor({ onComeBack }: { onComeBack: () => void }) {
  const d = useTexts(doorTexts);
  useEffect(onComeBack, []);
  return <Plain title={d.opening} />;
}

function Open({ first }: { first: ComponentChildren }) {
  const t = useTexts(roomTexts);
  const c = useCommon();
  const { announcer, asks_help, device, timers } = useApp();
  const line = useLine();
  const unseen = useSignal(0);
  const has_help_answered = useHelpNews(asks_help.value);
  const [are_settings_open, setSettingsOpen] = useState(false);
  const [told, setTold] = useState("");
  const chat = useRef<HTMLElement>(null);
  // One question at a time.
  const is_asked = useFromRoom((room) => the(room, "checkpoint")?.answered === false);
  const is_polled = useFromRoom((room) => all(room, "poll").some(({ state }) => state === "open"));
  const is_feedback_open = useFromRoom((room) => the(room, "feedback")?.state === "open");
  const sound = useVoice();
  const polls = usePolls();
  const names = which_name.use(useFromRoom((room) => !!person(room, line.me.value)?.second_name));
  const work = useWork();
  const is_at_work = work?.is_open.value;
  const [is_filling_in, setFillingIn] = useState(false);
  const [writing_in, setWritingIn] = useState<TurnId | null>(null);
  const awake = useStayAwake();
  useRegions();
  useSpoken();
  useSpokenSentences(
    () => spokenChoice(device.get("spoken")) === "all" && sound?.voice.listening.state.peek().kind !== "on",
    [sound],
  );
  useTitle(unseen);
  const is_back = useLineTold();

  const tell = (text: string) => {
    setTold(text);
    announcer.say(text);
  };
  const inWords = useRefusalSentence();
  const drafts = useRoomDrafts(({ refusal }) => tell(inWords(refusal)));
  useEffect(() => (told ? timers.after(2 * BACK_MS, () => setTold("")) : undefined), [told]);

  const goToMessages = () => {
    const target = document.getElementById("new-messages") ?? chat.current;
    target?.scrollIntoView({ block: "start" });
    chat.current?.focus({ preventScroll: true });
  };

  const band = is_at_work ? <work.Band /> : <ThemeBand />;
  const offer = sound && !is_asked && <sound.ListenOffer />;
  // The sheet of whoever writes the assignment has its place.
  const floor = !is_at_work && (
    <>
      <Floor />
      {sound && <sound.OnStage />}
      <LineUp />
    </>
  );

  return (
    <DraftsProvider value={drafts}>
      <HelpContext.Provider value={() => (asks_help.value = true)}>
        <div class="room">
          <header class="top">
            <SkipLinks />
            <TopBar
              help={has_help_answered ? t.help_answered : undefined}
              start={sound && <sound.ListenSwitch />}
              end={
                <IconButton
                  class="plain push"
                  icon={MoreIcon}
                  name={c.settings}
                  onPress={() => setSettingsOpen(true)}
                />
              }
            />
            <LostLine blocked={t.blocked}>
              <KeptPlace />
            </LostLine>
            {polls && !is_at_work ? <polls.Band otherwise={band} /> : band}
            <CheckpointBar />
          </header>
          <main class="stage" {...region}>
            <div class="notices">
              <SavingNote />
              {is_back && (
                <Note look="good" icon={CheckIcon} title={c.line_back}>
                  {t.line_back_what}
                </Note>
              )}
              {told && (
                <Note icon={InfoIcon} title={told}>
                  <IconButton
                    class="plain note-close"
                    icon={CrossIcon}
                    name={c.close}
                    onPress={() => setTold("")}
                  />
                </Note>
              )}
              {!polls && !is_at_work && offer}
              {first}
              {names && <names.WhichName onTell={tell} onHelp={() => (asks_help.value = true)} />}
              <SilencedNote />
              <HelpNote onOpen={() => (asks_help.value = true)} />
              {work && <work.Notice />}
              <AskFeedback is_wanted={is_feedback_open} onOpen={setFillingIn} />
            </div>
            {is_at_work && <work.Sheet />}
            {polls ? (
              <polls.Stage offer={offer} is_aside={is_at_work}>
                {floor}
              </polls.Stage>
            ) : (
              floor
            )}
            {!is_at_work && (
              <>
                <CallWhenLost />
                <WhereWeAre />
                <KeptTexts />
              </>
            )}
          </main>
          <Chat chatRef={chat} unseenCount={unseen} onTell={tell} />
          <Dock
            writing_in={writing_in}
            onWriteIn={setWritingIn}
            way={{ count: unseen, onPress: goToMessages }}
            first={
              polls && is_polled ? (
                <polls.Act onRefusal={tell} onCome={is_at_work && work.leave} />
              ) : (
                // Its acts are on the page, with the form.
                is_filling_in
              )
            }
            onRefusal={tell}
            work={work}
          />
        </div>
        <MyTurn onRefusal={tell} onWriteIn={setWritingIn} />
        {are_settings_open && <Settings awake={awake} onClose={() => setSettingsOpen(false)} />}
        {asks_help.value && <HelpDialog onClose={() => (asks_help.value = false)} />}
      </HelpContext.Provider>
    </DraftsProvider>
  );
}

/** The day's assignment; null where there is none, or it has not come yet. */
function useWork(): RoomWork | null {
  const app = useApp();
  const line = useLine();
  const code = useWorkCode(useFromRoom((room) => room.things.assignment.size > 0));
  const work = useMemo(() => {
    const key = code && keptKey(app.keep);
    return key && code.workInRoom(app, line, key);
  }, [code, line]);
  useEffect(() => () => work?.close(), [work]);
  return work;
}

function SkipLinks() {
  const t = useTexts(roomTexts);
  return (
    <>
      <a class="skip" href="#my-turn">
        {t.skip_to_turn}
      </a>
      <a class="skip" href="#messages">
        {t.skip_to_messages}
      </a>
      <a class="skip" href="#message">
        {t.write_message}
      </a>
    </>
  );
}

function KeptPlace() {
  const t = useTexts(roomTexts);
  const line = useLine();
  const has_place = useFromRoom((room) => dockState(room, line.me.value, []).kind === "waiting");
  return has_place ? <p>{t.lost_place}</p> : null;
}

/** "Are you with us?": any sign counts, and this is the easiest. */
function CheckpointBar() {
  const t = useTexts(roomTexts);
  const line = useLine();
  const checkpoint = useFromRoom((room) => the(room, "checkpoint"));
  const is_answering = line.pending.value.some(({ command }) => command.type === "answer_checkpoint");
  if (!checkpoint || checkpoint.answered || is_answering) return null;
  return (
    <div class="strip">
      <HandIcon />
      <b>{t.checkpoint}</b>
      <Button
        look="main"
        icon={CheckIcon}
        class="push"
        onPress={() => void line.send({ type: "answer_checkpoint", checkpoint: checkpoint.id })}
      >
        {t.checkpoint_yes}
      </Button>
    </div>
  );
}

function SilencedNote() {
  const t = useTexts(roomTexts);
  const line = useLine();
  const now = useRoomNow();
  const mine = useFromRoom((room) => person(room, line.me.value));
  const minutes = useComputed(() => {
    const until = person(line.room.value, line.me.value)?.silenced_until ?? 0;
    return now.value !== null && until > now.value ? aboutMinutes(until - now.value) : 0;
  }).value;
  if (minutes === 0) return null;
  return (
    <Note icon={InfoIcon} title={t.silenced(minutes)}>
      {mine?.silence_reason && t.silenced_reason(mine.silence_reason)} {t.silenced_what}
    </Note>
  );
}

/** Tells the announcer what happens in the room, as the person has chosen. */
function useSpoken(): void {
  const { announcer, device, language } = useApp();
  const line = useLine();
  useEffect(() => {
    let before = line.room.peek();
    return line.room.subscribe((after) => {
      if (after === before) return;
      const choice = spokenChoice(device.get("spoken"));
      for (const { text, is_message } of whatToSay(
        before,
        after,
        line.me.peek(),
        choice,
        roomTexts[language.peek()],
      )) {
        if (is_message) announcer.sayMessage(text);
        else announcer.tell(text);
      }
      before = after;
    });
  }, [line]);
}

/** Says that the line is lost, and that it is back; answers whether it has just come back. */
function useLineTold(): boolean {
  const c = useCommon();
  const { announcer, timers } = useApp();
  const is_lost = useIsLineLost();
  const was_lost = useRef(false);
  const [is_back, setBack] = useState(false);
  useEffect(() => {
    if (is_lost) {
      was_lost.current = true;
      setBack(false);
      announcer.say(c.line_lost, "assertive");
      return;
    }
    if (!was_lost.current) return;
    was_lost.current = false;
    setBack(true);
    announcer.tell(c.line_back);
    return timers.after(BACK_MS, () => setBack(false));
  }, [is_lost]);
  return is_back;
}

/** The tab's name: my turn first, then what is new, then the theme. */
function useTitle(unseen: ReadonlySignal<number>): void {
  const t = useTexts(roomTexts);
  const c = useCommon();
  const line = useLine();
  const is_mine = useFromRoom((room) => the(room, "turn")?.speaker === line.me.value);
  const theme = useFromRoom((room) => agenda(room).current?.title ?? the(room, "room")?.theme ?? "");
  const title = is_mine ? t.your_turn_title : `${theme} – ${c.app}`;
  useEffect(
    () =>
      effect(() => {
        document.title = !is_mine && unseen.value > 0 ? `(${unseen.value}) ${title}` : title;
      }),
    [is_mine, title],
  );
}
