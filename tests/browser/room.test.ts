import { expect, test } from "vitest";
import { sendAs } from "./own_client";
import { barriers, comeIn, DESK, picture } from "./running_site";
import { beginSession, nth, openStage, tabTo } from "./story";

// One theme session, end to end, in real pages against the real server.

const stage = openStage();

test("a participant comes in by a personal link, asks for a turn, speaks and is done", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1", "Osallistuja 2"]);
  const door = await devices.open(nth(plan.people).link);
  await door.getByText("Ovet eivät ole vielä auki.").first().waitFor();
  expect(await door.evaluate(() => location.hash)).toBe("");
  expect(await barriers(door)).toEqual([]);
  await picture(door, "join-before-doors-360");

  const facilitator = await beginSession(devices, plan);
  // The page asks now and then by itself.
  await door.getByRole("button", { name: "Tule kahvilaan" }).waitFor();
  await picture(door, "join-360");
  await door.close();
  const mustikka = await comeIn(devices, nth(plan.people), "Mustikka");
  // What is on now, and what comes.
  await mustikka.getByRole("heading", { name: "Päivän aihe" }).waitFor();
  await mustikka.getByText(/^Kello .*Keskustelu$/).waitFor();
  expect(await barriers(mustikka)).toEqual([]);
  await picture(mustikka, "participant-ask-360");
  await mustikka.getByRole("button", { name: "Pyydä puheenvuoro" }).click();
  await mustikka.getByText("Olet seuraava.").first().waitFor();

  const kanerva = await comeIn(devices, nth(plan.people, 1), "Kanerva", DESK);
  await kanerva.getByRole("button", { name: "Pyydä puheenvuoro" }).click();
  await kanerva.getByText("Olet toinen.").first().waitFor();
  await picture(kanerva, "participant-queue-1280");
  await kanerva.getByRole("button", { name: "Peru pyyntö" }).click();
  await kanerva.getByRole("button", { name: "Pyydä puheenvuoro" }).waitFor();

  expect(await barriers(facilitator)).toEqual([]);
  await picture(facilitator, "facilitator-1280");
  await facilitator.getByRole("button", { name: "Anna vuoro: Mustikka" }).click();
  const call = mustikka.getByRole("dialog", { name: "On sinun vuorosi" });
  await call.waitFor();
  await picture(mustikka, "participant-your-turn-360");
  expect(await barriers(mustikka)).toEqual([]);
  await call.getByRole("button", { name: "Puhu nyt" }).click();
  await kanerva.getByText("Nyt puhuu").first().waitFor();
  await mustikka.getByRole("button", { name: "Lopeta vuoroni" }).click();
  await kanerva.getByText("Nyt ei puhu kukaan.").first().waitFor();
});

test("the server is killed: the page says so calmly, keeps what was typed, sends it, and goes on", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1", "Osallistuja 2"]);
  const facilitator = await beginSession(devices, plan);
  const mustikka = await comeIn(devices, nth(plan.people), "Mustikka");
  const kanerva = await comeIn(devices, nth(plan.people, 1), "Kanerva");
  await mustikka.getByRole("button", { name: "Pyydä puheenvuoro" }).click();
  await mustikka.getByText("Olet seuraava.").first().waitFor();

  await site.end("SIGKILL");
  await mustikka
    .getByText(/Odota hetki tai siirry/)
    .first()
    .waitFor();
  await picture(mustikka, "participant-offline-360");
  expect(await barriers(mustikka)).toEqual([]);
  await mustikka.getByLabel("Kirjoita viesti").fill("Sama täällä!");
  await mustikka.getByRole("button", { name: "Lähetä", exact: true }).click();
  await mustikka
    .getByText(/Ei vielä lähetetty/)
    .first()
    .waitFor();
  await site.start();

  await kanerva.getByText("Sama täällä!").first().waitFor();
  await mustikka.getByText("Julkaistu").first().waitFor();
  expect(await kanerva.getByText("Sama täällä!").count()).toBe(1);
  await mustikka.getByText("Olet seuraava.").first().waitFor();
  await facilitator.getByRole("button", { name: "Anna vuoro: Mustikka" }).waitFor();
});

