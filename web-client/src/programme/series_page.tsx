import type { FormFault, SeriesBody, SeriesShown } from "@protocol/api";
import { useRef, useState } from "preact/hooks";
import { useKindName, useKinds } from "../attendance/kinds";
import { AgendaFields, type AgendaRow, agendaOf, rowsOf } from "../coordinator/agenda_form";
import { isoDate } from "../coordinator/dates";
import { useStaffRefusalText } from "../staff/refusal_text";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, CupIcon, PenIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { region } from "../view/regions";
import { clockText } from "./days";
import { Fault, Field, goToFault, useFaults } from "./field";
import { BackIcon, PlusIcon, seriesIcon } from "./icons";
import { LinkButton } from "./link_button";
import type { ProgrammeRequests } from "./requests";
import { Steps } from "./steps";
import { programmeTexts } from "./text";
import { missingSeries } from "./usual";

/** The series: the usual three in one press, changed, or made. */
export function SeriesPage(props: {
  requests: ProgrammeRequests;
  series: readonly SeriesShown[];
  onChange: () => void;
}) {
  const { requests, series, onChange } = props;
  const t = useTexts(programmeTexts);
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const kindName = useKindName();
  const [open, setOpen] = useState<SeriesShown | "new" | null>(null);
  const [trouble, setTrouble] = useState("");
  const missing = missingSeries(series, useKinds(), isoDate(Date.now()));
  const onlyFor = (kinds: readonly string[]) =>
    t.only_for(kinds.map((key) => kindName({ decision_type: key })).join(", "));
  const take = async (body: SeriesBody) => {
    setTrouble("");
    const answer = await requests.addSeries(body);
    if (answer.kind !== "ok")
      return setTrouble(answer.kind === "refused" ? refusalText(answer.refusal) : t.not_saved_here);
    announcer.say(t.series_saved(body.name));
    onChange();
  };
  return (
    <main id="main" class="wide" {...region}>
      <div class="sheet-h">
        <div>
          <h1>{t.all_series}</h1>
          <p class="quiet">{missing.length > 0 ? t.step_what.series : t.series_what}</p>
        </div>
        <div class="push">
          <Steps now="series" />
        </div>
      </div>
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      {open === null ? (
        <ul class="shelf">
          {series.map((one) => {
            const Icon = seriesIcon(series, one.id);
            return (
              <li class="sheet card" key={one.id}>
                <h2 class="with-i">
                  <Icon /> <span dir="auto">{one.name}</span>
                </h2>
                <p>{one.is_for_all ? t.for_all : onlyFor(one.kinds)}</p>
                <p class="quiet">{t.hours(clockText(one.start), clockText(one.end))}</p>
                <p>
                  <Button icon={PenIcon} label={`${t.change}: ${one.name}`} onPress={() => setOpen(one)}>
                    {t.change}
                  </Button>
                </p>
              </li>
            );
          })}
          {missing.map((one) => (
            <li class="sheet card offered" key={one.name}>
              <h2>{one.name}</h2>
              <p>{one.is_for_all ? t.for_all : onlyFor(one.kinds)}</p>
              <p class="quiet">{t.hours(clockText(one.start), clockText(one.end))}</p>
              <p>
                <Button icon={CupIcon} label={`${t.take}: ${one.name}`} onPress={() => void take(one)}>
                  {t.take}
                </Button>
              </p>
            </li>
          ))}
        </ul>
      ) : (
        <SeriesForm
          key={open === "new" ? "new" : open.id}
          requests={requests}
          source={open === "new" ? null : open}
          onSaved={(name) => {
            announcer.say(t.series_saved(name));
            setOpen(null);
            onChange();
          }}
          onCancel={() => setOpen(null)}
        />
      )}
      <div class="row">
        <LinkButton to="programme" look="plain" icon={BackIcon}>
          {t.back}
        </LinkButton>
        {open === null && (
          <Button icon={PlusIcon} onPress={() => setOpen("new")}>
            {t.new_series}
          </Button>
        )}
      </div>
    </main>
  );
}

type SeriesField =
  | "name"
  | "short_name"
  | "start"
  | "end"
  | "kinds"
  | "letter"
  | "instructions"
  | "netiquette";
const FIELDS: readonly string[] = [
  "name",
  "short_name",
  "start",
  "end",
  "kinds",
  "letter",
  "instructions",
  "netiquette",
] satisfies SeriesField[];

const FIELD_OF: Record<string, SeriesField> = {
  name_missing: "name",
  name_taken: "name",
  series_missing: "name",
  theme_missing: "name",
  start_unclear: "start",
  end_unclear: "end",
  end_before_start: "end",
  session_too_long: "end",
};

function fieldOfFault({ reason, value = "" }: FormFault): SeriesField | null {
  return FIELD_OF[reason] ?? (FIELDS.includes(value) ? (value as SeriesField) : null);
}

