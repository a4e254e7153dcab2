import type { PersonId } from "@protocol";
import type { KnownPerson, SameQuestion, ToldPerson } from "@protocol/api";
import { useId, useState } from "preact/hooks";
import { useKindName } from "../attendance/kinds";
import { useStaffRefusalText } from "../staff/refusal_text";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, PersonIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { useAsked } from "./asked";
import type { Office, SameAnswer } from "./office";
import { officeTexts } from "./text";

/** What tells people apart, in one line. */
function useFacts(): (one: ToldPerson & { series?: string[] }) => string {
  const kindName = useKindName();
  return (one) =>
    [kindName(one), one.supervisor ?? "", one.phone ?? "", one.email ?? "", ...(one.series ?? [])]
      .filter(Boolean)
      .join(" · ");
}

/** "Is this the same person?": what is told above, those who are known below, one choice. */
export function SamePerson(props: {
  question: SameQuestion;
  /** Not there: it is somebody by hand, not a row of a file. */
  row?: string;
  answer: SameAnswer | undefined;
  onAnswer: (answer: SameAnswer) => void;
}) {
  const { question, row, answer, onAnswer } = props;
  const t = useTexts(officeTexts);
  const facts = useFacts();
  const name = useId();
  const choice = (value: SameAnswer, words: string, more = "") => (
    <label class="same-choice">
      <input type="radio" name={name} checked={answer === value} onChange={() => onAnswer(value)} />
      <span>
        <b>{words}</b> <span class="small quiet">{more}</span>
      </span>
    </label>
  );
  return (
    <fieldset class="same">
      <legend>
        {row && <b class="num">{row}</b>} {question.told.name}{" "}
        <span class="small quiet">{facts(question.told)}</span>
      </legend>
      {question.people.map((one) => choice(one.person, t.same_as(one.name), facts(one)))}
      {choice(null, question.lines?.length ? t.same_two : t.same_another)}
      {question.lines?.map((other) => (
        <p key={other} class="small quiet">
          {t.same_line(other)}
        </p>
      ))}
    </fieldset>
  );
}

/** People who may be one, for who coordinates all series; nothing while there are none. */
export function SamePeople({ office }: { office: Office }) {
  const t = useTexts(officeTexts);
  const { announcer } = useApp();
  const facts = useFacts();
  const refusalText = useStaffRefusalText();
  const asked = useAsked(() => office.samePeople(), [office]);
  const [trouble, setTrouble] = useState("");
  const title = useId();
  const pairs = asked.value?.pairs ?? [];
  if (pairs.length === 0 && !trouble) return null;

  const say = async (kept: PersonId, other: PersonId, is_same: boolean) => {
    const answer = await office.answerSame(kept, other, is_same);
    setTrouble(
      answer.kind === "ok" ? "" : answer.kind === "refused" ? refusalText(answer.refusal) : t.unreachable,
    );
    if (answer.kind === "ok") announcer.say(is_same ? t.same_made : t.same_kept);
    asked.ask();
  };
  const entry = (one: KnownPerson) => (
    <li>
      <b dir="auto">{one.name}</b> <span class="small quiet">{facts(one)}</span>
    </li>
  );
  return (
    <section class="sheet" aria-labelledby={title}>
      <div class="sheet-h">
        <h2 id={title}>{t.same_pairs}</h2>
      </div>
      <p class="quiet">{t.same_what}</p>
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      <ul class="lines roster">
        {pairs.map(({ one, other }) => (
          <li key={`${one.person} ${other.person}`}>
            <ul class="grow">
              {entry(one)}
              {entry(other)}
            </ul>
            <Button icon={CheckIcon} onPress={() => void say(one.person, other.person, true)}>
              {t.same_yes} <span class="vh">: {one.name}</span>
            </Button>
            <Button icon={PersonIcon} onPress={() => void say(one.person, other.person, false)}>
              {t.same_no} <span class="vh">: {one.name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
