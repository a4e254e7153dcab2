import type { PersonId, SessionId } from "@protocol";
import type { AbsenceReason, AbsentPerson } from "@protocol/api";
import { useState } from "preact/hooks";
import { useKindName } from "../attendance/kinds";
import { useStaffRefusalText } from "../staff/refusal_text";
import { Radios } from "../staff/switch";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { useDayWords } from "./day_words";
import { reasonWords } from "./reason_words";
import type { AbsenceRequests } from "./requests";
import { absencesTexts } from "./text";

/** What is on the form. */
export interface Draft {
  readonly person: PersonId | null;
  readonly days: readonly SessionId[];
  readonly reason: AbsenceReason | null;
  readonly note: string;
  /** A notice that stands is told anew. */
  readonly is_change: boolean;
}

export const EMPTY: Draft = { person: null, days: [], reason: null, note: "", is_change: false };

/** Somebody has told that they do not come: who, on which days, and why, where their kind of decision asks for it. */
export function AbsenceForm(props: {
  people: readonly AbsentPerson[];
  draft: Draft;
  onChange: (draft: Draft) => void;
  note: AbsenceRequests["note"];
  onSaved: () => void;
}) {
  const { people, draft, onChange, note, onSaved } = props;
  const t = useTexts(absencesTexts);
  const reasonName = useTexts(reasonWords);
  const dayWords = useDayWords();
  const c = useCommon();
  const { announcer } = useApp();
  const kindName = useKindName();
  const refusalText = useStaffRefusalText();
  const [trouble, setTrouble] = useState({ title: "", what: "" });
  const [is_busy, setBusy] = useState(false);
  const one = people.find(({ person }) => person === draft.person);
  // What has been decided of a day is changed on the day's own page.
  const days = (one?.days ?? [])
    .filter(({ session, absence, mark }) => !mark && (!absence || draft.days.includes(session)))
    .sort((before, after) => before.starts_at - after.starts_at);
  const chosen = days.filter(({ session }) => draft.days.includes(session));
  const change = (part: Partial<Draft>) => {
    setTrouble({ title: "", what: "" });
    onChange({ ...draft, ...part });
  };
  const fail = (title: string, what = "") => {
    setTrouble({ title, what });
    announcer.say(`${title} ${what}`.trim());
  };

  const save = async (event: Event) => {
    event.preventDefault();
    if (is_busy) return;
    if (!one) return fail(t.who_missing);
    if (chosen.length === 0) return fail(t.day_missing);
    if (one.asks.length > 0 && !draft.reason) return fail(t.reason_missing);
    setBusy(true);
    const words = draft.note.trim();
    const left: SessionId[] = [];
    let why = "";
    for (const { session } of chosen) {
      const answer = await note(session, one.person, {
        told: true,
        ...(words && { note: words }),
        ...(one.asks.length > 0 && draft.reason && { reason: draft.reason }),
      });
      if (answer.kind === "ok") continue;
      left.push(session);
      if (answer.kind === "refused") why = refusalText(answer.refusal);
    }
    setBusy(false);
    const datesOf = (which: (session: SessionId) => boolean) =>
      chosen
        .filter(({ session }) => which(session))
        .map(({ starts_at }) => dayWords(starts_at))
        .join(", ");
    onSaved();
    if (left.length === 0) {
      onChange(EMPTY);
      setTrouble({ title: "", what: "" });
      return announcer.say(
        t.saved(
          one.name,
          datesOf(() => true),
        ),
      );
    }
    onChange({ ...draft, days: left });
    fail(t.unsaved(datesOf((session) => left.includes(session))), why || t.unsaved_what);
  };
  const first = chosen[0];
  return (
    <form class="sheet stack" aria-labelledby="absence-form-title" onSubmit={(event) => void save(event)}>
      <h2 id="absence-form-title" tabIndex={-1}>
        {draft.is_change && one && first ? t.form_change(one.name, dayWords(first.starts_at)) : t.form}
      </h2>
      <div class="field">
        <label for="absence-who">{t.who}</label>
        <select
          id="absence-who"
          value={draft.person ?? ""}
          onChange={(event) => onChange({ ...EMPTY, person: Number(event.currentTarget.value) || null })}
        >
          <option value="">{t.choose}</option>
          {people.map(({ person, name }) => (
            <option key={person} value={person}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {one && (
        <>
          <fieldset class="seg many">
            <legend>{t.when}</legend>
            {days.length === 0 && <p>{t.no_days}</p>}
            {days.map(({ session, theme, starts_at }) => (
              <label key={session}>
                <input
                  type="checkbox"
                  checked={draft.days.includes(session)}
                  onChange={() =>
                    change({
                      days: draft.days.includes(session)
                        ? draft.days.filter((day) => day !== session)
                        : [...draft.days, session],
                    })
                  }
                />{" "}
                <span dir="auto">{t.day(dayWords(starts_at), theme)}</span>
              </label>
            ))}
          </fieldset>
          {one.asks.length > 0 ? (
            <Radios
              name="absence-reason"
              legend={`${t.why} ${kindName({ decision_type: one.kind })}`.trim()}
              value={draft.reason}
              options={one.asks.map((reason) => ({ value: reason, label: reasonName[reason] }))}
              onChoose={(reason) => change({ reason })}
            />
          ) : (
            <p class="quiet">{t.no_reason}</p>
          )}
          <div class="field">
            <label for="absence-words">
              {t.note} <span class="quiet">({c.optional})</span>
            </label>
            <p class="hint small" id="absence-words-hint">
              {t.note_what}
            </p>
            <input
              dir="auto"
              id="absence-words"
              autocomplete="off"
              maxLength={200}
              aria-describedby="absence-words-hint"
              value={draft.note}
              onInput={(event) => change({ note: event.currentTarget.value })}
            />
          </div>
        </>
      )}
      {trouble.title && (
        <Note look="stop" icon={WarnIcon} title={trouble.title}>
          {trouble.what}
        </Note>
      )}
      <div class="row">
        <Button look="main" is_submit icon={CheckIcon}>
          {t.save}
        </Button>
        {draft.is_change && <Button onPress={() => onChange(EMPTY)}>{c.cancel}</Button>}
        <span class="quiet">{t.saved_what}</span>
      </div>
    </form>
  );
}
