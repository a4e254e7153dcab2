import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { Cable } from "./cable";
import { FIRST, giveIn, SECOND, write } from "./own_work";
import { comeIn, comeToWork, DESK, type Link, PHONE } from "./running_site";
import { beginSession, look, nth, openStage, setPassword, tabTo } from "./story";

// The day's assignment, from the form that makes it to the answer that is read after the day, and what of it anybody
// else gets to know.

const stage = openStage();

interface Desk {
  rows: { person: number; state?: string; source?: string; returned_at?: number }[];
}

/** On to the item of the programme. */
async function goTo(facilitator: Page, item: string) {
  const programme = facilitator.getByRole("region", { name: "Ohjelma" });
  for (const current = programme.locator("[aria-current]"); ; ) {
    const before = await current.innerText();
    if (before.includes(item)) return;
    await facilitator.getByRole("button", { name: "Seuraava kohta" }).click();
    await expect.poll(() => current.innerText()).not.toBe(before);
  }
}

/** A session whose assignment has begun with its item. */
async function beginWork(names: string[], theme?: string) {
  const { site, devices } = stage;
  const plan = await site.plan(names, theme);
  const { agenda } = await site.api<{ agenda: { id: number; kind: string }[] }>(
    "GET",
    `/api/sessions/${plan.id}`,
  );
  await site.api("POST", `/api/sessions/${plan.id}/assignments`, {
    title: "Millainen on sinun yösi?",
    text: "",
    questions: [FIRST, SECOND],
    item: agenda.find(({ kind }) => kind === "assignment")?.id,
    minutes: 30,
    ways: ["text", "phone"],
  });
  const facilitator = await beginSession(devices, plan);
  await goTo(facilitator, "Oma tehtävä");
  return { plan, facilitator };
}

test("planned, begun with its item, drafted over a cut line, returned once though the server is killed", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1", "Osallistuja 2"]);
  const facilitator = await beginSession(devices, plan);
  await facilitator.getByRole("link", { name: "Tehtävät" }).click();
  await facilitator.getByRole("button", { name: "Suunnittele tehtävä" }).click();
  await facilitator.getByLabel("Otsikko").fill("Millainen on sinun yösi?");
  await facilitator.getByLabel("Johdanto").fill("Mieti omaa untasi. Mikään vastaus ei ole väärä.");
  await facilitator.getByLabel("Kysymys 1", { exact: true }).fill(FIRST);
  await facilitator.getByRole("button", { name: "Lisää kysymys" }).click();
  await facilitator.getByLabel("Kysymys 2", { exact: true }).fill(SECOND);
  await facilitator.getByLabel("Vihje, jos on vaikea alkaa").fill("Yksi lause riittää.");
  const seen = facilitator.getByRole("complementary", { name: "Näin osallistuja näkee sen" });
  await seen.getByText(FIRST).waitFor();
  await look(facilitator, "work-plan");
  await facilitator.getByRole("button", { name: "Tallenna", exact: true }).click();
  await facilitator.getByText("Tallennettu.").first().waitFor();
  await facilitator.getByRole("link", { name: "Puheenvuorot" }).click();

  const cable = await Cable.lay();
  const mustikka = await comeIn(devices, nth(plan.people), "Mustikka", PHONE, cable);
  await mustikka.getByRole("button", { name: "Pyydä puheenvuoro" }).waitFor();
  expect(await mustikka.getByRole("button", { name: /tehtävä/ }).count()).toBe(0);
  await goTo(facilitator, "Oma tehtävä");
  await mustikka.getByRole("button", { name: "Tee päivän tehtävä" }).click();
  await mustikka.getByText("Mieti omaa untasi.").waitFor();
  await look(mustikka, "work-question");

  const field = mustikka.getByRole("textbox", { name: FIRST });
  await field.fill("Mökillä.");
  await mustikka.getByText("Tallessa kello").waitFor();
  cable.cut();
  await field.fill("Mökillä. Siellä on pimeää.");
  await mustikka.getByText("Tallessa vain tällä laitteella. Yhteys on poikki.").waitFor();
  await look(mustikka, "work-offline");
  cable.mend();
  await mustikka.getByText("Tallessa kello").waitFor();
  await mustikka.reload();
  await mustikka.getByRole("button", { name: "Jatka päivän tehtävää" }).click();
  await mustikka.getByRole("button", { name: "Edellinen" }).click();
  await expect.poll(() => field.inputValue()).toBe("Mökillä. Siellä on pimeää.");
  await mustikka.getByRole("button", { name: "Seuraava" }).click();
  await mustikka.getByRole("textbox", { name: SECOND }).fill("Raha-asiat.");
  await mustikka.getByRole("button", { name: "Seuraava" }).click();
  await mustikka.getByRole("heading", { name: "Kaikki kysymykset on käyty läpi" }).waitFor();
  await look(mustikka, "work-review");

  // The server has it, and is killed before the device is told.
  const desk = () => site.api<Desk>("GET", `/api/sessions/${plan.id}/work`);
  let returned_at: number | undefined;
  await mustikka.route(
    "**/api/work/return",
    async (route) => {
      cable.cut();
      await site.api("POST", "/api/work/return", route.request().postDataJSON(), nth(plan.people).link);
      returned_at = nth((await desk()).rows).returned_at;
      await site.end("SIGKILL");
      cable.mend();
      await route.abort();
    },
    { times: 1 },
  );
  await mustikka.getByRole("button", { name: "Palauta tehtävä" }).click();
  await mustikka.getByText("Tehtävää ei saatu vielä palautettua.").waitFor();
  await look(mustikka, "work-not-returned");
  await site.start();
  await mustikka.getByRole("heading", { name: "Kiitos. Tehtäväsi on perillä." }).waitFor();
  expect(returned_at).toBeDefined();
  expect((await desk()).rows.map((row) => row.returned_at)).toEqual([returned_at, undefined]);
  await look(mustikka, "work-returned");

  await mustikka.getByRole("button", { name: "Ota takaisin ja muuta" }).click();
  await mustikka.getByRole("heading", { name: "Kaikki kysymykset on käyty läpi" }).waitFor();
  await giveIn(mustikka);
  await facilitator.getByRole("link", { name: /^Tehtävät/ }).click();
  await facilitator.getByText("1 / 2").waitFor();
  await cable.take_away();
});

