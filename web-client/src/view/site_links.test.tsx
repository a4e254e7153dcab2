import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

const here = resolve(import.meta.dirname, "../../pages");
const read = (file: string) => readFileSync(resolve(here, file), "utf8");
const files = readdirSync(here).filter((file) => file.endsWith(".html"));
const NAMES = ["instructions", "accessibility", "privacy"];
const LANGUAGES = ["fi", "selko", "sv", "en"];

function bodyOf(file: string): HTMLElement {
  const body = document.createElement("div");
  body.innerHTML = read(file);
  return body;
}

describe("the pages that anyone may read", () => {
  it("are there in every language", () => {
    expect([...files].sort()).toEqual(
      NAMES.flatMap((name) => LANGUAGES.map((language) => `${name}.${language}.html`)).sort(),
    );
  });

  it.each(files)("%s has no script, no style of its own and no address elsewhere", (file) => {
    expect(read(file)).not.toMatch(/<script|<style|style=|\son\w+=|https?:|<img|<iframe|<form/);
  });

  it.each(files)("%s has one heading of the first level, and skips none", (file) => {
    const levels = [...bodyOf(file).querySelectorAll("h1, h2, h3")].map((one) => Number(one.tagName[1]));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels[0]).toBe(1);
    expect(levels.every((level) => level <= 2)).toBe(true);
  });

  it.each(files)("%s closes every place that it opens", (file) => {
    let depth = 0;
    for (const [mark] of read(file).matchAll(/<!--(place:[a-z_.]+|\/place)-->/g)) {
      depth += mark.startsWith("<!--/") ? -1 : 1;
      expect(depth).toBeGreaterThanOrEqual(0);
    }
    expect(depth).toBe(0);
    expect(read(file).match(/<!--/g)?.length ?? 0).toBe(
      read(file).match(/<!--(place:[a-z_.]+|\/place)-->/g)?.length ?? 0,
    );
  });

  it.each(files)("%s shows only symbols that there are, and hides them from readers", (file) => {
    const symbols = read("icons.svg");
    for (const use of bodyOf(file).querySelectorAll("use")) {
      expect(symbols).toContain(`<symbol id="${use.getAttribute("href")?.slice(1)}"`);
      expect(use.parentElement?.getAttribute("aria-hidden")).toBe("true");
    }
  });

  // Each page has the same places in all its languages but plain Finnish, which tells less.
  it.each(NAMES)("%s leaves the same places to the site in each language", (name) => {
    const places = (language: string) =>
      [...read(`${name}.${language}.html`).matchAll(/<!--place:([a-z_.]+)-->/g)].map(([, place]) => place);
    expect(places("sv")).toEqual(places("fi"));
    expect(places("en")).toEqual(places("fi"));
    expect(places("fi")).toEqual(expect.arrayContaining(places("selko")));
  });

  it("are short in plain Finnish: no sentence is longer than twelve words", () => {
    for (const name of NAMES) {
      const text = bodyOf(`${name}.selko.html`).textContent ?? "";
      for (const sentence of text.split(/[.!?:\n]/)) {
        expect(sentence.trim().split(/\s+/).length, sentence).toBeLessThanOrEqual(12);
      }
    }
  });
});
