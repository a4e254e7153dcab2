import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { type CalendarRead, readCalendar } from "./calendar";
import { comeIn, type DayClock, DESK, type Link, PHONE } from "./running_site";
import { look, nth, openStage, type Stage, signIn, toMore } from "./story";

// A season: how a coordinator makes one, what a participant's one link is on its days, and a day that is cancelled.

interface PeriodShown {
  days: { day: string; series?: number; session?: number }[];
  packages: { id: number; name: string }[];
}

/** What somebody does with a page, counted: presses, and fields that are written in. */
class Hand {
  presses = 0;
  fields = 0;

  constructor(readonly page: Page) {}

  async press(what: Locator): Promise<void> {
    await what.click();
    ++this.presses;
  }
  button(name: string | RegExp): Promise<void> {
    return this.press(this.page.getByRole("button", { name }));
  }
  link(name: string | RegExp): Promise<void> {
    return this.press(this.page.getByRole("link", { name }));
  }
  /** One of a few, in the shape of buttons. */
  choose(group: string | RegExp, name: string): Promise<void> {
    const one = this.page.getByRole("group", { name: group }).locator("label", { hasText: name });
    return this.press(one);
  }
  async pick(label: string, option: string): Promise<void> {
    await this.page.getByLabel(label).selectOption({ label: option });
    ++this.fields;
  }
  async write(label: string | RegExp, words: string): Promise<void> {
    await this.page.getByLabel(label).fill(words);
    ++this.fields;
  }
}

function clockOf(stage: Stage): DayClock {
  const { clock } = stage.site;
  if (!clock) throw new Error("the site has no clock of its own");
  return clock;
}

/** 2026-12-03 as people write it: 3.12. */
function short(date: string): string {
  const [, month, day] = date.split("-").map(Number);
  return `${day}.${month}.`;
}

const base64 = (words: string) => Buffer.from(words).toString("base64");

interface Enrolled {
  name: string;
  decision_type?: string;
  phone?: string;
  sms_allowed?: boolean;
}

interface Season {
  period: number;
  /** Of its days, each a week after the other: the session, its date. */
  days: { session: number; day: string }[];
  links: Link[];
}

const THEMES = ["Uni", "Liikunta", "Ruoka"];

/** Three days, the first so many days from now, with these people; by the API, as the first story does by hand. */
async function planSeason(
  { site }: Stage,
  clock: DayClock,
  first: number,
  people: Enrolled[],
): Promise<Season> {
  const dates = THEMES.map((_, week) => clock.date(first + 7 * week));
  const hours = { start: "09:00", end: "13:00" };
  const { series } = await site.api<{ series: { id: number }[] }>("POST", "/api/series", {
    name: "Etäkahvila",
    is_for_all: true,
    kinds: [],
    ...hours,
  });
  const of_series = nth(series).id;
  const { id } = await site.api<{ id: number }>("POST", "/api/periods", {
    name: "Tämä jakso",
    first_day: nth(dates),
    last_day: nth(dates, 2),
    weekday: new Date(nth(dates)).getUTCDay() || 7,
    ...hours,
    doors_minutes: 30,
    series: [of_series],
    // On whatever days the story falls, they are held.
    skipped: [],
    skip_moves_turn: true,
  });
  const period = `/api/periods/${id}`;
  await site.api("POST", `${period}/make`, {});
  const themes = dates.map((date, index) => `${date};9.00;13.00;Etäkahvila;${THEMES[index]}\n`).join("");
  await site.api("POST", `${period}/programme`, {
    file: base64(`Päivä;Alku;Loppu;Sarja;Teema\n${themes}`),
    dry_run: false,
  });
  const { packages } = await site.api<PeriodShown>("POST", `${period}/packages`, {
    name: "Kahvila",
    parts: [{ series: of_series, way: "room", instead: false }],
  });
  for (const one of people)
    await site.api("POST", `${period}/people`, {
      decision_type: "work_activity",
      supervisor: "Työnjohtaja 7",
      ...one,
      package: nth(packages).id,
      choices: [],
    });
  const { invitations } = await site.api<{ invitations: Link[] }>("POST", `${period}/links`, {});
  const { days } = await site.api<PeriodShown>("GET", period);
  return {
    period: id,
    days: days.map(({ day, session = 0 }) => ({ day, session })),
    links: people.map(({ name }) => nth(invitations.filter((one) => one.name === name))),
  };
}

