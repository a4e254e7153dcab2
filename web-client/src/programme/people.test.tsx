import { describe, expect, it, vi } from "vitest";
import { type Drawn, draw } from "../testing/draw";
import {
  ASKING,
  COACHING,
  DRAWN,
  fakePeople,
  fileAnswer,
  MANY,
  ok,
  PERIOD,
  personShown,
  seasonPerson,
  THURSDAYS,
  UNREACHABLE,
} from "../testing/people_fixtures";
import { SeasonPeople } from "./people_page";
import type { PeopleRequests } from "./people_requests";
import { PersonPage } from "./person_page";
import { peopleTexts } from "./text/people";

/** Three questions, then people, then what they ask in turn. */
const settle = async (drawn: Drawn) => {
  for (let round = 0; round < 4; round += 1) await drawn.does(() => undefined);
  return drawn;
};
const people = async (change: Partial<PeopleRequests> = {}) =>
  settle(await draw(() => <SeasonPeople requests={fakePeople(change)} period={PERIOD.id} />));
const person = async (change: Partial<PeopleRequests> = {}) =>
  settle(await draw(() => <PersonPage requests={fakePeople(change)} period={PERIOD.id} person={5} />));

const names = (drawn: Drawn) =>
  [...drawn.root.querySelectorAll("tbody th b")].map((one) => one.textContent ?? "");
