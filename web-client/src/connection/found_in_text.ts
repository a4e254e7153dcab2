/**
 * The secret of a link, found in what other programs and hands have made of it. Messengers add what they track by,
 * letters break lines, people copy the words around. Held to tests/data.
 */

/** 128 bits in base64url: 22 characters, of which the last has two bits. */
const SECRET_LENGTH = 22;
const ENDS_AS_A_SECRET = /[AQgw]$/;

/** What no eye sees in a text. */
export const UNSEEN = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]|\uFE0F|\u20E3/g;

/** The secret in a fragment, or in a whole link with words around it; null when there is none. */
export function findSecret(text: string): string | null {
  const plain = text
    .replace(/%([0-7][\da-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(UNSEEN, "");
  const fragment = plain.slice(plain.indexOf("#") + 1);
  // A letter that was cut into lines has the secret in two of them.
  return secretIn(fragment) ?? secretIn(fragment.replace(/=?\s+>?/g, ""));
}

function secretIn(text: string): string | null {
  // No secret ends with a dash: these are a messenger's, for italics.
  const runs = (text.match(/[\w-]+/g) ?? []).map((run) => run.replace(/[-_]+$/, ""));
  const long = runs.filter((run) => run.length >= SECRET_LENGTH);
  const exact = long.filter((run) => run.length === SECRET_LENGTH);
  const run = exact.find((one) => ENDS_AS_A_SECRET.test(one)) ?? exact[0] ?? long[0];
  if (run === undefined) return null;
  const begins_late = /^[-_]/.test(run) && ENDS_AS_A_SECRET.test(run);
  return begins_late ? run.slice(-SECRET_LENGTH) : run.slice(0, SECRET_LENGTH);
}
