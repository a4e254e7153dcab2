import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { barriers, comeIn, DESK, picture } from "./running_site";
import { beginSession, nth, openStage } from "./story";

// The coordinator's work: a session, its people, their links, and what came of it.

const stage = openStage();

const folder = mkdtempSync(join(tmpdir(), "etakahvila-files-"));
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test("a session from the form, people from a file, links for everyone", async () => {
  const { site, devices } = stage;
  const page = await devices.open(site.coordinator, DESK);
  await page.getByRole("link", { name: "Uusi teemakerta" }).click();
  await page.getByLabel("Teema", { exact: true }).fill("Ravinto");
  await page.getByLabel("Sarja").fill("Etäkahvila");
  await page.getByLabel("Päivä").fill("2031-03-06");
  await page.getByLabel("Alkaa").fill("09:00");
  await page.getByLabel("Päättyy").fill("13:00");
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("button", { name: "Tallenna teemakerta" }).click();
  await page.getByRole("heading", { name: "Ravinto" }).first().waitFor();

  const chosen = page.locator("input[type=file]").last();
  await chosen.setInputFiles(
    file(
      "huono.csv",
      "Asiakas;Palvelu;Oma työntekijä;Puh.\nOsallistuja 1;Kuntouttava työtoiminta;Työnjohtaja 3;000 000 " +
        "0001\n;Kuntouttava työtoiminta;Työnjohtaja 3;\nOsallistuja 3;kuntoutus;Työnjohtaja 3;\n",
    ),
  );
  await page.getByText("Nimi puuttuu.").waitFor();
  await page.getByText(/”kuntoutus” on epäselvä/).waitFor();
  await picture(page, "coordinator-import-1280");
  expect(await page.getByRole("button", { name: /^Tallenna \d+ riv/ }).count()).toBe(0);

  await page
    .locator("input[type=file]")
    .last()
    .setInputFiles(
      file(
        "hyva.csv",
        "Asiakas;Palvelu;Oma työntekijä;Puh.\nOsallistuja 1;Kuntouttava työtoiminta;Työnjohtaja 3;000 000 " +
          "0001\nOsallistuja 2;Sosiaalinen kuntoutus;Työnjohtaja 3;000 000 0002\n",
      ),
    );
  await page.getByRole("button", { name: "Tallenna 2 riviä" }).click();
  await page.getByText("2 osallistujaa on tallennettu.").first().waitFor();
  await page
    .getByRole("button", { name: /^Tee \d+ kutsu/ })
    .first()
    .click();
  await page.getByText("Linkit näkyvät vain nyt.", { exact: false }).first().waitFor();
  expect(await barriers(page)).toEqual([]);
  await picture(page, "coordinator-links-1280");
  await page.setViewportSize({ width: 360, height: 740 });
  await picture(page, "coordinator-links-360");
});

test("the attendance of a closed session is shown, and comes as a file for a spreadsheet", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1", "Osallistuja 2"]);
  const facilitator = await beginSession(devices, plan);
  const mustikka = await comeIn(devices, nth(plan.people), "Mustikka");
  await mustikka.getByRole("button", { name: "Pyydä puheenvuoro" }).waitFor();
  await facilitator.getByRole("button", { name: "Lopeta teemakerta" }).click();
  await facilitator
    .getByRole("dialog")
    .getByRole("button", { name: /Lopeta nyt/ })
    .click();
  await mustikka.getByText("Tämä kerta on päättynyt").waitFor();

  const page = await devices.open(site.coordinator, DESK);
  await page.getByRole("link", { name: "Läsnäolo" }).click();
  await page.getByRole("button", { name: /Uni/ }).click();
  await page.getByText("Osallistuja 1").first().waitFor();
  await picture(page, "coordinator-attendance-1280");
  expect(await barriers(page)).toEqual([]);
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Lataa CSV" }).first().click(),
  ]);
  const text = readFileSync(await saved.path(), "utf8");
  expect(text.startsWith("\uFEFF")).toBe(true);
  expect(text).toContain("Osallistuja 1;");
  expect(text.trimEnd().split("\r\n")).toHaveLength(3);
});
