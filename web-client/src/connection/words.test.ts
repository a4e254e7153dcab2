// @vitest-environment node
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { deceiverIn } from "./deceiver";
import { wellFormed, withWellFormed } from "./words";

// The table that the server's tests read too: INPUT => RESULT, with \u{X} and \n as what they stand for.
const table = readFileSync(fileURLToPath(new URL("../../../tests/data/words.txt", import.meta.url)), "utf8");
const unescaped = (text: string) =>
  text
    .replace(/\\u\{([0-9A-F]+)\}/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll("\\n", "\n");
const rows = table
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("# "))
  .map((line) => ({ line, input: line.split(" => ")[0] ?? "", result: line.split(" => ")[1] ?? "" }));

describe("what people write", () => {
  it.each(rows)("$line", ({ input, result }) => {
    const found = deceiverIn(unescaped(input));
    const refused = /^refused (U\+[0-9A-F]+) at (\d+)$/.exec(result);
    expect(found).toEqual(refused ? { name: refused[1], place: Number(refused[2]) } : null);
  });

  it("can be sent, whatever half of an emoji is in it", () => {
    for (const [text, sent] of [
      ["hei \ud83d", "hei \ufffd"],
      ["\ude00 hei", "\ufffd hei"],
      ["\ud83d\ude00\ud83d", "😀\ufffd"],
      ["\ud83d\ud83d\ude00", "\ufffd😀"],
      ["\ude00\ud83d", "\ufffd\ufffd"],
      ["😀", "😀"],
      ["Tie\u0302\u0301ng", "Tiếng"],
    ] as const) {
      expect(wellFormed(text)).toBe(sent);
      expect(JSON.stringify(wellFormed(text))).not.toMatch(/\\ud[89a-f]/i);
    }
    const command = { type: "set_where_we_are", lines: ["a\ud83d", "b"], on: true, at: null, by: 7 };
    expect(withWellFormed(command)).toEqual({ ...command, lines: ["a\ufffd", "b"] });
  });
});
