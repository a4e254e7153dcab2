import type { LookAnswer } from "@protocol/api";
import { beforeAll, describe, expect, it } from "vitest";
import type { Answer, Key } from "../connection/entrance";
import { OwnPageRequestsContext } from "../own_page/requests";
import { draw } from "../testing/draw";
import { FakeEntrance, FakeKeep, standLine, welcome } from "../testing/fakes";
import * as make from "../testing/fixtures";
import { FakeOwnPage, ownPage } from "../testing/own_page_fixtures";
import { LineProvider } from "../view/app";
import { Door } from "./door";
import { bringAside, bringClosed, bringNickname } from "./plain";
import { Room } from "./room";
import { bringOwnPage } from "./use_own_page";

const SECRET: Key = { secret: "s".repeat(22) };

const link = (
  change: Partial<LookAnswer> = {},
  session: Partial<NonNullable<LookAnswer["session"]>> = {},
) => ({
  kind: "ok" as const,
  value: {
    role: "participant" as const,
    standing: "open" as const,
    now: Date.now(),
    session: {
      id: 1,
      theme: "Uni",
      series: "Etäkahvila",
      starts_at: Date.UTC(2026, 11, 3, 7),
      ends_at: Date.UTC(2026, 11, 3, 11),
      phase: "doors_open" as const,
      help_phone: "09 000 0000",
      ...session,
    },
    entered: false,
    ...change,
  },
});

async function door(entrance: FakeEntrance, pass: Key | null = SECRET) {
  const keep = new FakeKeep();
  const own = new FakeOwnPage(ownPage({ days: [] }));
  const page = await draw(
    (app) => (
      <OwnPageRequestsContext.Provider value={() => own.requests}>
        <Door page={{ app, keep, entrance }} pass={pass} />
      </OwnPageRequestsContext.Provider>
    ),
    { keep },
  );
  return { ...page, keep };
}

// What comes after the first paint has come.
beforeAll(async () => {
  await Promise.all([bringAside(), bringOwnPage(), bringClosed(), bringNickname()]);
});

