import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { barriers, DESK, PHONE, pictures } from "./running_site";
import { look, openStage, saved, setPassword, toMore } from "./story";

// The coordinator's day: an account, the programme, people, invitations, the staff, and out again.

const stage = openStage();
const folder = mkdtempSync(join(tmpdir(), "etakahvila-day-"));
const programme = fileURLToPath(new URL("../data/programme-autumn-2020.csv", import.meta.url));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The first sheet's cells, as an independent reader finds them. */
function cellsOf(xlsx: Buffer): string[][] {
  const path = join(folder, "kutsut.xlsx");
  writeFileSync(path, xlsx);
  const script =
    "import " +
    "json,sys,zipfile,openpyxl\nsheet=openpyxl.load_workbook(sys.argv[1]).worksheets[0]\nprint(json.dumps([[('' " +
    "if c is None else str(c)) for c in row] for row in " +
    "sheet.iter_rows(values_only=True)]+[[str(sum(n.startswith('xl/media/') for n in " +
    "zipfile.ZipFile(sys.argv[1]).namelist()))]]))";
  return JSON.parse(
    execFileSync("/usr/bin/python3", ["-c", script, path], { encoding: "utf8" }),
  ) as string[][];
}

test("programme in, people in, invitations out, by someone who has signed in", async () => {
  const { site, devices } = stage;
  const page = await devices.open(site.newcomer, DESK);
  await page.getByText("Kaisa Koordinaattori").waitFor();
  expect(page.url()).not.toContain("password");
  await look(page, "staff-password");
  await setPassword(page, "lyhyt");
  await page.getByText("liian lyhyt", { exact: false }).first().waitFor();
  await setPassword(page, "kahvi ja pulla");
  await page.getByRole("heading", { name: "Hei, Kaisa Koordinaattori" }).waitFor();
  await look(page, "staff-desk-empty");

  await page.getByRole("button", { name: "Avaa koordinaattorin työpöytä" }).click();
  await page.getByRole("link", { name: "Tuo ohjelma tiedostosta" }).click();
  await page.locator("input[type=file]").setInputFiles(programme);
  await page.getByRole("button", { name: /^Tallenna \d+ rivi/ }).click();
  await page
    .getByText(/teemakertaa on tehty/)
    .first()
    .waitFor();

  await page.getByRole("button", { name: "Uusi teemakerta" }).click();
  await page.getByLabel("Teema", { exact: true }).fill("Mieli");
  await page.getByLabel("Sarja").fill("Kevät");
  await page.getByLabel("Päivä").fill("2031-03-13");
  await page.getByRole("button", { name: "Tallenna teemakerta" }).click();
  await page.getByRole("heading", { name: "Mieli", level: 1 }).waitFor();
  await page
    .locator("input[type=file]")
    .last()
    .setInputFiles(
      file(
        "mieli.csv",
        "Nimi;Päätös;Työnjohtaja;Sähköposti\n=Osallistuja 1;Kuntouttava työtoiminta;Työnjohtaja 3;\nOsallistuja " +
          "2;Sosiaalinen kuntoutus;Työnjohtaja 4;\n",
      ),
    );
  await page.getByRole("button", { name: "Tallenna 2 riviä" }).click();
  await page.getByText("2 osallistujaa on tallennettu.").first().waitFor();

  await page.getByRole("button", { name: "Lisää osallistuja" }).click();
  await page.getByLabel("Nimi", { exact: true }).fill("Osallistuja 3");
  await page.getByLabel("Päätöksen laji").selectOption({ label: "Vammaisten työtoiminta" });
  await look(page, "coordinator-person");
  await page.getByRole("button", { name: "Tallenna", exact: true }).click();
  await page.getByRole("button", { name: "Muokkaa: Osallistuja 3" }).click();
  await page.getByLabel(/Syy tai viesti/).fill("hammaslääkäri");
  await page.getByRole("button", { name: "Merkitse poissaolo ilmoitetuksi" }).click();
  await page.getByText("Poissaolo ilmoitettu").waitFor();
  await look(page, "coordinator-session");
  await page.getByRole("button", { name: "Muokkaa", exact: true }).click();
  for (const fold of ["Ohjelma", "Läsnäolon rajat ja sanalista"])
    await page.locator("summary", { hasText: fold }).click();
  await page.getByRole("button", { name: "Lisää kohta" }).click();
  await page.getByLabel("Otsikko").last().fill("Vieras kertoo");
  await page.getByLabel("Läsnä, kun mukana vähintään").fill("75");
  await look(page, "coordinator-form");
  await page.getByRole("button", { name: "Tallenna teemakerta" }).click();
  await page.getByRole("heading", { name: "Mieli", level: 1 }).waitFor();
  await page.locator("summary", { hasText: "Milloin kutsut toimivat" }).click();
  await page.getByLabel("Alkaa toimia").fill("2031-03-10T08:00");

  await page.getByRole("button", { name: /^Tee \d+ kutsua/ }).click();
  await page.getByText("Linkit näkyvät vain nyt.", { exact: false }).first().waitFor();
  const cells = cellsOf(
    await saved(page, () => page.getByRole("button", { name: "Lataa taulukko" }).click()),
  );
  const headings = cells[0] ?? [];
  const row = cells.find(([name]) => name === "=Osallistuja 1") ?? [];
  const link = row[headings.indexOf("Linkki")] ?? "";
  const code = row[headings.indexOf("Koodi")] ?? "";
  expect(link).toMatch(new RegExp(`^${site.origin}/#`));
  expect(code).toMatch(/^\w{4} \w{4}$/);
  expect(cells.at(-1)?.[0]).toBe(String(cells.length - 2));
  const csv = (await saved(page, () => page.getByRole("button", { name: "Lataa CSV" }).click())).toString(
    "utf8",
  );
  expect(csv).toContain("'=Osallistuja 1;");
  const calendar = (
    await saved(page, () => page.getByRole("button", { name: "Kalenteriin : =Osallistuja 1" }).click())
  ).toString("utf8");
  expect(calendar).toContain("DTSTART;TZID=Europe/Helsinki:20310313T090000\r\n");
  expect(calendar.replaceAll("\r\n ", "")).toContain(`URL:${site.origin}\r\n`);
  await look(page, "coordinator-invitations");
});

