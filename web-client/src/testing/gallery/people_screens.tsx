import { CancelPage } from "../../programme/cancel_page";
import { SeasonPeople } from "../../programme/people_page";
import { PersonPage } from "../../programme/person_page";
import {
  ASKING,
  CANCELLED_DAY,
  cancelledDay,
  fakeCancelling,
  fakePeople,
  fileAnswer,
  MANY,
  ok,
  PERIOD,
  personShown,
  UNREACHABLE,
} from "../people_fixtures";
import type { StaffScreen } from "./staff_screen";

const screen = (page: StaffScreen["page"], change: Partial<StaffScreen> = {}): StaffScreen => ({
  role: "coordinator",
  tab: "programme",
  ...(page ? { page } : {}),
  ...change,
});
const people = (change: Parameters<typeof fakePeople>[0] = {}, more: Partial<StaffScreen> = {}) =>
  screen(() => <SeasonPeople requests={fakePeople(change)} period={PERIOD.id} />, { tab: "people", ...more });
const person = (change: Parameters<typeof personShown>[0] = {}, more: Partial<StaffScreen> = {}) =>
  screen(
    () => (
      <PersonPage
        requests={fakePeople({ person: () => ok(personShown(change)) })}
        period={PERIOD.id}
        person={5}
        onTellAbsence={() => undefined}
      />
    ),
    { tab: "people", ...more },
  );
const cancel = (change: Parameters<typeof fakeCancelling>[0] = {}, more: Partial<StaffScreen> = {}) =>
  screen(
    () => (
      <CancelPage
        requests={fakeCancelling(change)}
        session={CANCELLED_DAY}
        back_to="programme"
        onDone={() => undefined}
      />
    ),
    more,
  );
const importing = (answer: Parameters<typeof fileAnswer>[0], more: Partial<StaffScreen> = {}) =>
  people(
    {
      people: () => ok({ people: MANY }),
      file: (_, { dry_run }) => ok(fileAnswer({ ...answer, is_stored: !dry_run })),
    },
    { file: "kevat-2021.csv", ...more },
  );

/** The people of a season, one of them, and a day that is cancelled. */
export const PEOPLE_SCREENS: Record<string, StaffScreen> = {
  people: people(),
  "people-many": people({ people: () => ok({ people: MANY }) }),
  "people-add": people({}, { press: ["Lisää ihminen"] }),
  "people-import": importing(ASKING),
  "people-import-allow": importing(ASKING, { press: ["Salli poikkeus"] }),
  "people-import-faults": importing({
    errors: [
      { line: 4, reason: "phone_zero_missing", value: "401234567" },
      { line: 7, reason: "name_missing" },
    ],
  }),
  "people-import-done": people(
    {
      people: () => ok({ people: MANY.map((one) => ({ ...one, link: "none" as const })) }),
      file: (_, { dry_run }) => ok(fileAnswer({ is_stored: !dry_run })),
    },
    { file: "kevat-2021.csv", press: ["Tallenna 90 riviä"] },
  ),
  "people-links": people({}, { press: ["Kausilinkit"] }),
  "people-links-made": people({}, { press: ["Kausilinkit", "Tee 1 linkki"] }),
  person: person(),
  "person-not-eligible": person({
    decision_type: "social_rehabilitation",
    places: [
      { series: 1, place: "room" },
      { series: 2, place: "not_in_package" },
      { series: 3, place: "not_eligible" },
    ],
    link: "none",
  }),
  "person-allow": person(
    { decision_type: "social_rehabilitation", places: [{ series: 3, place: "not_eligible" }] },
    { press: ["Salli poikkeus: Etätyövalmennus"] },
  ),
  "person-package": person({ decision_type: "social_rehabilitation" }, { press: ["Vaihda pakettia"] }),
  "person-details": person({}, { press: ["Muokkaa yhteystietoja"] }),
  cancel: cancel(),
  "cancel-moved": cancel({}, { press: ["Siirretään toiseen päivään"] }),
  "cancel-calls": cancel({ show: () => ok(cancelledDay()) }),
  "cancel-calls-failed": cancel(
    { show: () => ok(cancelledDay()), call: () => UNREACHABLE },
    { press: ["Ei vastannut: Lumme"] },
  ),
};
