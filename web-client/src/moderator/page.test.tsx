import { describe, expect, it } from "vitest";
import { openPreferences, PreferencesContext } from "../staff/preferences";
import { Refusals } from "../staff/refusals";
import { drawForStaff, type StaffPage } from "../testing/draw_staff";
import { CLOCK, FakeKeep } from "../testing/fakes";
import * as make from "../testing/fixtures";
import {
  HAUKI,
  MODERATOR,
  MUSTIKKA,
  OTHER_MODERATOR,
  PORO,
  ROOM,
  review,
  SAMMAL,
  VANAMO,
  without,
} from "../testing/staff_fixtures";
import { MessagesPage } from "./page";

const NOW = CLOCK.room;
type PageChange = Parameters<typeof drawForStaff>[1] & { has_keys?: boolean };
const page = ({ has_keys = true, ...change }: PageChange = {}) => {
  const preferences = openPreferences(new FakeKeep(), "moderator");
  if (has_keys) preferences.setKeys(true);
  return drawForStaff(
    <PreferencesContext.Provider value={preferences}>
      <MessagesPage />
      <Refusals />
    </PreferencesContext.Provider>,
    { role: "moderator", ...change },
  );
};

const mine = (change: Parameters<typeof review>[2] = {}) =>
  review(21, MUSTIKKA, {
    since: NOW - 240_000,
    claimed_by: MODERATOR,
    claimed_until: NOW + 60_000,
    version: 2,
    ...change,
  });
const card = (drawn: StaffPage, name: string) => {
  const found = [...drawn.root.querySelectorAll<HTMLElement>(".in-review .item")].find(
    (one) => one.querySelector("h3")?.textContent === name,
  );
  if (!found) throw new Error(`no item of ${name}`);
  return found;
};
const inCard = (drawn: StaffPage, name: string, words: string) => {
  const found = [...card(drawn, name).querySelectorAll<HTMLElement>("button")].find((one) =>
    (one.textContent ?? "").trim().startsWith(words),
  );
  if (!found) throw new Error(`no ${words} in the item of ${name}`);
  return found;
};
const names = (drawn: StaffPage) =>
  [...drawn.root.querySelectorAll(".in-review .item h3")].map((one) => one.textContent);

