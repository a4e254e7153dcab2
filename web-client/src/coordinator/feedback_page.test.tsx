import type { FeedbackDay, FeedbackResultsAnswer, Improvement } from "@protocol/api";
import { describe, expect, it, vi } from "vitest";
import { type Drawn, draw } from "../testing/draw";
import { drawForStaff } from "../testing/draw_staff";
import { ok } from "../testing/feedback_fixtures";
import * as make from "../testing/fixtures";
import { MUSTIKKA } from "../testing/staff_fixtures";
import { FeedbackPage } from "./feedback_page";
import type { FeedbackDesk } from "./feedback_requests";

const START = Date.UTC(2026, 11, 3, 7);

const day = (change: Partial<FeedbackDay> = {}): FeedbackDay => ({
  session: 3,
  theme: "Uni",
  series: "Syksy",
  starts_at: START,
  stage: "closed",
  answers: 31,
  words: 2,
  told: false,
  ...change,
});
const results = (change: Partial<FeedbackResultsAnswer> = {}): FeedbackResultsAnswer => ({
  session: 3,
  theme: "Uni",
  starts_at: START,
  stage: "closed",
  closes_at: START + 27 * 3_600_000,
  asked: 36,
  answers: 31,
  figures: [{ question: "felt", answered: 31, counts: [14, 10, 4, 1, 2] }],
  words: [
    { id: "0f", parts: ["Ääni pätki, mutta Vihtori soitti."] },
    { id: "1a", parts: ["Ohjaaja ei kuunnellut."], about_staff: true },
  ],
  ...change,
});
const improvement = (change: Partial<Improvement> = {}): Improvement => ({
  id: 7,
  version: 2,
  state: "draft",
  text: "Tauko on nyt 20 minuuttia.",
  days: [3],
  saved_at: START,
  ...change,
});

function fake(change: Partial<FeedbackDesk> = {}): FeedbackDesk {
  return {
    days: vi.fn(() => ok({ days: [day(), day({ session: 2, theme: "Opiskelu", words: 0 })] })),
    results: vi.fn(() => ok(results())),
    strike: vi.fn(() => ok(results({ words: [{ id: "0f", parts: ["Ääni pätki, mutta ", " soitti."] }] }))),
    note: vi.fn(() => ok({ person: 7 })),
    improvements: vi.fn(() => ok({ improvements: [] as Improvement[] })),
    save: vi.fn(() => ok({ improvements: [improvement()], saved: 7 })),
    ...change,
  };
}

const page = (desk: FeedbackDesk) => draw(() => <FeedbackPage desk={desk} />);
/** Days, then what came of one of them, then what changed by it: one question after the other. */
const settle = async (drawn: Drawn) => {
  for (let round = 0; round < 4; round += 1) await drawn.does(() => undefined);
};
const submit = (drawn: Drawn, form: string) =>
  drawn.does(() => {
    drawn.root.querySelector(form)?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  });

describe("what came of the feedback", () => {
  it("is a table that is the chart, how many of how many, and the words", async () => {
    const drawn = await page(fake());
    expect(drawn.words(".plan")).toContain("Uni 2 kommenttia, vastaa");
    expect(drawn.words(".plan")).toContain("Opiskelu Ei kommentteja");
    expect(drawn.words("main")).toContain("Palaute: Uni");
    expect(drawn.words("main")).toContain("31 vastasi 36:sta");
    expect(drawn.words(".figures")).toContain("Miltä tänään tuntui?");
    expect(drawn.words(".figures")).toContain("Hyvältä 14 (45 %)");
    expect(drawn.words(".figures")).toContain("En osaa sanoa 2 (6 %)");
    expect(drawn.words("main")).toContain("Koskee ohjaajaa: vain sinä näet");
  });

  it("shows no number where fewer than five answered, and says why", async () => {
    const { answers: _, asked: __, ...few } = results({ figures: [], words: [] });
    const { answers: ___, ...few_day } = day({ words: 0 });
    const desk = fake({ results: () => ok(few), days: () => ok({ days: [few_day] }) });
    const drawn = await page(desk);
    expect(drawn.words(".plan")).toContain("Alle 5, ei näytetä");
    expect(drawn.words("main")).toContain(
      "Alle viisi vastausta. Emme näytä lukua, jotta kukaan ei paljastu.",
    );
    expect(drawn.root.querySelector(".figures")).toBeNull();
  });

  it("strikes a name out of the words", async () => {
    const desk = fake();
    const drawn = await page(desk);
    await drawn.press("Poista nimi");
    await drawn.write("#strike-name", "Vihtori");
    await submit(drawn, "dialog form");
    expect(desk.strike).toHaveBeenCalledWith(3, "0f", "Vihtori");
    expect(drawn.words("main")).toContain("Ääni pätki, mutta [poistettu] soitti.");
  });

  it("says when the name is not there", async () => {
    const drawn = await page(fake({ strike: () => Promise.resolve({ kind: "unknown" }) }));
    await drawn.press("Poista nimi");
    await drawn.write("#strike-name", "Aino");
    await submit(drawn, "dialog form");
    expect(drawn.words("dialog")).toContain("Tekstissä ei ole sellaista.");
  });

  it("says when the name still stands, for another reason", async () => {
    const full = { kind: "refused", refusal: { word: "not_saving" } } as const;
    const drawn = await page(fake({ strike: () => Promise.resolve(full) }));
    await drawn.press("Poista nimi");
    await drawn.write("#strike-name", "Vihtori");
    await submit(drawn, "dialog form");
    expect(drawn.words("dialog")).toContain("Ei tallessa.");
    expect(drawn.words("dialog")).not.toContain("Tekstissä ei ole sellaista.");
  });
});