describe("the door", () => {
  it("greets: the right place, the theme, the time, five manners, one big button", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link();
    const page = await door(entrance);
    expect(page.words(".theme")).toContain(
      "Tervetuloa. Olet oikeassa paikassa. Uni Torstaina 3.12. kello 9–13",
    );
    expect(page.root.querySelectorAll(".manners li")).toHaveLength(5);
    expect(page.words(".dock")).toBe("Kun tulet mukaan, lupaat toimia näin. Tule kahvilaan");
    expect(page.root.querySelector("a[href='tel:090000000']")).not.toBeNull();
  });

  it("has the way to the pages that anyone may read, wherever it leads", async () => {
    const bad: Answer<LookAnswer> = { kind: "unknown" };
    for (const looked of [link(), bad]) {
      const entrance = new FakeEntrance();
      entrance.link = looked;
      const page = await door(entrance);
      const links = [...page.root.querySelectorAll("nav a")].map((one) => one.getAttribute("href"));
      expect(links).toEqual(["/instructions", "/accessibility", "/privacy"]);
    }
  });

  it("asks for a name before it asks the server", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link();
    const page = await door(entrance);
    await page.does(() => page.root.querySelector<HTMLFormElement>("#join")?.requestSubmit());
    expect(entrance.entered).toEqual([]);
    expect(page.words("#name-trouble")).toBe("Nimi puuttuu. Kirjoita nimi. Lempinimi käy hyvin.");
    expect(page.root.querySelector("#name")?.getAttribute("aria-invalid")).toBe("true");
  });

  it("says why a name will not do, beside the field, and lets it be mended", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link();
    entrance.tickets = [{ kind: "refused", refusal: { word: "name_like_staff" } }];
    const page = await door(entrance);
    await page.write("#name", "Ohjaaja 1");
    await page.does(() => page.root.querySelector<HTMLFormElement>("#join")?.requestSubmit());
    expect(page.words("#name-trouble")).toContain("Se muistuttaa ohjaajan nimeä. Valitse toinen nimi.");
    await page.write("#name", "Mustikka");
    expect(page.root.querySelector("#name-trouble")).toBeNull();
  });

  it("waits calmly while the doors are closed, and opens by itself", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link({}, { phase: "planned" });
    const page = await door(entrance);
    expect(page.words("main")).toContain("Ovet eivät ole vielä auki.");
    expect(page.root.querySelector(".dock button")?.getAttribute("aria-disabled")).toBe("true");
    entrance.link = link();
    await page.pass(20_000);
    expect(page.words(".dock")).toContain("Tule kahvilaan");
  });

  it("keeps what is written, the focus and the help while it waits, though a look fails", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link({ name: "Maija Meikäläinen" }, { phase: "planned" });
    const page = await door(entrance);
    const field = () => page.root.querySelector<HTMLInputElement>("#name");
    await page.write("#name", "Mustikka");
    field()?.focus();
    await page.press("Pyydä apua");
    for (const failed of [
      { kind: "unreachable" },
      { kind: "unknown" },
      { kind: "refused", refusal: { word: "too_fast" } },
    ] as const) {
      entrance.link = failed;
      await page.pass(20_000);
      expect(page.words("main")).toContain("Ovet eivät ole vielä auki.");
    }
    entrance.link = link({ name: "Maija Meikäläinen" });
    await page.pass(20_000);
    expect(page.words(".dock")).toContain("Tule kahvilaan");
    expect(field()?.value).toBe("Mustikka");
    expect(document.activeElement).toBe(field());
    expect(page.root.querySelector("dialog[open]")).not.toBeNull();
  });

  it("says that the link is bad when it has been taken back while somebody reads", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link();
    entrance.tickets = [{ kind: "unknown" }];
    const page = await door(entrance);
    await page.write("#name", "Mustikka");
    entrance.link = { kind: "unknown" };
    await page.does(() => page.root.querySelector<HTMLFormElement>("#join")?.requestSubmit());
    expect(page.words("h1")).toBe("Tämä linkki ei toimi");
  });

  it("does not ask for the manners twice", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link({ entered: true, name: "Mustikka" });
    const page = await door(entrance);
    expect(page.words(".theme")).toContain("Tervetuloa takaisin, Mustikka.");
    expect(page.root.querySelector(".manners")).toBeNull();
    expect(page.root.querySelector<HTMLInputElement>("#name")?.value).toBe("Mustikka");
  });

  it("says in plain words whom to ask when the link is bad, and takes a code instead", async () => {
    const entrance = new FakeEntrance();
    const page = await door(entrance);
    expect(page.words("h1")).toBe("Tämä linkki ei toimi");
    expect(page.words("main")).toContain("Kysy uusi linkki siltä, joka lähetti kutsun sinulle.");

    await page.write(".boxes input", "abc");
    await page.does(() => page.root.querySelector<HTMLFormElement>("form")?.requestSubmit());
    expect(page.words("#code-trouble")).toBe("Koodista puuttuu merkkejä. Siinä on 8 merkkiä.");

    entrance.link = link();
    await page.write(".boxes input", "abcd 2345");
    await page.does(() => page.root.querySelector<HTMLFormElement>("form")?.requestSubmit());
    expect(page.words(".theme")).toContain("Uni");
    expect(page.keep.get("key")).toBe('{"code":"ABCD2345"}');
  });

  it("asks for the link or the code when there is neither", async () => {
    const page = await door(new FakeEntrance(), null);
    expect(page.words("h1")).toBe("Tervetuloa Etäkahvilaan");
  });

  it("says that there is no line, and tries again when asked", async () => {
    const entrance = new FakeEntrance();
    entrance.link = { kind: "unreachable" };
    const page = await door(entrance);
    expect(page.words("h1")).toBe("Emme saa yhteyttä");
    entrance.link = link();
    await page.press("Yritä nyt");
    expect(page.words(".theme")).toContain("Uni");
  });

  it("says that the session is over", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link({}, { phase: "closed" });
    expect((await door(entrance)).words("h1")).toBe("Tämä kerta on päättynyt");
  });
});

