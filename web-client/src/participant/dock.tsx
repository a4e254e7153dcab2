import type { ReadonlySignal } from "@preact/signals";
import type { RoundMark, TurnId } from "@protocol";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { SpeechWriter } from "../speech/speech_screens";
import { the } from "../state/room_state";
import { isAnonymous, nameOf, queue, waitingEstimateSeconds } from "../state/selectors";
import { aboutMinutes } from "../text/times";
import { useCommon, useFromRoom, useLine, useTexts } from "../view/app";
import { Button, Choice, classes } from "../view/button";
import { Dialog } from "../view/dialog";
import { useKeptFocus } from "../view/focus";
import {
  BubbleIcon,
  CheckIcon,
  HandIcon,
  HourglassIcon,
  MicIcon,
  PenIcon,
  ReplyIcon,
  RoundIcon,
} from "../view/icons";
import { useIsLineLost } from "../view/line_notice";
import { region } from "../view/regions";
import { Ticking } from "../view/times";
import type { RoomWork } from "../work/work";
import { canReply, type DockState, dockState } from "./dock_state";
import { Speaking } from "./speaking";
import { endedText } from "./spoken";
import { roomTexts } from "./text/room";
import { Ticket } from "./ticket";
import { WrittenTurn } from "./written_turn";

/** The way from the dock to the messages. */
export interface WayToMessages {
  readonly count: ReadonlySignal<number>;
  readonly onPress: () => void;
}

/** What a press of mine came to, when it came to nothing: the dock says why. */
type Tell = (sentence: string) => void;

/** In a dialog of the dock: the ways to be heard, or a turn in writing. */
type Opened = "otherwise" | "written";

const isToCome = (mark: RoundMark) => mark === "waiting" || mark === "later" || mark === "speaking";

/**
 * My turn, in every state, at the bottom edge: one main act at a time. Where something is being written the line may be
 * lost and come back: the field stays, and with it the text and a phone's keyboard.
 */
export function Dock(props: {
  way: WayToMessages;
  /** What is asked of everyone now: it comes before a turn of one's own. */
  first?: ComponentChildren;
  onRefusal: Tell;
  work?: RoomWork | null;
  /** The turn of mine whose words I write, as everyone sees them. */
  writing_in: TurnId | null;
  onWriteIn: (turn: TurnId | null) => void;
}) {
  const { way, first, onRefusal, work, writing_in, onWriteIn } = props;
  const t = useTexts(roomTexts);
  const line = useLine();
  useFromRoom((room) => room.things.floor_request);
  useFromRoom((room) => room.things.turn);
  useFromRoom((room) => room.things.round);
  useFromRoom((room) => room.things.floor);
  useFromRoom((room) => room.things.room);
  const state = dockState(line.room.peek(), line.me.value, line.pending.value);
  const is_lost = useIsLineLost();
  const ask = useAsk(onRefusal);
  const [opened, setOpened] = useState<Opened | null>(null);
  // A dialog does not come back by itself when its state does.
  useEffect(() => setOpened(null), [state.kind]);
  const close = () => setOpened(null);
  const turn = state.kind === "speaking" ? state.turn : null;
  const is_writing = turn !== null && turn.id === writing_in;
  // What is asked of everyone comes before the assignment, and not before what somebody is writing.
  const is_work_first = work?.is_first.value && (!first || work.is_open.value);
  const dock = useRef<HTMLElement>(null);
  useKeptFocus(dock, `${state.kind} ${is_lost}`);
  return (
    <section
      class={classes("dock", state.kind === "speaking" && "speaking")}
      aria-label={t.my_turn}
      id="my-turn"
      ref={dock}
      {...region}
    >
      {is_writing && <SpeechWriter key={turn.id} turn={turn} onClose={() => onWriteIn(null)} />}
      {is_work_first && <work.Acts is_first />}
      {!is_lost && state.kind !== "free" && first}
      {is_lost ? (
        <Lost state={state} way={way} is_second={is_work_first} />
      ) : (
        <Present
          state={state}
          is_second={is_work_first}
          way={way}
          first={first}
          onRefusal={onRefusal}
          onOpen={setOpened}
          is_writing={is_writing}
          onWrite={() => onWriteIn(turn?.id ?? null)}
        />
      )}
      {work && !is_work_first && <work.Acts is_plain={!!first} />}
      {opened === "otherwise" && state.kind === "free" && (
        <AskOtherwise onClose={close} onRefusal={onRefusal} />
      )}
      {opened === "written" && state.kind === "round" && isToCome(state.mark) && (
        <Dialog title={t.ask_written} onClose={close}>
          <WrittenTurn
            onCancel={close}
            onSend={(text) => {
              void ask({ type: "request_floor", kind: "written", text });
              close();
            }}
          />
        </Dialog>
      )}
    </section>
  );
}

