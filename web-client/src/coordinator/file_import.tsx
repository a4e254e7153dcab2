import type { SessionId } from "@protocol";
import { useId, useRef, useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import { useStaffRefusalText } from "../staff/refusal_text";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, FileIcon, HourglassIcon, WarnIcon } from "../view/icons";
import { Badge, Note } from "../view/marks";
import { FaultsOfRows } from "./faults";
import type { FileAnswer, Office, SameAnswer } from "./office";
import { SamePerson } from "./same_person";
import { officeTexts } from "./text";

type Stage =
  | { readonly kind: "empty" }
  | { readonly kind: "reading" }
  | { readonly kind: "preview"; readonly file: File; readonly answer: FileAnswer }
  | { readonly kind: "failed"; readonly words: string }
  | { readonly kind: "done"; readonly words: string };

/**
 * A file, looked at before it is stored: how its columns were read, every row that has to be mended. It is stored
 * whole or not at all.
 */
export function FileImport(props: {
  title: string;
  what: string;
  /** With `is_dry_run` nothing is stored. */
  send: (
    file: Blob,
    is_dry_run: boolean,
    answers: ReadonlyMap<number, SameAnswer>,
  ) => Promise<Answer<FileAnswer>>;
  doneWords: (answer: FileAnswer) => string;
  onDone: () => void;
}) {
  const { title, what, send, doneWords, onDone } = props;
  const t = useTexts(officeTexts);
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const [stage, setStage] = useState<Stage>({ kind: "empty" });
  const [answers, setAnswers] = useState<ReadonlyMap<number, SameAnswer>>(new Map());
  const input = useRef<HTMLInputElement>(null);
  const id = useId();

  const show = (next: Stage) => {
    setStage(next);
    if (next.kind === "failed" || next.kind === "done") announcer.say(next.words);
    if (next.kind === "preview") announcer.say(sum(next.answer));
  };
  const failure = (answer: Exclude<Answer<FileAnswer>, { kind: "ok" }>): Stage => ({
    kind: "failed",
    words: answer.kind === "refused" ? refusalText(answer.refusal) : t.unreachable,
  });
  const sum = ({ rows, errors, known, questions }: FileAnswer) =>
    [
      t.file_sum(rows),
      errors.length > 0 ? t.file_bad(errors.length) : questions?.length ? "" : t.file_good,
      known && errors.length === 0 ? t.file_known(known) : "",
      questions?.length ? t.file_asked(questions.length) : "",
    ]
      .filter(Boolean)
      .join(" ");

  const look = async (file: File) => {
    setStage({ kind: "reading" });
    setAnswers(new Map());
    const answer = await send(file, true, new Map());
    show(answer.kind === "ok" ? { kind: "preview", file, answer: answer.value } : failure(answer));
  };
  const store = async (file: File) => {
    setStage({ kind: "reading" });
    const answer = await send(file, false, answers);
    if (answer.kind !== "ok") return show(failure(answer));
    // Somebody else may have stored something between the look and this.
    if (answer.value.errors.length > 0 || answer.value.questions?.length)
      return show({ kind: "preview", file, answer: answer.value });
    show({ kind: "done", words: doneWords(answer.value) });
    onDone();
  };
  const choose = () => input.current?.click();
  const is_good = stage.kind === "preview" && stage.answer.errors.length === 0;
  const questions = is_good ? (stage.answer.questions ?? []) : [];
  const left = questions.filter(({ line }) => !answers.has(line)).length;
  return (
    <section class="sheet" aria-labelledby={id}>
      <div class="sheet-h">
        <h2 id={id}>{title}</h2>{" "}
        {stage.kind === "preview" && (
          <Badge look="wait" icon={HourglassIcon}>
            {t.not_saved}
          </Badge>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept=".csv,.txt,text/csv,text/plain"
        hidden
        aria-label={t.choose_file}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same file, mended, may be chosen again.
          event.currentTarget.value = "";
          if (file) void look(file);
        }}
      />
      {stage.kind === "reading" && <p class="quiet">{t.reading}</p>}
      {stage.kind === "failed" && <Note look="stop" icon={WarnIcon} title={stage.words} />}
      {stage.kind === "done" && <Note look="good" icon={CheckIcon} title={stage.words} />}
      {stage.kind === "preview" ? (
        <>
          <p>
            <b>{stage.file.name}</b>: {sum(stage.answer)}
          </p>
          <Columns answer={stage.answer} />
          {stage.answer.errors.length > 0 && <FaultsOfRows errors={stage.answer.errors} />}
          {questions.length > 0 && (
            <div class="stack foot">
              <h3>{t.same_title}</h3>
              {questions.map((question) => (
                <SamePerson
                  key={question.line}
                  question={question}
                  row={t.line(question.line)}
                  answer={answers.get(question.line)}
                  onAnswer={(answer) => setAnswers(new Map([...answers, [question.line, answer]]))}
                />
              ))}
            </div>
          )}
          {is_good && stage.answer.kept_as_was?.map((row) => <p key={row}>{t.kept_as_was(t.line(row))}</p>)}
          <div class="row foot">
            {is_good ? (
              <Button
                look="main"
                icon={CheckIcon}
                unusable_because={left > 0 ? t.same_left(left) : undefined}
                onPress={() => void store(stage.file)}
              >
                {t.save_rows(stage.answer.rows)}
              </Button>
            ) : (
              <Button look="main" icon={FileIcon} onPress={choose}>
                {t.choose_again}
              </Button>
            )}
            <Button onPress={() => setStage({ kind: "empty" })}>{t.drop_file}</Button>
            <span class="quiet">{t.file_all_at_once}</span>
          </div>
        </>
      ) : (
        stage.kind !== "reading" && (
          <div class="row foot">
            <Button icon={FileIcon} onPress={choose}>
              {t.choose_file}
            </Button>
            <span class="quiet">{what}</span>
          </div>
        )
      )}
    </section>
  );
}

