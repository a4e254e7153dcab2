import type { Refusal, SessionId } from "@protocol";
import * as api from "@protocol/api";
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

/** `unknown`: the server says that there is no such thing. `unreachable`: no answer of ours, whoever answered. */
export type Answer<T> =
  | { kind: "ok"; value: T }
  | { kind: "refused"; refusal: Refusal; errors?: readonly api.FormFault[] }
  | { kind: "unknown" }
  | { kind: "unreachable" };

/** What is asked over HTTP before the room, and beside it. */
export interface Entrance {
  /** Costs no secret: it works where no link does. */
  site(): Promise<Answer<api.SiteAnswer>>;
  look(key: Key): Promise<Answer<api.LookAnswer>>;
  /** From before the room, while its doors are open. */
  askHelp(key: Key, body: api.DoorHelpBody): Promise<Answer<api.DoorHelpAnswer>>;
  enter(key: Key, name: string | undefined): Promise<Answer<api.TicketAnswer>>;
  /** The session as an entry of a calendar, with one's own link. */
  calendar(key: Key): Promise<Blob | null>;
  /** Up to 200 messages that stand before `place`. */
  messages(key: Key, place: number): Promise<Answer<api.MessagesAnswer>>;
  /** For the staff, who have one of them on the phone; the participants' page has nobody to ask for. */
  expected?(key: Key, session: SessionId): Promise<Answer<api.ExpectedAnswer>>;
}

/** The link or the code; nothing of a sign-in. */
const linkOf = (key: Key): api.LookBody => ("csrf_token" in key ? {} : key);

export function httpEntrance(fetch: typeof globalThis.fetch): Entrance {
  return {
    site: () => ask(fetch, null, api.siteFacts()),
    look: (key) => ask(fetch, null, api.look(linkOf(key))),
    askHelp: (key, body) => ask(fetch, key, api.askAtDoor(body)),
    enter: (key, name) =>
      ask(fetch, null, api.enter({ ...linkOf(key), ...(name !== undefined && { name }), netiquette: true })),
    calendar: async (key) => {
      const answer = await ask(fetch, key, api.ownCalendar());
      return answer.kind === "ok" ? answer.value : null;
    },
    messages: (key, before) => ask(fetch, key, api.ownMessages({ before })),
  };
}

/** Whoever is signed in on this device, before the page knows who: by the cookie alone. */
export const HERE: SignedIn = { csrf_token: "" };

const UNREACHABLE = { kind: "unreachable" } as const;
const ANSWER_MS = 10_000;
/** For a file, whichever way it goes. */
const FILE_MS = 60_000;

/**
 * One question over HTTP, by a key, which goes in the request itself, or by nobody who says so. Errors of the network
 * and of the server are answers here, never exceptions. Only the server's own answer is one of ours: whatever else
 * comes, and with whatever status, is no connection. Nothing of what is asked is kept by the browser, or told to
 * another site. An answer that has not come whole in its time is given up: a line that is half open brings none, and
 * no error either, for minutes.
 */
export async function ask<T>(
  fetch: typeof globalThis.fetch,
  key: Key | null,
  question: api.Question<T>,
): Promise<Answer<T>> {
  const { path, body, is_file } = question;
  const sends_file = body instanceof Blob;
  // Not AbortSignal.timeout, which phones of before 2022 lack.
  const giving_up = new AbortController();
  const callOff = browserTimers.after(is_file || sends_file ? FILE_MS : ANSWER_MS, () => giving_up.abort());
  const is_signed_in = key && "csrf_token" in key;
  const request: RequestInit = {
    ...(body && { method: "POST", body: sends_file ? body : JSON.stringify(withWellFormed(body)) }),
    headers: {
      ...(body && { "Content-Type": sends_file ? body.type || "text/csv" : "application/json" }),
      ...(is_signed_in
        ? key.csrf_token && { "X-CSRF-Token": key.csrf_token }
        : key && { Authorization: `Bearer ${"secret" in key ? key.secret : key.code}` }),
    } as Record<string, string>,
    credentials: is_signed_in ? "same-origin" : "omit",
    cache: "no-store",
    referrerPolicy: "no-referrer",
    signal: giving_up.signal,
  };
  try {
    return await answerIn(await fetch(path, request), question);
  } catch {
    return UNREACHABLE;
  } finally {
    callOff();
  }
}

/** What the server says; unreachable when it is not the server's, but a proxy's or a captive net's. */
async function answerIn<T>(response: Response, { has, is_file }: api.Question<T>): Promise<Answer<T>> {
  if (response.ok && is_file) {
    const is_ours = response.headers.get("Content-Disposition")?.startsWith("attachment");
    return is_ours ? { kind: "ok", value: (await response.blob()) as T } : UNREACHABLE;
  }
  const value = await response.json();
  if (response.ok) {
    const is_ours = Object(value) === value && (!has || has in value);
    return is_ours ? { kind: "ok", value } : UNREACHABLE;
  }
  const { refusal, errors }: Partial<api.FormRefusal> = value;
  if (typeof refusal?.word !== "string") return UNREACHABLE;
  if (response.status === 404 && refusal.word === "not_found") return { kind: "unknown" };
  return { kind: "refused", refusal, ...(errors && { errors }) };
}

/** Whoever asks the server over this `fetch` by this key, as a function from questions to what asks them. */
export function askerBy(fetch: typeof globalThis.fetch, key: Key) {
  return <P extends readonly unknown[], T>(question: (...parts: P) => api.Question<T>) =>
    (...parts: P): Promise<Answer<T>> =>
      ask(fetch, key, question(...parts));
}
