import type { Change } from "@protocol";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { bringAside, bringWork } from "../participant/plain";
import { Room } from "../participant/room";
import { polls } from "../participant/use_polls";
import { draw, drawInRoom } from "../testing/draw";
import { CLOCK, FakeKeep } from "../testing/fakes";
import * as make from "../testing/fixtures";
import { assignment, FakeWork, fetchOf, LETTER, MINUTE, submission, WRITTEN } from "../testing/work_fixtures";
import { WorkOnOwnPage } from "./work";

const SECRET = { secret: "s".repeat(22) };

const opened: Change = { type: "assignment", id: 5, state: "open", version: 1, minutes: 30 };
const its_time = [
  ...make.LIVE.filter(({ type }) => !["agenda", "turn", "floor_request"].includes(type)),
  make.agenda({
    items: [{ id: 9, kind: "assignment", title: "Oma tehtävä", minutes: 60 }],
    current: 9,
  }),
  opened,
];
const of_mine = (change: Partial<Extract<Change, { type: "submission" }>> = {}): Change => ({
  type: "submission",
  id: 80,
  assignment: 5,
  person: 7,
  state: "returned",
  version: 1,
  source: "own",
  late: false,
  ...change,
});

async function room(work: FakeWork, changes: readonly Change[] = its_time) {
  vi.stubGlobal("fetch", fetchOf(work));
  const keep = new FakeKeep();
  keep.set("key", JSON.stringify(SECRET));
  const page = await drawInRoom(<Room onComeBack={() => undefined} />, changes, { keep });
  // The file of the work comes, and asks.
  for (let turn = 0; turn < 6; turn += 1) await page.does(() => new Promise((done) => setTimeout(done)));
  return page;
}

/** Answers over HTTP come by the real `ask`, which takes a few more turns. */
const settle = async (page: { does(step: () => Promise<void>): Promise<void> }) => {
  for (let turn = 0; turn < 4; turn += 1) await page.does(() => new Promise((done) => setTimeout(done)));
};

beforeAll(async () => {
  await bringAside();
  await bringWork();
  await polls.bring();
});
beforeEach(() => vi.stubGlobal("indexedDB", undefined));
afterEach(() => vi.unstubAllGlobals());

