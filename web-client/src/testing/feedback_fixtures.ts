import type { FeedbackDay, FeedbackResultsAnswer, Improvement } from "@protocol/api";
import { vi } from "vitest";
import type { Answer } from "../connection/entrance";
import type { FeedbackDesk } from "../coordinator/feedback_requests";

/** Days that have asked for feedback, what came of it, and a desk that gives them. */

export const START = Date.UTC(2026, 11, 3, 7);
export const ok = <T>(value: T): Promise<Answer<T>> => Promise.resolve({ kind: "ok", value });

export const feedbackDay = (change: Partial<FeedbackDay> = {}): FeedbackDay => ({
  session: 3,
  theme: "Uni",
  series: "Syksy",
  starts_at: START,
  stage: "closed",
  answers: 31,
  words: 2,
  told: false,
  ...change,
});
export const feedbackResults = (change: Partial<FeedbackResultsAnswer> = {}): FeedbackResultsAnswer => ({
  session: 3,
  theme: "Uni",
  starts_at: START,
  stage: "closed",
  closes_at: START + 27 * 3_600_000,
  asked: 36,
  answers: 31,
  figures: [{ question: "felt", answered: 31, counts: [14, 10, 4, 1, 2] }],
  words: [
    { id: "0f", parts: ["Ääni pätki, mutta Vihtori soitti."] },
    { id: "1a", parts: ["Ohjaaja ei kuunnellut."], about_staff: true },
  ],
  ...change,
});
export const improvement = (change: Partial<Improvement> = {}): Improvement => ({
  id: 7,
  version: 2,
  state: "draft",
  text: "Tauko on nyt 20 minuuttia.",
  days: [3],
  saved_at: START,
  ...change,
});

export function fakeFeedbackDesk(change: Partial<FeedbackDesk> = {}): FeedbackDesk {
  return {
    days: vi.fn(() =>
      ok({ days: [feedbackDay(), feedbackDay({ session: 2, theme: "Opiskelu", words: 0 })] }),
    ),
    results: vi.fn(() => ok(feedbackResults())),
    strike: vi.fn(() =>
      ok(feedbackResults({ words: [{ id: "0f", parts: ["Ääni pätki, mutta ", " soitti."] }] })),
    ),
    note: vi.fn(() => ok({ person: 7 })),
    improvements: vi.fn(() => ok({ improvements: [] as Improvement[] })),
    save: vi.fn(() => ok({ improvements: [improvement()], saved: 7 })),
    ...change,
  };
}