describe("the review column", () => {
  it("shows the longest wait first, why each is here, and who has what", async () => {
    const drawn = await page();
    expect(names(drawn)).toEqual(["Mustikka", "Hauki", "Poro", "Kataja"]);
    expect(card(drawn, "Hauki").textContent).toContain("2 ilmoitusta");
    expect(card(drawn, "Hauki").textContent).toContain("Viesti näkyy muille nyt.");
    expect(card(drawn, "Poro").textContent).toContain("Viestissä on linkki");
    expect(card(drawn, "Poro").textContent).toContain("”esimerkki.fi/uni”");
    expect(card(drawn, "Kataja").textContent).toContain("Moderaattori 2 käsittelee");
    expect(card(drawn, "Kataja").querySelector("button")).toBeNull();
    expect(card(drawn, "Mustikka").textContent).toContain("Minä kuuntelen sateen ääntä.");
  });

  it("takes an item by one press; it opens when the room says that it is mine", async () => {
    const drawn = await page();
    await drawn.does(() => inCard(drawn, "Mustikka", "Otan tämän").click());
    expect(drawn.sent()).toEqual([{ type: "claim_review", message: 21 }]);
    await drawn.done(mine({ claimed_until: NOW + 48_000 }));
    expect(card(drawn, "Mustikka").textContent).toContain("Sinun. Vapautuu 0:48");
    expect(document.activeElement).toBe(card(drawn, "Mustikka"));
    await drawn.pass(1000);
    expect(card(drawn, "Mustikka").textContent).toContain("Sinun. Vapautuu 0:47");
  });

  it("decides with one key, taking the item on the way", async () => {
    const drawn = await page();
    await drawn.does(() => inCard(drawn, "Mustikka", "Otan tämän").focus());
    await drawn.key("j");
    expect(drawn.sent()).toEqual([{ type: "claim_review", message: 21 }]);
    await drawn.done(mine());
    expect(drawn.sent()).toEqual([{ type: "publish_message", message: 21, version: 2 }]);
  });

  it("hears no single letter until they are switched on, and shows none", async () => {
    const drawn = await page({ has_keys: false, changes: [...ROOM, mine()] });
    card(drawn, "Mustikka").focus();
    for (const key of ["j", "e", "p"]) await drawn.key(key);
    expect(drawn.sent()).toEqual([]);
    expect(drawn.root.querySelector(".in-review kbd")).toBeNull();
    await drawn.press("Julkaise");
    expect(drawn.sent()).toEqual([{ type: "publish_message", message: 21, version: 2 }]);
  });

  it("decides nothing when somebody else was quicker, and says who", async () => {
    const drawn = await page();
    await drawn.does(() => inCard(drawn, "Mustikka", "Otan tämän").focus());
    await drawn.key("j");
    await drawn.refuse({ word: "already_claimed", by: OTHER_MODERATOR });
    expect(drawn.words(".refusals")).toContain("Moderaattori 2 ehti jo ottaa tämän.");
    await drawn.step(mine({ claimed_by: OTHER_MODERATOR }));
    expect(drawn.sent()).toEqual([]);
  });

  it("hears the keys only inside the item, and not while a reason is typed", async () => {
    const drawn = await page({ changes: [...ROOM, mine()] });
    document.body.focus();
    await drawn.key("j");
    expect(drawn.sent()).toEqual([]);
    card(drawn, "Mustikka").focus();
    await drawn.key("j", { ctrlKey: true });
    await drawn.key("e");
    expect(drawn.sent()).toEqual([]);
    await drawn.choose("Kirjoitan syyn itse.");
    await drawn.write("[aria-label='Syy omin sanoin']", "Puhu vain itsestäsi.");
    drawn.root.querySelector<HTMLElement>("[aria-label='Syy omin sanoin']")?.focus();
    await drawn.key("p");
    expect(drawn.sent()).toEqual([]);
    await drawn.press("Älä julkaise, kerro syy");
    expect(drawn.sent()).toEqual([
      { type: "reject_message", message: 21, version: 2, reason: "Puhu vain itsestäsi." },
    ]);
  });

  it("does not touch what another moderator has, whatever the key", async () => {
    const drawn = await page();
    card(drawn, "Kataja").focus();
    await drawn.key("j");
    expect(drawn.sent()).toEqual([]);
  });

  it("moves the focus to the next item when one has been decided", async () => {
    const drawn = await page({ changes: [...ROOM, mine()] });
    card(drawn, "Mustikka").focus();
    await drawn.key("p");
    expect(drawn.sent()).toEqual([{ type: "park_question", message: 21, version: 2 }]);
    await drawn.done({ type: "dropped", kind: "review_item", id: 21 });
    expect(names(drawn)).toEqual(["Hauki", "Poro", "Kataja"]);
    expect(document.activeElement).toBe(card(drawn, "Hauki"));
  });

  it("undoes a rejection within ten seconds, and not after", async () => {
    const drawn = await page({ changes: [...ROOM, mine()] });
    card(drawn, "Mustikka").focus();
    await drawn.key("e");
    await drawn.press("Älä julkaise, kerro syy");
    await drawn.done({ type: "dropped", kind: "review_item", id: 21 });
    expect(drawn.words(".undo")).toContain("Ei julkaistu: Mustikka. Kumoa 0:10");
    await drawn.pass(4000);
    expect(drawn.words(".undo")).toContain("Kumoa 0:06");
    await drawn.does(() => drawn.root.querySelector<HTMLElement>(".undo button")?.click());
    expect(drawn.sent()).toEqual([{ type: "undo_rejection", message: 21 }]);
    await drawn.done(review(21, MUSTIKKA));
    expect(drawn.root.querySelector(".undo")).toBeNull();

    await drawn.step(mine());
    card(drawn, "Mustikka").focus();
    await drawn.key("e");
    await drawn.press("Älä julkaise, kerro syy");
    await drawn.done({ type: "dropped", kind: "review_item", id: 21 });
    await drawn.pass(10_000);
    expect(drawn.root.querySelector(".undo")).toBeNull();
  });

  it("renews the claim while the item is in use, and lets it go when it is not", async () => {
    const drawn = await page({ changes: [...ROOM, mine()] });
    card(drawn, "Mustikka").focus();
    await drawn.pass(25_000);
    await drawn.key("ArrowDown");
    await drawn.pass(6000);
    expect(drawn.sent()).toEqual([{ type: "claim_review", message: 21 }]);
    await drawn.done(mine({ claimed_until: NOW + 120_000 }));
    await drawn.pass(60_000);
    expect(drawn.sent()).toEqual([]);
    await drawn.pass(30_000);
    expect(card(drawn, "Mustikka").textContent).toContain("Otan tämän");
  });

  it("makes a message a floor request or a help request, or gives it back", async () => {
    const drawn = await page({ changes: [...ROOM, mine()] });
    await drawn.press("Muut toiminnot: viesti, Mustikka");
    await drawn.press("Puheenvuoropyynnöksi");
    await drawn.press("Apupyynnöksi");
    await drawn.press("Palauta jonoon");
    expect(drawn.sent()).toEqual([
      { type: "request_floor_from_message", message: 21, version: 2 },
      { type: "ask_help_from_message", message: 21, version: 2 },
      { type: "release_review", message: 21 },
    ]);
  });
});