test("worries first, shared out, answered in own words, taken back in time, and read by its author alone", async () => {
  const { site, devices } = stage;
  const { plan, facilitator } = await beginWork(["Osallistuja 1", "Osallistuja 2", "Osallistuja 3"]);
  const mustikka = await comeIn(devices, nth(plan.people), "Mustikka");
  const kanerva = await comeIn(devices, nth(plan.people, 1), "Kanerva");
  await write(mustikka, "Mökillä nukun.", "Raha-asiat.");
  await giveIn(mustikka);
  await write(kanerva, "Sohvalla.", "En tiedä.");
  await kanerva.getByLabel("Haluan, että joku soittaa minulle.").check();
  await kanerva.getByLabel(/Mihin numeroon soitamme/).fill("000 000 0007");
  await giveIn(kanerva);
  await kanerva.getByText("Soitamme numeroon 000 000 0007.").waitFor();
  // The rest of the hour is hers to do something else: off the line.
  await kanerva.close();

  // The third tells theirs on the phone.
  await facilitator.getByRole("link", { name: /^Tehtävät/ }).click();
  await facilitator.getByRole("button", { name: "Kirjaa puhelu tai paperi" }).click();
  const note = facilitator.getByRole("dialog", { name: "Kirjaa puhelu tai paperi" });
  await note.getByLabel("Kuka vastasi?").selectOption({ label: "Osallistuja 3" });
  await note.getByLabel(FIRST).fill("Kotona.");
  await look(facilitator, "work-note");
  await note.getByRole("button", { name: "Kirjaa palautus" }).click();
  await note.waitFor({ state: "hidden" });

  await facilitator.getByRole("button", { name: "Jaa vapaat tasan" }).click();
  const deal = facilitator.getByRole("dialog", { name: "Jaa 3 vapaata tasan" });
  await look(facilitator, "work-deal");
  for (const other of ["Ohjaaja 2", "Moderaattori 1", "Moderaattori 2"])
    await deal.getByLabel(other).uncheck({ force: true });
  await deal.getByRole("button", { name: "Jaa", exact: true }).click();
  await facilitator.getByText("Sinun 3").waitFor();
  const rows = facilitator.getByRole("region", { name: "Palautukset" }).locator("ul button");
  await expect.poll(() => rows.first().innerText()).toMatch(/Kanerva[\s\S]*Pyytää soittoa/);
  await look(facilitator, "work-desk");

  await rows.first().click();
  await facilitator.getByRole("link", { name: "000 000 0007" }).waitFor();
  await look(facilitator, "work-worry");
  await facilitator.getByLabel("Mitä tehtiin?").fill("Soitettu.");
  await facilitator.getByRole("button", { name: "Kirjaa", exact: true }).click();
  await expect.poll(() => rows.first().innerText()).toContain("Mustikka");

  // A ready opening is a beginning, and no answer.
  await rows.first().click();
  await facilitator.getByText("Mökillä nukun.").waitFor();
  await facilitator.getByRole("button", { name: "Aloituslauseet" }).click();
  await facilitator.getByRole("button", { name: "Muokkaa aloituslauseita" }).click();
  await facilitator.getByLabel("Yksi lause riville, enintään 20").fill("Hei! Kiitos, että kerroit.");
  await facilitator.getByRole("button", { name: "Tallenna", exact: true }).click();
  await facilitator.getByRole("button", { name: "Hei! Kiitos, että kerroit." }).click();
  await facilitator.getByRole("button", { name: "Lähetä ja seuraava" }).click();
  await facilitator.getByText("Lisää omia sanoja.").first().waitFor();
  await look(facilitator, "work-own-words");
  const answer = facilitator.getByLabel("Vastauksesi");
  await answer.press("End");
  await answer.pressSequentially(" Mökin pimeys auttaa monia.");
  await facilitator.getByText("Tallessa kello").waitFor();
  await mustikka.getByText("Ohjaaja 1 vastaa sinulle").waitFor();
  await facilitator.getByRole("button", { name: "Lähetä ja seuraava" }).click();
  await facilitator.getByText(/^Vastaus lähtee: Mustikka/).waitFor();
  await look(facilitator, "work-leaving");
  await facilitator.getByRole("button", { name: "Peru lähetys" }).click();
  await facilitator.getByRole("heading", { name: "Mustikka" }).waitFor();
  await answer.press("End");
  await answer.pressSequentially(" Nähdään ensi viikolla.");
  await facilitator.getByRole("button", { name: "Lähetä ja seuraava" }).click();
  await facilitator.getByText(/^Vastaus lähtee: Mustikka/).waitFor();
  // The next is open already.
  await facilitator.getByText("Sohvalla.").waitFor();

  const whole = "Hei! Kiitos, että kerroit. Mökin pimeys auttaa monia. Nähdään ensi viikolla.";
  await mustikka.getByText(whole).waitFor();
  await look(mustikka, "work-letter");
  await mustikka.getByLabel("Haluatko sanoa jotain?").fill("Kiitos sinulle!");
  await mustikka.getByRole("button", { name: "Lähetä kiitos" }).click();
  await mustikka.getByText("Lähetit tämän:").waitFor();
  await facilitator.getByRole("radio", { name: /^Kaikki/ }).check({ force: true });
  await facilitator.getByText("Luettu, kiitos tuli").waitFor();

  // Whoever is not of the session's staff sees how it stands, and no word.
  const desk = await site.api<Desk>("GET", `/api/sessions/${plan.id}/work`);
  expect(desk.rows.map(({ state, source }) => [state, source])).toEqual([
    ["read", "own"],
    ["assigned", "own"],
    ["assigned", "phone"],
  ]);
  expect(JSON.stringify(desk)).not.toMatch(/Mökillä|Kiitos|000 0007|claimed/);
  const words = site.api("GET", `/api/sessions/${plan.id}/work/${nth(plan.people).person}`);
  await expect(words).rejects.toThrow("403");

  await facilitator.getByRole("link", { name: "Puheenvuorot" }).click();
  await facilitator.getByRole("button", { name: "Lopeta teemakerta" }).click();
  await facilitator
    .getByRole("dialog")
    .getByRole("button", { name: /Lopeta nyt/ })
    .click();

  // The own page has it after the day too, behind a press.
  await mustikka.getByRole("heading", { name: "Tämä kerta on päättynyt" }).waitFor();
  const later = await devices.open(nth(plan.people).link);
  await later.getByRole("heading", { name: "Sinulle on vastaus" }).waitFor();
  expect(await later.getByText(whole).count()).toBe(0);
  await look(later, "work-own-page");
  await later.getByRole("button", { name: "Lue vastaus" }).click();
  await later.getByText(whole).waitFor();
  await look(later, "work-own-page-letter");
  await later.getByRole("button", { name: "Piilota" }).click();
  await later.getByText(whole).waitFor({ state: "hidden" });

  // The time of the item counts for who returned, beside that of the line, or alone.
  const moderator = await comeToWork(devices, nth(plan.moderators));
  await moderator.getByRole("link", { name: "Läsnäolo" }).click();
  const day = (link: Link) => moderator.locator("tbody tr", { hasText: link.name });
  await day(nth(plan.people, 1))
    .getByText(/^Yhteydessä .+ \+ tehtävä .+/)
    .waitFor();
  await day(nth(plan.people, 2))
    .getByText(/^Ei yhteyttä \+ tehtävä .+/)
    .waitFor();
  await look(moderator, "work-attendance");
}, 300_000);