describe("what changed by it", () => {
  it("is written as a draft, and shown at the doors", async () => {
    const desk = fake();
    const drawn = await page(desk);
    await settle(drawn);
    await drawn.write("#improvement-text", "Tauko on nyt 20 minuuttia.");
    expect(drawn.words("#improvement-left")).toContain("274 merkkiä jäljellä.");
    await drawn.press("Tallenna luonnos");
    expect(desk.save).toHaveBeenCalledWith(3, {
      text: "Tauko on nyt 20 minuuttia.",
      days: [3],
      state: "draft",
    });
    expect(drawn.words("#improvement-left")).toContain("Tallessa.");
    await drawn.press("Näytä ovilla");
    expect(desk.save).toHaveBeenLastCalledWith(3, {
      id: 7,
      version: 2,
      text: "Tauko on nyt 20 minuuttia.",
      days: [3],
      state: "shown",
    });
  });

  it("shows the second of two writers both texts, and keeps theirs in the field", async () => {
    const desk = fake({
      improvements: vi
        .fn()
        .mockResolvedValueOnce({ kind: "ok", value: { improvements: [improvement()] } })
        .mockResolvedValue({
          kind: "ok",
          value: { improvements: [improvement({ version: 3, text: "Tauko on 25 minuuttia." })] },
        }),
      save: vi.fn(() => Promise.resolve({ kind: "refused", refusal: { word: "version_conflict" } } as const)),
    });
    const drawn = await page(desk);
    await settle(drawn);
    expect(drawn.root.querySelector<HTMLTextAreaElement>("#improvement-text")?.value).toBe(
      "Tauko on nyt 20 minuuttia.",
    );
    await drawn.write("#improvement-text", "Minun tekstini.");
    await drawn.press("Tallenna luonnos");
    expect(drawn.words("main")).toContain("Tauko on 25 minuuttia.");
    expect(drawn.root.querySelector<HTMLTextAreaElement>("#improvement-text")?.value).toBe("Minun tekstini.");
    await drawn.press("Tallenna luonnos");
    expect(desk.save).toHaveBeenLastCalledWith(
      3,
      expect.objectContaining({ version: 3, text: "Minun tekstini." }),
    );
  });
});

describe("while the room is there", () => {
  it("is opened by a press", async () => {
    const drawn = await drawForStaff(<FeedbackPage desk={fake()} here={3} />);
    // It can be opened on the next morning too.
    expect(drawn.words("main")).toContain("Se sulkeutuu itse teemakertaa seuraavana päivänä kello 12.");
    await drawn.press("Avaa palaute");
    expect(drawn.sent()).toEqual([{ type: "open_feedback" }]);
  });

  it("is among the days as soon as it is open, and its results come with the close", async () => {
    let stage: "not_open" | "open" | "closed" = "not_open";
    const { answers: _, ...open } = results({ stage: "open", figures: [], words: [] });
    const desk = fake({
      days: () => ok({ days: stage === "not_open" ? [] : [day({ stage })] }),
      results: () => ok(stage === "closed" ? results() : open),
    });
    const drawn = await drawForStaff(<FeedbackPage desk={desk} here={3} />);
    expect(drawn.words(".plan")).toBe("");
    stage = "open";
    await drawn.step({ type: "feedback", state: "open", closes_at: START });
    await settle(drawn);
    expect(drawn.words(".plan")).toBe("3.12. Uni Auki");
    expect(drawn.words("main")).toContain("Tulos näkyy, kun kysely on sulkeutunut.");
    stage = "closed";
    await drawn.step({ type: "feedback", state: "closed", closes_at: START, answers: 31 });
    await settle(drawn);
    expect(drawn.words("main")).toContain("31 vastasi 36:sta");
  });

  it("is noted for somebody on the phone", async () => {
    const desk = fake();
    const drawn = await drawForStaff(<FeedbackPage desk={desk} here={3} />);
    await drawn.step(
      { type: "feedback", state: "open", closes_at: START },
      make.person(MUSTIKKA, "Mustikka", { on_phone: true }),
    );
    const noting = [...drawn.root.querySelectorAll("button")].find((one) =>
      one.textContent?.includes("Kirjaa palaute puhelusta"),
    );
    expect(noting).toBeDefined();
    await drawn.does(() => noting?.click());
    await drawn.does(() => drawn.root.querySelector<HTMLInputElement>("#felt-poor")?.click());
    await submit(drawn, "dialog form");
    expect(desk.note).toHaveBeenCalledWith(3, { person: MUSTIKKA, answer: { felt: "poor" } });
  });
});
