import { loadavg } from "node:os";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";
import { comeToWork, DESK, Devices, type Link, PHONE, RunningSite } from "../browser/running_site";
import { nth } from "../browser/story";

// How soon the workbench of a full room is there: a moderator's page in Chromium, the real server over TLS, all on this
// machine. Run by `tests/bench/workbench.sh`; prints, and asserts nothing.

const PEOPLE = 300;
/** The staff's seats are of the same room. */
const HERE = 290;
/** A page holds so many lines: Chromium has a limit for all of a browser's. */
const LINES_OF_A_PAGE = 100;
const BREAKS = 4;
const ROUNDS = 10;

let site: RunningSite;
let devices: Devices[] = [];
beforeAll(async () => {
  site = await RunningSite.open();
  say(
    `load of the machine at the start: ${loadavg()
      .map((one) => one.toFixed(1))
      .join(" ")}`,
  );
});
afterAll(async () => {
  await Promise.all(devices.map((one) => one.close()));
  await site.close();
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Brings people in over lines of this page. */
async function comeIn(page: Page, people: readonly Link[]): Promise<void> {
  await page.evaluate(async (links) => {
    const lines = new Map<string, WebSocket>();
    const connect = async (secret: string, number: number) => {
      const answer = await fetch("/api/enter", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ secret, name: `Marja ${number}`, netiquette: true }),
      });
      const { ticket } = (await answer.json()) as { ticket: string };
      const line = new WebSocket(`${location.origin.replace("http", "ws")}/room`);
      await new Promise((open) => {
        line.onopen = open;
      });
      const welcomed = new Promise((welcome) => {
        line.onmessage = welcome;
      });
      line.send(JSON.stringify({ type: "hello", version: 1, ticket }));
      await welcomed;
      lines.set(secret, line);
    };
    const all = () => Promise.all(links.map(({ person, link }) => connect(link.split("#")[1] ?? "", person)));
    await all();
    Object.assign(globalThis, {
      breakLines: async () => {
        for (const line of lines.values()) line.close();
        await all();
      },
    });
  }, people);
}

interface Opened {
  /** From the press until the rows that fit the screen are drawn, names and lines and all. */
  readonly screen_ms: number;
  /** ... until all rows are. */
  readonly all_ms: number;
  /** The main thread's own time for it, which does not count what else the machine does. */
  readonly work_ms: number;
}

async function opened(page: Page): Promise<Opened> {
  const debug = await page.context().newCDPSession(page);
  await debug.send("Performance.enable", { timeDomain: "threadTicks" });
  const work = async () => {
    const { metrics } = await debug.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  };
  const before = await work();
  const times = await page.evaluate(
    (people) =>
      new Promise<{ screen_ms: number; all_ms: number }>((done) => {
        const begun = performance.now();
        const after = (is_there: () => boolean) =>
          new Promise<number>((seen) => {
            const look = () => {
              if (is_there()) requestAnimationFrame(() => setTimeout(() => seen(performance.now() - begun)));
              else setTimeout(look, 0);
            };
            look();
          });
        location.hash = "attendance";
        const screen = after(() => {
          const rows = [...document.querySelectorAll<HTMLElement>("tbody tr[data-person]")];
          const bottom = rows.at(-1)?.getBoundingClientRect().bottom ?? 0;
          return bottom > innerHeight && document.querySelectorAll("tbody svg.line4").length > 0;
        });
        const all = after(
          () =>
            document.querySelectorAll("tbody tr[data-person]").length >= people &&
            document.querySelectorAll("tbody rect.on").length >= people - 10,
        );
        void Promise.all([screen, all]).then(([screen_ms, all_ms]) => done({ screen_ms, all_ms }));
      }),
    PEOPLE - 4,
  );
  const work_ms = (await work()) - before;
  await debug.detach();
  return { ...times, work_ms };
}

test("the workbench of a full room", async () => {
  const names = Array.from({ length: PEOPLE - 4 }, (_, number) => `Osallistuja ${number + 1}`);
  const plan = await site.plan(names);
  const open = async () => {
    const browser = await Devices.open();
    devices.push(browser);
    return browser;
  };
  const staff = await open();
  const facilitator = await comeToWork(staff, nth(plan.facilitators), DESK);
  await facilitator.getByRole("button", { name: "Avaa ovet" }).click();
  await facilitator.getByRole("button", { name: "Aloita teemakerta" }).waitFor();
  const entrances: Page[] = [];
  for (let begin = 0; begin < HERE; begin += LINES_OF_A_PAGE) {
    const page = await (await open()).open(site.origin, PHONE);
    await comeIn(page, plan.people.slice(begin, Math.min(HERE, begin + LINES_OF_A_PAGE)));
    entrances.push(page);
  }
  await facilitator.getByRole("button", { name: "Aloita teemakerta" }).click();
  await facilitator.getByRole("radio", { name: "Avoin jono" }).waitFor();
  for (let time = 0; time < BREAKS; ++time) {
    // biome-ignore lint/suspicious/noExplicitAny: it was put there above.
    for (const page of entrances) await page.evaluate(() => (globalThis as any).breakLines());
  }
  await facilitator.getByRole("button", { name: "Lopeta teemakerta" }).click();
  await facilitator
    .getByRole("dialog")
    .getByRole("button", { name: /Lopeta nyt/ })
    .click();
  await facilitator.getByText("Päättynyt").first().waitFor();
  for (const one of devices.slice(1)) await one.close();
  devices = devices.slice(0, 1);

  const page = await comeToWork(staff, nth(plan.moderators), DESK);
  await page.getByRole("link", { name: "Läsnäolo" }).waitFor();
  const rounds: Opened[] = [];
  const fetches: number[] = [];
  for (let round = 0; round < ROUNDS; ++round) {
    await page.getByRole("link", { name: "Puheenvuorot" }).click();
    await page.getByText("Päättynyt").first().waitFor();
    await page.evaluate(() => performance.clearResourceTimings());
    rounds.push(await opened(page));
    fetches.push(
      await page.evaluate(() =>
        Math.max(
          ...performance
            .getEntriesByType("resource")
            .filter(({ name }) => name.endsWith("/attendance"))
            .map(({ duration }) => duration),
        ),
      ),
    );
  }
  const told = (of: (one: Opened) => number) => {
    const all = rounds.map(of).sort((a, b) => a - b);
    return `${all[Math.floor(all.length / 2)]?.toFixed(0)} ms (${all[0]?.toFixed(0)} to ${all.at(-1)?.toFixed(0)})`;
  };
  const intervals = await page.locator("tbody rect.on").count();
  say(`${PEOPLE - 4} people, ${intervals} stretches of time, ${ROUNDS} times, median and range`);
  say(`  from the press to a full screen: ${told(({ screen_ms }) => screen_ms)}`);
  say(`  ... to all rows:                 ${told(({ all_ms }) => all_ms)}`);
  say(`  the page's own work:             ${told(({ work_ms }) => work_ms)}`);
  say(
    "  the records' answer, of it:      " +
      `${[...fetches].sort((a, b) => a - b)[Math.floor(fetches.length / 2)]?.toFixed(0)} ms`,
  );
}, 300_000);