describe("the rules of the chat", () => {
  it("are switched live", async () => {
    const drawn = await page();
    await drawn.press("Kaikki tarkistetaan");
    await drawn.choose("Viestit tauolla Vain henkilökunta kirjoittaa.");
    await drawn.choose("30 s");
    await drawn.write("#announcement", "Tehtävä palautetaan kello 16 mennessä.");
    await drawn.submit("dialog form");
    expect(drawn.sent()).toEqual([
      { type: "set_chat_mode", mode: "paused" },
      { type: "set_slow_mode", seconds: 30 },
      { type: "pin_announcement", text: "Tehtävä palautetaan kello 16 mennessä." },
    ]);
  });
});

describe("the chat", () => {
  it("keeps what was written until the server has it", async () => {
    const drawn = await page();
    await drawn.write("#write-room", "Hyvä huomio!");
    await drawn.submit(".compose");
    expect(drawn.sent()).toEqual([{ type: "send_message", channel: "room", text: "Hyvä huomio!" }]);
    const field = () => drawn.root.querySelector<HTMLTextAreaElement>(".compose textarea")?.value;
    expect(field()).toBe("Hyvä huomio!");
    await drawn.refuse({ word: "too_fast", wait_seconds: 2 });
    expect(field()).toBe("Hyvä huomio!");
    await drawn.submit(".compose");
    await drawn.done();
    expect(field()).toBe("");
  });

  it("has the staff's own channel, and says when something is new there", async () => {
    const drawn = await page();
    await drawn.step(make.message(41, OTHER_MODERATOR, "Sammal kuulee taas.", { channel: "staff" }));
    expect(drawn.words(".in-chat")).toContain("Henkilökunta, 1 uutta");
    await drawn.choose("Henkilökunta, 1 uutta");
    expect(drawn.words(".talk")).toContain("Sammal kuulee taas.");
    expect(drawn.words(".in-chat")).not.toContain("uutta");
    await drawn.write("#write-staff", "Kiitos!");
    await drawn.submit(".compose");
    expect(drawn.sent()).toEqual([{ type: "send_message", channel: "staff", text: "Kiitos!" }]);
  });

  it("takes a message away with a reason", async () => {
    const drawn = await page();
    await drawn.press("Toiminnot: viesti, Hauki, Hyvä ajatus, Kuusi!");
    await drawn.press("Poista");
    await drawn.press("Viesti voi loukata jotakuta.");
    await drawn.submit("dialog form");
    expect(drawn.sent()).toEqual([
      { type: "retract_message", message: 8, reason: "Viesti voi loukata jotakuta." },
    ]);
  });
});

