import type { Change, Role } from "@protocol";
import type { DayAnswer, TroubleShown } from "@protocol/api";
import type { ComponentChildren } from "preact";
import type { FeedbackDesk } from "../../coordinator/feedback_requests";
import type { ProgrammeRequests } from "../../programme/requests";
import type { Tab } from "../../staff/tabs";

/** One screen of the staff to look at. */
export interface StaffScreen {
  /** In place of the role's console. */
  readonly page?: () => ComponentChildren;
  readonly role: Role;
  /** The page of someone who has signed in as a supervisor, in place of the role's console. */
  readonly is_supervisor?: boolean;
  readonly tab: Tab;
  /** What the address names within the tab. */
  readonly within?: string;
  /** Of who coordinates all series; without it, of who coordinates some. */
  readonly programme?: () => ProgrammeRequests;
  readonly changes?: readonly Change[];
  /** What comes after the screen has been drawn, as one step. */
  readonly after?: readonly Change[];
  readonly is_lost?: boolean;
  /** What the records tell of the day. */
  readonly records?: DayAnswer;
  /** Commands that the server refuses, by type. */
  readonly refuses?: { readonly word: "turn_is_on"; readonly by: number };
  /** The buttons, summaries or radios to press, by their words. */
  readonly press?: readonly string[];
  /** A file put into the file field. */
  readonly file?: string;
  /** People who may be somebody known, in the file and in the records. */
  readonly asks_same?: boolean;
  /** What is wrong with the server. */
  readonly troubles?: readonly TroubleShown[];
  /** Twelve people have had an assignment. */
  readonly has_returns?: boolean;
  /** What of the days' feedback is not as usual. */
  readonly feedback?: Partial<FeedbackDesk>;
  /** The work of whoever is opened has photos. */
  readonly has_photos?: boolean;
  /** Photos are off on this server. */
  readonly no_photos?: boolean;
  /** Into which field, and what. */
  readonly writes?: readonly [field: string, words: string];
  /** In which list, and which of it. */
  readonly picks?: readonly [field: string, value: string];
  readonly then_press?: readonly string[];
  readonly shows?: string;
}