test("the coordinator sees who has returned, supervisors their own people, and neither of them a word", async () => {
  const { site, devices } = stage;
  const { plan, facilitator } = await beginWork(
    ["Osallistuja 11", "Osallistuja 12", "Osallistuja 13"],
    "Raha",
  );
  for (const [index, { person, name }] of plan.people.entries())
    await site.api("POST", `/api/sessions/${plan.id}/people/${person}`, {
      name,
      supervisor: index < 2 ? "Työnjohtaja 11" : "Työnjohtaja 13",
    });
  const mustikka = await comeIn(devices, nth(plan.people), "Mustikka");
  await write(mustikka, "Mökillä nukun.", "Raha-asiat.");
  await giveIn(mustikka);
  const [open] = (await site.api<{ assignments: { id: number }[] }>("GET", `/api/sessions/${plan.id}/work`))
    .assignments;
  const draft = { assignment: open?.id, version: 0, fields: ["Sohvalla.", ""] };
  await site.api("POST", "/api/work/draft", draft, nth(plan.people, 1).link);

  /** All that the API says to the page from now on. */
  const hear = (page: Page) => {
    const said: Promise<string>[] = [];
    page.on("response", (answer) => {
      if (answer.url().includes("/api/")) said.push(answer.text().catch(() => ""));
    });
    return async () => (await Promise.all(said)).join("\n");
  };
  const WORDS = /Mökillä|Raha-asiat|Sohvalla|Kiitos, että/;

  const coordinator = await devices.open(site.coordinator, DESK);
  const to_coordinator = hear(coordinator);
  await coordinator.getByRole("link", { name: "Kaikki teemakerrat" }).click();
  await coordinator.getByRole("button", { name: /Raha/ }).click();
  await coordinator.getByRole("heading", { name: "Raha", level: 1 }).waitFor();
  await coordinator.locator("summary", { hasText: "Tehtävän palautukset" }).click();
  const table = coordinator.getByRole("table", { name: /palauttanut/ });
  await coordinator.getByText("1 / 3 palauttanut").waitFor();
  const stateOf = (name: string) => table.locator("tr", { hasText: name }).locator("td");
  await expect.poll(() => stateOf("Osallistuja 11").innerText()).toMatch(/^Palautettu klo \d+\.\d\d$/);
  expect(await stateOf("Osallistuja 12").innerText()).toBe("Aloittanut");
  expect(await stateOf("Osallistuja 13").innerText()).toBe("Ei palautettu");
  expect(await table.locator("a, button").count()).toBe(0);
  await look(coordinator, "work-returns");

  // The answer is on its way, and then it is read.
  await facilitator.getByRole("link", { name: /^Tehtävät/ }).click();
  await facilitator.getByRole("radio", { name: /^Kaikki/ }).check({ force: true });
  await facilitator.getByRole("region", { name: "Palautukset" }).locator("ul button").first().click();
  await facilitator.getByRole("button", { name: "Otan tämän" }).click();
  await facilitator.getByLabel("Vastauksesi").fill("Kiitos, että kerroit.");
  await facilitator.getByRole("button", { name: "Lähetä ja seuraava" }).click();
  await facilitator.getByText(/^Vastaus lähtee: Mustikka/).waitFor();
  await mustikka.getByText("Kiitos, että kerroit.").waitFor();
  await expect
    .poll(async () => {
      await coordinator.getByRole("button", { name: "Päivitä" }).click();
      return stateOf("Osallistuja 11").innerText();
    })
    .toMatch(/Vastaus luettu$/);

  const signIn = async (name: string, supervises: string) => {
    const roles = [{ role: "supervisor" }];
    const { link } = await site.api<{ link: string }>("POST", "/api/accounts", {
      name,
      roles,
      supervises: [supervises],
    });
    const page = await devices.open(link, PHONE);
    const heard = hear(page);
    await setPassword(page, "kahvi ja pulla");
    await page.getByRole("heading", { name: "Omien asiakkaitteni läsnäolo" }).waitFor();
    return { page, heard };
  };
  const own = await signIn("Yksi Työnjohtaja", "Työnjohtaja 11");
  await own.page.locator("summary", { hasText: "Raha" }).click();
  await own.page.getByText("1 / 2 palauttanut").waitFor();
  await own.page.getByText(/Vastaus luettu$/).waitFor();
  await look(own.page, "work-returns-supervisor");
  const other = await signIn("Toinen Työnjohtaja", "Työnjohtaja 13");
  await other.page.locator("summary", { hasText: "Raha" }).click();
  await other.page.getByText("0 / 1 palauttanut").waitFor();

  expect(await own.heard()).not.toMatch(/Osallistuja 13/);
  expect(await other.heard()).not.toMatch(/Osallistuja 1[12]|returned_at/);
  for (const [page, heard] of [
    [coordinator, to_coordinator],
    [own.page, own.heard],
    [other.page, other.heard],
  ] as const) {
    expect(await heard()).not.toMatch(WORDS);
    expect(await page.content()).not.toMatch(WORDS);
  }
}, 180_000);

