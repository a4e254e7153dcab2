import { expect, it } from "vitest";

// Every field in which people write reads from the side on which their words begin. A rule of all pages, so that it is
// kept where a field is added: the pages' own sources are looked through.

const SOURCES: Record<string, string> = import.meta.glob("../**/*.tsx", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** A tag from its name to its end; braces may hold anything. */
const FIELD = /<(input|textarea)\b(?:[^{}>]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*?\/>/g;
const IS_FOR_WORDS = (tag: string) =>
  tag.startsWith("<textarea") || !/type="(?!text|search)|inputMode/.test(tag);

it("is that of the words, in every field for words", () => {
  const fields = Object.entries(SOURCES)
    .filter(([path]) => !/\.test\.|testing\//.test(path))
    .flatMap(([path, text]) => [...text.matchAll(FIELD)].map(([tag]) => ({ path, tag })))
    .filter(({ tag }) => IS_FOR_WORDS(tag));
  expect(fields.length).toBeGreaterThan(25);
  expect(fields.filter(({ tag }) => !tag.includes('dir="auto"'))).toEqual([]);
});