/** A minute before the link opens, by the server's clock. */
const NOW = Date.UTC(2026, 11, 2, 6, 59);
const early = (now = NOW) =>
  link(
    { standing: "early", now, opens_at: NOW + 60_000 },
    { phase: "planned", starts_at: Date.UTC(2026, 11, 3, 7), ends_at: Date.UTC(2026, 11, 3, 11) },
  );

describe("the truth about a link that is right", () => {
  it("before its time: the right place, the day and the hour, calendar, sound, microphone, help", async () => {
    const entrance = new FakeEntrance();
    entrance.link = early();
    const page = await door(entrance);
    expect(page.words(".theme")).toContain("Olet oikeassa paikassa. Uni Kahvila on torstaina 3.12. kello 9.");
    for (const name of ["Lisää kalenteriin", "Soita koeääni", "Kokeile mikrofonia", "Pyydä apua"])
      expect(page.button(name)).toBeTruthy();
    expect(page.words("main")).toContain("Selain kysyy siihen luvan.");
    expect(page.root.querySelector("#name")).toBeNull();
    await page.press("Pyydä apua");
    expect(page.words()).toContain("09 000 0000");
  });

  it("opens the door by itself when the time comes", async () => {
    const entrance = new FakeEntrance();
    entrance.link = early();
    const page = await door(entrance);
    entrance.link = link({ now: NOW + 66_000 }, { phase: "planned" });
    await page.pass(59_000);
    expect(page.root.querySelector("#name")).toBeNull();
    await page.pass(7_000);
    expect(page.root.querySelector("#name")).not.toBeNull();
    entrance.link = link();
    await page.pass(20_000);
    expect(page.words(".dock")).toContain("Tule kahvilaan");
  });

  it("keeps the welcome though a look fails, and says so when it is taken back", async () => {
    const entrance = new FakeEntrance();
    entrance.link = early();
    const page = await door(entrance);
    entrance.link = { kind: "unreachable" };
    await page.pass(70_000);
    expect(page.words(".theme")).toContain("Olet oikeassa paikassa.");
    entrance.link = {
      kind: "ok",
      value: { role: "participant", standing: "revoked", now: NOW, entered: false },
    };
    await page.pass(70_000);
    expect(page.words("h1")).toBe("Tämä linkki ei ole enää käytössä");
    expect(page.words("main")).toContain("Avaa se kutsu, joka tuli viimeksi.");
    expect(page.root.querySelector("a[href='tel:093101000']")).not.toBeNull();
  });

  it("after its time: what it was for, and whom to ask", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link({ standing: "over" });
    const page = await door(entrance);
    expect(page.words("h1")).toBe("Tämä kerta on päättynyt");
    expect(page.words("main")).toContain("Uni oli torstaina 3.12. Kysy seuraavasta kerrasta");
    expect(page.words("main")).not.toContain("Ketään");
  });

  it("is found out anew when the door is shut while somebody writes a name", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link();
    entrance.tickets = [{ kind: "refused", refusal: { word: "too_early" } }];
    const page = await door(entrance);
    await page.write("#name", "Mustikka");
    entrance.link = early();
    await page.does(() => page.root.querySelector<HTMLFormElement>("#join")?.requestSubmit());
    expect(page.words(".theme")).toContain("Kahvila on torstaina 3.12. kello 9.");
  });
});

describe("the door's clock", () => {
  const at = (now: number, phase: "planned" | "live" | "doors_open" | "paused") => {
    const entrance = new FakeEntrance();
    entrance.link = link({ now }, { phase });
    return door(entrance);
  };
  const start = Date.UTC(2026, 11, 3, 7);

  it("is the server's, whatever this device shows", async () => {
    const page = await at(start - 18 * 60_000, "doors_open");
    expect(page.words(".theme")).toContain("Alkaa 18 minuutin päästä.");
    await page.pass(60_000);
    expect(page.words(".theme")).toContain("Alkaa 17 minuutin päästä.");
  });

  it("says nothing of a start to come when the session is on", async () => {
    const live = await at(start - 148 * 60_000, "live");
    expect(live.words(".theme")).toContain("Kahvila on käynnissä.");
    expect(live.words(".theme")).not.toContain("Alkaa");
    expect((await at(start, "paused")).words(".theme")).toContain("Tauko");
    expect((await at(start + 60_000, "doors_open")).words(".theme")).toContain("Alkaa pian.");
    expect((await at(start - 7 * 3_600_000, "planned")).words(".theme")).not.toContain("Alkaa");
  });
});

