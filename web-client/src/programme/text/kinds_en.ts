import type { KindsTexts } from "./kinds_fi";

export const en: KindsTexts = {
  title: "Kinds of decision",
  what:
    "A kind tells what somebody's taking part rests on. When its name changes, or it ends, days of the past stay as " +
    "they are.",
  add: "A new kind",
  edit: "Change",
  remove: "Remove",
  remove_title: (name) => `Remove ${name}?`,
  remove_what: "It is used nowhere. It can no longer be chosen.",
  is_used: "It is in use, and cannot be removed. Give it a last day.",
  removed: (name) => `${name} has been removed.`,
  saved: (name) => `${name} has been saved.`,
  save: "Save the kind",
  kind_of: (name) => `Kind of decision: ${name}`,
  names: { fi: "Name in Finnish", sv: "Name in Swedish", en: "Name in English" },
  as_finnish: "Left empty, it is the Finnish name.",
  duty: "Taking part",
  duties: {
    obligatory: "An obligation",
    agreed: "Agreed together",
    own_will: "One's own will: nobody is marked absent",
  },
  reasons_asked: "Which reasons are asked of somebody who cannot come?",
  reasons_none: "With none chosen, no reason is asked.",
  no_reasons: "no reason is asked",
  reasons_of: (reasons) => `reasons of absence: ${reasons.join(", ")}`,
  first_day: "First day",
  last_day: "Last day",
  last_day_what: "After it the kind can no longer be chosen for new people.",
  begins: (day) => `Begins ${day}`,
  ends: (day) => `Ends ${day}`,
  ended: (day) => `Ended ${day}`,
};
