import * as api from "@protocol/api";
import { showBindingCode } from "@protocol/api_provider";
import { ask, askerBy, HERE, type SignedIn } from "../connection/entrance";
import { findSecret } from "../connection/found_in_text";

/** The staff's own accounts, and their sign-ins (protocol/http.md). */

export type AccountRequests = ReturnType<typeof accountRequests>;

export function accountRequests(fetch: typeof globalThis.fetch) {
  const here = askerBy(fetch, HERE);
  return {
    /** Who is signed in on this device; `refused` when nobody is. */
    me: here(api.showMe),
    signIn: (name: string, password: string) => ask(fetch, HERE, api.signIn({ name, password })),
    /** The second step, after a right password. */
    giveStep: (code: string) => ask(fetch, HERE, api.giveStep({ code })),
    beginFirstStep: () => ask(fetch, HERE, api.beginFirstStep()),
    confirmFirstStep: (code: string) => ask(fetch, HERE, api.confirmFirstStep({ code })),
    /** What the city's own sign-in is called, where there is one. */
    site: here(api.siteFacts),
    /** What whoever has come back from there unbound tells the coordinator. */
    bindingCode: here(showBindingCode),
    /** It is still the same person. */
    prove: (key: SignedIn, body: api.ProveBody) => ask(fetch, key, api.prove(body)),
    signOut: (key: SignedIn, everywhere: boolean) => ask(fetch, key, api.signOut({ everywhere })),
    /** Whose password a one-time link sets. */
    ownerOf: (secret: string) => ask(fetch, HERE, api.lookAtPasswordLink({ secret })),
    setPassword: (secret: string, password: string) =>
      ask(fetch, HERE, api.setPassword({ secret, password })),
  };
}

/** What a request shows of a sign-in; `session`: the room that it is for. */
export function keyOf(me: api.MeAnswer, session?: api.SessionListed): SignedIn {
  return { csrf_token: me.csrf_token, ...(session ? { session: session.id } : {}) };
}

/** Reads of their own people, and has no other part in anything. */
export function isSupervisorOnly(me: api.MeAnswer): boolean {
  return me.roles.length > 0 && me.roles.every(({ role }) => role === "supervisor");
}

/** The secret of a link that sets a password, taken out of the address bar before anything else happens. */
export function takePasswordLink(location: Location, history: History): string | null {
  const secret = /^#password=/.test(location.hash) ? findSecret(location.hash.slice(10)) : null;
  if (secret) history.replaceState(null, "", location.pathname + location.search);
  return secret;
}

/** What was in the way at the city's own sign-in, taken out of the address bar. */
export function takeProviderOutcome(location: Location, history: History): api.ProviderOutcome | null {
  const word = /^#provider=(\w+)$/.exec(location.hash)?.[1];
  if (word === undefined) return null;
  history.replaceState(null, "", location.pathname + location.search);
  return api.PROVIDER_OUTCOMES.find((one) => one === word) ?? "wrong";
}
