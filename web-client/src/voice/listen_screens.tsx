import { useState } from "preact/hooks";
import { useTexts } from "../view/app";
import { Button, Choice } from "../view/button";
import { CheckIcon, EarIcon, SoundIcon, SoundOffIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { voiceTexts } from "./text";
import { useRoomVoice } from "./use_room_voice";

/** In the bar of every page: hearing, on or off, and how it is in a word. */
export function ListenSwitch() {
  const t = useTexts(voiceTexts);
  const voice = useRoomVoice();
  const { kind } = voice.listening.state.value;
  const is_on = kind !== "off" && kind !== "cannot";
  const press = () => {
    if (kind === "press") void voice.listening.resume();
    else if (is_on) voice.beQuiet();
    else voice.listen();
  };
  return (
    <button type="button" class="switch listen" role="switch" aria-checked={is_on} onClick={press}>
      {is_on ? <SoundIcon /> : <SoundOffIcon />} <span class="knob" />{" "}
      <span>
        {t.listening} <small aria-hidden="true">{t.listening_states[kind]}</small>
      </span>
    </button>
  );
}

/** The press that browsers want before they play; and why there is no sound, where there is none. */
export function ListenOffer() {
  const t = useTexts(voiceTexts);
  const voice = useRoomVoice();
  const [is_new, setNew] = useState(voice.is_new);
  if (voice.listening.state.value.kind !== "off") return <SoundTrouble />;
  if (!is_new) return null;
  return (
    <Note icon={EarIcon} title={t.offer}>
      {t.offer_what}
      <Button
        look="main"
        is_big
        class="note-acts"
        icon={SoundIcon}
        onPress={() => {
          setNew(false);
          voice.listen();
        }}
      >
        {t.listen}
      </Button>
    </Note>
  );
}

/** "I can't hear", while one's own listening is off: the press that mends it, before anybody is called. */
export function ListenFirst({ onHeard, onStill }: { onHeard: () => void; onStill: () => void }) {
  const t = useTexts(voiceTexts);
  const voice = useRoomVoice();
  const { kind } = voice.listening.state.value;
  const is_off = kind === "off" || kind === "press";
  return (
    <div class="choices">
      {is_off ? (
        <Choice
          icon={SoundIcon}
          title={kind === "press" ? t.first_paused : t.first_off}
          is_main
          onPress={() => {
            if (kind === "press") void voice.listening.resume();
            else voice.listen();
          }}
        >
          {t.offer_what}
        </Choice>
      ) : kind === "cannot" ? (
        <SoundTrouble />
      ) : (
        <>
          <p class="lead">{kind === "on" ? t.first_on : t.listening_states[kind]}</p>
          {kind === "on" && (
            <Button look="main" is_big icon={CheckIcon} onPress={onHeard}>
              {t.hear_now}
            </Button>
          )}
        </>
      )}
      <Button onPress={onStill}>{t.hear_not}</Button>
    </div>
  );
}

function SoundTrouble() {
  const t = useTexts(voiceTexts);
  const { listening } = useRoomVoice();
  const state = listening.state.value;
  if (state.kind === "cannot")
    return (
      <Note icon={WarnIcon} title={t[state.because]}>
        {t[`${state.because}_what`]}
      </Note>
    );
  if (state.kind !== "press") return null;
  return (
    <Note icon={SoundOffIcon} title={t.paused}>
      {t.paused_what}
      <Button look="main" is_big class="note-acts" icon={SoundIcon} onPress={() => void listening.resume()}>
        {t.listen_on}
      </Button>
    </Note>
  );
}

/** Hearing on the staff's pages, in a row of its own: the button until it is pressed, then the switch. */
export function DeskListening() {
  const t = useTexts(voiceTexts);
  const voice = useRoomVoice();
  if (voice.listening.state.value.kind !== "off")
    return (
      <>
        <ListenSwitch /> <SoundTrouble />
      </>
    );
  return (
    <div class="row desk-listening">
      <Button look="main" icon={SoundIcon} onPress={() => voice.listen()}>
        {t.listen}
      </Button>
      <span class="quiet">{t.offer_what}</span>
    </div>
  );
}

/** How loud, and how the sound comes: in the settings. */
export function SoundSettings() {
  const t = useTexts(voiceTexts);
  const voice = useRoomVoice();
  const { listening } = voice;
  const figures = listening.figures.value;
  return (
    <div class="field">
      <label for="volume">{t.volume}</label>
      <input
        class="slider"
        id="volume"
        type="range"
        min="0"
        max="100"
        step="5"
        value={Math.round(listening.volume.value * 100)}
        onInput={(event) => voice.setVolume(Number(event.currentTarget.value) / 100)}
      />
      <p class="quiet small num">
        {figures ? t.figures(Math.round(figures.delay_ms), figures.breaks) : t.offer_what}
      </p>
    </div>
  );
}
