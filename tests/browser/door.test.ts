import { expect, test } from "vitest";
import { Cable } from "./cable";
import { barriers, comeIn, comeToWork, DESK, type Link, overhang, PHONE, picture } from "./running_site";
import { beginSession, nth, openStage } from "./story";

// The link and the door: before the day, on a phone with a wrong clock, behind proxies, and for who cannot get in.

const stage = openStage();

/** A day in Helsinki, so many days from now. */
function day(ahead: number): string {
  const at = new Date(Date.now() + ahead * 24 * 3_600_000);
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Helsinki", dateStyle: "short" }).format(at);
}

async function planAhead(
  series: string,
): Promise<{ id: number; person: Link; moderator: Link; move: (ahead: number) => Promise<unknown> }> {
  const { site } = stage;
  // Links open a day before: of a session late today they are open, whatever the hour is now.
  const form = (ahead: number) => ({
    theme: "Erilainen joululoma",
    series,
    date: day(ahead),
    help_phone: "09 000 0000",
    ...(ahead === 0 ? { start: "23:00", end: "23:59" } : { start: "09:00", end: "13:00" }),
  });
  const { id } = await site.api<{ id: number }>("POST", "/api/sessions", form(12));
  await site.api(
    "POST",
    `/api/sessions/${id}/registrations`,
    "Nimi;Päätöksen laji;Työnjohtaja\nOsallistuja 1;kuntouttava työtoiminta;Työnjohtaja 3\n",
  );
  const { invitations } = await site.api<{ invitations: Link[] }>(
    "POST",
    `/api/sessions/${id}/invitations`,
    {},
  );
  const of = (role: string) => nth(invitations.filter((one) => one.role === role));
  return {
    id,
    person: of("participant"),
    moderator: of("moderator"),
    move: (ahead) => site.api("POST", `/api/sessions/${id}`, form(ahead)),
  };
}

test("a link opened when it comes: place, day, calendar, sound, microphone; the door opens by itself", async () => {
  const { devices } = stage;
  const plan = await planAhead("Etäkahvila etuajassa");
  for (const viewport of [PHONE, DESK]) {
    const page = await devices.open(`${plan.person.link}?utm_source=sms`, viewport);
    await page.getByText("Olet oikeassa paikassa.").waitFor();
    await page.getByText(/Kahvila on .* kello 9\./).waitFor();
    await page.getByRole("heading", { name: "Kokeile ääntä" }).waitFor();
    expect(await page.evaluate(() => location.hash)).toBe("");
    expect(await barriers(page)).toEqual([]);
    expect(await overhang(page)).toEqual([0, 0]);
    await picture(page, `door-early-${viewport.width}`);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Lisää kalenteriin" }).click(),
    ]);
    expect(file.suggestedFilename()).toBe("tapaaminen.ics");
    await page.getByRole("button", { name: "Pyydä apua" }).click();
    await page.getByRole("dialog").getByRole("link", { name: "09 000 0000" }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await picture(page, `door-early-help-${viewport.width}`);
    await page.getByRole("button", { name: "Sulje" }).click();
    if (viewport === DESK) {
      // The day comes nearer while the page is open.
      await plan.move(0);
      await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
      await page.getByLabel("Nimi, jonka muut näkevät").waitFor();
      await plan.move(12);
    }
  }
  const staff = await devices.open(plan.moderator.link, DESK);
  await staff.getByText("Olet oikeassa paikassa").waitFor();
  expect(await barriers(staff)).toEqual([]);
  await picture(staff, "door-early-staff-1280");
  const by_code = await devices.open(stage.site.origin);
  const box = by_code.getByLabel("1. merkki", { exact: true });
  await box.waitFor();
  await box.evaluate((field, text) => {
    const data = new DataTransfer();
    data.setData("text", text);
    field.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, `Puhelinkoodi on ${plan.person.code}.`);
  await by_code.getByRole("button", { name: "Jatka" }).click();
  await by_code.getByText("Olet oikeassa paikassa.").waitFor();
});