/** Beside another main act, what the top of the page says already is not said. */
function Lost(props: { state: DockState; way: WayToMessages; is_second: boolean | undefined }) {
  const { state, way, is_second } = props;
  const t = useTexts(roomTexts);
  const c = useCommon();
  const line = useLine();
  return (
    <>
      {state.kind === "waiting" ? (
        <Ticket look="kept" sign={`${state.place}.`} title={t.place_kept}>
          {t.was_place(state.place)}
        </Ticket>
      ) : state.kind === "speaking" ? (
        <Ticket look="kept" sign={<MicIcon />} title={t.turn_kept}>
          {t.turn_kept_what}
        </Ticket>
      ) : (
        !is_second && (
          <Ticket look="kept" sign={<HourglassIcon />} title={t.line_out}>
            {t.line_out_what}
          </Ticket>
        )
      )}
      <div class="acts one-row">
        <Button icon={RoundIcon} onPress={line.retryNow}>
          {c.try_now}
        </Button>
        <ToMessages way={way} />
      </div>
    </>
  );
}

function Present(props: {
  state: DockState;
  way: WayToMessages;
  first: ComponentChildren;
  onRefusal: Tell;
  onOpen: (what: Opened) => void;
  /** The main act is another. */
  is_second: boolean | undefined;
  is_writing: boolean;
  onWrite: () => void;
}) {
  const { state, way, first, onRefusal, onOpen, is_second, is_writing, onWrite } = props;
  const t = useTexts(roomTexts);
  const { send } = useLine();
  switch (state.kind) {
    case "free":
      return (
        <Free
          state={state}
          way={way}
          first={first}
          onRefusal={onRefusal}
          onOpen={onOpen}
          is_second={is_second}
        />
      );
    case "sending":
      return (
        <>
          <Ticket look="idle" sign={<HourglassIcon />} title={t.request_sending}>
            {t.request_sending_what}
          </Ticket>
          <div class="acts">
            <ToMessages way={way} />
          </div>
        </>
      );
    case "approval":
    case "waiting": {
      const { request } = state;
      const cancel = () => void send({ type: "cancel_floor_request", request: request.id });
      return (
        <>
          {state.kind === "approval" ? (
            <Ticket look="idle" sign={<HourglassIcon />} title={t.request_waits}>
              {t.request_waits_what}
            </Ticket>
          ) : (
            <PlaceTicket state={state} />
          )}
          <div class="acts one-row">
            <Button onPress={cancel}>
              {request.kind === "written" ? t.cancel_written : t.cancel_request}
            </Button>
            <ToMessages way={way} />
          </div>
        </>
      );
    }
    case "speaking":
      return <Speaking turn={state.turn} is_writing={is_writing} onWrite={onWrite} />;
    case "written_read":
      return (
        <>
          <Ticket look="on" sign={<PenIcon />} title={t.written_read}>
            {t.written_read_what}
          </Ticket>
          <div class="acts">
            <ToMessages way={way} />
          </div>
        </>
      );
    case "round":
      return <InRound state={state} way={way} onRefusal={onRefusal} onOpen={onOpen} />;
  }
}

