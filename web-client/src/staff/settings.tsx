import type { Chime } from "../page/chime";
import { chooseLanguage, LANGUAGE_NAMES, type Language } from "../text/language";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { DoorIcon, SoundIcon, StaffIcon } from "../view/icons";
import { Switch } from "../view/switch";
import { useVoice } from "../voice/use_voice";
import type { Preferences } from "./preferences";
import { shellTexts } from "./text/shell";

const SPOKEN_HERE: readonly Language[] = ["fi", "en"];

/** How this person wants the page to be, the keys, and the way out. */
export function Settings(props: {
  preferences: Preferences | null;
  chime: Chime | null;
  /** Whether the screen stays on, in a room. */
  awake?: readonly [boolean, (is_on: boolean) => void];
  onLeave: (() => void) | null;
  /** Back to one's own sessions, for whoever has signed in. */
  onDesk?: (() => void) | undefined;
  onClose: () => void;
}) {
  const { preferences, chime, awake, onLeave, onDesk, onClose } = props;
  const t = useTexts(shellTexts);
  const c = useCommon();
  const { language, device } = useApp();
  const sound = useVoice();
  return (
    <Dialog title={c.settings} onClose={onClose}>
      <div class="stack dialog-body">
        <div class="field">
          <label for="staff-language">{c.language}</label>
          <select
            id="staff-language"
            value={language.value}
            onChange={(event) => {
              const chosen = SPOKEN_HERE.find((one) => one === event.currentTarget.value);
              if (chosen) chooseLanguage(language, device, chosen);
            }}
          >
            {SPOKEN_HERE.map((one) => (
              <option key={one} value={one} lang={one}>
                {LANGUAGE_NAMES[one]}
              </option>
            ))}
          </select>
        </div>
        {preferences && (
          <div class="switches">
            <Switch is_on={preferences.sound.value} onTurn={preferences.setSound}>
              {t.settings_sound}
            </Switch>
            <Switch is_on={preferences.badge.value} onTurn={preferences.setBadge}>
              {t.settings_badge}
            </Switch>
            <Switch is_on={preferences.spoken.value} onTurn={preferences.setSpoken}>
              {t.settings_spoken}
            </Switch>
            <Switch is_on={preferences.keys.value} onTurn={preferences.setKeys}>
              {t.settings_keys}
            </Switch>
          </div>
        )}
        {awake && (
          <Switch is_on={awake[0]} onTurn={awake[1]}>
            {t.settings_awake}
          </Switch>
        )}
        {sound && <sound.SoundSettings />}
        {chime && (
          <Button icon={SoundIcon} onPress={() => chime("help")}>
            {t.settings_sound_try}
          </Button>
        )}
        <section>
          <h3>{t.keys}</h3>
          <dl class="keys">
            <Key keys="F6" what={t.key_region} />
            <Key keys="Tab" what={t.key_tab} />
            {preferences?.keys.value && <Key keys="J E P" what={t.key_decide} />}
            <Key keys="Esc" what={t.key_close} />
          </dl>
        </section>
        {onLeave && (
          <div class="row">
            <Button look="stop" icon={DoorIcon} onPress={onLeave}>
              {t.leave}
            </Button>
            <span class="quiet small">{t.leave_what}</span>
          </div>
        )}
        {onDesk && (
          <Button icon={StaffIcon} onPress={onDesk}>
            {t.desk}
          </Button>
        )}
        <Button onPress={onClose}>{c.close}</Button>
      </div>
    </Dialog>
  );
}

function Key({ keys, what }: { keys: string; what: string }) {
  return (
    <>
      <dt>
        {keys.split(" ").map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{what}</dd>
    </>
  );
}
