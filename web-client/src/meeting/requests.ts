import * as api from "@protocol/api_appointments";
import { askerBy, type Key } from "../connection/entrance";

export type MeetingRequests = ReturnType<typeof meetingRequests>;

/** Meetings with one person: one's own, planned and held. */
export function meetingRequests(fetch: typeof globalThis.fetch, key: Key) {
  const by = askerBy(fetch, key);
  return {
    list: by(api.listAppointments),
    people: by(api.listMyPeople),
    plan: by(api.planAppointment),
    hold: by(api.holdAppointment),
    drop: by(api.dropAppointment),
    seal: by(api.sealAppointments),
  };
}
