import type { SessionId } from "@protocol";
import type { SessionBody as Form, FormFault, SessionShown } from "@protocol/api";
import { useState } from "preact/hooks";
import { useStaffRefusalText } from "../staff/refusal_text";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { AgendaFields, type AgendaRow, agendaOf, rowsOf } from "./agenda_form";
import { isoClock, isoDate } from "./dates";
import { faultSentence } from "./faults";
import type { Office } from "./office";
import { AnonymousField, changedSettings, RuleFields, typedOf, VoiceFields } from "./settings_form";
import { officeTexts } from "./text";

/** The fields of one line each. */
type SingleField = "theme" | "series" | "date" | "start" | "end" | "question" | "help_phone";

/** A new session, by hand; a change of one; or a copy of one with its staff and settings. */
export function SessionForm(props: {
  office: Office;
  series: string;
  source?: SessionShown;
  is_copy?: boolean;
  onDone: (id: SessionId) => void;
  onCancel: () => void;
}) {
  const { office, series, source, is_copy, onDone, onCancel } = props;
  const t = useTexts(officeTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const [form, setForm] = useState<Pick<Form, SingleField>>(() =>
    source ? formOf(source, is_copy) : { theme: "", series, date: "", start: "09:00", end: "13:00" },
  );
  const [before] = useState(() => typedOf(source?.settings));
  const [settings, setSettings] = useState(before);
  const [agenda, setAgenda] = useState<readonly AgendaRow[]>(() => rowsOf(source?.agenda ?? []));
  const [is_agenda_changed, setAgendaChanged] = useState(false);
  const [faults, setFaults] = useState<readonly FormFault[]>([]);
  const [trouble, setTrouble] = useState("");
  const [is_saving, setSaving] = useState(false);

  const save = async (event: Event) => {
    event.preventDefault();
    if (is_saving) return;
    setSaving(true);
    setFaults([]);
    setTrouble("");
    const wanted: Form = {
      ...tidy(form),
      ...changedSettings(settings, before),
      ...(is_agenda_changed ? { agenda: agendaOf(agenda) } : {}),
    };
    const answer = await (!source
      ? office.plan(wanted)
      : is_copy
        ? office.copy(source.id, wanted)
        : office.change(source.id, wanted));
    setSaving(false);
    if (answer.kind === "ok") {
      announcer.say(t.form_saved(form.theme));
      return onDone(answer.value.id);
    }
    if (answer.kind === "refused" && answer.errors?.length) {
      setFaults(answer.errors);
      announcer.say(t.form_wrong);
    } else setTrouble(answer.kind === "refused" ? refusalText(answer.refusal) : t.unreachable);
  };
  const field = (name: SingleField, label: string, more: Record<string, unknown> = {}) => (
    <div class="field">
      <label for={`session-${name}`}>
        {label} {!more["required"] && <span class="quiet">({c.optional})</span>}
      </label>
      <input
        dir="auto"
        id={`session-${name}`}
        value={form[name] ?? ""}
        onInput={(event) => setForm({ ...form, [name]: event.currentTarget.value })}
        {...more}
      />
    </div>
  );
  return (
    <form class="sheet stack" onSubmit={(event) => void save(event)} aria-labelledby="form-title">
      <h1 id="form-title">
        {!source ? t.new_session : is_copy ? t.copy_of(source.theme) : t.change_of(source.theme)}
      </h1>
      {is_copy && <p class="quiet">{t.copy_what}</p>}
      {field("theme", t.form_theme, { required: true, maxLength: 120 })}
      {field("series", t.form_series, { required: true, maxLength: 120 })}
      <div class="three-fields">
        {field("date", t.form_date, { required: true, type: "date" })}
        {field("start", t.form_start, { required: true, type: "time" })}
        {field("end", t.form_end, { required: true, type: "time" })}
      </div>
      <p class="quiet small">{t.form_hint}</p>
      {field("question", t.form_question, { maxLength: 200 })}
      {field("help_phone", t.form_phone, {
        type: "tel",
        maxLength: 40,
        "aria-describedby": "session-phone-hint",
      })}
      <p class="quiet small" id="session-phone-hint">
        {t.form_phone_hint}
      </p>
      <VoiceFields typed={settings} onChange={(part) => setSettings({ ...settings, ...part })} />
      <AnonymousField
        typed={settings}
        has_opened={!is_copy && hasOpened(source)}
        onChange={(part) => setSettings({ ...settings, ...part })}
      />
      <details class="fold">
        <summary>{t.form_agenda}</summary>
        {agenda.length === 0 ? (
          <p class="quiet">{t.form_agenda_usual}</p>
        ) : (
          <AgendaFields
            rows={agenda}
            session_minutes={minutesBetween(form.start, form.end)}
            onChange={(rows) => {
              setAgenda(rows);
              setAgendaChanged(true);
            }}
          />
        )}
      </details>
      <details class="fold">
        <summary>{t.form_rules}</summary>
        <RuleFields typed={settings} onChange={(part) => setSettings({ ...settings, ...part })} />
      </details>
      {(faults.length > 0 || trouble) && (
        <Note look="stop" icon={WarnIcon} title={faults.length > 0 ? t.form_wrong : trouble}>
          {faults.length > 0 && (
            <ul>
              {faults.map((fault) => (
                <li key={`${fault.reason} ${fault.value}`}>{faultSentence(fault, t)}</li>
              ))}
            </ul>
          )}
        </Note>
      )}
      <div class="row">
        <Button look="main" icon={CheckIcon} is_submit>
          {t.form_save}
        </Button>
        <Button onPress={onCancel}>{c.cancel}</Button>
      </div>
    </form>
  );
}

/** Whether people may have come in. */
const hasOpened = (session: SessionShown | undefined) =>
  session?.phase !== undefined && session.phase !== "planned" && session.phase !== "rehearsal";

/** From 09:00 to 13:00 it is 240; nothing while one of them is missing. */
function minutesBetween(start: string, end: string): number | null {
  const at = (clock: string) => {
    const [, h, min] = /^(\d\d):(\d\d)/.exec(clock) ?? [];
    return h === undefined ? null : Number(h) * 60 + Number(min);
  };
  const [from, to] = [at(start), at(end)];
  return from === null || to === null || to <= from ? null : to - from;
}

/** A copy has no date yet: two sessions of a series are never at one time. */
function formOf(session: SessionShown, is_copy: boolean | undefined): Pick<Form, SingleField> {
  return {
    theme: session.theme,
    series: session.series,
    date: is_copy ? "" : isoDate(session.starts_at),
    start: isoClock(session.starts_at),
    end: isoClock(session.ends_at),
    ...(session.question ? { question: session.question } : {}),
    ...(session.help_phone ? { help_phone: session.help_phone } : {}),
  };
}

/** What was left empty is not sent. */
function tidy({ question, help_phone, ...form }: Pick<Form, SingleField>): Pick<Form, SingleField> {
  return {
    ...form,
    theme: form.theme.trim(),
    series: form.series.trim(),
    ...(question?.trim() ? { question: question.trim() } : {}),
    ...(help_phone?.trim() ? { help_phone: help_phone.trim() } : {}),
  };
}
