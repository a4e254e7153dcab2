import { expect, test } from "vitest";
import { DESK } from "./running_site";
import { look, openStage } from "./story";

// What the coordinator reads when something is wrong with the server: a mail server that is not there, and no backup.

/** Nobody listens at port 1. */
const stage = openStage([], "09:00", [
  "--mail-server",
  "smtp://127.0.0.1:1",
  "--mail-from",
  "kahvila@esimerkki.fi",
]);

test("letters that do not go out and a backup that was never made are said in words, with whom to tell", async () => {
  const { site, devices } = stage;
  const { clock } = site;
  const plan = await site.plan(["Osallistuja 1"], "Uni", {
    date: clock?.date(7) ?? "",
    start: "09:00",
    end: "13:00",
  });
  const page = await devices.open(site.coordinator, DESK);
  await page.getByRole("heading", { name: "Tehdään ensimmäinen jakso" }).waitFor();
  const note = (title: string) => page.locator(".note", { hasText: title });
  expect(await note("Varmuuskopiota ei ole tehty.").count()).toBe(0);
  expect(await note("Sähköposti ei lähde.").count()).toBe(0);

  await site.api("POST", `/api/sessions/${plan.id}/people`, {
    name: "Osallistuja 2",
    email: "o2@esimerkki.fi",
  });
  await site.api("POST", `/api/sessions/${plan.id}/mail`, {});
  // A day and three hours later nobody has made a backup, and the letter has been tried more than once.
  clock?.set("12:00", 1);
  const troubles = async () => {
    const { troubles } = await site.api<{ troubles: { what: string }[] }>("GET", "/api/health");
    return troubles.map(({ what }) => what);
  };
  await expect
    .poll(troubles, { timeout: 200_000 })
    .toEqual(expect.arrayContaining(["backup_old", "mail_stuck"]));

  await page.reload();
  await note("Varmuuskopiota ei ole tehty.")
    .getByText("Jos levy rikkoutuu, uudet tiedot katoavat.")
    .waitFor();
  const mail = note("Sähköposti ei lähde.");
  await mail.getByText("Jos asialla on kiire, tulosta linkki tai soita.", { exact: false }).waitFor();
  await mail.getByText("Kerro palvelimen ylläpidolle tänään.", { exact: false }).waitFor();
  await mail.getByText(/^Huomattu: .* kello 12\.0\d\.$/).waitFor();
  // No name, no address of anybody is in it.
  expect(await mail.innerText()).not.toMatch(/Osallistuja|@/);
  await look(page, "health");
});
