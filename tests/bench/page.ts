// The participant's page on a weak phone and a thin line, in Debian's Chromium, against the real
// server: when it paints, when it can be used, and what four hours of a busy room do to it. Its
// figures go to standard output as JSON. Run by page.sh.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CDPSession, Page } from "playwright-core";
import { Devices, type Planned, RunningSite } from "../browser/running_site";

const load = fileURLToPath(new URL("../../build/bin/etakahvila-bench-load", import.meta.url));
const THIN_LINE = {
  offline: false,
  latency: 300,
  downloadThroughput: 400_000 / 8,
  uploadThroughput: 400_000 / 8,
};
const CPU_SLOWED = 6;
const PEOPLE = 90;
/** A message every 2 s and all the rest of the session mix, so many times as fast; and for how long: 5,000 steps. */
const HURRY = 40;
const DAY_SECONDS = 150;
/**
 * What a step costs is taken at a pace at which each has its own picture: in a hurry several share one, or none is left
 * for the page to be idle in.
 */
const TRACED_HURRY = 8;
const TRACED_SECONDS = 30;

/** The spans of a trace in which scripts run; they stand inside each other. */
const SCRIPT = new Set([
  "FunctionCall",
  "RunMicrotasks",
  "TimerFire",
  "FireAnimationFrame",
  "EvaluateScript",
]);

const round = (value: number, digits = 1) => Number(value.toFixed(digits));

/** The others of the room; the last of the planned people is the one who is looked at. */
class Others {
  readonly #folder = mkdtempSync(join(tmpdir(), "etakahvila-page-"));
  readonly #file = join(this.#folder, "people");
  readonly #site: RunningSite;
  #count = 0;

