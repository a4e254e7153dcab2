import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { comeIn, comeToWork, type Link, PHONE } from "./running_site";
import { beginSession, look, nth, openStage, signIn, toMore } from "./story";

// What is kept, and what a person may ask for: a day whose time is over, and a person who is erased on request.

const stage = openStage([], "12:00");

const NAME = "Osallistuja 1";
const HOURS = { start: "11:00", end: "15:00" };
const PASSWORD = "kahvi ja pulla";

/** A day of which both were, with words in it, to its seal. */
async function holdDay(): Promise<Link> {
  const { site, devices } = stage;
  const date = site.clock?.date(0) ?? "";
  const plan = await site.plan([NAME, "Osallistuja 2"], "Uni", { date, ...HOURS });
  const facilitator = await beginSession(devices, plan);
  const mustikka = await comeIn(devices, nth(plan.people), "Mustikka");
  await mustikka.getByLabel("Kirjoita viesti").fill("Nukun huonosti.");
  await mustikka.getByRole("button", { name: "Lähetä", exact: true }).click();
  await mustikka.locator("li", { hasText: "Nukun huonosti." }).waitFor();
  await facilitator.getByRole("button", { name: "Lopeta teemakerta" }).click();
  await facilitator
    .getByRole("dialog")
    .getByRole("button", { name: /Lopeta nyt/ })
    .click();
  await mustikka.getByText("Tämä kerta on päättynyt").waitFor();
  const moderator = await comeToWork(devices, nth(plan.moderators));
  await moderator.getByRole("link", { name: "Läsnäolo" }).click();
  await moderator.getByText("2 päätöstä puuttuu", { exact: false }).first().waitFor();
  for (const name of [NAME, "Osallistuja 2"]) {
    const row = moderator.locator("tbody tr", { hasText: name });
    await row.focus();
    await moderator.keyboard.press("4");
    await row.getByText("Moderaattori 1").waitFor();
  }
  await moderator.getByRole("button", { name: "Vahvista päivä" }).click();
  await moderator.getByRole("dialog").getByRole("button", { name: "Vahvista päivä" }).click();
  await moderator.getByText("Päivä on vahvistettu: Moderaattori 1").waitFor();
  return nth(plan.people);
}

/** A day three weeks from now, to which the same person has a link. */
async function planNext({ person }: Link): Promise<string> {
  const { site } = stage;
  const date = site.clock?.date(21) ?? "";
  const { id } = await site.plan(["Osallistuja 3"], "Liikunta", { date, ...HOURS });
  await site.api("POST", `/api/sessions/${id}/people`, { name: NAME, same_as: person });
  const { invitations } = await site.api<{ invitations: Link[] }>(
    "POST",
    `/api/sessions/${id}/invitations`,
    {},
  );
  return nth(invitations.filter((one) => one.person === person)).link;
}

/** When the night's job has run last; 0 where it has not. */
async function lastNight(): Promise<number> {
  const { last_run_at = 0 } = await stage.site.api<{ last_run_at?: number }>("GET", "/api/keeping");
  return last_run_at;
}

/** The coordinator of an account, at Säilytys. */
async function openKeeping(): Promise<Page> {
  const page = await signIn(stage, { name: "Kaisa Mallikas", roles: [{ role: "coordinator" }] });
  await page.getByRole("button", { name: "Avaa koordinaattorin työpöytä" }).click();
  await toMore(page, "Säilytys");
  await page.getByRole("heading", { name: "Säilytys ja pyynnöt" }).waitFor();
  return page;
}

test("what would go is seen before it goes; a person is erased on request, and their link is no link", async () => {
  const { site, devices } = stage;
  const person = await holdDay();
  await devices.away();
  // Read before the clock goes on: the night may be sooner than the next line.
  const before = await lastNight();
  site.clock?.set("13:00", 20);
  const link = await planNext(person);
  const own = await devices.open(link, PHONE);
  await own.getByRole("heading", { name: "Liikunta" }).waitFor();
  // The night that is due by then has been: what is done from here on is done by the coordinator.
  await expect.poll(lastNight).toBeGreaterThan(before);

  const page = await openKeeping();
  await page
    .getByText(/^Yön poisto .* onnistui\.$/)
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Katso, mitä poistuisi" }).click();
  await page.getByText("Mitään ei olisi poistettavaa.").waitFor();
  await page.getByRole("button", { name: "Sulje", exact: true }).click();
  await look(page, "keeping");

  // Words are kept for 14 days in place of 30: a day of twenty days ago would go.
  await page.getByRole("button", { name: "Muuta aikoja" }).click();
  const times = page.getByRole("dialog");
  await times.getByLabel("Tieto").selectOption({ label: "Viestit, vuorot ja apu" });
  await times.getByLabel("Aika päivinä").fill("14");
  await look(page, "keeping-times");
  await times.getByRole("button", { name: "Tallenna aika" }).click();
  await page.getByText("14 päivää vahvistamisesta").waitFor();
  await page.getByRole("button", { name: "Katso, mitä poistuisi" }).click();
  await page.getByText("Viestit, vuorot ja apu: 1 huone").waitFor();
  await look(page, "keeping-tried");
  await page.getByRole("button", { name: "Sulje", exact: true }).click();

  await page.getByLabel("Kuka pyytää?").fill(NAME);
  await page.getByRole("button", { name: "Etsi" }).click();
  await page.locator("label", { hasText: "Poistaminen" }).click();
  await page.getByRole("button", { name: "Katso, mitä poistuu" }).click();
  await page.getByRole("heading", { name: "Jää, ja miksi" }).waitFor();
  await page.getByText("Nimi. Tilalle tulee numero.").waitFor();
  await page.getByText(/on tulossa\.$/).waitFor();
  await look(page, "keeping-request");
  await page.getByRole("button", { name: "Poista sanat ja yhteystiedot" }).click();
  const sure = page.getByRole("dialog", { name: `Poistetaanko tiedot: ${NAME}?` });
  await sure.getByText("Poistettua ei saa takaisin.", { exact: false }).waitFor();
  await look(page, "keeping-sure");

  // Whoever has left the page open for a while gives the password again.
  site.clock?.set("13:30", 20);
  await sure.getByRole("button", { name: "Poista lopullisesti" }).click();
  const proof = page.getByRole("dialog", { name: "Anna salasana uudelleen" });
  await proof.waitFor();
  await look(page, "keeping-proof");
  await proof.getByLabel("Salasana").fill("jokin aivan muu");
  await proof.getByRole("button", { name: "Jatka" }).click();
  await proof.getByText("Salasana on väärin.", { exact: false }).first().waitFor();
  await proof.getByLabel("Salasana").fill(PASSWORD);
  await proof.getByRole("button", { name: "Jatka" }).click();
  await page.getByText(/^Tiedot on poistettu\. Luettelossa numero \d+\./).waitFor();
  await page.getByText("Yksi ihminen: sanat poistettu, merkinnät jäivät lain nojalla").waitFor();
  await look(page, "keeping-erased");

  // Nobody is found by the name; the link that was open, and any other that they have, leads nowhere.
  await page.getByLabel("Kuka pyytää?").fill(NAME);
  await page.getByRole("button", { name: "Etsi" }).click();
  await page.getByText("Ketään ei löydy.").waitFor();
  await own.reload();
  await own.getByRole("heading", { name: "Tämä linkki ei toimi" }).waitFor();
  const later = await devices.open(link, PHONE);
  await later.getByRole("heading", { name: "Tämä linkki ei toimi" }).waitFor();
  await look(later, "keeping-link");
});
