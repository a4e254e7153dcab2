import { afterEach, describe, expect, it, vi } from "vitest";
import { SupervisorConsole } from "../reports/console";
import { drawForStaff } from "../testing/draw_staff";
import { FakeAbsences } from "../testing/own_page_fixtures";
import { fakeAccountRequests, fakeOffice } from "../testing/staff_fixtures";
import { AbsencesPage } from "./absences_page";
import { absences } from "./use_absences";

async function page(server = new FakeAbsences()) {
  const drawn = await drawForStaff(<AbsencesPage requests={server.requests} />);
  const who = (person: string) =>
    drawn.does(() => {
      const select = drawn.root.querySelector<HTMLSelectElement>("#absence-who");
      if (!select) throw new Error("no field");
      select.value = person;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    });
  return { ...drawn, server, who };
}

afterEach(() => {
  location.hash = "";
});

describe("the page of absences", () => {
  it("shows who told what and when, and what is locked by a mark", async () => {
    const drawn = await page();
    const rows = [...drawn.root.querySelectorAll("[aria-labelledby=told-title] li")];
    expect(rows).toHaveLength(2);
    expect(drawn.words("[aria-labelledby=told-title]")).toContain(
      "Käpy, to 10.12. Työhaastattelu tai vastaava. Työnjohtaja 3, to 3.12. Soitti aamulla.",
    );
    expect(drawn.words("[aria-labelledby=told-title]")).toContain(
      "Käpy, to 26.11. Oma sairaus. Kertoi itse ke 25.11.",
    );
    expect(rows[1]?.querySelector("button")).toBeNull();
    expect(drawn.words("[aria-labelledby=unexplained-title]")).toContain("Poro, to 26.11. Merkitty poissa");
    expect(drawn.root.querySelector("a[href='tel:0000000014']")).not.toBeNull();
    // No quota of a child's illness: nobody counts.
    expect(drawn.words()).not.toMatch(/päivää|käytetty/);
  });

  it("saves many days with the reason of the kind and a note", async () => {
    const drawn = await page();
    await drawn.who("11");
    await drawn.choose("to 10.12. Erilainen joululoma");
    await drawn.choose("to 17.12. Pikkujoulut ja palaute");
    await drawn.submit("form");
    expect(drawn.words("form .note")).toContain("Valitse syy.");
    await drawn.choose("Alle 10-vuotiaan lapsen sairaus");
    await drawn.write("#absence-words", " Soitti maanantaina. ");
    await drawn.submit("form");
    const body = { person: 11, told: true, note: "Soitti maanantaina.", reason: "child_ill" };
    expect(drawn.server.noted).toEqual([
      { session: 2, ...body },
      { session: 3, ...body },
    ]);
    await drawn.pass(3_000);
    expect(drawn.app.announcer.polite.value).toBe("Poissaolo tallennettiin: Kanerva, to 10.12., to 17.12.");
    expect(drawn.root.querySelectorAll("[aria-labelledby=told-title] li")).toHaveLength(4);
  });

  it("asks no reason of those who take part of their own will", async () => {
    const drawn = await page();
    await drawn.who("13");
    expect(drawn.words("form")).toContain("Häneltä ei kysytä syytä.");
    expect(drawn.words("form")).not.toContain("Opiskelu");
    await drawn.choose("to 10.12. Erilainen joululoma");
    await drawn.submit("form");
    expect(drawn.server.noted).toEqual([{ session: 2, person: 13, told: true }]);
  });

  it("keeps the day that was not saved, and all that is written", async () => {
    const drawn = await page();
    drawn.server.fails.add(3);
    await drawn.who("13");
    await drawn.choose("to 10.12. Erilainen joululoma");
    await drawn.choose("to 17.12. Pikkujoulut ja palaute");
    await drawn.write("#absence-words", "Matkalla");
    await drawn.submit("form");
    expect(drawn.words("form .note")).toContain("Ei tallentunut: to 17.12. Valinnat ovat tallella.");
    expect(drawn.root.querySelector<HTMLInputElement>("#absence-words")?.value).toBe("Matkalla");
    drawn.server.fails.clear();
    await drawn.submit("form");
    expect(drawn.server.noted).toHaveLength(2);
  });

  it("changes a notice and takes it back", async () => {
    const drawn = await page();
    await drawn.press("Muuta: Käpy to 10.12.");
    expect(drawn.words("#absence-form-title")).toBe("Muuta ilmoitusta: Käpy, to 10.12.");
    await drawn.choose("Muu syy");
    await drawn.submit("form");
    await drawn.press("Peru ilmoitus: Käpy to 10.12.");
    expect(drawn.server.noted).toEqual([
      { session: 2, person: 12, told: true, note: "Soitti aamulla.", reason: "other" },
      { session: 2, person: 12, told: false },
    ]);
    expect(drawn.root.querySelectorAll("[aria-labelledby=told-title] li")).toHaveLength(1);
  });
});

describe("a supervisor's pages", () => {
  it("have absences behind a tab, and a way out", async () => {
    await absences.bring();
    location.hash = "absences";
    const server = new FakeAbsences();
    const onOut = vi.fn();
    const me = {
      account: 1,
      person: 9,
      name: "Päivi",
      roles: [{ role: "supervisor" as const }],
      csrf_token: "t",
    };
    const drawn = await drawForStaff(
      <SupervisorConsole
        accounts={fakeAccountRequests()}
        me={me}
        office={fakeOffice()}
        absences={server.requests}
        onOut={onOut}
      />,
    );
    expect(drawn.words("main h1")).toBe("Poissaolot");
    expect(drawn.words(".tabs [aria-current]")).toBe("Poissaolot");
    await drawn.press("Kirjaudu ulos");
    expect(onOut).toHaveBeenCalled();
  });
});
