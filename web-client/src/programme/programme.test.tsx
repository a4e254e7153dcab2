import type { Kind, SeriesShown } from "@protocol/api";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { absences } from "../absences/use_absences";
import { CoordinatorConsole } from "../coordinator/console";
import { sessionsPage } from "../coordinator/use_sessions";
import { type Drawn, draw } from "../testing/draw";
import { FakeEntrance } from "../testing/fakes";
import { FakeAbsences } from "../testing/own_page_fixtures";
import { fakeCancelling, fakePeople } from "../testing/people_fixtures";
import {
  AUTUMN,
  EXCEPTIONS,
  emptySite,
  FORM,
  fakeProgramme,
  LISTED,
  preview,
  SERIES,
} from "../testing/programme_fixtures";
import { fakeOffice, KINDS } from "../testing/staff_fixtures";
import type { Language } from "../text/language";
import {
  bodyOf,
  decide,
  draftOf,
  exceptionsOf,
  fieldOfFault,
  moved,
  newDraft,
  settled,
  withFirstDay,
} from "./period_draft";
import { periodNow } from "./period_now";
import type { ProgrammeRequests } from "./requests";
import { firstUnfinished } from "./season_strip";
import { skippedDays, stripOf, tallyOf } from "./season_view";
import { programmeTexts } from "./text";
import { cancelPage, people, programme } from "./use_programme";
import { missingPackages, missingSeries, usualPackages } from "./usual";

const t = programmeTexts.fi;

async function desk(
  requests: ProgrammeRequests = fakeProgramme(),
  place = "programme",
  language: Language = "fi",
): Promise<Drawn> {
  await Promise.all([programme.bring(), sessionsPage.bring()]);
  location.hash = place;
  return draw(
    (app) => (
      <CoordinatorConsole
        page={{ app, keep: app.keep, entrance: new FakeEntrance() }}
        pass={{ secret: "s3cret" }}
        link={{ role: "coordinator", entered: false }}
        line={null}
        office={fakeOffice()}
        programme={requests}
        people={fakePeople()}
        cancelling={fakeCancelling()}
        absences={new FakeAbsences().requests}
      />
    ),
    { language },
  );
}

/** A link, as it is pressed: the browser writes its place into the address. */
const follow = (drawn: Drawn, name: string) =>
  drawn.does(() => {
    const found = [...drawn.root.querySelectorAll<HTMLAnchorElement>("main a, nav a")].find(
      (one) => (one.getAttribute("aria-label") ?? one.textContent ?? "").replace(/\s+/g, " ").trim() === name,
    );
    if (!found) throw new Error(`no link ${name} in: ${drawn.words()}`);
    location.hash = found.getAttribute("href") ?? "";
  });
const choose = (drawn: Drawn, legend: string, choice: string) =>
  drawn.does(() => {
    const group = [...drawn.root.querySelectorAll("fieldset")].find(
      (one) => one.querySelector("legend")?.textContent === legend,
    );
    const label = [...(group?.querySelectorAll("label") ?? [])].find(
      (one) => one.textContent?.trim() === choice,
    );
    if (!label) throw new Error(`no ${choice} in ${legend}`);
    label.querySelector("input")?.click();
  });
const field = (drawn: Drawn, name: string) => drawn.root.querySelector<HTMLInputElement>(name);

beforeEach(() => {
  location.hash = "";
});

