import { useComputed } from "@preact/signals";
import type { Turn } from "@protocol";
import type { ComponentChildren } from "preact";
import { speechTexts } from "../speech/text";
import { spokenMs } from "../state/selectors";
import { runningTime } from "../text/times";
import { useCommon, useLine, useRoomNow, useTexts } from "../view/app";
import { Button } from "../view/button";
import { ClockIcon, MicIcon, PauseIcon, PenIcon, StopIcon } from "../view/icons";
import { Ticking } from "../view/times";
import { useVoice } from "../voice/use_voice";
import { roomTexts } from "./text/room";
import { Ticket } from "./ticket";

/** The microphone, where there is one: its sign, and whether one is heard. */
interface Microphone {
  readonly sign: ComponentChildren;
  readonly title: string;
  readonly what: string;
}

/** I have the floor: by voice, in writing beside it or instead of it. The dock holds what is written. */
export function Speaking(props: { turn: Turn; is_writing: boolean; onWrite: () => void }) {
  const { turn, is_writing, onWrite } = props;
  const sound = useVoice();
  const writeButton = is_writing ? null : <WriteButton onPress={onWrite} />;
  if (!sound)
    return (
      <>
        {!is_writing && <SpeakingTicket turn={turn} />}
        <Acts turn={turn}>{writeButton}</Acts>
      </>
    );
  return (
    <sound.MySpeaking>
      {({ act, is_open, ...microphone }) => (
        <>
          {/* Who writes with a closed microphone knows it; the room is for the text. */}
          {(!is_writing || is_open) && <SpeakingTicket turn={turn} microphone={microphone} />}
          <Acts turn={turn}>
            {act}
            {writeButton}
          </Acts>
        </>
      )}
    </sound.MySpeaking>
  );
}

function WriteButton({ onPress }: { onPress: () => void }) {
  const s = useTexts(speechTexts);
  return (
    <Button icon={PenIcon} onPress={onPress}>
      {s.write}
    </Button>
  );
}

function Acts({ turn, children }: { turn: Turn; children: ComponentChildren }) {
  const t = useTexts(roomTexts);
  const { send } = useLine();
  return (
    <div class="acts speaking-acts">
      {children}
      <Button
        look="turn"
        is_big
        icon={StopIcon}
        onPress={() => void send({ type: "release_turn", turn: turn.id })}
      >
        {t.end_turn}
      </Button>
    </div>
  );
}

function SpeakingTicket({ turn, microphone }: { turn: Turn; microphone?: Microphone }) {
  const t = useTexts(roomTexts);
  const c = useCommon();
  const now = useRoomNow();
  const limit = turn.soft_limit_seconds ?? 0;
  const is_time_up = useComputed(
    () => limit > 0 && now.value !== null && spokenMs(turn, now.value) >= limit * 1000,
  ).value;
  if (turn.state !== "speaking")
    return (
      <Ticket look="on" sign={<PauseIcon />} title={t.turn_paused}>
        {t.turn_paused_what}
      </Ticket>
    );
  if (turn.nudged_at !== undefined || is_time_up)
    return (
      <Ticket
        look="on"
        sign={microphone?.sign ?? <ClockIcon />}
        title={
          is_time_up
            ? t.time_is_up(limit % 60 === 0 ? c.minutes(limit / 60) : runningTime(limit * 1000))
            : t.nudged
        }
      >
        {turn.limit_is_hard ? t.time_is_up_hard : t.time_is_up_what} {microphone?.title}
      </Ticket>
    );
  return (
    <Ticket look="on" sign={microphone?.sign ?? <MicIcon />} title={microphone?.title ?? t.you_speak}>
      {microphone?.what} <Ticking of={(at) => t.spoken(runningTime(spokenMs(turn, at)))} basis={[turn, t]} />
    </Ticket>
  );
}