function PlaceTicket({ state }: { state: Extract<DockState, { kind: "waiting" }> }) {
  const t = useTexts(roomTexts);
  const { room } = useLine();
  const { request, place } = state;
  const title =
    request.kind === "reply" ? t.reply_place : request.kind === "written" ? t.written_place : t.place(place);
  const about = (now: number) => {
    const seconds = waitingEstimateSeconds(room.peek(), place, now);
    if (place === 1) return t.next_soon;
    return seconds === null ? t.in_queue : t.about(aboutMinutes(seconds * 1000));
  };
  return (
    <Ticket sign={`${place}.`} title={title}>
      <Ticking of={about} basis={[room.peek(), place, t]} />
    </Ticket>
  );
}

function InRound(props: {
  state: Extract<DockState, { kind: "round" }>;
  way: WayToMessages;
  onRefusal: Tell;
  onOpen: (what: Opened) => void;
}) {
  const { state, way, onRefusal, onOpen } = props;
  const t = useTexts(roomTexts);
  const ask = useAsk(onRefusal);
  const line = useLine();
  const written = queue(line.room.peek()).find(
    ({ beneficiary, kind }) => beneficiary === line.me.value && kind === "written",
  );
  if (!isToCome(state.mark))
    return (
      <>
        <Ticket
          look="idle"
          sign={<CheckIcon />}
          title={state.mark === "passed" ? t.round_passed : t.round_spoken}
        >
          {t.round_rest}
        </Ticket>
        <div class="acts">
          <ToMessages way={way} />
        </div>
      </>
    );
  return (
    <>
      <Ticket sign={`${state.ahead + 1}.`} title={t.place(state.ahead + 1)}>
        {written ? t.round_written : t.round_on}
      </Ticket>
      <div class="acts in-round">
        <Button onPress={() => void ask({ type: "pass_round" })}>{t.round_pass}</Button>
        {state.mark !== "later" && (
          <Button onPress={() => void ask({ type: "take_round_later" })}>{t.round_later}</Button>
        )}
        {written ? (
          <Button
            icon={PenIcon}
            onPress={() => void line.send({ type: "cancel_floor_request", request: written.id })}
          >
            {t.cancel_written}
          </Button>
        ) : (
          !isAnonymous(line.room.peek()) && (
            <Button icon={PenIcon} onPress={() => onOpen("written")}>
              {t.ask_written}
            </Button>
          )
        )}
        <ToMessages way={way} is_small />
      </div>
    </>
  );
}

function Free(props: {
  state: Extract<DockState, { kind: "free" }>;
  way: WayToMessages;
  first: ComponentChildren;
  onRefusal: Tell;
  onOpen: (what: Opened) => void;
  is_second: boolean | undefined;
}) {
  const { state, way, first, onRefusal, onOpen, is_second } = props;
  const t = useTexts(roomTexts);
  const ask = useAsk(onRefusal);
  const info = useFromRoom((room) => the(room, "room"));
  const { room, me } = useLine();
  const is_anonymous = info?.anonymous_among_participants === true;
  const may_reply = is_anonymous && canReply(room.peek(), me.value);
  const [back_since, setBackSince] = useState<number | null>(null);
  const is_break = info?.phase === "paused";
  const checkpoint = useFromRoom((room) => the(room, "checkpoint"));
  // "Are you with us?" asks the same: its answer is an answer here too, and there is one button for it.
  const is_asked = is_break && checkpoint !== undefined && checkpoint.at >= info.since;
  const is_back = is_break && (back_since === info.since || (is_asked && checkpoint.answered));
  const { unaskable } = state;
  const because = unaskable ? t[unaskable] : undefined;
  const speak = () => void ask({ type: "request_floor", kind: "speak" });

  return (
    <>
      {because !== undefined && (
        <p class="dock-line" id="unaskable">
          {because}
        </p>
      )}
      {because === undefined && state.ended && <p class="dock-line">{endedText(state.ended, t)}</p>}
      {is_back && <p class="dock-line">{t.im_back_done}</p>}
      <div class="acts">
        {first}
        {is_break && !is_back && !is_asked && (
          <Button
            look="main"
            is_big
            icon={CheckIcon}
            onPress={() => {
              void ask({ type: "say_im_back" });
              setBackSince(info.since);
            }}
          >
            {t.im_back}
          </Button>
        )}
        {first || is_second || unaskable !== null || (is_break && !is_back) ? (
          <div class="one-row">
            <Button
              icon={HandIcon}
              unusable_because={because}
              described_by={because === undefined ? undefined : "unaskable"}
              onPress={speak}
            >
              {t.ask_turn}
            </Button>
            <ToMessages way={way} is_small />
          </div>
        ) : (
          <>
            <Button look="turn" is_big icon={HandIcon} onPress={speak}>
              {t.ask_turn}
            </Button>
            {!is_anonymous ? (
              <Button icon={PenIcon} onPress={() => onOpen("otherwise")}>
                {t.ask_otherwise}
              </Button>
            ) : (
              may_reply && (
                <Button icon={ReplyIcon} onPress={() => void ask({ type: "request_floor", kind: "reply" })}>
                  {t.ask_reply}
                </Button>
              )
            )}
            <ToMessages way={way} is_small={is_second === false} />
          </>
        )}
      </div>
    </>
  );
}

