import * as api from "@protocol/api_own_page";
import { createContext } from "preact";
import { askerBy, type Key } from "../connection/entrance";

export type OwnPageRequests = ReturnType<typeof ownPageRequests>;

/** What a person asks of their own page, by their link: telling is answered with all of it, as it then stands. */
export function ownPageRequests(fetch: typeof globalThis.fetch, key: Key) {
  const by = askerBy(fetch, key);
  return { own: by(api.ownPage), tell: by(api.tellAbsence), calendar: by(api.makeCalendar) };
}

/** Who is asked, by a key; in tests somebody else answers. */
export const OwnPageRequestsContext = createContext(
  (key: Key): OwnPageRequests => ownPageRequests(globalThis.fetch.bind(globalThis), key),
);
