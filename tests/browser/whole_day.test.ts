import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { Cable } from "./cable";
import { FIRST, giveIn, SECOND, write } from "./own_work";
import { comeIn, comeToWork, type DayClock, DESK, type Link, PHONE, type Planned } from "./running_site";
import { look, nth, openStage, saved, tabTo, toMore } from "./story";

// One whole day of twelve people and four of the staff, from the doors to the seal, and what became of the feedback on
// the next. The server lives by a clock of its own, whatever the hour is here.

const stage = openStage([], "08:40");

const NAMES = [
  "Mustikka",
  "Kanerva",
  "Puolukka",
  "Sammal",
  ...Array.from({ length: 8 }, (_, index) => `Marja ${index + 5}`),
];
/** In the file's remarks; the pages say the same in hours. */
const HOUR_OFF_THE_LINE = "180 min + tehtävä 60 min";

interface DeskRow {
  person: number;
  assignment: number;
  state?: string;
  source?: string;
  returned_at?: number;
  claimed_by?: number;
}

/** The server's clock. */
function clock(): DayClock {
  const { clock } = stage.site;
  if (!clock) throw new Error("the site has no clock of its own");
  return clock;
}

/** Brings people onto lines that one page holds, which are told things and say nothing; staff have their names. */
async function hold(page: Page, people: readonly { link: Link; name?: string }[]): Promise<void> {
  await page.evaluate(
    async (people) => {
      const held = globalThis as { lines?: Map<string, WebSocket> };
      held.lines ??= new Map();
      const comeIn = async ({ secret, ...name }: { secret: string; name?: string }) => {
        const entered = await fetch("/api/enter", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ secret, ...name, netiquette: true }),
        });
        const { ticket } = (await entered.json()) as { ticket: string };
        const line = new WebSocket(`wss://${location.host}/room`);
        await new Promise((open) => {
          line.onopen = open;
        });
        const welcomed = new Promise((welcome) => {
          line.onmessage = welcome;
        });
        line.send(JSON.stringify({ type: "hello", version: 1, ticket }));
        await welcomed;
        held.lines?.set(secret, line);
      };
      await Promise.all(people.map(comeIn));
    },
    people.map(({ link, ...name }) => ({ secret: secretOf(link), ...name })),
  );
}

/** One of them goes. */
async function letGo(page: Page, link: Link): Promise<void> {
  await page.evaluate(async (secret) => {
    const line = (globalThis as { lines?: Map<string, WebSocket> }).lines?.get(secret);
    await new Promise((closed) => {
      if (line) line.onclose = closed;
      line?.close();
    });
  }, secretOf(link));
}

const secretOf = ({ link }: Link): string => link.split("#")[1] ?? "";

/** Opens the doors; the session goes on at its time. */
async function openDoors(plan: Planned): Promise<Page> {
  const facilitator = await comeToWork(stage.devices, nth(plan.facilitators));
  await facilitator.getByRole("button", { name: "Avaa ovet" }).click();
  await facilitator.getByRole("button", { name: "Aloita teemakerta" }).waitFor();
  return facilitator;
}

async function goLive(facilitator: Page) {
  await facilitator.getByRole("button", { name: "Aloita teemakerta" }).click();
  await facilitator.getByRole("radio", { name: "Avoin jono" }).waitFor();
}

/** On to the item of the programme. */
async function goTo(facilitator: Page, item: string) {
  await facilitator.getByRole("link", { name: "Puheenvuorot" }).click();
  const programme = facilitator.getByRole("region", { name: "Ohjelma" });
  for (const current = programme.locator("[aria-current]"); ; ) {
    const before = await current.innerText();
    if (before.includes(item)) return;
    await facilitator.getByRole("button", { name: "Seuraava kohta" }).click();
    await expect.poll(() => current.innerText()).not.toBe(before);
  }
}

async function endSession(facilitator: Page) {
  await facilitator.getByRole("link", { name: "Puheenvuorot" }).click();
  await facilitator.getByRole("button", { name: "Lopeta teemakerta" }).click();
  await facilitator
    .getByRole("dialog")
    .getByRole("button", { name: /Lopeta nyt/ })
    .click();
}

