import { describe, expect, it, vi } from "vitest";
import { KnowKinds } from "../attendance/kinds";
import { draw } from "../testing/draw";
import { fakeDays, fakeReports } from "../testing/staff_fixtures";
import { ReportsPage } from "./page";
import { minutesOf, newestFirst, periodOf, sumOf } from "./report_view";
import { type ReportRequests, reportRequests } from "./requests";

const NOW = Date.UTC(2026, 0, 15, 12);

const page = (change: Partial<ReportRequests> = {}, is_own = false) =>
  draw(() => (
    <KnowKinds ask={fakeDays().kinds}>
      <ReportsPage requests={fakeReports(change)} is_own={is_own} now={NOW} />
    </KnowKinds>
  ));

const answerOf = async () => {
  const answer = await fakeReports().report({
    from: "",
    to: "",
    decision_type: "",
    series: "",
    supervisor: "",
  });
  if (answer.kind !== "ok") throw new Error("a report");
  return answer.value;
};

describe("a period", () => {
  it("is a whole month or year of Helsinki's calendar", () => {
    expect(periodOf("month", NOW)).toEqual({ from: "2026-01-01", to: "2026-01-31" });
    expect(periodOf("last_month", NOW)).toEqual({ from: "2025-12-01", to: "2025-12-31" });
    expect(periodOf("year", NOW)).toEqual({ from: "2026-01-01", to: "2026-12-31" });
    // An hour before midnight in London the new year has begun.
    expect(periodOf("month", Date.UTC(2026, 11, 31, 23))).toEqual({ from: "2027-01-01", to: "2027-01-31" });
    expect(periodOf("last_month", Date.UTC(2028, 2, 10))).toEqual({ from: "2028-02-01", to: "2028-02-29" });
  });
});