test("with the keyboard alone: written and returned, claimed, answered and sent", async () => {
  const { devices } = stage;
  const { plan, facilitator } = await beginWork(["Osallistuja 1"]);
  const mustikka = await comeIn(devices, nth(plan.people), "Mustikka", DESK);
  await tabTo(mustikka, "Tee päivän tehtävä");
  await mustikka.keyboard.press("Enter");
  await tabTo(mustikka, FIRST);
  await mustikka.keyboard.type("Mökillä.");
  await tabTo(mustikka, "Seuraava");
  await mustikka.keyboard.press("Enter");
  // The field of the next question has the focus.
  await mustikka.getByRole("textbox", { name: SECOND }).waitFor();
  await mustikka.keyboard.type("Raha.");
  await tabTo(mustikka, "Seuraava");
  await mustikka.keyboard.press("Enter");
  await tabTo(mustikka, "Palauta tehtävä");
  await mustikka.keyboard.press("Enter");
  await mustikka.getByRole("heading", { name: "Kiitos. Tehtäväsi on perillä." }).waitFor();

  await facilitator.getByRole("link", { name: /^Tehtävät/ }).press("Enter");
  await facilitator.getByRole("radio", { name: /^Sinun/ }).press("ArrowRight");
  await tabTo(facilitator, /Mustikka/);
  await facilitator.keyboard.press("Enter");
  await facilitator.getByRole("button", { name: "Otan tämän" }).waitFor();
  await tabTo(facilitator, "Otan tämän");
  await facilitator.keyboard.press("Enter");
  await tabTo(facilitator, "Vastauksesi");
  await facilitator.keyboard.type("Hei Mustikka!");
  await facilitator.keyboard.press("Control+Enter");
  await facilitator.getByText(/^Vastaus lähtee: Mustikka/).waitFor();
  await tabTo(facilitator, "Peru lähetys");
});