/** At the end of the day, from the staff's page. */
async function openFeedback(facilitator: Page) {
  await facilitator.getByRole("link", { name: "Palaute" }).click();
  await facilitator.getByRole("button", { name: "Avaa palaute" }).click();
  await facilitator
    .getByText(/^Kysely on auki\. Se sulkeutuu .+ kello 12\.$/)
    .first()
    .waitFor();
}

/** The server is stopped for the night, and is there again when the feedback has closed. */
async function sleepOverNoon(day: number) {
  expect(await stage.site.end("SIGTERM")).toBe(0);
  clock().set("12:05", day);
  await stage.site.start();
}

/** A picture as a camera makes it: larger than what is kept. */
async function photo(page: Page): Promise<Buffer> {
  const address = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2000, 1500];
    const pen = canvas.getContext("2d");
    if (!pen) throw new Error("there is nothing to draw with");
    for (let stripe = 0; stripe < 20; ++stripe) {
      pen.fillStyle = `hsl(${stripe * 18} 60% 50%)`;
      pen.fillRect(stripe * 100, 0, 100, 1500);
    }
    return canvas.toDataURL("image/jpeg", 0.9);
  });
  return Buffer.from(address.split(",")[1] ?? "", "base64");
}

/** The first sheet's rows, as an independent reader finds them. */
function rowsOf(xlsx: Buffer): (string | number | null)[][] {
  const folder = mkdtempSync(join(tmpdir(), "etakahvila-day-"));
  const path = join(folder, "lasnaolo.xlsx");
  writeFileSync(path, xlsx);
  const script =
    "import json,sys,openpyxl\nsheet=openpyxl.load_workbook(sys.argv[1]).worksheets[0]\n" +
    "print(json.dumps([list(row) for row in sheet.iter_rows(values_only=True)],default=str))";
  const rows = JSON.parse(execFileSync("/usr/bin/python3", ["-c", script, path], { encoding: "utf8" }));
  rmSync(folder, { recursive: true });
  return rows as (string | number | null)[][];
}

/** The first of what the staff's desk has for this one, answered. */
async function answerFirst(page: Page, words: string) {
  const rows = page.getByRole("region", { name: "Palautukset" }).locator("ul button");
  await rows.first().click();
  await page.getByLabel("Vastauksesi").fill(words);
  await page.getByRole("button", { name: "Lähetä ja seuraava" }).click();
  await page.getByText(/^Vastaus lähtee: /).waitFor();
}

const letterTo = (name: string) => `Hei ${name}! Kiitos, että kerroit. Moni nukkuu huonosti kuten sinä.`;

