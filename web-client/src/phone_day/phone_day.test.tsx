import { describe, expect, it } from "vitest";
import { draw } from "../testing/draw";
import {
  at,
  FakePhoneDay,
  PHONE_NOW,
  phoneDayShown,
  phoneRow,
  VANAMO_27,
} from "../testing/phone_day_fixtures";
import { bestTime, checkClocks, nextUp } from "./next_call";
import { PhoneDayPage } from "./phone_day_page";

const ME = "Työnjohtaja 1";

async function page(server = new FakePhoneDay(), now = () => PHONE_NOW) {
  const drawn = await draw(() => (
    <PhoneDayPage
      requests={server.requests}
      within=""
      by={ME}
      attendanceOf={(session) => `#attendance/${session}`}
      now={now}
    />
  ));
  const inHand = () => drawn.words("#phone-now");
  const choose = (label: string, is_whole = false) =>
    drawn.does(() => {
      const found = [...drawn.root.querySelectorAll("label")].find(({ textContent }) =>
        is_whole ? textContent?.trim() === label : textContent?.includes(label),
      );
      if (!found) throw new Error(`no ${label} in: ${drawn.words()}`);
      found.querySelector("input")?.click();
    });
  const submit = () =>
    drawn.does(() => {
      drawn.root
        .querySelector(".call form")
        ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    });
  return { ...drawn, server, inHand, choose, submit };
}

describe("who is next", () => {
  const none = new Set<number>();
  const next = (...rows: Parameters<typeof nextUp>[0]) => nextUp(rows, ME, PHONE_NOW, none)?.name;

  it("is who has answered this worker, then a check that is due, then somebody to call", () => {
    const answered = phoneRow(1, "Vastannut", { state: "called", by: ME });
    const of_other = phoneRow(2, "Toisen", { state: "called", by: "Työnjohtaja 2" });
    const due = phoneRow(3, "Tarkistettava", { state: "doing", check_at: at(9, 40) });
    const not_due = phoneRow(4, "Tekijä", { state: "doing", check_at: at(9, 43) });
    expect(next(VANAMO_27, due, answered, of_other)).toBe("Vastannut");
    expect(next(VANAMO_27, not_due, due, of_other)).toBe("Tarkistettava");
    expect(next(VANAMO_27, not_due, of_other)).toBe("Vanamo");
    expect(next(not_due, of_other)).toBeUndefined();
  });

  it("is whose best time is now, then with the fewest tries, and nobody again within a quarter of an hour", () => {
    const tried = phoneRow(1, "Yritetty", { tries: [at(8)] });
    const just = phoneRow(2, "Juuri", { tries: [at(9, 30)] });
    const later = phoneRow(3, "Aamulla", { best_time: "klo 12-14" });
    const any = phoneRow(4, "Milloin vain");
    expect(next(any, tried, VANAMO_27)).toBe("Vanamo");
    expect(next(tried, any, later)).toBe("Milloin vain");
    expect(next(later, tried)).toBe("Yritetty");
    expect(next(just, later)).toBe("Aamulla");
    expect(next(just)).toBeUndefined();
    expect(
      next(phoneRow(5, "Ei", { state: "not_reached" }), phoneRow(6, "Poissa", { state: "excused" })),
    ).toBe(undefined);
  });

  it("is who was skipped when there is nobody else", () => {
    const [one, other] = [phoneRow(1, "Eka"), phoneRow(2, "Toka")];
    expect(nextUp([one, other], ME, PHONE_NOW, new Set([1]))?.name).toBe("Toka");
    expect(nextUp([one], ME, PHONE_NOW, new Set([1]))?.name).toBe("Eka");
  });

  it("reads best times as people write them", () => {
    expect(bestTime("kello 9–11", PHONE_NOW)).toBe("now");
    expect(bestTime("8.30-9.30", PHONE_NOW)).toBe("over");
    expect(bestTime("klo 10 - 12", PHONE_NOW)).toBe("later");
    expect(bestTime("iltapäivällä", PHONE_NOW)).toBeNull();
    expect(bestTime(undefined, PHONE_NOW)).toBeNull();
  });

  it("is checked on the half hour, within the day", () => {
    expect(checkClocks(PHONE_NOW, at(16))).toEqual([at(11), at(12, 30), at(14)]);
    expect(checkClocks(at(14, 50), at(16))).toEqual([at(16)]);
    expect(checkClocks(at(15, 30), at(16))).toEqual([at(16)]);
    expect(checkClocks(at(16), at(16))).toEqual([]);
  });
});

