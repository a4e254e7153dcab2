import type { PeriodListed, SessionListed } from "@protocol/api";
import { isoDate } from "../coordinator/dates";
import { isDayOver } from "../state/phase";

/** The season that is going on: the first that has something to come. Else the newest that has days; else a draft. */
export function periodNow(
  periods: readonly PeriodListed[],
  sessions: readonly SessionListed[],
): PeriodListed | undefined {
  const made = periods.filter((one) => one.sessions > 0);
  const to_come = sessions
    .filter(({ phase }) => !isDayOver(phase))
    .map(({ starts_at }) => isoDate(starts_at));
  const going = made.filter(({ first_day, last_day }) =>
    to_come.some((day) => first_day <= day && day <= last_day),
  );
  return going.sort((a, b) => a.first_day.localeCompare(b.first_day))[0] ?? made[0] ?? periods[0];
}
