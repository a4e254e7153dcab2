import type { UtcTime } from "@protocol";
import type { FormFault, PersonBody, PersonListed, SameQuestion, SessionShown } from "@protocol/api";
import { useState } from "preact/hooks";
import { useKindName, useKinds } from "../attendance/kinds";
import type { Answer } from "../connection/entrance";
import { useStaffRefusalText } from "../staff/refusal_text";
import { clockTime } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CheckIcon, CrossIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { fullDate, isoDate } from "./dates";
import { faultSentence } from "./faults";
import type { Office, SameAnswer } from "./office";
import { SamePerson } from "./same_person";
import { officeTexts } from "./text";

/** One registration by hand: a new person, or what is known of one. */
export function PersonDialog(props: {
  office: Office;
  session: SessionShown;
  /** Null: someone new. */
  person: PersonListed | null;
  onDone: () => void;
  onClose: () => void;
}) {
  const { office, session, person, onDone, onClose } = props;
  const t = useTexts(officeTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  // Their own stays to be chosen when it has ended.
  const today = isoDate(Date.now());
  const kinds = useKinds().filter(
    ({ key, last_day = today }) => last_day >= today || key === person?.decision_type,
  );
  const kindName = useKindName();
  const [form, setForm] = useState<PersonBody>(person ?? { name: "" });
  const [absence, setAbsence] = useState(person?.absence?.note ?? "");
  const [faults, setFaults] = useState<readonly FormFault[]>([]);
  const [trouble, setTrouble] = useState("");
  const [is_removing, setRemoving] = useState(false);
  const [question, setQuestion] = useState<SameQuestion | null>(null);
  const [same, setSame] = useState<SameAnswer>();

  const take = (answer: Answer<unknown>, said: string) => {
    setFaults([]);
    setTrouble("");
    if (answer.kind === "ok") {
      announcer.say(said);
      onDone();
      return onClose();
    }
    if (answer.kind === "refused" && answer.errors?.length) return setFaults(answer.errors);
    setTrouble(
      answer.kind === "refused"
        ? answer.refusal.word === "not_now"
          ? t.person_was_there
          : refusalText(answer.refusal)
        : t.unreachable,
    );
  };
  const save = async (event: Event) => {
    event.preventDefault();
    const tidied = tidy(form);
    if (person) {
      return take(await office.changePerson(session.id, person.person, tidied), t.person_saved(form.name));
    }
    if (question && same === undefined) return setTrouble(t.same_left(1));
    const answer = question
      ? await office.addPerson(session.id, tidied, same)
      : await office.addPerson(session.id, tidied);
    if (answer.kind === "ok" && answer.value.question) {
      setFaults([]);
      setTrouble("");
      setSame(undefined);
      setQuestion(answer.value.question);
      return announcer.say(t.same_title);
    }
    const kept = answer.kind === "ok" && answer.value.kept_as_was;
    take(answer, kept ? t.kept_as_was(form.name) : t.person_saved(form.name));
  };
  const field = (name: "name" | "supervisor" | "phone" | "email" | "needs", more: object = {}) => (
    <div class="field">
      <label for={`person-${name}`}>
        {t.fields[name]} {name !== "name" && <span class="quiet">({c.optional})</span>}
      </label>
      <input
        dir="auto"
        id={`person-${name}`}
        value={form[name] ?? ""}
        onInput={(event) => {
          setForm({ ...form, [name]: event.currentTarget.value });
          // Another question than the one that was asked.
          setQuestion(null);
        }}
        {...more}
      />
    </div>
  );
  return (
    <Dialog title={person ? t.person_of(person.name) : t.person_new} onClose={onClose}>
      <form class="stack dialog-body" onSubmit={(event) => void save(event)}>
        {field("name", { required: true, maxLength: 80 })}
        <div class="field">
          <label for="person-decision">{t.fields["decision_type"]}</label>
          <select
            id="person-decision"
            value={form.decision_type ?? ""}
            onChange={(event) => {
              const { decision_type: _, ...rest } = form;
              const chosen = event.currentTarget.value;
              setForm(chosen ? { ...rest, decision_type: chosen } : rest);
            }}
          >
            <option value="">{t.decision_none}</option>
            {kinds.map(({ key }) => (
              <option key={key} value={key}>
                {kindName({ decision_type: key })}
              </option>
            ))}
          </select>
        </div>
        {field("supervisor", { maxLength: 80 })}
        {field("phone", { type: "tel", maxLength: 40 })}
        {field("email", { type: "email", maxLength: 254 })}
        {field("needs", { maxLength: 500 })}
        {question && (
          <Note look="help" icon={WarnIcon} title={t.same_title}>
            <SamePerson question={question} answer={same} onAnswer={setSame} />
          </Note>
        )}
        {(faults.length > 0 || trouble) && (
          <Note look="stop" icon={WarnIcon} title={trouble || t.form_wrong}>
            <ul>
              {faults.map((fault) => (
                <li key={fault.reason}>{faultSentence(fault, t)}</li>
              ))}
            </ul>
          </Note>
        )}
        <div class="row">
          <Button look="main" icon={CheckIcon} is_submit>
            {t.person_save}
          </Button>
          <Button onPress={onClose}>{c.cancel}</Button>
        </div>
        {person && (
          <section class="stack reason">
            <h3>{t.absence}</h3>
            <p class="quiet">{t.absence_what}</p>
            <div class="field">
              <label for="person-absence">
                {t.absence_note} <span class="quiet">({c.optional})</span>
              </label>
              <input
                dir="auto"
                id="person-absence"
                value={absence}
                maxLength={500}
                onInput={(event) => setAbsence(event.currentTarget.value)}
              />
            </div>
            <div class="row">
              <Button
                icon={CheckIcon}
                onPress={async () =>
                  take(
                    await office.days.absence(session.id, person.person, true, absence.trim()),
                    t.absence_noted(person.name),
                  )
                }
              >
                {person.absence ? t.absence_change : t.absence_yes}
              </Button>
              {person.absence && (
                <Button
                  icon={CrossIcon}
                  onPress={async () =>
                    take(
                      await office.days.absence(session.id, person.person, false, ""),
                      t.absence_taken_back,
                    )
                  }
                >
                  {t.absence_no}
                </Button>
              )}
            </div>
            <h3>{t.person_remove_title}</h3>
            {person.invited && person.invited_from !== undefined && person.invited_until !== undefined && (
              <p class="quiet">
                {t.invited_between(moment(person.invited_from), moment(person.invited_until))}
              </p>
            )}
            {is_removing ? (
              <div class="row">
                <span class="grow">{t.person_remove_what}</span>
                <Button
                  look="stop"
                  icon={CrossIcon}
                  onPress={async () =>
                    take(await office.removePerson(session.id, person.person), t.person_removed(person.name))
                  }
                >
                  {t.person_remove_yes}
                </Button>
                <Button onPress={() => setRemoving(false)}>{c.cancel}</Button>
              </div>
            ) : (
              <div class="row">
                <Button icon={CrossIcon} onPress={() => setRemoving(true)}>
                  {t.person_remove}
                </Button>
                {person.invited && (
                  <Button
                    icon={CrossIcon}
                    onPress={async () =>
                      take(await office.revoke(session.id, person.person), t.revoked(person.name))
                    }
                  >
                    {t.revoke}
                  </Button>
                )}
              </div>
            )}
          </section>
        )}
      </form>
    </Dialog>
  );
}

/** 3.12.2026 9.00 */
const moment = (utc: UtcTime) => `${fullDate(utc)} ${clockTime(utc)}`;

/** What was left empty is not sent, and what the list tells beside it neither. */
function tidy(form: PersonBody): PersonBody {
  const kept: PersonBody = { name: form.name.trim() };
  if (form.decision_type) kept.decision_type = form.decision_type;
  for (const name of ["supervisor", "phone", "email", "needs"] as const) {
    const text = form[name]?.trim();
    if (text) kept[name] = text;
  }
  return kept;
}