describe("a day by phone", () => {
  it("shows the check that is due, everybody's state, and no reason of an absence", async () => {
    const drawn = await page();
    expect(drawn.inHand()).toBe("Haapa");
    expect(drawn.words(".call")).toContain("Tarkista, sovittu kello 9.30");
    expect(drawn.words(".tally")).toBe(
      "2 soittamatta 2 tekee 1 tarkistettu 1 ei tavoitettu 1 kertoi poissaolosta",
    );
    const list = drawn.words("table");
    expect(list).toContain("Ei vastannut kerran");
    expect(list).toContain("yritetty kello 8.15, 9.00, 9.36");
    expect(list).toContain("Ilmoitti poissaolon");
    expect(list).toContain("paras aika kello 9–11");
  });

  it("goes from a check to a call, to a task, and on", async () => {
    const drawn = await page();
    await drawn.choose("60 min");
    await drawn.write("#check-11-note", " Löysi uuden reitin. ");
    await drawn.write("#check-11-agreed", "Metsäretki");
    await drawn.submit();
    expect(drawn.server.noted).toEqual([
      {
        person: 11,
        version: 3,
        is_done: true,
        minutes: 60,
        note: "Löysi uuden reitin.",
        agreed: "Metsäretki",
      },
    ]);
    expect(drawn.inHand()).toBe("Vanamo");
    expect(document.activeElement).toBe(drawn.root.querySelector("#phone-now"));
    expect(drawn.root.querySelector(".call a[href='tel:0000000027']")).not.toBeNull();
    expect(drawn.words(".facts")).toBe(
      "Paras aikakello 9–11Viimeksi26.11.2020 kierrätyskävely, 90 minSovittu”Haluan kokeilla kädentaitoja.”",
    );
    await drawn.press("Vastasi");
    expect(drawn.words(".call")).toContain("Mikä tehtävä?");
    await drawn.choose("Paikkaa yksi vaate");
    await drawn.submit();
    expect(drawn.server.noted.slice(1)).toEqual([
      { person: 27, version: 0, answered: true },
      { person: 27, version: 1, title: "Paikkaa yksi vaate", minutes: 90, check_at: "12.30" },
    ]);
    expect(drawn.inHand()).toBe("Saukko");
    await drawn.press("Ei vastannut");
    expect(drawn.inHand()).toBe("Nyt ei tarvitse soittaa kenellekään.");
  });

  it("takes a task in one's own words, and says what is missing", async () => {
    const drawn = await page(new FakePhoneDay(phoneDayShown({ people: [VANAMO_27], tasks: [] })));
    await drawn.press("Vastasi");
    await drawn.choose("Muu tehtävä");
    await drawn.submit();
    expect(drawn.words(".call .note")).toContain("Kirjoita tehtävä.");
    await drawn.write("#task-27-title", " Lumityöt ");
    await drawn.write("#task-27-minutes", "paljon");
    await drawn.submit();
    expect(drawn.words(".call .note")).toContain("Kirjoita minuutit numeroina");
    await drawn.write("#task-27-minutes", "45");
    await drawn.choose("Muu", true);
    await drawn.write("#task-27-check-clock", "13:15");
    await drawn.submit();
    expect(drawn.server.noted[1]).toEqual({
      person: 27,
      version: 1,
      title: "Lumityöt",
      minutes: 45,
      check_at: "13:15",
    });
  });

  it("is not ready yet: another clock", async () => {
    const drawn = await page();
    await drawn.press("Ei vielä");
    await drawn.submit();
    expect(drawn.words(".call .note")).toContain("Valitse kellonaika.");
    await drawn.choose("12.30");
    await drawn.submit();
    expect(drawn.server.noted).toEqual([{ person: 11, version: 3, is_done: false, check_at: "12.30" }]);
    expect(drawn.inHand()).toBe("Vanamo");
  });

  it("loses nothing that is typed when the line is away, and says so", async () => {
    const drawn = await page();
    await drawn.write("#check-11-note", "Kertoi retkestä");
    drawn.server.is_away = true;
    await drawn.submit();
    expect(drawn.words(".call .note")).toContain("Ei tallentunut. Yritä uudelleen.");
    expect(drawn.root.querySelector<HTMLInputElement>("#check-11-note")?.value).toBe("Kertoi retkestä");
    drawn.server.is_away = false;
    await drawn.submit();
    expect(drawn.server.noted).toHaveLength(1);
  });

  it("tells who was first, and shows how it stands", async () => {
    const drawn = await page(new FakePhoneDay(phoneDayShown({ people: [VANAMO_27] })));
    drawn.server.conflicts.set(
      27,
      phoneRow(27, "Vanamo", { tries: [at(9, 41)], version: 1, by: "Työnjohtaja 2" }),
    );
    await drawn.press("Ei vastannut");
    expect(drawn.words(".note")).toContain("Työnjohtaja 2 ehti ensin: Vanamo.");
    expect(drawn.words("table")).toContain("Ei vastannut kerran");
    expect(drawn.server.noted).toEqual([]);
  });

  it("opens anybody from the list, skips, and takes the last back", async () => {
    const drawn = await page();
    await drawn.press("Ohita nyt");
    expect(drawn.inHand()).toBe("Vanamo");
    await drawn.press("Avaa: Ahomansikka");
    expect(drawn.words(".call")).toContain("Ahomansikka");
    await drawn.press("Vastasi");
    expect(drawn.words(".call")).toContain("Ahomansikka vastasi kello 9.42");
    await drawn.press("Takaisin");
    expect(drawn.server.noted).toEqual([
      { person: 14, version: 3, answered: true },
      { person: 14, version: 4 },
    ]);
  });

  it("shows one's own people alone, and ends with what it will do", async () => {
    const drawn = await page();
    await drawn.choose("Omat 1");
    expect(drawn.root.querySelectorAll("tbody tr")).toHaveLength(1);
    await drawn.press("Lopeta päivä");
    expect(drawn.words()).toContain("Läsnä oleviksi ehdotetaan: 1. Sinun päätettäväksesi jää: 6.");
    await drawn.press("Lopeta päivä");
    expect(drawn.words(".note")).toContain("Päivä on lopetettu.");
    expect(location.hash).toBe("#attendance/40");
    location.hash = "";
  });

  it("tells who works in it, and lets who coordinates all place them", async () => {
    const drawn = await page();
    expect(drawn.words("[aria-labelledby=phone-workers]")).toBe("Päivän työntekijät Olli");
    const free = [{ person: 4, name: "Liisa" }];
    const server = new FakePhoneDay(phoneDayShown({ period_id: 2, free }));
    const of_all = await page(server);
    await of_all.press("Liisa");
    await of_all.press("Ei tule: Olli");
    expect(server.noted).toEqual([
      { period: 2, person: 4, role: "moderator", session: 40 },
      { period: 2, person: 3, role: "moderator", is_away: true, session: 40 },
    ]);
  });

  it("keeps what an act was answered with, and what is typed, until a later look is answered", async () => {
    const drawn = await page(new FakePhoneDay(phoneDayShown({ people: [VANAMO_27], tasks: [] })));
    await drawn.press("Vastasi");
    await drawn.choose("Muu tehtävä");
    await drawn.write("#task-27-title", "Lumityöt");
    const typed = () => drawn.root.querySelector<HTMLInputElement>("#task-27-title")?.value;
    let come = () => {};
    drawn.server.day_comes = new Promise((comes) => {
      come = comes;
    });
    await drawn.pass(30_000);
    expect(typed()).toBe("Lumityöt");
    await drawn.does(() => come());
    expect(typed()).toBe("Lumityöt");
  });

  it("takes an act that is answered before the look that was asked before it", async () => {
    const drawn = await page(new FakePhoneDay(phoneDayShown({ people: [VANAMO_27], tasks: [] })));
    const { day } = drawn.server.requests;
    const before = drawn.server.shown;
    let come = () => {};
    const comes = new Promise<void>((done) => {
      come = done;
    });
    drawn.server.requests.day = async () => {
      await comes;
      return { kind: "ok", value: before };
    };
    await drawn.pass(30_000);
    await drawn.press("Vastasi");
    await drawn.does(() => come());
    expect(drawn.words(".call")).toContain("Mikä tehtävä?");
    drawn.server.requests.day = day;
    drawn.server.shown = phoneDayShown({ people: [phoneRow(99, "Uusi")] });
    await drawn.pass(30_000);
    expect(drawn.inHand()).toBe("Uusi");
  });

  it("keeps the one in hand when somebody's check becomes due", async () => {
    let now = at(9, 42);
    const due_soon = phoneRow(12, "Kataja", {
      state: "doing",
      task: { title: "Retki", minutes: 60 },
      check_at: at(9, 43),
    });
    const server = new FakePhoneDay(phoneDayShown({ people: [VANAMO_27, due_soon] }));
    const drawn = await page(server, () => now);
    expect(drawn.inHand()).toBe("Vanamo");
    now = at(9, 44);
    await drawn.pass(30_000);
    expect(drawn.inHand()).toBe("Vanamo");
    await drawn.press("Ohita nyt");
    expect(drawn.inHand()).toBe("Kataja");
  });

  it("tells that the words of a check were emptied", async () => {
    const raita = phoneRow(13, "Raita", {
      state: "checked",
      version: 4,
      task: { title: "Ruokapäiväkirja", minutes: 60 },
      minutes: 60,
      note: "Kesken",
      agreed: "Retki",
    });
    const drawn = await page(new FakePhoneDay(phoneDayShown({ people: [raita] })));
    await drawn.press("Avaa: Raita");
    await drawn.write("#check-13-note", "");
    await drawn.write("#check-13-agreed", " ");
    await drawn.submit();
    expect(drawn.server.noted).toEqual([
      { person: 13, version: 4, is_done: true, minutes: 60, note: "", agreed: "" },
    ]);
  });

  it("asks again by itself", async () => {
    const drawn = await page();
    drawn.server.shown = phoneDayShown({ people: [phoneRow(99, "Uusi")] });
    await drawn.pass(30_000);
    expect(drawn.words("tbody")).toContain("Uusi");
  });
});
