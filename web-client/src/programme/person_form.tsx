import type { EligibilityQuestion, PackageId, SameQuestion } from "@protocol/api";
import { useId, useState } from "preact/hooks";
import type { SameAnswer } from "../coordinator/office";
import { SamePerson } from "../coordinator/same_person";
import { officeTexts } from "../coordinator/text";
import { useApp, useTexts } from "../view/app";
import { WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { DayField } from "./day_field";
import { type Choice, isWhole, lineChoices, questionKey } from "./import_answers";
import type { PeopleRequests } from "./people_requests";
import { type Details, detailsSent, NOTHING_KNOWN, PersonFields } from "./person_fields";
import { SaveDialog, type Saved } from "./save_dialog";
import { kindsOn, type Season } from "./season_names";
import { EligibilityRow } from "./season_questions";
import { peopleTexts } from "./text/people";

/** Which package somebody takes. */
export function PackageField(props: {
  label: string;
  season: Season;
  value: PackageId;
  onChange: (id: PackageId) => void;
}) {
  const { label, season, value, onChange } = props;
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        name="package"
        value={value}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
      >
        {season.period.packages.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What is not open to somebody, each with its choice. */
export function Eligibility(props: {
  season: Season;
  questions: readonly EligibilityQuestion[];
  choices: ReadonlyMap<string, Choice>;
  onChoose: (choices: ReadonlyMap<string, Choice>) => void;
}) {
  const { season, questions, choices, onChoose } = props;
  if (questions.length === 0) return null;
  return (
    <ul class="todo lines">
      {questions.map((question) => (
        <EligibilityRow
          key={questionKey(question)}
          season={season}
          question={question}
          choice={choices.get(questionKey(question))}
          onChoose={(choice) => onChoose(new Map([...choices, [questionKey(question), choice]]))}
        />
      ))}
    </ul>
  );
}

/** Why the choices cannot be sent yet; null: they can. */
export function useChoicesWait(): (
  questions: readonly EligibilityQuestion[],
  choices: ReadonlyMap<string, Choice>,
) => Saved {
  const t = useTexts(peopleTexts);
  return (questions, choices) => {
    const of = (question: EligibilityQuestion) => choices.get(questionKey(question));
    if (questions.some((question) => !of(question))) return { kind: "waits", words: t.answer_first };
    if (questions.some((question) => !isWhole(of(question)))) return { kind: "waits", words: t.reason_first };
    return null;
  };
}

/** One person of a season by hand, with the same questions as a file has. */
export function PersonForm(props: {
  requests: Pick<PeopleRequests, "add">;
  season: Season;
  onDone: () => void;
  onClose: () => void;
}) {
  const { requests, season, onDone, onClose } = props;
  const t = useTexts(peopleTexts);
  const o = useTexts(officeTexts);
  const { announcer } = useApp();
  const choicesWait = useChoicesWait();
  const { form, packages, id } = season.period;
  const [details, setDetails] = useState<Details>(NOTHING_KNOWN);
  const [package_id, setPackage] = useState<PackageId>(packages[0]?.id ?? 0);
  const [first_day, setFirst] = useState("");
  const [last_day, setLast] = useState("");
  const [same_question, setSameQuestion] = useState<SameQuestion | null>(null);
  const [same, setSame] = useState<SameAnswer>();
  const [not_eligible, setNotEligible] = useState<readonly EligibilityQuestion[]>([]);
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());

  // Another person, kind or package is another question than the one that was asked.
  const forget = () => {
    setSameQuestion(null);
    setSame(undefined);
    setNotEligible([]);
    setChoices(new Map());
  };
  const save = async (): Promise<Saved> => {
    if (same_question && same === undefined) return { kind: "waits", words: t.answer_first };
    const waits = choicesWait(not_eligible, choices);
    if (waits) return waits;
    const answer = await requests.add(id, {
      ...detailsSent(details),
      package: package_id,
      ...(first_day ? { first_day } : {}),
      ...(last_day ? { last_day } : {}),
      choices: lineChoices(choices),
      ...(same === undefined ? {} : same === null ? { is_another: true } : { same_as: same }),
    });
    if (answer.kind !== "ok") return answer;
    if (answer.value.person !== undefined) {
      onDone();
      return null;
    }
    const { question } = answer.value;
    if (question) {
      setSameQuestion(question);
      setSame(undefined);
      announcer.say(o.same_title);
    }
    setNotEligible(answer.value.not_eligible);
    return { kind: "waits", words: t.answer_first };
  };
  return (
    <SaveDialog title={t.add} act={t.save} said={t.saved(details.name)} save={save} onClose={onClose}>
      {!season.period.is_closed && (
        <PackageField
          label={t.package}
          season={season}
          value={package_id}
          onChange={(chosen) => {
            setPackage(chosen);
            forget();
          }}
        />
      )}
      <PersonFields
        details={details}
        kinds={kindsOn(season.kinds, form.first_day)}
        kindName={season.kindName}
        onChange={(next) => {
          setDetails(next);
          forget();
        }}
      />
      <div class="choices-of">
        <DayField label={t.first_day} hint={t.days_hint} is_optional value={first_day} onChange={setFirst} />
        <DayField label={t.last_day} hint={t.days_hint} is_optional value={last_day} onChange={setLast} />
      </div>
      {same_question && (
        <Note look="help" icon={WarnIcon} title={o.same_title}>
          <SamePerson question={same_question} answer={same} onAnswer={setSame} />
        </Note>
      )}
      <Eligibility season={season} questions={not_eligible} choices={choices} onChoose={setChoices} />
    </SaveDialog>
  );
}