describe("the season", () => {
  it("stands in the order of its days, each in the lane of its series", () => {
    const { lanes, days } = stripOf(AUTUMN, SERIES, t);
    expect(lanes.map(({ name, note }) => `${name} ${note}`)).toEqual([
      "Etäkahvila 6 kertaa",
      "Osallisuus ja liikunta 7 kertaa",
      "Etätyövalmennus 6 kertaa",
    ]);
    expect(days.slice(0, 5).map(({ day, lane, look }) => `${day} ${lane} ${look}`)).toEqual([
      "2020-08-06 1 sealed",
      "2020-08-13 1 off",
      "2020-08-20 0 sealed",
      "2020-08-27 1 sealed",
      "2020-09-03 2 sealed",
    ]);
    expect(days.at(-3)).toMatchObject({ day: "2020-12-03", is_next: true, is_past: false, look: "planned" });
    expect(days.at(-3)?.what).toBe("Etäkahvila. Seuraava. Väki\u00a03/4, moderaattori puuttuu");
    expect(skippedDays(AUTUMN)).toEqual([{ why: "Väliviikko", days: ["13.8."] }]);
    expect(tallyOf(AUTUMN)).toEqual({ all: 19, over: 16 });
  });

  it("is on a phone a list that begins at the first day that is not finished", async () => {
    expect(firstUnfinished(stripOf(AUTUMN, SERIES, t).days)).toBe(16);
    const drawn = await desk();
    const folded = () => drawn.root.querySelectorAll(".season li.past").length;
    expect(folded()).toBe(16);
    const first = drawn.root.querySelector(".season ol > li:not(.past, .past-btn)");
    expect(first?.textContent).toContain("26.11.");
    await drawn.press("Näytä 16 mennyttä päivää");
    expect(folded()).toBe(0);
    // The button has gone; who pressed it by the keyboard is at what it has shown.
    expect(document.activeElement?.textContent).toContain("6.8.");
  });

  it("tells what comes next, and opens it from its tile", async () => {
    const drawn = await desk();
    expect(drawn.words(".theme")).toContain("to 3.12. kello 9–13");
    expect(drawn.words(".theme")).toContain("46 ilmoittautunutta, 1 ei pääse.");
    expect(drawn.words("main h1")).toBe("Syksy 2020");
    expect(drawn.words("main")).toContain("Torstait 6.8.–17.12. 19 kertaa: 16 pidetty, 3 tulossa.");
    const tile = drawn.root.querySelector<HTMLAnchorElement>(".season [aria-current]");
    expect(tile?.getAttribute("href")).toBe("#programme/session/18");
    await drawn.does(() => {
      location.hash = "programme/session/3";
    });
    expect(drawn.words("main h1")).toBe("Uni");
    await follow(drawn, "Takaisin ohjelmaan");
    expect(drawn.words("main h1")).toBe("Syksy 2020");
  });

  it("says what to do next; only the first act is the main one", async () => {
    const drawn = await desk();
    const acts = [...drawn.root.querySelectorAll(".todo .btn")].slice(0, 4);
    expect(acts.map((one) => one.getAttribute("aria-label"))).toEqual([
      "Avaa läsnäolo: Vahvista läsnäolo: to 26.11.",
      "Valitse väki: Väkeä puuttuu 2 kerralta, ensin: to 3.12.",
      "Tee linkit: Kausilinkki puuttuu 2 ihmiseltä",
      "Katso ihmiset: 7 päätöstä päättyy kesken jakson",
    ]);
    expect(acts.map((one) => one.classList.contains("main"))).toEqual([true, false, false, false]);
    expect(drawn.words("main")).toContain("Hauki, Kanerva, Kuusi, Käpy, Mustikka ja 2 muuta.");
    expect(acts[0]?.getAttribute("href")).toBe("#attendance/17");
  });

  it("that has something to come is the one that is shown", () => {
    const later = { ...LISTED, id: 3, first_day: "2021-01-14", last_day: "2021-06-10" };
    const at = (day: string, phase: "planned" | "sealed") => ({
      id: 1,
      theme: "",
      series: "",
      starts_at: Date.parse(`${day}T07:00Z`),
      ends_at: Date.parse(`${day}T11:00Z`),
      phase,
      registered: 0,
      roles: [],
    });
    expect(periodNow([later, LISTED], [at("2020-12-03", "planned"), at("2021-01-14", "planned")])?.id).toBe(
      1,
    );
    expect(periodNow([later, LISTED], [at("2020-12-03", "sealed"), at("2021-01-14", "planned")])?.id).toBe(3);
    expect(periodNow([later, LISTED], [])?.id).toBe(3);
    expect(periodNow([], [])).toBeUndefined();
  });

  it("has the sessions beside each other for who coordinates some series", async () => {
    const drawn = await desk(
      fakeProgramme({
        periods: () => Promise.resolve({ kind: "refused", refusal: { word: "not_permitted" } }),
      }),
    );
    expect(drawn.words(".plan")).toContain("Uni");
    expect(drawn.root.querySelector(".season")).toBeNull();
  });

  it("hides its less used pages behind one button, and shows which of them is open", async () => {
    const drawn = await desk();
    expect(drawn.words(".tabs").replace(/\s+/g, " ")).toBe("Ohjelma Ihmiset Läsnäolo");
    await drawn.press("Lisää sivuja");
    expect(drawn.words("dialog")).toContain("PalauteRaportitPäätösten lajitSäilytysTilit");
    await drawn.does(() => {
      location.hash = "accounts";
    });
    expect(drawn.words(".tabs")).toBe("Ohjelma Ihmiset Läsnäolo Tilit");
  });
});

