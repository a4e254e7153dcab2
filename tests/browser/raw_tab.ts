import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { CHROMIUM, CHROMIUM_ARGUMENTS, type Link } from "./running_site";

// A tab as it is without Playwright, which keeps every page in view, switches a browser's thrift off, and lets each
// look at a page count as a press: a Chromium of its own, told what to do over its debugging pipe.

interface Answer {
  id?: number;
  result?: {
    result?: { value?: unknown };
    exceptionDetails?: { exception?: { description?: string } };
    targetId?: string;
    sessionId?: string;
  };
  error?: { message: string };
}

class Pipe {
  #count = 0;
  #left = "";
  readonly #asked = new Map<number, (answer: Answer) => void>();

  constructor(
    private readonly out: Writable,
    into: Readable,
  ) {
    into.setEncoding("utf8");
    into.on("data", (text: string) => {
      const parts = (this.#left + text).split("\0");
      this.#left = parts.pop() ?? "";
      for (const part of parts) {
        const answer = JSON.parse(part) as Answer;
        if (answer.id !== undefined) this.#asked.get(answer.id)?.(answer);
      }
    });
  }

  ask(method: string, params: object, sessionId?: string): Promise<NonNullable<Answer["result"]>> {
    const id = ++this.#count;
    this.out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((done, failed) =>
      this.#asked.set(id, ({ result, error }) => {
        this.#asked.delete(id);
        if (error) failed(new Error(`${method}: ${error.message}`));
        else done(result ?? {});
      }),
    );
  }
}

export class RawTab {
  constructor(
    private readonly browser: ChildProcess,
    private readonly profile: string,
    private readonly pipe: Pipe,
    private readonly session: string,
  ) {}

  async evaluate<T>(what: () => T): Promise<T> {
    return (await this.#run(`(${what})()`)) as T;
  }

  async open({ link }: Link): Promise<void> {
    await this.pipe.ask("Page.navigate", { url: link }, this.session);
  }

  /** Presses the button with these words, once it is there, as a hand would. */
  async press(words: string): Promise<void> {
    const is_it = `(one) => one.textContent.trim() === ${JSON.stringify(words)}`;
    const find = `[...document.querySelectorAll("button")].find(${is_it})`;
    await this.until(`Boolean(${find})`);
    if (words === "Tule kahvilaan")
      await this.#run(`(() => {
        const field = document.querySelector("input");
        field.value = "Käpy";
        field.dispatchEvent(new Event("input", { bubbles: true }));
      })()`);
    await this.#run(`${find}.click()`, true);
  }

  /** Brings another tab before this one. */
  async hide(): Promise<void> {
    const { targetId } = await this.pipe.ask("Target.createTarget", { url: "about:blank" });
    await this.pipe.ask("Target.activateTarget", { targetId });
    await this.until(() => document.visibilityState === "hidden");
  }

  async until(what: (() => boolean) | string): Promise<void> {
    const expression = typeof what === "string" ? what : `(${what})()`;
    const deadline = Date.now() + 20_000;
    while (!(await this.#run(expression))) {
      if (Date.now() > deadline) throw new Error(`it never came about: ${expression}`);
      await new Promise((soon) => setTimeout(soon, 50));
    }
  }

  async close(): Promise<void> {
    const ended = once(this.browser, "exit");
    await this.pipe.ask("Browser.close", {});
    await ended;
    // Its helpers end a little later than it.
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  /** `is_press`: as if a hand had done it. */
  async #run(expression: string, is_press = false): Promise<unknown> {
    const { result, exceptionDetails } = await this.pipe.ask(
      "Runtime.evaluate",
      { expression, returnByValue: true, awaitPromise: true, userGesture: is_press },
      this.session,
    );
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? "the page threw");
    return result?.value;
  }
}

/** A browser of its own with one tab in view. The scripts run before each of its pages. */
export async function openRawTab(more: string[], ...scripts: ((() => void) | string)[]): Promise<RawTab> {
  const profile = mkdtempSync(join(tmpdir(), "etakahvila-tab-"));
  const browser = spawn(
    CHROMIUM,
    [
      "--headless=new",
      "--remote-debugging-pipe",
      `--user-data-dir=${profile}`,
      "--ignore-certificate-errors",
      "--accept-lang=fi",
      ...CHROMIUM_ARGUMENTS,
      ...more,
      "about:blank",
    ],
    { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
  );
  const pipe = new Pipe(browser.stdio[3] as Writable, browser.stdio[4] as Readable);
  const { targetId = "" } = await pipe.ask("Target.createTarget", { url: "about:blank" });
  const { sessionId = "" } = await pipe.ask("Target.attachToTarget", { targetId, flatten: true });
  await pipe.ask("Page.enable", {}, sessionId);
  for (const script of scripts)
    await pipe.ask(
      "Page.addScriptToEvaluateOnNewDocument",
      { source: typeof script === "string" ? script : `(${script})()` },
      sessionId,
    );
  return new RawTab(browser, profile, pipe, sessionId);
}
