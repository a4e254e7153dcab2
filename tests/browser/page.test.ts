import { expect, test } from "vitest";
import { comeIn, DESK } from "./running_site";
import { beginSession, nth, openStage } from "./story";

// What a browser, a device or an assistive program does with the page.

const stage = openStage();

/** What Chrome's page translation does, to a page that asks not to be translated too. */
function translate() {
  const take = (node: Node) => {
    if (node instanceof Text) {
      if (node.data.trim() === "" || node.parentElement?.closest("font, script, style")) return;
      const [outer, inner] = [document.createElement("font"), document.createElement("font")];
      inner.textContent = node.data;
      outer.append(inner);
      node.replaceWith(outer);
    } else for (const child of [...node.childNodes]) take(child);
  };
  take(document.body);
  new MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes) if (node.isConnected) take(node);
  }).observe(document.body, { childList: true, subtree: true });
}

test("a page that is translated, though it asks not to be, still says what is so", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1", "Osallistuja 2"]);
  const facilitator = await beginSession(devices, plan);
  const mustikka = await comeIn(devices, nth(plan.people), "Mustikka");
  const kanerva = await comeIn(devices, nth(plan.people, 1), "Kanerva");
  expect(await mustikka.evaluate(() => document.documentElement.translate)).toBe(false);
  await mustikka.getByText("Nyt ei puhu kukaan.").first().waitFor();
  await mustikka.evaluate(translate);

  await kanerva.getByRole("button", { name: "Pyydä puheenvuoro" }).click();
  await facilitator.getByRole("button", { name: "Anna vuoro: Kanerva" }).click();
  const floor = mustikka.getByRole("region", { name: "Kuka puhuu" });
  await expect.poll(() => floor.innerText()).toMatch(/Nyt puhuu\s+Kanerva/);
  expect(await floor.innerText()).not.toContain("ei puhu");
  await expect.poll(() => floor.innerText()).toMatch(/0:0[2-9]/);

  await mustikka.getByRole("button", { name: "Pyydä puheenvuoro" }).click();
  const dock = mustikka.getByRole("region", { name: "Oma vuoro" });
  await expect.poll(() => dock.innerText()).toContain("Olet seuraava.");
  expect(await dock.innerText()).not.toContain("Pyydä puheenvuoro");
  await facilitator.getByRole("button", { name: "Seuraava: Mustikka" }).click();
  await mustikka.getByRole("dialog").getByText("Puhu nyt").first().waitFor();
});

test("the screen is kept on in the room without listening, and let go when it is switched off", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1"]);
  await beginSession(devices, plan);
  devices.scripts.push(`
    globalThis.locks = [];
    Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
      const lock = { released: false, release: async () => { lock.released = true; } };
      globalThis.locks.push(lock);
      return lock;
    } } });
  `);
  const page = await comeIn(devices, nth(plan.people), "Mustikka");
  const held = () => page.evaluate("locks.filter(({ released }) => !released).length");
  await expect.poll(held).toBe(1);
  await page.getByRole("button", { name: "Asetukset" }).click();
  await page.getByRole("switch", { name: "Näyttö pysyy päällä" }).click();
  await expect.poll(held).toBe(0);
});

test("in forced colours what is pressed, chosen or current can be told from the rest", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1"]);
  const facilitator = await beginSession(devices, plan);
  await facilitator.emulateMedia({ forcedColors: "active" });
  const colours = (selector: string) =>
    facilitator.evaluate((one) => {
      const found = document.querySelector(one);
      if (!found) throw new Error(`nothing is ${one}`);
      const { backgroundColor, color } = getComputedStyle(found);
      return `${color} on ${backgroundColor}`;
    }, selector);
  expect(await colours(".tabs [aria-current]")).not.toBe(await colours(".tabs a:not([aria-current])"));
  expect(await colours(".seg input:checked + span")).not.toBe(
    await colours(".seg input:not(:checked) + span"),
  );
  const coordinator = await devices.open(site.coordinator, DESK);
  await coordinator.emulateMedia({ forcedColors: "active" });
  await coordinator.getByRole("link", { name: "Kaikki teemakerrat" }).click();
  await coordinator.locator(".pick-session").first().click();
  const sessions = () =>
    coordinator
      .locator(".pick-session")
      .evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
  await expect.poll(async () => new Set(await sessions()).size).toBe(2);
});

test("a reaction that is given can be told in forced colours; the messages are one stop of the Tab key", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1", "Osallistuja 2"]);
  await beginSession(devices, plan);
  const writer = await comeIn(devices, nth(plan.people), "Mustikka");
  const reader = await comeIn(devices, nth(plan.people, 1), "Kanerva", DESK);
  for (const text of ["yksi", "kaksi", "kolme", "مرحبا! رقم هاتفي 040 1234567."]) {
    await writer.getByLabel("Kirjoita viesti").fill(text);
    await writer.getByRole("button", { name: "Lähetä", exact: true }).click();
    await reader.getByText(text).first().waitFor();
  }
  expect(
    await reader
      .getByText("مرحبا! رقم هاتفي 040 1234567.")
      .first()
      .evaluate((one) => getComputedStyle(one).direction),
  ).toBe("rtl");
  expect(
    await reader.evaluate(
      () =>
        [...document.querySelectorAll(".msg-more")].filter((one) => (one as HTMLElement).tabIndex === 0)
          .length,
    ),
  ).toBe(1);

  await reader.getByRole("button", { name: /Toiminnot: viesti, Mustikka, yksi/ }).click();
  await reader.getByRole("button", { name: "Kiitos" }).click();
  await reader.getByRole("button", { name: /Toiminnot: viesti, Mustikka, yksi/ }).click();
  await reader.emulateMedia({ forcedColors: "active" });
  const background = (name: string) =>
    reader
      .getByRole("button", { name, exact: true })
      .evaluate((one) => getComputedStyle(one).backgroundColor);
  expect(await background("Kiitos")).not.toBe(await background("Sydän"));
});
