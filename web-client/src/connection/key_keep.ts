import type { Key } from "./entrance";
import { type Keep, readKept } from "./parts";

const KEPT = "key";

/**
 * The key of this tab. A link's secret comes in the fragment; it is taken out of the address bar, and so out of the
 * history, before anything else happens, and lives on only in this tab.
 */
export function takeKey(keep: Keep, location: Location, history: History): Key | null {
  const secret = decodeFragment(location.hash);
  if (secret) {
    history.replaceState(null, "", location.pathname + location.search);
    const known = readKept(keep, KEPT, isKey, null);
    // Another person's link in the same tab: nothing of the one before may be sent in the name of the new one.
    if (!known || !("secret" in known) || known.secret !== secret) forgetTab(keep);
    keepKey(keep, { secret });
  }
  return readKept(keep, KEPT, isKey, null);
}

export function keepKey(keep: Keep, key: Key): void {
  keep.set(KEPT, JSON.stringify(key));
}

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
  "draft_message",
  "draft_written",
  "draft_help",
  "draft_speech",
  "reply_to",
  "seen",
  "reacted",
  "answered_turn",
  "dismissed",
  "signed_in_room",
  "shelf_of",
] as const;

function decodeFragment(hash: string): string | null {
  const text = hash.replace(/^#/, "");
  // Fragments of our own pages (#viestit) are words; a secret has at least 128 bits.
  return /^[\w~.+/=-]{20,}$/.test(text) ? text : null;
}

function isKey(value: unknown): value is Key | null {
  if (typeof value !== "object" || value === null) return value === null;
  return (
    ("secret" in value && typeof value.secret === "string") ||
    ("code" in value && typeof value.code === "string")
  );
}
