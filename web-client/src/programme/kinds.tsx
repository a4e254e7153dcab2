import "../style/programme.css";
import type { Duty, UtcTime } from "@protocol";
import type { AbsenceReason, FormFault, Kind, KindBody, KindsAnswer } from "@protocol/api";
import { useId, useState } from "preact/hooks";
import { reasonWords } from "../absences/reason_words";
import { useAskedKinds, useKindName } from "../attendance/kinds";
import type { Answer } from "../connection/entrance";
import { dateText, isoDate } from "../coordinator/dates";
import { faultSentence } from "../coordinator/faults";
import type { Office } from "../coordinator/office";
import { officeTexts } from "../coordinator/text";
import { useStaffRefusalText } from "../staff/refusal_text";
import { Radios } from "../staff/switch";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CheckIcon, CrossIcon, PenIcon, RoundIcon, WarnIcon } from "../view/icons";
import { Badge, Note } from "../view/marks";
import { kindsTexts } from "./text/kinds";

const DUTIES: readonly Duty[] = ["obligatory", "agreed", "own_will"];
const REASONS: readonly AbsenceReason[] = [
  "own_illness",
  "child_ill",
  "job_interview",
  "public_duty",
  "other",
];
const NEW: KindBody = { fi: "", duty: "agreed", reasons: [] };

