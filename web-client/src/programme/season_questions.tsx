import { ELIGIBILITY_CHOICES, type EligibilityQuestion, type PackageQuestion } from "@protocol/api";
import { useId } from "preact/hooks";
import { useTexts } from "../view/app";
import type { Choice } from "./import_answers";
import type { Season } from "./season_names";
import { peopleTexts } from "./text/people";

/** A series that is not open to somebody: a day by phone, an exception with its reason, or nothing. */
export function EligibilityRow(props: {
  season: Season;
  question: EligibilityQuestion;
  choice: Choice | undefined;
  onChoose: (choice: Choice) => void;
}) {
  const { season, question, choice, onChoose } = props;
  const t = useTexts(peopleTexts);
  const id = useId();
  const who = [question.line > 0 ? t.line(question.line) : "", question.name].filter(Boolean).join(" ");
  return (
    <li>
      <div class="grow">
        <Who line={question.line} name={question.name} />
        <p class="quiet">
          {t.not_for(season.kindName(question.kind) || t.no_kind, season.seriesName(question.series))}
        </p>
        {choice?.choice === "allow" && (
          <div class="field foot">
            <label for={id}>{t.why_allowed}</label>
            <input
              id={id}
              dir="auto"
              required
              maxLength={400}
              value={choice.reason}
              onInput={(event) => onChoose({ choice: "allow", reason: event.currentTarget.value })}
            />
          </div>
        )}
      </div>
      <fieldset class="seg">
        <legend class="vh">{t.question_of(who)}</legend>
        {ELIGIBILITY_CHOICES.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name={`${id}-choice`}
              checked={choice?.choice === one}
              onChange={() => onChoose({ choice: one, reason: choice?.reason ?? "" })}
            />{" "}
            <span>{t.choices[one]}</span>
          </label>
        ))}
      </fieldset>
    </li>
  );
}

/** Somebody who is in another package already. */
export function PackageRow(props: {
  season: Season;
  question: PackageQuestion;
  moves: boolean | undefined;
  onChoose: (moves: boolean) => void;
}) {
  const { season, question, moves, onChoose } = props;
  const t = useTexts(peopleTexts);
  const name = useId();
  return (
    <li>
      <div class="grow">
        <Who line={question.line} name={question.name} />
        <p class="quiet">
          {t.in_another(season.packageName(question.now), season.packageName(question.told))}
        </p>
      </div>
      <fieldset class="seg">
        <legend class="vh">{t.question_of(`${t.line(question.line)} ${question.name}`)}</legend>
        {[true, false].map((one) => (
          <label key={String(one)}>
            <input type="radio" name={name} checked={moves === one} onChange={() => onChoose(one)} />{" "}
            <span>{one ? t.move : t.keep}</span>
          </label>
        ))}
      </fieldset>
    </li>
  );
}

function Who({ line, name }: { line: number; name: string }) {
  const t = useTexts(peopleTexts);
  return (
    <h3>
      {line > 0 && <span class="num">{t.line(line)}</span>} <bdi>{name}</bdi>
    </h3>
  );
}
