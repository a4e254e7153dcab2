import type { AttendanceRow, Change } from "@protocol";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { drawForStaff, type StaffPage } from "../testing/draw_staff";
import {
  DECIDING,
  fakeDays,
  fullDay,
  KANERVA,
  MODERATOR,
  MUSTIKKA,
  ROOM,
  SEALED,
  SIILI,
} from "../testing/staff_fixtures";
import { AttendancePage } from "./page";
import { type DayRequests, DayRequestsContext } from "./requests";

async function bench(changes: readonly Change[] = DECIDING): Promise<StaffPage> {
  return drawForStaff(
    <DayRequestsContext.Provider value={fakeDays()}>
      <AttendancePage />
    </DayRequestsContext.Provider>,
    { role: "moderator", changes },
  );
}

const rowOf = (drawn: StaffPage, person: number) => {
  const row = drawn.root.querySelector<HTMLElement>(`tr[data-person="${person}"]`);
  if (!row) throw new Error("no such row");
  return row;
};
const focus = (drawn: StaffPage, person: number) => drawn.does(() => rowOf(drawn, person).focus());
const here = () => Number((document.activeElement as HTMLElement | null)?.dataset["person"]);
const attendanceRowOf = (person: number) =>
  DECIDING.find((change) => change.type === "attendance_line" && change.person === person) as AttendanceRow;
const marked = (person: number, more: Partial<AttendanceRow>): AttendanceRow => ({
  ...attendanceRowOf(person),
  marked_by: MODERATOR,
  marked_at: 1,
  marked_in: 60,
  source: "connection",
  version: 2,
  ...more,
});

describe("a full room", () => {
  it("is drawn a screen at a time, so that the first row can be decided on at once", async () => {
    const { changes, records } = fullDay(100);
    const drawn = await drawForStaff(
      <DayRequestsContext.Provider
        value={fakeDays({ day: () => Promise.resolve({ kind: "ok", value: records }) })}
      >
        <AttendancePage />
      </DayRequestsContext.Provider>,
      { role: "moderator", changes },
    );
    const rows = () => drawn.root.querySelectorAll("tr[data-person]").length;
    expect(rows()).toBe(24);
    await drawn.pass(1);
    expect(rows()).toBe(72);
    await drawn.pass(1);
    expect(rows()).toBe(100);
  });
});

describe("an experience-story day", () => {
  it("has names on the screen for who marks, and counts on paper", async () => {
    const drawn = await bench(
      DECIDING.map((change) =>
        change.type === "room" ? { ...change, anonymous_among_participants: true } : change,
      ),
    );
    expect(rowOf(drawn, MUSTIKKA).closest(".no-print")).not.toBeNull();
    expect(drawn.words(".on-paper")).toContain("tiedostossa ja paperilla on vain määrät");
    expect(rowOf(await bench(), MUSTIKKA).closest(".no-print")).toBeNull();
  });
});

describe("a notice of absence", () => {
  const told = (change: Partial<DayRequests>, changes: readonly Change[]) =>
    drawForStaff(
      <DayRequestsContext.Provider value={fakeDays(change)}>
        <AttendancePage />
      </DayRequestsContext.Provider>,
      { role: "moderator", changes },
    );

  it("is taken in before the day is over, for one who has not come, and taken back", async () => {
    const absence = vi.fn(fakeDays().absence);
    const drawn = await told({ absence }, ROOM);
    expect(drawn.words("main")).toContain("Läsnäolo näkyy, kun teemakerta on päättynyt.");
    await drawn.press("Poissaoloilmoitus");
    await drawn.write("#absence-search", "90");
    expect(drawn.words("dialog .pick")).not.toContain("Osallistuja 91");
    await drawn.press("Hän ei tule : Osallistuja 90");
    await drawn.write("#absence-note", " hammaslääkäri ");
    await drawn.submit("dialog form");
    expect(absence).toHaveBeenCalledWith(expect.any(Number), 90, true, "hammaslääkäri");
    expect(drawn.app.announcer.polite.value).toBe("Poissaolo on merkitty: Osallistuja 90.");
    await drawn.write("#absence-search", "");
    await drawn.press("Peru ilmoitus : Osallistuja 91");
    expect(absence).toHaveBeenLastCalledWith(expect.any(Number), 91, false, "");
  });

  it("that could not be saved stays where it was typed", async () => {
    const drawn = await told({ absence: () => Promise.resolve({ kind: "unreachable" }) }, DECIDING);
    await drawn.press("Poissaoloilmoitus");
    await drawn.press("Hän ei tule : Osallistuja 90");
    await drawn.write("#absence-note", "sairas");
    await drawn.submit("dialog form");
    expect(drawn.words("dialog .note")).toContain("Ilmoitusta ei saatu tallennettua.");
    expect(drawn.root.querySelector<HTMLInputElement>("#absence-note")?.value).toBe("sairas");
  });

  it("is no matter of a day that is sealed", async () => {
    const drawn = await told({}, SEALED);
    expect(() => drawn.button("Poissaoloilmoitus")).toThrow();
  });
});