/** The phone comes out of the pocket: the page looks again. */
const takeOut = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));

/** Presses for the calendar, and takes what a telephone would get from its address. */
async function addCalendar(page: Page): Promise<() => Promise<CalendarRead>> {
  await page.getByRole("button", { name: "Lisää puhelimen kalenteriin" }).click();
  await page.getByText("Kalenteri on valmis.", { exact: false }).first().waitFor();
  const address = await page.getByRole("link", { name: "Kalenterin osoite" }).getAttribute("href");
  expect(await page.getByRole("link", { name: "Avaa kalenteri" }).getAttribute("href")).toMatch(/^webcal:/);
  return async () => {
    const answer = await page.context().request.get(address ?? "");
    expect([answer.status(), answer.headers()["content-type"]]).toEqual([
      200,
      "text/calendar; charset=utf-8",
    ]);
    return readCalendar(await answer.body());
  };
}

/** Helsinki's 09:00-13:00 of a date, by this machine's own rules. */
function hoursOf(date: string): [string, string] {
  const hour = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Helsinki", hour: "2-digit" });
  const noon = `${date}T12:00:00Z`;
  const ahead = Number(hour.format(new Date(noon))) - 12;
  const utc = (local: number) => `${date}T${String(local - ahead).padStart(2, "0")}:00Z`;
  return [utc(9), utc(13)];
}

