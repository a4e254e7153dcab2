import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { Cable } from "./cable";
import { barriers, comeIn, comeToWork, DESK, overhang, PHONE, pictures } from "./running_site";
import { beginSession, nth, openStage } from "./story";

// Speaking turns: what a participant and a facilitator see of them, in real pages against the real server.

const stage = openStage();

const NAMES = ["Osallistuja 1", "Osallistuja 2", "Osallistuja 3", "Osallistuja 4"];

/** A session with these people in it, in this order. */
async function room(...names: string[]) {
  const { site, devices } = stage;
  const plan = await site.plan(NAMES);
  const facilitator = await beginSession(devices, plan);
  const people: Page[] = [];
  for (const [index, name] of names.entries()) {
    const page = await comeIn(devices, nth(plan.people, index), name);
    await page.getByRole("button", { name: "Pyydä puheenvuoro" }).waitFor();
    people.push(page);
  }
  return { plan, facilitator, people };
}

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first().click();
const sees = (page: Page, text: string | RegExp) =>
  page.getByText(text).filter({ visible: true }).first().waitFor();
const call = (page: Page) => page.getByRole("dialog", { name: "On sinun vuorosi" });

/** The names in the facilitator's queue, in its order. */
async function queue(facilitator: Page): Promise<string[]> {
  return facilitator.locator("ol.queue > li .name b").allTextContents();
}

test("a whole round: one speaks, one passes, one comes later, one writes", async () => {
  const { facilitator, people } = await room("Mustikka", "Kanerva", "Halla", "Siili");
  const [mustikka, kanerva, halla, siili] = [nth(people), nth(people, 1), nth(people, 2), nth(people, 3)];
  // The radio stays where it was until the order has been chosen.
  await facilitator.getByRole("radio", { name: "Kierros" }).click({ force: true });
  await press(facilitator, /^Järjestyksessä/);
  await sees(mustikka, "Olet seuraava.");
  await sees(siili, "Olet neljäs.");
  expect(await barriers(siili)).toEqual([]);
  await pictures(siili, "floor-participant-round");

  await press(siili, "Kirjoitan vuoroni");
  await siili.getByLabel("Puheenvuorosi tekstinä").fill("Minua auttaa kirja.");
  await press(siili, "Lähetä puheenvuoro");
  await sees(siili, "Ohjaaja lukee tekstisi vuorollasi.");

  await press(facilitator, "Anna vuoro: Mustikka");
  await call(mustikka)
    .getByRole("button", { name: /^Puhu nyt/ })
    .click();
  await sees(kanerva, "Mustikka");
  expect(await barriers(facilitator)).toEqual([]);
  expect(await overhang(facilitator)).toEqual([0, 0]);
  await pictures(facilitator, "floor-facilitator-round");
  await press(mustikka, "Lopeta vuoroni");
  await sees(mustikka, "Olet jo puhunut.");

  await press(kanerva, "Jätän väliin");
  await sees(kanerva, "Jätit vuorosi väliin.");
  await press(facilitator, "Anna vuoro: Halla");
  await call(halla)
    .getByRole("button", { name: /^Myöhemmin/ })
    .click();
  await sees(halla, "Olet toinen.");

  await press(facilitator, "Anna vuoro: Siili");
  await sees(facilitator, "Minua auttaa kirja.");
  await sees(siili, "Ohjaaja lukee tekstisi.");
  await press(facilitator, "Lopeta vuoro");
  await press(facilitator, "Anna vuoro: Halla");
  await call(halla)
    .getByRole("button", { name: /^Puhu nyt/ })
    .click();
  await press(halla, "Lopeta vuoroni");

  // Nobody is left: the round is over by itself, and the queue is as it was before.
  await mustikka.getByRole("button", { name: "Pyydä puheenvuoro" }).waitFor();
  expect(await facilitator.getByRole("radio", { name: "Avoin jono" }).isChecked()).toBe(true);
});

