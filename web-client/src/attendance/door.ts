import type {
  DecisionType,
  HelpKind,
  Mark,
  MarkSource,
  PersonId,
  Phase,
  Proposal,
  ProposalReason,
  SessionId,
  UtcTime,
} from "@protocol";
import { createContext } from "preact";
import { type Answer, ask, askFile, authority, type ExpectedPerson, type Key } from "../connection/entrance";
import { withWellFormed } from "../connection/words";
import type { Language } from "../text/language";

/** What the records add to the room (protocol/http.md): names, times and notices. */

export interface Span {
  readonly from: UtcTime;
  readonly to: UtcTime;
}

export interface RecordedCorrection {
  readonly was?: Mark;
  readonly was_minutes?: number;
  readonly mark: Mark;
  readonly minutes?: number;
  readonly reason: string;
  readonly by: string;
  readonly at: UtcTime;
}

export interface RecordedLine {
  readonly person: PersonId;
  readonly name: string;
  readonly supervisor?: string;
  readonly decision_type?: DecisionType;
  readonly absence_told?: boolean;
  readonly absence_note?: string;
  readonly connected_seconds: number;
  readonly window_seconds: number;
  readonly arrived?: UtcTime;
  readonly left?: UtcTime;
  readonly gaps: number;
  readonly intervals: readonly Span[];
  readonly took_part: boolean;
  readonly turns: number;
  readonly written_turns: number;
  readonly messages: number;
  readonly proposal?: Proposal;
  readonly why: readonly ProposalReason[];
  readonly mark?: Mark;
  readonly minutes?: number;
  readonly reason?: string;
  readonly source?: MarkSource;
  readonly marked_by?: string;
  readonly marked_at?: UtcTime;
  readonly came_late_at?: UtcTime;
  readonly corrections: readonly RecordedCorrection[];
}

export interface DayStatistics {
  readonly registered: number;
  readonly attended: number;
  readonly returners: number;
  readonly first_timers: number;
  readonly peak: number;
  readonly average_tenths: number;
  readonly voices_heard: number;
  readonly turns: number;
  readonly written_turns: number;
  readonly messages: number;
  readonly help: readonly {
    readonly kind: HelpKind;
    readonly count: number;
    readonly median_wait_seconds: number;
    readonly longest_wait_seconds: number;
  }[];
}

export interface AttendanceAnswer {
  readonly session: SessionId;
  readonly theme: string;
  readonly starts_at: UtcTime;
  readonly phase: Phase;
  readonly windows: readonly Span[];
  readonly breaks: readonly Span[];
  readonly outages: readonly Span[];
  readonly sealed_at?: UtcTime;
  readonly sealed_by?: string;
  readonly lines: readonly RecordedLine[];
  readonly statistics?: DayStatistics;
}

export interface AuditAnswer {
  readonly person: PersonId;
  readonly name: string;
  readonly accesses: readonly {
    readonly at: UtcTime;
    readonly act: string;
    /** Not there: the coordinator's key, which is nobody's name. */
    readonly by?: string;
    readonly theme?: string;
  }[];
  readonly decisions: readonly {
    readonly at: UtcTime;
    readonly what: string;
    readonly by?: string;
    readonly theme: string;
    readonly mark?: Mark;
    readonly minutes?: number;
  }[];
}

export type FileKind = "csv" | "xlsx";

export interface DayDoor {
  day(session: SessionId): Promise<Answer<AttendanceAnswer>>;
  file(session: SessionId, kind: FileKind, language: Language): Promise<Answer<Blob>>;
  /** Who is registered and has not come in. */
  expected(session: SessionId): Promise<Answer<{ people: ExpectedPerson[] }>>;
  /** Absence told beforehand; not `told`: the notice is taken back. */
  absence(session: SessionId, person: PersonId, told: boolean, note: string): Promise<Answer<unknown>>;
  /** Who has seen and decided what about one person. */
  audit(person: PersonId): Promise<Answer<AuditAnswer>>;
}

/** Null where there is nobody to ask: the day is then shown as the room has it. */
export const DayDoorContext = createContext<DayDoor | null>(null);

export function httpDayDoor(fetch: typeof globalThis.fetch, key: Key): DayDoor {
  return {
    day: (session) => ask(fetch, `/api/sessions/${session}/attendance`, authority(key)),
    file: (session, kind, language) =>
      askFile(fetch, `/api/sessions/${session}/attendance.${kind}?language=${language}`, authority(key)),
    expected: (session) => ask(fetch, `/api/sessions/${session}/expected`, authority(key)),
    absence: (session, person, told, note) =>
      ask(fetch, `/api/sessions/${session}/people/${person}/absence`, {
        method: "POST",
        ...authority(key, { "Content-Type": "application/json" }),
        body: JSON.stringify(withWellFormed({ told, ...(note ? { note } : {}) })),
      }),
    audit: (person) => ask(fetch, `/api/people/${person}/accesses`, authority(key)),
  };
}
