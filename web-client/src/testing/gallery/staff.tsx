import "../../style/index.css";
import "../../style/room.css";
import "../../style/staff.css";
import "../../style/consoles.css";
import "../../style/work.css";
import "../../style/work_desk.css";
import "../../style/programme.css";
import { signal } from "@preact/signals";
import { type ComponentChildren, render } from "preact";
import { absences } from "../../absences/use_absences";
import { CoordinatorConsole } from "../../coordinator/console";
import { meetings } from "../../meeting/use_meetings";
import { phoneDay } from "../../phone_day/use_phone_day";
import { SupervisorConsole } from "../../reports/console";
import { RoomConsole } from "../../staff/room_console";
import { StaffTop } from "../../staff/top";
import { common } from "../../text/common";
import { firstLanguage } from "../../text/language";
import { Announcer, LiveRegions } from "../../view/announcer";
import { type App, AppProvider, LineProvider } from "../../view/app";
import { workReturns } from "../../work_desk/use_work_returns";
import { FakeDesk } from "../desk_fixtures";
import { FakeEntrance, FakeKeep, FakeTimers, standLine, welcome } from "../fakes";
import { fakeFeedbackDesk } from "../feedback_fixtures";
import { FakeAbsences } from "../own_page_fixtures";
import { FakeMeetings, FakePhoneDay, PHONE_NOW } from "../phone_day_fixtures";
import { ofSomeSeries } from "../programme_fixtures";
import {
  askingSame,
  FACILITATOR,
  fakeAccountRequests,
  fakeDays,
  fakeOffice,
  KAPY,
  MODERATOR,
  MUSTIKKA,
  PORO,
  SAMMAL,
  withReturns,
} from "../staff_fixtures";
import { drawnPhoto } from "./drawn_photo";
import { STAFF_SCREENS } from "./staff_screens";

/** A screen of the staff for looking at: the real consoles over the real line and reducer, with a fake socket. */
const asked = new URLSearchParams(location.search);
const screen = STAFF_SCREENS[asked.get("screen") ?? ""];
const language = signal(firstLanguage(asked.get("lang"), ["fi"]));
const timers = new FakeTimers();
const keep = new FakeKeep();
const tick = signal(timers.now());
const entrance = new FakeEntrance();
const announcer = new Announcer(timers, (count) => common[language.peek()].new_messages(count));
const app: App = {
  site_phone: signal("09 310 1000"),
  asks_help: signal(false),
  language,
  keep,
  device: new FakeKeep(),
  timers,
  tick,
  announcer,
};
const root = document.createElement("div");
document.body.append(root);

function draw(children: ComponentChildren): void {
  render(
    <AppProvider app={app}>
      {children}
      <LiveRegions announcer={announcer} />
    </AppProvider>,
    root,
  );
}

const frame = () => new Promise((resolve) => setTimeout(resolve, 120));
const words = (one: Element) =>
  (one.getAttribute("aria-label") ?? one.textContent ?? "").replace(/\s+/g, " ").trim();

/** Presses what begins with these words. A radio is pressed by its label. */
async function press(wanted: string): Promise<void> {
  let found: HTMLElement | undefined;
  // What is brought when it is asked for takes its time.
  for (let wait = 0; wait < 60 && !found; wait += 1) {
    await frame();
    const scope = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
    const all = [...scope.querySelectorAll<HTMLElement>("button, summary, .seg label")];
    found = all.find((one) => words(one) === wanted) ?? all.find((one) => words(one).startsWith(wanted));
  }
  if (found) found.click();
  else console.error(`nothing to press: ${wanted}`);
}

