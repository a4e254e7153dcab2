import type { AbsenceReason } from "@protocol/api";
import { type IconComponent, icon, MoreIcon } from "../view/icons";

/** Pictures of the reasons: they come with the own page. */
export const REASON_ICONS: Record<AbsenceReason, IconComponent> = {
  own_illness: icon("M10 13.8V5a2 2 0 0 1 4 0v8.8a4 4 0 1 1-4 0zM12 9v6.5M17 5.5h3M17 9h2"),
  child_ill: icon(
    "M5.5 6.5a3 3 0 1 0 6 0a3 3 0 1 0 -6 0zM3 20v-3.5a5.5 5.5 0 0 1 9-4.2" +
      "M14.2 12.5a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0 -4.6 0zM12.3 20.5a4.2 4.2 0 0 1 8.4 0",
  ),
  job_interview: icon(
    "M5 7.5h14a1.5 1.5 0 0 1 1.5 1.5v10.5h-17V9A1.5 1.5 0 0 1 5 7.5zM9 7.5V4.8h6v2.7M3.5 12.8h17M12 11.6v2.4",
  ),
  public_duty: icon("M3.5 13h17v7.5h-17zM7 13V3.5h10V13M9.5 8l2 2 3.2-3.6M8 16.8h8"),
  other: MoreIcon,
};
