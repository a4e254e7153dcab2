import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Prove, ProveContext } from "../staff/proof";
import { type Drawn, draw } from "../testing/draw";
import { FakeEntrance } from "../testing/fakes";
import { ofSomeSeries } from "../testing/programme_fixtures";
import { fakeDays, fakeOffice, NO_REGISTRATIONS } from "../testing/staff_fixtures";
import { CoordinatorConsole } from "./console";
import type { Office } from "./office";
import { accountsPage } from "./use_accounts";
import { sessionsPage } from "./use_sessions";

async function desk(
  change: Partial<Office> = {},
  prove: Prove | null = null,
): Promise<Drawn & { office: Office }> {
  await Promise.all([sessionsPage.bring(), accountsPage.bring()]);
  const office = fakeOffice(change);
  const drawn = await draw((app) => (
    <ProveContext.Provider value={prove}>
      <CoordinatorConsole
        page={{ app, keep: app.keep, entrance: new FakeEntrance() }}
        pass={{ secret: "s3cret" }}
        link={{ role: "coordinator", entered: false }}
        line={null}
        office={office}
        programme={ofSomeSeries()}
      />
    </ProveContext.Provider>
  ));
  return { ...drawn, office };
}

const chooseFile = (drawn: Drawn, name: string) =>
  drawn.does(() => {
    const input = drawn.root.querySelector<HTMLInputElement>("input[type=file]");
    if (!input) throw new Error("no file field");
    Object.defineProperty(input, "files", { configurable: true, value: [new File(["x"], name)] });
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
/** Somebody in row 5 who may be a person of the records. */
const question = {
  line: 5,
  told: { name: "Aino Aalto", supervisor: "Olli Ohjaaja", phone: "050 7654321" },
  people: [
    {
      person: 12,
      name: "Aino Aalto",
      supervisor: "Olli Ohjaaja",
      phone: "040 1234567",
      series: ["Etäkahvila"],
    },
  ],
  lines: [],
};
const choose = (drawn: Drawn, where: string, index: number) =>
  drawn.does(() => {
    drawn.root.querySelectorAll<HTMLInputElement>(`${where} input[type=radio]`)[index]?.click();
  });
const submit = (drawn: Drawn) =>
  drawn.does(() => {
    drawn.root.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  });

beforeEach(() => {
  location.hash = "";
});

describe("the programme", () => {
  it("shows the sessions by date, and the nearest that has not ended", async () => {
    const drawn = await desk();
    expect(drawn.words(".plan")).toBe(
      "12.11. Liikkuminen Vahvistettu, 31 ihmistä 26.11. Opiskelu ja työelämä Päättynyt, 5 ihmistä 3.12. " +
        "Uni Suunniteltu, 3 ihmistä 10.12. Erilainen joululoma Suunniteltu",
    );
    expect(drawn.words("main h1")).toBe("Uni");
    expect(drawn.words("main")).toContain("Torstaina 3.12. kello 9–13. Sarja: Etäkahvila.");
    expect(drawn.root.querySelector(".steps [aria-current]")?.textContent).toBe("Suunniteltu");
  });

  it("shows how help went in a session that has begun, by the kind of trouble", async () => {
    const drawn = await desk();
    expect(drawn.words("main")).not.toContain("Apupyynnöt tällä kerralla");
    await drawn.press("26.11. Opiskelu ja työelämä Päättynyt, 5 ihmistä");
    expect(drawn.words("main table")).toContain("En kuule340 s5 min 10 s");
  });

  it("says when the server does not answer, and asks again", async () => {
    let is_up = false;
    const office = fakeOffice();
    const drawn = await desk({
      sessions: () => (is_up ? office.sessions() : Promise.resolve({ kind: "unreachable" })),
    });
    expect(drawn.words(".note")).toContain("Palvelin ei vastaa.");
    is_up = true;
    await drawn.press("Yritä nyt");
    expect(drawn.words(".plan")).toContain("Uni");
  });

  it("takes a new session by hand, and leaves out what was left empty", async () => {
    const plan = vi.fn<Office["plan"]>(() => Promise.resolve({ kind: "ok", value: { id: 4 } }));
    const drawn = await desk({ plan });
    await drawn.press("Uusi teemakerta");
    await drawn.write("#session-theme", " Raha ");
    await drawn.write("#session-date", "2026-12-17");
    await submit(drawn);
    expect(plan).toHaveBeenCalledWith({
      theme: "Raha",
      series: "Etäkahvila",
      date: "2026-12-17",
      start: "09:00",
      end: "13:00",
    });
    expect(drawn.words("main h1")).toBe("Erilainen joululoma");
  });

  it("can plan a session without voice", async () => {
    const plan = vi.fn<Office["plan"]>(() => Promise.resolve({ kind: "ok", value: { id: 4 } }));
    const drawn = await desk({ plan });
    await drawn.press("Uusi teemakerta");
    await drawn.press("Puhe kuuluu tällä sivulla");
    await submit(drawn);
    expect(plan.mock.calls[0]?.[0].voice).toBe(false);
  });

  it("can plan an experience-story day, until the doors open", async () => {
    const plan = vi.fn<Office["plan"]>(() => Promise.resolve({ kind: "ok", value: { id: 4 } }));
    const drawn = await desk({ plan });
    await drawn.press("Uusi teemakerta");
    expect(drawn.words("main form")).toContain("Voit muuttaa tätä, kunnes ovet avataan.");
    await drawn.press("Kokemustarinapäivä");
    await submit(drawn);
    expect(plan.mock.calls[0]?.[0].anonymous_among_participants).toBe(true);
  });

  it("changes the settings and the items of a session, and sends no more than what was changed", async () => {
    const change = vi.fn<Office["change"]>((id) => Promise.resolve({ kind: "ok", value: { id } }));
    const drawn = await desk({ change });
    await drawn.press("Muokkaa");
    expect(drawn.root.querySelector<HTMLInputElement>("#session-present_percent")?.value).toBe("75");
    expect(drawn.words("main form")).toContain("Ohjelmassa on 45 min. Kerta kestää 240 min.");
    await drawn.press("Kuulijoita on paljon");
    await drawn.write("#session-present_minutes", "200");
    await drawn.write("#session-words", "tupakka\n \nviina ");
    await drawn.press("Siirrä ylemmäs: Lopetus");
    await drawn.press("Lisää kohta");
    await drawn.write("#agenda-2-title", " Vieras ");
    await drawn.press("Poista kohta : Alku");
    await submit(drawn);
    expect(change).toHaveBeenCalledWith(3, {
      theme: "Uni",
      series: "Etäkahvila",
      date: "2026-12-03",
      start: "09:00",
      end: "13:00",
      question: "Mikä auttaa sinua nukahtamaan?",
      help_phone: "09 000 0000",
      many_listeners: true,
      present_minutes: 200,
      words: ["tupakka", "viina"],
      agenda: [
        { id: 2, kind: "closing", title: "Lopetus", minutes: 15 },
        { kind: "discussion", title: "Vieras", minutes: 30 },
      ],
    });
  });

  it("leaves alone what nobody has touched", async () => {
    const change = vi.fn<Office["change"]>((id) => Promise.resolve({ kind: "ok", value: { id } }));
    const drawn = await desk({ change });
    await drawn.press("Muokkaa");
    await drawn.write("#session-theme", "Lepo");
    await submit(drawn);
    expect(Object.keys(change.mock.calls[0]?.[1] ?? {})).toEqual([
      "theme",
      "series",
      "date",
      "start",
      "end",
      "question",
      "help_phone",
    ]);
  });

  it("says what is wrong in the form, and keeps it filled in", async () => {
    const drawn = await desk({
      plan: () =>
        Promise.resolve({
          kind: "refused",
          refusal: { word: "invalid" },
          errors: [{ reason: "another_session_then", value: "Uni" }],
        }),
    });
    await drawn.press("Uusi teemakerta");
    await drawn.write("#session-theme", "Raha");
    await submit(drawn);
    expect(drawn.words(".note")).toContain("Samaan aikaan on jo Uni.");
    expect(drawn.root.querySelector<HTMLInputElement>("#session-theme")?.value).toBe("Raha");
  });
});

describe("people who may be one", () => {
  it("are shown to who coordinates all, and made one or told apart", async () => {
    const [one] = question.people;
    if (!one) throw new Error("nobody");
    const pairs = [{ one, other: { ...one, person: 14, phone: "050 7654321" } }];
    const answerSame = vi.fn(fakeOffice().answerSame);
    const samePeople: Office["samePeople"] = () => Promise.resolve({ kind: "ok", value: { pairs } });
    const drawn = await desk({ samePeople, answerSame });
    expect(drawn.words("main")).toContain("Nämä ovat luettelossa kahdesti.");
    await drawn.press("Sama : Aino Aalto");
    expect(answerSame).toHaveBeenLastCalledWith(12, 14, true);
    await drawn.press("Eri : Aino Aalto");
    expect(answerSame).toHaveBeenLastCalledWith(12, 14, false);
  });
});

describe("registrations from a file", () => {
  it("are looked at first: columns, and every bad row with its reason", async () => {
    const registrations = vi.fn(fakeOffice().registrations);
    const drawn = await desk({ registrations });
    await chooseFile(drawn, "ilmoittautuneet-uni.csv");
    const words = drawn.words("main");
    expect(words).toContain("ilmoittautuneet-uni.csv: 42 riviä. 3 kohtaa pitää korjata.");
    expect(words).toContain("Asiakas");
    expect(words).toContain("Ei käytetä");
    expect(drawn.words(".errors")).toContain("Rivi 7 Nimi puuttuu.");
    expect(drawn.words(".errors")).toContain("Rivi 31 Sama ihminen on jo rivillä 12.");
    expect(() => drawn.button("Tallenna 42 riviä")).toThrow();
    expect(registrations.mock.calls.map(([id, , is_dry_run]) => [id, is_dry_run])).toEqual([[3, true]]);
  });

  it("are stored whole, once they are right", async () => {
    const registrations = vi.fn<Office["registrations"]>((_, __, is_dry_run) =>
      Promise.resolve({
        kind: "ok",
        value: { ...NO_REGISTRATIONS, rows: 2, imported: is_dry_run ? 0 : 2 },
      }),
    );
    const drawn = await desk({ registrations });
    await chooseFile(drawn, "uni.csv");
    await drawn.press("Tallenna 2 riviä");
    expect(registrations.mock.calls.map(([, , is_dry_run]) => is_dry_run)).toEqual([true, false]);
    expect(drawn.words("main")).toContain("2 osallistujaa on tallennettu.");
  });

  it("ask about who may be known, and are stored when all is answered", async () => {
    const registrations = vi.fn<Office["registrations"]>((_, __, is_dry_run) =>
      Promise.resolve({
        kind: "ok",
        value: is_dry_run
          ? { ...NO_REGISTRATIONS, rows: 2, known: 1, questions: [question] }
          : { ...NO_REGISTRATIONS, rows: 2, imported: 1 },
      }),
    );
    const drawn = await desk({ registrations });
    await chooseFile(drawn, "uni.csv");
    expect(drawn.words("main")).toContain("uni.csv: 2 riviä. 1 tunnetaan ennestään. 1 kysymys.");
    expect(drawn.words(".same")).toContain("Rivi 5 Aino Aalto Olli Ohjaaja · 050 7654321");
    expect(drawn.words(".same")).toContain("Sama: Aino Aalto Olli Ohjaaja · 040 1234567 · Etäkahvila");
    await drawn.press("Tallenna 2 riviä");
    expect(registrations).toHaveBeenCalledTimes(1);
    await choose(drawn, ".same", 0);
    await drawn.press("Tallenna 2 riviä");
    expect(registrations.mock.lastCall?.[2]).toBe(false);
    expect([...(registrations.mock.lastCall?.[3] ?? [])]).toEqual([[5, 12]]);
    expect(drawn.words("main")).toContain("1 osallistuja on tallennettu.");
  });

  it("can be dropped", async () => {
    const drawn = await desk();
    await chooseFile(drawn, "uni.csv");
    await drawn.press("Peru tuonti");
    expect(drawn.words("main")).not.toContain("42 riviä");
  });
});

describe("invitations", () => {
  it("are made for those who have none, and shown once", async () => {
    const invite = vi.fn(fakeOffice().invite);
    const drawn = await desk({ invite });
    await drawn.press("Tee 3 kutsua");
    expect(invite).toHaveBeenCalledWith(3, [12, 13, 4], false, {});
    const words = drawn.words(".batch");
    expect(words).toContain("Linkit näkyvät vain nyt.");
    expect(words).toContain("K7PM 4RXT");
    expect(words).toContain("Lue näin: Kalle, seitsemän, Paavo, Matti.");
    expect(words).toContain("https://kahvila.esimerkki.fi/staff#");
    expect(drawn.root.querySelectorAll(".batch .qr")).toHaveLength(3);
  });

  it("are put away only after a question", async () => {
    const drawn = await desk();
    await drawn.press("Tee 3 kutsua");
    await drawn.press("Sulje kutsut");
    expect(drawn.words()).toContain("Linkkejä ei voi näyttää uudelleen.");
    await drawn.press("Kyllä, sulje");
    expect(drawn.root.querySelector(".batch")).toBeNull();
  });

  it("begin and end when they are told to, by Helsinki's clock", async () => {
    const invite = vi.fn(fakeOffice().invite);
    const drawn = await desk({ invite });
    await drawn.write("#invite-from", "2026-12-01T08:00");
    await drawn.write("#invite-until", "2026-12-03T20:00");
    await drawn.press("Tee 3 kutsua");
    expect(invite.mock.calls[0]?.[3]).toEqual({
      not_before: Date.UTC(2026, 11, 1, 6),
      expires: Date.UTC(2026, 11, 3, 18),
    });
  });

  it("are made anew for one, after a word about what stops working", async () => {
    const invite = vi.fn(fakeOffice().invite);
    const drawn = await desk({ invite });
    await drawn.press("Tee uusiTee uusi kutsu: Osallistuja 1");
    expect(drawn.words()).toContain("Entinen linkki ja koodi lakkaavat toimimasta heti.");
    await drawn.press("Tee uusi kutsu");
    expect(invite).toHaveBeenCalledWith(3, [expect.any(Number)], true, {});
  });

  it("come on a sheet that the server makes of them, and one by one for a calendar", async () => {
    const sheet = vi.fn(fakeOffice().sheet);
    const drawn = await desk({ sheet });
    URL.createObjectURL = vi.fn(() => "blob:x");
    await drawn.press("Tee 3 kutsua");
    await drawn.press("Lataa taulukko");
    await drawn.press("Lataa CSV");
    await drawn.press("Kalenteriin : Osallistuja 2");
    expect(sheet.mock.calls.map(([id, format, which]) => [id, format, which.length])).toEqual([
      [3, "xlsx", 3],
      [3, "csv", 3],
      [3, "ics", 1],
    ]);
  });

  it("are copied one by one", async () => {
    const writeText = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    const drawn = await desk();
    await drawn.press("Tee 3 kutsua");
    await drawn.press("Kopioi linkki : Osallistuja 2");
    expect(writeText).toHaveBeenCalledWith("https://kahvila.esimerkki.fi/#4rXtK7pMzQ9wB2nVd8sLhA12");
    expect(drawn.words(".batch")).toContain("Linkki on kopioitu.");
  });
});

describe("attendance", () => {
  it("is shown of a session that has ended: proposals, and what stands behind them", async () => {
    location.hash = "#attendance";
    const drawn = await desk();
    expect(drawn.words("main")).toContain("Läsnäolo näkyy, kun teemakerta on päättynyt.");
    await drawn.does(() => drawn.root.querySelectorAll<HTMLElement>(".pick-session")[1]?.click());
    const words = drawn.words("main");
    expect(words).toContain("Läsnäolo: Opiskelu ja työelämä");
    expect(words).toContain("Laskettava aika 6.14–10.14, 4 h.");
    const rows = [...drawn.root.querySelectorAll("tbody tr")].map((row) => row.textContent);
    expect(rows[0]).toContain("Osallistuja 3");
    expect(rows[0]).toContain("Tarkista");
    expect(rows.at(-1)).toContain("Vapaaehtoinen. Poissaoloa ei merkitä.");
    expect(rows.at(-1)).not.toContain("Ei nähty");
    expect(drawn.root.querySelectorAll("tbody button")).toHaveLength(rows.length);
    expect(drawn.words("main details")).toContain("Keskimäärin paikalla9,4");
  });

  it("answers who has seen the data of one person, and who decided", async () => {
    location.hash = "#attendance";
    const drawn = await desk();
    await drawn.does(() => drawn.root.querySelectorAll<HTMLElement>(".pick-session")[1]?.click());
    await drawn.does(() => drawn.root.querySelector<HTMLElement>("tbody td button")?.click());
    const words = drawn.words("dialog");
    expect(words).toContain("Moderaattori 1 katsoi läsnäoloa, Uni");
    expect(words).toContain("Koordinaattorin linkki katsoi osallistujia");
    expect(words).toContain("Moderaattori 1 merkitsi: Läsnä, Uni");
  });

  it("is saved as the server's own file", async () => {
    location.hash = "#attendance";
    const file = vi.fn(fakeDays().file);
    const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
    const drawn = await desk({ days: fakeDays({ file }) });
    await drawn.does(() => drawn.root.querySelectorAll<HTMLElement>(".pick-session")[1]?.click());
    await drawn.press("Lataa taulukko");
    expect(file).toHaveBeenCalledWith(2, "xlsx", "fi");
    expect((click.mock.contexts[0] as HTMLAnchorElement).download).toBe(
      "lasnaolo-opiskelu-ja-tyoelama-2026-11-26.xlsx",
    );
  });
});

describe("people, one by one", () => {
  const field = (drawn: Drawn, id: string, text: string) =>
    drawn.does(() => {
      const input = drawn.root.querySelector<HTMLInputElement>(`#${id}`);
      if (!input) throw new Error(`no field ${id}`);
      input.value = text;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });

  it("are added, and what is empty is not sent", async () => {
    const addPerson = vi.fn(fakeOffice().addPerson);
    const drawn = await desk({ addPerson });
    await drawn.press("Lisää osallistuja");
    // The kinds of the site; one that has ended is not given to somebody new.
    const kinds = [...drawn.root.querySelectorAll("#person-decision option")].map((one) => one.textContent);
    expect(kinds).toEqual([
      "Ei päätöstä",
      "Sosiaalinen kuntoutus",
      "Kuntouttava työtoiminta",
      "Vammaisten työtoiminta",
    ]);
    await field(drawn, "person-name", " Osallistuja 9 ");
    await field(drawn, "person-phone", "");
    await drawn.does(() => {
      drawn.root
        .querySelector("dialog form")
        ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    });
    expect(addPerson).toHaveBeenCalledWith(3, { name: "Osallistuja 9" });
    expect(drawn.root.querySelector("dialog")).toBeNull();
  });

  it("are asked about when somebody known may be meant, and stored with the answer", async () => {
    const addPerson = vi.fn<Office["addPerson"]>((_, __, same) =>
      Promise.resolve({ kind: "ok", value: same === undefined ? { question } : { person: 7 } }),
    );
    const drawn = await desk({ addPerson });
    await drawn.press("Lisää osallistuja");
    await field(drawn, "person-name", "Aino Aalto");
    const send = () =>
      drawn.does(() => {
        drawn.root
          .querySelector("dialog form")
          ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
      });
    await send();
    expect(drawn.words("dialog")).toContain("Onko sama ihminen?");
    expect(drawn.words("dialog")).toContain("Sama: Aino Aalto");
    await send();
    expect(drawn.words("dialog")).toContain("Vastaa ensin kysymykseen.");
    expect(addPerson).toHaveBeenCalledTimes(1);
    await choose(drawn, "dialog .same", 1);
    await send();
    expect(addPerson).toHaveBeenLastCalledWith(3, { name: "Aino Aalto" }, null);
    expect(drawn.root.querySelector("dialog")).toBeNull();
  });

  it("are told what is wrong, beside the form", async () => {
    const drawn = await desk({
      addPerson: () =>
        Promise.resolve({
          kind: "refused",
          refusal: { word: "invalid" },
          errors: [{ reason: "phone_unclear", value: "soita" }],
        }),
    });
    await drawn.press("Lisää osallistuja");
    await drawn.does(() => {
      drawn.root
        .querySelector("dialog form")
        ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    });
    expect(drawn.words("dialog")).toContain("Puhelinnumero ”soita” on epäselvä.");
  });

  it("have their absence noted, and stay when they have been there", async () => {
    const absence = vi.fn(fakeDays().absence);
    const removePerson = () =>
      Promise.resolve({ kind: "refused" as const, refusal: { word: "not_now" as const } });
    const drawn = await desk({ days: fakeDays({ absence }), removePerson });
    await drawn.press("MuokkaaMuokkaa: Osallistuja 1");
    await field(drawn, "person-absence", "hammaslääkäri");
    await drawn.press("Merkitse poissaolo ilmoitetuksi");
    expect(absence).toHaveBeenCalledWith(3, 11, true, "hammaslääkäri");
    await drawn.press("MuokkaaMuokkaa: Osallistuja 1");
    await drawn.press("Poista tästä kerrasta");
    await drawn.press("Poista");
    expect(drawn.words("dialog")).toContain("Hän pysyy päivän listalla.");
  });
});

describe("a session", () => {
  it("is changed in the form in which it was made, and copied without its date", async () => {
    const change = vi.fn(fakeOffice().change);
    const drawn = await desk({ change });
    await drawn.press("Muokkaa");
    expect(drawn.words("main h1")).toBe("Muokkaa: Uni");
    await submit(drawn);
    expect(change).toHaveBeenCalledWith(3, {
      theme: "Uni",
      series: "Etäkahvila",
      date: "2026-12-03",
      start: "09:00",
      end: "13:00",
      question: "Mikä auttaa sinua nukahtamaan?",
      help_phone: "09 000 0000",
    });
    await drawn.press("Kopioi");
    expect(drawn.root.querySelector<HTMLInputElement>("#session-date")?.value).toBe("");
  });
});

describe("accounts of the staff", () => {
  it("are made with roles, and their link is shown once", async () => {
    location.hash = "#accounts";
    const addAccount = vi.fn(fakeOffice().addAccount);
    const drawn = await desk({ addAccount });
    expect(drawn.words("main")).toContain("Aino Ahonen Ei vielä salasanaa Ohjaaja, Etäkahvila");
    // Who guessed at what, and that others were not hindered.
    expect(drawn.words("main")).toContain(
      "Salasana: Aino Ahonen 3.12.2026 kello 9.05–9.21 214 yritystä, 6 eri verkosta",
    );
    await drawn.press("Uusi tili");
    await drawn.does(() => {
      const name = drawn.root.querySelector<HTMLInputElement>("#account-name");
      const role = drawn.root.querySelector<HTMLSelectElement>("#role-moderator");
      if (!name || !role) throw new Error("no form");
      name.value = "Mari";
      name.dispatchEvent(new Event("input", { bubbles: true }));
      role.value = "Etäkahvila";
      role.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await drawn.does(() => {
      drawn.root
        .querySelector("dialog form")
        ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    });
    expect(addAccount).toHaveBeenCalledWith({
      name: "Mari",
      roles: [{ role: "moderator", series: "Etäkahvila" }],
    });
    expect(drawn.words(".note.good")).toContain("https://kahvila.esimerkki.fi/staff#password=x");
  });

  it("give no link away from a page that was left open: the password is asked for first", async () => {
    location.hash = "#accounts";
    let is_proved = false;
    const refused = { kind: "refused" as const, refusal: { word: "password_asked" as const } };
    const passwordLink = vi.fn<Office["passwordLink"]>((account) =>
      is_proved ? fakeOffice().passwordLink(account) : Promise.resolve(refused),
    );
    const drawn = await desk({ passwordLink }, () => {
      is_proved = true;
      return Promise.resolve({ kind: "ok", value: { until: 1 } });
    });
    await drawn.press("Salasanalinkki : Aino Ahonen");
    expect(drawn.words("main")).not.toContain("#password=");
    await drawn.write("#proof-password", "kahvi ja pulla");
    await drawn.does(() => {
      drawn.root
        .querySelector("dialog form")
        ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    });
    expect(drawn.words(".note.good")).toContain("#password=");
  });
});
