import type { PeriodsAnswer, SessionsAnswer } from "@protocol/api";
import type { AbsenceRequests } from "../absences/requests";
import type { KeepingRequests } from "../keeping/requests";
import type { MeetingRequests } from "../meeting/requests";
import type { PhoneDayRequests } from "../phone_day/requests";
import type { CancelRequests, PeopleRequests } from "../programme/people_requests";
import type { ProgrammeRequests } from "../programme/requests";
import type { Asked } from "./asked";
import type { FeedbackDesk } from "./feedback_requests";
import type { Office } from "./office";

/** Whom the desk asks. */
export interface Requests {
  readonly office: Office;
  readonly programme: ProgrammeRequests;
  readonly people: PeopleRequests;
  readonly cancelling: CancelRequests;
  readonly absences: AbsenceRequests;
  readonly feedback: FeedbackDesk;
  readonly phone_days: PhoneDayRequests;
  readonly meetings: MeetingRequests;
  readonly keeping: KeepingRequests;
}

/** What each page of the coordinator's desk is given. */
export interface Desk extends Requests {
  readonly sessions: Asked<SessionsAnswer>;
  readonly periods: Asked<PeriodsAnswer>;
  /** Whether they coordinate all series, and not some; null: not known yet. */
  readonly is_of_all: boolean | null;
  /** Of whoever sits at it. */
  readonly name: string;
}

/** A page of the desk. `within` is what the address names in it. */
export interface DeskPage {
  readonly desk: Desk;
  readonly within: string;
}

/** Opens what the address names, as programme/session/12. */
export function goTo(place: string): void {
  location.hash = place;
}