describe("the desk", () => {
  it("opens the people of the season, one of them, and a day to cancel by the address", async () => {
    await Promise.all([people.bring(), cancelPage.bring()]);
    const drawn = await desk(fakeProgramme(), "people");
    expect(drawn.words("main h1")).toContain("Ihmiset");
    await drawn.does(() => {
      location.hash = "people/5";
    });
    expect(drawn.root.querySelector("main .season")).not.toBeNull();
    await drawn.does(() => {
      location.hash = "programme/session/3";
    });
    await follow(drawn, "Peru kerta");
    expect(location.hash).toBe("#programme/cancel/3");
    expect(drawn.words("main")).toContain("Uni");
  });

  it("opens the absences from somebody's page, in the main part of its own", async () => {
    await Promise.all([people.bring(), absences.bring()]);
    const drawn = await desk(fakeProgramme(), "people/5");
    expect(drawn.words("main").match(/Kerro poissaolo/g)).toHaveLength(1);
    await drawn.press("Kerro poissaolo");
    expect(location.hash).toBe("#absences");
    expect(drawn.words("main#main h1")).toBe("Poissaolot");
  });
});

describe("an empty site", () => {
  it("is led to a season with packages in four presses and two fields", async () => {
    const site = emptySite();
    const drawn = await desk(site);
    const open = () => drawn.words(".item.open h2");
    const mains = () => drawn.root.querySelectorAll("main .btn.main").length;
    expect(open()).toBe("Mitä sarjoja pidätte?");
    expect(mains()).toBe(1);

    await drawn.press("Ota valmiit kolme");
    expect(site.steps).toEqual([
      "series Etäkahvila",
      "series Osallisuus ja liikunta",
      "series Etätyövalmennus",
    ]);
    expect(open()).toBe("Milloin kokoonnutte?");
    expect(mains()).toBe(1);

    await follow(drawn, "Tee jakso");
    await drawn.write("#period-first", "14.1.2021");
    await drawn.write("#period-last", "10.6.2021");
    expect(field(drawn, "#period-name")?.value).toBe("Kevät 2021");
    expect(drawn.root.querySelector<HTMLInputElement>(".weekdays label:nth-of-type(4) input")?.checked).toBe(
      true,
    );
    expect(drawn.words("main")).not.toContain("torstaita syntyy");
    await drawn.pass(400);
    expect(drawn.words("#preview-title")).toBe("21 torstaita syntyy");
    expect(site.steps).toHaveLength(3);
    await drawn.press("Tee 21 teemakertaa");
    expect(site.steps.slice(3)).toEqual(["save Kevät 2021", "make"]);

    expect(open()).toBe("Mihin kukin voi tulla?");
    expect(drawn.words(".item:nth-child(2)")).toContain("Tehty");
    await drawn.press("Ota valmiit paketit");
    expect(site.steps.slice(5)).toEqual([
      "package Torstaipaketti",
      "package Torstaipaketti ja etäpajapäivä",
      "package Pelkkä Etäkahvila",
    ]);
    expect(open()).toBe("Ketkä tulevat?");
  });

  it("says why a later step cannot be done yet", async () => {
    const drawn = await desk(emptySite());
    const button = drawn.button("Tee jakso");
    expect(button.getAttribute("aria-disabled")).toBe("true");
    expect(button.title).toBe("Tee ensin vaihe 1.");
  });

  it("keeps what was taken when the rest is not, and offers the rest again", async () => {
    const site = emptySite();
    const add = site.addSeries;
    let is_up = false;
    site.addSeries = (body) =>
      body.name === "Etätyövalmennus" && !is_up ? Promise.resolve({ kind: "unreachable" }) : add(body);
    const drawn = await desk(site);
    await drawn.press("Ota valmiit kolme");
    expect(drawn.words(".note")).toContain("Ei tallessa");
    is_up = true;
    await drawn.does(() => {
      location.hash = "programme/series";
    });
    await drawn.press("Ota tämä: Etätyövalmennus");
    expect(site.steps).toEqual([
      "series Etäkahvila",
      "series Osallisuus ja liikunta",
      "series Etätyövalmennus",
    ]);
  });
});