const inputs = (drawn: Drawn, where: string) => [
  ...drawn.root.querySelectorAll<HTMLInputElement>(`${where} input`),
];
/** A radio by its words, the first, or that of a row. */
async function choose(drawn: Drawn, words: string, row = ""): Promise<void> {
  const scope = [...drawn.root.querySelectorAll("li, fieldset, dialog")].filter((one) =>
    (one.textContent ?? "").includes(row),
  );
  const label = (row ? scope : [drawn.root])
    .flatMap((one) => [...one.querySelectorAll("label")])
    .find((one) => (one.textContent ?? "").trim() === words);
  if (!label) throw new Error(`no choice ${words}`);
  await drawn.does(() => label.querySelector("input")?.click());
}
async function bring(drawn: Drawn, contents = "Nimi;Päätös\nRaita;\n"): Promise<void> {
  const field = drawn.root.querySelector<HTMLInputElement>("input[type=file]");
  if (!field) throw new Error("no field for a file");
  const file = new File([contents], "kevat-2021.csv", { type: "text/csv" });
  await drawn.does(() => {
    Object.defineProperty(field, "files", { value: [file], configurable: true });
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await vi.waitFor(async () => {
    await drawn.does(() => undefined);
    if (drawn.words().includes(peopleTexts.fi.loading)) throw new Error("the file is still read");
  });
}
const submit = (drawn: Drawn) =>
  drawn.does(() => {
    drawn.root
      .querySelector("dialog form")
      ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  });

describe("the people of a season", () => {
  it("stand in the order of the Finnish alphabet, with where each series takes them", async () => {
    const drawn = await people();
    expect(names(drawn)).toEqual([
      "Haapa",
      "Kanerva",
      "Kielo",
      "Käpy",
      "Mustikka",
      "Pihlaja",
      "Poro",
      "Saukko",
      "Vanamo",
    ]);
    expect(drawn.words("tbody")).toContain("Koordinaattori 2.11.: kokeilee avotyötä.");
    expect(drawn.words("tbody")).toContain("Vain: Kuntouttava työtoiminta.");
    expect(drawn.words("tbody")).toContain("Ei sähköpostia. Kerro koodi puhelimessa.");
    expect(drawn.root.querySelector("tbody a")?.getAttribute("href")).toBe("#people/1");
  });

  it("are found as one types, by the name and by the supervisor", async () => {
    const drawn = await people();
    await drawn.write("input[type=search]", "kan");
    expect(names(drawn)).toEqual(["Kanerva"]);
    await drawn.write("input[type=search]", "omatyöntekijä");
    expect(names(drawn)).toEqual(["Kielo", "Pihlaja"]);
    await drawn.write("input[type=search]", "kapy");
    expect(names(drawn)).toEqual(["Käpy"]);
    await drawn.write("input[type=search]", "nobody");
    expect(drawn.words()).toContain("Kukaan ei vastaa hakua.");
  });

  it.each([
    ["Linkki puuttuu 2", ["Kielo", "Saukko"]],
    ["Ei oikeutta 1", ["Pihlaja"]],
    ["Poikkeus 1", ["Poro"]],
    ["Päätös päättyy 1", ["Pihlaja"]],
  ])("are looked at by what needs somebody: %s", async (words, found) => {
    const drawn = await people();
    await choose(drawn, words);
    expect(names(drawn)).toEqual(found);
  });

  it("who withdrew needs no link", async () => {
    const drawn = await people({
      people: () => ok({ people: [seasonPerson(1, "Haapa", { state: "withdrawn", link: "none" })] }),
    });
    expect(drawn.words()).toContain("Linkki puuttuu 0");
    expect(drawn.words("tbody")).toContain("Perui ilmoittautumisen");
  });

  it("are fifty rows at first, and the rest by a press", async () => {
    const drawn = await people({ people: () => ok({ people: MANY }) });
    expect(names(drawn)).toHaveLength(50);
    await drawn.press(`Näytä ${MANY.length - 50} lisää`);
    expect(names(drawn)).toHaveLength(MANY.length);
  });

  it("cannot be brought before there is a package, and the page says so", async () => {
    const drawn = await people({
      period: () => ok({ ...PERIOD, packages: [] }),
      people: () => ok({ people: [] }),
    });
    expect(drawn.button("Tuo tiedostosta").getAttribute("aria-disabled")).toBe("true");
    expect(drawn.words()).toContain("Tee ensin paketti jakson sivulla.");
  });

  it("can be asked for again where the server was not reached", async () => {
    let is_reached = false;
    const drawn = await people({ people: () => (is_reached ? ok({ people: DRAWN }) : UNREACHABLE) });
    expect(drawn.words()).toContain("Palvelin ei vastaa.");
    is_reached = true;
    await drawn.press("Yritä nyt");
    await settle(drawn);
    expect(names(drawn)).toHaveLength(9);
  });
});

describe("a file of people", () => {
  const asking = (change: Partial<PeopleRequests> = {}) => {
    const file = vi.fn<PeopleRequests["file"]>((_, { dry_run }) => ok({ ...ASKING, is_stored: !dry_run }));
    return { file, requests: { file, ...change } };
  };

  it("is looked at first: its bytes go as base64, and nothing is stored", async () => {
    const { file, requests } = asking();
    const drawn = await people(requests);
    await bring(drawn, "Nimi\nKäpy\n");
    expect(file).toHaveBeenCalledTimes(1);
    expect(file.mock.calls[0]?.[1]).toEqual({
      file: btoa(String.fromCharCode(...new TextEncoder().encode("Nimi\nKäpy\n"))),
      dry_run: true,
      package: THURSDAYS,
      people: [],
      choices: [],
      packages: [],
    });
    expect(drawn.words()).toContain("23 riviä. Sama tiedosto ei lisää ketään kahdesti.");
    expect(drawn.words(".tally")).toBe("17 uutta 0 muuttuu 3 jo mukana, ei muutu 3 kysymme sinulta");
  });

  it("waits for every open question, and says which row", async () => {
    const { file, requests } = asking();
    const drawn = await people(requests);
    await bring(drawn);
    expect(drawn.words()).toContain("Rivit 9, 14 ja 21 odottavat vastaustasi.");
    await drawn.press("Tallenna 23 riviä");
    expect(file).toHaveBeenCalledTimes(1);
    await choose(drawn, "Etäpajapäivä tilalle", "Rivi 9");
    await choose(drawn, "Jätä pois", "Rivi 14");
    expect(drawn.words()).toContain("Rivi 21 odottaa vastaustasi.");
    await choose(drawn, "Pidä entinen", "Rivi 21");
    await drawn.press("Tallenna 23 riviä");
    expect(file.mock.calls[1]?.[1]).toMatchObject({
      dry_run: false,
      choices: [
        { line: 9, series: COACHING, choice: "instead" },
        { line: 14, series: COACHING, choice: "leave_out" },
      ],
      packages: [{ line: 21, moves: false }],
    });
  });

  it("demands the reason of an exception", async () => {
    const { file, requests } = asking();
    const drawn = await people(requests);
    await bring(drawn);
    await choose(drawn, "Salli poikkeus", "Rivi 9");
    await choose(drawn, "Jätä pois", "Rivi 14");
    await choose(drawn, "Vaihda paketti", "Rivi 21");
    expect(drawn.words()).toContain("Rivi 9: kirjoita, miksi sallit.");
    await drawn.write(".todo input[maxlength='400']", "   ");
    await drawn.press("Tallenna 23 riviä");
    expect(file).toHaveBeenCalledTimes(1);
    await drawn.write(".todo input[maxlength='400']", " Omatyöntekijä pyysi. ");
    await drawn.press("Tallenna 23 riviä");
    expect(file.mock.calls[1]?.[1].choices[0]).toEqual({
      line: 9,
      series: COACHING,
      choice: "allow",
      reason: "Omatyöntekijä pyysi.",
    });
  });

  it("asks whether a row is somebody who is known", async () => {
    const same = {
      line: 5,
      told: { name: "Kanerva", phone: "050 7654321" },
      people: [{ person: 2, name: "Kanerva", phone: "000 000 0002", series: [] }],
      lines: [],
    };
    const file = vi.fn<PeopleRequests["file"]>((_, { dry_run }) =>
      ok(fileAnswer({ same: [same], is_stored: !dry_run })),
    );
    const drawn = await people({ file });
    await bring(drawn);
    expect(drawn.words()).toContain("Rivi 5 odottaa vastaustasi.");
    await drawn.does(() => inputs(drawn, ".same")[0]?.click());
    await drawn.press("Tallenna 90 riviä");
    expect(file.mock.calls[1]?.[1].people).toEqual([{ line: 5, person: 2 }]);
  });

  it("answers a question of many rows with one press", async () => {
    const rows = [3, 4, 5, 6].map((line) => ({ line, name: `Rivi${line}`, series: COACHING }));
    const drawn = await people({ file: () => ok(fileAnswer({ not_eligible: rows })) });
    await bring(drawn);
    await drawn.press("Etätyövalmennus: etäpajapäivä tilalle kaikille 4");
    expect(drawn.words()).not.toContain("odottavat vastaustasi");
  });

  it("loses neither itself nor an answer when saving fails", async () => {
    let is_reached = false;
    const file = vi.fn<PeopleRequests["file"]>((_, { dry_run }) =>
      dry_run || is_reached ? ok({ ...ASKING, is_stored: !dry_run }) : UNREACHABLE,
    );
    const drawn = await people({ file });
    await bring(drawn);
    await choose(drawn, "Salli poikkeus", "Rivi 9");
    await drawn.write(".todo input[maxlength='400']", "Kokeilee.");
    await choose(drawn, "Jätä pois", "Rivi 14");
    await choose(drawn, "Vaihda paketti", "Rivi 21");
    await drawn.press("Tallenna 23 riviä");
    expect(drawn.words()).toContain("Ei tallessa. Tiedosto ja vastauksesi ovat yhä tässä.");
    expect(drawn.root.querySelector<HTMLInputElement>(".todo input[maxlength='400']")?.value).toBe(
      "Kokeilee.",
    );
    is_reached = true;
    await drawn.press("Tallenna 23 riviä");
    expect(drawn.words()).toContain("23 riviä on tallennettu.");
    expect(file.mock.calls[2]?.[1]).toEqual(file.mock.calls[1]?.[1]);
  });

  it("shows what was asked anew between the look and the saving, and stores nothing", async () => {
    const file = vi.fn<PeopleRequests["file"]>((_, { dry_run }) =>
      ok(dry_run ? fileAnswer() : { ...ASKING, is_stored: false }),
    );
    const drawn = await people({ file });
    await bring(drawn);
    await drawn.press("Tallenna 90 riviä");
    expect(drawn.words()).toContain("Mitään ei vielä tallennettu. Vastaa vielä näihin.");
    expect(drawn.words()).toContain("Rivit 9, 14 ja 21 odottavat vastaustasi.");
  });

  it("with faults cannot be saved, and says what to mend on which line", async () => {
    const drawn = await people({
      file: () => ok(fileAnswer({ errors: [{ line: 7, reason: "name_missing" }] })),
    });
    await bring(drawn);
    expect(drawn.words(".errors")).toBe("Rivi 7 Nimi puuttuu.");
    expect(() => drawn.button("Tallenna 90 riviä")).toThrow();
    expect(drawn.button("Valitse korjattu tiedosto")).toBeTruthy();
  });

  it("of ninety takes three presses: the file, saving, and all letters", async () => {
    const mail = vi.fn<PeopleRequests["mail"]>(() => ok({ queued: 90, without_address: [] }));
    let stored = DRAWN;
    const drawn = await people({
      mail,
      people: () => ok({ people: stored }),
      file: (_, { dry_run }) => {
        if (!dry_run)
          stored = Array.from({ length: 90 }, (_, at) =>
            seasonPerson(100 + at, `Ihminen ${at}`, { link: "none" }),
          );
        return ok(fileAnswer({ is_stored: !dry_run }));
      },
    });
    await drawn.press("Tuo tiedostosta");
    await bring(drawn);
    await drawn.press("Tallenna 90 riviä");
    await settle(drawn);
    await drawn.press("Lähetä 90 kirjettä");
    expect(mail).toHaveBeenCalledWith(PERIOD.id, {});
    expect(drawn.words()).toContain("90 kirjettä lähtee.");
  });
});

describe("a person by hand", () => {
  it("is asked about as a row of a file is", async () => {
    const add = vi.fn<PeopleRequests["add"]>((_, { choices }) =>
      ok(
        choices.length > 0
          ? { person: 90, not_eligible: [] }
          : { not_eligible: [{ line: 0, name: "Raita", series: COACHING }] },
      ),
    );
    const drawn = await people({ add });
    await drawn.press("Lisää ihminen");
    await drawn.write("dialog input[name=name]", " Raita ");
    await submit(drawn);
    expect(drawn.words()).toContain("Vastaa ensin kysymykseen.");
    await choose(drawn, "Salli poikkeus");
    await submit(drawn);
    expect(drawn.words()).toContain("Kirjoita, miksi sallit poikkeuksen.");
    expect(add).toHaveBeenCalledTimes(1);
    await drawn.write("dialog .todo input[maxlength='400']", "Kokeilee.");
    await submit(drawn);
    expect(add.mock.calls[1]?.[1]).toMatchObject({
      name: "Raita",
      package: THURSDAYS,
      choices: [{ line: 0, series: COACHING, choice: "allow", reason: "Kokeilee." }],
    });
    expect(drawn.root.querySelector("dialog")).toBeNull();
  });

  it("keeps what was written when saving fails", async () => {
    const drawn = await people({ add: () => UNREACHABLE });
    await drawn.press("Lisää ihminen");
    await drawn.write("dialog input[name=name]", "Raita");
    await submit(drawn);
    expect(drawn.words()).toContain("Ei tallessa. Tiedot ovat yhä tässä.");
    expect(drawn.root.querySelector<HTMLInputElement>("dialog input[name=name]")?.value).toBe("Raita");
  });
});

describe("the links of a season", () => {
  it("are shown once: made for who has no address, told by phone, and leaving asks", async () => {
    const makeLinks = vi.fn<PeopleRequests["makeLinks"]>(fakePeople().makeLinks);
    const told = vi.fn<PeopleRequests["told"]>(() => ok({}));
    const drawn = await people({ makeLinks, told });
    await drawn.press("Kausilinkit 2");
    await drawn.press("Tee 1 linkki");
    expect(makeLinks).toHaveBeenCalledWith(PERIOD.id, { people: [3] });
    expect(drawn.words()).toContain("K7PM 4RXT");
    await drawn.press("Kerrottu puhelimessa: Kielo");
    expect(told).toHaveBeenCalledWith(PERIOD.id, 3);
    const leave = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(leave);
    expect(leave.defaultPrevented).toBe(true);
    await drawn.press("Sulje kutsut");
    await drawn.press("Peru");
    expect(drawn.words()).toContain("K7PM 4RXT");
    await drawn.press("Sulje kutsut");
    await drawn.press("Kyllä, sulje");
    expect(drawn.words()).not.toContain("K7PM 4RXT");
  });

  it("hold whoever presses another page, and then let them go there", async () => {
    location.hash = "#people";
    const drawn = await people();
    const tab = document.createElement("a");
    tab.href = "#programme";
    document.body.append(tab);
    await drawn.press("Kausilinkit 2");
    await drawn.press("Tee 1 linkki");
    await drawn.does(() => tab.click());
    expect(location.hash).toBe("#people");
    await drawn.press("Kyllä, sulje");
    expect(location.hash).toBe("#programme");
  });

  it("go on paper to everybody where no mail server is named", async () => {
    const drawn = await people({
      mails: () => ok({ configured: false, mails: [] }),
      people: () => ok({ people: [seasonPerson(1, "Haapa", { link: "none" })] }),
    });
    await drawn.press("Kausilinkit 1");
    expect(drawn.words()).toContain("Sähköposti ei ole käytössä.");
    expect(drawn.button("Tee 1 linkki")).toBeTruthy();
  });
});

describe("one person's season", () => {
  it("tells the days in figures, the absence with who told, and who sees what", async () => {
    const drawn = await person();
    expect(drawn.words(".tally")).toBe("12 / 17 läsnä 1 poissa, ilmoitettu 1 kesken 3 tulossa");
    expect(drawn.words()).toContain("Oma sairaus");
    expect(drawn.words()).toContain("Mustikka itse, 30.9. kello 18.12");
    expect(drawn.words()).toContain("vain: ilmoittanut poissaolosta");
    expect(drawn.words()).toContain("Torstaipaketti 27.8.–17.12.");
  });

  it("has no code to show again: a new one is made after a question", async () => {
    const makeLinks = vi.fn<PeopleRequests["makeLinks"]>(fakePeople().makeLinks);
    const drawn = await person({ makeLinks });
    expect(drawn.words()).not.toContain("K7PM");
    await drawn.press("Tee uusi linkki");
    expect(makeLinks).not.toHaveBeenCalled();
    await drawn.press("Tee uusi linkki");
    expect(makeLinks).toHaveBeenCalledWith(PERIOD.id, { people: [5], renew: true });
    expect(drawn.words()).toContain("K7PM 4RXT");
  });

  it("allows a series only with a reason", async () => {
    const allow = vi.fn<PeopleRequests["allow"]>(() => ok(personShown()));
    const closed = personShown({
      decision_type: "social_rehabilitation",
      places: [{ series: COACHING, place: "not_eligible" }],
    });
    const drawn = await person({ allow, person: () => ok(closed) });
    await drawn.press("Salli poikkeus: Etätyövalmennus");
    await submit(drawn);
    expect(drawn.words()).toContain("Kirjoita, miksi sallit poikkeuksen.");
    expect(allow).not.toHaveBeenCalled();
    await drawn.write("dialog input[name=reason]", "Kokeilee.");
    await submit(drawn);
    expect(allow).toHaveBeenCalledWith(PERIOD.id, 5, { series: COACHING, reason: "Kokeilee." });
  });

  it("asks what to do in a package that holds a closed series", async () => {
    const enrolment = vi.fn<PeopleRequests["enrolment"]>(() => ok(personShown()));
    const other = personShown({
      decision_type: "social_rehabilitation",
      enrolments: [
        { id: 1, package: 13, state: "accepted", first_day: "2020-08-27", last_day: "2020-12-17" },
      ],
    });
    const drawn = await person({ enrolment, person: () => ok(other) });
    await drawn.press("Vaihda pakettia");
    await drawn.write("dialog input[type=date]", "2020-12-03");
    await submit(drawn);
    expect(drawn.words()).toContain("Vastaa ensin kysymykseen.");
    await choose(drawn, "Etäpajapäivä tilalle");
    await submit(drawn);
    expect(enrolment).toHaveBeenCalledWith(PERIOD.id, 5, {
      package: THURSDAYS,
      day: "2020-12-03",
      choices: [{ line: 0, series: COACHING, choice: "instead" }],
    });
  });
});