describe("a message of the chat", () => {
  it("is answered, parked, or made a request for the floor or for help", async () => {
    const drawn = await page();
    await drawn.press("Toiminnot: viesti, Hauki, Hyvä ajatus, Kuusi!");
    await drawn.press("Pysäköi");
    await drawn.press("Puheenvuoropyynnöksi");
    await drawn.press("Apupyynnöksi");
    expect(drawn.sent()).toEqual([
      { type: "park_question", message: 8 },
      { type: "request_floor_from_message", message: 8 },
      { type: "ask_help_from_message", message: 8 },
    ]);
    await drawn.press("Vastaa");
    expect(drawn.words(".compose")).toContain("Vastaat: Hauki");
    await drawn.write("#write-room", "Kiitos!");
    await drawn.submit(".compose");
    expect(drawn.sent().at(-1)).toEqual({
      type: "send_message",
      channel: "room",
      text: "Kiitos!",
      reply_to: 8,
    });
    await drawn.done();
    expect(drawn.words(".compose")).not.toContain("Vastaat");
  });
});

describe("the help column", () => {
  const helps = (drawn: StaffPage) => [...drawn.root.querySelectorAll<HTMLElement>(".in-help .item")];

  it("shows the longest wait first, with what a helper needs to know", async () => {
    const drawn = await page();
    await drawn.hear({
      type: "line_figures",
      lines: [{ person: SAMMAL, rtt_median_ms: 640, rtt_worst_ms: 2100 }],
    });
    const [first, second, third] = helps(drawn);
    expect(first?.textContent).toContain("En kuule");
    expect(first?.textContent).toContain("5\u00a0min 40\u00a0s");
    expect(first?.textContent).toContain("Yli 5 min");
    expect(first?.textContent).toContain("Android, Chrome");
    expect(first?.textContent).toContain("640 ms, hidas (pahin 2100 ms)");
    expect(first?.textContent).toContain("4 katkosta tänään");
    expect(first?.textContent).toContain("Soittonumero on annettu.");
    expect(second?.textContent).toContain("Yli 2 min");
    expect(third?.textContent).toContain("”Missä se tehtävä on?”");
    expect(third?.textContent).toContain("Moderaattori 2 auttaa");
    expect(third?.querySelector(".btn")).toBeNull();
  });

  it("is claimed, talked with, and solved; the number is seen then", async () => {
    const drawn = await page();
    await drawn.press("Otan tämän : Sammal");
    expect(drawn.sent()).toEqual([{ type: "claim_help", help: 1 }]);
    const claimed = make.help({
      id: 1,
      person: SAMMAL,
      kind: "cannot_hear",
      since: NOW - 340_000,
      state: "claimed",
      claimed_by: MODERATOR,
      has_call_back: true,
      call_back: "000 000 0000",
    });
    await drawn.done(claimed);
    expect(helps(drawn)[0]?.querySelector("a")?.getAttribute("href")).toBe("tel:0000000000");
    await drawn.write(".in-help .one-line input", "Hei! Soitanko?");
    await drawn.submit(".in-help form");
    await drawn.press("Hoidettu");
    expect(drawn.sent()).toEqual([
      { type: "add_help_line", help: 1, text: "Hei! Soitanko?" },
      { type: "solve_help", help: 1 },
    ]);
  });

  it("is handed over to somebody by name", async () => {
    const drawn = await page({
      changes: [
        ...without("help_request"),
        make.help({ id: 1, person: SAMMAL, state: "claimed", claimed_by: MODERATOR }),
      ],
    });
    await drawn.press("Siirrä muualle");
    await drawn.write("#hand-to", "Oma työntekijä");
    await drawn.submit("dialog form");
    expect(drawn.sent()).toEqual([{ type: "hand_over_help", help: 1, to: "Oma työntekijä" }]);
  });

  it("offers a suggested one, to be opened or dropped", async () => {
    const drawn = await page({
      changes: [
        ...without("help_request"),
        make.help({ id: 9, person: VANAMO, kind: "something_else", state: "suggested" }),
      ],
    });
    expect(drawn.words(".in-help")).toContain("Yhteys on katkennut monta kertaa.");
    await drawn.press("Tee apupyyntö");
    await drawn.press("Ei tarvetta");
    expect(drawn.sent()).toEqual([
      { type: "raise_help_for", person: VANAMO, kind: "something_else" },
      { type: "cancel_help", help: 9 },
    ]);
  });

  it("is raised for someone who does not find the button", async () => {
    const drawn = await page();
    await drawn.press("Lisää pyyntö");
    await drawn.write("#raise-search", "poro");
    await drawn.does(() => drawn.button("Poro").focus());
    await drawn.press("Poro");
    expect(document.activeElement?.textContent).toBe("Apua: Poro");
    await drawn.choose("En kuule");
    await drawn.write("#raise-words", "Kertoi puhelimessa");
    await drawn.submit("dialog form");
    expect(drawn.sent()).toEqual([
      { type: "raise_help_for", person: PORO, kind: "cannot_hear", words: "Kertoi puhelimessa" },
    ]);
  });
});