describe("a period", () => {
  it("shows what changes with a day that is skipped, and asks the server each time", async () => {
    const asked = vi.fn<ProgrammeRequests["preview"]>((body) =>
      Promise.resolve({ kind: "ok", value: preview(body) }),
    );
    const drawn = await desk(fakeProgramme({ preview: asked }), "programme/period/2");
    expect(drawn.words("#preview-title")).toBe("20 torstaita syntyy");
    expect(drawn.words("main")).toContain("Etäkahvila 7, Osallisuus ja liikunta 7, Etätyövalmennus 6.");
    await choose(drawn, "to 1.4. Kiirastorstai", "Jää väliin");
    await drawn.pass(400);
    expect(drawn.words("#preview-title")).toBe("19 torstaita syntyy");
    expect(asked.mock.lastCall?.[0].skipped).toEqual([
      { day: "2021-02-25", why: "Talviloma" },
      { day: "2021-04-01", why: "Kiirastorstai" },
      { day: "2021-05-13", why: "Helatorstai" },
    ]);
    await choose(drawn, "to 13.5. Helatorstai", "Pidetään");
    await drawn.pass(400);
    expect(drawn.words("#preview-title")).toBe("20 torstaita syntyy");
    await drawn.press("Lisää poikkeus");
    await drawn.write("#exception-why", "Retki");
    await drawn.press("Jätä väliin");
    await drawn.pass(400);
    expect(asked.mock.lastCall?.[0].skipped?.[0]).toEqual({ day: "2021-01-14", why: "Retki" });
    expect(drawn.words("#preview-title")).toBe("19 torstaita syntyy");
  });

  it("is removed after a look at what goes and what stays", async () => {
    let is_taken = true;
    const remove = vi.fn<ProgrammeRequests["remove"]>(() =>
      Promise.resolve(
        is_taken ? { kind: "refused", refusal: { word: "not_now" } } : { kind: "ok", value: { periods: [] } },
      ),
    );
    const drawn = await desk(fakeProgramme({ remove }), "programme/period/2");
    await drawn.press("Poista luonnos");
    expect(drawn.words("dialog h2")).toBe("Poistetaanko luonnos Kevät 2021?");
    expect(drawn.words("dialog")).toContain("Jakson päivät, sarjojen vuorot ja paketit poistuvat.");
    expect(drawn.words("dialog")).toContain("Sarjat, ihmiset ja muut jaksot säilyvät.");
    expect(remove).not.toHaveBeenCalled();
    const act = () =>
      drawn.does(() => drawn.root.querySelector<HTMLButtonElement>("dialog .btn.stop")?.click());
    await act();
    expect(drawn.words("dialog")).toContain("Jaksoon on juuri lisätty teemakertoja tai ihmisiä.");
    is_taken = false;
    await act();
    expect(remove).toHaveBeenLastCalledWith(2);
    expect(location.hash).toBe("#programme");
    expect(drawn.root.querySelector("dialog")).toBeNull();
  });

  it("is not removed when it has days, and says so beside the button", async () => {
    const remove = vi.fn<ProgrammeRequests["remove"]>();
    const drawn = await desk(fakeProgramme({ remove }), "programme/period/1");
    await drawn.press("Poista jakso");
    expect(drawn.root.querySelector("dialog")).toBeNull();
    expect(remove).not.toHaveBeenCalled();
    expect(drawn.words("#remove-why-not")).toContain("Jaksossa on teemakertoja.");
    expect(drawn.button("Poista jakso").getAttribute("aria-describedby")).toBe("remove-why-not");
  });

  it("asks once after the last key, and not for each", async () => {
    const asked = vi.fn<ProgrammeRequests["preview"]>((body) =>
      Promise.resolve({ kind: "ok", value: preview(body) }),
    );
    const drawn = await desk(fakeProgramme({ preview: asked }), "programme/period");
    await drawn.write("#period-first", "14.1.2021");
    for (const last of ["1", "10.6", "10.6.2021"]) {
      await drawn.write("#period-last", last);
      await drawn.pass(100);
    }
    expect(asked).not.toHaveBeenCalled();
    await drawn.pass(400);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it("takes the series in their turns, by the keyboard too", async () => {
    const saved = vi.fn<ProgrammeRequests["change"]>((id) => Promise.resolve({ kind: "ok", value: { id } }));
    const drawn = await desk(fakeProgramme({ change: saved }), "programme/period/2");
    const down = drawn.button("Siirrä alas: Osallisuus ja liikunta");
    down.focus();
    await drawn.press("Siirrä alas: Osallisuus ja liikunta");
    expect(document.activeElement).toBe(down);
    expect(down.getAttribute("aria-disabled")).toBe("true");
    await drawn.press("Jätä pois: Etäkahvila");
    await drawn.press("Ota mukaan: Etäkahvila");
    await drawn.press("Tallenna luonnos");
    expect(saved.mock.lastCall?.[1].series).toEqual([3, 2, 1]);
  });

  it("says at the field what the server refuses, and takes one there", async () => {
    const save = vi.fn<ProgrammeRequests["save"]>(() =>
      Promise.resolve({
        kind: "refused",
        refusal: { word: "invalid" },
        errors: [
          { reason: "date_unclear", value: "32.6.2021" },
          { reason: "start_unclear", value: "yhdeksän" },
        ],
      }),
    );
    const drawn = await desk(fakeProgramme({ save }), "programme/period");
    await drawn.write("#period-first", "14.1.2021");
    await drawn.write("#period-last", "32.6.2021");
    await drawn.write("#period-start", "yhdeksän");
    await drawn.press("Tallenna luonnos");
    expect(field(drawn, "#period-last")?.getAttribute("aria-invalid")).toBe("true");
    expect(drawn.words("#period-last-fault")).toBe(
      "Päivä ”32.6.2021” on epäselvä. Kirjoita esimerkiksi 3.12.2026.",
    );
    expect(drawn.words("#period-start-fault")).toContain("”yhdeksän” on epäselvä");
    expect(field(drawn, "#period-first")?.getAttribute("aria-invalid")).toBeNull();
    expect(field(drawn, "#period-start")?.value).toBe("yhdeksän");
  });

  it("keeps all that was typed when it could not be saved, and makes no second one", async () => {
    let is_up = false;
    const save = vi.fn<ProgrammeRequests["save"]>(() =>
      Promise.resolve(is_up ? { kind: "ok", value: { id: 9 } } : { kind: "unreachable" }),
    );
    let makes = 0;
    const make = vi.fn<ProgrammeRequests["make"]>(() => {
      makes += 1;
      return Promise.resolve(
        makes === 1 ? { kind: "unreachable" } : { kind: "ok", value: { created: [1], made_before: 0 } },
      );
    });
    const change = vi.fn<ProgrammeRequests["change"]>((id) => Promise.resolve({ kind: "ok", value: { id } }));
    const drawn = await desk(fakeProgramme({ save, make, change }), "programme/period");
    await drawn.write("#period-first", "14.1.2021");
    await drawn.write("#period-last", "10.6.2021");
    await drawn.pass(400);
    expect(drawn.words(".seal")).toContain("Mitään ei ole vielä tallennettu.");
    await drawn.press("Tee 21 teemakertaa");
    expect(drawn.words(".seal")).toContain("Ei tallessa: palvelin ei vastaa.");
    expect(field(drawn, "#period-first")?.value).toBe("14.1.2021");
    expect(make).not.toHaveBeenCalled();
    is_up = true;
    await drawn.press("Tee 21 teemakertaa");
    expect(drawn.words(".seal")).toContain("Jakso on tallessa, mutta kertoja ei tehty");
    await drawn.press("Tee 21 teemakertaa");
    expect(save).toHaveBeenCalledTimes(2);
    expect(change).toHaveBeenCalledTimes(1);
    expect(change.mock.lastCall?.[0]).toBe(9);
    expect(make).toHaveBeenCalledTimes(2);
    expect(location.hash).toBe("#programme");
  });

  it("has its weekday and its name from the first day, unless somebody has said otherwise", () => {
    const named = (is_spring: boolean, year: string) => `${is_spring ? "K" : "S"}${year}`;
    const first = withFirstDay(newDraft(SERIES), "14.1.2021", named);
    expect(first).toMatchObject({
      name: "K2021",
      weekday: 4,
      series: [1, 2, 3],
      start: "9.00",
      end: "13.00",
    });
    expect(withFirstDay(first, "10.8.2021", named)).toMatchObject({ name: "S2021", weekday: 2 });
    expect(withFirstDay({ ...first, name: "Oma" }, "10.8.2021", named).name).toBe("Oma");
    expect(withFirstDay(first, "10.8.", named)).toMatchObject({
      name: "K2021",
      weekday: 4,
      first_day: "10.8.",
    });
  });

  it("leaves out holidays until somebody decides, and then tells all that is left out", () => {
    const draft = newDraft(SERIES);
    expect(bodyOf(draft, EXCEPTIONS)).not.toHaveProperty("skipped");
    expect(bodyOf(decide(draft, "2021-04-01", "Loma"), EXCEPTIONS).skipped).toEqual([
      { day: "2021-04-01", why: "Loma" },
      { day: "2021-05-13", why: "Helatorstai" },
    ]);
    expect(bodyOf(decide(draft, "2021-05-13", null), EXCEPTIONS).skipped).toEqual([]);
    expect(exceptionsOf(draft, EXCEPTIONS).map(({ is_skipped }) => is_skipped)).toEqual([false, true]);
    // A saved period that holds a holiday goes on holding it.
    const saved = draftOf({ ...FORM, first_day: "2021-01-14", last_day: "2021-06-10", skipped: [] });
    const shown = preview(bodyOf(saved, []));
    expect(
      settled(saved, { ...shown, days: shown.days.map((day) => ({ ...day, series: 1 })) }).decided,
    ).toEqual(new Map([["2021-05-13", null]]));
  });

  it("finds the field of a fault by what was typed there", () => {
    const draft = { ...newDraft(SERIES), first_day: "14.1", last_day: "10.6" };
    expect(fieldOfFault(draft, { reason: "date_unclear", value: "14.1" })).toBe("first_day");
    expect(fieldOfFault(draft, { reason: "date_unclear", value: "10.6" })).toBe("last_day");
    expect(fieldOfFault(draft, { reason: "too_long", value: "name" })).toBe("name");
    expect(fieldOfFault(draft, { reason: "minutes_unclear" })).toBeNull();
    expect(moved([1, 2, 3], 0, 1)).toEqual([2, 1, 3]);
  });
});

describe("the staff of a day", () => {
  it("is changed for one day, or for all that are to come", async () => {
    const put = vi.fn<ProgrammeRequests["putSubstitute"]>(() =>
      Promise.resolve({ kind: "ok", value: AUTUMN }),
    );
    const drawn = await desk(fakeProgramme({ putSubstitute: put }));
    await drawn.press("Valitse väki: Väkeä puuttuu 2 kerralta, ensin: to 3.12.");
    expect(drawn.words("dialog")).toContain("Ohjaajat 1/2");
    await drawn.press("Moderaattori 2");
    expect(put).toHaveBeenLastCalledWith(1, { person: 5, role: "moderator", session: 18 });
    await drawn.press("Ei pääse: Moderaattori 1");
    await drawn.press("Koskee kaikkia tulevia kertoja Pois päältä: vain tätä kertaa");
    await drawn.press("Moderaattori 3");
    expect(put).toHaveBeenLastCalledWith(1, { person: 6, role: "moderator", in_place_of: 4 });
    await drawn.press("Ei pääse: Ohjaaja 1");
    await drawn.press("Ei vielä kukaan");
    expect(put).toHaveBeenLastCalledWith(1, { person: 1, role: "facilitator", is_away: true });
  });
});

describe("series and packages", () => {
  it("are offered ready where they are missing", () => {
    const missing = (series: readonly SeriesShown[], kinds: readonly Kind[] = KINDS) =>
      missingSeries(series, kinds, "2026-11-30").map((one) => `${one.name}: ${one.kinds}`);
    expect(missing([])).toEqual([
      "Etäkahvila: ",
      "Osallisuus ja liikunta: ",
      "Etätyövalmennus: work_activity",
    ]);
    expect(missing(SERIES)).toEqual([]);
    expect(missing(SERIES.slice(0, 1).map((one) => ({ ...one, name: "Oma" })))).toEqual([]);
    // Whom coaching for work is for is told by the duty, whatever the site calls its kinds.
    const kind = (key: string, change: Partial<Kind>): Kind => ({
      ...{ key, fi: key, sv: key, en: key, reasons: [], is_used: true },
      duty: "obligatory",
      ...change,
    });
    const own = [
      kind("velvoite", {}),
      kind("uusi", { first_day: "2027-01-01" }),
      kind("sovittu", { duty: "agreed" }),
      kind("vanha", { last_day: "2026-11-29" }),
    ];
    expect(missing([], own)).toContain("Etätyövalmennus: velvoite,uusi");
    expect(missing([], [])).toEqual(["Etäkahvila: ", "Osallisuus ja liikunta: "]);
    const usual = usualPackages(
      [...SERIES].sort((a, b) => a.id - b.id),
      t.usual_packages(4),
    );
    expect(usual.map(({ name, parts }) => `${name}: ${parts.map(({ way }) => way)}`)).toEqual([
      "Torstaipaketti: room,room,room",
      "Torstaipaketti ja etäpajapäivä: room,room,phone_day",
      "Pelkkä Etäkahvila: room",
    ]);
    expect(missingPackages(usual, [...AUTUMN.packages])).toEqual([]);
  });

  it("of a series: who may come is told by kinds, and a refusal stands at its field", async () => {
    const change = vi.fn<ProgrammeRequests["changeSeries"]>(() =>
      Promise.resolve({
        kind: "refused",
        refusal: { word: "invalid" },
        errors: [{ reason: "end_before_start" }],
      }),
    );
    const drawn = await desk(fakeProgramme({ changeSeries: change }), "programme/series");
    expect(drawn.words("main")).toContain("Vain: Kuntouttava työtoiminta");
    await drawn.press("Muokkaa: Etätyövalmennus");
    await drawn.write("#series-end", "8.00");
    await drawn.does(() => drawn.root.querySelector<HTMLInputElement>("input[type=checkbox]")?.click());
    await drawn.does(() => {
      drawn.root
        .querySelector("form")
        ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    });
    expect(change.mock.lastCall?.[0]).toBe(3);
    expect(change.mock.lastCall?.[1]).toMatchObject({
      name: "Etätyövalmennus",
      is_for_all: false,
      kinds: ["work_activity", "social_rehabilitation"],
      end: "8.00",
    });
    expect(drawn.words("#series-end-fault")).toBe("Loppu on ennen alkua.");
    expect(field(drawn, "#series-end")?.value).toBe("8.00");
  });

  it("of a package: each series in the group, by phone in its place, or not at all", async () => {
    const put = vi.fn<ProgrammeRequests["putPackage"]>(() =>
      Promise.resolve({ kind: "ok", value: { packages: [...AUTUMN.packages] } }),
    );
    const drawn = await desk(fakeProgramme({ putPackage: put }), "programme/packages/1");
    await drawn.press("Muokkaa: Torstaipaketti");
    expect(drawn.words("form")).toContain("Paketissa on 24 ihmistä.");
    await drawn.does(() => drawn.root.querySelector<HTMLInputElement>("input[type=checkbox]")?.click());
    await drawn.does(() => drawn.root.querySelectorAll<HTMLInputElement>("input[type=radio]")[5]?.click());
    await drawn.does(() => {
      drawn.root
        .querySelector("form")
        ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    });
    expect(put).toHaveBeenCalledWith(1, {
      id: 1,
      name: "Torstaipaketti",
      parts: [
        { series: 1, way: "room", instead: false },
        { series: 3, way: "room", instead: true },
      ],
    });
  });
});

describe("the texts", () => {
  it.each(["fi", "sv", "en"] as const)("are whole in %s on each page", async (language) => {
    for (const place of [
      "programme",
      "programme/period/2",
      "programme/series",
      "programme/packages/1",
      "programme/themes/1",
    ]) {
      const drawn = await desk(fakeProgramme(), place, language);
      expect(drawn.words("main h1")).not.toBe("");
      expect(drawn.words()).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it("have the same words in each language", () => {
    expect(Object.keys(programmeTexts.en).sort()).toEqual(Object.keys(programmeTexts.fi).sort());
    expect(Object.keys(programmeTexts.en.todos)).toEqual(Object.keys(programmeTexts.fi.todos));
  });
});