test("twelve people's day: returned, shared out, answered, read; an hour off the line is present", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(
    NAMES.map((_, index) => `Osallistuja ${index + 1}`),
    "Uni",
    { date: clock().date(), start: "09:00", end: "13:00" },
  );
  const { agenda } = await site.api<{ agenda: { id: number; kind: string }[] }>(
    "GET",
    `/api/sessions/${plan.id}`,
  );
  const { changed: assignment } = await site.api<{ changed: number }>(
    "POST",
    `/api/sessions/${plan.id}/assignments`,
    {
      title: "Millainen on sinun yösi?",
      text: "",
      questions: [FIRST, SECOND],
      item: agenda.find(({ kind }) => kind === "assignment")?.id,
      minutes: 60,
      ways: ["text", "photo", "phone"],
    },
  );
  const of = (name: string) => nth(plan.people, NAMES.indexOf(name));
  const desk = (link?: Link) =>
    site.api<{ rows: DeskRow[] }>("GET", `/api/sessions/${plan.id}/work`, undefined, link?.link);

  // They come in, and it begins.
  const facilitator = await openDoors(plan);
  const moderator = await comeToWork(devices, nth(plan.moderators));
  const cable = await Cable.lay();
  const mustikka = await comeIn(devices, of("Mustikka"), "Mustikka", PHONE, cable);
  const kanerva = await comeIn(devices, of("Kanerva"), "Kanerva");
  const puolukka = await comeIn(devices, of("Puolukka"), "Puolukka", DESK);
  const others = [
    ...NAMES.slice(3).map((name) => ({ link: of(name), name })),
    ...[nth(plan.facilitators, 1), nth(plan.moderators, 1)].map((link) => ({ link })),
  ];
  const entrance = await devices.open(site.origin);
  await hold(entrance, others);
  clock().set("09:00");
  await goLive(facilitator);

  // A quarter to twelve: the assignment opens with its item.
  clock().set("11:45");
  await goTo(facilitator, "Oma tehtävä");
  await write(kanerva, "Mökillä nukun.", "Raha-asiat.");
  const [chooser] = await Promise.all([
    kanerva.waitForEvent("filechooser"),
    kanerva.getByRole("button", { name: "Lisää kuva" }).click(),
  ]);
  await chooser.setFiles({ name: "yo.jpg", mimeType: "image/jpeg", buffer: await photo(entrance) });
  await kanerva.getByLabel("Mitä kuvassa on?").fill("Mökin ikkuna yöllä");
  await kanerva.getByLabel("Mitä kuvassa on?").blur();
  await kanerva.getByRole("img", { name: "Mökin ikkuna yöllä" }).waitFor();
  await look(kanerva, "day-photo");
  await giveIn(kanerva);

  // For the rest of the hour two of them are off the line: one has returned the work, the other tells it on the phone.
  clock().set("11:50");
  await Promise.all([kanerva.close(), letGo(entrance, of("Sammal"))]);
  await moderator.getByRole("link", { name: /^Tehtävät/ }).click();
  await moderator.getByRole("button", { name: "Kirjaa puhelu tai paperi" }).click();
  const note = moderator.getByRole("dialog", { name: "Kirjaa puhelu tai paperi" });
  await note.getByLabel("Kuka vastasi?").selectOption({ label: "Sammal" });
  await note.getByLabel(FIRST).fill("Kotona, jos on hiljaista.");
  await note.getByRole("button", { name: "Kirjaa palautus" }).click();
  await note.waitFor({ state: "hidden" });

  // A line is cut in the midst of a sentence.
  await mustikka.getByRole("button", { name: "Tee päivän tehtävä" }).click();
  const field = mustikka.getByRole("textbox", { name: FIRST });
  await field.fill("Sohvalla.");
  await mustikka.getByText("Tallessa kello 11.5").waitFor();
  cable.cut();
  await field.fill("Sohvalla. Siinä on lämmin.");
  await mustikka.getByText("Tallessa vain tällä laitteella. Yhteys on poikki.").waitFor();
  cable.mend();
  await mustikka.getByText("Tallessa kello 11.5").waitFor();
  await mustikka.getByRole("button", { name: "Seuraava" }).click();
  await mustikka.getByRole("textbox", { name: SECOND }).fill("Naapurin musiikki.");
  await mustikka.getByRole("button", { name: "Seuraava" }).click();
  await giveIn(mustikka);
  for (const name of NAMES.filter((name) => !["Mustikka", "Kanerva", "Sammal"].includes(name)))
    await site.api(
      "POST",
      "/api/work/return",
      { assignment, version: 0, fields: [`${name} nukkuu.`, "Huolet."] },
      of(name).link,
    );
  await puolukka.getByRole("button", { name: "Päivän tehtävä" }).first().waitFor();
  await moderator.getByText("12 / 12").waitFor();

  // All of it is there after the server was killed.
  const before = await desk();
  expect(before.rows.map(({ state }) => state)).toEqual(NAMES.map(() => "returned"));
  await site.end("SIGKILL");
  await mustikka.getByText("Yhteys katkesi. Yritämme uudelleen.").first().waitFor();
  await site.start();
  await Promise.all([
    hold(
      entrance,
      others.filter(({ link }) => link !== of("Sammal")),
    ),
    isBack(mustikka),
  ]);
  await Promise.all([isBack(puolukka), isBack(facilitator), isBack(moderator)]);
  expect(await desk()).toEqual({ ...before, now: expect.any(Number) });

  // Three for each of the four.
  await facilitator.getByRole("link", { name: /^Tehtävät/ }).click();
  await facilitator.getByRole("button", { name: "Jaa vapaat tasan" }).click();
  const deal = facilitator.getByRole("dialog", { name: "Jaa 12 vapaata tasan" });
  await deal.getByRole("button", { name: "Jaa", exact: true }).click();
  await facilitator.getByText("Sinun 3").waitFor();
  await moderator.getByText("Sinun 3").waitFor();

  // The photo is small, and is seen by whoever opens the work.
  await facilitator.getByRole("radio", { name: /^Kaikki/ }).check({ force: true });
  await facilitator
    .getByRole("region", { name: "Palautukset" })
    .getByRole("button", { name: /Kanerva/ })
    .click();
  const seen = facilitator.getByRole("img", { name: "Mökin ikkuna yöllä" });
  await expect.poll(() => seen.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1280);
  await look(facilitator, "day-photo-desk");
  await facilitator.getByRole("radio", { name: /^Sinun/ }).check({ force: true });

  // Two of the staff answer from the page, each one; the others and the rest by clients of their own.
  const staff = [...plan.facilitators, ...plan.moderators];
  const nameOf = (person: number) =>
    nth(
      NAMES,
      plan.people.findIndex((link) => link.person === person),
    );
  const firstOf = async (link: Link) => {
    const { rows } = await desk(link);
    const mine = rows.filter(({ claimed_by }) => claimed_by === link.person);
    expect(mine.length).toBe(3);
    return nth([...mine].sort((a, b) => (a.returned_at ?? 0) - (b.returned_at ?? 0))).person;
  };
  for (const [page, link] of [
    [facilitator, nth(plan.facilitators)],
    [moderator, nth(plan.moderators)],
  ] as const)
    await answerFirst(page, letterTo(nameOf(await firstOf(link))));
  for (const link of staff) {
    const { rows } = await desk(link);
    for (const { person, claimed_by, state } of rows)
      if (claimed_by === link.person && state !== "sent")
        await site.api(
          "POST",
          `/api/sessions/${plan.id}/work/send`,
          {
            person,
            assignment,
            version: await versionOf(plan, link, person, assignment),
            text: letterTo(nameOf(person)),
          },
          link.link,
        );
  }
  clock().set("12:20");
  await mustikka.getByText(letterTo("Mustikka")).waitFor();
  await facilitator.getByText("Kaikkiin on vastattu.").waitFor();

  // Both come back for the end of the day.
  clock().set("12:50:30");
  const kanerva_back = await comeIn(devices, of("Kanerva"), "Kanerva");
  await Promise.all([
    kanerva_back.getByRole("button", { name: "Pyydä puheenvuoro" }).waitFor(),
    hold(entrance, [{ link: of("Sammal"), name: "Sammal" }]),
  ]);
  await goTo(facilitator, "Lopetus");
  await openFeedback(facilitator);
  await look(facilitator, "day-feedback-open");
  await puolukka.getByRole("button", { name: "Anna palautetta" }).click();
  await puolukka.getByRole("group", { name: "Miltä tänään tuntui?" }).locator("label").first().click();
  await look(puolukka, "day-feedback");
  await puolukka.getByRole("button", { name: "Lähetä palaute" }).click();
  await puolukka.getByText("Kiitos. Palautteesi on perillä.").first().waitFor();
  for (const name of ["Sammal", "Marja 5", "Marja 6"])
    await site.api("POST", "/api/feedback", { felt: "good", words: `${name} piti tästä` }, of(name).link);
  clock().set("13:01");
  await endSession(facilitator);
  await mustikka.getByRole("heading", { name: "Tämä kerta on päättynyt" }).waitFor();

  // The answer is read on the own page, behind a press.
  const own = await devices.open(of("Kanerva").link);
  await own.getByRole("heading", { name: "Sinulle on vastaus" }).waitFor();
  expect(await own.getByText(letterTo("Kanerva")).count()).toBe(0);
  await own.getByRole("button", { name: "Lue vastaus" }).click();
  await own.getByText(letterTo("Kanerva")).waitFor();
  await own.getByText("Mitä kirjoitin?").click();
  await own.getByRole("img", { name: "Mökin ikkuna yöllä" }).waitFor();
  await look(own, "day-own-page");

  // The seal: nobody has anything against them, and two have the hour of the assignment beside the line's.
  await moderator.getByRole("link", { name: "Läsnäolo" }).click();
  for (const name of ["Kanerva", "Sammal"]) {
    const row = moderator.locator("tbody tr", { hasText: of(name).name });
    await row.getByText("Yhteydessä 3 h + tehtävä 1 h").waitFor();
    await row.getByText("Palautti päivän tehtävän. Tehtävän aika lasketaan.").waitFor();
  }
  await moderator.getByRole("button", { name: "Hyväksy kaikki selvät (12)" }).click();
  await moderator.getByText("Kaikki päätökset on tehty.").waitFor();
  await moderator.getByRole("button", { name: "Vahvista päivä" }).click();
  const seal = moderator.getByRole("dialog");
  await seal.getByText("Läsnä 12, osan aikaa 0, hyväksytty poissaolo 0, poissa 0.").waitFor();
  await seal.getByRole("button", { name: "Vahvista päivä" }).click();
  await moderator.getByText("Päivä on vahvistettu: Moderaattori 1").waitFor();
  await look(moderator, "day-sealed");
  const csv = (await saved(moderator, () => moderator.getByRole("button", { name: "Lataa CSV" }).click()))
    .toString("utf8")
    .trim()
    .split("\r\n");
  const sheet = rowsOf(
    await saved(moderator, () => moderator.getByRole("button", { name: "Lataa taulukko" }).click()),
  );
  for (const name of ["Kanerva", "Sammal"]) {
    const line = nth(csv.filter((row) => row.includes(`;${of(name).name};`)));
    expect(line).toContain(HOUR_OFF_THE_LINE);
    expect(line).toContain(";Läsnä;");
    const cells = nth(sheet.filter((row) => row.includes(of(name).name)));
    expect(cells).toContain(180);
    expect(cells).toContain("Läsnä");
    expect(cells).toContain(HOUR_OFF_THE_LINE);
  }
  expect(csv.filter((row) => /\+ tehtävä [1-9]/.test(row)).length).toBe(2);

  // Four answers of the feedback are none: no figure and no word, for whoever held the day or planned it.
  await devices.away();
  await cable.take_away();
  await sleepOverNoon(1);
  const theirs = await devices.open(nth(plan.moderators).link, DESK);
  const coordinator = await devices.open(site.coordinator, DESK);
  await toMore(coordinator, "Palaute");
  for (const page of [theirs, coordinator]) {
    await page.getByText("Alle viisi vastausta.").waitFor();
    await page.getByText("Emme näytä lukua, jotta kukaan ei paljastu.").waitFor();
    expect(await page.locator(".figures").count()).toBe(0);
    expect(await page.getByText("piti tästä").count()).toBe(0);
  }
  await look(theirs, "day-feedback-of-four");
  for (const link of [site.coordinator, nth(plan.moderators).link]) {
    const results = await site.api<object>("GET", `/api/sessions/${plan.id}/feedback`, undefined, link);
    expect(results).toMatchObject({ stage: "closed", figures: [], words: [] });
    expect(results).not.toHaveProperty("answers");
  }
}, 600_000);

