import { describe, expect, it, vi } from "vitest";
import { ProveContext } from "../staff/proof";
import { type Drawn, draw } from "../testing/draw";
import { erasureShown, fakeKeeping, keepingPage, LAST_NIGHT, SAUKKO } from "../testing/keeping_fixtures";
import { ok } from "../testing/people_fixtures";
import type { Language } from "../text/language";
import { KeepingPage } from "./keeping_page";
import type { KeepingRequests } from "./requests";

const page = (change: Partial<KeepingRequests> = {}, language: Language = "fi") =>
  draw(() => <KeepingPage requests={fakeKeeping(change)} sessions={[]} />, { language });
const refused = (word: string) => () =>
  Promise.resolve({ kind: "refused" as const, status: 409, refusal: { word } } as never);
const submit = (drawn: Drawn, form: string) =>
  drawn.does(() => {
    drawn.root.querySelector(form)?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  });

/** Looks for Saukko, who is found. */
async function withSaukko(change: Partial<KeepingRequests> = {}) {
  const drawn = await page(change);
  const field = drawn.root.querySelector<HTMLInputElement>("form.field input");
  await drawn.write(`#${CSS.escape(field?.id ?? "")}`, "saukko");
  await submit(drawn, "form.field");
  return drawn;
}
const choose = (drawn: Drawn, label: string) =>
  drawn.does(() => {
    const found = [...drawn.root.querySelectorAll(".seg label")].find(
      (one) => one.textContent?.trim() === label,
    );
    found?.querySelector("input")?.click();
  });

describe("keeping", () => {
  it("tells what is kept how long, what the last night took, and the log without a name", async () => {
    const drawn = await page();
    expect(drawn.words(".note.good")).toBe(
      "Yön poisto 30.11. kello 3.10 onnistui. Poistettu: 3 huonetta, 31 palautusta, 2 ihmistä, 1 päivä tai jakso.",
    );
    const rows = [...drawn.root.querySelectorAll("tbody tr")].map((row) => row.textContent ?? "");
    expect(rows).toHaveLength(13);
    expect(rows[0]).toContain("30 päivää vahvistamisesta");
    expect(rows[5]).toContain("Viimeisen jakson loppu + 10 vuotta");
    // A kind whose time is another than the usual.
    expect(rows[5]).toContain("Kuntouttava työtoiminta: 12 vuotta");
    expect(rows[5]).not.toContain("Sosiaalinen kuntoutus");
    expect(rows[7]).toContain("Jakson loppuun");
    expect(rows[12]).toContain("Ei koskaan talleteta");
    const log = [...drawn.root.querySelectorAll(".todo > li")].map((one) => one.textContent ?? "");
    expect(log[1]).toContain("Yksi ihminen: sanat poistettu, merkinnät jäivät lain nojalla");
    expect(log[2]).toContain("Ei poistettavaa.");
    expect((await page({}, "en")).words()).toContain("30 days after the seal");
  });

  it("tries without erasing", async () => {
    const drawn = await page();
    await drawn.press("Katso, mitä poistuisi");
    expect(drawn.words()).toContain(
      "Tämä poistuisi nyt. Mitään ei poistettu. Viestit, vuorot ja apu: 2 huonetta",
    );
  });

  it("says that nothing is erased while the clock is in doubt, and goes on by a word", async () => {
    const confirmTime = vi.fn(() => ok(keepingPage()));
    const drawn = await page({ show: () => ok(keepingPage({ is_time_doubted: true })), confirmTime });
    expect(drawn.words(".note.stop")).toContain("Palvelimen kello voi olla väärässä. Mitään ei poisteta.");
    await drawn.press("Kello on oikein");
    expect(confirmTime).toHaveBeenCalledWith({ is_right: true });
    expect(drawn.root.querySelector(".note.stop")).toBeNull();
  });

  it("says that a night did not go through, and which days nobody has sealed", async () => {
    const drawn = await page({
      show: () =>
        ok(
          keepingPage({
            failed_at: LAST_NIGHT,
            unsealed: [{ session: 4, theme: "Uni ja lepo", starts_at: LAST_NIGHT }],
          }),
        ),
    });
    expect(drawn.words(".note.stop")).toContain("Yön poisto 30.11. kello 3.10 jäi kesken.");
    expect(drawn.words()).toContain("1 päivä odottaa vahvistusta");
    expect(drawn.root.querySelector('a[href="#attendance/4"]')?.textContent).toBe("30.11. Uni ja lepo");
  });

  it("changes a time within what is allowed, of a kind of decision too", async () => {
    const putRule = vi.fn((_: unknown) => ok(keepingPage()));
    const drawn = await page({ putRule });
    await drawn.press("Muuta aikoja");
    const select = drawn.root.querySelector<HTMLSelectElement>("dialog select");
    await drawn.does(() => {
      if (!select) throw new Error("no select");
      select.value = "day_records work_activity";
      select.dispatchEvent(new Event("change", { bubbles: true }));
    });
    const time = () => drawn.root.querySelector<HTMLInputElement>("dialog input[type=number]");
    expect(time()?.value).toBe("12");
    expect(drawn.words("dialog")).toContain("Vähintään 1, enintään 50. Tavallisesti 10.");
    await drawn.write(`#${CSS.escape(time()?.id ?? "")}`, "99");
    await submit(drawn, "dialog form");
    expect(putRule).not.toHaveBeenCalled();
    await drawn.write(`#${CSS.escape(time()?.id ?? "")}`, "15");
    await submit(drawn, "dialog form");
    expect(putRule.mock.calls).toEqual([[{ rule: "day_records", kind: "work_activity", time: 15 }]]);
    expect(drawn.root.querySelector("dialog")).toBeNull();
  });

  it("asks whoever left the page long ago for the password, before a hold ends or a time changes", async () => {
    let is_proved = false;
    const endHold = vi.fn(() => (is_proved ? ok(keepingPage({ holds: [] })) : refused("password_asked")()));
    const prove = vi.fn(() => {
      is_proved = true;
      return ok({ until: 1 });
    });
    const drawn = await draw(() => (
      <ProveContext.Provider value={prove}>
        <KeepingPage requests={fakeKeeping({ endHold })} sessions={[]} />
      </ProveContext.Provider>
    ));
    await drawn.press("Päätä poistokielto : 22.10. Vuorovaikutus");
    await drawn.press("Päätä poistokielto");
    expect(drawn.words("dialog")).toContain("Anna salasana uudelleen");
    await drawn.write("#proof-password", "kahvi ja pulla");
    await submit(drawn, "dialog form");
    expect(prove).toHaveBeenCalledWith({ password: "kahvi ja pulla" });
    expect(endHold).toHaveBeenCalledTimes(2);
    expect(drawn.root.querySelector("dialog")).toBeNull();
  });

  it("ends a hold in two steps", async () => {
    const endHold = vi.fn((_: unknown) => ok(keepingPage({ holds: [] })));
    const drawn = await page({ endHold });
    expect(drawn.words()).toContain("Poistokielto on voimassa 31.1.2021 asti.");
    await drawn.press("Päätä poistokielto : 22.10. Vuorovaikutus");
    expect(endHold).not.toHaveBeenCalled();
    await drawn.press("Päätä poistokielto");
    expect(endHold.mock.calls).toEqual([[{ hold: 2 }]]);
    expect(drawn.words()).toContain("Poistokieltoja ei ole.");
  });
});

