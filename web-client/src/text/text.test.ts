import { REFUSAL_WORDS } from "@protocol";
import { describe, expect, it } from "vitest";
import { absencesTexts } from "../absences/text";
import { ownPageTexts } from "../own_page/text";
import { asideTexts } from "../participant/text/aside";
import { doorTexts } from "../participant/text/door";
import { roomTexts } from "../participant/text/room";
import { speechTexts } from "../speech/text";
import { staffTexts } from "../staff/text";
import { voiceTexts } from "../voice/text";
import { common, refusalSentence } from "./common";
import { firstLanguage, LANGUAGES } from "./language";
import { sentence } from "./sentence";
import { aboutMinutes, clockSpan, clockTime, dayText, runningTime } from "./times";

type Tree = { readonly [key: string]: unknown };

/** Every path of a dictionary, with what kind of text stands there. */
function shape(texts: unknown, path = ""): string[] {
  if (typeof texts === "string" || typeof texts === "function") return [`${path}: ${typeof texts}`];
  return Object.entries(texts as Tree).flatMap(([key, value]) => shape(value, `${path}.${key}`));
}

function plainTexts(texts: unknown): string[] {
  if (typeof texts === "string") return [texts];
  return typeof texts === "object" ? Object.values(texts as Tree).flatMap(plainTexts) : [];
}

describe.each([
  ["common", common],
  ["door", doorTexts],
  ["room", roomTexts],
  ["aside", asideTexts],
  ["own page", ownPageTexts],
  ["absences", absencesTexts],
  ["staff", staffTexts],
  ["speech", speechTexts],
  ["voice", voiceTexts],
])("the %s dictionary", (_, dictionary) => {
  it.each(LANGUAGES)("is whole in %s", (language) => {
    expect(shape(dictionary[language]).sort()).toEqual(shape(dictionary.fi).sort());
    expect(plainTexts(dictionary[language]).filter((text) => text.trim() === "")).toEqual([]);
  });
});

describe("a refusal", () => {
  const somebody = () => "Moderaattori 2";

  it.each(LANGUAGES)("is a sentence that says why and what next, for every word, in %s", (language) => {
    for (const word of REFUSAL_WORDS) {
      const said = refusalSentence(common[language], { word, by: 3, wait_seconds: 20 }, somebody);
      expect(said, word).toMatch(/^\p{Lu}.*[.!?]$/u);
      expect(said, word).not.toMatch(/undefined|null|_/);
    }
  });

  it("names who was first, and how long to wait, when it is known", () => {
    expect(refusalSentence(common.fi, { word: "already_handled", by: 3 }, somebody)).toContain(
      "Moderaattori 2",
    );
    expect(refusalSentence(common.fi, { word: "already_handled" }, somebody)).toContain("Joku muu");
    expect(refusalSentence(common.en, { word: "slow_mode", wait_seconds: 20 }, somebody)).toContain(
      "20 seconds",
    );
  });

  it("of a later version is still answered in words", () => {
    expect(refusalSentence(common.en, { word: "too_round" as never }, somebody)).toBe(
      common.en.refusals.not_now({
        wait_seconds: undefined,
        who: "",
      }),
    );
  });
});

describe("the language", () => {
  it("is the one chosen before, else the browser's, else Finnish", () => {
    expect(firstLanguage("sv", ["en-GB"])).toBe("sv");
    expect(firstLanguage(null, ["de-DE", "en-GB", "fi"])).toBe("en");
    expect(firstLanguage("xx", ["de-DE"])).toBe("fi");
  });
});

describe("times", () => {
  const morning = Date.UTC(2026, 11, 3, 7);
  it("are Helsinki's, winter and summer", () => {
    expect(clockTime(Date.UTC(2026, 11, 3, 8, 4))).toBe("10.04");
    expect(clockTime(Date.UTC(2026, 5, 3, 8, 4))).toBe("11.04");
    expect(clockTime(Date.UTC(2026, 11, 3, 22, 0))).toBe("0.00");
    expect(clockSpan(morning, morning + 4 * 3_600_000)).toBe("9–13");
    expect(clockSpan(morning + 1_800_000, morning + 4 * 3_600_000)).toBe("9.30–13");
  });

  it("have a colon when they run", () => {
    expect([42_000, 134_999, 3_734_000, -5].map(runningTime)).toEqual(["0:42", "2:14", "1:02:14", "0:00"]);
  });

  it("name the day as it is said", () => {
    expect(LANGUAGES.map((language) => dayText(morning, language))).toEqual([
      "Torstaina 3.12.",
      "Torsdag 3.12",
      "Thursday 3 December",
    ]);
  });

  it("are never about nought minutes", () => {
    expect([0, 89_000, 91_000, 360_000].map(aboutMinutes)).toEqual([1, 1, 2, 6]);
  });
});

describe("what is left of a break", () => {
  it.each([
    ["fi", "noin 1 minuutti", "noin 2 minuuttia"],
    ["sv", "1 minut av", "2 minuter av"],
    ["en", "1 minute of", "2 minutes of"],
  ] as const)("is one minute or more, in %s", (language, one, two) => {
    expect(common[language].break_left(1)).toMatch(new RegExp(`${one}( |$)`));
    expect(common[language].break_left(2)).toContain(two);
  });
});

describe("somebody's words", () => {
  it("stand as a sentence among sentences", () => {
    expect(["liian pitkä", "Miksi?", " ok. "].map(sentence)).toEqual(["liian pitkä.", "Miksi?", "ok."]);
  });
});