/** The kinds of decision of the site: seen, added, changed and ended. It is inside KnowKinds. */
export function KindsPage({ office, now = Date.now() }: { office: Office; now?: UtcTime }) {
  const t = useTexts(kindsTexts);
  const o = useTexts(officeTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const reasonName = useTexts(reasonWords);
  const kindName = useKindName();
  const asked = useAskedKinds();
  const [edited, setEdited] = useState<Kind | "new" | null>(null);
  const [removed, setRemoved] = useState<Kind | null>(null);
  const [trouble, setTrouble] = useState("");
  const title = useId();
  const nameOf = ({ key }: Kind) => kindName({ decision_type: key });

  if (!asked.value) {
    if (asked.answer === null) return <p class="quiet">{o.loading}</p>;
    return (
      <Note look="stop" icon={WarnIcon} title={o.unreachable}>
        <Button icon={RoundIcon} onPress={asked.ask}>
          {c.try_now}
        </Button>
      </Note>
    );
  }
  const why = (answer: Answer<unknown>) =>
    answer.kind !== "refused"
      ? o.unreachable
      : answer.refusal.word === "not_now"
        ? t.is_used
        : refusalText(answer.refusal);
  const remove = async (kind: Kind) => {
    setRemoved(null);
    const answer = await office.removeKind({ key: kind.key });
    setTrouble(answer.kind === "ok" ? "" : why(answer));
    if (answer.kind === "ok") announcer.say(t.removed(nameOf(kind)));
    asked.ask();
  };
  return (
    <section class="sheet stack-s" aria-labelledby={title}>
      <div class="sheet-h">
        <h1 id={title}>{t.title}</h1>
        <span class="push">
          <Button look="main" onPress={() => setEdited("new")}>
            {t.add}
          </Button>
        </span>
      </div>
      <p class="quiet">{t.what}</p>
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      <ul class="lines roster">
        {asked.value.kinds.map((kind) => (
          <li key={kind.key}>
            <span>
              <b dir="auto">{nameOf(kind)}</b> <Days kind={kind} today={isoDate(now)} />{" "}
              <span class="small quiet">
                {[
                  t.duties[kind.duty],
                  kind.reasons.length === 0
                    ? t.no_reasons
                    : t.reasons_of(kind.reasons.map((reason) => reasonName[reason])),
                ].join(" · ")}
              </span>
            </span>
            <span class="row">
              <Button look="plain" icon={PenIcon} onPress={() => setEdited(kind)}>
                {t.edit} <span class="vh">: {nameOf(kind)}</span>
              </Button>
              {!kind.is_used && (
                <Button look="plain" icon={CrossIcon} onPress={() => setRemoved(kind)}>
                  {t.remove} <span class="vh">: {nameOf(kind)}</span>
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {edited && (
        <KindDialog
          kind={edited === "new" ? null : edited}
          save={office.putKind}
          why={why}
          onDone={(name) => {
            setEdited(null);
            announcer.say(t.saved(name));
            asked.ask();
          }}
          onClose={() => setEdited(null)}
        />
      )}
      {removed && (
        <Dialog title={t.remove_title(nameOf(removed))} onClose={() => setRemoved(null)}>
          <p class="lead">{t.remove_what}</p>
          <div class="row foot">
            <Button look="stop" icon={CrossIcon} onPress={() => void remove(removed)}>
              {t.remove}
            </Button>
            <Button onPress={() => setRemoved(null)}>{c.cancel}</Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}

/** When it begins, ends or has ended; nothing for one that simply is. */
function Days({ kind, today }: { kind: Kind; today: string }) {
  const t = useTexts(kindsTexts);
  const { first_day, last_day } = kind;
  if (first_day && first_day > today) return <Badge look="wait">{t.begins(dateText(first_day))}</Badge>;
  if (!last_day) return null;
  return <Badge look="wait">{(last_day < today ? t.ended : t.ends)(dateText(last_day))}</Badge>;
}

function KindDialog(props: {
  /** Null: a new one. */
  kind: Kind | null;
  save: (form: KindBody) => Promise<Answer<KindsAnswer>>;
  /** A refusal in words. */
  why: (answer: Answer<unknown>) => string;
  onDone: (name: string) => void;
  onClose: () => void;
}) {
  const { kind, save, why, onDone, onClose } = props;
  const t = useTexts(kindsTexts);
  const reasonName = useTexts(reasonWords);
  const o = useTexts(officeTexts);
  const c = useCommon();
  const [form, setForm] = useState<KindBody>(() => (kind ? formOf(kind) : NEW));
  const [faults, setFaults] = useState<readonly FormFault[]>([]);
  const [trouble, setTrouble] = useState("");
  const change = (part: Partial<KindBody>) => setForm({ ...form, ...part });

  const submit = async (event: Event) => {
    event.preventDefault();
    const answer = await save(form);
    if (answer.kind === "ok") return onDone(form.fi.trim());
    const errors = (answer.kind === "refused" && answer.errors) || [];
    setFaults(errors);
    setTrouble(errors.length > 0 ? o.form_wrong : why(answer));
  };
  const name = (language: "fi" | "sv" | "en") => (
    <div class="field">
      <label for={`kind-${language}`}>
        {t.names[language]} {language !== "fi" && <span class="quiet">({c.optional})</span>}
      </label>
      <input
        id={`kind-${language}`}
        dir="auto"
        lang={language}
        value={form[language] ?? ""}
        required={language === "fi"}
        maxLength={80}
        onInput={(event) => change({ [language]: event.currentTarget.value })}
      />
    </div>
  );
  const day = (field: "first_day" | "last_day") => (
    <div class="field">
      <label for={`kind-${field}`}>
        {t[field]} <span class="quiet">({c.optional})</span>
      </label>
      <input
        id={`kind-${field}`}
        type="date"
        value={form[field] ?? ""}
        onChange={(event) => change({ [field]: event.currentTarget.value })}
      />
    </div>
  );
  return (
    <Dialog title={kind ? t.kind_of(kind.fi) : t.add} onClose={onClose}>
      <form class="stack dialog-body" onSubmit={(event) => void submit(event)}>
        {name("fi")}
        {name("sv")}
        {name("en")}
        <p class="quiet small">{t.as_finnish}</p>
        <Radios
          name="kind-duty"
          legend={t.duty}
          look="list"
          value={form.duty}
          onChoose={(duty) => change({ duty })}
          options={DUTIES.map((value) => ({ value, label: t.duties[value] }))}
        />
        <fieldset class="ticks">
          <legend>{t.reasons_asked}</legend>
          <p class="quiet small">{t.reasons_none}</p>
          {REASONS.map((reason) => (
            <label key={reason} class="tick">
              <input
                type="checkbox"
                checked={form.reasons.includes(reason)}
                onChange={(event) =>
                  change({
                    reasons: event.currentTarget.checked
                      ? [...form.reasons, reason]
                      : form.reasons.filter((one) => one !== reason),
                  })
                }
              />{" "}
              <span>{reasonName[reason]}</span>
            </label>
          ))}
        </fieldset>
        <div class="choices-of">
          {day("first_day")}
          {day("last_day")}
        </div>
        <p class="quiet small">{t.last_day_what}</p>
        {trouble && (
          <Note look="stop" icon={WarnIcon} title={trouble}>
            <ul>
              {faults.map((fault) => (
                <li key={`${fault.reason} ${fault.value ?? ""}`}>{faultSentence(fault, o)}</li>
              ))}
            </ul>
          </Note>
        )}
        <div class="row">
          <Button look="main" icon={CheckIcon} is_submit>
            {t.save}
          </Button>
          <Button onPress={onClose}>{c.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What the list tells beside it is not sent. A name that is the Finnish one was left empty, and follows it. */
function formOf({ is_used: _, sv, en, ...form }: Kind): KindBody {
  return { ...form, ...(sv !== form.fi && { sv }), ...(en !== form.fi && { en }) };
}