function SeriesForm(props: {
  requests: ProgrammeRequests;
  source: SeriesShown | null;
  onSaved: (name: string) => void;
  onCancel: () => void;
}) {
  const { requests, source, onSaved, onCancel } = props;
  const kinds = useKinds();
  const kindName = useKindName();
  const t = useTexts(programmeTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const [typed, setTyped] = useState(() => typedOf(source));
  const [agenda, setAgenda] = useState<readonly AgendaRow[]>(() => rowsOf(source?.agenda ?? []));
  const [is_agenda_changed, setAgendaChanged] = useState(false);
  const [trouble, setTrouble] = useState("");
  const [is_saving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { faults, errors, setErrors } = useFaults(fieldOfFault);
  const change = (part: Partial<typeof typed>) => setTyped({ ...typed, ...part });

  const save = async (event: Event) => {
    event.preventDefault();
    if (is_saving) return;
    setSaving(true);
    setErrors([]);
    setTrouble("");
    const body: SeriesBody = {
      ...typed,
      name: typed.name.trim(),
      kinds: typed.is_for_all ? [] : typed.kinds,
      ...(is_agenda_changed ? { agenda: agendaOf(agenda) } : {}),
    };
    const answer = await (source ? requests.changeSeries(source.id, body) : requests.addSeries(body));
    setSaving(false);
    if (answer.kind === "ok") return onSaved(body.name);
    if (answer.kind === "refused" && answer.errors?.length) {
      setErrors(answer.errors);
      announcer.say(t.form_wrong);
      requestAnimationFrame(() => goToFault(form.current));
    } else setTrouble(answer.kind === "refused" ? refusalText(answer.refusal) : t.not_saved_here);
  };
  const field = (name: "name" | "short_name" | "start" | "end", label: string, hint?: string) => (
    <Field
      id={`series-${name}`}
      label={label}
      value={typed[name]}
      onWrite={(value) => change({ [name]: value })}
      fault={faults.at[name]}
      hint={hint}
      is_optional={name === "short_name"}
      max={name === "name" ? 200 : 100}
    />
  );
  const words = (name: "letter" | "instructions" | "netiquette") => (
    <Field
      id={`series-${name}`}
      label={t[name]}
      value={typed[name]}
      onWrite={(value) => change({ [name]: value })}
      fault={faults.at[name]}
      is_optional
      rows={4}
      max={4000}
    />
  );
  return (
    <form class="sheet stack" ref={form} onSubmit={(event) => void save(event)} aria-labelledby="series-form">
      <h2 id="series-form">{source?.name ?? t.new_series}</h2>
      <div class="shelf">
        <div class="stack">
          {field("name", t.name)}
          {field("short_name", t.short_name, t.short_name_hint)}
        </div>
        <div class="stack">
          <div class="halves">
            {field("start", t.start)}
            {field("end", t.end)}
          </div>
          <fieldset class="seg">
            <legend>{t.who_may}</legend>
            {[true, false].map((is_for_all) => (
              <label key={String(is_for_all)}>
                <input
                  type="radio"
                  name="is_for_all"
                  checked={typed.is_for_all === is_for_all}
                  onChange={() => change({ is_for_all })}
                />{" "}
                <span>{is_for_all ? t.everyone : t.by_kind}</span>
              </label>
            ))}
          </fieldset>
          {!typed.is_for_all && (
            <fieldset>
              <legend class="vh">{t.by_kind}</legend>
              {kinds.map((kind) => (
                <label class="tick" key={kind.key}>
                  <input
                    type="checkbox"
                    checked={typed.kinds.includes(kind.key)}
                    onChange={(event) =>
                      change({
                        kinds: event.currentTarget.checked
                          ? [...typed.kinds, kind.key]
                          : typed.kinds.filter((one) => one !== kind.key),
                      })
                    }
                  />{" "}
                  <span>{kindName({ decision_type: kind.key })}</span>
                </label>
              ))}
            </fieldset>
          )}
          <Fault id="series-kinds-fault" words={faults.at.kinds} />
        </div>
      </div>
      <details class="fold">
        <summary>{t.letter_and_instructions}</summary>
        <div class="stack foot">
          {words("letter")}
          {words("instructions")}
          {words("netiquette")}
        </div>
      </details>
      <details class="fold">
        <summary>{t.usual_agenda}</summary>
        {agenda.length === 0 && <p class="quiet">{t.usual_agenda_none}</p>}
        <AgendaFields
          rows={agenda}
          session_minutes={null}
          onChange={(rows) => {
            setAgenda(rows);
            setAgendaChanged(true);
          }}
        />
      </details>
      {(errors.length > 0 || trouble) && (
        <Note look="stop" icon={WarnIcon} title={trouble || t.form_wrong}>
          {faults.rest.join(" ")}
        </Note>
      )}
      {source && <p class="quiet">{t.series_keeps}</p>}
      <div class="row">
        <Button look="main" icon={CheckIcon} is_submit>
          {t.save_series}
        </Button>
        <Button onPress={onCancel}>{c.cancel}</Button>
      </div>
    </form>
  );
}

function typedOf(source: SeriesShown | null) {
  return {
    name: source?.name ?? "",
    short_name: source?.short_name ?? "",
    is_for_all: source?.is_for_all ?? true,
    kinds: source?.kinds ?? [],
    start: clockText(source?.start ?? "09:00"),
    end: clockText(source?.end ?? "13:00"),
    letter: source?.letter ?? "",
    instructions: source?.instructions ?? "",
    netiquette: source?.netiquette ?? "",
  };
}
