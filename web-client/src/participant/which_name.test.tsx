import type { Change, Person } from "@protocol";
import { describe, expect, it, vi } from "vitest";
import { drawInRoom } from "../testing/draw";
import { ME } from "../testing/fakes";
import * as make from "../testing/fixtures";
import type { Language } from "../text/language";
import { Room } from "./room";
import { whichNameTexts } from "./text/which_name";

const me = (change: Partial<Person> = {}) => make.person(ME, "Mustikka", { second_name: "Pihla", ...change });

async function room(changes: readonly Change[] = [me()], language: Language = "fi") {
  const page = await drawInRoom(<Room onComeBack={() => undefined} />, [...make.LIVE, ...changes], {
    language,
  });
  await page.does(() => vi.dynamicImportSettled());
  const asked = () => page.words(".notices");
  const sent = () =>
    page.stand.socket.sent.flatMap((frame) =>
      frame.type === "command" ? [{ id: frame.id, ...frame.command }] : [],
    );
  return { ...page, asked, sent };
}

describe("two names on one link", () => {
  it("are asked about of the one concerned, and one press says which is right", async () => {
    const page = await room();
    expect(page.asked()).toContain("Onko nimesi Mustikka vai Pihla?");
    await page.press("Nimeni on Pihla");
    const [command] = page.sent();
    expect(command).toMatchObject({ type: "change_name", name: "Pihla" });
    // While it is on its way nothing is asked twice.
    expect(page.asked()).not.toContain("Onko nimesi");
    await page.does(() => page.stand.socket.say({ type: "outcome", id: command?.id ?? "", seq: 1 }));
    await page.step(make.person(ME, "Pihla"));
    expect(page.asked()).toContain("Kiitos. Nimesi on Pihla.");
    expect(page.asked()).not.toContain("Onko nimesi");
  });

  it("are asked about again when the answer is refused, with the reason", async () => {
    const page = await room();
    await page.press("Nimeni on Mustikka");
    await page.does(() =>
      page.stand.socket.say({
        type: "outcome",
        id: page.sent()[0]?.id ?? "",
        seq: 1,
        refusal: { word: "not_now" },
      }),
    );
    expect(page.asked()).toContain("Tätä ei voi tehdä juuri nyt.");
    expect(page.asked()).toContain("Onko nimesi Mustikka vai Pihla?");
  });

  it("put away stay away on this device, until there is a third", async () => {
    const page = await room();
    await page.press("Sulje");
    expect(page.asked()).not.toContain("Onko nimesi");
    expect(page.sent()).toEqual([]);
    await page.step(me({ presence: "away" }));
    expect(page.asked()).not.toContain("Onko nimesi");
    await page.step(me({ second_name: "Marja" }));
    expect(page.asked()).toContain("Onko nimesi Mustikka vai Marja?");
  });

  it("of two who share the link lead to help, with the words for it", async () => {
    const page = await room();
    await page.press("Joku muu käyttää tätä linkkiä kanssani");
    await page.press("Jokin muu");
    expect(page.root.querySelector<HTMLTextAreaElement>("#help-words")?.value).toBe(
      "Joku muu käyttää samaa linkkiä kanssani.",
    );
    expect(page.asked()).not.toContain("Onko nimesi");
  });

  it("are asked about of nobody who has one", async () => {
    const page = await room([make.person(ME, "Mustikka")]);
    expect(page.asked()).not.toContain("Onko nimesi");
  });

  it.each(["sv", "en"] as const)("are asked about in %s too", async (language) => {
    const page = await room([me()], language);
    expect(page.asked()).toContain(whichNameTexts[language].title("Mustikka", "Pihla"));
  });
});