test("a poisoned outbox holds up nothing: one socket, and the call for help goes out", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1", "Osallistuja 2"]);
  await beginSession(devices, plan);
  const mustikka = await comeIn(devices, nth(plan.people), "Mustikka");
  const kanerva = await comeIn(devices, nth(plan.people, 1), "Kanerva");
  const sockets: string[] = [];
  mustikka.on("websocket", (socket) => {
    if (new URL(socket.url()).pathname === "/room") sockets.push(socket.url());
  });
  // What an earlier page has left behind: half of an emoji, a field of a newer page, more than a frame takes.
  await mustikka.evaluate(() => {
    const said = (id: string, more: object) => ({
      id,
      given_at: Date.now(),
      command: { type: "send_message", channel: "room", ...more },
    });
    const kept = [
      said("bad-1", { text: "Puolikas \ud83d" }),
      said("bad-2", { text: "Uusi kenttä", mood: "calm" }),
      said("bad-3", { text: "😀".repeat(5000) }),
    ];
    sessionStorage.setItem("outbox", JSON.stringify(kept));
  });
  await mustikka.reload();
  await mustikka.getByText("Puolikas \ufffd").first().waitFor();
  await kanerva.getByText("Puolikas \ufffd").first().waitFor();
  await mustikka
    .getByText(/^Ei lähetetty\./)
    .nth(1)
    .waitFor();
  await picture(mustikka, "participant-poisoned-outbox-360");

  await mustikka.getByRole("button", { name: "Pyydä apua" }).first().click();
  await mustikka.getByRole("button", { name: "Minua ei kuulla" }).click();
  await mustikka.getByLabel(/Puhelinnumero/).fill("\u202d040–123 4567\u202c (äiti)");
  await mustikka.getByRole("button", { name: "Lähetä apupyyntö" }).click();
  await mustikka.getByText("Apupyyntösi on lähetetty.").first().waitFor();
  await mustikka
    .getByText(/040-123 4567/)
    .first()
    .waitFor();
  expect(sockets).toHaveLength(1);
});

test("the server is asked to stop: it ends with 0, and everyone goes on after it has started again", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1"]);
  const facilitator = await beginSession(devices, plan);
  const mustikka = await comeIn(devices, nth(plan.people), "Mustikka");
  await mustikka.getByRole("button", { name: "Pyydä puheenvuoro" }).click();
  await mustikka.getByText("Olet seuraava.").first().waitFor();
  expect(await site.end("SIGTERM")).toBe(0);
  const lost = mustikka.getByText(/Odota hetki tai siirry/).first();
  await lost.waitFor();
  await site.start();
  await lost.waitFor({ state: "hidden" });
  await facilitator.getByRole("button", { name: "Anna vuoro: Mustikka" }).click();
  await mustikka.getByRole("dialog", { name: "On sinun vuorosi" }).waitFor();
});

test("a bad link says in plain words whom to ask", async () => {
  const { site, devices } = stage;
  const page = await devices.open(`${site.origin}/#AAAAAAAAAAAAAAAAAAAAAA`);
  await page.getByRole("heading", { name: "Tämä linkki ei toimi" }).waitFor();
  await page
    .getByText(/Kysy uusi linkki/)
    .first()
    .waitFor();
  expect(await barriers(page)).toEqual([]);
  await picture(page, "bad-link-360");
});

