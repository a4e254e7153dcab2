import { describe, expect, it, vi } from "vitest";
import { type Drawn, draw } from "../testing/draw";
import {
  CANCELLED_DAY,
  cancelledDay,
  cancelling,
  fakeCancelling,
  ok,
  UNREACHABLE,
} from "../testing/people_fixtures";
import { LANGUAGES } from "../text/language";
import { textsFile } from "./call_list";
import { CancelPage } from "./cancel_page";
import { firstSentence, proposedWords } from "./cancel_words";
import type { CancelRequests } from "./people_requests";
import { cancelTexts } from "./text/cancel";
import { peopleTexts } from "./text/people";

const NEXT = Date.UTC(2020, 11, 17, 7);
const page = (change: Partial<CancelRequests> = {}, onDone = () => undefined) =>
  draw(() => (
    <CancelPage
      requests={fakeCancelling(change)}
      session={CANCELLED_DAY}
      back_to="programme/session/115"
      onDone={onDone}
    />
  ));
const choose = async (drawn: Drawn, words: string) => {
  const label = [...drawn.root.querySelectorAll("label")].find(
    (one) => (one.textContent ?? "").trim() === words,
  );
  await drawn.does(() => label?.querySelector("input")?.click());
};
const words = (drawn: Drawn) => drawn.root.querySelector<HTMLTextAreaElement>("textarea")?.value;
const tick = (drawn: Drawn, at: number) =>
  [...drawn.root.querySelectorAll<HTMLInputElement>("input[type=checkbox]")][at] as HTMLInputElement;

describe("the words of a day that is cancelled", () => {
  it("are proposed in plain Finnish with the next date", () => {
    expect(proposedWords("staff_ill", CANCELLED_DAY.starts_at, NEXT, null)).toBe(
      "Torstain 10.12. ryhmä on peruttu. Ohjaajat ovat sairaana. Sinun ei tarvitse tehdä mitään. " +
        "Seuraava kerta on torstaina 17.12. kello 9.",
    );
    expect(proposedWords("other", CANCELLED_DAY.starts_at, undefined, null)).toBe(
      "Torstain 10.12. ryhmä on peruttu. Sinun ei tarvitse tehdä mitään.",
    );
    expect(proposedWords("technical", Date.UTC(2020, 11, 9, 7), NEXT, Date.UTC(2020, 11, 14, 7))).toBe(
      "Keskiviikon 9.12. ryhmä on peruttu. Tekniikka ei toimi. Sinun ei tarvitse tehdä mitään. " +
        "Uusi aika on maanantaina 14.12. kello 9.",
    );
  });

  it("begin with a sentence in which a date ends nothing", () => {
    expect(firstSentence("Torstain 10.12. ryhmä on peruttu. Nähdään!")).toEqual([
      "Torstain 10.12. ryhmä on peruttu.",
      "Nähdään!",
    ]);
    expect(firstSentence("Peruttu")).toEqual(["Peruttu", ""]);
  });
});