beforeEach(() => {
  location.hash = "";
});

describe("the workbench", () => {
  it("has a row for each person: the timeline as a sentence, the facts, the proposal and why", async () => {
    const drawn = await bench();
    const row = rowOf(drawn, KANERVA);
    expect(row.querySelector("svg[role=img]")?.getAttribute("aria-label")).toBe(
      "Yhteydessä 6.14–7.25, 7.50–8.22. Palvelun katko 8.54–9.00. Tauko 7.44–7.59.",
    );
    expect(row.textContent).toContain("Yhteydessä 1\u00a0h 43\u00a0min");
    expect(row.textContent).toContain("1 viesti");
    expect(row.textContent).toContain("Tarkista");
    expect(row.textContent).toContain("Paikalla 42 % ajasta.");
    expect(rowOf(drawn, SIILI).querySelector("svg[role=img]")?.getAttribute("aria-label")).toContain(
      "Ei yhteyttä.",
    );
    expect(drawn.words(".seal")).toContain("6 päätöstä puuttuu, niistä 3 on tarkistettavia.");
  });

  it("shows the time of the assignment beside the line's, and says how much both come to", async () => {
    const changes = [
      ...DECIDING,
      {
        ...attendanceRowOf(KANERVA),
        work_seconds: 5_400,
        proposal: "present" as const,
        why: ["time_enough", "work_counted"] as const,
      },
      { ...attendanceRowOf(SIILI), returned_late: true },
    ] as Change[];
    const drawn = await bench(changes);
    const row = rowOf(drawn, KANERVA).textContent;
    expect(row).toContain("Yhteydessä 1\u00a0h 43\u00a0min + tehtävä 1\u00a0h 30\u00a0min");
    expect(row).toContain("Aikaa kertyi 80 %. Palautti päivän tehtävän.");
    expect(rowOf(drawn, SIILI).textContent).toContain("Palautti tehtävän myöhässä.");
  });

  it("decides by one press, naming the version that was read", async () => {
    const drawn = await bench();
    await drawn.does(() =>
      rowOf(drawn, MUSTIKKA).querySelector<HTMLElement>("button[aria-label^='Hyväksy']")?.click(),
    );
    expect(drawn.sent()).toEqual([
      { type: "mark_attendance", person: MUSTIKKA, version: 1, mark: "present" },
    ]);
    await drawn.done(marked(MUSTIKKA, { mark: "present" }));
    expect(rowOf(drawn, MUSTIKKA).textContent).toContain("Moderaattori 1");
    expect(drawn.app.announcer.polite.value).toBe("Osallistuja 1: Läsnä.");
  });

  it("is run through by keys alone, where a row has the focus, and nowhere else", async () => {
    const drawn = await bench();
    expect(drawn.words(".key-list")).toContain("hyväksytty poissaolo");
    await drawn.key("4");
    expect(drawn.sent()).toEqual([]);
    await focus(drawn, KANERVA);
    await drawn.key("ArrowDown");
    const second = here();
    await drawn.key("ArrowUp");
    expect(here()).toBe(KANERVA);
    expect(second).not.toBe(KANERVA);
    await drawn.key("4");
    expect(drawn.sent()).toEqual([{ type: "mark_attendance", person: KANERVA, version: 1, mark: "absent" }]);
    await drawn.done(marked(KANERVA, { mark: "absent" }));
    await drawn.key("0");
    expect(drawn.sent()).toEqual([{ type: "take_back_marks", step: 60 }]);
    await drawn.done(attendanceRowOf(KANERVA));
    await focus(drawn, MUSTIKKA);
    await drawn.key("Enter");
    expect(drawn.sent()).toEqual([
      { type: "mark_attendance", person: MUSTIKKA, version: 1, mark: "present" },
    ]);
    await drawn.key("4", { ctrlKey: true });
    expect(drawn.sent()).toHaveLength(1);
  });

  it("asks for the minutes of a part of the day, and does not take what cannot be", async () => {
    const drawn = await bench();
    await focus(drawn, KANERVA);
    await drawn.key("2");
    const field = document.querySelector<HTMLInputElement>("#mark-minutes");
    expect(field?.value).toBe("103");
    const write = (minutes: string) =>
      drawn.does(() => {
        if (field) field.value = minutes;
        field?.dispatchEvent(new Event("input", { bubbles: true }));
      });
    await write("241");
    await drawn.submit("dialog form");
    expect(drawn.sent()).toEqual([]);
    expect(drawn.words("dialog")).toContain("Kirjoita minuutit, 1–240.");
    await write("120");
    await drawn.submit("dialog form");
    expect(drawn.sent()).toEqual([
      {
        type: "mark_attendance",
        person: KANERVA,
        version: 1,
        mark: "partial",
        minutes: 120,
        source: "connection",
      },
    ]);
  });

  it("asks how someone took part who was never connected", async () => {
    const drawn = await bench();
    await focus(drawn, SIILI);
    await drawn.key("1");
    expect(drawn.words("dialog")).toContain("Miten hän oli mukana?");
    await drawn.choose("Toisen laitteella");
    await drawn.submit("dialog form");
    expect(drawn.sent()[0]).toMatchObject({ person: SIILI, mark: "present", source: "shared_device" });
  });

  it("decides on all clear ones at once, and takes it back", async () => {
    const drawn = await bench();
    await drawn.press("Hyväksy kaikki selvät (3)");
    expect(drawn.sent()).toEqual([{ type: "mark_all_clear" }]);
    await drawn.done(
      marked(MUSTIKKA, { mark: "present", marked_in: 61 }),
      marked(KANERVA, { mark: "present", marked_in: 61 }),
    );
    expect(drawn.words("main")).toContain("2 merkintää tehtiin yhdellä kertaa.");
    await drawn.press("Kumoa");
    expect(drawn.sent()).toEqual([{ type: "take_back_marks", step: 61 }]);
  });

  it("keeps a decided row under the hand until another filter is chosen", async () => {
    const drawn = await bench();
    await drawn.choose("Päättämättä 6");
    await drawn.step(marked(KANERVA, { mark: "absent" }));
    expect(rowOf(drawn, KANERVA).textContent).toContain("Poissa");
    await drawn.choose("Kaikki 8");
    await drawn.choose("Päättämättä 5");
    expect(drawn.root.querySelector(`tr[data-person="${KANERVA}"]`)).toBeNull();
  });

  it("corrects the counted window", async () => {
    const drawn = await bench();
    await drawn.press("Korjaa aikaa");
    await drawn.does(() => {
      const field = document.querySelector<HTMLInputElement>("#window-to");
      if (field) field.value = "10:00";
      field?.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await drawn.submit("dialog form");
    expect(drawn.sent()[0]).toMatchObject({ type: "correct_window" });
  });

  it("is sealed when nothing is missing, by the version of the day that was read", async () => {
    const drawn = await bench();
    await drawn.press("Vahvista päivä");
    expect(document.querySelector("dialog[open]")).toBeNull();
    const rows = DECIDING.filter((change) => change.type === "attendance_line");
    await drawn.step(
      ...rows.map((row) => (row.proposal && !row.mark ? marked(row.person, { mark: "present" }) : row)),
      { type: "attendance_day", version: 63, windows: [], to_decide: 0, clear: 0 },
    );
    await drawn.press("Vahvista päivä");
    expect(drawn.words("dialog")).toContain("Läsnä 7, osan aikaa 0, hyväksytty poissaolo 0, poissa 0.");
    await drawn.press("Vahvista päivä");
    expect(drawn.sent()).toEqual([{ type: "seal_attendance", version: 63 }]);
  });
});

describe("after the seal", () => {
  it("says who sealed it, and shows a correction that waits", async () => {
    const drawn = await bench(SEALED);
    expect(drawn.words(".seal")).toContain("Päivä on vahvistettu: Moderaattori 1");
    expect(rowOf(drawn, SIILI).textContent).toContain("kun aika oli päättynyt");
    await drawn.press("Jätä ennalleen");
    expect(drawn.sent()).toEqual([{ type: "dismiss_late_join", person: SIILI, version: 2 }]);
  });

  it("a correction has its reason, and a conflict is told by whom", async () => {
    const drawn = await bench(SEALED);
    await focus(drawn, KANERVA);
    await drawn.key("1");
    await drawn.submit("dialog form");
    expect(drawn.sent()).toEqual([]);
    expect(drawn.words("dialog")).toContain("Kirjoita syy.");
    await drawn.does(() => {
      const field = document.querySelector<HTMLTextAreaElement>("#mark-reason");
      if (field) field.value = "Laskuvirhe";
      field?.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await drawn.submit("dialog form");
    expect(drawn.sent()).toEqual([
      {
        type: "correct_attendance",
        person: KANERVA,
        version: 2,
        mark: "present",
        source: "connection",
        reason: "Laskuvirhe",
      },
    ]);
  });
});