  constructor(site: RunningSite, plan: Planned) {
    this.#site = site;
    const everyone = [...plan.facilitators, ...plan.moderators, ...plan.people.slice(0, -1)];
    this.#count = everyone.length;
    writeFileSync(this.#file, everyone.map((one) => `0 ${one.role} ${one.link.split("#")[1]}\n`).join(""));
  }

  play(...work: string[]): ChildProcess {
    return spawn(
      load,
      [
        "--target",
        "room",
        "--tls",
        "--port",
        new URL(this.#site.origin).port,
        "--origin",
        this.#site.origin,
        "--people-file",
        this.#file,
        "--people",
        String(this.#count),
        "--process",
        String(process.pid),
        ...work,
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
  }

  async have(...work: string[]): Promise<Record<string, number>> {
    const played = this.play(...work);
    let text = "";
    played.stdout?.on("data", (part) => {
      text += part;
    });
    const [code] = await once(played, "exit");
    if (code !== 0) throw new Error(`the others ended with ${code}`);
    return JSON.parse(text);
  }

  close() {
    rmSync(this.#folder, { recursive: true });
  }
}

async function weakPhone(page: Page): Promise<CDPSession> {
  const debug = await page.context().newCDPSession(page);
  await debug.send("Network.enable");
  await debug.send("Network.emulateNetworkConditions", THIN_LINE);
  await debug.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWED });
  return debug;
}

/**
 * From the press of a link to a page that is painted, and to one whose button answers; then from the press of that
 * button to the room.
 */
async function arrive(devices: Devices, link: string) {
  const page = await devices.open("about:blank");
  const debug = await weakPhone(page);
  const began = Date.now();
  const went = page.goto(link);
  const button = page.getByRole("button", { name: "Tule kahvilaan" });
  await button.waitFor({ timeout: 60_000 });
  const usable = Date.now() - began;
  await went;
  const first_paint = await page.evaluate(async () => {
    const paints = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
    while (paints() === undefined) await new Promise((done) => setTimeout(done, 50));
    return paints() as number;
  });
  const bytes = await page.evaluate(() =>
    [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].reduce(
      (sum, one) => sum + (one as PerformanceResourceTiming).encodedBodySize,
      0,
    ),
  );
  await page.getByLabel("Nimi, jonka muut näkevät").fill("Mustikka");
  const pressed = Date.now();
  await button.click();
  await page.getByLabel("Kirjoita viesti").waitFor({ timeout: 60_000 });
  return { page, debug, first_paint, usable, bytes, into_room: Date.now() - pressed };
}

/** The page's process: the one that works when the page does. */
async function rendererOf(devices: Devices, page: Page): Promise<number> {
  const debug = await devices.debug();
  const worked = async () =>
    new Map(
      (await debug.send("SystemInfo.getProcessInfo")).processInfo
        .filter((one) => one.type === "renderer")
        .map((one) => [one.id, one.cpuTime]),
    );
  const before = await worked();
  await page.evaluate(() => {
    const until = performance.now() + 1000;
    while (performance.now() < until);
  });
  const after = await worked();
  const most = [...after]
    .map(([id, time]) => ({ id, more: time - (before.get(id) ?? 0) }))
    .sort((a, b) => b.more - a.more)[0];
  if (!most) throw new Error("no process draws the page");
  return most.id;
}

interface Memory {
  heap_mb: number;
  process_mb: number;
  nodes: number;
}

async function memory(debug: CDPSession, renderer: number): Promise<Memory> {
  for (let time = 0; time < 3; time++) await debug.send("HeapProfiler.collectGarbage");
  const { usedSize } = await debug.send("Runtime.getHeapUsage");
  const { nodes } = await debug.send("Memory.getDOMCounters");
  const pages = Number(readFileSync(`/proc/${renderer}/statm`, "utf8").split(" ")[1]);
  return { heap_mb: round(usedSize / 1e6), process_mb: round((pages * 4096) / 1e6), nodes };
}

/**
 * What the page's main thread does while something is played: each of its tasks, and of all of them the time in
 * scripts; in ms.
 */
async function traced(
  devices: Devices,
  during: () => Promise<unknown>,
  renderer: number,
): Promise<{ tasks: number[]; script: number }> {
  const debug = await devices.debug();
  // biome-ignore lint/suspicious/noExplicitAny: the trace's own shape.
  const events: any[] = [];
  debug.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await debug.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: {
      includedCategories: ["toplevel", "devtools.timeline", "__metadata"],
      excludedCategories: ["*"],
    },
  });
  await during();
  const complete = new Promise((done) => debug.once("Tracing.tracingComplete", done));
  await debug.send("Tracing.end");
  await complete;
  const main = events.find(
    (one) => one.pid === renderer && one.name === "thread_name" && one.args.name === "CrRendererMain",
  );
  const spans = events
    .filter((one) => one.pid === renderer && one.tid === main?.tid && one.ph === "X")
    .sort((a, b) => a.ts - b.ts);
  const tasks = spans
    .filter(({ name }) => name === "ThreadControllerImpl::RunTask")
    .map(({ dur }) => dur / 1000);
  let [script, counted_to] = [0, 0];
  for (const { name, ts, dur } of spans) {
    if (!SCRIPT.has(name) || ts < counted_to) continue;
    script += dur / 1000;
    counted_to = ts + dur;
  }
  return { tasks, script };
}

async function measure(site: RunningSite, devices: Devices) {
  const plan = await site.plan(Array.from({ length: PEOPLE - 4 }, (_, number) => `Osallistuja ${number}`));
  const others = new Others(site, plan);
  try {
    // They open the doors, and leave again.
    await others.have("--work", "idle", "--seconds", "0.1");
    const link = plan.people.at(-1)?.link ?? "";
    const arrivals: Awaited<ReturnType<typeof arrive>>[] = [];
    for (let time = 0; time < 5; time++) {
      const one = await arrive(devices, link);
      arrivals.push(one);
      if (time < 4) await one.page.context().close();
    }
    const last = arrivals.at(-1);
    if (!last) throw new Error("nobody arrived");
    const median = (of: (one: (typeof arrivals)[number]) => number) =>
      round([...arrivals.map(of)].sort((a, b) => a - b)[2] ?? 0, 0);

    const renderer = await rendererOf(devices, last.page);
    // The others come back first: who is there is not what a day leaves behind.
    const day = others.have(
      "--work",
      "mix",
      "--voice-frame",
      "0",
      "--hurry",
      String(HURRY),
      "--seconds",
      String(DAY_SECONDS),
    );
    await last.page.getByText("viesti=").first().waitFor({ timeout: 60_000 });
    const before = await memory(last.debug, renderer);
    await day;
    const after = await memory(last.debug, renderer);
    let steps = 0;
    last.debug.on("Network.webSocketFrameReceived", ({ response }) => {
      if (response.payloadData.startsWith('{"type":"batch"')) steps++;
    });
    const { tasks, script } = await traced(
      devices,
      () =>
        others.have(
          "--work",
          "mix",
          "--voice-frame",
          "0",
          "--hurry",
          String(TRACED_HURRY),
          "--seconds",
          String(TRACED_SECONDS),
        ),
      renderer,
    );
    tasks.sort((a, b) => a - b);
    const at = (share: number) =>
      round(tasks[Math.min(tasks.length - 1, Math.floor(tasks.length * share))] ?? 0, 2);
    return {
      page: {
        first_paint_ms: median((one) => one.first_paint),
        usable_ms: median((one) => one.usable),
        into_room_ms: median((one) => one.into_room),
        bytes: last.bytes,
      },
      day: {
        steps_about: Math.round(DAY_SECONDS * HURRY * (1 / 2 + 2 / 10 + 2 / 20)),
        heap_mb_more: round(after.heap_mb - before.heap_mb),
        process_mb_more: round(after.process_mb - before.process_mb),
        before,
        after,
      },
      work: {
        batches: steps,
        script_ms_per_batch: round(script / Math.max(1, steps), 2),
        main_thread_ms_per_batch: round(tasks.reduce((sum, one) => sum + one, 0) / Math.max(1, steps), 2),
        task_ms: { p50: at(0.5), p99: at(0.99), p999: at(0.999), most: at(1) },
      },
    };
  } finally {
    others.close();
  }
}

export async function run() {
  const site = await RunningSite.open();
  const devices = await Devices.open();
  try {
    console.log(JSON.stringify(await measure(site, devices), null, 1));
  } finally {
    await devices.close();
    await site.close();
  }
}
