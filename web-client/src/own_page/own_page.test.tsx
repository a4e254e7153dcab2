import type { LookAnswer } from "@protocol/api";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Answer, Key } from "../connection/entrance";
import { Door } from "../participant/door";
import { bringAside, bringWork } from "../participant/plain";
import { bringOwnPage } from "../participant/use_own_page";
import { draw } from "../testing/draw";
import { FakeEntrance, FakeKeep } from "../testing/fakes";
import { ASKING, FakeOwnPage, ownDay, ownPage, SEASON_NOW } from "../testing/own_page_fixtures";
import { FakeWork, fetchOf, LETTER, submission, WRITTEN } from "../testing/work_fixtures";
import { LANGUAGES, type Language } from "../text/language";
import { dateOf, dayOf, daysBetween, weekdayOf } from "./days";
import { OwnPageRequestsContext } from "./requests";
import { ownPageTexts } from "./text";

const SECRET: Key = { secret: "s".repeat(22) };
type Session = NonNullable<LookAnswer["session"]>;

const session = (change: Partial<Session> = {}): Session => ({
  id: 2,
  theme: "Erilainen joululoma",
  series: "Etäkahvila",
  starts_at: Date.UTC(2026, 11, 10, 7),
  ends_at: Date.UTC(2026, 11, 10, 11),
  phase: "planned",
  help_phone: "09 000 0000",
  ...change,
});
const season = (change: Partial<LookAnswer> = {}): LookAnswer => ({
  role: "participant",
  standing: "early",
  now: SEASON_NOW,
  session: session(),
  name: "Mustikka",
  entered: true,
  season: true,
  ...change,
});
const ok = (value: LookAnswer): Answer<LookAnswer> => ({ kind: "ok", value });

/** The link's answers by key: what stands behind the dot, or the link itself. */
class SeasonEntrance extends FakeEntrance {
  readonly of = new Map<string, Answer<LookAnswer>>();
  readonly looked: string[] = [];
  override look(key?: Key): Promise<Answer<LookAnswer>> {
    const given = key && ("secret" in key ? key.secret : "code" in key ? key.code : "");
    const [, chosen = ""] = (given ?? "").split(".");
    this.looked.push(chosen);
    return Promise.resolve(this.of.get(chosen) ?? this.link);
  }
}

async function door(
  link: LookAnswer,
  change: {
    server?: FakeOwnPage;
    entrance?: SeasonEntrance;
    keep?: FakeKeep;
    pass?: Key;
    language?: Language;
  } = {},
) {
  const {
    server = new FakeOwnPage(),
    entrance = new SeasonEntrance(),
    keep = new FakeKeep(),
    pass = SECRET,
  } = change;
  entrance.link = ok(link);
  const page = await draw(
    (app) => (
      <OwnPageRequestsContext.Provider value={() => server.requests}>
        <Door page={{ app, keep, entrance }} pass={pass} />
      </OwnPageRequestsContext.Provider>
    ),
    { keep, ...(change.language ? { language: change.language } : {}) },
  );
  const pick = (words: string) =>
    page.does(() => {
      const found = [...page.root.querySelectorAll<HTMLElement>(".pick")].find((one) =>
        one.textContent?.includes(words),
      );
      if (!found) throw new Error(`no choice ${words}`);
      found.querySelector("input")?.click();
    });
  const submit = () => page.does(() => page.root.querySelector<HTMLFormElement>("#absence")?.requestSubmit());
  return { ...page, server, entrance, keep, pick, submit };
}

beforeAll(async () => {
  await Promise.all([bringAside(), bringOwnPage(), bringWork()]);
});

describe("a day", () => {
  it("is told as each language writes it", () => {
    const day = Date.UTC(2026, 11, 10, 7);
    expect(
      LANGUAGES.map((language) => [weekdayOf(day, language), dateOf(day, language), dayOf(day, language)]),
    ).toEqual([
      ["to", "10.12.", "Torstai 10.12."],
      ["tors", "10.12", "Torsdag 10.12"],
      ["Thu", "10 Dec", "Thursday 10 Dec"],
    ]);
  });

  it("is Helsinki's, whose midnight is London's evening", () => {
    expect(daysBetween(Date.UTC(2026, 11, 9, 21, 59), Date.UTC(2026, 11, 10, 7))).toBe(1);
    expect(daysBetween(Date.UTC(2026, 11, 9, 22, 1), Date.UTC(2026, 11, 10, 7))).toBe(0);
    // Over the night on which the clocks go back.
    expect(daysBetween(Date.UTC(2026, 9, 24, 7), Date.UTC(2026, 9, 26, 7))).toBe(2);
  });
});