describe("help at the door", () => {
  it("that is open while the room opens is open in the room", async () => {
    const page = await door(Object.assign(new FakeEntrance(), { link: link() }));
    await page.press("Pyydä apua");
    expect(page.root.querySelector("dialog")).not.toBeNull();
    const stand = standLine();
    stand.socket.open();
    stand.socket.say(welcome(1), { type: "batch", from: 0, to: 1, changes: [...make.LIVE] });
    const room = await draw(
      () => (
        <LineProvider line={stand.line}>
          <Room onComeBack={() => undefined} />
        </LineProvider>
      ),
      { keep: stand.keep, timers: stand.timers, asks_help: page.app.asks_help },
    );
    expect(room.words("dialog")).toContain("En kuule");
    await room.press("Peru");
    expect(room.root.querySelector("dialog")).toBeNull();
    expect(page.app.asks_help.value).toBe(false);
  });

  const press = async (page: Awaited<ReturnType<typeof door>>) => {
    await page.press("Pyydä apua");
    return page.words();
  };
  const has_number = (page: Awaited<ReturnType<typeof door>>, number: string) =>
    page.root.querySelector(`dialog a[href='tel:${number}']`) !== null;

  it.each<[string, Answer<LookAnswer>, Key | null, string]>([
    ["on the waiting page", link({}, { phase: "planned" }), SECRET, "090000000"],
    ["on an early link", early(), SECRET, "090000000"],
    ["on a bad link", { kind: "unknown" }, SECRET, "093101000"],
    ["without a link", { kind: "unknown" }, null, "093101000"],
    ["without a connection", { kind: "unreachable" }, SECRET, "093101000"],
    ["at the end", link({}, { phase: "closed" }), SECRET, "090000000"],
    [
      "on a revoked link",
      { kind: "ok", value: { role: "participant", standing: "revoked", now: NOW, entered: false } },
      SECRET,
      "093101000",
    ],
  ])("is a number to call %s", async (_, answer, pass, number) => {
    const entrance = new FakeEntrance();
    entrance.link = answer;
    const page = await door(entrance, pass);
    await press(page);
    expect(has_number(page, number)).toBe(true);
    expect(page.root.querySelector("dialog form")).toBeNull();
  });

  it("is a call to those inside while the doors are open, and says when it has been seen", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link();
    const page = await door(entrance);
    await press(page);
    await page.write("#door-help-words", " Nimi ei kelpaa ");
    await page.write("#door-help-phone", "040 123 4567");
    await page.does(() => page.root.querySelector<HTMLFormElement>("dialog form")?.requestSubmit());
    expect(entrance.helped).toEqual([
      { kind: "something_else", words: "Nimi ei kelpaa", call_back: "040 123 4567" },
    ]);
    expect(page.words()).toContain("Apupyyntösi on lähetetty.");
    entrance.link = link({ help: "claimed" });
    await page.pass(20_000);
    expect(page.words("#join")).toContain("Apupyyntösi on nähty.");
  });

  it("that does not get through is known, and a number stands beside it", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link();
    entrance.help = { kind: "unreachable" };
    const page = await door(entrance);
    await press(page);
    await page.does(() => page.root.querySelector<HTMLFormElement>("dialog form")?.requestSubmit());
    expect(page.words()).toContain("Apupyyntö ei lähtenyt. Yritä uudelleen tai soita.");
    expect(has_number(page, "090000000")).toBe(true);
    entrance.help = { kind: "refused", refusal: { word: "invalid" } };
    await page.does(() => page.root.querySelector<HTMLFormElement>("dialog form")?.requestSubmit());
    expect(page.words()).toContain("Numero jäi väärin.");
  });
});

