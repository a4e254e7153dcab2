import type { Command, TurnId } from "@protocol";
import { useEffect, useState } from "preact/hooks";
import { speechTexts } from "../speech/text";
import { the } from "../state/room_state";
import { agenda, isAnonymous, myRound } from "../state/selectors";
import { useApp, useCommon, useFromRoom, useLine, useTexts } from "../view/app";
import { Button, Choice } from "../view/button";
import { Dialog } from "../view/dialog";
import { focusWhenLost } from "../view/focus";
import { InfoIcon, LaterIcon, MicIcon, NextIcon, PenIcon, RoundIcon } from "../view/icons";
import { isNumber, useKept } from "../view/kept";
import { LostLine, useIsLineLost } from "../view/line_notice";
import { Note } from "../view/marks";
import { useVoice } from "../voice/use_voice";
import { useAsk } from "./dock";
import { roomTexts } from "./text/room";
import { WrittenTurn } from "./written_turn";

/** A region that has just been mounted is not read out: the text comes after it. */
const AFTER_MOUNT_MS = 300;

/**
 * "It is your turn": a calm dialog, once for a turn, also over a reload. It is away while an answer is on its way, and
 * back with the reason when the answer is no.
 */
export function MyTurn(props: {
  onRefusal: (sentence: string) => void;
  /** Writes the words of the turn as everyone sees them. */
  onWriteIn: (turn: TurnId) => void;
}) {
  const { onRefusal, onWriteIn } = props;
  const t = useTexts(roomTexts);
  const c = useCommon();
  const s = useTexts(speechTexts);
  const { announcer, keep, timers } = useApp();
  const line = useLine();
  const turn = useFromRoom((room) => the(room, "turn"));
  const [answered, setAnswered] = useKept(keep, "answered_turn", isNumber, null);
  const [is_writing, setWriting] = useState(false);
  const [asked_in, setAskedIn] = useState<TurnId | null>(null);
  const [trouble, setTrouble] = useState("");
  const ask = useAsk((sentence) => {
    setTrouble(sentence);
    onRefusal(sentence);
  });
  const sound = useVoice();
  const is_lost = useIsLineLost();

  const is_mine = turn !== undefined && turn.speaker === line.me.value && turn.kind !== "written";
  const is_open = is_mine && turn.id !== answered && turn.id !== asked_in;

  useEffect(() => setTrouble(""), [turn?.id]);
  useEffect(() => {
    setWriting(false);
    if (!is_open) return;
    const callOff = timers.after(AFTER_MOUNT_MS, () => announcer.say(t.your_turn, "assertive"));
    return () => {
      callOff();
      // The button from which the turn was asked has gone meanwhile.
      focusWhenLost(document.getElementById("my-turn"));
    };
  }, [is_open, turn?.id]);

  if (!is_open) return null;
  const room = line.room.peek();
  const item = agenda(room).current;
  const is_round = myRound(room, line.me.value) !== null;
  const done = () => setAnswered(turn.id);
  const doOrStay = async (...commands: Command[]) => {
    setAskedIn(turn.id);
    const are_done = await Promise.all(commands.map(ask));
    if (are_done.every(Boolean)) done();
    setAskedIn(null);
  };
  // Handed back, not finished: it is no turn that was had.
  const hand_back: Command = { type: "release_turn", turn: turn.id, later: true };

  // The page's own notice is behind this sheet.
  const lost = (
    <LostLine blocked={t.blocked}>
      <p>
        {t.turn_kept} {t.turn_kept_what}
      </p>
    </LostLine>
  );

  if (is_writing)
    return (
      <Dialog title={t.write_instead} onClose={() => setWriting(false)}>
        {lost}
        <WrittenTurn
          onCancel={() => setWriting(false)}
          onSend={(text) => {
            void doOrStay({ type: "request_floor", kind: "written", text }, hand_back);
          }}
        />
      </Dialog>
    );
  if (is_lost)
    return (
      <Dialog title={t.your_turn} onClose={done}>
        {lost}
        <div class="choices">
          <Button look="main" is_big icon={RoundIcon} onPress={line.retryNow}>
            {c.try_now}
          </Button>
        </div>
      </Dialog>
    );
  return (
    <Dialog title={t.your_turn} onClose={done}>
      <div>
        {item && (
          <p class="lead" dir="auto">
            {item.question ?? item.title}
          </p>
        )}
        <p class="quiet">{t.no_hurry}</p>
      </div>
      {trouble !== "" && <Note icon={InfoIcon} title={trouble} />}
      <div class="choices">
        {sound ? (
          <sound.TurnChoices title={t.speak_now} onDone={done} />
        ) : (
          <Choice icon={MicIcon} title={t.speak_now} is_turn onPress={done}>
            {t.speak_now_what}
          </Choice>
        )}
        {/* A reply is short: it is spoken, or ended. */}
        {turn.kind !== "reply" && (
          <>
            {isAnonymous(room) ? (
              <Choice
                icon={PenIcon}
                title={t.write_instead}
                onPress={() => {
                  onWriteIn(turn.id);
                  done();
                }}
              >
                {s.hint} {s.not_kept}
              </Choice>
            ) : (
              <Choice icon={PenIcon} title={t.write_instead} onPress={() => setWriting(true)}>
                {t.write_instead_what}
              </Choice>
            )}
            {is_round ? (
              <>
                <Choice
                  icon={LaterIcon}
                  title={t.round_later}
                  onPress={() => void doOrStay({ type: "take_round_later" })}
                >
                  {t.round_later_what}
                </Choice>
                <Choice
                  icon={NextIcon}
                  title={t.round_pass}
                  onPress={() => void doOrStay({ type: "pass_round" })}
                >
                  {t.round_pass_what}
                </Choice>
              </>
            ) : (
              <Choice icon={LaterIcon} title={t.move_later} onPress={() => void doOrStay(hand_back)}>
                {t.move_later_what}
              </Choice>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}
