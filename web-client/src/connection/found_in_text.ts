/**
 * The secret of a link and the code of a telephone, found in what other programs and hands have made of them.
 * Messengers add what they track by, letters break lines, people copy the words around. The server finds codes by the
 * same rules (`people/secret.cpp`); both are held to tests/data.
 */

/** 128 bits in base64url: 22 characters, of which the last has two bits. */
const SECRET_LENGTH = 22;
const ENDS_AS_A_SECRET = /[AQgw]$/;

const UNSEEN = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]|\uFE0F|\u20E3/g;

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

export const CODE_LENGTH = 8;

/** Signs and emoji stand beside words as a space does, whole or cut in half. */
const SIGNS = String.raw`\u2600-\u27BF\u{1F000}-\u{1FBFF}\uD800-\uDFFF\uFFFD`;
const SEPARATORS = new RegExp(String.raw`[\s\-_.,:;/|'"()[\]{}<>*#=!?«»·\u2010-\u2029\u2212${SIGNS}]+`, "u");
/** Letters and figures that can be meant for one of the alphabet; look-alikes are the server's to forgive. */
const OF_A_CODE = /^[\dB-DF-XZ]+$/;

/**
 * The code in a text: all of it, however it is cut up, or pieces of one size among other words. Of several one with a
 * figure is the better, and the later is: words come before what they name.
 */
export function findCode(text: string): string | null {
  const pieces = text.normalize("NFKC").replace(UNSEEN, "").toUpperCase().split(SEPARATORS).filter(Boolean);
  const whole = pieces.join("");
  if (whole.length === CODE_LENGTH && OF_A_CODE.test(whole)) return whole;
  let best: string | null = null;
  for (let from = 0; from < pieces.length; from += 1) {
    const size = pieces[from]?.length ?? 0;
    const taken = pieces.slice(from, from + CODE_LENGTH / size);
    const joined = taken.join("");
    const is_even = joined.length === CODE_LENGTH && taken.every(({ length }) => length === size);
    if (is_even && OF_A_CODE.test(joined) && (!best || /\d/.test(joined) || !/\d/.test(best))) best = joined;
  }
  return best;
}
