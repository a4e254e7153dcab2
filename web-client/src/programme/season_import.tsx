import type { EnrolFileAnswer, MailsAnswer, PackageId, PackageShown, SeasonPerson } from "@protocol/api";
import { useEffect, useId, useState } from "preact/hooks";
import type { Asked } from "../coordinator/asked";
import { FaultsOfRows } from "../coordinator/faults";
import { Columns } from "../coordinator/file_import";
import { SamePerson } from "../coordinator/same_person";
import { useStaffRefusalText } from "../staff/refusal_text";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, FileIcon, HourglassIcon, LinkIcon, WarnIcon } from "../view/icons";
import { Badge, Note } from "../view/marks";
import { base64Of } from "./base64";
import { type Answers, answersSent, NO_ANSWERS, openLines, questionKey } from "./import_answers";
import { SendLetters } from "./links_page";
import type { PeopleRequests } from "./people_requests";
import type { Season } from "./season_names";
import { EligibilityRow, PackageRow } from "./season_questions";
import { type PeopleTexts, peopleTexts } from "./text/people";

/** From so many on, one press answers a question for all who have it. */
const TOGETHER_MIN = 3;

type Stage =
  | { readonly kind: "reading" }
  | { readonly kind: "failed"; readonly words: string }
  | { readonly kind: "preview"; readonly file: string; readonly answer: EnrolFileAnswer }
  | { readonly kind: "done"; readonly words: string };

/** Nobody loses a day by a choice that was not made: until another is chosen it is the package of most series. */
const widest = (packages: readonly PackageShown[]) =>
  [...packages].sort((a, b) => b.parts.length - a.parts.length)[0];

/**
 * People of a season from a file: looked at first, asked about, and stored whole or not at all. A failed request loses
 * neither the file nor an answer.
 */
