import type { DecisionType, PersonId } from "@protocol";
import type { AttendanceAnswer, FileKind } from "../attendance/door";
import { type Answer, ask, askFile, authority, type Key } from "../connection/entrance";
import type { Language } from "../text/language";

/** The days of a time, as they were kept when they ended (protocol/http.md). */

/** Helsinki's dates, both of them in it; empty: all. `series` and `supervisor` are marks: no name is in an address. */
export interface ReportChoice {
  readonly from: string;
  readonly to: string;
  readonly decision_type: DecisionType | "";
  readonly series: string;
  readonly supervisor: string;
}

export interface PersonTotal {
  readonly person: PersonId;
  /** Empty: the person has been erased. */
  readonly name: string;
  readonly decision_type?: DecisionType;
  readonly supervisor?: string;
  readonly days: number;
  readonly present: number;
  readonly partial: number;
  readonly excused: number;
  readonly absent: number;
  readonly unmarked: number;
  readonly minutes: number;
}

export interface Named {
  readonly mark: string;
  readonly name: string;
}

export interface ReportAnswer {
  readonly days: readonly AttendanceAnswer[];
  readonly totals: readonly PersonTotal[];
  readonly series: readonly Named[];
  readonly supervisors: readonly Named[];
}

export interface ReportDoor {
  report(choice: ReportChoice): Promise<Answer<ReportAnswer>>;
  file(choice: ReportChoice, kind: FileKind, language: Language): Promise<Answer<Blob>>;
}

function queryOf(choice: ReportChoice): string[] {
  return Object.entries(choice).flatMap(([name, value]) => (value ? [`${name}=${value}`] : []));
}

export function httpReportDoor(fetch: typeof globalThis.fetch, key: Key): ReportDoor {
  return {
    report: (choice) => ask(fetch, `/api/reports?${queryOf(choice).join("&")}`, authority(key)),
    file: (choice, kind, language) =>
      askFile(
        fetch,
        `/api/reports.${kind}?${[...queryOf(choice), `language=${language}`].join("&")}`,
        authority(key),
      ),
  };
}