test("with the keyboard alone: in, a turn asked for and taken back, a message written", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1"]);
  await beginSession(devices, plan);
  const page = await devices.open(nth(plan.people).link, DESK);
  await tabTo(page, "Nimi, jonka muut näkevät");
  await page.keyboard.type("Tikka");
  await tabTo(page, "Tule kahvilaan");
  await page.keyboard.press("Enter");
  await tabTo(page, "Pyydä puheenvuoro");
  await page.keyboard.press("Enter");
  await page.getByText("Olet seuraava.").first().waitFor();
  await tabTo(page, "Peru pyyntö");
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Pyydä puheenvuoro" }).waitFor();
  await tabTo(page, "Kirjoita viesti");
  await page.keyboard.type("Näppäimillä");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Julkaistu").first().waitFor();
});

test("text is text: nothing that somebody writes runs or changes the page", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1", "Osallistuja 2"]);
  await beginSession(devices, plan);
  const kanerva = await comeIn(devices, nth(plan.people, 1), "Kanerva");
  await kanerva.getByLabel("Kirjoita viesti").waitFor();
  const hostile = `<img src=x onerror="document.title='rikki'"><script>document.title='rikki'</script> {{7*7}}`;
  const mustikka = await comeIn(devices, nth(plan.people), "<b>Mustikka</b>");
  await mustikka.getByLabel("Kirjoita viesti").fill(hostile);
  await mustikka.getByRole("button", { name: "Lähetä", exact: true }).click();
  await kanerva.getByText(hostile).waitFor();
  await kanerva.getByText("<b>Mustikka</b>").first().waitFor();
  expect(await kanerva.title()).not.toBe("rikki");
});

test("a long chat: the list follows its end, is still for who reads on, shows older ones on request", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1", "Osallistuja 2"]);
  await beginSession(devices, plan);
  const phone = await comeIn(devices, nth(plan.people), "Mustikka");
  const desk = await comeIn(devices, nth(plan.people, 1), "Kanerva", DESK);
  for (const page of [phone, desk]) await page.getByLabel("Kirjoita viesti").waitFor();
  const writer = await devices.open(`${site.origin}/`);
  let written = 0;
  const write = async (count: number) => {
    const texts = Array.from({ length: count }, () => `Viesti numero ${++written}.`);
    await sendAs(
      writer,
      nth(plan.facilitators),
      null,
      texts.map((text) => ({ type: "send_message", channel: "room", text })),
    );
    // On the phone the messages are further down; there they are counted.
    for (const page of [phone, desk]) await page.getByText(`Viesti numero ${written}.`).waitFor();
  };
  const drawn = (page: typeof desk) => page.locator(".msgs .said-text").count();
  await write(150);
  expect(await drawn(desk)).toBeLessThanOrEqual(90);
  expect(await drawn(phone)).toBeLessThanOrEqual(90);
  await expect
    .poll(() =>
      desk
        .getByText("Viesti numero 150.")
        .evaluate(
          (row) =>
            row.getBoundingClientRect().bottom <= (row.closest(".msgs")?.getBoundingClientRect().bottom ?? 0),
        ),
    )
    .toBe(true);
  await picture(desk, "participant-long-chat-1280");
  await phone
    .getByRole("button", { name: /uutta viestiä/ })
    .first()
    .click();
  await expect
    .poll(() =>
      phone.locator("#new-messages").evaluate((line) => line.getBoundingClientRect().top < innerHeight),
    )
    .toBe(true);
  await picture(phone, "participant-long-chat-360");

  // In the midst: where the eye is stays there.
  const older = desk.getByRole("button", { name: "Näytä vanhempia viestejä" });
  await older.click();
  const read = desk.getByText("Viesti numero 80.");
  await read.scrollIntoViewIfNeeded();
  const at = () => read.evaluate((row) => Math.round(row.getBoundingClientRect().top));
  const before = await at();
  await write(100);
  expect(Math.abs((await at()) - before)).toBeLessThanOrEqual(1);
  // All that is kept, and what the server has beyond it.
  while ((await desk.getByText("Viesti numero 1.", { exact: true }).count()) === 0) {
    const count = await drawn(desk);
    await older.click();
    await expect.poll(() => drawn(desk)).toBeGreaterThan(count);
  }
  expect(await barriers(desk)).toEqual([]);
});
