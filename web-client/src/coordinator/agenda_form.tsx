import type { AgendaKind } from "@protocol";
import type { AgendaItemBody } from "@protocol/api";
import { useState } from "preact/hooks";
import { useCommon, useTexts } from "../view/app";
import { Button, IconButton } from "../view/button";
import { CalendarIcon, CrossIcon, DownIcon, UpIcon } from "../view/icons";
import { officeTexts } from "./text";

const KINDS: readonly AgendaKind[] = [
  "talk",
  "discussion",
  "round",
  "guest",
  "break",
  "assignment",
  "quiz",
  "closing",
];

/** An item as it is typed; `key` is the page's own. */
export interface AgendaRow extends Omit<AgendaItemBody, "minutes"> {
  readonly key: number;
  readonly minutes: string;
}

export function rowsOf(agenda: readonly AgendaItemBody[]): AgendaRow[] {
  return agenda.map((item, key) => ({ ...item, key, minutes: String(item.minutes) }));
}

export function agendaOf(rows: readonly AgendaRow[]): AgendaItemBody[] {
  return rows.map(({ key: _, question, minutes, title, ...row }) => ({
    ...row,
    title: title.trim(),
    minutes: Number(minutes) || 0,
    ...(question?.trim() ? { question: question.trim() } : {}),
  }));
}

/** The items of a session in their order: changed, moved, taken out, added. */
export function AgendaFields(props: {
  rows: readonly AgendaRow[];
  /** How long the session is; null while its times are not known. */
  session_minutes: number | null;
  onChange: (rows: readonly AgendaRow[]) => void;
}) {
  const { rows, session_minutes, onChange } = props;
  const t = useTexts(officeTexts);
  const c = useCommon();
  const [next_key, setNextKey] = useState(rows.length);
  const change = (index: number, part: Partial<AgendaRow>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  const move = (index: number, by: 1 | -1) => {
    const moved = [...rows];
    const [row] = moved.splice(index, 1);
    if (row) moved.splice(index + by, 0, row);
    onChange(moved);
  };
  const sum = rows.reduce((minutes, row) => minutes + (Number(row.minutes) || 0), 0);
  return (
    <div class="stack">
      <ol class="lines agenda-form">
        {rows.map((row, index) => {
          const id = `agenda-${row.key}`;
          const name = row.title || c.agenda_kinds[row.kind];
          return (
            <li key={row.key}>
              <div class="field of-kind">
                <label for={`${id}-kind`}>{t.agenda_kind}</label>
                <select
                  id={`${id}-kind`}
                  value={row.kind}
                  onChange={(event) =>
                    change(index, {
                      kind: KINDS.find((one) => one === event.currentTarget.value) ?? row.kind,
                    })
                  }
                >
                  {KINDS.map((kind) => (
                    <option key={kind} value={kind}>
                      {c.agenda_kinds[kind]}
                    </option>
                  ))}
                </select>
              </div>
              <div class="field of-title">
                <label for={`${id}-title`}>{t.agenda_title}</label>
                <input
                  dir="auto"
                  id={`${id}-title`}
                  required
                  maxLength={120}
                  value={row.title}
                  onInput={(event) => change(index, { title: event.currentTarget.value })}
                />
              </div>
              <div class="field of-minutes">
                <label for={`${id}-minutes`}>{t.agenda_minutes}</label>
                <input
                  id={`${id}-minutes`}
                  type="number"
                  min={1}
                  max={480}
                  required
                  value={row.minutes}
                  onInput={(event) => change(index, { minutes: event.currentTarget.value })}
                />
              </div>
              <div class="field of-question">
                <label for={`${id}-question`}>
                  {t.agenda_question} <span class="quiet">({c.optional})</span>
                </label>
                <input
                  dir="auto"
                  id={`${id}-question`}
                  maxLength={200}
                  value={row.question ?? ""}
                  onInput={(event) => change(index, { question: event.currentTarget.value })}
                />
              </div>
              <div class="row">
                {index > 0 && (
                  <IconButton icon={UpIcon} name={t.agenda_up(name)} onPress={() => move(index, -1)} />
                )}
                {index < rows.length - 1 && (
                  <IconButton icon={DownIcon} name={t.agenda_down(name)} onPress={() => move(index, 1)} />
                )}
                {rows.length > 1 && (
                  <Button
                    look="plain"
                    icon={CrossIcon}
                    onPress={() => onChange(rows.filter((_, at) => at !== index))}
                  >
                    {t.agenda_remove} <span class="vh">: {name}</span>
                  </Button>
                )}
              </div>
            </li>
          );
        })}
      </ol>
      <p>{t.agenda_sum(sum, session_minutes)}</p>
      <Button
        icon={CalendarIcon}
        onPress={() => {
          onChange([...rows, { key: next_key, kind: "discussion", title: "", minutes: "30" }]);
          setNextKey(next_key + 1);
        }}
      >
        {t.agenda_add}
      </Button>
    </div>
  );
}
