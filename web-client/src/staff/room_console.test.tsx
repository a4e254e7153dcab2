import type { Change, Role } from "@protocol";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ChimeKind } from "../page/chime";
import { drawForStaff } from "../testing/draw_staff";
import { FakeEntrance } from "../testing/fakes";
import * as make from "../testing/fixtures";
import { CLOSED, fakeDays, HAUKI, review, SAMMAL, without } from "../testing/staff_fixtures";
import { useApp, useLine } from "../view/app";
import { RoomConsole } from "./room_console";

const pass = { secret: "s".repeat(22) };
const quiet = without("help_request", "review_item");

function Console({ role, chime }: { role: Role; chime: (kind: ChimeKind) => void }) {
  const app = useApp();
  const line = useLine();
  const page = { app, keep: app.keep, entrance: new FakeEntrance() };
  return (
    <RoomConsole
      page={page}
      pass={pass}
      link={{ role, entered: true }}
      line={line}
      chime={chime}
      days={fakeDays()}
    />
  );
}

async function room(role: "facilitator" | "moderator", changes: readonly Change[] = quiet) {
  const chime = vi.fn<(kind: ChimeKind) => void>();
  const drawn = await drawForStaff(<Console role={role} chime={chime} />, { role, changes });
  return { ...drawn, chime };
}

beforeEach(() => {
  location.hash = "";
});

describe("the pages", () => {
  it("begin with the role's own, and are moved between by the address", async () => {
    const facilitator = await room("facilitator");
    expect(facilitator.words(".tabs [aria-current]")).toBe("Puheenvuorot");
    const moderator = await room("moderator");
    expect([...moderator.root.querySelectorAll(".tabs a")].map((tab) => tab.textContent?.trim())).toEqual([
      "Puheenvuorot",
      "Viestit ja apu",
      "Tehtävät",
      "Läsnäolo",
      "Palaute",
    ]);
    expect(moderator.words(".tabs [aria-current]")).toBe("Viestit ja apu");
    await moderator.does(() => {
      location.hash = "attendance";
      dispatchEvent(new Event("hashchange"));
    });
    expect(moderator.words("main")).toContain("Läsnäolo näkyy, kun teemakerta on päättynyt.");
  });

  it("say that it is an experience-story day", async () => {
    const story = [
      ...quiet.filter(({ type }) => type !== "room"),
      make.info({ anonymous_among_participants: true }),
    ];
    expect((await room("facilitator", story)).words(".theme")).toContain(
      "Kokemustarinapäivä: nimet eivät näy",
    );
    expect((await room("facilitator")).words(".theme")).not.toContain("Kokemustarinapäivä");
  });

  it("show the theme, the question, who are here and the time", async () => {
    const drawn = await room("facilitator");
    expect(drawn.words(".theme")).toBe(
      "Uni Mikä auttaa sinua nukahtamaan? Kello 10.30: Tauko Paikalla 35 Kello 10.14",
    );
  });

  it("show the day when the session has closed: to a facilitator to be read", async () => {
    location.hash = "#attendance";
    const drawn = await room("facilitator", CLOSED);
    expect(drawn.words("main")).toContain("Moderaattori tekee päätökset.");
    expect(drawn.root.querySelectorAll("tbody tr")).toHaveLength(5);
    expect(drawn.root.querySelectorAll("tbody button, .seal button")).toHaveLength(0);
  });
});

describe("new work", () => {
  it("is heard once, and counted in the title", async () => {
    const drawn = await room("moderator");
    expect(document.title).toBe("Viestit ja apu – Uni");
    await drawn.step(make.help({ id: 9, person: SAMMAL }), review(51, HAUKI));
    expect(drawn.chime.mock.calls).toEqual([["help"]]);
    expect(document.title).toBe("(2) Viestit ja apu – Uni");
    expect(drawn.words(".tabs [aria-current]")).toBe("Viestit ja apu 2 odottaa");
    expect(drawn.app.announcer.polite.value).toBe("Uusi apupyyntö: Minua ei kuulla, Sammal.");
  });

  it("is silent for one who has switched it off", async () => {
    const drawn = await room("moderator");
    await drawn.press("Asetukset");
    await drawn.does(() => {
      for (const one of drawn.root.querySelectorAll<HTMLElement>("dialog [role=switch]")) one.click();
    });
    await drawn.press("Sulje");
    await drawn.step(make.help({ id: 9, person: SAMMAL }));
    expect(drawn.chime).not.toHaveBeenCalled();
    expect(document.title).toBe("Viestit ja apu – Uni");
    expect(drawn.app.announcer.polite.value).toBe("");
  });
});

describe("one of the staff who needs help", () => {
  it("asks as everyone does", async () => {
    const drawn = await room("facilitator");
    await drawn.press("Pyydä apua");
    await drawn.choose("En kuule");
    await drawn.write("#my-help-words", "Ääni katosi");
    await drawn.press("Lähetä apupyyntö");
    expect(drawn.sent()).toEqual([{ type: "ask_for_help", kind: "cannot_hear", words: "Ääni katosi" }]);
  });
});

describe("F6", () => {
  it("goes from region to region", async () => {
    const drawn = await room("moderator");
    await drawn.does(() => drawn.root.querySelector<HTMLElement>("[data-region]")?.focus());
    await drawn.key("F6");
    expect(document.activeElement?.classList.contains("in-review")).toBe(true);
    await drawn.key("F6");
    expect(document.activeElement?.classList.contains("in-chat")).toBe(true);
    await drawn.key("F6", { shiftKey: true });
    expect(document.activeElement?.classList.contains("in-review")).toBe(true);
  });
});

describe("a lost line", () => {
  it("is told when it has lasted, and when it is back", async () => {
    const drawn = await room("moderator");
    await drawn.lose();
    expect(drawn.app.announcer.assertive.value).toBe("");
    await drawn.passAway(2000);
    expect(drawn.app.announcer.assertive.value).toBe("Yhteys katkesi. Yritämme uudelleen.");
    expect(drawn.words(".lost")).toContain("Yhteys katkesi.");
    await drawn.comeBack();
    expect(drawn.app.announcer.polite.value).toBe("Yhteys palasi.");
  });
});

describe("the end of the line", () => {
  it("says why, and what next", async () => {
    const drawn = await room("moderator");
    await drawn.hear({ type: "goodbye", code: 4504 });
    expect(drawn.words("main")).toContain("Teemakerta on päättynyt");
  });
});
