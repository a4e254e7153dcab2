import type { SessionBody, SessionSettings } from "@protocol/api";
import { useCommon, useTexts } from "../view/app";
import { Switch } from "../view/switch";
import { officeTexts } from "./text";

/** A session's settings as they are typed. */
export interface SettingsTyped {
  readonly voice: boolean;
  readonly many_listeners: boolean;
  readonly anonymous_among_participants: boolean;
  readonly present_percent: string;
  readonly present_minutes: string;
  readonly grace_seconds: string;
  /** One a line. */
  readonly words: string;
}

/** As the server has them for a session of which nothing else has been said. */
const USUAL: SessionSettings = {
  voice: true,
  many_listeners: false,
  present_percent: 80,
  grace_seconds: 120,
  words: [],
};

export function typedOf(settings: SessionSettings = USUAL): SettingsTyped {
  return {
    voice: settings.voice,
    many_listeners: settings.many_listeners,
    anonymous_among_participants: settings.anonymous_among_participants ?? false,
    present_percent: String(settings.present_percent),
    present_minutes: String(settings.present_minutes ?? ""),
    grace_seconds: String(settings.grace_seconds),
    words: settings.words.join("\n"),
  };
}

/** What has been changed, and no more: the rest stays as it is. */
export function changedSettings(typed: SettingsTyped, before: SettingsTyped): Partial<SessionBody> {
  const number = (text: string) => Number(text) || 0;
  const has = (name: keyof SettingsTyped) => typed[name] !== before[name];
  return {
    ...(has("voice") ? { voice: typed.voice } : {}),
    ...(has("many_listeners") ? { many_listeners: typed.many_listeners } : {}),
    ...(has("anonymous_among_participants")
      ? { anonymous_among_participants: typed.anonymous_among_participants }
      : {}),
    ...(has("present_percent") ? { present_percent: number(typed.present_percent) } : {}),
    ...(has("present_minutes") ? { present_minutes: number(typed.present_minutes) } : {}),
    ...(has("grace_seconds") ? { grace_seconds: number(typed.grace_seconds) } : {}),
    ...(has("words")
      ? {
          words: typed.words
            .split("\n")
            .map((word) => word.trim())
            .filter(Boolean),
        }
      : {}),
  };
}

/** Hearing each other on the page. */
export function VoiceFields(props: {
  typed: SettingsTyped;
  onChange: (part: Partial<SettingsTyped>) => void;
}) {
  const { typed, onChange } = props;
  const t = useTexts(officeTexts);
  return (
    <div class="stack-s">
      <div>
        <Switch is_on={typed.voice} onTurn={(voice) => onChange({ voice })}>
          {t.form_voice}
        </Switch>
        <p class="quiet small">{t.form_voice_hint}</p>
      </div>
      {typed.voice && (
        <div>
          <Switch is_on={typed.many_listeners} onTurn={(many_listeners) => onChange({ many_listeners })}>
            {t.form_many}
          </Switch>
          <p class="quiet small">{t.form_many_hint}</p>
        </div>
      )}
    </div>
  );
}

/** An experience-story day. Once the doors have been open it stays what it is. */
export function AnonymousField(props: {
  typed: SettingsTyped;
  has_opened: boolean;
  onChange: (part: Partial<SettingsTyped>) => void;
}) {
  const { typed, has_opened, onChange } = props;
  const t = useTexts(officeTexts);
  const is_on = typed.anonymous_among_participants;
  if (has_opened) return is_on ? <p class="quiet">{t.form_anonymous_is}</p> : null;
  return (
    <div>
      <Switch is_on={is_on} onTurn={(is_on) => onChange({ anonymous_among_participants: is_on })}>
        {t.form_anonymous}
      </Switch>
      <p class="quiet small">{t.form_anonymous_hint}</p>
    </div>
  );
}

/** From when on a day counts as attended, how long a place is kept, which words wait for a moderator. */
export function RuleFields(props: {
  typed: SettingsTyped;
  onChange: (part: Partial<SettingsTyped>) => void;
}) {
  const { typed, onChange } = props;
  const t = useTexts(officeTexts);
  const c = useCommon();
  const number = (
    name: "present_percent" | "present_minutes" | "grace_seconds",
    label: string,
    hint: string,
    limits: { min: number; max: number; required?: boolean },
  ) => (
    <div class="field">
      <label for={`session-${name}`}>
        {label} {!limits.required && <span class="quiet">({c.optional})</span>}
      </label>
      <p class="hint small" id={`session-${name}-hint`}>
        {hint}
      </p>
      <input
        id={`session-${name}`}
        type="number"
        aria-describedby={`session-${name}-hint`}
        value={typed[name]}
        onInput={(event) => onChange({ [name]: event.currentTarget.value })}
        {...limits}
      />
    </div>
  );
  return (
    <div class="stack">
      {number("present_percent", t.form_percent, t.form_percent_hint, { min: 1, max: 100, required: true })}
      {number("present_minutes", t.form_minutes, t.form_minutes_hint, { min: 1, max: 480 })}
      {number("grace_seconds", t.form_grace, t.form_grace_hint, { min: 0, max: 3600, required: true })}
      <div class="field">
        <label for="session-words">
          {t.form_words} <span class="quiet">({c.optional})</span>
        </label>
        <p class="hint small" id="session-words-hint">
          {t.form_words_hint}
        </p>
        <textarea
          dir="auto"
          id="session-words"
          rows={4}
          aria-describedby="session-words-hint"
          value={typed.words}
          onInput={(event) => onChange({ words: event.currentTarget.value })}
        />
      </div>
    </div>
  );
}
