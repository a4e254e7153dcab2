import type { HelpState, Message, PersonId, Phase, Refusal, Role, SessionId, UtcTime } from "@protocol";
import { browserTimers } from "./parts";
import { withWellFormed } from "./words";

/**
 * What opens the door: the secret of a link, the code that was read aloud on the phone, or a staff member's sign-in,
 * whose cookie the browser sends and whose token this page shows. `session` is the room that it is for.
 */
export type Key = { readonly secret: string } | { readonly code: string } | SignedIn;

export interface SignedIn {
  readonly csrf_token: string;
  readonly session?: SessionId;
}

/** How a link stands that is right: only an open one lets in. */
export type Standing = "open" | "early" | "over" | "revoked";

/** What a link is for. A coordinator's has no session, and one that was revoked tells none. */
export interface LinkAnswer {
  role: Role;
  /** Missing: open, as an older server says it. */
  standing?: Standing;
  /** The server's clock as it answered: a phone's own may be hours off. */
  now?: UtcTime;
  /** From when an early one opens the door. */
  opens_at?: UtcTime;
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
  /** How the person's call for help stands, when they have one. */
  help?: HelpState;
}

/** What everybody may know of the site. */
export interface SiteAnswer {
  help_phone?: string;
  now: UtcTime;
}

/** A call for help from outside. */
export interface DoorHelp {
  kind: "cannot_find" | "something_else";
  words?: string;
  call_back?: string;
}

/** What is wrong in a form or in a line of a file, by its reason's name; `value` is what was written there. */
export interface Fault {
  readonly reason: string;
  readonly value?: string;
}

/** `unknown`: the server says that there is no such thing. `unreachable`: no answer of ours, whoever answered. */
export type Answer<T> =
  | { kind: "ok"; value: T }
  | { kind: "refused"; refusal: Refusal; errors?: readonly Fault[] }
  | { kind: "unknown" }
  | { kind: "unreachable" };

/** Who is registered and has not come in, by the name of the registration. */
export interface ExpectedPerson {
  readonly person: PersonId;
  readonly name: string;
  readonly absence_told?: boolean;
}

/**
 * The other door: what is asked over HTTP. The key of a link goes in the request itself; a sign-in goes as a cookie.
 */
export interface Entrance {
  /** Costs no secret: it works where no link does. */
  site(): Promise<Answer<SiteAnswer>>;
  look(key: Key): Promise<Answer<LinkAnswer>>;
  /** From before the room, while its doors are open. */
  askHelp(key: Key, asked: DoorHelp): Promise<Answer<{ help: HelpState }>>;
  enter(key: Key, name: string | undefined): Promise<Answer<{ ticket: string }>>;
  /** The session as an entry of a calendar, with one's own link. */
  calendar(key: Key): Promise<Blob | null>;
  /** Up to 200 messages that stand before `place`. */
  messages(key: Key, place: number): Promise<Answer<{ messages: Message[] }>>;
  /** For the staff, who have one of them on the phone. */
  expected(key: Key, session: SessionId): Promise<Answer<{ people: ExpectedPerson[] }>>;
}

export function httpEntrance(fetch: typeof globalThis.fetch): Entrance {
  const post = <T>(path: string, body: unknown) =>
    ask<T>(fetch, path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(withWellFormed(body)),
    });
  return {
    site: () => withField("now", ask<SiteAnswer>(fetch, "/api/site", {})),
    look: (key) => withField("role", post<LinkAnswer>("/api/look", key)),
    askHelp: (key, asked) =>
      ask(fetch, "/api/door/help", {
        method: "POST",
        ...authority(key, { "Content-Type": "application/json" }),
        body: JSON.stringify(asked),
      }),
    enter: (key, name) =>
      withField(
        "ticket",
        "csrf_token" in key
          ? ask<{ ticket: string }>(fetch, `/api/sessions/${key.session}/enter`, {
              method: "POST",
              ...authority(key, { "Content-Type": "application/json" }),
              body: "{}",
            })
          : post<{ ticket: string }>("/api/enter", {
              ...key,
              ...(name === undefined ? {} : { name }),
              netiquette: true,
            }),
      ),
    calendar: async (key) => {
      const answer = await askFile(fetch, "/api/invitation.ics", authority(key));
      return answer.kind === "ok" ? answer.value : null;
    },
    messages: (key, place) =>
      ask(
        fetch,
        "csrf_token" in key
          ? `/api/sessions/${key.session}/messages?before=${place}`
          : `/api/messages?before=${place}`,
        authority(key),
      ),
    expected: (key, session) => ask(fetch, `/api/sessions/${session}/expected`, authority(key)),
  };
}