describe("cancelling a day", () => {
  it("shows who is told how, and does it in one press that says how many", async () => {
    const cancel = vi.fn<CancelRequests["cancel"]>(() => ok(cancelledDay()));
    const onDone = vi.fn();
    const drawn = await page({ cancel }, onDone);
    expect(drawn.words()).toContain("Kukaan ei ole tältä päivältä poissa.");
    expect(drawn.words(".told-so")).toBe(
      "Torstain 10.12. ryhmä on peruttu. Ohjaajat ovat sairaana. Sinun ei tarvitse tehdä mitään. Seuraava kerta" +
        "Torstaina 17.12. kello 9",
    );
    await drawn.press("Peru ja kerro 37 ihmiselle");
    expect(cancel).toHaveBeenCalledWith(115, { why: "staff_ill", words: expect.stringContaining("17.12.") });
    expect(onDone).toHaveBeenCalledTimes(1);
    expect(drawn.words("h1")).toBe("Soittolista: to 10.12. on peruttu");
  });

  it("keeps one's own words whatever is chosen after them, and brings the proposal back", async () => {
    const drawn = await page();
    await drawn.write("textarea", "Ryhmä on peruttu.");
    await choose(drawn, "Tekninen este");
    expect(words(drawn)).toBe("Ryhmä on peruttu.");
    await drawn.press("Palauta ehdotus");
    expect(words(drawn)).toContain("Tekniikka ei toimi.");
  });

  it("moves to another day, which has to be chosen", async () => {
    const cancel = vi.fn<CancelRequests["cancel"]>(() => ok(cancelledDay()));
    const drawn = await page({ cancel });
    await choose(drawn, "Siirretään toiseen päivään");
    await drawn.press("Peru ja kerro 37 ihmiselle");
    expect(cancel).not.toHaveBeenCalled();
    expect(drawn.words(".seal")).toContain("Valitse ensin uusi päivä ja kellonajat.");
    await drawn.write("input[type=date]", "2020-12-14");
    expect(words(drawn)).toContain("Uusi aika on maanantaina 14.12. kello 9.");
    await drawn.press("Peru ja kerro 37 ihmiselle");
    expect(cancel.mock.calls[0]?.[1].moves_to).toEqual({ date: "2020-12-14", start: "09:00", end: "13:00" });
  });

  it("needs words", async () => {
    const cancel = vi.fn<CancelRequests["cancel"]>(() => ok(cancelledDay()));
    const drawn = await page({ cancel });
    await drawn.write("textarea", "  ");
    await drawn.press("Peru ja kerro 37 ihmiselle");
    expect(cancel).not.toHaveBeenCalled();
    expect(drawn.words(".seal")).toContain("Kirjoita ensin viesti.");
  });

  it("keeps the words when it fails, and says so when it is too late", async () => {
    let answer: ReturnType<CancelRequests["cancel"]> = UNREACHABLE;
    const drawn = await page({ cancel: () => answer });
    await drawn.write("textarea", "Ryhmä on peruttu.");
    await drawn.press("Peru ja kerro 37 ihmiselle");
    expect(drawn.words()).toContain("Ei peruttu. Viestisi on yhä tässä.");
    expect(words(drawn)).toBe("Ryhmä on peruttu.");
    answer = Promise.resolve({ kind: "refused", refusal: { word: "not_now" } });
    await drawn.press("Peru ja kerro 37 ihmiselle");
    expect(drawn.words()).toContain("Kerta on jo alkanut tai päättynyt.");
  });
});