describe("the people column", () => {
  it("says where each one is, and what is odd", async () => {
    const drawn = await page();
    const words = drawn.words(".folk");
    expect(words).toContain("Kanerva paikalla, jonossa, 2 laitetta");
    expect(words).toContain("Kuusi puhuu nyt");
    expect(words).toContain("Vanamo poissa 28 s");
    expect(words).toContain("Saukko lähti 9.58");
    expect(words).toContain("Toisella laitteella nimi on ”Käpykäpy”.");
  });

  it("is searched and filtered", async () => {
    const drawn = await page();
    await drawn.choose("Poissa 1");
    expect(drawn.words(".folk")).toBe("Vanamo poissa 28 s");
    await drawn.write("#people-search", "kuusi");
    expect(drawn.words(".in-people")).toContain("Ketään ei löydy.");
  });

  it("silences with a reason that the person sees", async () => {
    const drawn = await page();
    await drawn.press("Toiminnot: Hauki");
    await drawn.press("Mykistä");
    expect(drawn.words()).toContain("Syy. Hän näkee sen.");
    await drawn.choose("5 min");
    await drawn.write("dialog form .field input", "Monta viestiä peräkkäin");
    await drawn.submit("dialog form");
    expect(drawn.sent()).toEqual([
      { type: "silence_person", person: HAUKI, minutes: 5, reason: "Monta viestiä peräkkäin" },
    ]);
  });

  it("removes, with or without a ban, with a reason that leaves in no report", async () => {
    const drawn = await page();
    await drawn.press("Toiminnot: Hauki");
    await drawn.press("Poista huoneesta");
    expect(drawn.words()).toContain("Vain henkilökunta näkee sen.");
    await drawn.choose("Ei. Esto: hänen linkkinsä lakkaa toimimasta.");
    expect(drawn.button("Poista ja estä")).toBeTruthy();
    await drawn.write("dialog form .field input", "Uhkaili muita");
    await drawn.submit("dialog form");
    expect(drawn.sent()).toEqual([
      { type: "remove_person", person: HAUKI, reason: "Uhkaili muita", ban: true },
    ]);
  });

  it("lets back in one who was removed, and says who removed them and why", async () => {
    const banned = make.person(HAUKI, "Hauki", {
      presence: "removed",
      banned: true,
      removal_reason: "Uhkaili muita",
      removed_by: OTHER_MODERATOR,
    });
    const drawn = await page({ changes: [...ROOM, banned] });
    expect(drawn.words(".folk")).toContain("Hauki poistettu, linkki estetty");
    await drawn.press("Toiminnot: Hauki");
    expect(drawn.words(".folk")).toContain("Eston syy: Uhkaili muita (Moderaattori 2)");
    await drawn.press("Päästä takaisin");
    expect(drawn.sent()).toEqual([{ type: "readmit_person", person: HAUKI }]);
  });

  it("lets a facilitator remove, and leaves silencing to a moderator", async () => {
    const drawn = await page({ role: "facilitator" });
    await drawn.press("Toiminnot: Hauki");
    expect(drawn.button("Poista huoneesta")).toBeTruthy();
    expect(() => drawn.button("Mykistä")).toThrow();
  });
});