/** An answer that lacks what it is about comes from somebody between us and the server. */
async function withField<T extends object>(field: keyof T, asked: Promise<Answer<T>>): Promise<Answer<T>> {
  const answer = await asked;
  return answer.kind === "ok" && !(field in answer.value) ? { kind: "unreachable" } : answer;
}

/** How a request shows whose it is: the part of it to be spread into the rest. */
export function authority(key: Key, more: Record<string, string> = {}): RequestInit {
  if ("csrf_token" in key) {
    return { headers: { ...more, "X-CSRF-Token": key.csrf_token }, credentials: "same-origin" };
  }
  const bearer = "secret" in key ? key.secret : key.code;
  return { headers: { ...more, Authorization: `Bearer ${bearer}` } };
}

const ANSWER_MS = 10_000;
/** For a file, whichever way it goes. */
export const FILE_MS = 60_000;

/**
 * Nothing of what is asked is kept by the browser, or told to another site. An answer that has not come whole in
 * `within_ms` is given up: a line that is half open brings none, and no error either, for minutes.
 */
async function fetchFresh<T>(
  fetch: typeof globalThis.fetch,
  path: string,
  init: RequestInit,
  within_ms: number,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  // Not AbortSignal.timeout, which phones of before 2022 lack.
  const giving_up = new AbortController();
  const callOff = browserTimers.after(within_ms, () => giving_up.abort());
  try {
    return await read(
      await fetch(path, {
        credentials: "omit",
        ...init,
        cache: "no-store",
        referrerPolicy: "no-referrer",
        signal: giving_up.signal,
      }),
    );
  } finally {
    callOff();
  }
}

/** What the server says no with; unreachable when it is not the server's, but a proxy's or a captive net's. */
async function refusalIn(response: Response): Promise<Answer<never>> {
  const answer: unknown = await response.json();
  const { refusal, errors } = answer as { refusal?: Refusal; errors?: Fault[] };
  if (typeof refusal?.word !== "string") return { kind: "unreachable" };
  if (response.status === 404 && refusal.word === "not_found") return { kind: "unknown" };
  return { kind: "refused", refusal, ...(errors ? { errors } : {}) };
}

/**
 * One question over HTTP. Errors of the network and of the server are answers here, never exceptions. Only the server's
 * own JSON is an answer of ours: whatever else comes, and with whatever status, is no connection.
 */
export async function ask<T>(
  fetch: typeof globalThis.fetch,
  path: string,
  init: RequestInit,
  within_ms = ANSWER_MS,
): Promise<Answer<T>> {
  try {
    return await fetchFresh(fetch, path, init, within_ms, async (response) => {
      if (!response.ok) return refusalIn(response);
      const value: unknown = await response.json();
      return typeof value === "object" && value !== null
        ? { kind: "ok", value: value as T }
        : { kind: "unreachable" };
    });
  } catch {
    return { kind: "unreachable" };
  }
}

/** A file over HTTP, by the same rules: the server's come as attachments, a captive net's page does not. */
export async function askFile(
  fetch: typeof globalThis.fetch,
  path: string,
  init: RequestInit,
): Promise<Answer<Blob>> {
  try {
    return await fetchFresh(fetch, path, init, FILE_MS, async (response) => {
      if (!response.ok) return refusalIn(response);
      return response.headers.get("Content-Disposition")?.startsWith("attachment")
        ? { kind: "ok", value: await response.blob() }
        : { kind: "unreachable" };
    });
  } catch {
    return { kind: "unreachable" };
  }
}