if (!screen) {
  draw(
    <ul class="page stack-s">
      {Object.keys(STAFF_SCREENS).map((one) => (
        <li key={one}>
          <a href={`?screen=${one}`}>{one}</a>
        </li>
      ))}
    </ul>,
  );
} else {
  const page = { app, keep, entrance };
  const pass = { secret: "s".repeat(22) };
  const link = { role: screen.role, entered: true, name: common.fi.roles[screen.role] };
  location.hash = screen.within ? `${screen.tab}/${screen.within}` : screen.tab;
  if (screen.has_returns) await workReturns.bring();
  if (screen.is_supervisor) await Promise.all([absences.bring(), phoneDay.bring(), meetings.bring()]);
  if (screen.page) {
    draw(
      <>
        <StaffTop
          tabs={[screen.tab]}
          tab={screen.tab}
          name={common.fi.roles.coordinator}
          onSettings={() => undefined}
        />
        {screen.page()}
      </>,
    );
  } else if (screen.is_supervisor) {
    const me = {
      account: 1,
      person: 9,
      name: "Työnjohtaja 3",
      roles: [{ role: "supervisor" as const }],
      csrf_token: "t",
    };
    draw(
      <SupervisorConsole
        accounts={fakeAccountRequests()}
        me={me}
        office={fakeOffice(screen.has_returns ? withReturns("supervisor") : {})}
        absences={new FakeAbsences().requests}
        phone_days={new FakePhoneDay().requests}
        meetings={new FakeMeetings().requests}
        now={() => PHONE_NOW}
        onOut={() => undefined}
      />,
    );
  } else if (screen.role === "coordinator") {
    const troubles = [...(screen.troubles ?? [])];
    const office = fakeOffice({
      health: () => Promise.resolve({ kind: "ok", value: { troubles, operator_phone: "09 000 0000" } }),
      ...(screen.asks_same ? askingSame : screen.has_returns ? withReturns("coordinator") : {}),
    });
    draw(
      <CoordinatorConsole
        page={page}
        pass={pass}
        link={link}
        line={null}
        office={office}
        programme={screen.programme?.() ?? ofSomeSeries()}
        absences={new FakeAbsences().requests}
        feedback_desk={fakeFeedbackDesk(screen.feedback)}
      />,
    );
  } else {
    const me = screen.role === "moderator" ? MODERATOR : FACILITATOR;
    const stand = standLine({ timers, keep });
    await Promise.resolve();
    const { socket } = stand;
    const { records } = screen;
    const desk = new FakeDesk(me);
    desk.takes_photos = !screen.no_photos;
    desk.picture = drawnPhoto;
    if (screen.has_photos)
      desk.opened.set(MUSTIKKA, {
        photos: [
          { id: 1, description: "Ikkuna illalla" },
          { id: 2, description: "" },
        ],
      });
    const days = fakeDays(records ? { day: () => Promise.resolve({ kind: "ok", value: records }) } : {});
    socket.open();
    socket.say(
      welcome(1, { me, role: screen.role }),
      { type: "batch", from: 0, to: 1, changes: [...(screen.changes ?? [])] },
      {
        type: "line_figures",
        lines: [
          { person: SAMMAL, rtt_median_ms: 640, rtt_worst_ms: 2100 },
          { person: PORO, rtt_median_ms: 48, rtt_worst_ms: 90 },
          { person: KAPY, rtt_median_ms: 110, rtt_worst_ms: 240 },
        ],
      },
    );
    draw(
      <LineProvider line={stand.line}>
        <RoomConsole
          page={page}
          pass={pass}
          link={link}
          line={stand.line}
          chime={() => undefined}
          days={days}
          desk={desk.requests}
          feedback_desk={fakeFeedbackDesk(screen.feedback)}
        />
      </LineProvider>,
    );
    await frame();
    if (screen.after) socket.say({ type: "batch", from: 1, to: 2, changes: [...screen.after] });
    if (screen.is_lost) {
      socket.close(1006);
      tick.value = timers.now() + 5000;
    }
    const { refuses } = screen;
    if (refuses)
      setInterval(() => {
        for (const frame of socket.sent.splice(0))
          if (frame.type === "command")
            socket.say({ type: "outcome", id: frame.id, seq: 2, refusal: refuses });
      }, 50);
  }
  await frame();
  if (screen.file) {
    await frame();
    const field = document.querySelector<HTMLInputElement>("input[type=file]");
    const files = new DataTransfer();
    files.items.add(new File(["Asiakas;Palvelu"], screen.file, { type: "text/csv" }));
    if (field) {
      field.files = files.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
  for (const wanted of screen.press ?? []) await press(wanted);
  for (let wait = 0; wait < 20 && screen.shows && !document.querySelector(screen.shows); wait += 1)
    await frame();
  if (screen.writes) {
    await frame();
    const field = document.querySelector<HTMLTextAreaElement>(screen.writes[0]);
    if (field) {
      field.value = screen.writes[1];
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  const picked = screen.picks && document.querySelector<HTMLSelectElement>(screen.picks[0]);
  if (picked && screen.picks) {
    picked.value = screen.picks[1];
    picked.dispatchEvent(new Event("change", { bubbles: true }));
  }
  for (const wanted of screen.then_press ?? []) await press(wanted);
  await frame();
  document.querySelector(screen.shows ?? "#nothing")?.scrollIntoView();
}
await frame();
await frame();
document.documentElement.dataset["ready"] = "";