test("a link that was made anew says so, and has a way to help", async () => {
  const { site, devices } = stage;
  const plan = await planAhead("Etäkahvila uusittu");
  await site.api("POST", `/api/sessions/${plan.id}/invitations`, {
    people: [plan.person.person],
    renew: true,
  });
  const page = await devices.open(plan.person.link);
  await page.getByRole("heading", { name: "Tämä linkki ei ole enää käytössä" }).waitFor();
  await page.getByText(/Avaa se kutsu, joka tuli viimeksi/).waitFor();
  await page.getByRole("button", { name: "Pyydä apua" }).click();
  await page
    .getByRole("dialog")
    .getByText(/Soita sille, joka lähetti kutsun/)
    .waitFor();
  expect(await barriers(page)).toEqual([]);
  await picture(page, "door-revoked-360");
});

test("a phone that is three hours slow hears nothing of a start to come when the session is on", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1"]);
  await beginSession(devices, plan);
  devices.scripts.push(() => {
    const RealDate = Date;
    const late = 3 * 3_600_000;
    // biome-ignore lint/suspicious/noGlobalAssign: the clock of this device is wrong.
    Date = class extends RealDate {
      constructor(...given: []) {
        if (given.length === 0) super(RealDate.now() - late);
        else super(...given);
      }
      static override now() {
        return RealDate.now() - late;
      }
    } as DateConstructor;
  });
  const page = await devices.open(nth(plan.people).link);
  devices.scripts.length = 0;
  await page.getByText("Kahvila on käynnissä.").waitFor();
  expect(await page.getByText(/Alkaa/).count()).toBe(0);
  await picture(page, "door-wrong-clock-360");
});

test("one 404 of a proxy does not end the room, nor the door", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1"]);
  const facilitator = await beginSession(devices, plan);
  const cable = await Cable.lay();
  const mustikka = await comeIn(devices, nth(plan.people), "Mustikka", PHONE, cable);
  await mustikka.getByRole("button", { name: "Pyydä puheenvuoro" }).click();
  await mustikka.getByText("Olet seuraava.").first().waitFor();
  // The ticket is of the server that was; the way to a new one goes through a proxy whose backend is away.
  let asked = 0;
  cable.interfere((head) =>
    head.startsWith("POST /api/enter") && asked++ < 2 ? [404, "404 page not found\n"] : undefined,
  );
  await site.end("SIGKILL");
  await site.start();
  await facilitator.getByRole("button", { name: "Anna vuoro: Mustikka" }).waitFor();
  await mustikka.getByText("Yhteys katkesi. Yritämme uudelleen.").first().waitFor({ state: "hidden" });
  await mustikka.getByText("Olet seuraava.").first().waitFor();
  await expect.poll(() => asked).toBeGreaterThan(2);
  expect(await mustikka.getByText("Tämä linkki ei toimi").count()).toBe(0);

  cable.interfere((head) => (/^(GET|POST) \/api\//.test(head) ? [404, "<html>Not Found</html>"] : undefined));
  const door = await devices.open(nth(plan.people).link, PHONE, cable);
  await door.getByRole("heading", { name: "Emme saa yhteyttä" }).waitFor();
  cable.interfere();
  await door.getByLabel("Nimi, jonka muut näkevät").waitFor();

  // Who has pressed the door's button is let in when the proxy has its backend again, and needs not press anew.
  let pressed = 0;
  cable.interfere((head) =>
    head.startsWith("POST /api/enter") && pressed++ < 1 ? [404, "404 page not found\n"] : undefined,
  );
  await door.getByRole("button", { name: "Tule kahvilaan" }).click();
  await door
    .getByText(/Emme saa yhteyttä. Yritämme itsestään uudelleen/)
    .first()
    .waitFor();
  await door.getByText("Olet seuraava.").first().waitFor();
  expect(pressed).toBeGreaterThan(1);
  await devices.away();
  await cable.take_away();
});

test("a net that lets no socket through is named, with whom to call; and the room opens when it may", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1"]);
  await beginSession(devices, plan);
  const cable = await Cable.lay();
  cable.interfere((head) =>
    /^upgrade: websocket/im.test(head) ? [403, "<html>Blocked by policy</html>"] : undefined,
  );
  const page = await comeIn(devices, nth(plan.people), "Mustikka", PHONE, cable);
  await page.getByText("Tämä verkko estää yhteyden kahvilaan").first().waitFor();
  await page.getByRole("link", { name: "09 000 0000" }).first().waitFor();
  await page
    .getByText(/Kokeile toista verkkoa/)
    .first()
    .waitFor();
  expect(await barriers(page)).toEqual([]);
  await picture(page, "door-blocked-360");
  cable.interfere();
  await page.getByRole("button", { name: "Pyydä puheenvuoro" }).waitFor();
  await devices.away();
  await cable.take_away();
});

