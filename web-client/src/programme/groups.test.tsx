import type { LeadersBody } from "@protocol/api";
import { beforeEach, describe, expect, it } from "vitest";
import { CoordinatorConsole } from "../coordinator/console";
import { type Drawn, draw } from "../testing/draw";
import { FakeEntrance } from "../testing/fakes";
import { FakeAbsences } from "../testing/own_page_fixtures";
import { fakeCancelling, fakePeople } from "../testing/people_fixtures";
import { fakeProgramme, GROUP, GROUP_SHOWN, SERIES } from "../testing/programme_fixtures";
import { fakeOffice } from "../testing/staff_fixtures";
import type { Language } from "../text/language";
import { bodyOfLeaders, type Chosen, chosenOf, leadersFault } from "./leaders";
import { peopleIn, placeOfPeople, placeOfPerson } from "./people_places";
import { draftOf, newGroupDraft, withSeries } from "./period_draft";
import type { ProgrammeRequests } from "./requests";
import { stripOf } from "./season_view";
import { programmeTexts } from "./text";
import { people, programme } from "./use_programme";

async function desk(requests: ProgrammeRequests, place: string, language: Language = "fi"): Promise<Drawn> {
  await Promise.all([programme.bring(), people.bring()]);
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
        people={fakePeople({ period: () => Promise.resolve({ kind: "ok", value: GROUP_SHOWN }) })}
        cancelling={fakeCancelling()}
        absences={new FakeAbsences().requests}
      />
    ),
    { language },
  );
}

const pick = (drawn: Drawn, select: string, value: string) =>
  drawn.does(() => {
    const found = drawn.root.querySelector<HTMLSelectElement>(select);
    if (!found) throw new Error(`no ${select}`);
    found.value = value;
    found.dispatchEvent(new Event("change", { bubbles: true }));
  });

beforeEach(() => {
  location.hash = "";
});

describe("leaders of a group", () => {
  const nobody: Chosen = { facilitator: { kind: "nobody" }, moderator: { kind: "nobody" } };

  it("are told by account, or by name where they get one", () => {
    expect(bodyOfLeaders(nobody)).toEqual([]);
    expect(bodyOfLeaders(chosenOf(GROUP.leaders))).toEqual([
      { account: 2, role: "facilitator" },
      { account: 7, role: "moderator" },
    ]);
    expect(bodyOfLeaders({ ...nobody, moderator: { kind: "new", name: " Pia " } })).toEqual([
      { name: "Pia", role: "moderator" },
    ]);
  });

  it("are two people with names", () => {
    expect(leadersFault(nobody)).toBeNull();
    expect(leadersFault({ ...nobody, facilitator: { kind: "new", name: " " } })).toBe("name_missing");
    const aino = { kind: "account", account: 2 } as const;
    expect(leadersFault({ facilitator: aino, moderator: aino })).toBe("twice");
  });
});

describe("the draft of a group", () => {
  it("has one series, at its hours until others are typed", () => {
    const later = SERIES.map((one) => (one.id === 3 ? { ...one, start: "12:00", end: "14:00" } : one));
    const draft = newGroupDraft(later);
    expect(draft.series).toEqual([1]);
    expect(withSeries(draft, later, 3)).toMatchObject({ series: [3], start: "12.00", end: "14.00" });
    expect(withSeries({ ...draft, start: "10" }, later, 3)).toMatchObject({ start: "10", end: draft.end });
    expect(draftOf(GROUP_SHOWN.form).weekday).toBe(1);
  });
});

describe("people of a group", () => {
  it("have addresses of their own", () => {
    expect(placeOfPeople({ id: 9, is_closed: true })).toBe("people/group/9");
    expect(placeOfPerson({ id: 9, is_closed: true }, 17)).toBe("people/group/9/17");
    expect(placeOfPerson({ id: 1 }, 17)).toBe("people/17");
    expect(peopleIn("group/9/17")).toEqual({ group: 9, person: 17 });
    expect(peopleIn("group/9")).toEqual({ group: 9 });
    expect(peopleIn("17")).toEqual({ person: 17 });
    expect(peopleIn("")).toEqual({});
  });

  it("are the page of a season's people, without its packages", async () => {
    const drawn = await desk(fakeProgramme(), "people/group/9");
    expect(drawn.words("main")).toContain("Maanantairyhmä");
    expect(drawn.words("main")).toContain("Takaisin ryhmiin");
    expect(drawn.words("main")).not.toContain("Paketti");
    expect(drawn.root.querySelector("tbody a")?.getAttribute("href")).toBe("#people/group/9/1");
  });
});

