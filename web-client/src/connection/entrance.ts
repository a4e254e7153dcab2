import type { Message, Phase, Refusal, Role, SessionId, UtcTime } from "@protocol";

/** What opens the door: the secret of a link, or the code that was read aloud on the phone. */
export type Key = { readonly secret: string } | { readonly code: string };

/** What a link is for. A coordinator's has no session. */
export interface LinkAnswer {
  role: Role;
  session?: {
    id: SessionId;
    theme: string;
    series: string;
    starts_at: UtcTime;
    ends_at: UtcTime;
    phase: Phase;
    help_phone?: string;
  };
  name?: string;
  entered: boolean;
}

/** What is wrong in a form or in a line of a file, by its reason's name; `value` is what was written there. */
export interface Fault {
  readonly reason: string;
  readonly value?: string;
}

/** `unknown`: no such link, or it has expired or been revoked. `unreachable`: no answer that could be read. */
export type Answer<T> =
  | { kind: "ok"; value: T }
  | { kind: "refused"; refusal: Refusal; errors?: readonly Fault[] }
  | { kind: "unknown" }
  | { kind: "unreachable" };

/** The other door: what is asked over HTTP. The key goes in the request itself; there are no cookies. */
export interface Entrance {
  look(key: Key): Promise<Answer<LinkAnswer>>;
  enter(key: Key, name: string | undefined): Promise<Answer<{ ticket: string }>>;
  /** Up to 200 messages that stand before `place`. */
  messages(key: Key, place: number): Promise<Answer<{ messages: Message[] }>>;
}

export function httpEntrance(fetch: typeof globalThis.fetch): Entrance {
  const post = <T>(path: string, body: unknown) =>
    ask<T>(fetch, path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  return {
    look: (key) => post("/api/look", key),
    enter: (key, name) =>
      post("/api/enter", { ...key, ...(name === undefined ? {} : { name }), netiquette: true }),
    messages: (key, place) =>
      ask(fetch, `/api/messages?before=${place}`, { headers: { Authorization: `Bearer ${bearerOf(key)}` } }),
  };
}

export function bearerOf(key: Key): string {
  return "secret" in key ? key.secret : key.code;
}

/** One question over HTTP. Errors of the network and of the server are answers here, never exceptions. */
export async function ask<T>(
  fetch: typeof globalThis.fetch,
  path: string,
  init: RequestInit,
): Promise<Answer<T>> {
  try {
    const response = await fetch(path, {
      ...init,
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    if (response.ok) return { kind: "ok", value: (await response.json()) as T };
    if (response.status === 404) return { kind: "unknown" };
    if (response.status >= 500) return { kind: "unreachable" };
    const { refusal, errors } = (await response.json()) as { refusal?: Refusal; errors?: Fault[] };
    if (!refusal) return { kind: "unreachable" };
    return { kind: "refused", refusal, ...(errors ? { errors } : {}) };
  } catch {
    return { kind: "unreachable" };
  }
}
