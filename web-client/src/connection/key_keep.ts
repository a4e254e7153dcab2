import type { SessionId } from "@protocol";
import type { Key } from "./entrance";
import { findSecret } from "./found_in_text";
import { type Keep, readKept } from "./parts";

const KEPT = "key";

/**
 * The key of this tab. A link's secret comes in the fragment; it is taken out of the address bar, and so out of the
 * history, before anything else happens, and lives on only in this tab.
 */
export function takeKey(keep: Keep, location: Location, history: History): Key | null {
  const known = keptKey(keep);
  const secret = findSecret(location.hash) ?? (known ? null : pieceOfSecret(location.hash));
  if (secret) {
    history.replaceState(null, "", location.pathname + location.search);
    const whole = known && keyFor(known);
    // Another person's link in the same tab: nothing of the one before may be sent in the name of the new one.
    if (!whole || !("secret" in whole) || whole.secret !== secret) {
      forgetTab(keep);
      keepKey(keep, { secret });
    }
  }
  return keptKey(keep);
}

/** The key that this tab has. */
export function keptKey(keep: Keep): Key | null {
  return readKept(keep, KEPT, isKey, null);
}

export function keepKey(keep: Keep, key: Key): void {
  keep.set(KEPT, JSON.stringify(key));
}

/** The key for one session of a season's link; for the link itself, when none is named. */
export function keyFor(key: Key, session?: SessionId): Key {
  const anew = (given: string) => given.replace(/\.\d+$/, "") + (session ? `.${session}` : "");
  if ("secret" in key) return { secret: anew(key.secret) };
  return "code" in key ? { code: anew(key.code) } : key;
}

/** Whether one session of a season has been chosen. */
export const isForOne = (key: Key) => /\.\d+"/.test(JSON.stringify(key));

/** Everything that belongs to one person in this tab. */
export function forgetTab(keep: Keep): void {
  for (const key of [KEPT, ...PERSONAL]) keep.remove(key);
}

/** What the page keeps under the key of the person, by name. */
export const PERSONAL = [
  "outbox",
  "refused",
  "ticket",
  "name",
  "session",
  "door_phone",
  "draft_message",
  "draft_written",
  "draft_help",
  "draft_speech",
  "draft_thanks",
  "reply_to",
  "seen",
  "reacted",
  "answered_turn",
  "dismissed",
  "help_read",
  "signed_in_room",
  "shelf_of",
] as const;

/**
 * What is left of a link that was cut short: it opens nothing, and the door says that a piece is missing. Fragments of
 * our own pages (#viestit) are words in small letters.
 */
function pieceOfSecret(hash: string): string | null {
  const piece = /[\w-]{8,}/.exec(hash)?.[0];
  return piece && /[A-Z\d]/.test(piece) ? piece.slice(0, 64) : null;
}

function isKey(value: unknown): value is Key | null {
  if (typeof value !== "object" || value === null) return value === null;
  return (
    ("secret" in value && typeof value.secret === "string") ||
    ("code" in value && typeof value.code === "string")
  );
}