test("staff get an account, come into their room, and are signed out everywhere", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1"]);
  const { series } = await site.api<{ series: string }>("GET", `/api/sessions/${plan.id}`);
  const page = await devices.open(site.coordinator, DESK);
  await toMore(page, "Tilit");
  await page.getByRole("button", { name: "Uusi tili" }).click();
  await page.getByLabel("Nimi", { exact: true }).fill("Olli Ohjaaja");
  await page.getByLabel("Ohjaaja", { exact: true }).selectOption({ label: `Kyllä, vain ${series}` });
  await look(page, "coordinator-account");
  await page.getByRole("button", { name: "Tallenna tili" }).click();
  const link = await page.locator(".note .secret").textContent();
  await look(page, "coordinator-accounts");

  const olli = await devices.open(link ?? "", DESK);
  await setPassword(olli, "teetä ja sympatiaa");
  await olli.getByRole("heading", { name: "Hei, Olli Ohjaaja" }).waitFor();
  expect(await olli.getByRole("button", { name: "Avaa koordinaattorin työpöytä" }).count()).toBe(0);
  await look(olli, "staff-desk");
  await olli.getByRole("button", { name: /^Tule huoneeseen: Ohjaaja/ }).click();
  await olli.getByRole("button", { name: "Avaa ovet" }).click();
  await olli.reload();
  await olli.getByRole("button", { name: "Aloita teemakerta" }).waitFor();

  const phone = await devices.open(`${site.origin}/staff`, PHONE);
  await phone.getByLabel("Salasana").waitFor();
  await look(phone, "staff-sign-in");
  await phone.getByLabel("Nimi").fill("olli ohjaaja");
  await phone.getByLabel("Salasana").fill("väärä salasana");
  await phone.getByRole("button", { name: "Kirjaudu", exact: true }).click();
  await phone.getByText("Nimi tai salasana on väärin.", { exact: false }).first().waitFor();
  await phone.getByLabel("Salasana").fill("teetä ja sympatiaa");
  await phone.getByRole("button", { name: "Kirjaudu", exact: true }).click();
  await phone.getByRole("button", { name: "Kirjaudu ulos kaikilla laitteilla" }).click();
  await phone.getByRole("heading", { name: "Kirjaudu sisään" }).waitFor();
  const again = await devices.open(link ?? "", PHONE);
  await again.getByText("Tämä linkki ei toimi enää").waitFor();
});

test("a code is typed into eight boxes, as it was heard", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1"]);
  const page = await devices.open(site.origin, PHONE);
  await page.getByLabel("1. merkki").waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByLabel("1. merkki").click();
  await page.keyboard.type((plan.people[0]?.code ?? "").toLowerCase());
  await pictures(page, "code");
  await page.getByRole("button", { name: "Jatka" }).click();
  await page.getByLabel("Nimi, jonka muut näkevät").waitFor();
  await page.goto(`${site.origin}/netiquette`);
  await page.getByText("Puhumme yksi kerrallaan.").waitFor();
  expect(await barriers(page)).toEqual([]);
  await pictures(page, "netiquette");
});