describe("an empty site", () => {
  const stage = openStage();

  test("the first hour: series, a season with its preview, packages, people from a file, links on paper", async () => {
    const { site, devices } = stage;
    const page = await devices.open(site.coordinator, DESK);
    const hand = new Hand(page);
    await page.getByRole("heading", { name: "Tehdään ensimmäinen jakso" }).waitFor();
    await look(page, "season-empty");

    // 1. One press.
    await hand.button("Ota valmiit kolme");

    // 2. A press, two days, and one week that is skipped; a holiday is by itself.
    await hand.link("Tee jakso");
    await hand.write("Ensimmäinen päivä", "16.1.2031");
    await hand.write("Viimeinen päivä", "to 29.5.2031");
    await page.getByRole("heading", { name: "18 torstaita syntyy" }).waitFor();
    await page.getByText("Etäkahvila 6, Osallisuus ja liikunta 6, Etätyövalmennus 6.").waitFor();
    await page.getByText("2 torstaita jää väliin.").waitFor();
    for (const holiday of ["to 1.5. Vapunpäivä", "to 22.5. Helatorstai"])
      expect(await page.getByRole("group", { name: holiday }).getByLabel("Jää väliin").isChecked()).toBe(
        true,
      );
    await hand.choose("to 20.2. Talviloma", "Jää väliin");
    await page.getByRole("heading", { name: "17 torstaita syntyy" }).waitFor();
    expect(await page.getByLabel("Nimi", { exact: true }).inputValue()).toBe("Kevät 2031");
    expect((await site.api<{ periods: object[] }>("GET", "/api/periods")).periods).toEqual([]);
    await look(page, "season-preview");
    await hand.button("Tee 17 teemakertaa");

    // 3. One press.
    await page.getByRole("heading", { name: "Tehdään ensimmäinen jakso" }).waitFor();
    await page.getByRole("button", { name: "Ota valmiit paketit" }).waitFor();
    await look(page, "season-made");
    await hand.button("Ota valmiit paketit");

    // 4. A file; two rows ask, and each is answered.
    await hand.link("Lisää ihmiset");
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), hand.button("Tuo tiedostosta")]);
    const rows = [
      "Osallistuja 1;Kuntouttava työtoiminta;Työnjohtaja 3;000 000 0001",
      "Osallistuja 2;Kuntouttava työtoiminta;Työnjohtaja 3;000 000 0002",
      "Osallistuja 3;Sosiaalinen kuntoutus;Työnjohtaja 4;000 000 0003",
      "Osallistuja 4;Sosiaalinen kuntoutus;Työnjohtaja 4;000 000 0004",
    ];
    await chooser.setFiles({
      name: "kevat.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(`Nimi;Päätös;Työnjohtaja;Puhelin\n${rows.join("\n")}\n`),
    });
    await hand.pick("Paketti riveille, joilla sitä ei lue", "Torstaipaketti");
    await page.getByText("Rivit 4 ja 5 odottavat vastaustasi.").waitFor();
    await look(page, "season-file");
    await hand.choose("Rivi 4 Osallistuja 3: mitä tehdään?", "Etäpajapäivä tilalle");
    await hand.choose("Rivi 5 Osallistuja 4: mitä tehdään?", "Salli poikkeus");
    await page.getByText("Rivi 5: kirjoita, miksi sallit.").waitFor();
    await hand.write("Miksi sallit? Perustelu säilyy.", "Siirtyy työtoimintaan helmikuussa");
    await hand.button("Tallenna 4 riviä");
    await page.getByText("4 riviä on tallennettu.").first().waitFor();
    await look(page, "season-people");

    // 5. Links, seen this once: on paper.
    await hand.press(page.getByRole("button", { name: "Kausilinkit", exact: true }));
    await look(page, "season-links");
    await hand.button("Tee 4 linkkiä");
    const paper = page.getByRole("article", { name: "Kutsu: Osallistuja 1" });
    const link = await paper.locator(".secret").innerText();
    expect(await paper.locator(".code").innerText()).toMatch(/^\w{4}\s\w{4}$/);
    await look(page, "season-links-made");
    await hand.press(paper.getByRole("button", { name: "Kerrottu puhelimessa: Osallistuja 1" }));
    await hand.button("Sulje kutsut");
    await hand.button("Kyllä, sulje");
    await page.getByText("Tehty, kertomatta").first().waitFor();

    // Fifteen presses and four fields, from nothing to a season that people have links to.
    expect([hand.presses, hand.fields]).toEqual([15, 4]);

    // What came of it: the days in their turns, and who may come where.
    await page.getByRole("link", { name: "Ohjelma", exact: true }).click();
    await page.getByRole("heading", { name: "Kevät 2031", level: 1 }).waitFor();
    await look(page, "season-desk");
    const { periods } = await site.api<{ periods: { id: number }[] }>("GET", "/api/periods");
    const shown = await site.api<PeriodShown>("GET", `/api/periods/${nth(periods).id}`);
    const held = shown.days.filter(({ series }) => series !== undefined);
    expect(shown.days.filter(({ series }) => series === undefined).map(({ day }) => day)).toEqual([
      "2031-02-20",
      "2031-05-01",
      "2031-05-22",
    ]);
    expect(held.map(({ series }) => series)).toEqual(held.map((_, turn) => (turn % 3) + 1));
    expect([nth(held).day, nth(held, 16).day]).toEqual(["2031-01-16", "2031-05-29"]);
    const whoComes = async (day: string) => {
      const session = nth(held.filter((one) => one.day === day)).session;
      const { people } = await site.api<{ people: Link[] }>("GET", `/api/sessions/${session}`);
      return people
        .filter(({ role }) => role === "participant")
        .map(({ name }) => name.slice(-1))
        .sort();
    };
    // Osallistuja 3 has a day by phone in the place of the work training, Osallistuja 4 an exception.
    expect(await Promise.all(["2031-01-16", "2031-01-23", "2031-01-30"].map(whoComes))).toEqual([
      ["1", "2", "3", "4"],
      ["1", "2", "3", "4"],
      ["1", "2", "4"],
    ]);
    await page.getByRole("link", { name: "Ihmiset", exact: true }).click();
    const row = (name: string) => page.locator("tbody tr", { hasText: name });
    await row("Osallistuja 3").getByText("Etäpajapäivä").waitFor();
    await row("Osallistuja 4").getByText("Siirtyy työtoimintaan helmikuussa").waitFor();
    await row("Osallistuja 1").getByText("Kerrottu", { exact: false }).waitFor();
    await page.getByRole("link", { name: "Osallistuja 3" }).click();
    await page.getByRole("heading", { name: "Osallistuja 3", level: 1 }).waitFor();
    await look(page, "season-person");

    // The paper opens the own page, whose first day is the season's.
    const phone = await devices.open(link, PHONE);
    await phone
      .getByText(/^Torstaina 16\.1\. kello 9/)
      .first()
      .waitFor();
    await look(phone, "season-own-page-first");

    // The rest of the desk stands, with a season and on a phone.
    for (const name of ["Poissaolot", "Päätösten lajit"]) {
      await toMore(page, name);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await look(page, `season-desk-${name === "Poissaolot" ? "absences" : "kinds"}`);
    }
  });
});

