import type { DeskAnswer, DeskRow, PersonListed } from "@protocol/api";
import { describe, expect, it, vi } from "vitest";
import { SessionPage } from "../coordinator/session_page";
import { SupervisorConsole } from "../reports/console";
import { DESK_ROWS, deskRow, RETURNS } from "../testing/desk_fixtures";
import { draw } from "../testing/draw";
import { CLOCK } from "../testing/fakes";
import { fakeAccountRequests, fakeOffice, withReturns } from "../testing/staff_fixtures";
import { assignment, MINUTE } from "../testing/work_fixtures";
import { returnsOf } from "./returns_view";
import { workReturns } from "./use_work_returns";

const NOW = CLOCK.utc;
const person = (id: number, name: string): PersonListed => ({
  person: id,
  name,
  role: "participant",
  invited: true,
});
const desk = (rows: readonly DeskRow[], assignments = [assignment()]): DeskAnswer => ({
  now: NOW,
  assignments,
  rows: [...rows],
  staff: [],
});
const PAIVI = {
  account: 1,
  person: 9,
  name: "Päivi",
  roles: [{ role: "supervisor" as const }],
  csrf_token: "t",
};

describe("how the work stands", () => {
  it("is a list by name, with those who are registered no more at its end", () => {
    const [list] = returnsOf(
      desk([
        deskRow(1),
        { person: 2, assignment: 5 },
        { person: 3, assignment: 5, state: "draft" },
        deskRow(4),
      ]),
      [person(1, "Öhman Eino"), person(2, "Aalto Aino"), person(3, "Zorro")],
    );
    expect(list?.rows.map(({ name }) => name)).toEqual(["Aalto Aino", "Zorro", "Öhman Eino", null]);
    expect(list?.returned).toBe(2);
    expect(list?.rows.map(({ is_begun, returned_at }) => [is_begun, returned_at !== null])).toEqual([
      [false, false],
      [true, false],
      [true, true],
      [true, true],
    ]);
  });

  it("is a list for each assignment, and one where a person chooses between them", () => {
    const two = (is_choice: boolean) => [
      assignment({ is_choice }),
      assignment({ id: 6, title: "Piirrä yösi", is_choice }),
    ];
    const rows = [
      { person: 1, assignment: 5, state: "draft" as const },
      deskRow(1, { assignment: 6 }),
      deskRow(2, { returned_at: NOW - MINUTE }),
      deskRow(2, { assignment: 6, returned_at: NOW }),
      { person: 3, assignment: 5 },
      { person: 3, assignment: 6 },
    ];
    const people = [person(1, "A"), person(2, "B"), person(3, "C")];
    const each = returnsOf(desk(rows, two(false)), people);
    expect(each.map(({ returned, title }) => [returned, title])).toEqual([
      [1, "Millainen on sinun yösi?"],
      [2, "Piirrä yösi"],
    ]);
    const [one, ...none] = returnsOf(desk(rows, two(true)), people);
    expect(none).toEqual([]);
    expect(one?.returned).toBe(2);
    expect(one?.rows.map(({ title, returned_at }) => [title, returned_at])).toEqual([
      ["Piirrä yösi", NOW - 10 * MINUTE],
      ["Millainen on sinun yösi?", NOW - MINUTE],
      [null, null],
    ]);
  });
});

