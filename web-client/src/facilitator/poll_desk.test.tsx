import type { Change, Poll } from "@protocol";
import { beforeAll, describe, expect, it } from "vitest";
import { Refusals } from "../staff/refusals";
import { drawForStaff } from "../testing/draw_staff";
import { CLOCK } from "../testing/fakes";
import * as make from "../testing/fixtures";
import { MUSTIKKA, ROOM, without } from "../testing/staff_fixtures";
import { bringPollDesk, FloorPage } from "./page";

const NOW = CLOCK.room;
const desk = (...changes: Change[]) =>
  drawForStaff(
    <>
      <FloorPage />
      <Refusals />
    </>,
    { changes: [...ROOM, ...changes] },
  );
const draft = (change: Partial<Poll> = {}): Poll => {
  const { answered: _answered, opened_at: _opened, ...rest } = make.poll({ state: "draft", ...change });
  return rest;
};

beforeAll(async () => {
  await bringPollDesk();
});

describe("asking at once", () => {
  it("is a question and one press, and the question leaves its field when it has been taken", async () => {
    const page = await desk();
    const field = page.root.querySelector<HTMLInputElement>("input[maxlength='200'][id$='question']");
    await page.press("Kyllä / Ei / En osaa sanoa");
    expect(page.sent()).toEqual([]);
    await page.write(`#${CSS.escape(field?.id ?? "")}`, " Pidetäänkö tauko nyt? ");
    await page.press("Kyllä / Ei / En osaa sanoa");
    expect(page.sent()).toEqual([
      {
        type: "make_poll",
        question: "Pidetäänkö tauko nyt?",
        options: ["Kyllä", "Ei", "En osaa sanoa"],
        open: true,
      },
    ]);
    await page.refuse({ word: "poll_is_open", standing: 60 });
    expect(field?.value).toBe(" Pidetäänkö tauko nyt? ");
    expect(page.words(".refusals")).toContain("Toinen kysely on jo auki.");
    await page.press("Kyllä / Ei / En osaa sanoa");
    await page.done(make.poll());
    expect(field?.value).toBe("");
  });

  it("waits while another is open, and says so", async () => {
    const page = await desk(make.poll(), draft({ id: 70, question: "Mikä teema kiinnostaa?" }));
    expect(page.button("Kyllä / Ei / En osaa sanoa").getAttribute("aria-disabled")).toBe("true");
    expect(page.words("aside")).toContain("Vain yksi kysely voi olla auki. Sulje ensin edellinen.");
    await page.press("Avaa : Mikä teema kiinnostaa?");
    expect(page.sent()).toEqual([]);
  });

  it("has to wait for the doors, and a poll can be made ready before them", async () => {
    const page = await drawForStaff(<FloorPage />, {
      changes: [...without("room"), make.info({ phase: "planned" })],
    });
    expect(page.words("aside")).toContain("Kyselyn voi avata, kun ovet ovat auki.");
    await page.press("Tee kysely");
    expect(page.words()).toContain("Uusi kysely");
  });
});

describe("a poll that begins anew", () => {
  it("says so where fewer have answered than had, and not while more answer", async () => {
    const page = await desk(make.poll({ answered: 4 }));
    await page.step(make.poll({ answered: 5 }));
    expect(page.words(".polls")).not.toContain("alkoi alusta");
    await page.step(make.poll({ answered: 0 }));
    expect(page.words(".polls [role=status]")).toContain("Pyydä kaikkia vastaamaan uudelleen.");
  });
});