describe("groups", () => {
  it("are opened from the season, and tell when they meet and who leads them", async () => {
    const drawn = await desk(fakeProgramme(), "programme");
    expect([...drawn.root.querySelectorAll("main a")].map((one) => one.getAttribute("href"))).toContain(
      "#programme/groups",
    );
    await drawn.does(() => {
      location.hash = "programme/groups";
    });
    expect(drawn.words("main h1")).toBe("Ryhmät");
    const card = drawn.words("main .card");
    expect(card).toContain("Maanantait 7.9.–30.11. kello 12.00–14.00");
    expect(card).toContain("11/12 jäsentä");
    expect(card).toContain("Pia Partneri Moderaattori Yhteistyökumppani Ei ole vielä kirjautunut");
  });

  it("say that a leader's right has ended", async () => {
    const ended = {
      ...GROUP,
      leaders: GROUP.leaders.map((one) => ({ ...one, has_ended: true })),
    };
    const drawn = await desk(
      fakeProgramme({ groups: () => Promise.resolve({ kind: "ok", value: { groups: [ended] } }) }),
      "programme/groups",
    );
    expect(drawn.words("main .card")).toContain("Oikeus on päättynyt");
    expect(drawn.words("main .card")).not.toContain("Ei ole vielä kirjautunut");
  });

  it("have a season page without packages and without four places of staff", async () => {
    const { days } = stripOf(GROUP_SHOWN, SERIES, programmeTexts.fi);
    expect(days.every(({ crew }) => crew === undefined)).toBe(true);
    const drawn = await desk(fakeProgramme(), "programme/season/9");
    expect(drawn.words("main h1")).toBe("Maanantairyhmä");
    expect(drawn.words("main")).not.toContain("Paketit");
    expect(drawn.root.querySelector(".todo a")?.getAttribute("href")).toBe("#people/group/9");
  });

  it("are made with a partner's new leader, whose link is shown before one goes on", async () => {
    const sent: string[] = [];
    const put: LeadersBody[] = [];
    const requests = fakeProgramme({
      saveGroup: (body) => {
        sent.push(`${body.name} ${body.series.join()}`);
        return Promise.resolve({ kind: "ok", value: { id: 9 } });
      },
      putLeaders: (_, body) => {
        put.push(body);
        return Promise.resolve({
          kind: "ok",
          value: {
            leaders: GROUP.leaders.slice(1),
            links: [{ account: 7, link: "https://x.example/staff#password=abc" }],
          },
        });
      },
    });
    const drawn = await desk(requests, "programme/group");
    expect(drawn.words("main h1")).toBe("Uusi ryhmä");
    await drawn.write("#period-name", "Maanantairyhmä");
    await drawn.write("#period-first", "7.9.2020");
    await drawn.write("#period-last", "30.11.2020");
    await pick(drawn, "#leader-moderator", "new");
    await drawn.write("#leader-moderator-name", "Pia Partneri");
    await drawn.pass(500);
    await drawn.press("Tee 13 teemakertaa");
    expect(sent).toEqual(["Maanantairyhmä 1"]);
    expect(put).toEqual([{ leaders: [{ name: "Pia Partneri", role: "moderator" }] }]);
    expect(drawn.words()).toContain("https://x.example/staff#password=abc");
    expect(location.hash).toBe("#programme/group");
    await drawn.press("Annoin linkin");
    expect(location.hash).toBe("#people/group/9");
  });

  it("keep what was written when their leaders are refused", async () => {
    const drawn = await desk(
      fakeProgramme({
        putLeaders: () =>
          Promise.resolve({
            kind: "refused",
            refusal: { word: "invalid" },
            errors: [{ reason: "name_taken", value: "Aino" }],
          }),
      }),
      "programme/group/9",
    );
    await pick(drawn, "#leader-moderator", "new");
    await drawn.write("#leader-moderator-name", "Aino");
    await drawn.press("Tallenna luonnos");
    expect(drawn.words(".seal")).toContain("Nimi ”Aino” on jo käytössä");
    expect(drawn.root.querySelector<HTMLInputElement>("#leader-moderator-name")?.value).toBe("Aino");
  });

  it.each(["en", "fi"] as const)("are said in %s", async (language) => {
    const drawn = await desk(fakeProgramme(), "programme/groups", language);
    expect(drawn.words("main")).toContain("Pia Partneri");
  });
});
