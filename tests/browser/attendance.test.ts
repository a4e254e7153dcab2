import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { barriers, comeToWork, DESK, type Link, overhang, PHONE, pictures } from "./running_site";
import { nth, openStage, setPassword, toMore } from "./story";

// The moderator's evening: ninety people looked at, decided on and sealed; one correction after it; and what
// supervisors read of it.

const stage = openStage();

/** Brings people in over lines of one page, and keeps them there; some give a second name by the same link. */
async function crowd(page: Page, people: readonly Link[], with_second_name: number): Promise<number> {
  return page.evaluate(
    async ([people, with_second_name]) => {
      const enter = async (secret: string, name: string) => {
        const answer = await fetch("/api/enter", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ secret, name, netiquette: true }),
        });
        return ((await answer.json()) as { ticket: string }).ticket;
      };
      const comeIn = async (link: string, number: number) => {
        const secret = link.split("#")[1] ?? "";
        const ticket = await enter(secret, `Marja ${number}`);
        const line = new WebSocket(`${location.origin.replace("http", "ws")}/room`);
        await new Promise((open) => {
          line.onopen = open;
        });
        const welcomed = new Promise((welcome) => {
          line.onmessage = welcome;
        });
        line.send(JSON.stringify({ type: "hello", version: 1, ticket }));
        await welcomed;
        if (number < with_second_name) await enter(secret, `Toinen ${number}`);
        return line;
      };
      const lines = await Promise.all(people.map((link, number) => comeIn(link, number)));
      Object.assign(globalThis, { lines });
      return lines.length;
    },
    [people.map(({ link }) => link), with_second_name] as const,
  );
}

test("ninety people are looked at and sealed by keys, and one is corrected after it", async () => {
  const { site, devices } = stage;
  const names = Array.from({ length: 90 }, (_, number) => `Osallistuja ${number + 1}`);
  const plan = await site.plan(names);
  // All are in before it is live: so short a session would count their coming in against them.
  const facilitator = await comeToWork(devices, nth(plan.facilitators), DESK);
  await facilitator.getByRole("button", { name: "Avaa ovet" }).click();
  await facilitator.getByRole("button", { name: "Aloita teemakerta" }).waitFor();
  const entrance = await devices.open(site.origin, PHONE);
  expect(await crowd(entrance, plan.people.slice(0, 85), 5)).toBe(85);
  await facilitator.getByRole("button", { name: "Aloita teemakerta" }).click();
  await facilitator.getByRole("radio", { name: "Avoin jono" }).waitFor();
  // Time itself is what is counted: seconds of it have to pass.
  const live_since = performance.now();
  await expect.poll(() => performance.now() - live_since).toBeGreaterThan(3_000);
  await facilitator.getByRole("button", { name: "Lopeta teemakerta" }).click();
  await facilitator
    .getByRole("dialog")
    .getByRole("button", { name: /Lopeta nyt/ })
    .click();

  const page = await comeToWork(devices, nth(plan.moderators), DESK);
  await page.getByRole("link", { name: "Läsnäolo" }).click();
  const begun = performance.now();
  await page.getByText("90 päätöstä puuttuu, niistä 10 on tarkistettavia.").waitFor();
  await page
    .getByRole("img", { name: /Yhteydessä/ })
    .first()
    .waitFor();
  expect(await barriers(page)).toEqual([]);
  await pictures(page, "attendance");

  await page.getByRole("button", { name: "Hyväksy kaikki selvät (80)" }).click();
  await page.getByText("10 päätöstä puuttuu, niistä 10 on tarkistettavia.").waitFor();
  await page.getByRole("button", { name: "Kumoa" }).click();
  await page.getByRole("button", { name: "Hyväksy kaikki selvät (80)" }).click();
  await page.getByText("10 päätöstä puuttuu").waitFor();

  await page.getByRole("radio", { name: /^Tarkistettavat/ }).check({ force: true });
  await page.locator("tbody tr").first().focus();
  for (let number = 0; number < 10; ++number) {
    const row = page.locator("tbody tr:focus");
    const was_seen = (await row.getByText(/kaksi nimeä/).count()) === 1;
    await page.keyboard.press(was_seen ? "1" : "4");
    await row.getByText("Moderaattori 1").waitFor();
    await page.keyboard.press("ArrowDown");
  }
  await page.getByText("Kaikki päätökset on tehty.").waitFor();
  await page.getByRole("button", { name: "Vahvista päivä" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Läsnä 85, osan aikaa 0, hyväksytty poissaolo 0, poissa 5.").waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Vahvista päivä" }).click();
  await page.getByText("Päivä on vahvistettu: Moderaattori 1").waitFor();
  console.info(
    `ninety people decided on and sealed by a script's hand in ${((performance.now() - begun) / 1000).toFixed(1)} s`,
  );

  await page.locator("tbody tr", { hasText: "Ei yhteyttä" }).last().focus();
  await page.keyboard.press("1");
  await page.getByLabel(/Miksi merkintää korjataan/).fill("Oli puhelimessa koko päivän");
  expect(await barriers(page)).toEqual([]);
  await pictures(page, "attendance-correction");
  await dialog.getByRole("button", { name: "Tallenna" }).click();
  await page.getByText(/Korjattu, oli Poissa\. Moderaattori 1, .*: Oli puhelimessa koko päivän/).waitFor();
  expect(await barriers(page)).toEqual([]);
  await pictures(page, "attendance-sealed");

  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Lataa taulukko" }).click(),
  ]);
  expect(
    readFileSync(await saved.path())
      .subarray(0, 2)
      .toString(),
  ).toBe("PK");
  const audit = await site.api<{
    accesses: { act: string; by?: string }[];
    decisions: { what: string; by?: string }[];
  }>("GET", `/api/people/${nth(plan.people, 89).person}/accesses`);
  expect(audit.accesses).toContainEqual(
    expect.objectContaining({ act: "attendance_viewed", by: "Moderaattori 1" }),
  );
  expect(audit.decisions.map(({ what }) => what)).toContain("marked");
}, 120_000);

