import "../../style/index.css";
import { signal } from "@preact/signals";
import { render } from "preact";
import { keepKey } from "../../connection/key_keep";
import { OwnPageRequestsContext } from "../../own_page/requests";
import { Door } from "../../participant/door";
import { FeedbackRequestsContext } from "../../participant/feedback";
import { bringAside, bringClosed, bringWork } from "../../participant/plain";
import { bringRoomTexts, Room } from "../../participant/room";
import { WhatChanged } from "../../participant/use_feedback";
import { bringOwnPage } from "../../participant/use_own_page";
import { common } from "../../text/common";
import { firstLanguage } from "../../text/language";
import { Announcer, LiveRegions } from "../../view/announcer";
import { type App, AppProvider, LineProvider } from "../../view/app";
import { FakeEntrance, FakeKeep, FakeTimers, standLine, welcome } from "../fakes";
import { FakeOwnPage, ownPage } from "../own_page_fixtures";
import { fetchOf } from "../work_fixtures";
import { drawnPhoto } from "./drawn_photo";
import { SCREENS } from "./screens";

/** A screen for looking at: the real components over the real line and reducer, with a fake socket. */
const asked = new URLSearchParams(location.search);
const name = asked.get("screen") ?? "";
const screen = SCREENS[name];
const language = signal(firstLanguage(asked.get("lang"), ["fi"]));
const timers = new FakeTimers();
const keep = new FakeKeep();
const tick = signal(timers.now());
const app: App = {
  language,
  keep,
  device: new FakeKeep(),
  timers,
  tick,
  site_phone: signal("09 310 1000"),
  asks_help: signal(false),
  announcer: new Announcer(timers, (count) => common[language.peek()].new_messages(count)),
};
const season = screen?.season?.() ?? new FakeOwnPage(ownPage({ days: [] }));
const root = document.createElement("div");
document.body.append(root);

function draw(children: preact.ComponentChildren): void {
  render(
    <AppProvider app={app}>
      <FeedbackRequestsContext.Provider
        value={{
          own: () => Promise.resolve({ kind: "ok", value: { state: screen?.feedback ?? "not_open" } }),
          give: () =>
            Promise.resolve(
              screen?.loses_feedback ? { kind: "unreachable" } : { kind: "ok", value: { state: "answered" } },
            ),
        }}
      >
        <OwnPageRequestsContext.Provider value={() => season.requests}>
          {children}
        </OwnPageRequestsContext.Provider>
      </FeedbackRequestsContext.Provider>
      <LiveRegions announcer={app.announcer} />
    </AppProvider>,
    root,
  );
}

const frame = () => new Promise((resolve) => setTimeout(resolve, 150));

async function press(words: string): Promise<void> {
  await frame();
  const scope = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
  const button = [
    ...scope.querySelectorAll<HTMLElement>("button, summary, .seg label, .pick, label.check"),
  ].find(
    (one) =>
      (
        one.getAttribute("aria-label") ??
        one.querySelector("b")?.textContent ??
        one.textContent ??
        ""
      ).trim() === words,
  );
  button?.click();
}

await Promise.all([bringRoomTexts(), bringAside(), bringWork(), bringOwnPage(), bringClosed()]);
if (screen?.work || screen?.feedback) keepKey(keep, { secret: "s".repeat(22) });
const work = screen?.work?.();
if (work) {
  work.picture = drawnPhoto;
  globalThis.fetch = fetchOf(work);
}
if (!screen) {
  draw(
    <ul class="page stack-s">
      {Object.keys(SCREENS).map((one) => (
        <li key={one}>
          <a href={`?screen=${one}`}>{one}</a>
        </li>
      ))}
    </ul>,
  );
} else if (screen.link) {
  const entrance = new FakeEntrance();
  entrance.link = typeof screen.link === "string" ? { kind: "unknown" } : { kind: "ok", value: screen.link };
  const pass = screen.link === "none" ? null : { secret: "s".repeat(22) };
  draw(<Door page={{ app, keep, entrance }} pass={pass} />);
  for (const words of screen.press ?? []) await press(words);
} else {
  const stand = standLine({ timers, keep });
  await Promise.resolve();
  stand.socket.open();
  stand.socket.say(welcome(1), { type: "batch", from: 0, to: 1, changes: [...(screen.changes ?? [])] });
  if (screen.saving) stand.socket.say({ type: "saving", state: screen.saving });
  for (const command of screen.sends ?? []) void stand.line.send(command);
  draw(
    <LineProvider line={stand.line}>
      <Room first={<WhatChanged shown={screen.improvements} is_in_room />} onComeBack={() => undefined} />
    </LineProvider>,
  );
  await frame();
  if (screen.has_voice) stand.socket.say({ type: "voice_ticket", ticket: "ticket" });
  if (screen.speech) stand.socket.say({ type: "speech", turn: 40, text: screen.speech, by: 8 });
  if (screen.has_voice) await new Promise((come) => setTimeout(come, 1000));
  if (screen.after) stand.socket.say({ type: "batch", from: 1, to: 2, changes: [...screen.after] });
  if (screen.is_lost) {
    stand.socket.close(1006);
    tick.value = timers.now() + 5000;
  }
  if (screen.ends !== undefined) stand.socket.close(screen.ends);
  for (const words of screen.press ?? []) await press(words);
}
if (screen?.writes) {
  await frame();
  const field = document.querySelector<HTMLTextAreaElement>(screen.writes[0]);
  if (field) {
    field.value = screen.writes[1];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
if (screen?.chooses_photo) {
  await frame();
  await frame();
  const { chooses_photo } = screen;
  if (work && chooses_photo !== "ok")
    work.requests.addPhoto = () =>
      Promise.resolve(
        chooses_photo === "unreachable"
          ? { kind: "unreachable" }
          : { kind: "refused", refusal: chooses_photo },
      );
  const field = document.querySelector<HTMLInputElement>("input[type=file]");
  const files = new DataTransfer();
  files.items.add(new File([await drawnPhoto(1)], "IMG_0001.jpg", { type: "image/jpeg" }));
  if (field) {
    field.files = files.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  // To be made small, and sent.
  for (let wait = 0; wait < 8; wait += 1) await frame();
}
for (const words of screen?.then_press ?? []) await press(words);
await frame();
document.querySelector(screen?.shows ?? "#nothing")?.scrollIntoView({ block: "center" });
await frame();
document.documentElement.dataset["ready"] = "";
