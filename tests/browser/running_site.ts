import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { request as requestPlain } from "node:http";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import {
  type Browser,
  type BrowserContext,
  type CDPSession,
  chromium,
  type Locator,
  type Page,
} from "playwright-core";
import type { Cable } from "./cable";

// The real server over TLS with a certificate of its own, and Debian's Chromium.

const project = fileURLToPath(new URL("../..", import.meta.url));
const program = join(project, "build/bin/etakahvila");
const slept_clock = join(project, "build/bin/etakahvila-slept-clock.so");
/** After so long a page is taken to stand still. No measure: a busy machine may take its time. */
const PATIENCE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

export interface Link {
  person: number;
  name: string;
  role: string;
  link: string;
  code: string;
}

export interface Planned {
  id: number;
  facilitators: Link[];
  moderators: Link[];
  people: Link[];
}

const helsinki = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Helsinki",
  dateStyle: "short",
  timeStyle: "short",
});

/** Today in Helsinki, from an hour ago, four hours long or to the end of the day. */
function today(): { date: string; start: string; end: string } {
  const [date, clock] = helsinki.format(new Date()).split(" ") as [string, string];
  const first = Math.max(0, Number(clock.slice(0, 2)) - 1);
  const hour = (value: number) => String(value).padStart(2, "0");
  return { date, start: `${hour(first)}:00`, end: first + 4 < 24 ? `${hour(first + 4)}:00` : "23:59" };
}

/**
 * The clocks of a server whose story is longer than a test may take. They go on as clocks do, and are set forward: the
 * machine has slept, which the server holds against nobody.
 */
export class DayClock {
  /** The first day of the story: today in Helsinki, so that the pages' own clocks are not far off. */
  readonly #first = today().date;
  readonly #file: string;
  #ahead_ms: number;
  #slept_ms = 0;

