import type { FeedbackDay, FeedbackFigures, FeedbackResultsAnswer, Improvement } from "@protocol/api";
import type { Answer } from "../connection/entrance";
import type { FeedbackDesk } from "../coordinator/feedback_requests";
import { CLOCK } from "./fakes";

/** What staff read of the days' feedback, in a series about sleep and everyday life. */

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
export const ok = <T>(value: T): Promise<Answer<T>> => Promise.resolve({ kind: "ok", value });

export const feedbackDay = (change: Partial<FeedbackDay> = {}): FeedbackDay => ({
  session: 1,
  theme: "Uni",
  series: "Etäkahvila",
  starts_at: CLOCK.utc,
  stage: "closed",
  answers: 31,
  words: 7,
  told: false,
  ...change,
});

export const FIGURES: FeedbackFigures[] = [
  { question: "felt", answered: 31, counts: [14, 10, 4, 1, 2] },
  { question: "heard", answered: 30, counts: [12, 11, 4, 2, 1] },
  { question: "worked", answered: 31, counts: [18, 6, 4, 2, 1] },
];

const SAID = [
  "Sain puhua rauhassa. Kukaan ei keskeyttänyt.",
  "Tauko oli liian lyhyt. En ehtinyt käydä kahvilla.",
  "Ääni pätki, mutta Vihtori soitti minulle ja auttoi.",
  "En uskaltanut pyytää vuoroa, vaikka olisi ollut asiaa. Jono tuntui pitkältä, ja sitten kohta jo vaihtui.",
  "Hyvä teema!",
  "Lisää musiikkia.",
];

export const feedbackResults = (change: Partial<FeedbackResultsAnswer> = {}): FeedbackResultsAnswer => ({
  session: 1,
  theme: "Uni",
  starts_at: CLOCK.utc,
  stage: "closed",
  closes_at: CLOCK.utc + 27 * HOUR_MS,
  asked: 36,
  answers: 31,
  figures: FIGURES,
  words: [
    ...SAID.map((text, at) => ({ id: `0${at}`, parts: [text] })),
    { id: "1a", parts: ["Ohjaaja ei kuunnellut."], about_staff: true },
  ],
  ...change,
});

export const improvement = (change: Partial<Improvement> = {}): Improvement => ({
  id: 7,
  version: 2,
  state: "shown",
  text: "Tauko on nyt 20 minuuttia. Sanoitte, että 15 minuuttia oli liian vähän.",
  days: [1],
  saved_at: CLOCK.utc,
  ...change,
});

export function fakeFeedbackDesk(change: Partial<FeedbackDesk> = {}): FeedbackDesk {
  const results = feedbackResults();
  return {
    days: () =>
      ok({
        days: [
          feedbackDay(),
          feedbackDay({
            session: 2,
            theme: "Opiskelu ja työelämä",
            starts_at: CLOCK.utc - 7 * DAY_MS,
            told: true,
          }),
          feedbackDay({
            session: 3,
            theme: "Arki ja talous",
            starts_at: CLOCK.utc - 14 * DAY_MS,
            answers: undefined as never,
            words: 0,
          }),
        ],
      }),
    results: () => ok(results),
    strike: (_, words, piece) =>
      ok({
        ...results,
        words: results.words.map((one) =>
          one.id === words ? { ...one, parts: one.parts.flatMap((part) => part.split(piece)) } : one,
        ),
      }),
    note: (_, { person }) => ok({ person }),
    improvements: () => ok({ improvements: [] as Improvement[] }),
    save: () => ok({ improvements: [improvement()], saved: 7 }),
    ...change,
  };
}

/** In a day of which fewer than five answered nothing is told but that. */
export function ofFew(): Partial<FeedbackDesk> {
  const { answers: _answers, asked: _asked, ...few } = feedbackResults({ figures: [], words: [] });
  const { answers: _of_day, ...day } = feedbackDay({ words: 0 });
  return { days: () => ok({ days: [day] }), results: () => ok(few) };
}

/** While it is asked. */
export function whileOpen(): Partial<FeedbackDesk> {
  const {
    answers: _answers,
    asked: _asked,
    ...open
  } = feedbackResults({ stage: "open", figures: [], words: [] });
  const { answers: _of_day, ...day } = feedbackDay({ stage: "open", words: 0 });
  return { days: () => ok({ days: [day] }), results: () => ok(open) };
}

export const ofOneShown = (): Partial<FeedbackDesk> => ({
  improvements: () => ok({ improvements: [improvement()] }),
});

/** Somebody else has saved other words meanwhile. */
export const ofTwoWriters = (): Partial<FeedbackDesk> => ({
  improvements: () => ok({ improvements: [improvement({ state: "draft" })] }),
  save: () => Promise.resolve({ kind: "refused", refusal: { word: "version_conflict" } }),
});

export const helped = (): Partial<FeedbackDesk> => ({
  results: () => ok(feedbackResults({ helped: { answers: 6, figures: FIGURES.map(ofSix) } })),
});

const ofSix = ({ question }: FeedbackFigures): FeedbackFigures => ({
  question,
  answered: 6,
  counts: [3, 2, 1, 0, 0],
});
