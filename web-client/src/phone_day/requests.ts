import { putSubstitute } from "@protocol/api";
import * as api from "@protocol/api_phone_days";
import { askerBy, type Key } from "../connection/entrance";

export type PhoneDayRequests = ReturnType<typeof phoneDayRequests>;

/** Days by phone: the list, one of them, and what a worker notes of a person. */
export function phoneDayRequests(fetch: typeof globalThis.fetch, key: Key) {
  const by = askerBy(fetch, key);
  return {
    days: by(api.listPhoneDays),
    day: by(api.showPhoneDay),
    call: by(api.notePhoneCall),
    task: by(api.givePhoneTask),
    check: by(api.checkPhoneTask),
    undo: by(api.undoPhoneAct),
    end: by(api.endPhoneDay),
    place: by(putSubstitute),
  };
}
