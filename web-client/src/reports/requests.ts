import * as api from "@protocol/api";
import { type FileKind, reportLanguage } from "../attendance/requests";
import { ask, type Key } from "../connection/entrance";
import type { Language } from "../text/language";

/** The days of a time, as they were kept when they ended (protocol/http.md). */

/** Helsinki's dates, both of them in it; empty: all. `series` and `supervisor` are marks: no name is in an address. */
export interface ReportChoice {
  readonly from: string;
  readonly to: string;
  readonly decision_type: string;
  readonly series: string;
  readonly supervisor: string;
}

export type ReportRequests = ReturnType<typeof reportRequests>;

const queryOf = ({ decision_type, ...choice }: ReportChoice): api.ReportsQuery => ({
  ...choice,
  ...(decision_type ? { decision_type } : {}),
});

export function reportRequests(fetch: typeof globalThis.fetch, key: Key) {
  return {
    report: (choice: ReportChoice) => ask(fetch, key, api.reports(queryOf(choice))),
    file: (choice: ReportChoice, kind: FileKind, language: Language) =>
      ask(
        fetch,
        key,
        (kind === "csv" ? api.reportsCsv : api.reportsXlsx)({
          ...queryOf(choice),
          language: reportLanguage(language),
        }),
      ),
  };
}
