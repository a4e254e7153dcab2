import { readFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import {
  barriers,
  comeToWork,
  complaints,
  DESK,
  Devices,
  PHONE,
  type Planned,
  pictures,
  RunningSite,
} from "./running_site";

// What all stories share: one server and one browser for a file of them, and how a session begins.

export interface Stage {
  readonly site: RunningSite;
  readonly devices: Devices;
}

/**
 * Opens the site for the stories of the file, and a browser with these further arguments. The devices of a story end
 * with it, and no page of it may have complained. `hour`: the server has a clock of its own (DayClock). `serve`: more
 * options of the server.
 */
export function openStage(chromium: string[] = [], hour?: string, serve?: readonly string[]): Stage {
  let site: RunningSite | undefined;
  let devices: Devices | undefined;
  beforeAll(async () => {
    site = await RunningSite.open(undefined, hour, serve);
    devices = await Devices.open(chromium);
  });
  afterEach(async () => {
    await devices?.away();
    devices?.scripts.splice(0);
    expect(complaints.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await devices?.close();
    await site?.close();
  });
  const open = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error("the site opens before the first story");
    return part;
  };
  return {
    get site() {
      return open(site);
    },
    get devices() {
      return open(devices);
    },
  };
}

/** The item that a story needs to be there. */
export function nth<T>(items: readonly T[], index = 0): T {
  const item = items[index];
  if (item === undefined) throw new Error(`there is no item ${index} of ${items.length}`);
  return item;
}

/** Opens the doors and goes live from the facilitator's console. */
export async function beginSession(devices: Devices, plan: Planned) {
  const facilitator = await comeToWork(devices, nth(plan.facilitators));
  await facilitator.getByRole("button", { name: "Avaa ovet" }).click();
  await facilitator.getByRole("button", { name: "Aloita teemakerta" }).click();
  await facilitator.getByRole("radio", { name: "Avoin jono" }).waitFor();
  return facilitator;
}

/** Goes on by the Tab key, until this has the focus: a button or a field by its name, or whatever is meant. */
export async function tabTo(page: Page, name: string | RegExp | Locator): Promise<void> {
  const is_name = typeof name === "string" || name instanceof RegExp;
  const wanted = is_name
    ? page.getByRole("button", { name }).or(page.getByRole("textbox", { name })).first()
    : name;
  await wanted.waitFor();
  for (let presses = 0; presses < 80; ++presses) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`the keyboard does not reach ${is_name ? name : await wanted.innerText()}`);
}

/** Without barriers and not too wide, on a phone and on a desk; with pictures, where somebody wants them. */
export async function look(page: Page, name: string): Promise<void> {
  const before = page.viewportSize() ?? DESK;
  for (const viewport of [PHONE, DESK]) {
    await page.setViewportSize(viewport);
    // What is under the top bar, which stays in view, is not a barrier.
    await page.evaluate(() => scrollTo(0, 0));
    expect(await barriers(page)).toEqual([]);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBe(0);
  }
  await page.setViewportSize(before);
  await pictures(page, name);
}

/** What a press brings as a file. */
export async function saved(page: Page, press: () => Promise<void>): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return readFileSync(await download.path());
}

/** To a page of the coordinator's desk that is behind "…". */
export async function toMore(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Lisää sivuja" }).click();
  await page.getByRole("dialog").getByRole("link", { name }).click();
}

/** Of an account, by its one-time link. */
export async function setPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel("Uusi salasana").fill(password);
  await page.getByLabel("Sama salasana uudelleen").fill(password);
  await page.getByRole("button", { name: "Tallenna salasana" }).click();
}

/** Somebody of the staff, who has just set a password. */
export async function signIn(stage: Stage, account: object, viewport = DESK): Promise<Page> {
  const { link } = await stage.site.api<{ link: string }>("POST", "/api/accounts", account);
  const page = await stage.devices.open(link, viewport);
  await setPassword(page, "kahvi ja pulla");
  return page;
}
