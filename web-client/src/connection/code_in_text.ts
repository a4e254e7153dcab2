import { UNSEEN } from "./found_in_text";

/**
 * The code of a telephone, found among words and signs. It comes with the form for it. The server finds codes by the
 * same rules (`people/secret.cpp`); both are held to tests/data.
 */

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
