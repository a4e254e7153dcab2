import type { KeepingAnswer } from "@protocol/api";
import * as api from "@protocol/api_keeping";
import { type Answer, askerBy, type Key } from "../connection/entrance";

/** A change of the page: it shows what the server answers, and says why not otherwise. */
export type Change = (ask: () => Promise<Answer<KeepingAnswer>>, done: string) => Promise<boolean>;

export type KeepingRequests = ReturnType<typeof keepingRequests>;

/** What the coordinator of all asks about keeping and erasing (protocol/http.md). */
export function keepingRequests(fetch: typeof globalThis.fetch, key: Key) {
  const by = askerBy(fetch, key);
  return {
    show: by(api.showKeeping),
    /** Erases nothing. */
    tryIt: by(api.tryKeeping),
    putRule: by(api.putKeepingRule),
    confirmTime: by(api.confirmTime),
    makeHold: by(api.makeHold),
    endHold: by(api.endHold),
    /** By name, which is in no address. */
    find: by(api.findPeople),
    erasure: by(api.showErasure),
    /** It cannot be undone. */
    erase: by(api.erasePerson),
    data: by(api.exportPerson),
  };
}
