import { useState } from "preact/hooks";
import { chooseLanguage, LANGUAGE_NAMES, LANGUAGES } from "../text/language";
import { useApp, useCommon, useLine, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { DoorIcon } from "../view/icons";
import { isBoolean, useKept } from "../view/kept";
import { Switch } from "../view/switch";
import { useVoice } from "../voice/use_voice";
import { isSpoken, SPOKEN, type Spoken } from "./spoken";
import { roomTexts } from "./text/room";

const KEPT = "spoken";

export function spokenChoice(kept: string | null): Spoken {
  return isSpoken(kept) ? kept : "mine";
}

/** Language, sound, the screen, what the screen reader tells, the keys, and the way out. */
export function Settings(props: {
  /** Whether the screen stays on, and how that is changed. */
  awake: readonly [boolean, (is_on: boolean) => void];
  onClose: () => void;
}) {
  const { awake, onClose } = props;
  const t = useTexts(roomTexts);
  const c = useCommon();
  const { language, device } = useApp();
  const line = useLine();
  const sound = useVoice();
  const [help_sound, setHelpSound] = useKept(device, "help_sound", isBoolean, true);
  const [spoken, setSpoken] = useState(() => spokenChoice(device.get(KEPT)));
  const words: Record<Spoken, string> = { all: t.spoken_all, mine: t.spoken_mine, none: t.spoken_none };
  return (
    <Dialog title={c.settings} onClose={onClose}>
      <div class="stack dialog-body">
        <fieldset class="seg">
          <legend>{c.language}</legend>
          {LANGUAGES.map((one) => (
            <label key={one} lang={one}>
              <input
                type="radio"
                name="language"
                checked={language.value === one}
                onChange={() => chooseLanguage(language, device, one)}
              />
              <span>{LANGUAGE_NAMES[one]}</span>
            </label>
          ))}
        </fieldset>
        {sound && <sound.SoundSettings />}
        <div class="switches">
          <Switch is_on={awake[0]} onTurn={awake[1]}>
            {t.stay_awake}
          </Switch>
          <Switch is_on={help_sound} onTurn={setHelpSound}>
            {t.help_sound}
          </Switch>
        </div>
        <fieldset class="seg">
          <legend>{t.spoken_title}</legend>
          {SPOKEN.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="spoken"
                checked={spoken === one}
                onChange={() => {
                  setSpoken(one);
                  device.set(KEPT, one);
                }}
              />
              <span>{words[one]}</span>
            </label>
          ))}
          <p class="quiet small">{t.spoken_always}</p>
        </fieldset>
        <details class="fold">
          <summary>{t.keys}</summary>
          <ul class="stack-s">
            <li>{t.keys_region}</li>
            <li>{t.keys_send}</li>
            <li>{t.keys_close}</li>
          </ul>
        </details>
        <div class="row">
          <Button look="stop" icon={DoorIcon} onPress={line.leave}>
            {t.leave}
          </Button>
          <Button class="push" onPress={onClose}>
            {c.close}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