test("who cannot get in stands in the moderators' queue by name, and coming in ends it", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1"]);
  await beginSession(devices, plan);
  const moderator = await comeToWork(devices, nth(plan.moderators));
  const door = await devices.open(nth(plan.people).link);
  await door.getByRole("button", { name: "Pyydä apua" }).click();
  await door.getByLabel(/Mikä ei onnistu/).fill("Nimi ei kelpaa");
  await door.getByLabel(/Puhelinnumerosi/).fill("040 123 4567");
  expect(await barriers(door)).toEqual([]);
  await picture(door, "door-help-360");
  await door.getByRole("dialog").getByRole("button", { name: "Pyydä apua" }).click();
  await door.getByText("Apupyyntösi on lähetetty.").first().waitFor();
  const card = moderator.getByRole("article").filter({ hasText: "Nimi ei kelpaa" });
  await card.getByText("Osallistuja 1").first().waitFor();
  await card.getByText("Ovella").waitFor();
  await card.getByRole("button", { name: /^Otan tämän/ }).click();
  await card.getByText("040 123 4567").waitFor();
  await picture(moderator, "door-help-moderator-1280");
  expect(await barriers(moderator)).toEqual([]);
  await door.getByText("Apupyyntösi on nähty. Apu on tulossa.").first().waitFor();
  await door.getByRole("dialog").getByRole("button", { name: "Sulje" }).click();
  await door.getByLabel("Nimi, jonka muut näkevät").fill("Mustikka");
  await door.getByRole("button", { name: "Tule kahvilaan" }).click();
  await card.waitFor({ state: "hidden" });
});

test("a browser that makes a page's words twice as large, and nothing else, cuts no door off", async () => {
  const { site, devices } = stage;
  const [open, early] = [await site.plan(["Osallistuja 1"]), await planAhead("Etäkahvila isolla")];
  const doors: [string, string][] = [
    [nth(open.people).link, "Nimi, jonka muut näkevät"],
    [early.person.link, "Olet oikeassa paikassa."],
    [`${site.origin}/#${"A".repeat(22)}`, "Tämä linkki ei toimi"],
    [nth(open.moderators).link, "Nimesi"],
    [early.moderator.link, "Olet oikeassa paikassa"],
    [`${site.origin}/staff`, "Kirjaudu sisään"],
  ];
  for (const [link, text] of doors) {
    const page = await devices.open(link);
    await page.getByText(text).first().waitFor();
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
    });
    const over = () =>
      page.evaluate(() => {
        const wide = [document.documentElement, ...document.querySelectorAll("dialog[open]")];
        return wide.map((one) => one.scrollWidth - one.clientWidth).filter((more) => more > 0);
      });
    expect([text, await over()]).toEqual([text, []]);
    const help = page.getByRole("button", { name: "Pyydä apua" });
    if ((await help.count()) === 0) continue;
    await help.click();
    await page.getByRole("dialog").getByText(/Soita/).first().waitFor();
    expect([text, "help", await over()]).toEqual([text, "help", []]);
  }
});
