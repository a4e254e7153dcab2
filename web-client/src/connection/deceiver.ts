import { wellFormed } from "./words";

/** Letters that are written from right to left. */
const RIGHT_TO_LEFT =
  "\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}";
const LINE_ENDS = "\\n\\r\\v\\f\\x85\\u2028\\u2029";
const FLAG = /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,7}\u{e007f}/gu;
const DECEIVER = new RegExp(
  `\\u202e|\\u202d(?=[^\\u202c${LINE_ENDS}]*[${RIGHT_TO_LEFT}])|[\\u{e0000}-\\u{e007f}]`,
  "u",
);

/**
 * The first character for which the server refuses a text as text_not_allowed, and at which place it stands, from 1:
 * the same rule as the server's `clean_text` (tests/data/words.txt is read by the tests of both).
 */
export function deceiverIn(text: string): { name: string; place: number } | null {
  const without_flags = wellFormed(text).replace(FLAG, (flag) => "x".repeat(flag.length));
  const found = DECEIVER.exec(without_flags);
  if (!found) return null;
  const code = found[0].codePointAt(0) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  return { name, place: [...wellFormed(text).slice(0, found.index)].length + 1 };
}
