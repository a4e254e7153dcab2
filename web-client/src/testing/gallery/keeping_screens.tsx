import { KeepingPage } from "../../keeping/keeping_page";
import { erasureShown, fakeKeeping, keepingPage, LAST_NIGHT } from "../keeping_fixtures";
import { ok, UNREACHABLE } from "../people_fixtures";
import type { StaffScreen } from "./staff_screen";

const keeping = (
  change: Parameters<typeof fakeKeeping>[0] = {},
  more: Partial<StaffScreen> = {},
): StaffScreen => ({
  role: "coordinator",
  tab: "keeping",
  page: () => (
    <main id="main" class="wide">
      <KeepingPage requests={fakeKeeping(change)} sessions={[]} />
    </main>
  ),
  ...more,
});

/** Keeping and erasing. */
export const KEEPING_SCREENS: Record<string, StaffScreen> = {
  "coordinator-keeping": keeping(),
  "coordinator-keeping-tried": keeping({}, { press: ["Katso, mitä poistuisi"] }),
  "coordinator-keeping-times": keeping({}, { press: ["Muuta aikoja"] }),
  "coordinator-keeping-hold": keeping({}, { press: ["Uusi poistokielto"] }),
  "coordinator-keeping-doubted": keeping({ show: () => ok(keepingPage({ is_time_doubted: true })) }),
  "coordinator-keeping-first": keeping({
    show: () => {
      const { last_run_at: _, ...page } = keepingPage({ log: [], holds: [] });
      return ok({ ...page, unsealed: [{ session: 4, theme: "Uni ja lepo", starts_at: LAST_NIGHT }] });
    },
    erasure: () => ok(erasureShown({ is_held: true })),
  }),
  "coordinator-keeping-away": keeping({ show: () => UNREACHABLE }),
};
