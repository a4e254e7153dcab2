import type { SessionId } from "@protocol";
import type { ImprovementBody, NotedFeedbackBody } from "@protocol/api";
import * as api from "@protocol/api_feedback";
import { ask, askerBy, type Key } from "../connection/entrance";

/** What staff ask of the days' feedback (protocol/http.md). */

export type FeedbackDesk = ReturnType<typeof feedbackDesk>;

export function feedbackDesk(fetch: typeof globalThis.fetch, key: Key) {
  const by = askerBy(fetch, key);
  return {
    days: by(api.feedbackDays),
    results: by(api.feedbackResults),
    strike: (session: SessionId, words: string, piece: string) =>
      ask(fetch, key, api.strikeName(session, { words, piece })),
    note: (session: SessionId, body: NotedFeedbackBody) => ask(fetch, key, api.noteFeedback(session, body)),
    improvements: by(api.listImprovements),
    save: (session: SessionId, body: ImprovementBody) => ask(fetch, key, api.saveImprovement(session, body)),
  };
}
