import type { Change } from "@protocol";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { DESK_ROWS, FakeDesk } from "../testing/desk_fixtures";
import { drawForStaff, type StaffPage } from "../testing/draw_staff";
import { CLOCK } from "../testing/fakes";
import * as make from "../testing/fixtures";
import * as staff from "../testing/staff_fixtures";
import { assignment, LETTER, MINUTE } from "../testing/work_fixtures";
import { WorkPage } from "./page";
import { bodyOf, formOf } from "./plan_page";
import { DeskRequestsContext } from "./requests";

async function desk(server = new FakeDesk(), changes: readonly Change[] = staff.ROOM) {
  const drawn = await drawForStaff(
    <DeskRequestsContext.Provider value={server.requests}>
      <WorkPage />
    </DeskRequestsContext.Provider>,
    { changes },
  );
  return { ...drawn, server };
}

const row = (page: StaffPage, name: string) =>
  [...page.root.querySelectorAll<HTMLButtonElement>(".plan button")].find((one) =>
    one.textContent?.includes(name),
  );
const open = (page: StaffPage, name: string) => page.does(() => row(page, name)?.click());

beforeEach(() => {
  vi.stubGlobal("indexedDB", undefined);
  return () => vi.unstubAllGlobals();
});

describe("the desk", () => {
  it("tells how things stand, and whose the rest is", async () => {
    const page = await desk();
    expect(page.words(".tally")).toBe(
      "7 / 9 palautettu 1 vastattu 3 odottaa sinua 2 vapaana 41 min vanhin odottanut",
    );
    expect(page.words(".seal")).toContain("6 vastaamatta: Ohjaaja 1 3, Moderaattori 1 1, vapaana 2.");
    expect(page.words(".seal")).toContain("Päivän voi päättää.");
    expect(page.words(".plan li:first-child")).toBe("18 min Tikka Pyytää soittoa");
  });

  it("says so when no assignment has been opened", async () => {
    const page = await desk(new FakeDesk(1, [], []));
    expect(page.words("main")).toContain("Tässä teemakerrassa ei ole avattua tehtävää.");
  });

  it("opens nobody's words before somebody is chosen", async () => {
    const { server } = await desk();
    expect(server.count("open")).toBe(0);
  });

  it("shows the work, the earlier one and the answer, and saves it when the writing rests", async () => {
    const page = await desk();
    await open(page, "Mustikka");
    expect(page.words(".item")).toContain("Milloin nukut parhaiten? Nukun parhaiten mökillä.");
    expect(page.words(".item")).toContain("Opiskelu ja työelämä");
    expect(page.words(".item")).toContain("Sinun. Vapautuu 9:1");
    expect(page.root.querySelector<HTMLTextAreaElement>("#answer")?.value).toBe(LETTER);
    await page.write("#answer", "Hei Mustikka!");
    expect(page.server.count("save")).toBe(0);
    await page.pass(2000);
    expect(page.server.asked.at(-1)).toEqual({
      what: "save",
      body: { person: 7, assignment: 5, version: 2, text: "Hei Mustikka!" },
    });
    expect(page.words("#answer-kept")).toBe("Tallessa kello 10.15. Näkyy vasta, kun lähetät.");
  });

  it("sends, goes on to the next, and lets the answer be taken back", async () => {
    const page = await desk();
    await open(page, "Mustikka");
    await page.submit(".item form");
    expect(page.server.rows.get(7)?.state).toBe("sent");
    expect(page.words(".item h2")).toBe("Tikka");
    expect(page.words("main")).toContain("Vastaus lähtee: Mustikka, 30 sekunnin päästä.");
    await page.press("Peru lähetys");
    expect(page.server.rows.get(7)?.state).toBe("answered");
    expect(page.words(".item h2")).toBe("Mustikka");
  });

  it("sends what a press has just made it save", async () => {
    const page = await desk();
    await open(page, "Poro");
    await page.write("#answer", "Hei Poro!");
    await page.does(() => {
      const field = page.root.querySelector("#answer");
      field?.dispatchEvent(new Event("blur"));
      field?.closest("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
    });
    expect(page.server.rows.get(15)?.state).toBe("sent");
  });

  it("shows the photos beside the words, with what their author said of them", async () => {
    URL.createObjectURL = () => "blob:picture";
    URL.revokeObjectURL = () => undefined;
    const page = await desk();
    page.server.opened.set(15, {
      photos: [
        { id: 7, description: "Teekuppi yöllä" },
        { id: 8, description: "" },
      ],
    });
    await open(page, "Poro");
    expect([...page.root.querySelectorAll("img")].map(({ alt }) => alt)).toEqual([
      "Teekuppi yöllä",
      "Kuva 2",
    ]);
    expect(page.root.querySelector("img")?.getAttribute("src")).toBe("blob:picture");
  });

  it("never sends a ready opening as it stands, and keeps what was written before it", async () => {
    const page = await desk();
    await open(page, "Poro");
    await page.press("Aloituslauseet");
    await page.does(() => page.root.querySelector<HTMLButtonElement>("dialog .choice")?.click());
    expect(page.root.querySelector<HTMLTextAreaElement>("#answer")?.value).toBe("Hei! Kiitos, että kerroit.");
    await page.submit(".item form");
    expect(page.words(".item .note")).toContain("Lisää omia sanoja. Teksti on sama kuin aloituslause.");
    expect(page.server.rows.get(15)?.state).not.toBe("sent");

    // What was refused has been saved all the same; to go on with it is no conflict.
    await page.write("#answer", "Hei! Kiitos, että kerroit. Nähdään!");
    await page.submit(".item form");
    expect(page.server.rows.get(15)?.state).toBe("sent");
  });

  it("takes what nobody has, and another's with a reason", async () => {
    const page = await desk();
    await page.choose("Vapaana 2");
    await open(page, "Hauki");
    expect(page.root.querySelector("#answer")).toBeNull();
    await page.press("Otan tämän");
    expect(page.server.rows.get(14)?.claimed_by).toBe(1);
    expect(page.root.querySelector("#answer")).not.toBeNull();
    await page.choose("Kaikki 7");
    await open(page, "Käpy");
    expect(page.words(".item")).toContain("Moderaattori 1 vastaa");
    await page.press("Ota itselle ja kerro syy");
    await page.write("input", "Otso on tauolla.");
    await page.submit("dialog form");
    expect(page.server.asked.find(({ what }) => what === "takeOver")?.body).toEqual({
      person: 10,
      assignment: 5,
      reason: "Otso on tauolla.",
    });
  });

  it("begins the lease of what was dealt out when it is opened", async () => {
    const page = await desk();
    await open(page, "Poro");
    expect(page.server.asked.filter(({ what }) => what === "claim")).toEqual([
      { what: "claim", body: { person: 15, assignment: 5 } },
    ]);
    expect(page.server.rows.get(15)?.claimed_until).toBeDefined();
  });

  it("renews the lease while somebody writes, and lets it go when nobody does", async () => {
    const page = await desk();
    await open(page, "Mustikka");
    await page.pass(4 * MINUTE + 15_000);
    expect(page.server.count("claim")).toBe(1);
    await page.pass(11 * MINUTE);
    expect(page.server.count("claim")).toBe(1);
  });

  it("shows both answers when another has written one meanwhile", async () => {
    const page = await desk();
    await open(page, "Mustikka");
    page.server.opened.set(7, { answer: { text: "Eeron vastaus", version: 3, by: 2 } });
    await page.write("#answer", "Minun vastaukseni");
    await page.pass(2000);
    expect(page.words(".item")).toContain("Minun tekstini Minun vastaukseni");
    expect(page.words(".item")).toContain("Toisen teksti Eeron vastaus");
    await page.press("Säilytä valittu");
    expect(page.server.opened.get(7)?.answer?.text).toBe("Minun vastaukseni");
  });

  it("keeps the answer when the line is cut, and says that it may be sent again", async () => {
    const page = await desk();
    await open(page, "Mustikka");
    await page.write("#answer", "Hei!");
    page.server.next.push("unreachable");
    await page.submit(".item form");
    expect(page.words(".item")).toContain("Vastaus ei ehkä lähtenyt. Lähetä uudelleen: se ei mene kahdesti.");
    expect(page.root.querySelector<HTMLTextAreaElement>("#answer")?.value).toBe("Hei!");
  });

  it("asks who to call, until somebody says what was done", async () => {
    const page = await desk();
    await open(page, "Tikka");
    expect(page.root.querySelector(".note.help a")?.getAttribute("href")).toBe("tel:0000000012");
    await page.write("#worry-done", "Soitettu. Kaikki hyvin.");
    await page.submit(".note.help form");
    expect(page.server.rows.get(11)?.wants_call).toBe(false);
    expect(page.words(".plan li:first-child")).toContain("Poro");
  });

  it("deals what nobody has among those who are chosen", async () => {
    const page = await desk();
    await page.press("Jaa vapaat tasan");
    expect(page.words("dialog")).toContain("Jaa 2 vapaata tasan");
    await page.does(() =>
      page.root.querySelector<HTMLInputElement>("dialog .seg label:nth-of-type(2) input")?.click(),
    );
    await page.submit("dialog form");
    expect(page.server.asked.find(({ what }) => what === "deal")?.body).toEqual({
      assignment: 5,
      among: [1, 4],
    });
  });

  it("writes down what was told on the phone", async () => {
    const page = await desk();
    await page.press("Kirjaa puhelu tai paperi");
    await page.write("#written-0", "Nukun hyvin.");
    await page.submit("dialog form");
    const { body } = page.server.asked.find(({ what }) => what === "writeDown") ?? {};
    expect(body).toMatchObject({ source: "phone", fields: ["Nukun hyvin.", "", ""] });
    expect(page.root.querySelector("dialog[open]")).toBeNull();
  });

  it("keeps what was written down when it is refused", async () => {
    const page = await desk();
    await page.press("Kirjaa puhelu tai paperi");
    await page.write("#written-0", "Nukun hyvin.");
    page.server.next.push({ word: "text_not_allowed" });
    await page.submit("dialog form");
    expect(page.root.querySelector<HTMLTextAreaElement>("#written-0")?.value).toBe("Nukun hyvin.");
    expect(page.words("dialog .note")).toContain("merkkejä, joita ei voi näyttää");
  });

  it("prints an answer that has left as a letter, opened once more, and leaves nothing in the page", async () => {
    const page = await desk();
    const left = CLOCK.utc - 20 * MINUTE;
    page.server.opened.set(9, {
      sent: [
        { text: "Hei Kanerva!\n\nKiitos kirjeestäsi.", sent_at: left, by: 2 },
        { text: "Korjaus, joka ei ole vielä lähtenyt.", sent_at: CLOCK.utc + 20_000, by: 1 },
      ],
    });
    const seen: string[] = [];
    vi.stubGlobal("print", () => seen.push(document.querySelector(".letter-out")?.textContent ?? ""));
    await page.choose("Kaikki 7");
    await open(page, "Kanerva");
    const opened = page.server.count("open");
    await page.press("Tulosta kirje");
    expect(page.server.count("open")).toBe(opened + 1);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toContain("Kanerva");
    expect(seen[0]).toContain("Hei Kanerva!\n\nKiitos kirjeestäsi.");
    expect(seen[0]).toContain("Ohjaaja 2");
    expect(seen[0]).not.toContain("Korjaus");
    expect(document.querySelector(".letter-out")).toBeNull();
  });

  it("asks again when the room says that something has happened", async () => {
    const page = await desk();
    page.server.rows.set(8, { ...DESK_ROWS[0], person: 8, assignment: 5, state: "returned" });
    await page.step({
      type: "submission",
      id: 108,
      assignment: 5,
      person: 8,
      state: "returned",
      version: 2,
      source: "own",
      late: false,
    });
    expect(page.words(".tally")).toContain("8 / 9 palautettu");
  });
});

describe("the form", () => {
  const items = [
    { id: 1, kind: "talk", title: "Mitä uni on" },
    { id: 9, kind: "assignment", title: "Oma tehtävä" },
  ];

  it("opens with the item of the programme that is for it", () => {
    expect(formOf(null, items).item).toBe(9);
    expect(formOf(assignment(), items).item).toBeNull();
  });

  it("sends questions that have words, and the version that was read", () => {
    const form = formOf(assignment({ version: 3 }), items);
    const [first, ...rest] = form.questions;
    const body = bodyOf({ ...form, questions: [...(first ? [first] : []), ...rest, { key: 9, text: "  " }] });
    expect(body).toMatchObject({ id: 5, version: 3, questions: assignment().questions });
  });

  it("shows what a participant will see, and saves it", async () => {
    const page = await desk(new FakeDesk(1, [], []), [
      ...staff.without("agenda"),
      make.agenda({ items: [{ id: 9, kind: "assignment", title: "Oma tehtävä", minutes: 60 }], current: 9 }),
    ]);
    await page.press("Suunnittele tehtävä");
    await page.write("#plan-title", "Millainen on sinun yösi?");
    await page.write("[aria-label='Kysymys 1']", "Milloin nukut parhaiten?");
    expect(page.words(".as-seen")).toContain("Millainen on sinun yösi?");
    expect(page.words(".as-seen")).toContain("Milloin nukut parhaiten?");
    expect(page.root.querySelector(".as-seen")?.hasAttribute("inert")).toBe(true);
    await page.submit("main form");
    expect(page.server.asked.find(({ what }) => what === "plan")?.body).toEqual({
      title: "Millainen on sinun yösi?",
      text: "",
      questions: ["Milloin nukut parhaiten?"],
      item: 9,
      minutes: 30,
      ways: ["text", "phone", "paper"],
    });
    expect(page.words("main")).toContain("Tallennettu.");
    await page.press("Avaa tehtävä");
    expect(page.sent()).toEqual([{ type: "open_assignment", assignment: 6 }]);
  });

  it("has photos among its ways where they can be taken, and says where they cannot", async () => {
    const page = await desk();
    await page.press("Suunnittele tehtävä");
    const ways = (one: StaffPage) =>
      [...one.root.querySelectorAll("fieldset.many label")].map((label) => label.textContent?.trim());
    expect(ways(page)).toContain("Kuvalla");
    expect(page.words("main")).not.toContain("Kuvat eivät ole käytössä");

    const server = new FakeDesk();
    server.takes_photos = false;
    const without = await desk(server);
    await without.press("Suunnittele tehtävä");
    expect(ways(without)).not.toContain("Kuvalla");
    expect(without.words("main")).toContain("Kuvat eivät ole käytössä tällä palvelimella.");
  });

  it("is made once where the answer was lost", async () => {
    const page = await desk();
    await page.press("Suunnittele tehtävä");
    await page.press("Uusi tehtävä");
    await page.write("#plan-title", "Piirrä yösi");
    page.server.next.push("lost");
    await page.submit("main form");
    expect(page.words("main")).not.toContain("Tallennettu.");
    await page.submit("main form");
    expect(page.words("main")).toContain("Tallennettu.");
    expect(page.server.assignments.map(({ title }) => title)).toEqual([assignment().title, "Piirrä yösi"]);
  });

  it("keeps what was typed when somebody else has changed it", async () => {
    const page = await desk();
    await page.press("Suunnittele tehtävä");
    await page.write("#plan-title", "Minun otsikkoni");
    page.server.assignments = [assignment({ version: 2, title: "Toisen otsikko" })];
    await page.submit("main form");
    expect(page.words("main")).toContain("Joku muu muutti tehtävää.");
    expect(page.root.querySelector<HTMLInputElement>("#plan-title")?.value).toBe("Minun otsikkoni");
    await page.press("Näytä uusi");
    expect(page.root.querySelector<HTMLInputElement>("#plan-title")?.value).toBe("Toisen otsikko");
  });
});