describe("the soft clock", () => {
  it("is off, tells how long the poll has been open, and reminds of it without closing anything", async () => {
    const page = await desk(make.poll({ opened_at: NOW - 30_000 }));
    expect(page.words(".polls")).toContain("Auki 0 min");
    const choice = page.root.querySelector<HTMLSelectElement>(".polls select");
    expect(choice?.value).toBe("0");
    await page.does(() => {
      if (!choice) return;
      choice.value = "2";
      choice.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await page.pass(60_000);
    expect(page.words(".polls")).not.toContain("on kulunut");
    await page.pass(60_000);
    expect(page.words(".polls")).toContain("2 min on kulunut. Kysely on yhä auki");
    expect(page.sent()).toEqual([]);
  });
});

describe("a poll made ahead", () => {
  it("is what was typed: empty lines are not there, and the right answer moves along", async () => {
    const page = await desk();
    await page.press("Omat vaihtoehdot");
    const write = (end: string, text: string) => {
      const field = page.root.querySelector(`dialog[open] [id$="${end}"]`);
      return page.write(`#${CSS.escape(field?.id ?? "")}`, text);
    };
    await page.press("Tallenna valmiiksi");
    await page.submit("dialog form");
    expect(page.words()).toContain("Kirjoita ensin kysymys.");
    await write("-question", "Montako tuntia?");
    await page.submit("dialog form");
    expect(page.words()).toContain("Kirjoita ainakin kaksi erilaista vaihtoehtoa.");
    await write("-option-0", "5–6");
    await write("-option-2", "7–9");
    await page.does(() => page.root.querySelector<HTMLInputElement>("dialog .tick input")?.click());
    await page.submit("dialog form");
    expect(page.words()).toContain("Merkitse oikea vastaus.");
    await page.choose("7–9");
    await write("-why", "Jollekin riittää vähempi.");
    await page.submit("dialog form");
    expect(page.sent()).toEqual([
      {
        type: "make_poll",
        question: "Montako tuntia?",
        options: ["5–6", "7–9"],
        choices_max: 1,
        right: [1],
        why: "Jollekin riittää vähempi.",
      },
    ]);
    await page.done();
    expect(page.root.querySelector("dialog[open]")).toBeNull();
  });

  it("that somebody else has changed meanwhile keeps both texts, and is saved anew on purpose", async () => {
    const page = await desk(draft({ options: ["Kyllä", "Ei"] }));
    await page.press("Muokkaa : Missä nukahdat helpoimmin?");
    await page.submit("dialog form");
    await page.step(draft({ question: "Missä nukut?", version: 2 }));
    await page.refuse({ word: "version_conflict", standing: 60 });
    expect(page.words()).toContain("Nyt siinä lukee: Missä nukut?");
    expect(page.root.querySelector(".refusals")).toBeNull();
    await page.submit("dialog form");
    expect(page.sent().at(-1)).toMatchObject({
      type: "change_poll",
      poll: 60,
      version: 2,
      options: ["Kyllä", "Ei"],
    });
  });

  it("is opened, changed or removed from the list", async () => {
    const page = await desk(draft({ choices_max: 2 }));
    expect(page.words("aside")).toContain("Kysely. 5 vaihtoehtoa, saa valita 2.");
    await page.press("Avaa : Missä nukahdat helpoimmin?");
    await page.press("Poista : Missä nukahdat helpoimmin?");
    expect(page.sent()).toEqual([
      { type: "open_poll", poll: 60 },
      { type: "withdraw_poll", poll: 60 },
    ]);
  });
});

describe("an open poll", () => {
  it("shows how many have answered and the options, never how many chose each, and is closed by a press", async () => {
    const page = await desk(make.poll({ answered: 14 }));
    expect(page.words(".item.open")).toContain("Auki nyt");
    expect(page.words(".item.open .tally")).toBe("14 / 36 on vastannut");
    expect(page.words(".item.open .vh")).toBe("14 ihmistä 36:sta on vastannut.");
    expect(page.root.querySelector(".figures")).toBeNull();
    await page.press("Sulje kysely");
    expect(page.sent()).toEqual([{ type: "close_poll", poll: 60 }]);
  });

  it("is withdrawn after a question", async () => {
    const page = await desk(make.poll());
    await page.press("Peru kysely");
    expect(page.words()).toContain("Vastaukset hävitetään, eikä niitä lasketa.");
    await page.press("Peru kysely");
    expect(page.sent()).toEqual([{ type: "withdraw_poll", poll: 60 }]);
  });

  it("takes what somebody on the phone chose, and nobody else's", async () => {
    const page = await desk(make.poll());
    await page.press("Kirjaa vastaus puhelusta");
    expect(page.words()).toContain("Kukaan ei ole puhelimessa.");
    await page.press("Sulje");
    await page.step(make.person(MUSTIKKA, "Mustikka", { on_phone: true }));
    await page.press("Kirjaa vastaus puhelusta");
    expect(page.words()).toContain("Tiedät tämän vastauksen.");
    await page.choose("Sohvalla");
    await page.submit("dialog form");
    expect(page.sent()).toEqual([{ type: "answer_poll_for", poll: 60, person: MUSTIKKA, options: [2] }]);
    await page.done({ type: "poll_answer", person: MUSTIKKA, poll: 60 });
    await page.press("Kirjaa vastaus puhelusta");
    expect(page.words()).toContain("Mustikka (kirjattu)");
  });
});

describe("a closed poll", () => {
  const closed = (change: Partial<Poll> = {}) =>
    make.quiz({
      state: "closed",
      answered: 22,
      counts: [4, 15, 3],
      right: [1],
      why: "Jollekin riittää vähempi.",
      closed_at: NOW,
      ...change,
    });

  it("shows the staff its result, and is shown to everyone with the reason as it is written now", async () => {
    const page = await desk(closed());
    const item = page.root.querySelector(".polls .item");
    expect(item?.textContent).toContain("Suljettu, ei vielä näytetty");
    expect(item?.querySelectorAll("tbody tr")[1]?.textContent?.replace(/\s+/g, " ").trim()).toBe(
      "7–9 tuntia Oikea vastaus 15 (68 %)",
    );
    const why = item?.querySelector("input");
    await page.write(`#${CSS.escape(why?.id ?? "")}`, "Keho palautuu.");
    await page.press("Näytä kaikille");
    expect(page.sent()).toEqual([{ type: "show_poll", poll: 61, why: "Keho palautuu." }]);
  });

  it("of fewer than five has no figures, and may be left unshown", async () => {
    const { counts: _counts, answered: _answered, ...few } = closed();
    const page = await desk(few);
    expect(page.words(".polls")).toContain("Alle 5 vastasi. Lukuja ei näytetä, ettei kukaan paljastu.");
    await page.press("Jätä näyttämättä");
    expect(page.sent()).toEqual([{ type: "withdraw_poll", poll: 61 }]);
  });

  it("that was shown stands among those of today", async () => {
    const {
      counts: _counts,
      answered: _answered,
      ...few
    } = make.shownPoll({ id: 58, question: "Oletko yövuorossa?" });
    const page = await desk(make.shownPoll(), few);
    expect(page.words("aside")).toContain("Missä nukahdat helpoimmin? 22 vastasi.");
    expect(page.words("aside")).toContain("Oletko yövuorossa? Alle 5 vastasi.");
  });
});