describe("a coordinator's session", () => {
  const page = async (returns: DeskAnswer = RETURNS, id = 2) => {
    await workReturns.bring();
    const change = withReturns("coordinator", returns);
    const asked = vi.fn(change.work?.desk);
    const office = fakeOffice({ ...change, work: { ...fakeOffice().work, desk: asked } });
    const drawn = await draw(() => (
      <SessionPage office={office} id={id} onChange={() => undefined} onEdit={() => undefined} />
    ));
    const fold = [...drawn.root.querySelectorAll("details")].find((each) =>
      each.querySelector("summary")?.textContent?.includes("Tehtävän palautukset"),
    );
    const open = () =>
      drawn.does(() => {
        if (fold) fold.open = true;
        fold?.dispatchEvent(new Event("toggle"));
      });
    return { drawn, asked, fold, open };
  };
  const words = (fold: Element | undefined, where: string) =>
    [...(fold?.querySelectorAll(where) ?? [])].map((one) => one.textContent?.replace(/\s+/g, " ").trim());

  it("tells who has returned, how and when, and has no way to a word of it", async () => {
    const { asked, fold, open } = await page();
    expect(asked).not.toHaveBeenCalled();
    await open();
    expect(fold?.textContent).toContain("9 / 12 palauttanut");
    expect(words(fold, "tbody td")).toEqual([
      "Palautettu klo 9.14. Vastaus luettu",
      "Palautettu klo 9.15. Vastaus luettu",
      "Palautettu klo 9.16. Vastaus luettu",
      "Palautettu klo 9.17. Vastaus luettu",
      "Palautettu klo 9.43, puhelimessa. Vastaus lähetetty",
      "Palautettu klo 9.52",
      "Palautettu klo 9.56, paperilla",
      "Palautettu klo 10.10",
      "Palautettu myöhässä 4.12. klo 6.14",
      "Aloittanut",
      "Ei palautettu",
      "Ei palautettu",
    ]);
    expect(fold?.querySelectorAll("table a, table button").length).toBe(0);
  });

  it("asks again on a press, and keeps what it had when there is no answer", async () => {
    const { drawn, asked, fold, open } = await page();
    await open();
    asked.mockResolvedValueOnce({ kind: "unreachable" });
    await drawn.press("Päivitä");
    expect(fold?.textContent).toContain("Palautuksia ei saatu haettua.");
    expect(fold?.textContent).toContain("9 / 12 palauttanut");
    await drawn.press("Päivitä");
    expect(fold?.textContent).not.toContain("Palautuksia ei saatu haettua.");
    expect(asked).toHaveBeenCalledTimes(3);
  });

  it("says when there is no assignment, and shows nothing before the doors are open", async () => {
    const { fold, open } = await page(desk([], []));
    await open();
    expect(fold?.textContent).toContain("Tällä kerralla ei ole avattu tehtävää.");
    expect((await page(RETURNS, 3)).fold).toBeUndefined();
  });

  it("shows nothing of what only the session's staff are told, were it there", async () => {
    const { fold, open } = await page({ ...RETURNS, assignments: [assignment()], rows: [...DESK_ROWS] });
    await open();
    expect(fold?.textContent).not.toMatch(/Mieti omaa|Yksi lause|soitt|Kiitos|Ohjaaja/);
  });
});

describe("a supervisor's page", () => {
  it("has the state of their own people for each day that has begun, the newest first", async () => {
    await workReturns.bring();
    const office = fakeOffice(withReturns("supervisor"));
    const drawn = await draw(() => (
      <SupervisorConsole
        accounts={fakeAccountRequests()}
        me={PAIVI}
        office={office}
        onOut={() => undefined}
      />
    ));
    const section = drawn.root.querySelector("[aria-labelledby=own-returns]");
    const folds = [...(section?.querySelectorAll("details") ?? [])];
    expect(folds.map((each) => each.textContent)).toEqual([
      "26.11.2026 Opiskelu ja työelämä",
      "12.11.2026 Liikkuminen",
    ]);
    await drawn.does(() => {
      const [first] = folds;
      if (first) first.open = true;
      first?.dispatchEvent(new Event("toggle"));
    });
    expect(folds[0]?.textContent).toContain("9 / 12 palauttanut");
    expect(folds[0]?.textContent).toContain("Osallistuja 12");
  });

  it("says so when there has been none", async () => {
    await workReturns.bring();
    const office = fakeOffice({ sessions: async () => ({ kind: "ok", value: { sessions: [] } }) });
    const drawn = await draw(() => (
      <SupervisorConsole
        accounts={fakeAccountRequests()}
        me={PAIVI}
        office={office}
        onOut={() => undefined}
      />
    ));
    expect(drawn.words("main")).toContain("Omilla ihmisilläsi ei ole vielä ollut teemakertaa.");
  });
});