test("a speaker's line is cut: the turn waits and goes on; given on, they are on top when they are back", async () => {
  const { site, devices } = stage;
  const cable = await Cable.lay();
  const plan = await site.plan(NAMES);
  const facilitator = await beginSession(devices, plan);
  const kanerva = await comeIn(devices, nth(plan.people, 1), "Kanerva");
  const halla = await comeIn(devices, nth(plan.people, 2), "Halla");
  const mustikka = await comeIn(devices, nth(plan.people), "Mustikka", PHONE, cable);
  for (const page of [mustikka, kanerva, halla]) {
    await press(page, "Pyydä puheenvuoro");
    await page.getByRole("button", { name: "Peru pyyntö" }).waitFor();
  }
  await press(facilitator, "Anna vuoro: Mustikka");
  await call(mustikka)
    .getByRole("button", { name: /^Puhu nyt/ })
    .click();

  cable.cut();
  await sees(facilitator, /^Odotamme yhteyttä/);
  await sees(facilitator, /^Vuoro säilyy/);
  await sees(kanerva, /^Odotamme yhteyttä/);
  await sees(mustikka, "Vuorosi odottaa.");
  expect(await barriers(mustikka)).toEqual([]);
  expect(await barriers(facilitator)).toEqual([]);
  await pictures(mustikka, "floor-participant-lost");
  await pictures(facilitator, "floor-facilitator-lost");
  cable.mend();
  await mustikka.getByRole("button", { name: "Lopeta vuoroni" }).waitFor();
  await sees(facilitator, /^Nyt puhuu/);
  // It was not a new turn: nobody is called anew.
  expect(await call(mustikka).count()).toBe(0);

  cable.cut();
  await sees(facilitator, /^Odotamme yhteyttä/);
  await press(facilitator, "Seuraava: Kanerva");
  await call(kanerva)
    .getByRole("button", { name: /^Puhu nyt/ })
    .click();
  await expect.poll(() => queue(facilitator)).toEqual(["Mustikka", "Halla"]);
  await sees(facilitator, /Poissa\. Paikka säilyy/);
  // Who is away is not offered the floor.
  await facilitator.getByRole("button", { name: "Seuraava: Halla" }).waitFor();
  cable.mend();
  await sees(mustikka, "Olet seuraava.");
  await press(facilitator, "Seuraava: Mustikka");
  await call(mustikka).waitFor();
  await cable.take_away();
});

test("a second device is closed, and nothing happens to the turn or to the place", async () => {
  const { devices } = stage;
  const { plan, facilitator, people } = await room("Mustikka", "Kanerva");
  const [mustikka, kanerva] = [nth(people), nth(people, 1)];
  await press(mustikka, "Pyydä puheenvuoro");
  await sees(mustikka, "Olet seuraava.");
  await press(kanerva, "Pyydä puheenvuoro");
  await press(facilitator, "Anna vuoro: Mustikka");
  await call(mustikka)
    .getByRole("button", { name: /^Puhu nyt/ })
    .click();
  for (const link of [nth(plan.people), nth(plan.people, 1)]) {
    const second = await devices.open(link.link, DESK);
    await press(second, "Tule kahvilaan");
    await second.locator("#my-turn").waitFor();
    await second.context().close();
  }
  await mustikka.getByRole("button", { name: "Lopeta vuoroni" }).waitFor();
  await sees(kanerva, "Olet seuraava.");
  expect(await facilitator.getByText(/Poissa\.|Odotamme yhteyttä/).count()).toBe(0);
  await press(facilitator, "Seuraava: Kanerva");
  await call(kanerva).waitFor();
});

test("the queue is moved with the keyboard alone, and everyone sees the same order", async () => {
  const { facilitator, people } = await room("Mustikka", "Kanerva", "Halla");
  for (const page of people) {
    await press(page, "Pyydä puheenvuoro");
    await page.getByRole("button", { name: "Peru pyyntö" }).waitFor();
  }
  await expect.poll(() => queue(facilitator)).toEqual(["Mustikka", "Kanerva", "Halla"]);
  expect(await barriers(facilitator)).toEqual([]);
  await pictures(facilitator, "floor-facilitator-queue");
  await pictures(nth(people, 2), "floor-participant-queue");
  expect(await overhang(facilitator)).toEqual([0, 0]);
  expect(await overhang(nth(people, 2))).toEqual([0, 0]);

  const up = facilitator.getByRole("button", { name: "Siirrä ylös: Halla" });
  await up.focus();
  await facilitator.keyboard.press("Enter");
  await expect.poll(() => queue(facilitator)).toEqual(["Mustikka", "Halla", "Kanerva"]);
  // The focus moves along with the one who is moved.
  expect(await up.evaluate((element) => element === document.activeElement)).toBe(true);
  await facilitator.keyboard.press("Space");
  await expect.poll(() => queue(facilitator)).toEqual(["Halla", "Mustikka", "Kanerva"]);
  await sees(nth(people, 2), "Olet seuraava.");
  await sees(nth(people, 1), "Olet kolmas.");

  await facilitator.getByRole("button", { name: "Muut toiminnot: Halla" }).focus();
  await facilitator.keyboard.press("Enter");
  await facilitator.getByRole("button", { name: "Viimeiseksi : Halla" }).focus();
  await facilitator.keyboard.press("Enter");
  await expect.poll(() => queue(facilitator)).toEqual(["Mustikka", "Kanerva", "Halla"]);
  await press(facilitator, "Vähiten puhuneet ensin");
  await sees(nth(people, 2), "Olet kolmas.");
});