describe("in the room", () => {
  it("is the main act while its item is on, and the turn is beside it", async () => {
    const page = await room(new FakeWork());
    expect(page.words(".dock")).toContain("Tee päivän tehtävä");
    expect(page.button("Tee päivän tehtävä").className).toContain("main");
    expect(page.button("Pyydä puheenvuoro").className).not.toContain("big");
  });

  it("gives way to a poll, which waits behind one line while the work is open", async () => {
    const page = await room(new FakeWork(), [...its_time, make.poll()]);
    expect(page.button("Vastaa").className).toContain("main");
    expect(page.button("Tee päivän tehtävä").className).toContain("plain");
    await page.press("Tee päivän tehtävä");
    await page.write("#work-field", "Nukun");
    expect(page.root.querySelector(".poll")).toBeNull();
    expect(page.words(".theme")).toContain("Millainen on sinun yösi?");
    expect(page.words(".dock")).toContain("Seuraava");
    await page.press("Kysely on auki. Vastaa siihen.");
    expect(page.words(".poll")).toContain("Kukaan ei näe, mitä sinä valitset.");
    expect(document.activeElement?.id).toBe(page.root.querySelector("#poll-options input")?.id);
    await page.press("Jatka päivän tehtävää");
    expect(page.root.querySelector<HTMLTextAreaElement>("#work-field")?.value).toBe("Nukun");
    await page.step(make.poll({ state: "closed", answered: 6, closed_at: CLOCK.room }));
    expect(page.root.querySelector<HTMLTextAreaElement>("#work-field")?.value).toBe("Nukun");
    expect(page.words(".dock")).not.toContain("Kysely");
    expect(page.words(".dock")).toContain("Seuraava");
  });

  it("is nothing where there is no assignment", async () => {
    const work = new FakeWork();
    const page = await room(work, make.LIVE);
    expect(page.words(".dock")).not.toContain("tehtävä");
    expect(work.asked).toEqual([]);
  });

  it("is written one question at a time, read through and returned", async () => {
    const work = new FakeWork();
    const page = await room(work);
    await page.press("Tee päivän tehtävä");
    expect(page.words("main")).toContain("Kysymys 1 / 3 Milloin nukut parhaiten?");
    await page.write("#work-field", WRITTEN[0] ?? "");
    await page.press("Seuraava");
    await settle(page);
    expect(page.words("main")).toContain("Kysymys 2 / 3 Mikä vie sinulta unta?");
    expect(page.words("#work-kept")).toBe("Tallessa kello 10.15.");
    await page.write("#work-field", WRITTEN[1] ?? "");
    await page.press("Seuraava");
    await page.press("Seuraava");
    expect(page.words("main")).toContain("Kaikki kysymykset on käyty läpi");
    expect(page.words("main")).toContain("Ei vastausta. Saat jättää kysymyksen väliin.");
    await page.press("Palauta tehtävä");
    await settle(page);
    expect(page.words("main")).toContain("Kiitos. Tehtäväsi on perillä. Palautettu Kello 10.16.");
    expect(page.root.querySelector("[aria-live=polite]")?.textContent).toBe("Kiitos. Tehtäväsi on perillä.");
    expect(work.mine).toMatchObject({
      state: "returned",
      fields: [WRITTEN[0], WRITTEN[1], ""],
      sharing: "no",
    });
    // The turn is the main act again.
    expect(page.button("Pyydä puheenvuoro").className).toContain("big");
  });

  it("says when the words are on this device only, and that there is nothing to return", async () => {
    vi.stubGlobal("indexedDB", undefined);
    const work = new FakeWork();
    const page = await room(work);
    await page.press("Tee päivän tehtävä");
    work.next.push("unreachable");
    await page.write("#work-field", "Nukun");
    await page.pass(2000);
    await settle(page);
    expect(page.words("#work-kept")).toBe("Teksti ei ole vielä tallessa. Pidä tämä sivu auki.");
    await page.write("#work-field", "");
    await page.press("Seuraava");
    await page.press("Seuraava");
    await page.press("Seuraava");
    expect(page.button("Palauta tehtävä").getAttribute("aria-disabled")).toBe("true");
    expect(page.words(".dock")).toContain("Kirjoita ensin jotain. Yksi lause riittää.");
  });

  it("is taken back while nobody has it, and then says who has", async () => {
    const work = new FakeWork(
      submission({ state: "returned", fields: WRITTEN, may_take_back: true, returned_at: CLOCK.utc }),
    );
    const page = await room(work, [...its_time, of_mine()]);
    await page.press("Päivän tehtävä");
    await page.press("Ota takaisin ja muuta");
    await settle(page);
    expect(page.words("main")).toContain("Kysymys 3 / 3");
    work.become({ state: "assigned", claimed_by: 1, claimed_name: "Aino", may_take_back: false });
    await page.step(of_mine({ state: "assigned", version: 3, claimed_by: 1 }));
    await settle(page);
    expect(page.words("main")).toContain("Aino vastaa sinulle");
    expect(page.words("main")).toContain("Aino on ottanut tehtäväsi, joten et voi enää ottaa sitä takaisin.");
    expect(page.words("main")).not.toContain("Ota takaisin ja muuta");
  });

  it("asks for a call to answer on the phone", async () => {
    const work = new FakeWork();
    const page = await room(work);
    await page.press("Tee päivän tehtävä");
    await page.press("Vastaan puhelimessa");
    await page.write("#work-number", "040 000 0007");
    await page.does(() => page.root.querySelector<HTMLFormElement>("#work form")?.requestSubmit());
    await settle(page);
    expect(work.asked.at(-1)).toEqual({
      what: "wish",
      body: { assignment: 5, answers_by_phone: true, call_back: "040 000 0007" },
    });
    expect(page.words("main")).toContain("Soitamme sinulle. Voit kertoa vastauksesi puhelimessa.");
  });

  it("shows both texts of two devices", async () => {
    const work = new FakeWork(
      submission({ fields: ["Tässä", "", ""], other: { fields: ["Tuossa"], saved_at: CLOCK.utc } }),
    );
    const page = await room(work);
    await page.press("Jatka päivän tehtävää");
    expect(page.words("main")).toContain("Tämän laitteen teksti");
    expect(page.words("main")).toContain("Tässä");
    expect(page.words("main")).toContain("Toinen teksti, kello 10.14");
    expect(page.words("main")).toContain("Tuossa");
    await page.press("Säilytä valittu");
    await settle(page);
    expect(page.words("main")).toContain("Kysymys 2 / 3");
    expect(work.mine?.other).toBeUndefined();
  });

  it("tells of the answer once, shows it on a press, and says that it was read after two seconds", async () => {
    const work = new FakeWork(submission({ state: "assigned", fields: WRITTEN, claimed_name: "Aino" }));
    const page = await room(work, [...its_time, of_mine({ state: "assigned" })]);
    work.become({
      state: "sent",
      answers: [{ text: LETTER, by: 1, name: "Aino", sent_at: CLOCK.utc + MINUTE }],
    });
    await page.step(of_mine({ state: "sent", version: 2 }));
    await settle(page);
    expect(page.root.querySelector("[aria-live=polite]")?.textContent).toBe("Aino vastasi sinulle");
    expect(page.words(".notices")).toContain("Aino vastasi sinulle.");
    expect(page.words()).not.toContain("Kiitos, että kerroit yöstäsi.");
    await page.press("Lue vastaus");
    expect(page.words(".letter")).toContain("Hei Mustikka! Kiitos, että kerroit yöstäsi. Et ole yksin.");
    expect(work.count("read")).toBe(0);
    await page.pass(2000);
    await settle(page);
    expect(work.mine?.state).toBe("read");
    await page.write("#work-thanks", "Kiitos!");
    await page.does(() => page.root.querySelector<HTMLFormElement>(".slip")?.requestSubmit());
    await settle(page);
    expect(page.words(".slip")).toBe("Lähetit tämän: Kiitos!");
    expect(work.mine?.thanks).toBe("Kiitos!");
  });

  it("keeps a line of thanks that could not be sent", async () => {
    const answers = [{ text: "Hei", by: 1, name: "Aino", sent_at: CLOCK.utc }];
    const work = new FakeWork(submission({ state: "read", fields: WRITTEN, answers }));
    const page = await room(work, [...its_time, of_mine({ state: "read" })]);
    await page.press("Päivän tehtävä");
    await page.write("#work-thanks", "Kiitos!");
    work.next.push("unreachable");
    await page.does(() => page.root.querySelector<HTMLFormElement>(".slip")?.requestSubmit());
    await settle(page);
    expect(page.words(".slip")).toContain("Yhteys on poikki. Yritä hetken päästä uudelleen.");
    expect(page.root.querySelector<HTMLTextAreaElement>("#work-thanks")?.value).toBe("Kiitos!");
    expect(page.app.keep.get("draft_thanks")).toBe("5:Kiitos!");
  });

  it("says that the time is over, and shows what was written", async () => {
    const work = new FakeWork(submission({ fields: WRITTEN }), [assignment({ state: "closed" })]);
    const page = await room(work, [...its_time, { ...opened, state: "closed" } as Change]);
    await page.press("Päivän tehtävä");
    expect(page.words("main")).toContain("Tehtävän aika on ohi Tekstisi on tallessa.");
    expect(page.words("main")).toContain(WRITTEN[0]);
  });

  it("lets one choose where two are open", async () => {
    const work = new FakeWork(undefined, [
      assignment({ is_choice: true }),
      assignment({ id: 6, title: "Piirrä yösi", questions: [], is_choice: true }),
    ]);
    const page = await room(work);
    await page.press("Tee päivän tehtävä");
    expect(page.words("main")).toContain("Valitse yksi.");
    const cards = [...page.root.querySelectorAll<HTMLButtonElement>("main .sheet button")];
    await page.does(() => cards[1]?.click());
    expect(page.words(".theme h1")).toContain("Piirrä yösi");
    expect(page.root.querySelector("#work-field")).not.toBeNull();
  });
});

