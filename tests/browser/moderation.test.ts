import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { hostile, MARK } from "./hostile";
import { sendAs } from "./own_client";
import { barriers, comeIn, comeToWork, complaints, DESK, PHONE, picture } from "./running_site";
import { beginSession, nth, openStage } from "./story";

// The chat's review and the help queue, each from both of its sides, in real pages against the real server.

const stage = openStage();

/** Each of these stories has axe look at some ten screens. */
const LONG = 240_000;

const TABS = ["Tarkistettavat", "Viestit", "Apu", "Ihmiset"] as const;

/** Pictures of the moderator's page: at 1280 px, and each of its columns at 360 px; light and dark. */
async function pictures(page: Page, name: string) {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize(DESK);
    await picture(page, `${name}-1280-${colorScheme}`);
    expect(await barriers(page)).toEqual([]);
    await page.setViewportSize(PHONE);
    for (const tab of TABS) {
      await page
        .locator(".views")
        .getByRole("radio", { name: new RegExp(`^${tab}`) })
        .check({ force: true });
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      expect(await barriers(page)).toEqual([]);
      await picture(page, `${name}-360-${tab.toLowerCase()}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(DESK);
}

async function write(page: Page, text: string) {
  await page.getByLabel("Kirjoita viesti").fill(text);
  await page.getByRole("button", { name: "Lähetä", exact: true }).click();
}

async function holdAll(moderator: Page) {
  await moderator.getByRole("button", { name: "Viestit auki" }).click();
  await moderator.getByRole("radio", { name: /^Kaikki tarkistetaan/ }).check({ force: true });
  await moderator.getByRole("dialog").getByRole("button", { name: "Sulje" }).click();
}

const item = (page: Page, text: string) => page.locator(".in-review .item", { hasText: text });

test(
  "a held message is seen by its author and the moderators alone, and its author learns what became of it",
  async () => {
    const { site, devices } = stage;
    const plan = await site.plan(["Osallistuja 1", "Osallistuja 2"]);
    await beginSession(devices, plan);
    const mari = await comeToWork(devices, nth(plan.moderators));
    const meri = await comeToWork(devices, nth(plan.moderators, 1));
    await holdAll(mari);
    const mustikka = await comeIn(devices, nth(plan.people), "Mustikka");
    const kanerva = await comeIn(devices, nth(plan.people, 1), "Kanerva");

    await write(mustikka, "Minua auttaa kirja.");
    await mustikka.getByText("Odottaa tarkistusta. Vain sinä ja ohjaajat näette sen.").first().waitFor();
    await item(meri, "Minua auttaa kirja.").waitFor();
    expect(await kanerva.getByText("Minua auttaa kirja.").count()).toBe(0);
    expect(await barriers(mustikka)).toEqual([]);

    // What one has taken, the other sees as taken, and by whom.
    await item(mari, "Minua auttaa kirja.").getByRole("button", { name: "Otan tämän" }).click();
    await item(meri, "Minua auttaa kirja.")
      .getByText(/käsittelee/)
      .waitFor();
    expect(await item(meri, "Minua auttaa kirja.").getByRole("button").count()).toBe(0);
    await pictures(mari, "moderator-claimed");
    await item(mari, "Minua auttaa kirja.").getByRole("button", { name: "Julkaise", exact: true }).click();
    await kanerva.getByText("Minua auttaa kirja.").first().waitFor();
    await mustikka.getByText("Julkaistu").first().waitFor();

    // Rejected by mistake, and undone; then rejected.
    await write(mustikka, "Naapurini ei nuku.");
    const neighbour = item(mari, "Naapurini ei nuku.");
    await neighbour.getByText("Minua auttaa kirja.").waitFor();
    const reject = async () => {
      await neighbour.getByRole("button", { name: "Otan tämän" }).click();
      await neighbour
        .getByRole("button", { name: /^Älä julkaise/ })
        .first()
        .click();
      await neighbour
        .getByRole("radio", { name: "Viesti kertoo toisesta ihmisestä." })
        .check({ force: true });
      await neighbour.getByRole("button", { name: "Älä julkaise, kerro syy" }).click();
      await mustikka
        .getByText(/Ei julkaistu\. Syy: Viesti kertoo toisesta ihmisestä/)
        .first()
        .waitFor();
    };
    await reject();
    await picture(mustikka, "participant-rejected-360");
    await mari.getByRole("button", { name: /^Kumoa/ }).click();
    await mustikka.getByText("Odottaa tarkistusta. Vain sinä ja ohjaajat näette sen.").first().waitFor();
    await reject();
    expect(await kanerva.getByText("Naapurini ei nuku.").count()).toBe(0);

    // A question off the theme is parked, and its author is told so.
    await write(mustikka, "Milloin on retki?");
    await item(mari, "Milloin on retki?").getByRole("button", { name: "Otan tämän" }).click();
    await item(mari, "Milloin on retki?").getByRole("button", { name: "Pysäköi" }).click();
    await mustikka
      .getByText("Kysymyksesi on tallessa. Vain ohjaajat näkevät sen. Palaamme siihen myöhemmin.")
      .first()
      .waitFor();
    await picture(mustikka, "participant-messages-360");
  },
  LONG,
);

test("single letters decide when they have been switched on, and not before", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1"]);
  await beginSession(devices, plan);
  const mari = await comeToWork(devices, nth(plan.moderators));
  await holdAll(mari);
  const mustikka = await comeIn(devices, nth(plan.people), "Mustikka");
  await write(mustikka, "Yksi");
  await item(mari, "Yksi").focus();
  await mari.keyboard.press("j");
  expect(await item(mari, "Yksi").locator("kbd").count()).toBe(0);
  await mari.getByRole("button", { name: "Asetukset" }).click();
  await picture(mari, "moderator-settings-1280");
  await mari.getByRole("switch", { name: /J, E ja P/ }).click();
  expect(await barriers(mari)).toEqual([]);
  await mari.getByRole("dialog").getByRole("button", { name: "Sulje" }).click();
  // The letter that was pressed before did nothing.
  await item(mari, "Yksi").getByRole("button", { name: "Otan tämän" }).waitFor();
  await item(mari, "Yksi").focus();
  await mari.keyboard.press("j");
  await mustikka.getByText("Julkaistu").first().waitFor();
});

test(
  "a call for help reaches the moderators; the person sees who took it, and is called back",
  async () => {
    const { site, devices } = stage;
    const plan = await site.plan(["Osallistuja 1"]);
    await beginSession(devices, plan);
    const mari = await comeToWork(devices, nth(plan.moderators));
    const meri = await comeToWork(devices, nth(plan.moderators, 1));
    const poro = await comeIn(devices, nth(plan.people), "Poro");
    await poro.getByRole("button", { name: "Pyydä apua" }).first().click();
    await picture(poro, "participant-help-360");
    expect(await barriers(poro)).toEqual([]);
    await poro.getByRole("button", { name: /En kuule/ }).click();
    // What the page can mend by itself comes first.
    await poro.getByRole("button", { name: "En kuule vieläkään" }).click();
    await poro.getByLabel(/Kerro omilla sanoilla/).fill("Ei kuulu mitään");
    await poro.getByLabel(/Puhelinnumero/).fill("000 123 456");
    await poro.getByRole("button", { name: "Lähetä apupyyntö" }).click();
    await poro.getByText("Apupyyntösi on lähetetty.").first().waitFor();
    const call = (page: Page) => page.locator(".in-help .item", { hasText: "Poro" });
    await call(meri).getByText("”Ei kuulu mitään”").waitFor();
    expect(await mari.title()).toMatch(/^\(1\) /);

    // The number is for the one who takes the call.
    await call(mari).getByRole("button", { name: "Otan tämän" }).click();
    await call(mari)
      .getByRole("link", { name: /000 123 456/ })
      .waitFor();
    await call(meri)
      .getByText(/auttaa/)
      .first()
      .waitFor();
    expect(await meri.getByText("000 123 456").count()).toBe(0);
    await poro
      .getByText(/näki apupyyntösi/)
      .first()
      .waitFor();
    // How the line is, measured by the server.
    await call(mari)
      .getByText(/\d+ ms/)
      .waitFor();

    await call(mari).getByLabel("Kirjoita: Poro").fill("Soitanko sinulle?");
    await call(mari).getByRole("button", { name: "Lähetä" }).click();
    await poro.getByText("Soitanko sinulle?").first().waitFor();
    await poro.getByLabel("Kirjoita lisää").fill("Soita vain");
    await poro.getByRole("dialog").getByRole("button", { name: "Lähetä", exact: true }).click();
    await call(mari).getByText("Soita vain").waitFor();
    expect(await barriers(poro)).toEqual([]);
    await picture(poro, "participant-help-thread-360");
    await pictures(mari, "moderator-help");
    await call(mari).getByRole("button", { name: "Hoidettu" }).click();
    await poro.getByText("Asia on hoidettu.").first().waitFor();
    await call(meri).waitFor({ state: "detached" });
  },
  LONG,
);

test("a call for help that does not get through is known to its author, and goes when the line is back", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1"]);
  await beginSession(devices, plan);
  const mari = await comeToWork(devices, nth(plan.moderators));
  const poro = await comeIn(devices, nth(plan.people), "Poro");
  await poro.getByLabel("Kirjoita viesti").waitFor();
  await site.end("SIGKILL");
  await poro.getByRole("button", { name: "Pyydä apua" }).first().click();
  await poro.getByRole("button", { name: "Minua ei kuulla" }).click();
  await poro.getByRole("button", { name: "Lähetä apupyyntö" }).click();
  await poro.getByText("Apupyyntö ei ole vielä mennyt perille.").first().waitFor();
  await poro
    .getByRole("dialog")
    .getByRole("link", { name: /09 000 0000/ })
    .waitFor();
  expect(await barriers(poro)).toEqual([]);
  await picture(poro, "participant-help-unsent-360");
  await site.start();
  await poro.getByText("Apupyyntösi on lähetetty.").first().waitFor();
  await mari.locator(".in-help .item", { hasText: "Poro" }).waitFor();
});

test(
  "silenced, removed, banned: the person is told, the staff see why, and what was a mistake is undone",
  async () => {
    const { site, devices } = stage;
    const plan = await site.plan(["Osallistuja 1"]);
    await beginSession(devices, plan);
    const mari = await comeToWork(devices, nth(plan.moderators));
    const meri = await comeToWork(devices, nth(plan.moderators, 1));
    const link = nth(plan.people);
    const hauki = await comeIn(devices, link, "Hauki");
    await hauki.getByLabel("Kirjoita viesti").waitFor();
    const act = async (name: string) => {
      const acts = mari.getByRole("button", { name: "Toiminnot: Hauki" });
      if ((await acts.getAttribute("aria-expanded")) !== "true") await acts.click();
      await mari.locator(".folk").getByRole("button", { name, exact: true }).click();
    };

    await act("Mykistä");
    const dialog = mari.getByRole("dialog");
    await dialog.getByText("Syy. Hän näkee sen.").waitFor();
    expect(await barriers(mari)).toEqual([]);
    await picture(mari, "moderator-silence-1280");
    await dialog.getByLabel(/^Syy/).fill("Monta viestiä peräkkäin");
    await dialog.getByRole("button", { name: "Mykistä" }).click();
    await hauki
      .getByText(/Syy: Monta viestiä peräkkäin/)
      .first()
      .waitFor();
    await picture(hauki, "participant-silenced-360");

    await act("Poista huoneesta");
    await dialog.getByText(/Vain henkilökunta näkee sen/).waitFor();
    await dialog.getByRole("radio", { name: /^Ei\. Esto/ }).check({ force: true });
    expect(await barriers(mari)).toEqual([]);
    await picture(mari, "moderator-ban-1280");
    await dialog.getByLabel(/^Syy/).fill("Uhkaili muita");
    await dialog.getByRole("button", { name: "Poista ja estä" }).click();
    await hauki.getByText("Et ole enää huoneessa").first().waitFor();
    expect(await hauki.getByText("Uhkaili muita").count()).toBe(0);
    expect(await barriers(hauki)).toEqual([]);
    await picture(hauki, "participant-removed-360");

    await meri.getByText("poistettu, linkki estetty").waitFor();
    await meri.getByRole("button", { name: "Toiminnot: Hauki" }).click();
    await meri.getByText("Uhkaili muita").waitFor();
    await pictures(meri, "moderator-banned");
    const again = await devices.open(link.link);
    await again.getByRole("heading", { name: "Tämä linkki ei ole enää käytössä" }).waitFor();

    await act("Päästä takaisin");
    await mari.getByText("poistettu, linkki estetty").waitFor({ state: "detached" });
    const back = await devices.open(link.link);
    await back.getByRole("button", { name: "Tule kahvilaan" }).click();
    await back.getByLabel("Kirjoita viesti").waitFor();
  },
  LONG,
);

const SHARES = 7;
const share = <T>(items: readonly T[], index: number) => items.filter((_, at) => at % SHARES === index);

test(
  "a thousand hostile texts and names are shown as text: no script runs, the policy has nothing to report",
  async () => {
    const { site, devices } = stage;
    const plan = await site.plan(Array.from({ length: SHARES + 2 }, (_, number) => `Osallistuja ${number}`));
    await beginSession(devices, plan);
    const staff = [...plan.facilitators, ...plan.moderators];
    const { texts, names, like_staff } = hostile(
      2020,
      1000,
      staff.map(({ name }) => name),
    );
    expect(texts.length + names.length).toBe(1000);

    const watch = async (page: Page) => {
      await page.evaluate((mark) => {
        const seen = { reports: 0, most_wide: 0 };
        Object.assign(globalThis, { watched: seen });
        addEventListener("securitypolicyviolation", () => {
          seen.reports += 1;
        });
        new MutationObserver(() => {
          seen.most_wide = Math.max(seen.most_wide, document.documentElement.scrollWidth - innerWidth);
          if (mark in globalThis) document.title = mark;
        }).observe(document.body, { subtree: true, childList: true });
      }, MARK);
    };
    const reader = await comeIn(devices, nth(plan.people, SHARES), "Lukija");
    await reader.getByLabel("Kirjoita viesti").waitFor();
    const moderator = await comeToWork(devices, nth(plan.moderators, 1));
    await moderator.getByRole("button", { name: "Viestit auki" }).waitFor();
    for (const page of [reader, moderator]) await watch(page);

    // Staff's messages wait for nobody and are no flood: all of the texts go out, and are drawn as they come.
    const writer = await devices.open(`${site.origin}/`);
    const authors = staff.slice(0, 3);
    const by_staff = await Promise.all(
      authors.map((link, index) =>
        sendAs(
          writer,
          link,
          null,
          texts
            .filter((_, at) => at % authors.length === index)
            .map((text) => ({
              type: "send_message",
              channel: "room",
              text: [...text].slice(0, 1300).join(""),
            })),
        ),
      ),
    );
    const words = by_staff.flat();
    const accepted = words.filter((word) => word === null).length;
    expect(
      words.filter(
        (word) => word !== null && !["text_not_allowed", "text_too_long", "text_empty"].includes(word),
      ),
    ).toEqual([]);
    // Most are mended; what deceives is refused.
    expect(accepted).toBeGreaterThan(texts.length / 3);
    expect(words.filter((word) => word === "text_not_allowed").length).toBeGreaterThan(10);

    // Names: each is taken, or refused by its word; a participant's message stands under it while it changes.
    const by_people = await Promise.all(
      Array.from({ length: SHARES }, (_, index) =>
        sendAs(writer, nth(plan.people, index), `Marja ${index}`, [
          {
            type: "send_message",
            channel: "room",
            text: texts.filter((text) => text.length < 200)[index] ?? "Hei",
          },
          ...share(names, index).map((name) => ({
            type: "change_name",
            name: [...name].slice(0, 200).join(""),
          })),
        ]),
      ),
    );
    const of_names = by_people.flatMap((answers) => answers.slice(1));
    const known = ["name_not_allowed", "name_too_long", "name_empty", "name_like_staff"];
    expect(of_names.filter((word) => word !== null && !known.includes(word))).toEqual([]);
    expect(of_names.filter((word) => word === null).length).toBeGreaterThan(names.length / 4);

    // Not one that looks like one of the staff is taken.
    const imitated = await Promise.all(
      Array.from({ length: SHARES }, async (_, index) => {
        const theirs = share(like_staff, index);
        const answers = await sendAs(
          writer,
          nth(plan.people, index),
          null,
          theirs.map((name) => ({ type: "change_name", name })),
        );
        return theirs.filter(
          (_, at) => answers[at] !== "name_like_staff" && answers[at] !== "name_not_allowed",
        );
      }),
    );
    expect(imitated.flat()).toEqual([]);

    // Held ones stand in the review as they are.
    await holdAll(moderator);
    const short = texts.filter((text) => text.length < 400);
    await Promise.all(
      Array.from({ length: SHARES }, (_, index) =>
        sendAs(
          writer,
          nth(plan.people, index),
          null,
          share(short, index)
            .slice(0, 4)
            .map((text) => ({ type: "send_message", channel: "room", text })),
        ),
      ),
    );
    await moderator.locator(".in-review .item").first().waitFor();

    // The last that was said has been drawn; nothing of theirs is an element, an address or a hidden sign.
    const last = "Tämä oli viimeinen.";
    await sendAs(writer, nth(authors), null, [{ type: "send_message", channel: "room", text: last }]);
    for (const page of [reader, moderator]) {
      await page.getByText(last).first().waitFor();
      await page.getByText(last).first().scrollIntoViewIfNeeded();
      const found = await page.evaluate((mark) => {
        const said = [
          ...document.querySelectorAll(".said-text, .said, .said-line p, .msg-who b, .folk b, .item h3"),
        ];
        return {
          ...(globalThis as unknown as { watched: { reports: number; most_wide: number } }).watched,
          shown: said.length,
          elements: said.flatMap((one) => [
            ...one.querySelectorAll(
              "script, style, img, video, iframe, object, embed, a, base, link, meta, form, input, template, " +
                "details, math, [onload], [onerror]",
            ),
          ]).length,
          foreign: document.querySelectorAll(
            "iframe, object, embed, base, [onerror], [onload], a[href^='javascript'], form[action]",
          ).length,
          scripts: [...document.scripts].filter(({ src }) => !src.startsWith(location.origin)).length,
          unseen: said.filter(({ textContent }) =>
            /[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\u200e\u200f]/.test(textContent ?? ""),
          ).length,
          has_run: mark in globalThis || document.title.includes(mark),
        };
      }, MARK);
      expect(found.shown).toBeGreaterThan(50);
      expect({ ...found, shown: 0 }).toEqual({
        reports: 0,
        most_wide: 0,
        shown: 0,
        elements: 0,
        foreign: 0,
        scripts: 0,
        unseen: 0,
        has_run: false,
      });
    }
    expect(complaints).toEqual([]);
    await picture(reader, "hostile-participant-360");
    await picture(moderator, "hostile-moderator-1280");
    expect(await barriers(reader)).toEqual([]);
    expect(await barriers(moderator)).toEqual([]);
  },
  LONG,
);
