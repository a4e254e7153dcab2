import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { findCode } from "./code_in_text";
import { findSecret } from "./found_in_text";

/** The tables are the server's too (tests/people/pasted_test.cpp). */
const table = (name: string) =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, `../../../tests/data/pasted/${name}.json`), "utf8"));

describe("a link after other programs", () => {
  const { secret, taken, refused } = table("links") as {
    secret: string;
    taken: { text: string; why: string }[];
    refused: string[];
  };

  it.each(taken)("is found: $why", ({ text }) => expect(findSecret(text)).toBe(secret));
  it.each(refused)("is not made of %j", (text) => expect(findSecret(text)).toBeNull());

  it("is found whatever its first and last characters are", () => {
    for (const first of "-_A9") {
      for (const last of "AQgw") {
        const other = `${first}bCdEfGh-jKlMn_pQrStU${last}`;
        for (const text of [other, `_${other}_`, `${other}&x=1`, `${other}_`])
          expect(findSecret(text)).toBe(other);
      }
    }
  });
});

describe("a code as it is pasted", () => {
  const { code, taken, refused } = table("codes") as { code: string; taken: string[]; refused: string[] };

  it.each(taken)("is found in %j", (text) => expect(findCode(text)).toBe(code));
  it.each(refused)("is not made of %j", (text) => expect(findCode(text)).toBeNull());
});