describe("a season's morning", () => {
  const stage = openStage([], "12:00");

  test("one link: the own page on other days, in the morning the room, whose doors open by themselves", async () => {
    const { site, devices } = stage;
    const clock = clockOf(stage);
    const season = await planSeason(stage, clock, 3, [{ name: "Osallistuja 1" }, { name: "Osallistuja 2" }]);
    const [day, other] = [nth(season.days), nth(season.days, 1)];
    const moderator = await signIn(stage, { name: "Mari Moderaattori", roles: [{ role: "moderator" }] });

    // Three days before.
    const { link } = nth(season.links);
    const own = await devices.open(link, PHONE);
    await own.getByText("Hei, Osallistuja 1. Seuraavaksi").waitFor();
    await own.getByRole("heading", { name: "Uni", level: 1 }).waitFor();
    await own.getByText(/^3 päivän päästä\./).waitFor();
    expect(await own.getByRole("button", { name: /Tule kahvilaan|ovelle/ }).count()).toBe(0);
    await look(own, "season-own-page");
    const telephone = await addCalendar(own);
    await look(own, "season-calendar");
    const calendar = await telephone();
    expect(calendar.zones).toEqual(["Europe/Helsinki"]);
    expect(calendar.entries.map(({ starts, ends }) => [starts, ends])).toEqual(
      season.days.map((one) => hoursOf(one.day)),
    );
    expect(new Set(calendar.entries.map(({ uid }) => uid)).size).toBe(3);
    for (const { status, sequence, zone, words } of calendar.entries) {
      expect([status, sequence, zone]).toEqual(["", 0, "Europe/Helsinki"]);
      // Others look at a telephone too.
      expect(words).toContain("Tapaaminen verkossa");
      expect(words).not.toMatch(/Uni|Liikunta|Ruoka|#|Osallistuja/);
    }

    // They cannot come a week later, and say why.
    await own.getByRole("button", { name: `En pääse ${short(other.day)}` }).click();
    await own.getByRole("heading", { name: "En pääse ryhmään" }).waitFor();
    await own.getByRole("button", { name: "Kerro, että en pääse" }).click();
    await own.getByText("Valitse ensin syy.").first().waitFor();
    await own.locator("label", { hasText: "Alle 10-vuotias lapseni on sairas" }).click();
    await look(own, "season-absence");
    await own.getByRole("button", { name: "Kerro, että en pääse" }).click();
    await own
      .getByText(/^Kiitos\. Kerroit, että et pääse:/)
      .first()
      .waitFor();
    await own.getByRole("button", { name: `Pääsen sittenkin ${short(other.day)}` }).waitFor();
    await look(own, "season-absence-told");

    // The supervisor is told why.
    const supervisor = await signIn(stage, {
      name: "Päivi Työnjohtaja",
      roles: [{ role: "supervisor" }],
      supervises: ["Työnjohtaja 7"],
    });
    await supervisor.getByRole("link", { name: "Poissaolot" }).click();
    const told = supervisor.getByRole("region", { name: "Ilmoitetut" });
    await told.getByText(new RegExp(`Osallistuja 1, .*${short(other.day)}`)).waitFor();
    await told.getByText(/^Alle 10-vuotiaan lapsen sairaus\. Kertoi itse/).waitFor();
    await look(supervisor, "season-supervisor");

    // The room's staff are told that, and by no line and no answer why.
    const heard: (string | Buffer)[] = [];
    const answers: Promise<void>[] = [];
    moderator.on("websocket", (line) => line.on("framereceived", ({ payload }) => heard.push(payload)));
    moderator.on("response", (answer) => {
      if (!answer.url().includes("/api/")) return;
      answers.push(
        answer.text().then(
          (text) => void heard.push(text),
          () => undefined,
        ),
      );
    });
    await moderator.getByRole("button", { name: "Tule huoneeseen: Moderaattori : Liikunta" }).click();
    await moderator.getByRole("link", { name: "Läsnäolo" }).click();
    await moderator.getByRole("button", { name: "Poissaoloilmoitus" }).click();
    const absent = moderator.getByRole("dialog").locator("li", { hasText: "Osallistuja 1" });
    await absent.getByText("Poissaolo ilmoitettu").waitFor();
    await look(moderator, "season-room-absence");
    await Promise.all(answers);
    const all = heard.join("\n");
    expect(all).toContain("Osallistuja 1");
    expect(all).not.toMatch(/child_ill|lapse/i);
    expect(await moderator.content()).not.toMatch(/child_ill|lapse/i);
    await moderator.close();

    // The morning: out of the pocket, and the page waits for the doors.
    clock.set("08:20", 3);
    await takeOut(own);
    await own.getByText("Ovet aukeavat kello 8.30 itsestään.").waitFor();
    await look(own, "season-morning");
    await own.getByRole("button", { name: "Ovet avataan vähän ennen alkua" }).waitFor();
    // Nobody has pressed anything: the doors are the clock's, and the page goes on by itself.
    clock.set("08:30:05", 3);
    await own.getByRole("button", { name: "Tule kahvilaan" }).waitFor();
    await own.getByText("Ohjaajat tulevat kello 8.45.").waitFor();
    await look(own, "season-doors-open");
    await own.getByLabel("Nimi, jonka muut näkevät").fill("Mustikka");
    await own.getByRole("button", { name: "Tule kahvilaan" }).click();
    await own.getByRole("region", { name: "Kuka puhuu" }).waitFor();

    // Nobody of the staff is there at nine, and the coordinator's page says so.
    clock.set("09:01", 3);
    const coordinator = await devices.open(site.coordinator, DESK);
    await coordinator.getByRole("heading", { name: /^Kukaan ohjaajista ei ole paikalla/ }).waitFor();
    await look(coordinator, "season-nobody-of-staff");
    const facilitator = await signIn(stage, { name: "Olli Ohjaaja", roles: [{ role: "facilitator" }] });
    await facilitator.getByRole("button", { name: "Tule huoneeseen: Ohjaaja : Uni" }).click();
    await facilitator.getByRole("button", { name: "Aloita teemakerta" }).click();
    await own.getByRole("button", { name: "Pyydä puheenvuoro" }).click();
    await facilitator.getByRole("button", { name: "Anna vuoro: Mustikka" }).waitFor();
    await coordinator.reload();
    await coordinator.getByRole("heading", { name: "Tee seuraavaksi" }).waitFor();
    expect(await coordinator.getByText(/^Kukaan ohjaajista ei ole paikalla/).count()).toBe(0);
    // The link is the day's: another device comes to the same door.
    const tablet = await comeIn(devices, nth(season.links, 1), "Kanerva");
    await tablet.getByRole("button", { name: "Pyydä puheenvuoro" }).waitFor();
    expect(day.session).not.toBe(other.session);
  });
});

describe("a cancelled day", () => {
  const stage = openStage([], "10:00");

  test("cancelled with words: the page tells the next date, calls are ticked, and nobody is absent", async () => {
    const { site, devices } = stage;
    const clock = clockOf(stage);
    const season = await planSeason(stage, clock, 3, [
      { name: "Osallistuja 1", phone: "000 000 0001" },
      { name: "Osallistuja 2", phone: "000 000 0002", sms_allowed: true },
      { name: "Osallistuja 3" },
    ]);
    const [day, next] = [nth(season.days), nth(season.days, 1)];
    const own = await devices.open(nth(season.links).link, PHONE);
    await own.getByRole("heading", { name: "Uni", level: 1 }).waitFor();
    const telephone = await addCalendar(own);
    const before = await telephone();

    const page = await devices.open(site.coordinator, DESK);
    const hand = new Hand(page);
    await hand.press(page.getByRole("list", { name: "Jakson päivät" }).getByRole("link").first());
    await page.getByRole("heading", { name: "Uni", level: 1 }).waitFor();
    await hand.link("Peru kerta");
    await page.getByRole("heading", { name: /^Peru teemakerta/ }).waitFor();
    const proposed = await page.getByLabel("Viesti osallistujille").inputValue();
    expect(proposed).toContain("Ohjaajat ovat sairaana.");
    expect(proposed).toContain(short(next.day));
    const counted = (name: string) =>
      page
        .getByRole("listitem")
        .filter({ has: page.getByRole("heading", { name, exact: true }) })
        .locator(".fig")
        .innerText();
    expect([await counted("Tekstiviesti"), await counted("Soitetaan")]).toEqual(["1", "2"]);
    const words = "Torstain ryhmä on peruttu. Ohjaajat ovat flunssassa.";
    await hand.write("Viesti osallistujille", words);
    await look(page, "season-cancel");
    await hand.button("Peru ja kerro 3 ihmiselle");
    await page.getByRole("heading", { name: /^Soittolista: .* on peruttu$/ }).waitFor();
    // Three presses and one field.
    expect([hand.presses, hand.fields]).toEqual([3, 1]);

    // A text message is ready for a telephone of one's own: the words, and no link.
    const message = await page
      .getByRole("link", { name: "Tekstiviesti: Osallistuja 2" })
      .getAttribute("href");
    expect(message).toMatch(/^sms:0000000002\?body=/);
    expect(decodeURIComponent(message ?? "")).toContain(words);
    expect(decodeURIComponent(message ?? "")).not.toMatch(/https?:|#/);

    // Who opens the page reads the words, and the day that comes.
    await takeOut(own);
    await own.getByText(/ryhmää ei ole\. Se on peruttu\.$/).waitFor();
    await own.getByText(words).first().waitFor();
    await own.getByText("Sinun ei tarvitse tehdä mitään.", { exact: false }).first().waitFor();
    await own.getByRole("heading", { name: "Liikunta", level: 1 }).waitFor();
    await own
      .getByText(new RegExp(`na ${short(next.day).replaceAll(".", "\\.")} kello 9`))
      .first()
      .waitFor();
    await look(own, "season-cancelled-own");

    // Its entry is taken back by the next number; the others stand as they were.
    const [of_day, ...others] = before.entries;
    expect(await telephone()).toEqual({
      ...before,
      entries: [{ ...of_day, status: "CANCELLED", sequence: (of_day?.sequence ?? 0) + 1 }, ...others],
    });

    // The list of calls: one is told, one does not answer, and it stays among what is to be done.
    const calls = page.getByRole("region", { name: "Soita näille" });
    const call = (name: string) => calls.locator("label", { hasText: name });
    await calls.getByText("0 / 2").waitFor();
    await calls.getByText("Numeroa ei ole.", { exact: false }).waitFor();
    await page.getByText("1 on avannut").waitFor();
    await call("Osallistuja 1").click();
    await calls.getByText("1 / 2").waitFor();
    await calls.getByRole("button", { name: "Ei vastannut: Osallistuja 3" }).click();
    await calls.getByText(/Ei vastannut 10\.\d\d/).waitFor();
    await look(page, "season-calls");
    await page.getByRole("link", { name: "Ohjelma", exact: true }).click();
    await page.getByRole("link", { name: /^Avaa soittolista: Soita perutusta kerrasta/ }).click();
    await call("Osallistuja 3").click();
    await page.getByText("Kaikki on tavattu.").waitFor();
    await page.getByRole("link", { name: "Ohjelma", exact: true }).click();
    await page.getByRole("heading", { name: "Tee seuraavaksi" }).waitFor();
    expect(await page.getByText("Soita perutusta kerrasta").count()).toBe(0);
    await look(page, "season-cancelled-desk");

    // The day goes by, and nobody is absent: not to the supervisor, not on a list, not in the person's season.
    clock.set("14:00", 3);
    const supervisor = await signIn(stage, {
      name: "Päivi Työnjohtaja",
      roles: [{ role: "supervisor" }],
      supervises: ["Työnjohtaja 7"],
    });
    await supervisor.getByRole("heading", { name: "Omien asiakkaitteni läsnäolo" }).waitFor();
    await supervisor.getByRole("link", { name: "Poissaolot" }).click();
    await supervisor.getByRole("heading", { name: "Kerro poissaolo" }).waitFor();
    expect(await supervisor.getByRole("heading", { name: "Kysy syytä" }).count()).toBe(0);
    const report = await supervisor
      .context()
      .request.get(`${site.origin}/api/sessions/${day.session}/attendance.csv`, {
        headers: { authorization: `Bearer ${site.coordinator.split("#")[1]}` },
      });
    const [, ...lines] = (await report.text()).trim().split("\r\n");
    expect(lines.length).toBe(1);
    expect(lines[0]).toMatch(/^Uni;.*;Peruttu;/);
    await page.getByRole("link", { name: "Ihmiset", exact: true }).click();
    await page.getByRole("link", { name: "Osallistuja 1" }).click();
    await page.getByRole("heading", { name: "Osallistuja 1", level: 1 }).waitFor();
    const days = page.getByRole("list", { name: "Päivät" });
    await expect.poll(() => days.locator("li", { hasText: "Peruttu" }).count()).toBe(1);
    expect(await page.getByText("poissa, ei ilmoitettu").count()).toBe(0);
    await look(page, "season-cancelled-person");
  });
});