test("a turn in writing is read aloud by the facilitator, and counts", async () => {
  const { facilitator, people } = await room("Mustikka", "Kanerva");
  const [mustikka, kanerva] = [nth(people), nth(people, 1)];
  await press(mustikka, "Kirjoita vuoro");
  await press(mustikka, /^Kirjoitan vuoroni/);
  await mustikka.getByLabel("Puheenvuorosi tekstinä").fill("Minua auttaa iltakävely.");
  expect(await barriers(mustikka)).toEqual([]);
  await press(mustikka, "Lähetä puheenvuoro");
  await sees(mustikka, "Tekstisi on jonossa.");
  expect(await kanerva.getByText("Minua auttaa iltakävely.").count()).toBe(0);
  await press(facilitator, "Anna vuoro: Mustikka");
  await sees(facilitator, /^Lue ääneen/);
  await sees(kanerva, "Minua auttaa iltakävely.");
  await sees(mustikka, "Ohjaaja lukee tekstisi.");
  expect(await call(mustikka).count()).toBe(0);
  expect(await barriers(kanerva)).toEqual([]);
  await pictures(kanerva, "floor-participant-written");
  await pictures(facilitator, "floor-facilitator-written");
  await press(facilitator, "Lopeta vuoro");
  await sees(facilitator, "kirjoittanut 1");
});

test("somebody calls: they are put into the queue by their name, have the floor, and are counted", async () => {
  const { plan, facilitator, people } = await room("Mustikka");
  const mustikka = nth(people);
  await press(facilitator, "Lisää jonoon");
  await press(facilitator, "Joku soittaa");
  await sees(facilitator, "Osallistuja 2");
  expect(await barriers(facilitator)).toEqual([]);
  await pictures(facilitator, "floor-facilitator-call");
  await press(facilitator, "Hän soittaa : Osallistuja 2");
  await facilitator.getByLabel("Nimi, jonka muut näkevät").fill("Lumikko");
  expect(await barriers(facilitator)).toEqual([]);
  await pictures(facilitator, "floor-facilitator-caller");
  await facilitator.getByRole("dialog").getByRole("button", { name: "Lisää jonoon" }).click();
  await expect.poll(() => queue(facilitator)).toEqual(["Lumikko"]);
  await sees(facilitator, "Puhelimessa");
  await press(mustikka, "Pyydä puheenvuoro");
  await sees(mustikka, "Olet toinen.");
  await press(facilitator, "Anna vuoro: Lumikko");
  await sees(mustikka, "Lumikko");
  expect(await barriers(facilitator)).toEqual([]);
  await pictures(facilitator, "floor-facilitator-speaking");
  await pictures(mustikka, "floor-participant-speaking");
  // A moderator may say that the caller has finished.
  const moderator = await comeToWork(stage.devices, nth(plan.moderators));
  await moderator.getByRole("link", { name: "Puheenvuorot" }).click();
  await press(moderator, "Lopeta vuoro");
  await sees(facilitator, "puhunut 1");
});

test("it is your turn: a calm dialog that says what each choice does, and is said aloud", async () => {
  const { facilitator, people } = await room("Mustikka", "Kanerva");
  const mustikka = nth(people);
  await press(mustikka, "Pyydä puheenvuoro");
  await sees(mustikka, "Olet seuraava.");
  await press(facilitator, "Anna vuoro: Mustikka");
  await call(mustikka).waitFor();
  await call(mustikka)
    .locator("[aria-live=assertive]")
    .filter({ hasText: "On sinun vuorosi" })
    .waitFor({ state: "attached" });
  expect(await barriers(mustikka)).toEqual([]);
  await pictures(mustikka, "floor-participant-your-turn");
  // Not now: it costs nothing.
  await call(mustikka)
    .getByRole("button", { name: /^Siirrän myöhemmäksi/ })
    .click();
  await sees(mustikka, "Olet seuraava.");
  await sees(facilitator, "Ei vielä puhunut");
});