/** The ways to be heard: speak, reply to the turn that is on, write. */
function AskOtherwise({ onClose, onRefusal }: { onClose: () => void; onRefusal: Tell }) {
  const t = useTexts(roomTexts);
  const c = useCommon();
  const { room, me } = useLine();
  const ask = useAsk(onRefusal);
  const [is_writing, setWriting] = useState(false);
  useFromRoom((state) => state.things.turn);
  const turn = the(room.peek(), "turn");

  if (is_writing)
    return (
      <Dialog title={t.ask_written} onClose={onClose}>
        <WrittenTurn
          onCancel={() => setWriting(false)}
          onSend={(text) => {
            void ask({ type: "request_floor", kind: "written", text });
            onClose();
          }}
        />
      </Dialog>
    );
  const choose = (kind: "speak" | "reply") => {
    void ask({ type: "request_floor", kind });
    onClose();
  };
  return (
    <Dialog title={t.ask_otherwise_title} onClose={onClose}>
      <div class="choices">
        <Choice icon={HandIcon} title={t.ask_speak} is_turn onPress={() => choose("speak")}>
          {t.ask_speak_what}
        </Choice>
        {turn && canReply(room.peek(), me.value) && (
          <Choice icon={ReplyIcon} title={t.ask_reply} onPress={() => choose("reply")}>
            {t.ask_reply_what(nameOf(room.peek(), turn.speaker))}
          </Choice>
        )}
        <Choice icon={PenIcon} title={t.ask_written} onPress={() => setWriting(true)}>
          {t.ask_written_what}
        </Choice>
        <Button onPress={onClose}>{c.cancel}</Button>
      </div>
    </Dialog>
  );
}

/** Sends, tells a refusal where it was asked, and answers whether it was done. */
export function useAsk(onRefusal: Tell) {
  const line = useLine();
  const c = useCommon();
  return async (command: Parameters<typeof line.send>[0]) => {
    const outcome = await line.send(command);
    if (outcome.kind === "refused") {
      const { refusal } = outcome;
      onRefusal(
        (c.refusals[refusal.word] ?? c.refusals.not_now)({
          wait_seconds: refusal.wait_seconds,
          who: nameOf(line.room.peek(), refusal.by),
        }),
      );
    }
    return outcome.kind === "done";
  };
}

/**
 * On a phone the messages are below: the way there, and how many are new. Beside two other acts there is room for a
 * number.
 */
function ToMessages({ way, is_small }: { way: WayToMessages; is_small?: boolean }) {
  const t = useTexts(roomTexts);
  const c = useCommon();
  const count = way.count.value;
  const words = count > 0 ? c.new_messages(count) : t.messages;
  if (!is_small)
    return (
      <Button class="to-chat" icon={BubbleIcon} onPress={way.onPress}>
        {words}
      </Button>
    );
  return (
    <Button class="to-chat small-way" icon={BubbleIcon} onPress={way.onPress}>
      <span class="vh">{words}</span>
      <span aria-hidden="true">{count > 0 ? count : ""}</span>
    </Button>
  );
}