describe("on the own page", () => {
  async function ownPage(work: FakeWork) {
    vi.stubGlobal("fetch", fetchOf(work));
    const page = await draw(() => <WorkOnOwnPage pass={SECRET} phone="09 000 0000" />);
    await settle(page);
    return page;
  }
  const answers = [{ text: LETTER, by: 1, name: "Aino", sent_at: CLOCK.utc }];

  it("is nothing where there is no assignment", async () => {
    const page = await ownPage(new FakeWork(undefined, []));
    expect(page.words()).toBe("");
  });

  it("shows words after a press, and hides them when nobody presses for ten minutes", async () => {
    const work = new FakeWork(submission({ state: "sent", fields: WRITTEN, answers }));
    const page = await ownPage(work);
    expect(page.words()).toContain("Aino vastasi sinulle");
    expect(page.words()).not.toContain("Et ole yksin");
    await page.press("Lue vastaus");
    expect(page.words()).toContain("Et ole yksin");
    await page.pass(9 * MINUTE);
    await page.does(() => void document.body.dispatchEvent(new Event("pointerdown", { bubbles: true })));
    await page.pass(9 * MINUTE);
    expect(page.words()).toContain("Et ole yksin");
    await page.pass(MINUTE);
    expect(page.words()).not.toContain("Et ole yksin");
    expect(page.words()).toContain("Lue vastaus");
  });

  it("goes on with what was begun in the room", async () => {
    const work = new FakeWork(submission({ fields: WRITTEN, saved_at: CLOCK.utc }));
    const page = await ownPage(work);
    expect(page.words()).not.toContain("mökillä");
    await page.press("Jatka päivän tehtävää");
    expect(page.words()).toContain("Kysymys 3 / 3");
    await page.press("Seuraava");
    await page.press("Palauta tehtävä");
    await settle(page);
    expect(work.mine?.state).toBe("returned");
    expect(page.words()).toContain("Kiitos. Tehtäväsi on perillä.");
  });
});