/** The line that was lost is there again. */
async function isBack(page: Page) {
  await page.getByText("Yhteys katkesi. Yritämme uudelleen.").first().waitFor({ state: "hidden" });
}

/** Of the answer's words as they are kept: 0, of none. */
async function versionOf(plan: Planned, link: Link, person: number, assignment: number): Promise<number> {
  const opened = await stage.site.api<{ answer?: { version: number } }>(
    "GET",
    `/api/sessions/${plan.id}/work/${person}?assignment=${assignment}`,
    undefined,
    link.link,
  );
  return opened.answer?.version ?? 0;
}

test("feedback of five, by the keyboard too: shown on the next day, and what changed at the doors", async () => {
  const { site, devices } = stage;
  const series = "Etäkahvila palautteesta";
  const day = 2;
  clock().set("08:40", day);
  const names = NAMES.slice(0, 6);
  const hours = { series, start: "09:00", end: "13:00" };
  const plan = await site.plan(
    names.map((_, index) => `Osallistuja ${index + 21}`),
    "Ruoka",
    { ...hours, date: clock().date(day) },
  );
  const next = await site.plan(["Osallistuja 21"], "Liikunta", { ...hours, date: clock().date(day + 1) });
  const facilitator = await openDoors(plan);
  const mustikka = await comeIn(devices, nth(plan.people), "Mustikka", DESK);
  const entrance = await devices.open(site.origin);
  await hold(
    entrance,
    names.slice(1).map((name, index) => ({ link: nth(plan.people, index + 1), name })),
  );
  clock().set("09:00", day);
  await goLive(facilitator);
  clock().set("12:50", day);
  expect(await mustikka.getByRole("button", { name: "Anna palautetta" }).count()).toBe(0);
  await goTo(facilitator, "Lopetus");
  await openFeedback(facilitator);

  // By the keyboard alone: a face for each question, words, and away.
  await tabTo(mustikka, "Anna palautetta");
  await mustikka.keyboard.press("Enter");
  await mustikka.getByRole("heading", { name: "Miten tänään meni?" }).waitFor();
  for (const question of [
    "Miltä tänään tuntui?",
    "Pääsitkö ääneen niin kuin halusit?",
    "Miten puhelin tai tietokone toimi?",
  ]) {
    const faces = mustikka.getByRole("group", { name: question });
    await tabTo(mustikka, faces.getByRole("radio").first());
    await mustikka.keyboard.press("Space");
    await mustikka.keyboard.press("ArrowRight");
    await expect.poll(() => faces.getByRole("radio").nth(1).isChecked()).toBe(true);
  }
  await tabTo(mustikka, "Mitä muuttaisit?");
  await mustikka.keyboard.type("Tauko voisi olla pidempi.");
  await look(mustikka, "feedback-form");
  await tabTo(mustikka, "Lähetä palaute");
  await mustikka.keyboard.press("Enter");
  await mustikka.getByText("Kiitos. Palautteesi on perillä.").first().waitFor();
  await look(mustikka, "feedback-given");

  // Four more, by clients of their own; the sixth says nothing.
  const words = ["Lisää musiikkia.", "Enemmän aikaa kysymyksille.", "Kahvia!", "Ei mitään, oli hyvä."];
  for (const [index, said] of words.entries())
    await site.api(
      "POST",
      "/api/feedback",
      { felt: "good", heard: index % 2 ? "poor" : "cannot_say", words: said },
      nth(plan.people, index + 1).link,
    );
  const again = site.api("POST", "/api/feedback", { felt: "bad" }, nth(plan.people, 1).link);
  await expect(again).rejects.toThrow("already_handled");
  // While it is open nobody is shown anything.
  await facilitator.getByText("Tulos näkyy, kun kysely on sulkeutunut.").first().waitFor();
  expect(await facilitator.getByText("Kahvia!").count()).toBe(0);
  clock().set("13:00", day);
  await endSession(facilitator);
  await mustikka.getByRole("heading", { name: "Tämä kerta on päättynyt" }).waitFor();
  await devices.away();
  await sleepOverNoon(day + 1);

  // Five and more are shown, each word by itself.
  const coordinator = await devices.open(site.coordinator, DESK);
  await toMore(coordinator, "Palaute");
  await coordinator.getByRole("button", { name: /Ruoka/ }).click();
  await coordinator.getByText(/^5 vastasi 6:sta/).waitFor();
  const figures = (question: string) =>
    coordinator.getByRole("region", { name: question }).locator("tbody td b").allInnerTexts();
  expect(await figures("Miltä tänään tuntui?")).toEqual(["4", "1", "0", "0", "0"]);
  expect(await figures("Pääsitkö ääneen niin kuin halusit?")).toEqual(["0", "1", "2", "0", "2"]);
  // One has answered this: it is not shown.
  expect(await coordinator.getByText("Miten puhelin tai tietokone toimi?").count()).toBe(0);
  const said = coordinator.getByRole("region", { name: "Mitä muuttaisit?" }).locator("li");
  await coordinator.getByText("Järjestys on arvottu.").waitFor();
  expect((await said.locator(".grow").allInnerTexts()).map((text) => text.trim()).sort()).toEqual(
    ["Tauko voisi olla pidempi.", ...words].sort(),
  );
  await look(coordinator, "feedback-results");

  // What came of it is told at the next doors.
  const changed = "Tauko kestää nyt 20 minuuttia.";
  await coordinator.getByLabel("Kerro, mikä muuttui").fill(changed);
  await coordinator.getByRole("button", { name: "Näytä ovilla" }).click();
  await coordinator
    .getByText(/^Tallessa\./)
    .first()
    .waitFor();
  await coordinator.getByText("Kerrottu, mikä muuttui").waitFor();
  await look(coordinator, "feedback-changed");
  const door = await devices.open(nth(next.people).link);
  await door.getByText("Tämä muuttui teidän ansiostanne").waitFor();
  await door.getByText(changed).waitFor();
  await look(door, "feedback-at-the-doors");
});