  /** From this hour of the first day on, whatever the hour is. */
  constructor(folder: string, hour: string) {
    if (!existsSync(slept_clock)) throw new Error(`Build first: ${slept_clock}`);
    this.#file = join(folder, "clock");
    writeFileSync(this.#file, Buffer.alloc(16));
    this.#ahead_ms = this.#of(hour, 0) - Date.now();
    this.#write();
  }

  /** The date so many days after the first. */
  date(day = 0): string {
    return new Date(Date.parse(`${this.#first}T00:00:00Z`) + day * DAY_MS).toISOString().slice(0, 10);
  }

  /** What the server takes the time to be. */
  now(): number {
    return Date.now() + this.#ahead_ms;
  }

  /** To a time in Helsinki, as "12:50" or "12:50:30". */
  set(hour: string, day = 0): void {
    const ahead_ms = this.#of(hour, day) - Date.now();
    if (ahead_ms < this.#ahead_ms) throw new Error(`it is past ${hour} already`);
    this.#slept_ms += ahead_ms - this.#ahead_ms;
    this.#ahead_ms = ahead_ms;
    this.#write();
  }

  #of(hour: string, day: number): number {
    const local = `${this.date(day)}T${hour.padEnd(8, ":00")}`;
    // In winter or in summer: the one that Helsinki calls by this name.
    const at = [`${local}+02:00`, `${local}+03:00`]
      .map(Date.parse)
      .find((ms) => helsinki.format(ms) === local.slice(0, 16).replace("T", " "));
    if (at === undefined) throw new Error(`Helsinki has no ${local}`);
    return at;
  }

  #write(): void {
    const ahead = new BigInt64Array([BigInt(this.#ahead_ms), BigInt(this.#slept_ms)]);
    const file = openSync(this.#file, "r+");
    writeSync(file, ahead, 0, ahead.byteLength, 0);
    closeSync(file);
  }

  /** Whoever is started with it lives by this clock. */
  get environment(): NodeJS.ProcessEnv {
    return { ...process.env, LD_PRELOAD: slept_clock, ETAKAHVILA_SLEPT_CLOCK: this.#file };
  }
}

export class RunningSite {
  readonly #folder = mkdtempSync(join(tmpdir(), "etakahvila-browser-"));
  #server: ChildProcess | undefined;
  #port = 0;
  /** Where the server's figures are. */
  figures = "";
  #planned = 0;
  /** The coordinator's link. */
  coordinator = "";
  /** The one-time link of a coordinator's account that has no password yet. */
  newcomer = "";
  /** The server's clock, where it is not this machine's. */
  readonly clock: DayClock | undefined;

  /**
   * `plain_host`: without TLS, under a name that is mapped to this machine, as a site is that somebody set up too
   * quickly. `hour`: it lives by a clock of its own, from this hour of today on. `serve`: further options.
   */
  private constructor(
    private readonly plain_host?: string,
    hour?: string,
    private readonly serve: readonly string[] = [],
  ) {
    if (hour !== undefined) this.clock = new DayClock(this.#folder, hour);
  }

  static async open(plain_host?: string, hour?: string, serve?: readonly string[]): Promise<RunningSite> {
    const site = new RunningSite(plain_host, hour, serve);
    execFileSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost,IP:127.0.0.1",
        "-keyout",
        site.#file("key.pem"),
        "-out",
        site.#file("certificate.pem"),
      ],
      { stdio: "pipe" },
    );
    mkdirSync(site.#file("data"));
    const printed = execFileSync(
      program,
      ["invite", "--coordinator", "--data", site.#file("data"), "--site", "https://localhost"],
      { encoding: "utf8", env: site.#environment },
    );
    site.coordinator = printed.trim();
    const made = execFileSync(
      program,
      [
        "staff",
        "add",
        "Kaisa Koordinaattori",
        "--role",
        "coordinator",
        "--data",
        site.#file("data"),
        "--site",
        "https://localhost",
      ],
      { encoding: "utf8", env: site.#environment },
    );
    await site.start();
    if (plain_host) {
      // The port is known now, and with it the origin.
      await site.end("SIGTERM");
      await site.start();
    }
    site.newcomer = made.trim().replace("https://localhost", site.origin);
    site.coordinator = site.coordinator.replace("https://localhost", site.origin);
    return site;
  }

  get origin(): string {
    return this.plain_host ? `http://${this.plain_host}:${this.#port}` : `https://localhost:${this.#port}`;
  }

  get #environment(): NodeJS.ProcessEnv {
    return this.clock?.environment ?? process.env;
  }

  #file(name: string): string {
    return join(this.#folder, name);
  }

  /** Starts the server, on the same port as before when it has run already. */
  async start(): Promise<void> {
    const server = spawn(
      program,
      [
        "serve",
        "--port",
        String(this.#port),
        "--metrics-listen",
        "127.0.0.1:0",
        "--data",
        this.#file("data"),
        "--web",
        join(project, "web-client/dist"),
        ...this.serve,
        ...(this.plain_host
          ? ["--site", this.origin]
          : ["--tls-certificate", this.#file("certificate.pem"), "--tls-key", this.#file("key.pem")]),
      ],
      { stdio: ["ignore", "pipe", "inherit"], env: this.#environment },
    );
    this.#server = server;
    for await (const line of createInterface({ input: server.stdout })) {
      const address = /^listening on .*:(\d+)$/.exec(line);
      if (address) this.#port = Number(address[1]);
      // The line behind it.
      const figures = /^figures at (\S+)$/.exec(line);
      if (!figures) continue;
      this.figures = figures[1] ?? "";
      return;
    }
    throw new Error("the server ended before it listened");
  }

  /** Ends the server by the signal, and waits until it has ended. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const server = this.#server;
    if (!server || server.exitCode !== null) return server?.exitCode ?? null;
    const ended = once(server, "exit");
    server.kill(signal);
    const [code] = await ended;
    this.#server = undefined;
    return code;
  }

  /** Stops the server where it stands, for so long. */
  async freeze(ms: number): Promise<void> {
    this.#server?.kill("SIGSTOP");
    await new Promise((over) => setTimeout(over, ms));
    this.#server?.kill("SIGCONT");
  }

  async close(): Promise<void> {
    await this.end("SIGTERM");
    rmSync(this.#folder, { recursive: true });
  }

  /** Asks the API, by the coordinator's link or another. */
  api<Answer>(
    method: string,
    path: string,
    body?: object | string,
    link = this.coordinator,
  ): Promise<Answer> {
    const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
    return new Promise((answered, failed) => {
      const ask = this.plain_host ? requestPlain : request;
      const asked = ask(
        `${this.plain_host ? `http://127.0.0.1:${this.#port}` : this.origin}${path}`,
        {
          method,
          rejectUnauthorized: false,
          headers: {
            // By the name of the site: a server answers to no other.
            host: new URL(this.origin).host,
            authorization: `Bearer ${link.split("#")[1]}`,
            ...(text === undefined
              ? {}
              : {
                  "content-type": typeof body === "string" ? "text/csv" : "application/json",
                  "content-length": Buffer.byteLength(text),
                }),
          },
        },
        async (answer) => {
          let read = "";
          for await (const part of answer) read += part;
          if (answer.statusCode !== 200) failed(new Error(`${method} ${path}: ${answer.statusCode} ${read}`));
          else answered(JSON.parse(read));
        },
      );
      asked.on("error", failed);
      asked.end(text);
    });
  }

  /** Plans a session of today with these people, or of another day, and invites everyone. */
  async plan(
    names: string[],
    theme = "Uni",
    more: {
      voice?: boolean;
      many_listeners?: boolean;
      series?: string;
      date?: string;
      start?: string;
      end?: string;
    } = {},
  ): Promise<Planned> {
    const { id } = await this.api<{ id: number }>("POST", "/api/sessions", {
      theme,
      series: `Etäkahvila ${++this.#planned}`,
      question: "Mikä auttaa sinua nukahtamaan?",
      help_phone: "09 000 0000",
      ...today(),
      ...more,
    });
    const rows = names.map((name) => `${name};kuntouttava työtoiminta;Työnjohtaja 3`);
    await this.api(
      "POST",
      `/api/sessions/${id}/registrations`,
      `Nimi;Päätöksen laji;Työnjohtaja\n${rows.join("\n")}\n`,
    );
    const { invitations } = await this.api<{ invitations: Link[] }>(
      "POST",
      `/api/sessions/${id}/invitations`,
      {},
    );
    const of = (role: string) => invitations.filter((one) => one.role === role);
    return { id, facilitators: of("facilitator"), moderators: of("moderator"), people: of("participant") };
  }
}

export const PHONE = { width: 360, height: 740 };
export const TABLET = { width: 768, height: 1024 };
export const DESK = { width: 1280, height: 800 };

export const CHROMIUM = "/usr/bin/chromium";
export const CHROMIUM_ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What Chromium said against a page: nothing is expected, from any page of any test. */
export const complaints: string[] = [];

/** What looks for the screen's texts already. */
const readers = new Set<object>();

/**
 * A text that a story looks for is the one on the screen. What is spoken stands in a live region as well, for as long
 * as it is spoken: whether a text is there twice would be a matter of luck.
 */
function findWhatIsShown(page: Page): void {
  const kinds: (Page | Locator)[] = [Object.getPrototypeOf(page), Object.getPrototypeOf(page.locator("*"))];
  for (const kind of kinds.filter((one) => !readers.has(one))) {
    readers.add(kind);
    const find = kind.getByText;
    kind.getByText = function (this: Page | Locator, ...wanted: Parameters<typeof find>) {
      const whole = "page" in this ? this.page() : this;
      return find.apply(this, wanted).and(whole.locator(":not([aria-live])"));
    };
  }
}

/** Chromium, and pages in it each as a device of its own. */
export class Devices {
  /** Run in each new device before its page: a browser that lacks something, or an ear at its loudspeaker. */
  readonly scripts: ((() => void) | string)[] = [];
  readonly #browser: Browser;
  readonly #contexts: BrowserContext[] = [];

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** `more`: further arguments of the browser. */
  static async open(more: string[] = []): Promise<Devices> {
    return new Devices(
      await chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_ARGUMENTS, ...more] }),
    );
  }

  /** A new device with the page of the link open in it; over a cable of its own when it is given one. */
  async open(link: string, viewport = PHONE, cable?: Cable): Promise<Page> {
    const context = await this.#browser.newContext({
      viewport,
      locale: "fi-FI",
      ignoreHTTPSErrors: true,
      timezoneId: "Europe/Helsinki",
      ...(cable ? { proxy: { server: cable.address, bypass: "<-loopback>" } } : {}),
    });
    context.setDefaultTimeout(PATIENCE_MS);
    this.#contexts.push(context);
    for (const script of this.scripts)
      await context.addInitScript(typeof script === "string" ? { content: script } : script);
    const page = await context.newPage();
    findWhatIsShown(page);
    page.on("pageerror", (fault) => complaints.push(`${page.url().split("#")[0]}: ${fault.message}`));
    page.on("console", (said) => {
      // A line that breaks is part of some tests; everything else is against the page.
      if (said.type() === "error" && !/WebSocket|ERR_CONNECTION|Failed to load resource/.test(said.text()))
        complaints.push(said.text());
    });
    await page.goto(link);
    return page;
  }

  /** Ends the devices of one test. */
  async away(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  /** The whole browser's debugger. */
  debug(): Promise<CDPSession> {
    return this.#browser.newBrowserCDPSession();
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

const axe = readFileSync(join(project, "web-client/node_modules/axe-core/axe.min.js"), "utf8");

/**
 * What axe finds against WCAG 2.2 AA on the page as it is: one line for each place. `rules`: of AAA, asked for beside
 * them.
 */
export async function barriers(page: Page, rules: readonly string[] = []): Promise<string[]> {
  // Evaluated by the debugger, not by the page: its policy stays as it is.
  await page.evaluate(axe);
  return page.evaluate(async (rules) => {
    // biome-ignore lint/suspicious/noExplicitAny: axe is put there a line above.
    const found = await (globalThis as any).axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      rules: Object.fromEntries(rules.map((rule) => [rule, { enabled: true }])),
    });
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    return found.violations.flatMap((rule: any) =>
      rule.nodes.map((node: { target: string[] }) => `${rule.id}: ${node.target.join(" ")}`),
    );
  }, rules);
}

/** Keeps a picture for a person to look at, when a folder for them is named. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.ETAKAHVILA_PICTURES;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
}

/** ... at the widths of a phone, a tablet and a desk, in light and in dark. */
export async function pictures(page: Page, name: string): Promise<void> {
  if (!process.env.ETAKAHVILA_PICTURES) return;
  const before = page.viewportSize();
  for (const viewport of [PHONE, TABLET, DESK]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await picture(page, `${name}-${viewport.width}${colorScheme === "dark" ? "-dark" : ""}`);
    }
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
}

/**
 * By how many pixels the page is too wide where 200 % and 400 % zoom leave 640 and 320 of a desk's screen (WCAG
 * 1.4.10).
 */
export async function overhang(page: Page): Promise<number[]> {
  const before = page.viewportSize();
  const over: number[] = [];
  for (const width of [640, 320]) {
    await page.setViewportSize({ width, height: 400 });
    over.push(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    );
  }
  if (before) await page.setViewportSize(before);
  return over;
}

/** Comes in by a personal link. */
export async function comeIn(
  devices: Devices,
  link: Link,
  name: string,
  viewport = PHONE,
  cable?: Cable,
): Promise<Page> {
  const page = await devices.open(link.link, viewport, cable);
  await page.getByLabel("Nimi, jonka muut näkevät").fill(name);
  await page.getByRole("button", { name: "Tule kahvilaan" }).click();
  return page;
}

/** Staff come in by theirs. */
export async function comeToWork(devices: Devices, link: Link, viewport = DESK): Promise<Page> {
  const page = await devices.open(link.link, viewport);
  await page.getByRole("button", { name: "Tule huoneeseen" }).click();
  return page;
}