describe("a report", () => {
  it("adds up, over a day of hours too", async () => {
    const { totals, days } = await answerOf();
    expect(sumOf(totals)).toEqual({
      days: 5,
      present: 3,
      partial: 1,
      excused: 1,
      absent: 0,
      unmarked: 0,
      minutes: 1885,
    });
    expect(newestFirst(days).map(({ theme }) => theme)).toEqual(["Opiskelu ja työelämä", "Liikkuminen"]);
    const partial = days[1]?.lines[1];
    expect(partial && minutesOf({ ...partial, connected_seconds: 0 })).toBe(120);
  });

  it("shows each person with their marks, and their days on a press", async () => {
    const drawn = await page();
    expect(drawn.words()).toContain("3 ihmistä, 2 päivää.");
    const rows = [...drawn.root.querySelectorAll(".report tbody tr")];
    expect(rows.map((row) => row.querySelectorAll("td")[6]?.textContent?.replaceAll("\u00a0", " "))).toEqual([
      "26 h 5 min",
      "5 h 20 min",
      "0 min",
    ]);
    expect(drawn.words(".report tfoot")).toContain("31 h 25 min");
    await drawn.press("Näytä päivät: Osallistuja 3");
    expect(drawn.words(".behind")).toBe(
      "12.11.2026 Liikkuminen: Hyväksytty poissaolo, Korjattu, oli Poissa: Ilmoitti työnjohtajalle",
    );
  });

  it("shows each day, the newest open, and draws the others when they are opened", async () => {
    const drawn = await page();
    await drawn.does(() => drawn.root.querySelector<HTMLInputElement>("input[value=days]")?.click());
    const days = [...drawn.root.querySelectorAll("details")];
    expect(days.map((day) => day.open)).toEqual([true, false]);
    expect(days[0]?.textContent).toContain("Osan aikaa");
    expect(days[0]?.textContent).toContain("Puhelimessa");
    expect(days[1]?.querySelector("table")).toBeNull();
  });

  it("names nobody of an experience-story day on paper", async () => {
    const value = await answerOf();
    const days = value.days.map((day) =>
      day.theme === "Liikkuminen" ? { ...day, anonymous_among_participants: true } : day,
    );
    const paper_totals = value.totals.slice(0, 1).map((total) => ({ ...total, days: 1 }));
    const drawn = await page({
      report: () => Promise.resolve({ kind: "ok", value: { ...value, days, paper_totals } }),
    });
    const table = () => drawn.root.querySelector(".report.sums");
    expect(table()?.classList.contains("no-print")).toBe(true);
    expect(drawn.words(".on-paper")).toBeTruthy();
    const printed: string[] = [];
    vi.stubGlobal("print", () => {
      expect(table()?.classList.contains("no-print")).toBe(false);
      printed.push(drawn.words(".report.sums") ?? "");
    });
    await drawn.press("Tulosta");
    expect(printed).toHaveLength(1);
    expect(printed[0]).toContain("Opiskelu ja työelämä");
    expect(printed[0]).not.toContain("Liikkuminen");
    await drawn.does(() => drawn.root.querySelector<HTMLInputElement>("input[value=days]")?.click());
    const sheets = [...drawn.root.querySelectorAll("details")];
    await drawn.does(() => {
      const story = sheets[1];
      if (story) story.open = true;
      story?.dispatchEvent(new Event("toggle"));
    });
    expect(sheets[1]?.querySelector("table")?.closest(".no-print")).not.toBeNull();
    expect(sheets[1]?.querySelector(".on-paper")?.textContent).toContain("vain määrät");
    expect(sheets[0]?.querySelector("table")?.closest(".no-print")).toBeNull();
    vi.unstubAllGlobals();
  });

  it("asks anew for what is chosen, and takes the files of the same choice", async () => {
    const report = vi.fn(fakeReports().report);
    const file = vi.fn(fakeReports().file);
    const drawn = await page({ report, file });
    expect(report).toHaveBeenLastCalledWith(
      expect.objectContaining({ from: "2026-01-01", to: "2026-12-31" }),
    );
    const choose = (field: string, value: string) =>
      drawn.does(() => {
        const element = drawn.root.querySelector<HTMLSelectElement>(field);
        if (!element) throw new Error(`no field ${field}`);
        element.value = value;
        element.dispatchEvent(new Event("change", { bubbles: true }));
      });
    await choose("#report-supervisor", "0404");
    await choose("#report-decision-type", "work_activity");
    await choose("#report-from", "2025-11-01");
    const choice = {
      from: "2025-11-01",
      to: "2026-12-31",
      decision_type: "work_activity",
      series: "",
      supervisor: "0404",
    };
    expect(report).toHaveBeenLastCalledWith(choice);
    await drawn.press("Lataa CSV");
    expect(file).toHaveBeenCalledWith(choice, "csv", "fi");
  });

  it("draws everything for the paper, and folds it again", async () => {
    const drawn = await page();
    let printed = "";
    vi.stubGlobal("print", () => {
      printed = drawn.words(".report");
    });
    await drawn.press("Tulosta");
    expect(printed).toContain("Ilmoitti työnjohtajalle");
    expect(drawn.words(".report")).not.toContain("Ilmoitti työnjohtajalle");
    vi.unstubAllGlobals();
  });

  it("says when there are no days, and when the server does not answer", async () => {
    const none = { days: [], totals: [], series: [], supervisors: [] };
    const empty = await page({ report: () => Promise.resolve({ kind: "ok", value: none }) }, true);
    expect(empty.words(".note")).toContain("Tältä ajalta ei ole päiviä.");
    expect(empty.root.querySelector("#report-supervisor")).toBeNull();
    const down = await page({ report: () => Promise.resolve({ kind: "unreachable" }) });
    expect(down.button("Yritä nyt")).toBeTruthy();
  });

  it("has no name in the address, and leaves out what is not chosen", async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(() => Promise.resolve(new Response("{}")));
    const requests = reportRequests(fetch, { secret: "s3cret" });
    const choice = { from: "2026-01-01", to: "", decision_type: "" as const, series: "", supervisor: "0404" };
    await requests.report(choice);
    await requests.file(choice, "xlsx", "en");
    expect(fetch.mock.calls.map(([path]) => path)).toEqual([
      "/api/reports?from=2026-01-01&supervisor=0404",
      "/api/reports.xlsx?from=2026-01-01&supervisor=0404&language=en",
    ]);
  });
});