describe("the own page of a season", () => {
  it("says what comes next, and shows the days to come", async () => {
    const page = await door(season());
    expect(page.words(".theme")).toBe(
      "Hei, Mustikka. Seuraavaksi Erilainen joululoma Torstaina 10.12. kello 9–13 Viikon päästä. " +
        "Avaa silloin tämä sivu.",
    );
    const rows = [...page.root.querySelectorAll(".dates > li")];
    expect(rows.map((row) => row.className)).toEqual(["", "away", ""]);
    expect(page.words(".dates > .away")).toContain("Kerroit, ettet pääse Pääsen sittenkin");
    expect(page.words("main")).toContain("Tämä sivu on vain sinulle.");
    expect(page.root.querySelector("a[href='tel:090000000']")).not.toBeNull();
    expect(page.root.querySelector(".dock")).toBeNull();
  });

  it.each(LANGUAGES)("is whole in %s", async (language) => {
    const page = await door(season(), { language });
    const t = ownPageTexts[language];
    expect(page.words("#days-title")).toBe(t.days_title);
    expect(page.button(`${t.cannot} ${dateOf(Date.UTC(2026, 11, 10, 7), language)}`)).toBeTruthy();
    expect(page.words()).not.toMatch(/undefined|\bnull\b|NaN|\[object/);
  });

  it("skips a day that is cancelled, in the words of those who cancelled it", async () => {
    const days = [
      ownDay(2, 12, 10, "Erilainen joululoma", { cancelled: "Ohjaaja on sairaana." }),
      ownDay(4, 1, 7, "Hyvä mieli"),
    ];
    const server = new FakeOwnPage(ownPage({ days }));
    const page = await door(season({ session: session({ cancelled: "Ohjaaja on sairaana." }) }), { server });
    expect(page.words(".theme")).toContain("Hyvä mieli Torstaina 7.1. kello 9–13 35 päivän päästä.");
    expect(page.words(".note")).toBe(
      "Torstaina 10.12. ryhmää ei ole. Se on peruttu. Ohjaaja on sairaana. Sinun ei tarvitse tehdä mitään.",
    );
    expect(page.words(".dates > .away")).toContain("Peruttu");
    expect(page.root.querySelector(".dates > .away button")).toBeNull();
  });

  it("calls a meeting that is cancelled a meeting", async () => {
    const days = [
      ownDay(2, 12, 10, "Tapaaminen", { appointment: "face_to_face", cancelled: "Tapaaminen on peruttu." }),
      ownDay(4, 1, 7, "Hyvä mieli"),
    ];
    const page = await door(season(), { server: new FakeOwnPage(ownPage({ days })) });
    expect(page.words(".note")).toBe(
      "Torstaina 10.12. tapaamista ei ole. Tapaaminen on peruttu. Sinun ei tarvitse tehdä mitään.",
    );
  });

  it("says of a day by phone that is cancelled that nobody calls", async () => {
    const days = [ownDay(2, 12, 10, "Etäpajapäivä", { way: "phone_day", cancelled: "Ohjaaja on sairaana." })];
    const page = await door(season(), { server: new FakeOwnPage(ownPage({ days })) });
    expect(page.words(".note")).toBe(
      "Torstaina 10.12. sinulle ei soiteta. Päivä on peruttu. Ohjaaja on sairaana. Sinun ei tarvitse tehdä mitään.",
    );
  });

  it("shows the next day after today's is over, and says so when none is to come", async () => {
    const over = season({ standing: "over", session: session({ phase: "closed" }) });
    expect((await door(over)).words(".theme")).toContain("Seuraavaksi Erilainen joululoma");
    const page = await door(over, { server: new FakeOwnPage(ownPage({ days: [] })) });
    expect(page.words(".theme")).toBe(
      "Hei, Mustikka. Tulevia kertoja ei ole Kysy uusista kerroista siltä, joka lähetti kutsun sinulle.",
    );
  });

  it("knows a season without any day to come, whose link is for no session", async () => {
    const { session: _, ...link } = season();
    const page = await door(link, { server: new FakeOwnPage(ownPage({ days: [] })) });
    expect(page.words(".theme")).toContain("Tulevia kertoja ei ole");
    expect(page.root.querySelector("a[href='tel:090000000']")).not.toBeNull();
  });

  it("stays when the person is banned from a day", async () => {
    const { session: _, ...link } = season({ standing: "revoked" });
    const page = await door(link, { pass: { secret: `${"s".repeat(22)}.2` } });
    expect(page.words("#days-title")).toBe("Tulevat kerrat");
    expect(page.keep.get("key")).toBe(JSON.stringify(SECRET));
  });

  it("stands without its days while there is no line, and has them when it is back", async () => {
    const server = new FakeOwnPage();
    server.is_away = true;
    const page = await door(season(), { server });
    expect(page.words(".theme")).toContain("Erilainen joululoma");
    expect(page.words("main")).toContain("Yritämme itsestään uudelleen.");
    server.is_away = false;
    await page.pass(5_000);
    expect(page.root.querySelectorAll(".dates > li")).toHaveLength(3);
  });

  it("shows the work of a past day by the link of that day, and comes back", async () => {
    const asked: string[] = [];
    const work = new FakeWork(
      submission({
        state: "sent",
        fields: WRITTEN,
        answers: [{ text: LETTER, by: 1, name: "Aino", sent_at: 1 }],
      }),
    );
    const fetched = fetchOf(work);
    vi.stubGlobal("indexedDB", undefined);
    vi.stubGlobal("fetch", (address: string, init: RequestInit) => {
      asked.push(new Headers(init.headers).get("Authorization") ?? "");
      return fetched(address, init);
    });
    const past = [
      {
        session: 8,
        theme: "Talous",
        starts_at: Date.UTC(2026, 10, 26, 7),
        is_answered: true,
        is_unread: true,
      },
      {
        session: 7,
        theme: "Ruoka",
        starts_at: Date.UTC(2026, 10, 19, 7),
        is_answered: false,
        is_unread: false,
      },
    ];
    const page = await door(season(), { server: new FakeOwnPage(ownPage({ past })) });
    const rows = page.words("[aria-labelledby=past-title]");
    expect(rows).toContain("Talous Sinulle on uusi vastaus");
    expect(rows).toContain("Ruoka Näytä tehtävä");
    await page.press("Lue vastaus 26.11.");
    for (let turn = 0; turn < 6; turn += 1) await page.does(() => new Promise((done) => setTimeout(done)));
    expect(asked.at(-1)).toBe(`Bearer ${"s".repeat(22)}.8`);
    expect(page.words("h1")).toBe("Talous");
    expect(page.words("main")).toContain("Aino vastasi sinulle");
    await page.press("Lue vastaus");
    expect(page.words("main")).toContain("Et ole yksin");
    await page.press("Takaisin");
    expect(page.words("main")).toContain("Aiemmat kerrat");
    vi.unstubAllGlobals();
  });

  it("asks the server nothing by a code, which reads no own page", async () => {
    const page = await door(season(), { pass: { code: "K7PM4RXT" } });
    expect(page.words("main")).toContain("Avaa linkki, joka on kutsussasi.");
    expect(page.root.querySelector(".dates li")).toBeNull();
  });

  it("gives the phone's calendar an address after a press, and says what the calendar tells", async () => {
    const page = await door(season());
    expect(page.words("main")).toContain("Kalenterissa lukee vain ”Tapaaminen” tai ”Tapaaminen verkossa”.");
    await page.press("Lisää puhelimen kalenteriin");
    const address = "//kahvila.esimerkki.fi/calendar/4rXtK7pMzQ9wB2nVd8sLhA.ics";
    expect(page.root.querySelector(`a[href='webcal:${address}']`)?.textContent).toContain("Avaa kalenteri");
    expect(page.root.querySelector(`a[href='https:${address}']`)).not.toBeNull();
  });
});

describe("telling that one cannot come", () => {
  it("asks no reason where none is needed, and is heard", async () => {
    const page = await door(season());
    await page.press("En pääse 10.12.");
    expect(page.words("h1")).toBe("En pääse ryhmään");
    expect(document.activeElement?.textContent).toBe("En pääse ryhmään");
    expect(page.words("main")).toContain("Syytä ei kysytä.");
    expect(page.root.querySelectorAll("fieldset")).toHaveLength(1);
    await page.submit();
    expect(page.server.told).toEqual([{ session: 2, cannot_come: true }]);
    expect(page.words(".note.good")).toContain("Kerroit, että et pääse: torstai 10.12. Voit perua tämän");
    expect(page.app.announcer.polite.value).toBe("Kiitos. Kerroit, että et pääse: torstai 10.12.");
    expect(document.activeElement?.id).toBe("days-title");
    expect(page.words(".theme")).toContain("Hyvä mieli");
  });

  it("asks the reasons of the person's kind, and says above them who sees the answer", async () => {
    const server = new FakeOwnPage(ownPage(ASKING));
    const page = await door(season(), { server });
    await page.press("En pääse 7.1.");
    const [, why] = page.root.querySelectorAll("fieldset");
    expect(why?.querySelector("p + .pick")).not.toBeNull();
    expect(page.words("#absence-seen")).toBe(
      "Työnjohtaja 3 ja koordinaattori näkevät syyn. Ryhmän ohjaajat näkevät vain, että et pääse.",
    );
    await page.submit();
    expect(page.words(".dock")).toContain("Valitse ensin syy.");
    expect(server.told).toEqual([]);
    await page.pick("Olen sairas");
    await page.pick("Torstai 10.12. kello 9");
    await page.submit();
    expect(server.told).toEqual([{ session: 2, cannot_come: true, reason: "own_illness" }]);
    // Nothing of the reason is on the page afterwards.
    expect(page.words("main")).not.toContain("sairas");
  });

  it("keeps what is chosen when the line fails, and says so", async () => {
    const server = new FakeOwnPage(ownPage(ASKING));
    const page = await door(season(), { server });
    await page.press("En pääse 10.12.");
    await page.pick("Työhaastattelu");
    server.is_away = true;
    await page.submit();
    expect(page.words(".dock .note")).toBe(
      "Tieto ei mennyt perille. Valintasi ovat tallella. Yritä uudelleen tai soita.",
    );
    expect(page.app.announcer.polite.value).toContain("Tieto ei mennyt perille.");
    expect([...page.root.querySelectorAll<HTMLInputElement>("input:checked")]).toHaveLength(2);
    server.is_away = false;
    await page.submit();
    expect(server.told).toEqual([{ session: 2, cannot_come: true, reason: "job_interview" }]);
  });

  it("can be taken back, and a line that fails then is told beside the day", async () => {
    const page = await door(season());
    page.server.is_away = true;
    await page.press("Pääsen sittenkin 17.12.");
    expect(page.words(".dates .trouble")).toBe("Tieto ei mennyt perille.");
    page.server.is_away = false;
    await page.press("Pääsen sittenkin 17.12.");
    expect(page.server.told).toEqual([{ session: 3, cannot_come: false }]);
    expect(page.words(".note.good")).toContain("Hienoa. Nähdään torstaina 17.12.");
    expect(page.button("En pääse 17.12.")).toBeTruthy();
  });

  it("is not cut short by the door, which opens when it is done", async () => {
    const page = await door(season({ opens_at: SEASON_NOW + 60_000 }));
    await page.press("En pääse 7.1.");
    page.entrance.link = ok(season({ standing: "open", session: session({ phase: "doors_open" }) }));
    await page.pass(600_000);
    expect(page.words("h1")).toBe("En pääse ryhmään");
    await page.submit();
    await page.pass(66_000);
    expect(page.words(".dock")).toContain("Tule kahvilaan");
    expect(page.root.querySelector("#name")).not.toBeNull();
  });
});

describe("the day of a season", () => {
  const today = (change: Partial<Session> = {}) =>
    season({
      standing: "open",
      now: Date.UTC(2026, 11, 10, 6),
      session: session({ phase: "doors_open", ...change }),
    });

  it("waits with the hour at which the doors open by themselves", async () => {
    const page = await door({ ...today({ phase: "planned" }), opens_at: Date.UTC(2026, 11, 10, 6, 30) });
    expect(page.words("form .note")).toContain("Ovet aukeavat kello 8.30 itsestään.");
    page.entrance.link = ok(today());
    await page.pass(20_000);
    expect(page.app.announcer.polite.value).toBe("Ovet ovat nyt auki.");
    expect(page.words(".dock")).toContain("Tule kahvilaan");
  });

  it("says when the staff come, until somebody of them is there", async () => {
    const page = await door(today({ is_staff_here: false }));
    expect(page.words("form .note")).toBe(
      "Ohjaajat tulevat kello 8.45. Voit tulla sisään jo nyt ja odottaa siellä.",
    );
    page.entrance.link = ok({ ...today({ is_staff_here: false }), now: Date.UTC(2026, 11, 10, 6, 50) });
    await page.pass(20_000);
    expect(page.words("form .note")).toContain("Ohjaajat tulevat pian.");
    page.entrance.link = ok(today({ is_staff_here: true }));
    await page.pass(20_000);
    expect(page.root.querySelector("form .note")).toBeNull();
  });

  it("has a way to the own page and back, with what was written of the name", async () => {
    const page = await door(today());
    await page.write("#name", "Mustikka M");
    await page.press("Oma sivu");
    expect(page.words("#days-title")).toBe("Tulevat kerrat");
    await page.press("Tule kahvilaan");
    expect(page.root.querySelector<HTMLInputElement>("#name")?.value).toBe("Mustikka M");
  });

  it("asks which of two, keeps the choice for this tab, and asks again when that one is past", async () => {
    const evening = session({
      id: 9,
      theme: "Ilta",
      starts_at: Date.UTC(2026, 11, 10, 14),
      ends_at: Date.UTC(2026, 11, 10, 16),
    });
    const two = { ...today(), next: [session({ phase: "doors_open" }), evening] };
    const entrance = new SeasonEntrance();
    const { next: _, ...one } = two;
    entrance.of.set("2", ok(one));
    const page = await door(two, { entrance });
    expect(page.words(".theme")).toContain("Tänään on kaksi kertaa");
    expect(page.words("main")).toContain("Ilta Kello 16–18 · Etäkahvila");
    await page.press("Erilainen joululoma");
    expect(entrance.looked).toEqual(["", "2"]);
    expect(page.keep.get("key")).toBe(`{"secret":"${"s".repeat(22)}.2"}`);
    expect(page.root.querySelector("#name")).not.toBeNull();

    entrance.of.set("2", ok({ ...one, standing: "over", session: session({ phase: "closed" }) }));
    entrance.link = ok(
      season({ standing: "open", session: evening, next: [session({ phase: "closed" }), evening] }),
    );
    entrance.tickets = [{ kind: "refused", refusal: { word: "over" } }];
    await page.does(() => page.root.querySelector<HTMLFormElement>("#join")?.requestSubmit());
    expect(page.words(".theme")).toContain("Ilta");
    expect(page.keep.get("key")).toBe(`{"secret":"${"s".repeat(22)}"}`);
  });

  it("takes nothing of last week's room into today's", async () => {
    const keep = new FakeKeep();
    for (const [name, value] of [
      ["session", "1"],
      ["ticket", "old"],
      ["draft_message", "Hei"],
    ] as const)
      keep.set(name, value);
    const page = await door(today(), { keep });
    expect(page.root.querySelector("#name")).not.toBeNull();
    expect(keep.get("ticket")).toBeNull();
    expect(keep.get("draft_message")).toBeNull();
    expect(keep.get("session")).toBe("2");
  });

  it("says of a link for one session that it is cancelled", async () => {
    const { season: _, ...link } = today({
      phase: "cancelled",
      cancelled: "Ohjaaja on sairaana.",
      next_starts_at: Date.UTC(2026, 11, 17, 7),
    });
    const page = await door(link, { server: new FakeOwnPage(ownPage({ days: [] })) });
    expect(page.words(".theme")).toContain("Erilainen joululoma Torstaina 10.12. kello 9–13 Peruttu.");
    expect(page.words(".note")).toContain(
      "Ohjaaja on sairaana. Sinun ei tarvitse tehdä mitään. Seuraava kerta on torstaina 17.12.",
    );
    expect(page.root.querySelector(".dock")).toBeNull();
  });
});
