import { type ReadonlySignal, signal } from "@preact/signals";
import { type ComponentChildren, render } from "preact";
import type { Entrance } from "../connection/entrance";
import { browserTimers, deviceKeep, type Keep, tabKeep } from "../connection/parts";
import { common } from "../text/common";
import { openLanguage } from "../text/language";
import { Announcer, LiveRegions } from "./announcer";
import { type App, AppProvider, openTick } from "./app";
import { keepOwnWords } from "./own_words";

/** What a page is made of in a real browser. */
export interface Page {
  readonly app: App;
  readonly keep: Keep;
  readonly entrance: Entrance;
}

export function makePage(entranceBy: (fetch: typeof globalThis.fetch) => Entrance): Page {
  const keep = tabKeep();
  const device = deviceKeep();
  const language = openLanguage(device, document);
  const tick = signal(browserTimers.now());
  openTick(tick, browserTimers, document);
  const announcer = new Announcer(browserTimers, (count) => common[language.peek()].new_messages(count));
  const entrance = entranceBy(fetch.bind(globalThis));
  const site_phone = openSitePhone(entrance, device);
  return {
    app: {
      language,
      announcer,
      keep,
      device,
      site_phone,
      timers: browserTimers,
      tick,
      asks_help: signal(false),
    },
    keep,
    entrance,
  };
}

const PHONE_KEPT = "site_phone";

/** The number is kept on the device: it is needed most when nothing answers. */
function openSitePhone(entrance: Entrance, device: Keep): ReadonlySignal<string> {
  const phone = signal(device.get(PHONE_KEPT) ?? "");
  void entrance.site().then((answer) => {
    if (answer.kind !== "ok") return;
    phone.value = answer.value.help_phone ?? "";
    device.set(PHONE_KEPT, phone.value);
  });
  return phone;
}

/** Draws the page into the body, beside its live regions. */
export function show(page: Page, children: ComponentChildren): void {
  const root = document.createElement("div");
  // What the page shows by itself, so that something is there before this program is.
  document.querySelector(".opening")?.remove();
  document.body.append(root);
  keepOwnWords(root);
  render(
    <AppProvider app={page.app}>
      {children}
      <LiveRegions announcer={page.app.announcer} />
    </AppProvider>,
    root,
  );
}