/** How the headings of a file were read. */
export function Columns({ answer }: { answer: Pick<FileAnswer, "columns"> }) {
  const t = useTexts(officeTexts);
  if (answer.columns.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must scroll by keyboard too
    <section class="scroll foot" tabIndex={0} aria-label={t.columns}>
      <table class="map">
        <caption class="vh">{t.columns_read}</caption>
        <thead>
          <tr>
            <th scope="col">{t.column_heading}</th>
            <th scope="col">{t.column_field}</th>
            <th scope="col">{t.column_example}</th>
          </tr>
        </thead>
        <tbody>
          {answer.columns.map(({ heading, field, example }, index) => (
            <tr key={`${index} ${heading}`}>
              <td>{heading}</td>
              <td>{field ? (t.fields[field] ?? field) : <span class="quiet">{t.column_unused}</span>}</td>
              <td class="num">{example}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Many sessions at once, from the programme's file. */
export function ProgrammeImport(props: { office: Office; onDone: () => void; onClose: () => void }) {
  const { office, onDone, onClose } = props;
  const t = useTexts(officeTexts);
  const c = useCommon();
  return (
    <>
      <h1>{t.from_file}</h1>
      <FileImport
        title={t.from_file}
        what={t.programme_what}
        send={(file, is_dry_run) => office.programme(file, is_dry_run)}
        doneWords={({ created }) => t.created(created?.length ?? 0)}
        onDone={onDone}
      />
      <p>
        <Button onPress={onClose}>{c.close}</Button>
      </p>
    </>
  );
}

/** The registrations of one session, from a file. */
export function RegistrationsImport(props: { office: Office; id: SessionId; onDone: () => void }) {
  const { office, id, onDone } = props;
  const t = useTexts(officeTexts);
  return (
    <FileImport
      title={t.registrations}
      what={t.registrations_what}
      send={(file, is_dry_run, answers) => office.registrations(id, file, is_dry_run, answers)}
      doneWords={({ imported }) => t.imported(imported ?? 0)}
      onDone={onDone}
    />
  );
}