export function SeasonImport(props: {
  requests: PeopleRequests;
  season: Season;
  people: readonly SeasonPerson[];
  mails: Asked<MailsAnswer>;
  file: File;
  onChooseAgain: () => void;
  onStored: () => void;
  onLinks: () => void;
  onClose: () => void;
}) {
  const { requests, season, people, mails, file, onChooseAgain, onStored, onLinks, onClose } = props;
  const t = useTexts(peopleTexts);
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const [package_id, setPackage] = useState<PackageId>(() => widest(season.period.packages)?.id ?? 0);
  const [stage, setStage] = useState<Stage>({ kind: "reading" });
  const [answers, setAnswers] = useState<Answers>(NO_ANSWERS);
  const [trouble, setTrouble] = useState("");
  const [is_busy, setBusy] = useState(false);
  const id = useId();
  const period = season.period.id;

  const preview = (contents: string, answer: EnrolFileAnswer) => {
    setStage({ kind: "preview", file: contents, answer });
    announcer.say(sum(answer, t));
  };
  // Looked at when it is given, and again when its rows would mean another package.
  useEffect(() => {
    let is_last = true;
    const look = async () => {
      const contents = stage.kind === "preview" ? stage.file : await base64Of(file).catch(() => null);
      if (!is_last) return;
      if (contents === null) return setStage({ kind: "failed", words: t.file_unreadable });
      const answer = await requests.file(period, {
        file: contents,
        dry_run: true,
        package: package_id,
        // Without the answers, so that what has been answered stays in view.
        ...answersSent(NO_ANSWERS),
      });
      if (!is_last) return;
      if (answer.kind === "ok") return preview(contents, answer.value);
      setStage({
        kind: "failed",
        words: answer.kind === "refused" ? refusalText(answer.refusal) : t.unreachable,
      });
    };
    void look();
    return () => {
      is_last = false;
    };
  }, [file, package_id]);

  const store = async (contents: string) => {
    if (is_busy) return;
    setBusy(true);
    setTrouble("");
    const answer = await requests.file(period, {
      file: contents,
      dry_run: false,
      package: package_id,
      ...answersSent(answers),
    });
    setBusy(false);
    if (answer.kind !== "ok") {
      const words = answer.kind === "refused" ? refusalText(answer.refusal) : t.file_failed;
      announcer.say(words);
      return setTrouble(words);
    }
    if (!answer.value.is_stored) {
      setTrouble(t.file_asks_more);
      return preview(contents, answer.value);
    }
    const words = t.file_saved(answer.value.rows);
    announcer.say(words);
    setStage({ kind: "done", words });
    onStored();
  };
  return (
    <section class="sheet" aria-labelledby={id}>
      <div class="sheet-h">
        <h2 id={id}>{t.file_title(season.period.form.name)}</h2>{" "}
        {stage.kind === "preview" && (
          <Badge look="wait" icon={HourglassIcon}>
            {t.file_not_saved}
          </Badge>
        )}
      </div>
      {stage.kind === "reading" && <p class="quiet">{t.loading}</p>}
      {stage.kind === "failed" && (
        <>
          <Note look="stop" icon={WarnIcon} title={stage.words} />
          <div class="row foot">
            <Button icon={FileIcon} onPress={onChooseAgain}>
              {t.file_choose}
            </Button>
            <Button onPress={onClose}>{t.file_drop}</Button>
          </div>
        </>
      )}
      {stage.kind === "done" && (
        <Note look="good" icon={CheckIcon} title={stage.words}>
          {t.file_next}
          <div class="row foot">
            <SendLetters
              requests={requests}
              period={period}
              people={people}
              mails={mails}
              onSent={onStored}
            />
            <Button icon={LinkIcon} onPress={onLinks}>
              {t.links}
            </Button>
            <Button onPress={onClose}>{t.close}</Button>
          </div>
        </Note>
      )}
      {stage.kind === "preview" && (
        <>
          <p>
            <b>{file.name}</b>: {t.file_sum(stage.answer.rows)} {t.file_twice}
          </p>
          <Figures answer={stage.answer} />
          {season.period.packages.length > 1 && (
            <div class="field foot">
              <label for={`${id}-package`}>{t.file_package}</label>
              <select
                id={`${id}-package`}
                value={package_id}
                onChange={(event) => setPackage(Number(event.currentTarget.value))}
              >
                {season.period.packages.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </select>
            </div>
          )}
          <details class="fold foot">
            <summary>{t.file_columns}</summary>
            <Columns answer={stage.answer} />
          </details>
          {stage.answer.errors.length > 0 && (
            <>
              <p class="foot">
                <b>{t.file_faults(stage.answer.errors.length)}</b>
              </p>
              <FaultsOfRows errors={stage.answer.errors} />
            </>
          )}
          <Questions season={season} answer={stage.answer} answers={answers} onAnswer={setAnswers} />
          {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
          <Saving
            answer={stage.answer}
            answers={answers}
            onSave={() => void store(stage.file)}
            onChooseAgain={onChooseAgain}
            onClose={onClose}
          />
        </>
      )}
    </section>
  );
}

const asked = ({ same, not_eligible, moves }: EnrolFileAnswer) =>
  same.length + not_eligible.length + moves.length;

const sum = (answer: EnrolFileAnswer, t: PeopleTexts) =>
  [
    t.file_sum(answer.rows),
    answer.errors.length > 0 ? t.file_faults(answer.errors.length) : "",
    asked(answer) > 0 ? `${asked(answer)} ${t.file_asked}.` : "",
  ]
    .filter(Boolean)
    .join(" ");

function Figures({ answer }: { answer: EnrolFileAnswer }) {
  const t = useTexts(peopleTexts);
  const figures: readonly (readonly [number, string])[] = [
    [answer.new_people, t.file_new],
    [answer.changed, t.file_changed],
    [answer.unchanged, t.file_unchanged],
    [asked(answer), t.file_asked],
  ];
  return (
    <ul class="tally">
      {figures.map(([count, words]) => (
        <li key={words}>
          <b class="num">{count}</b> {words}
        </li>
      ))}
    </ul>
  );
}

function Questions(props: {
  season: Season;
  answer: EnrolFileAnswer;
  answers: Answers;
  onAnswer: (answers: Answers) => void;
}) {
  const { season, answer, answers, onAnswer } = props;
  const t = useTexts(peopleTexts);
  /** Those whom nobody has answered for yet, by the series. */
  const waiting = new Map<number, string[]>();
  for (const question of answer.not_eligible)
    if (!answers.choices.has(questionKey(question)))
      waiting.set(question.series, [...(waiting.get(question.series) ?? []), questionKey(question)]);
  const insteadFor = (keys: readonly string[]) =>
    onAnswer({
      ...answers,
      choices: new Map([
        ...answers.choices,
        ...keys.map((key) => [key, { choice: "instead" as const, reason: "" }] as const),
      ]),
    });
  if (asked(answer) === 0) return null;
  return (
    <>
      {answer.same.map((question) => (
        <div key={question.line} class="foot">
          <SamePerson
            question={question}
            row={t.line(question.line)}
            answer={answers.people.get(question.line)}
            onAnswer={(person) =>
              onAnswer({ ...answers, people: new Map([...answers.people, [question.line, person]]) })
            }
          />
        </div>
      ))}
      {[...waiting]
        .filter(([, keys]) => keys.length >= TOGETHER_MIN)
        .map(([series, keys]) => (
          <p key={series} class="foot">
            <Button onPress={() => insteadFor(keys)}>
              {t.instead_all(season.seriesName(series), keys.length)}
            </Button>
          </p>
        ))}
      <ul class="todo lines foot">
        {answer.not_eligible.map((question) => (
          <EligibilityRow
            key={questionKey(question)}
            season={season}
            question={question}
            choice={answers.choices.get(questionKey(question))}
            onChoose={(choice) =>
              onAnswer({
                ...answers,
                choices: new Map([...answers.choices, [questionKey(question), choice]]),
              })
            }
          />
        ))}
        {answer.moves.map((question) => (
          <PackageRow
            key={`move ${question.line}`}
            season={season}
            question={question}
            moves={answers.packages.get(question.line)}
            onChoose={(moves) =>
              onAnswer({ ...answers, packages: new Map([...answers.packages, [question.line, moves]]) })
            }
          />
        ))}
      </ul>
    </>
  );
}

function Saving(props: {
  answer: EnrolFileAnswer;
  answers: Answers;
  onSave: () => void;
  onChooseAgain: () => void;
  onClose: () => void;
}) {
  const { answer, answers, onSave, onChooseAgain, onClose } = props;
  const t = useTexts(peopleTexts);
  const id = useId();
  const { unanswered, without_reason } = openLines(answer, answers);
  const why =
    unanswered.length > 0
      ? t.waits(listed(unanswered, t), unanswered.length)
      : without_reason.length > 0
        ? t.reason_waits(listed(without_reason, t), without_reason.length)
        : undefined;
  return (
    <div class="row foot">
      {answer.errors.length > 0 ? (
        <Button look="main" icon={FileIcon} onPress={onChooseAgain}>
          {t.file_choose_mended}
        </Button>
      ) : (
        <Button look="main" icon={CheckIcon} unusable_because={why} described_by={id} onPress={onSave}>
          {t.file_save(answer.rows)}
        </Button>
      )}
      <Button onPress={onClose}>{t.file_drop}</Button>
      <span class="quiet" id={id}>
        {[why, t.file_all_at_once].filter(Boolean).join(" ")}
      </span>
    </div>
  );
}

const NAMED_MAX = 5;

/** 9, 14 ja 21; of many the first five. */
function listed(lines: readonly number[], t: PeopleTexts): string {
  const named = lines.slice(0, NAMED_MAX).map(String);
  const rest = lines.length - named.length;
  const last = rest > 0 ? t.many_more(rest) : named.pop();
  return named.length === 0 ? (last ?? "") : `${named.join(", ")} ${t.and} ${last}`;
}
