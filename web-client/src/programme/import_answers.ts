import type {
  EligibilityChoice,
  EligibilityQuestion,
  EnrolFileAnswer,
  EnrolFileBody,
  LineChoice,
} from "@protocol/api";
import type { SameAnswer } from "../coordinator/office";

/** What a person has answered to the questions of a file, and what is still open. Pure. */

export interface Choice {
  readonly choice: EligibilityChoice;
  /** Of an exception; kept while another choice is tried. */
  readonly reason: string;
}

export interface Answers {
  readonly people: ReadonlyMap<number, SameAnswer>;
  readonly choices: ReadonlyMap<string, Choice>;
  /** By line: whether they move to the package that the row tells. */
  readonly packages: ReadonlyMap<number, boolean>;
}

export const NO_ANSWERS: Answers = { people: new Map(), choices: new Map(), packages: new Map() };

export const questionKey = ({ line, series }: Pick<EligibilityQuestion, "line" | "series">) =>
  `${line} ${series}`;

/** An exception is one only with its reason. */
export const isWhole = (choice: Choice | undefined) =>
  choice !== undefined && (choice.choice !== "allow" || choice.reason.trim() !== "");

export type Questions = Pick<EnrolFileAnswer, "same" | "not_eligible" | "moves">;

/** The lines that wait, each once, in their order. */
export interface OpenLines {
  readonly unanswered: readonly number[];
  readonly without_reason: readonly number[];
}

export function openLines({ same, not_eligible, moves }: Questions, answers: Answers): OpenLines {
  const once = (lines: readonly number[]) => [...new Set(lines)].sort((one, other) => one - other);
  const chosen = (question: EligibilityQuestion) => answers.choices.get(questionKey(question));
  return {
    unanswered: once([
      ...same.filter(({ line }) => !answers.people.has(line)).map(({ line }) => line),
      ...not_eligible.filter((question) => !chosen(question)).map(({ line }) => line),
      ...moves.filter(({ line }) => !answers.packages.has(line)).map(({ line }) => line),
    ]),
    without_reason: once(
      not_eligible
        .filter((question) => chosen(question) !== undefined && !isWhole(chosen(question)))
        .map(({ line }) => line),
    ),
  };
}

/** The choices as they are sent: a reason goes with an exception alone. */
export function lineChoices(choices: ReadonlyMap<string, Choice>): LineChoice[] {
  return [...choices]
    .filter(([, choice]) => isWhole(choice))
    .map(([key, { choice, reason }]) => {
      const [line = 0, series = 0] = key.split(" ").map(Number);
      return { line, series, choice, ...(choice === "allow" ? { reason: reason.trim() } : {}) };
    });
}

export function answersSent(answers: Answers): Pick<EnrolFileBody, "people" | "choices" | "packages"> {
  return {
    people: [...answers.people].map(([line, person]) => (person === null ? { line } : { line, person })),
    choices: lineChoices(answers.choices),
    packages: [...answers.packages].map(([line, moves]) => ({ line, moves })),
  };
}
