import type { FeedbackDay, LookAnswer } from "@protocol/api";
import { describe, expect, it, vi } from "vitest";
import { draw } from "../testing/draw";
import { FakeEntrance, FakeKeep } from "../testing/fakes";
import { fakeFeedbackDesk, feedbackDay, ok } from "../testing/feedback_fixtures";
import { fakeAccountRequests } from "../testing/staff_fixtures";
import { consoles } from "./consoles";
import { StaffDoor } from "./door";

/** A minute before the link opens, by the server's clock. */
const NOW = Date.UTC(2026, 11, 2, 6, 59);

const link = (change: Partial<LookAnswer> = {}, help_phone?: string) => ({
  kind: "ok" as const,
  value: {
    role: "facilitator" as const,
    standing: "open" as const,
    now: NOW,
    name: "Ohjaaja 1",
    entered: false,
    session: {
      id: 1,
      theme: "Uni",
      series: "Etäkahvila",
      starts_at: Date.UTC(2026, 11, 3, 7),
      ends_at: Date.UTC(2026, 11, 3, 11),
      phase: "planned" as const,
      ...(help_phone ? { help_phone } : {}),
    },
    ...change,
  },
});
const early = link({ standing: "early", now: NOW, opens_at: NOW + 60_000 });

async function door(answer: FakeEntrance["link"], feedback_days: FeedbackDay[] = []) {
  const entrance = new FakeEntrance();
  entrance.link = answer;
  const page = await draw((app) => (
    <StaffDoor
      page={{ app, keep: new FakeKeep(), entrance }}
      pass={{ secret: "s".repeat(22) }}
      accounts={fakeAccountRequests()}
      feedback_desk={fakeFeedbackDesk({ days: () => ok({ days: feedback_days }) })}
    />
  ));
  /** Lets the console be loaded, which it is before the door opens. */
  const load = () =>
    page.does(async () => {
      await consoles.facilitator?.();
    });
  return { ...page, entrance, load };
}

describe("the staff's door", () => {
  it("shows whose link it is, and nothing happens before the press", async () => {
    const page = await door(link());
    await page.load();
    expect(page.button("Tule huoneeseen")).toBeTruthy();
    expect(page.words("main")).toContain("Ohjaaja 1");
    expect(page.words("main")).toContain("Torstaina 3.12. kello 9–13");
    expect(page.entrance.entered).toEqual([]);
  });

  it.each<[string, FakeEntrance["link"], string, string]>([
    ["a bad link", { kind: "unknown" }, "Tämä linkki ei toimi", "pyydä koordinaattorilta uusi"],
    [
      "a link that was made anew",
      { kind: "ok", value: { role: "moderator", standing: "revoked", now: NOW, entered: false } },
      "Tämä linkki ei ole enää käytössä",
      "Avaa uusin kutsusi tai kysy koordinaattorilta.",
    ],
    ["a session that is over", link({ standing: "over" }), "Tämä kerta on päättynyt", "löydät läsnäolot"],
    ["no answer of ours", { kind: "unreachable" }, "Palvelin ei vastaa", "Yritämme itsestään uudelleen."],
    [
      "too many looks",
      { kind: "refused", refusal: { word: "too_fast" } },
      "Palvelin ei vastaa",
      "Yritämme itsestään uudelleen.",
    ],
  ])("says of %s what next, and whom to call", async (_, answer, title, what) => {
    const page = await door(answer);
    expect(page.words("h1")).toBe(title);
    expect(page.words("main")).toContain(what);
    expect(page.root.querySelector("a[href='tel:093101000']")).not.toBeNull();
  });
});

describe("a link of the staff after its day", () => {
  it("opens what came of the day's feedback", async () => {
    const page = await door(link({ standing: "over" }), [feedbackDay()]);
    await page.does(async () => {
      await import("../coordinator/feedback_page");
    });
    expect(page.words("h1")).toBe("Tämä kerta on päättynyt");
    expect(page.words(".page")).toContain("Linkillä näet vielä palautteen.");
    expect(page.words(".plan")).toContain("Uni 7 kommenttia, vastaa");
  });

  it.each([
    ["facilitator", 0],
    ["moderator", 5],
  ] as const)("has for a %s as many names to strike out as they may: %i", async (role, count) => {
    const page = await door(link({ standing: "over", role }), [feedbackDay()]);
    await vi.waitFor(async () => {
      await page.does(() => undefined);
      expect(page.words("main")).toContain("Vihtori soitti");
    });
    const strikes = [...page.root.querySelectorAll("button")].filter((one) =>
      one.textContent?.includes("Poista nimi"),
    );
    expect(strikes).toHaveLength(count);
  });
});

describe("a link of the staff before its time", () => {
  it("tells the day, has the calendar, and the number of its session before the site's", async () => {
    const page = await door(early);
    expect(page.words("main")).toContain("Olet oikeassa paikassa");
    expect(page.words("h1")).toBe("Uni");
    expect(page.words("main")).toContain("Kahvila on torstaina 3.12. kello 9.");
    expect(page.button("Lisää kalenteriin")).toBeTruthy();
    expect(page.root.querySelector("a[href='tel:093101000']")).not.toBeNull();
    const own = await door(link({ standing: "early", now: NOW, opens_at: NOW + 60_000 }, "09 000 0000"));
    expect(own.root.querySelector("a[href='tel:090000000']")).not.toBeNull();
  });

  it("stays on the page though a look fails, and opens by itself", async () => {
    const page = await door(early);
    for (const failed of [
      { kind: "unreachable" },
      { kind: "refused", refusal: { word: "too_fast" } },
    ] as const) {
      page.entrance.link = failed;
      await page.pass(70_000);
      expect(page.words("h1")).toBe("Uni");
    }
    page.entrance.link = link({ now: NOW + 150_000 });
    await page.pass(70_000);
    await page.load();
    expect(page.button("Tule huoneeseen")).toBeTruthy();
  });

  it("says so when it is taken back meanwhile", async () => {
    const page = await door(early);
    page.entrance.link = {
      kind: "ok",
      value: { role: "facilitator", standing: "revoked", now: NOW, entered: false },
    };
    await page.pass(70_000);
    expect(page.words("h1")).toBe("Tämä linkki ei ole enää käytössä");
  });
});

describe("a server that does not answer the staff's door", () => {
  it("is asked again until it does", async () => {
    const page = await door({ kind: "unreachable" });
    await page.pass(5_000);
    expect(page.words("h1")).toBe("Palvelin ei vastaa");
    page.entrance.link = link();
    await page.pass(5_000);
    await page.load();
    expect(page.button("Tule huoneeseen")).toBeTruthy();
  });

  it("is asked at once when the page is looked at again", async () => {
    const page = await door({ kind: "unreachable" });
    page.entrance.link = link();
    await page.does(() => void document.dispatchEvent(new Event("visibilitychange")));
    await page.load();
    expect(page.button("Tule huoneeseen")).toBeTruthy();
  });
});