describe("a person's request", () => {
  it("shows what goes and what stays, and erases after a second step that says it cannot be undone", async () => {
    const erase = vi.fn((_: number, __: unknown) => ok({ run: 10, rooms: 6, waiting_days: 1 }));
    const drawn = await withSaukko({ erase });
    await choose(drawn, "Poistaminen");
    await drawn.press("Katso, mitä poistuu");
    expect(drawn.words()).toContain("Tehtävät ja vastaukset 12");
    expect(drawn.words()).toContain("Läsnäolomerkinnät 11 ja niiden perusteet. Laki 703/2023");
    await drawn.press("Poista sanat ja yhteystiedot");
    expect(erase).not.toHaveBeenCalled();
    expect(drawn.words("dialog")).toContain("Poistettua ei saa takaisin.");
    await drawn.press("Poista lopullisesti");
    expect(erase.mock.calls).toEqual([[SAUKKO.person, { is_understood: true }]]);
    expect(drawn.words()).toContain(
      "Tiedot on poistettu. Luettelossa numero 10. 1 päivä odottaa vahvistusta.",
    );
  });

  it.each([
    [{ is_held: true }, "Tällä ihmisellä on poistokielto."],
    [{ is_on_now: true }, "Hänen päivänsä on juuri nyt käynnissä."],
    [{ is_staff: true }, "Tällä ihmisellä on työntekijän tili."],
  ])("says why it cannot be now: %o", async (change, words) => {
    const drawn = await withSaukko({ erasure: () => ok(erasureShown(change)) });
    await choose(drawn, "Poistaminen");
    await drawn.press("Katso, mitä poistuu");
    expect(drawn.words()).toContain(words);
    await drawn.press("Poista sanat ja yhteystiedot");
    expect(drawn.root.querySelector("dialog")).toBeNull();
  });

  it("shows the data to be printed, with nobody else's name", async () => {
    const drawn = await withSaukko();
    await drawn.press("Näytä ja tulosta");
    expect(drawn.words("h1")).toBe("Tiedot: Sari Saukko");
    expect(drawn.words()).toContain("Hei kaikille");
    expect(drawn.words()).toContain("Moderaattori katsoi osallistujia");
    expect(drawn.words()).toContain("Linkillä tullut katsoi läsnäoloa");
    await drawn.press("Takaisin");
    expect(drawn.words("h1")).toBe("Säilytys ja pyynnöt");
  });

  it("says when nobody is found, and when the server refuses", async () => {
    const nobody = await withSaukko({ find: () => ok({ people: [] }) });
    expect(nobody.words()).toContain("Ketään ei löydy.");
    const drawn = await withSaukko({ data: refused("not_found") });
    await drawn.press("Näytä ja tulosta");
    expect(drawn.root.querySelector(".note.stop")).not.toBeNull();
  });
});
