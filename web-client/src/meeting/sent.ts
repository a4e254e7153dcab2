import type { SessionId } from "@protocol";
import type { Appointment, AppointmentsAnswer, HoldAppointmentBody } from "@protocol/api";
import { isoClock, isoDate } from "../coordinator/dates";

/** What became of a meeting that was sent. First saved: an earlier try with other words was, and this was not. */
export type Saving = "saved" | "first_saved" | "refused" | "unanswered";

const savedIn = ({ held, unsealed }: AppointmentsAnswer): readonly Appointment[] => [...held, ...unsealed];

/** Whether the server's answer holds what was sent, and not what an earlier try had said. */
export function isSavedAsSent(
  body: HoldAppointmentBody,
  before: AppointmentsAnswer,
  answer: AppointmentsAnswer,
): boolean {
  const known = new Set<SessionId>(savedIn(before).map(({ session }) => session));
  return savedIn(answer).some(
    (one) =>
      !known.has(one.session) &&
      one.person === body.person &&
      (body.session === undefined || one.session === body.session) &&
      isAsSent(one, body),
  );
}

function isAsSent(one: Appointment, body: HoldAppointmentBody): boolean {
  return (
    one.kind === body.kind &&
    one.minutes === body.minutes &&
    one.mark === body.mark &&
    (body.mark !== "partial" || one.mark_minutes === body.mark_minutes) &&
    squeezed(one.note) === squeezed(body.note) &&
    (body.place === undefined || squeezed(one.place) === squeezed(body.place)) &&
    (body.date === undefined || isoDate(one.starts_at) === body.date) &&
    isStart(one, body.start)
  );
}

/** A clock as people write it: 9, 9.30, 09:30. What is not told, or is read by the server alone, is no difference. */
function isStart({ starts_at }: Appointment, start: string | undefined): boolean {
  const [, hour, minute = "00"] = /(\d{1,2})(?:[.:](\d\d))?/.exec(start ?? "") ?? [];
  return hour === undefined || isoClock(starts_at) === `${hour.padStart(2, "0")}:${minute}`;
}

const squeezed = (words = "") => words.replace(/\s+/g, " ").trim();