describe("the call list", () => {
  const calls = (change: Partial<CancelRequests> = {}) => page({ show: () => ok(cancelledDay()), ...change });

  it("is ticked at once, before the server has answered", async () => {
    let answer: (shown: Awaited<ReturnType<CancelRequests["call"]>>) => void = () => undefined;
    const drawn = await calls({
      call: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    expect(drawn.words(".call-list .count")).toBe("3 / 7");
    await drawn.does(() => tick(drawn, 4).click());
    expect(tick(drawn, 4).checked).toBe(true);
    expect(drawn.words(".call-list .count")).toBe("4 / 7");
    await drawn.does(() => answer({ kind: "ok", value: cancelledDay() }));
    // The server's word counts: here it has not noted it.
    expect(drawn.words(".call-list .count")).toBe("3 / 7");
  });

  it("keeps a tick that was not saved, and sends it again", async () => {
    let is_reached = false;
    const call = vi.fn<CancelRequests["call"]>((session, body) =>
      is_reached ? fakeCancelling().call(session, body) : UNREACHABLE,
    );
    const drawn = await calls({ call });
    await drawn.does(() => tick(drawn, 4).click());
    expect(tick(drawn, 4).checked).toBe(true);
    expect(drawn.words(".call-list")).toContain("Ei tallessa.");
    is_reached = true;
    await drawn.press("Yritä uudelleen: Lumme");
    expect(call).toHaveBeenLastCalledWith(115, { person: 36, answered: true });
    expect(drawn.words(".call-list")).not.toContain("Ei tallessa.");
    expect(drawn.words(".call-list")).toContain("Tavattu 9.20 Koordinaattori.");
  });

  it("notes who did not answer, and takes nothing back by a press more", async () => {
    const call = vi.fn<CancelRequests["call"]>(fakeCancelling().call);
    const drawn = await calls({ call });
    await drawn.press("Ei vastannut: Vanamo");
    expect(call).toHaveBeenLastCalledWith(115, { person: 9, answered: false });
    expect(drawn.words(".call-list")).toContain("Ei vastannut 2 kertaa, viimeksi 9.20.");
    expect(drawn.words()).toContain("Ei saatu yhteyttä: Vanamo.");
    await drawn.does(() => tick(drawn, 0).click());
    expect(tick(drawn, 0).checked).toBe(true);
    expect(call).toHaveBeenCalledTimes(1);
  });

  it("shows others' ticks while it is open", async () => {
    let shown = cancelledDay();
    const drawn = await calls({ show: () => ok(shown) });
    shown = cancelledDay({ calls: shown.calls.map((row) => ({ ...row, told_at: NEXT, told_by: "Liisa" })) });
    await drawn.pass(20_000);
    expect(drawn.words(".call-list")).toContain("Kaikki on tavattu.");
  });

  it("is printed", async () => {
    const print = vi.fn();
    vi.stubGlobal("print", print);
    const drawn = await calls();
    await drawn.press("Tulosta");
    vi.unstubAllGlobals();
    expect(print).toHaveBeenCalledTimes(1);
  });

  it("has text messages ready, one by one, and none at night", async () => {
    const drawn = await calls();
    const link = drawn.root.querySelector<HTMLAnchorElement>("a[href^='sms:']");
    expect(link?.getAttribute("href")).toMatch(/^sms:\+358000000002\?body=Torstain%2010\.12\./);
    await drawn.does(() => {
      link?.dispatchEvent(new MouseEvent("click", { cancelable: true }));
    });
    expect(drawn.words()).toContain("Avattu");
    const night = await calls({ show: () => ok(cancelledDay({ texts: [] })) });
    expect(night.words()).toContain("Viestejä ei lähetetä yöllä.");
  });

  it("gives numbers and texts as a file", () => {
    const texts = [{ person: 1, name: "Haapa", phone: "+358 40 1", text: 'Ryhmä "Uni"; peruttu' }];
    expect(textsFile(texts, ["numero", "teksti"])).toBe(
      '\ufeffnumero;teksti\r\n"+358 40 1";"Ryhmä ""Uni""; peruttu"\r\n',
    );
  });

  it("is not there where nobody has to be called", async () => {
    const drawn = await page({ show: () => ok(cancelledDay({ calls: [] })) });
    expect(drawn.words()).toContain("Kenellekään ei tarvitse soittaa.");
  });
});

describe("a day nobody is registered to", () => {
  it("is cancelled without telling anybody", async () => {
    const drawn = await page({ show: () => ok(cancelling({ people: 0 })) });
    expect(drawn.button("Peru teemakerta")).toBeTruthy();
  });
});

describe.each([
  ["people", peopleTexts],
  ["cancel", cancelTexts],
])("the %s texts", (_, dictionary) => {
  const shape = (texts: unknown, path = ""): string[] => {
    if (typeof texts === "string") return texts.trim() ? [`${path}: string`] : [`${path}: empty`];
    if (typeof texts === "function") return [`${path}: function`];
    return Object.entries(texts as object).flatMap(([key, value]) => shape(value, `${path}.${key}`));
  };
  it.each(LANGUAGES)("are whole in %s", (language) => {
    const whole = shape(dictionary[language]).sort();
    expect(whole).toEqual(shape(dictionary.fi).sort());
    expect(whole.filter((one) => one.endsWith("empty"))).toEqual([]);
  });
});
