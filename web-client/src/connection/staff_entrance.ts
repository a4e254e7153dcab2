import * as api from "@protocol/api";
import { ask, type Entrance, httpEntrance } from "./entrance";

/** The entrance on the staff's page, where a key may be a sign-in too: it is for the room of its session. */
export function staffEntrance(fetch: typeof globalThis.fetch): Required<Entrance> {
  const by_link = httpEntrance(fetch);
  return {
    ...by_link,
    enter: (key, name) =>
      "csrf_token" in key ? ask(fetch, key, api.enterSession(key.session ?? 0)) : by_link.enter(key, name),
    messages: (key, before) =>
      "csrf_token" in key
        ? ask(fetch, key, api.messages(key.session ?? 0, { before }))
        : by_link.messages(key, before),
    expected: (key, session) => ask(fetch, key, api.expected(session)),
  };
}
