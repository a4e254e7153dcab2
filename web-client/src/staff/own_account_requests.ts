import * as api from "@protocol/api_own_account";
import { ask, type Key } from "../connection/entrance";

/** One's own account, as somebody signed in asks for it (protocol/http.md). */
export type OwnAccountRequests = ReturnType<typeof ownAccountRequests>;

export function ownAccountRequests(fetch: typeof globalThis.fetch, key: Key) {
  return {
    show: () => ask(fetch, key, api.showOwnAccount()),
    changePassword: (old_password: string, new_password: string) =>
      ask(fetch, key, api.changePassword({ old_password, new_password })),
    beginStep: () => ask(fetch, key, api.beginSecondStep()),
    confirmStep: (code: string) => ask(fetch, key, api.confirmSecondStep({ code })),
    spareCodes: () => ask(fetch, key, api.renewSpareCodes()),
    dropStep: () => ask(fetch, key, api.dropSecondStep()),
    /** Without a number: all but this one. */
    endSignIns: (sign_in?: number) =>
      ask(fetch, key, api.endSignIns(sign_in === undefined ? {} : { sign_in })),
  };
}
