import { type Signal, signal } from "@preact/signals";
import type { Change } from "@protocol";
import { type ComponentChildren, render } from "preact";
import { act } from "preact/test-utils";
import type { RoomLineParts } from "../connection/room_line";
import { common } from "../text/common";
import type { Language } from "../text/language";
import { Announcer, LiveRegions } from "../view/announcer";
import { type App, AppProvider, LineProvider } from "../view/app";
import { FakeKeep, FakeTimers, type Stand, standLine, welcome } from "./fakes";

/** A page in the test's document, with the test's time. */
export interface Drawn {
  readonly app: App;
  readonly root: HTMLElement;
  readonly tick: Signal<number>;
  /** Does something and lets the page settle. */
  does(act: () => void | Promise<void>): Promise<void>;
  /** Lets time pass on the page's clock. */
  pass(ms: number): Promise<void>;
  /** The words that a person sees, with single spaces. */
  words(where?: string): string;
  /** The button of that name, in the dialog that is open, if one is. */
  button(name: string): HTMLButtonElement;
  press(name: string): Promise<void>;
  write(field: string, text: string): Promise<void>;
}

export async function draw(
  children: (app: App) => ComponentChildren,
  change: {
    keep?: FakeKeep;
    timers?: FakeTimers;
    language?: Language;
    asks_help?: App["asks_help"];
  } = {},
): Promise<Drawn> {
  const timers = change.timers ?? new FakeTimers();
  const language = signal<Language>(change.language ?? "fi");
  const tick = signal(timers.now());
  const app: App = {
    language,
    keep: change.keep ?? new FakeKeep(),
    device: new FakeKeep(),
    timers,
    tick,
    site_phone: signal("09 310 1000"),
    asks_help: change.asks_help ?? signal(false),
    announcer: new Announcer(timers, (count) => common[language.peek()].new_messages(count)),
  };
  // One page at a time, as in a tab: the one before is torn down.
  for (const old of document.body.children) render(null, old);
  const root = document.createElement("div");
  document.body.replaceChildren(root);

  // Answers of the faked door and line are promises; let them come.
  const letCome = async () => {
    for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
  };
  const does = async (step: () => void | Promise<void>) => {
    const { hash } = location;
    await act(async () => {
      await step();
      await letCome();
    });
    // A browser tells it by itself.
    if (location.hash !== hash) await act(() => void dispatchEvent(new Event("hashchange")));
    // What was drawn by an answer has effects of its own, and they ask as well.
    await act(letCome);
    await act(letCome);
  };
  await does(() =>
    render(
      <AppProvider app={app}>
        {children(app)}
        <LiveRegions announcer={app.announcer} />
      </AppProvider>,
      root,
    ),
  );

  const scope = () => [...root.querySelectorAll<HTMLElement>("dialog[open]")].at(-1) ?? root;
  const squeezed = (text: string | null | undefined) => (text ?? "").replace(/\s+/g, " ").trim();
  const nameOf = (one: HTMLElement) =>
    squeezed(one.getAttribute("aria-label") ?? (one.querySelector("b") ?? one).textContent);

  const drawn: Drawn = {
    app,
    root,
    tick,
    does,
    pass: (ms) =>
      does(() => {
        timers.pass(ms);
        tick.value = timers.now();
      }),
    words: (where) => squeezed(seen(where ? root.querySelector(where) : scope())),
    button(name) {
      const found = [...scope().querySelectorAll<HTMLButtonElement>("button")].find(
        (one) => nameOf(one) === name,
      );
      if (!found) throw new Error(`no button ${name} in: ${drawn.words()}`);
      return found;
    },
    press: (name) => does(() => drawn.button(name).click()),
    async write(field, text) {
      const found = scope().querySelector<HTMLInputElement | HTMLTextAreaElement>(field);
      if (!found) throw new Error(`no field ${field}`);
      await does(() => {
        found.value = text;
        found.dispatchEvent(new Event("input", { bubbles: true }));
      });
    },
  };
  return drawn;
}

/** The text of an element as it is read: blocks stand apart. */
function seen(node: Node | null): string {
  if (!node) return "";
  if (!(node instanceof Element)) return node.textContent ?? "";
  const text = [...node.childNodes].map(seen).join("");
  return /^(P|H\d|LI|DIV|SECTION|BUTTON|LABEL)$/.test(node.tagName) ? ` ${text} ` : text;
}

/** A page inside a room with these things, online, at step 1. */
export async function drawInRoom(
  children: ComponentChildren,
  changes: readonly Change[],
  change: Partial<RoomLineParts> & { language?: Language } = {},
): Promise<Drawn & { stand: Stand; step(...changes: Change[]): Promise<void> }> {
  const { language, ...parts } = change;
  const stand = standLine(parts);
  stand.socket.open();
  stand.socket.say(welcome(1), { type: "batch", from: 0, to: 1, changes: [...changes] });
  const drawn = await draw(() => <LineProvider line={stand.line}>{children}</LineProvider>, {
    keep: stand.keep,
    timers: stand.timers,
    ...(language ? { language } : {}),
  });
  return {
    ...drawn,
    stand,
    step: (...next) =>
      drawn.does(() => {
        const from = stand.line.room.peek().seq;
        stand.socket.say({ type: "batch", from, to: from + 1, changes: next });
      }),
  };
}
