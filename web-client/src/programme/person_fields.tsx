import type { DetailsBody, Kind } from "@protocol/api";
import { useId } from "preact/hooks";
import { useCommon, useTexts } from "../view/app";
import { peopleTexts } from "./text/people";

/** What is known of a person, as it is written; empty where nothing is. */
export interface Details {
  readonly name: string;
  readonly decision_type: string;
  readonly supervisor: string;
  readonly phone: string;
  readonly email: string;
  readonly best_time: string;
  readonly needs: string;
  readonly sms_allowed: boolean;
  readonly needs_shown: boolean;
}

export const NOTHING_KNOWN: Details = {
  name: "",
  decision_type: "",
  supervisor: "",
  phone: "",
  email: "",
  best_time: "",
  needs: "",
  sms_allowed: false,
  needs_shown: false,
};

const WORDS = ["decision_type", "supervisor", "phone", "email", "best_time", "needs"] as const;

/** As it is sent: what is empty is not there. */
export function detailsSent(details: Details): DetailsBody {
  const { name, sms_allowed, needs_shown } = details;
  const sent: DetailsBody = { name: name.trim(), sms_allowed, needs_shown };
  for (const field of WORDS) {
    const words = details[field].trim();
    if (words) sent[field] = words;
  }
  return sent;
}

/** The fields of a person, by hand or to be changed. */
export function PersonFields(props: {
  details: Details;
  kinds: readonly Kind[];
  kindName: (key: string) => string;
  onChange: (details: Details) => void;
}) {
  const { details, kinds, kindName, onChange } = props;
  const t = useTexts(peopleTexts);
  const c = useCommon();
  const id = useId();
  const text = (
    name: "name" | "supervisor" | "phone" | "email" | "best_time",
    label: string,
    maxLength: number,
    more: object = {},
  ) => (
    <div class="field">
      <label for={`${id}-${name}`}>
        {label} {name !== "name" && <span class="quiet">({c.optional})</span>}
      </label>
      <input
        id={`${id}-${name}`}
        name={name}
        dir="auto"
        autocomplete="off"
        value={details[name]}
        required={name === "name"}
        maxLength={maxLength}
        onInput={(event) => onChange({ ...details, [name]: event.currentTarget.value })}
        {...more}
      />
    </div>
  );
  // A kind that has ended stays where it is, and is offered to nobody.
  const is_known = !details.decision_type || kinds.some(({ key }) => key === details.decision_type);
  return (
    <>
      {text("name", t.name, 200)}
      <div class="field">
        <label for={`${id}-kind`}>{t.kind}</label>
        <select
          id={`${id}-kind`}
          name="decision_type"
          value={details.decision_type}
          onChange={(event) => onChange({ ...details, decision_type: event.currentTarget.value })}
        >
          <option value="">{t.no_kind}</option>
          {!is_known && <option value={details.decision_type}>{kindName(details.decision_type)}</option>}
          {kinds.map(({ key }) => (
            <option key={key} value={key}>
              {kindName(key)}
            </option>
          ))}
        </select>
      </div>
      {text("supervisor", t.supervisor, 200)}
      {text("phone", t.phone, 100, { type: "tel" })}
      {text("email", t.email, 300, { type: "email" })}
      {text("best_time", t.best_time, 200)}
      <div class="field">
        <label for={`${id}-needs`}>
          {t.needs} <span class="quiet">({c.optional})</span>
        </label>
        <p class="hint small" id={`${id}-needs-hint`}>
          {t.needs_hint}
        </p>
        <textarea
          id={`${id}-needs`}
          name="needs"
          dir="auto"
          rows={2}
          maxLength={1000}
          aria-describedby={`${id}-needs-hint`}
          value={details.needs}
          onInput={(event) => onChange({ ...details, needs: event.currentTarget.value })}
        />
      </div>
      <Tick
        is_on={details.sms_allowed}
        onTick={(sms_allowed) => onChange({ ...details, sms_allowed })}
        words={t.sms_allowed}
      />
      <Tick
        is_on={details.needs_shown}
        onTick={(needs_shown) => onChange({ ...details, needs_shown })}
        words={t.needs_shown}
      />
    </>
  );
}

function Tick(props: { is_on: boolean; onTick: (is_on: boolean) => void; words: string }) {
  const { is_on, onTick, words } = props;
  return (
    <label class="tick">
      <input type="checkbox" checked={is_on} onChange={(event) => onTick(event.currentTarget.checked)} />{" "}
      <span>{words}</span>
    </label>
  );
}
