import { computed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useApp, useCommon, useFromRoom, useLine, useTexts } from "../view/app";
import { Button, Choice } from "../view/button";
import { Dialog } from "../view/dialog";
import { MicIcon, MicOffIcon } from "../view/icons";
import { isOnStage } from "./room_voice";
import { Bars } from "./sound_signs";
import type { SpeakingState } from "./speaking";
import { type VoiceTexts, voiceTexts } from "./text";
import { useRoomVoice } from "./use_room_voice";

/** The microphone in words: what is so, and what it means. */
function inWords(state: SpeakingState, t: VoiceTexts): { title: string; what: string } {
  switch (state.kind) {
    case "heard":
      return { title: t.heard, what: "" };
    case "asking":
      return { title: t.asking, what: t.asking_what };
    case "no_line":
      return { title: t.no_line, what: t.no_line_what };
    case "trying":
      return { title: t.trying, what: t.trying_what };
    case "cannot":
      return { title: t.muted, what: t.cannot[state.because] };
    default:
      return { title: t.muted, what: t.closed_what };
  }
}

/**
 * "It is your turn": the ways to begin that have to do with the microphone. Each says what it does before the browser
 * asks.
 */
export function TurnChoices({ title, onDone }: { title: string; onDone: () => void }) {
  const t = useTexts(voiceTexts);
  const { speaking } = useRoomVoice();
  const [is_trying, setTrying] = useState(false);
  const speak = () => {
    void speaking.speak();
    onDone();
  };
  return (
    <>
      <Choice icon={MicIcon} title={title} is_turn onPress={speak}>
        {speaking.state.value.kind === "trying" ? t.speak_now_again : t.speak_now_what}
      </Choice>
      <Choice
        icon={MicOffIcon}
        title={t.try_first}
        onPress={() => {
          setTrying(true);
          void speaking.open();
        }}
      >
        {t.try_first_what}
      </Choice>
      {is_trying && <Trial title={title} onSpeak={speak} onClose={() => setTrying(false)} />}
    </>
  );
}

/** The microphone is on, and nobody hears it: whether it works. */
function Trial({ title, onSpeak, onClose }: { title: string; onSpeak: () => void; onClose: () => void }) {
  const t = useTexts(voiceTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const { speaking } = useRoomVoice();
  const state = speaking.state.value;
  const [works, setWorks] = useState(false);
  const is_loud = useMemo(() => computed(() => speaking.level.value > 0.3), [speaking]).value;
  useEffect(() => {
    if (!is_loud || works) return;
    setWorks(true);
    announcer.say(t.works);
  }, [is_loud]);
  const { title: said, what } = inWords(state, t);
  return (
    <Dialog title={t.try_first} onClose={onClose}>
      <div class="row dialog-body">
        <Bars level={speaking.level} />
        <p>
          <b>{works ? t.works : said}</b> {works ? t.trying_what : what}
        </p>
      </div>
      <div class="choices">
        {works && (
          <Button look="turn" is_big icon={MicIcon} onPress={onSpeak}>
            {title}
          </Button>
        )}
        <Button onPress={onClose}>{c.back}</Button>
      </div>
    </Dialog>
  );
}

/** My turn in the dock: the microphone's sign and words for the ticket, and the button that opens or closes it. */
export function MySpeaking({
  children,
}: {
  children: (parts: {
    /** The others may hear it. */
    is_open: boolean;
    sign: ComponentChildren;
    title: string;
    what: string;
    act: ComponentChildren;
  }) => ComponentChildren;
}) {
  const t = useTexts(voiceTexts);
  const { speaking } = useRoomVoice();
  const state = speaking.state.value;
  useSaid(state);
  const is_open = state.kind === "heard" || state.kind === "no_line";
  const sign = is_open ? <Bars level={speaking.level} /> : <MicOffIcon />;
  return <>{children({ is_open, sign, ...inWords(state, t), act: <MicrophoneButton /> })}</>;
}

/** Opens or closes the microphone; says which. */
function MicrophoneButton() {
  const t = useTexts(voiceTexts);
  const { speaking } = useRoomVoice();
  const { kind } = speaking.state.value;
  if (kind === "heard" || kind === "no_line")
    return (
      <Button icon={MicOffIcon} onPress={() => speaking.mute()}>
        {t.close_microphone}
      </Button>
    );
  return (
    <Button icon={MicIcon} onPress={() => void speaking.speak()}>
      {t.open_microphone}
    </Button>
  );
}

/** For those on the stage, who may be heard without a turn: the microphone, and how it is. */
export function OnStage() {
  const t = useTexts(voiceTexts);
  const line = useLine();
  const { speaking } = useRoomVoice();
  const state = speaking.state.value;
  const is_on_stage = useFromRoom((room) => isOnStage(room, line.me.value));
  useSaid(state);
  if (!is_on_stage) return null;
  const is_open = state.kind === "heard" || state.kind === "no_line";
  const { title, what } = inWords(state, t);
  return (
    <section class="on-stage row" aria-label={t.microphone}>
      {is_open ? <Bars level={speaking.level} /> : <MicOffIcon />}
      <p>
        <b>{title}</b>{" "}
        <span class="quiet">{state.kind === "closed" ? `${t.on_stage} ${t.why_ask}` : what}</span>
      </p>
      <MicrophoneButton />
    </section>
  );
}

/** Whether one is heard is told to those who do not see it, once for each change. */
function useSaid(state: SpeakingState): void {
  const t = useTexts(voiceTexts);
  const { announcer } = useApp();
  const said = state.kind === "closed" || state.kind === "asking" ? "" : inWords(state, t).title;
  useEffect(() => {
    if (said) announcer.say(said);
  }, [said]);
}