describe("an experience-story day", () => {
  const submit = (page: Awaited<ReturnType<typeof door>>) =>
    page.does(() => page.root.querySelector<HTMLFormElement>("#join")?.requestSubmit());
  const choose = (page: Awaited<ReturnType<typeof door>>, name: string) =>
    page.does(() => page.root.querySelector<HTMLInputElement>(`input[value=${name}]`)?.click());

  it("has a list of names in place of a field, and says what it means", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link({ nicknames: ["Saukko", "Koivu"] });
    const page = await door(entrance);
    expect(page.root.querySelector("#name")).toBeNull();
    expect(page.words("fieldset")).toBe("Valitse nimi, jonka muut näkevät Saukko Koivu");
    expect(page.words("#join")).toContain("Muut osallistujat eivät näe oikeaa nimeäsi.");
    expect(page.words("#join")).toContain("Puheenvuorojen tekstejä ei säilytetä.");
    await submit(page);
    expect(entrance.entered).toEqual([]);
    expect(page.words("#name-trouble")).toBe("Valitse ensin nimi.");
    await choose(page, "Koivu");
    await submit(page);
    expect(entrance.entered).toEqual(["Koivu"]);
  });

  it("offers other names where somebody was quicker, and keeps the one that is had", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link({ nicknames: ["Saukko", "Koivu"] });
    entrance.tickets = [{ kind: "refused", refusal: { word: "name_not_offered" } }];
    const page = await door(entrance);
    await choose(page, "Saukko");
    entrance.link = link({ nicknames: ["Koivu", "Puro"] });
    await submit(page);
    expect(page.words("#name-trouble")).toBe("Joku muu ehti valita tämän nimen. Valitse toinen.");
    expect(page.words("fieldset")).toBe("Valitse nimi, jonka muut näkevät Koivu Puro");

    const back = new FakeEntrance();
    back.link = link({ nicknames: ["Saukko"], name: "Saukko", entered: true });
    const again = await door(back);
    expect(again.words("#join")).toContain("Nimesi tänään: Saukko");
    expect(again.root.querySelector("fieldset")).toBeNull();
    await submit(again);
    expect(back.entered).toEqual(["Saukko"]);
  });

  it("takes a day that has become one meanwhile", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link();
    entrance.tickets = [{ kind: "refused", refusal: { word: "name_not_offered" } }];
    const page = await door(entrance);
    await page.write("#name", "Aino");
    entrance.link = link({ nicknames: ["Saukko", "Koivu"] });
    await submit(page);
    expect(page.words("fieldset")).toContain("Saukko Koivu");
    await submit(page);
    expect(entrance.entered).toEqual(["Aino"]);
  });
});

describe("no answer of ours", () => {
  it("to a press is tried again by itself, until another name is written", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link();
    const away = { kind: "unreachable" } as const;
    entrance.tickets = [away, away, away, away];
    const page = await door(entrance);
    await page.write("#name", "Mustikka");
    await page.does(() => page.root.querySelector<HTMLFormElement>("#join")?.requestSubmit());
    expect(page.words("#name-trouble")).toContain("Emme saa yhteyttä. Yritämme itsestään uudelleen.");
    await page.pass(5_000);
    await page.does(() => void document.dispatchEvent(new Event("visibilitychange")));
    expect(page.words("#name-trouble")).toContain("Emme saa yhteyttä.");
    expect(entrance.entered).toEqual(["Mustikka", "Mustikka", "Mustikka"]);
    await page.write("#name", "Puolukka");
    await page.pass(60_000);
    expect(entrance.entered).toHaveLength(3);
    await page.does(() => page.root.querySelector<HTMLFormElement>("#join")?.requestSubmit());
    await page.pass(5_000);
    expect(entrance.entered.slice(3)).toEqual(["Puolukka", "Puolukka"]);
    expect(page.keep.get("ticket")).toBe("entered-5");
  });

  it("is tried again by itself until there is one", async () => {
    const entrance = new FakeEntrance();
    entrance.link = { kind: "unreachable" };
    const page = await door(entrance);
    expect(page.words("main")).toContain("Yritämme itsestään uudelleen.");
    await page.pass(5_000);
    expect(page.words("h1")).toBe("Emme saa yhteyttä");
    entrance.link = link();
    await page.pass(10_000);
    expect(page.words(".theme")).toContain("Uni");
  });
});
