import type { UtcTime } from "@protocol";
import { shortDate } from "../coordinator/dates";
import { weekdayOf } from "../own_page/days";
import { useApp } from "../view/app";

/** to 3.12. · Thu 3.12. */
export function useDayWords(): (utc: UtcTime) => string {
  const { language } = useApp();
  const spoken = language.value === "en" ? "en" : "fi";
  return (utc) => `${weekdayOf(utc, spoken)} ${shortDate(utc)}`;
}