test("absence is told to the moderator, and supervisors read of their own people when the day is sealed", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 201", "Osallistuja 202", "Osallistuja 203", "Osallistuja 204"]);
  for (const [index, one] of plan.people.entries()) {
    const supervisor = index < 3 ? "Työnjohtaja 7" : "Työnjohtaja 9";
    await site.api("POST", `/api/sessions/${plan.id}/people/${one.person}`, {
      name: one.name,
      decision_type: "work_activity",
      supervisor,
    });
  }
  const moderator = await comeToWork(devices, nth(plan.moderators), DESK);
  await moderator.getByRole("link", { name: "Läsnäolo" }).click();
  await moderator.getByRole("button", { name: "Poissaoloilmoitus" }).click();
  expect(await barriers(moderator)).toEqual([]);
  await pictures(moderator, "absence-who");
  await moderator.getByLabel("Hae nimellä").fill("203");
  await moderator.getByRole("button", { name: "Hän ei tule : Osallistuja 203" }).click();
  await moderator.getByLabel(/Syy tai viesti/).fill("hammaslääkäri");
  await moderator.getByRole("button", { name: "Merkitse ilmoitetuksi" }).click();
  await moderator.getByRole("dialog").getByText("Poissaolo ilmoitettu").waitFor();
  await moderator.getByRole("button", { name: "Sulje" }).click();

  const facilitator = await comeToWork(devices, nth(plan.facilitators), DESK);
  await facilitator.getByRole("button", { name: "Avaa ovet" }).click();
  await facilitator.getByRole("button", { name: "Aloita teemakerta" }).waitFor();
  const entrance = await devices.open(site.origin, PHONE);
  expect(await crowd(entrance, plan.people.slice(0, 2), 0)).toBe(2);
  await facilitator.getByRole("button", { name: "Aloita teemakerta" }).click();
  await facilitator.getByRole("radio", { name: "Avoin jono" }).waitFor();
  await facilitator.getByRole("button", { name: "Lopeta teemakerta" }).click();
  await facilitator
    .getByRole("dialog")
    .getByRole("button", { name: /Lopeta nyt/ })
    .click();

  await moderator.getByRole("button", { name: "Hyväksy kaikki selvät (3)" }).click();
  // That it was told is for all staff; what was told is for the supervisor and the coordinator.
  await moderator
    .locator("tbody tr", { hasText: "Osallistuja 203" })
    .getByText("Poissaolosta ilmoitettiin etukäteen.")
    .waitFor();
  expect(await moderator.getByText("hammaslääkäri").count()).toBe(0);
  await moderator.locator("tbody tr", { hasText: "Osallistuja 204" }).focus();
  await moderator.keyboard.press("4");
  await moderator.getByText("Kaikki päätökset on tehty.").waitFor();
  await moderator.getByRole("button", { name: "Vahvista päivä" }).click();
  await moderator.getByRole("dialog").getByRole("button", { name: "Vahvista päivä" }).click();
  await moderator.getByText("Päivä on vahvistettu: Moderaattori 1").waitFor();

  const signIn = async (name: string, supervises: string, viewport: typeof DESK) => {
    const { link } = await site.api<{ link: string }>("POST", "/api/accounts", {
      name,
      roles: [{ role: "supervisor" }],
      supervises: [supervises],
    });
    const page = await devices.open(link, viewport);
    await setPassword(page, "kahvi ja pulla");
    await page.getByRole("heading", { name: "Omien asiakkaitteni läsnäolo" }).waitFor();
    return page;
  };
  const page = await signIn("Päivi Työnjohtaja", "Työnjohtaja 7", DESK);
  await page.getByText("3 ihmistä, 1 päivä.").waitFor();
  expect(await page.getByText("Osallistuja 204").count()).toBe(0);
  await page.getByRole("button", { name: "Näytä päivät: Osallistuja 203" }).click();
  await page.getByText(/Uni: Hyväksytty poissaolo/).waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(await overhang(page)).toEqual([0, 0]);
  await pictures(page, "supervisor-people");
  await page.getByRole("radio", { name: "Päivittäin" }).check({ force: true });
  await page.getByRole("table").getByText("Osallistuja 201").waitFor();
  expect(await barriers(page)).toEqual([]);
  await pictures(page, "supervisor-days");
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Lataa CSV" }).click(),
  ]);
  const rows = readFileSync(await saved.path(), "utf8")
    .trim()
    .split("\r\n");
  expect(rows.length).toBe(4);
  expect(
    rows.filter((row) => row.includes(";Osallistuja 203;") && row.includes("Hyväksytty poissaolo")).length,
  ).toBe(1);
  expect(rows.join()).not.toContain("Osallistuja 204");
  await page.reload();
  await page.getByRole("heading", { name: "Omien asiakkaitteni läsnäolo" }).waitFor();

  const other = await signIn("Joku Toinen", "Joku Muu", PHONE);
  await other.getByText("Tältä ajalta ei ole päiviä.").waitFor();
  expect(
    await other.evaluate(async (id) => (await fetch(`/api/sessions/${id}/attendance`)).status, plan.id),
  ).toBe(404);
  await other.getByRole("button", { name: "Kirjaudu ulos", exact: true }).click();
  await other.getByRole("heading", { name: "Kirjaudu sisään" }).waitFor();

  const coordinator = await devices.open(site.coordinator, DESK);
  await toMore(coordinator, "Raportit");
  await coordinator.getByLabel("Työnjohtaja tai omatyöntekijä").selectOption({ label: "Työnjohtaja 9" });
  await coordinator.getByText("1 ihminen, 1 päivä.").waitFor();
  await coordinator.getByText("Osallistuja 204").waitFor();
  expect(await barriers(coordinator)).toEqual([]);
  await pictures(coordinator, "coordinator-reports");
}, 120_000);
