import type { PersonId } from "@protocol";
import { type Answer, ask, authority, type SignedIn } from "../connection/entrance";
import { findSecret } from "../connection/found_in_text";
import type { GivenRole, SessionListed } from "../coordinator/office";

/** The staff's own door: accounts and their sign-ins. */

export interface Me {
  account: number;
  person: PersonId;
  name: string;
  roles: GivenRole[];
  csrf_token: string;
}

export interface AccountDoor {
  /** Who is signed in on this device; `refused` when nobody is. */
  me(): Promise<Answer<Me>>;
  signIn(name: string, password: string): Promise<Answer<Me>>;
  signOut(key: SignedIn, everywhere: boolean): Promise<Answer<{ ended: number }>>;
  /** Whose password a one-time link sets. */
  ownerOf(secret: string): Promise<Answer<{ name: string }>>;
  setPassword(secret: string, password: string): Promise<Answer<Me>>;
}

export function httpAccountDoor(fetch: typeof globalThis.fetch): AccountDoor {
  const post = <T>(path: string, body: unknown, init: RequestInit = {}) =>
    ask<T>(fetch, path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      credentials: "same-origin",
      ...init,
      body: JSON.stringify(body),
    });
  return {
    me: () => ask(fetch, "/api/me", { credentials: "same-origin" }),
    signIn: (name, password) => post("/api/sign-in", { name, password }),
    signOut: (key, everywhere) =>
      post("/api/sign-out", { everywhere }, authority(key, { "Content-Type": "application/json" })),
    ownerOf: (secret) => post("/api/password/look", { secret }),
    setPassword: (secret, password) => post("/api/password", { secret, password }),
  };
}

/** What a request shows of a sign-in; `session`: the room that it is for. */
export function keyOf(me: Me, session?: SessionListed): SignedIn {
  return { csrf_token: me.csrf_token, ...(session ? { session: session.id } : {}) };
}

/** Reads of their own people, and has no other part in anything. */
export function isSupervisorOnly(me: Me): boolean {
  return me.roles.length > 0 && me.roles.every(({ role }) => role === "supervisor");
}

/** The secret of a link that sets a password, taken out of the address bar before anything else happens. */
export function takePasswordLink(location: Location, history: History): string | null {
  const secret = /^#password=/.test(location.hash) ? findSecret(location.hash.slice(10)) : null;
  if (secret) history.replaceState(null, "", location.pathname + location.search);
  return secret;
}
