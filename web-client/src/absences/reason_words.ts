import type { AbsenceReason } from "@protocol/api";
import { staffDictionary } from "../staff/dictionary";

/** Why somebody cannot come, as the staff read it. The own page has words of its own. */
export const reasonWords = staffDictionary<Record<AbsenceReason, string>>(
  {
    own_illness: "Oma sairaus",
    child_ill: "Alle 10-vuotiaan lapsen sairaus",
    job_interview: "Työhaastattelu tai vastaava",
    public_duty: "Luottamustehtävä",
    other: "Muu syy",
  },
  {
    own_illness: "Own illness",
    child_ill: "A child under 10 is ill",
    job_interview: "A job interview or the like",
    public_duty: "A public duty",
    other: "Another reason",
  },
);
