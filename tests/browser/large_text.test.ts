import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { barriers, comeIn, comeToWork, PHONE, picture } from "./running_site";
import { beginSession, nth, openStage } from "./story";

// Someone has made the browser's text twice as large, on a phone.

const stage = openStage(["--blink-settings=defaultFontSize=32"]);

/** Nothing is cut off at the side, on this phone and on smaller ones; help is whole where there is help. */
async function fits(page: Page, name: string) {
  for (const width of [360, 320, 280]) {
    await page.setViewportSize({ ...PHONE, width });
    const seen = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      const help = [...document.querySelectorAll(".bar .help")].map((one) => {
        const { left, right } = one.getBoundingClientRect();
        return left >= 0 && right <= clientWidth && one.scrollWidth <= one.clientWidth;
      });
      const sheets = [...document.querySelectorAll("dialog[open]")].map(
        (one) => one.scrollWidth - one.clientWidth,
      );
      return { over: scrollWidth - clientWidth, help_is_whole: !help.includes(false), sheets };
    });
    expect({ name, width, ...seen }).toEqual({
      name,
      width,
      over: 0,
      help_is_whole: true,
      sheets: seen.sheets.map(() => 0),
    });
  }
  await page.setViewportSize(PHONE);
  await picture(page, `large-${name}-360`);
}

test("the door and the room", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1", "Osallistuja 2"]);
  await beginSession(devices, plan);
  const door = await devices.open(nth(plan.people, 1).link);
  await door.getByRole("button", { name: "Tule kahvilaan" }).waitFor();
  await fits(door, "door");
  const room = await comeIn(devices, nth(plan.people), "Mustikka");
  await room.getByRole("button", { name: "Pyydä puheenvuoro" }).waitFor();
  await fits(room, "room");
  expect(await barriers(room)).toEqual([]);
  await room.getByRole("button", { name: "Pyydä apua" }).click();
  await room.getByRole("button", { name: "Minua ei kuulla" }).waitFor();
  await fits(room, "help");
});

test("every page of the staff", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1"]);
  const facilitator = await comeToWork(devices, nth(plan.facilitators), PHONE);
  await facilitator.getByRole("button", { name: "Avaa ovet" }).waitFor();
  await fits(facilitator, "facilitator");
  const moderator = await comeToWork(devices, nth(plan.moderators), PHONE);
  await moderator
    .getByLabel("Kirjoita kaikille")
    .or(moderator.getByRole("heading", { name: /Apu|Tarkist/ }))
    .first()
    .waitFor();
  await fits(moderator, "moderator");
  await moderator.evaluate(() => {
    location.hash = "#attendance";
  });
  await moderator.locator("main").waitFor();
  await fits(moderator, "attendance");
  const coordinator = await devices.open(site.coordinator, PHONE);
  await coordinator.getByRole("link", { name: "Uusi teemakerta" }).click();
  await fits(coordinator, "coordinator");
  for (const name of ["programme", "programme/period", "people", "absences", "kinds", "reports"]) {
    await coordinator.evaluate((to) => {
      location.hash = `#${to}`;
    }, name);
    await coordinator.locator("main h1, main p").first().waitFor();
    await fits(coordinator, name.replace("/", "-"));
  }
});
