import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { Key } from "../connection/entrance";
import { draw } from "../testing/draw";
import { CodeForm, codeCharacters } from "./code_form";
import { doorTexts } from "./text/door";

const boxesOf = (root: ParentNode) => [...root.querySelectorAll<HTMLInputElement>(".boxes input")];
const shown = (root: ParentNode) =>
  boxesOf(root)
    .map(({ value }) => value || "·")
    .join("");

async function form(onKey = vi.fn((_: Key) => Promise.resolve("unknown" as const))) {
  const drawn = await draw(() => <CodeForm onKey={onKey} />);
  const type = (at: number, text: string) =>
    drawn.does(() => {
      const box = boxesOf(drawn.root)[at];
      if (!box) throw new Error("no such box");
      box.value = text;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    });
  const submit = () =>
    drawn.does(() => {
      drawn.root
        .querySelector("form")
        ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    });
  return { drawn, onKey, type, submit };
}

describe("the eight boxes of a code", () => {
  it("forgive case, spaces and whatever stands between", () => {
    expect(codeCharacters(" k7pm-4r xt ")).toBe("K7PM4RXT");
    expect(codeCharacters("K7PM 4RXT and more")).toBe("K7PM4RXT");
    expect(codeCharacters("äö–")).toBe("");
  });

  it("are filled one by one, or by a whole code in one of them", async () => {
    const { drawn, type } = await form();
    expect(boxesOf(drawn.root)).toHaveLength(8);
    await type(0, "k");
    await type(1, "7");
    expect(shown(drawn.root)).toBe("K7······");
    await type(0, "k7pm 4rxt");
    expect(shown(drawn.root)).toBe("K7PM4RXT");
  });

  it("take a new character in the place of the old one", async () => {
    const { drawn, type } = await form();
    await type(0, "K7PM4RXT");
    await type(2, "PH");
    expect(shown(drawn.root)).toBe("K7HM4RXT");
  });

  it("say what is missing, and ask with the whole code only", async () => {
    const { drawn, onKey, type, submit } = await form();
    await type(0, "K7PM");
    await submit();
    expect(onKey).not.toHaveBeenCalled();
    expect(drawn.words("form")).toContain("Koodista puuttuu merkkejä.");
    await type(4, "4RXT");
    await submit();
    expect(onKey).toHaveBeenCalledWith({ code: "K7PM4RXT" });
    expect(drawn.words("form")).toContain("Tällä koodilla ei löydy kutsua.");
  });
});

describe("what is pasted into the boxes", () => {
  const paste = async (text: string) => {
    const { drawn, onKey } = await form();
    await drawn.does(() => {
      const pasted = new Event("paste", { bubbles: true, cancelable: true });
      Object.assign(pasted, { clipboardData: { getData: () => text } });
      boxesOf(drawn.root)[3]?.dispatchEvent(pasted);
    });
    return { drawn, onKey };
  };

  it("is the code, whatever stands around it and in whichever box", async () => {
    const { drawn, onKey } = await paste("Puhelinkoodi: 2793 8f2p. Nähdään!");
    expect(shown(drawn.root)).toBe("27938F2P");
    expect(onKey).not.toHaveBeenCalled();
  });

  it("or the link itself, which is then opened", async () => {
    const secret = "AbCdEfGhIjKlMnOpQrStUQ";
    const { drawn, onKey } = await paste(`https://cafe.example.fi/#${secret}?utm_source=sms`);
    expect(onKey).toHaveBeenCalledWith({ secret });
    expect(drawn.words("form")).toContain("Linkistä puuttuu ehkä pala.");
  });
});

describe("the netiquette's own page", () => {
  it("says what the door says, in every language", () => {
    const page = readFileSync(resolve(import.meta.dirname, "../../netiquette.html"), "utf8");
    for (const texts of Object.values(doorTexts)) {
      expect(page).toContain(`>${texts.together}<`);
      for (const manner of texts.manners) expect(page).toContain(`<span>${manner}</span>`);
    }
  });
});
