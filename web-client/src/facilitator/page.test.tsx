import type { Change } from "@protocol";
import { describe, expect, it } from "vitest";
import { Refusals } from "../staff/refusals";
import { queue } from "../state/selectors";
import { drawForStaff } from "../testing/draw_staff";
import { CLOCK } from "../testing/fakes";
import * as make from "../testing/fixtures";
import { roomOf } from "../testing/fixtures";
import {
  HAUKI,
  IN_ROUND,
  KANERVA,
  KUUSI,
  MUSTIKKA,
  PORO,
  ROOM,
  VANAMO,
  without,
} from "../testing/staff_fixtures";
import { FloorPage } from "./page";

const NOW = CLOCK.room;
const page = (change: Parameters<typeof drawForStaff>[1] = {}) =>
  drawForStaff(
    <>
      <FloorPage />
      <Refusals />
    </>,
    change,
  );

describe("the turn that is on", () => {
  it("shows who, how long, and the wish, and its clock runs", async () => {
    const drawn = await page();
    expect(drawn.words(".floor")).toContain("Nyt puhuu Kuusi");
    expect(drawn.words(".floor .clock")).toBe("Toive: 3 minuuttia 2:14");
    expect(drawn.root.querySelector(".limit")?.getAttribute("aria-label")).toBe(
      "Puhunut 2\u00a0min 14\u00a0s. Toive on 3 minuuttia.",
    );
    await drawn.pass(46_000);
    expect(drawn.words(".floor .clock")).toBe("Sovittu aika on käytetty 3:00");
  });

  it("goes to the next by one press, that names both the turn and the request", async () => {
    const drawn = await page();
    await drawn.press("Seuraava: Siili");
    expect(drawn.sent()).toEqual([{ type: "grant_floor", request: 56, expected_turn: 40 }]);
  });

  it("says by whom, when another facilitator was quicker", async () => {
    const drawn = await page();
    await drawn.press("Seuraava: Siili");
    await drawn.refuse({ word: "turn_is_on", by: 2 });
    expect(drawn.words(".refusals")).toContain("Ohjaaja 2 ehti jo antaa vuoron. Katso, kuka puhuu nyt.");
    expect(drawn.app.announcer.polite.value).toContain("Ohjaaja 2 ehti jo antaa vuoron.");
    await drawn.press("Sulje");
    expect(drawn.root.querySelector(".refusals")).toBeNull();
  });

  it("can be paused, gone on with, reminded and ended", async () => {
    const drawn = await page();
    await drawn.press("Keskeytä");
    await drawn.done({ ...make.turn(KUUSI), state: "paused", spoken_ms: 134_000, since: NOW });
    expect(drawn.words(".floor")).toContain("Puhe on tauolla Kuusi");
    await drawn.press("Jatka");
    await drawn.press("Muistuta ajasta");
    await drawn.press("Lopeta vuoro");
    expect(drawn.sent()).toEqual([
      { type: "continue_turn", turn: 40 },
      { type: "nudge_speaker", turn: 40 },
      { type: "revoke_turn", turn: 40 },
    ]);
  });

  it("shows a written turn whole, to be read aloud, and reminds nobody of the time", async () => {
    const text = "Minua auttaa, kun kirjoitan huolet paperille.";
    const drawn = await page({
      changes: [...without("turn"), make.turn(MUSTIKKA, { kind: "written", text })],
    });
    expect(drawn.words(".floor")).toContain("Lue ääneen. Kirjoittanut Mustikka");
    expect(drawn.words(".floor blockquote")).toBe(text);
    expect(() => drawn.button("Muistuta ajasta")).toThrow();
  });

  it("waits for a lost line, with the grace running", async () => {
    const drawn = await page({
      changes: [
        ...without("turn"),
        make.turn(KUUSI, { state: "suspended", spoken_ms: 134_000, suspended_until: NOW + 92_000 }),
      ],
    });
    expect(drawn.words(".floor")).toContain("Odotamme yhteyttä Kuusi Vuoro säilyy 1:32 2:14");
    await drawn.pass(2000);
    expect(drawn.words(".floor .clock")).toBe("Vuoro säilyy 1:30 2:14");
  });

  it("is given when nobody speaks", async () => {
    const drawn = await page({ changes: without("turn") });
    expect(drawn.words(".floor")).toContain("Nyt ei puhu kukaan.");
    await drawn.press("Anna vuoro: Siili");
    expect(drawn.sent()).toEqual([{ type: "grant_floor", request: 56 }]);
  });
});

describe("the queue", () => {
  const items = (root: HTMLElement) =>
    [...root.querySelectorAll<HTMLElement>(".queue > li")].map((li) =>
      (li.querySelector(".name b")?.textContent ?? "").trim(),
    );

  it("shows what a facilitator weighs", async () => {
    const drawn = await page();
    const words = drawn.words(".queue");
    expect(items(drawn.root)).toEqual(["Siili", "Kanerva", "Käpy", "Mustikka", "Vanamo", "Tikka"]);
    expect(words).toContain("Siili Vastaus: Kuusi Odottanut 40 s. 1 vuoro, 2 min.");
    expect(words).toContain("Kanerva Odottanut 4 min. 1 vuoro, 1 min 50 s.");
    expect(words).toContain("Käpy Ei vielä puhunut Odottanut 3 min. Ensimmäinen vuoro.");
    expect(words).toContain("Mustikka Ei vielä puhunut Kirjoitettu Odottanut 3 min. Lue teksti ääneen.");
    expect(words).toContain("Vanamo Poissa. Paikka säilyy 1:32");
    expect(words).toContain("Tikka Odottanut 1 min. 3 vuoroa, 7 min 20 s.");
  });

  it("gives the floor to anyone who is there", async () => {
    const drawn = await page();
    await drawn.does(() =>
      drawn.root.querySelectorAll<HTMLElement>(".queue .acts .btn:not(.square)")[5]?.click(),
    );
    expect(drawn.sent()).toEqual([{ type: "grant_floor", request: 55, expected_turn: 40 }]);
  });

  it("does not offer the floor to one who is away, and says why", async () => {
    const drawn = await page();
    const away = drawn.root.querySelector<HTMLElement>(".queue .away .acts .btn:not(.square)");
    expect(away?.getAttribute("aria-disabled")).toBe("true");
    expect(away?.title).toBe("Hän ei ole nyt paikalla. Paikka säilyy.");
    await drawn.does(() => away?.click());
    expect(drawn.sent()).toEqual([]);
  });

  it("is moved by one place, and the focus goes along", async () => {
    const drawn = await page();
    drawn.button("Siirrä ylös: Käpy").focus();
    await drawn.press("Siirrä ylös: Käpy");
    expect(drawn.sent()).toEqual([{ type: "reorder_line_up", order: [56, 52, 51, 53, 54, 55] }]);
    await drawn.done(make.floor({ line_up: [52, 51, 53, 54, 55], soft_limit_seconds: 180 }));
    expect(items(drawn.root).slice(0, 3)).toEqual(["Siili", "Käpy", "Kanerva"]);
    expect(document.activeElement?.getAttribute("aria-label")).toBe("Siirrä ylös: Käpy");
    expect(drawn.app.announcer.polite.value).toBe("Käpy on nyt jonossa 2.");
  });

  it("keeps the focus in the list when the item under it goes", async () => {
    const drawn = await page();
    drawn.button("Siirrä ylös: Kanerva").focus();
    await drawn.step({ ...make.request(51, 9), state: "cancelled" });
    expect(document.activeElement?.closest("li")?.textContent).toContain("Käpy");
  });

  it("is ordered by who has been heard least", async () => {
    const drawn = await page();
    await drawn.press("Vähiten puhuneet ensin");
    expect(drawn.sent()).toEqual([{ type: "order_least_heard_first" }]);
  });

  it("lets one be taken out, with a reason that they see", async () => {
    const drawn = await page();
    await drawn.press("Muut toiminnot: Kanerva");
    await drawn.press("Poista jonosta : Kanerva");
    await drawn.press("Aika ei nyt riitä.");
    await drawn.submit("dialog form");
    expect(drawn.sent()).toEqual([{ type: "deny_floor_request", request: 51, reason: "Aika ei nyt riitä." }]);
  });

  it("shows those who wait for a yes first, and answers them", async () => {
    const drawn = await page({
      changes: [...ROOM, make.request(61, HAUKI, { state: "pending", note: "Kysyisin kahvista." })],
    });
    expect(drawn.words(".queue")).toContain("Hauki");
    expect(drawn.words(".queue")).toContain("”Kysyisin kahvista.”");
    await drawn.does(() => drawn.root.querySelector<HTMLElement>(".queue .acts .btn")?.click());
    expect(drawn.sent()).toEqual([{ type: "approve_floor_request", request: 61 }]);
  });

  it("puts back one whose turn went by", async () => {
    const drawn = await page({ changes: [...ROOM, make.request(62, PORO, { state: "expired" })] });
    expect(drawn.words(".sheet")).toContain("Vuoro meni ohi");
    await drawn.press("Palauta jonoon : Poro");
    expect(drawn.sent()).toEqual([{ type: "restore_floor_request", request: 62 }]);
  });

  it("takes in somebody who has not asked", async () => {
    const drawn = await page();
    await drawn.press("Lisää jonoon");
    await drawn.write("#add-search", "hau");
    await drawn.press("Lisää jonoon : Hauki");
    expect(drawn.sent()).toEqual([{ type: "request_floor", kind: "speak", beneficiary: HAUKI }]);
    await drawn.done();
    expect(drawn.app.announcer.polite.value).toBe("Hauki on jonossa.");
  });

  it("moves one to the first or the last place by one press", async () => {
    const drawn = await page();
    const others = queue(roomOf(ROOM)).filter(({ beneficiary }) => beneficiary !== MUSTIKKA);
    const mine = queue(roomOf(ROOM)).find(({ beneficiary }) => beneficiary === MUSTIKKA)?.id;
    const replies = others.flatMap(({ id, kind }) => (kind === "reply" ? [id] : []));
    const rest = others.flatMap(({ id, kind }) => (kind === "reply" ? [] : [id]));
    await drawn.press("Muut toiminnot: Mustikka");
    await drawn.press("Ensimmäiseksi : Mustikka");
    await drawn.press("Viimeiseksi : Mustikka");
    expect(drawn.sent()).toEqual([
      { type: "reorder_line_up", order: [...replies, mine, ...rest] },
      { type: "reorder_line_up", order: [...replies, ...rest, mine] },
    ]);
  });
});

describe("somebody on the phone", () => {
  const calls = async (change: Parameters<typeof page>[0] = {}) => {
    const drawn = await page({
      expected: [{ person: 90, name: "Osallistuja 90", absence_told: false }],
      ...change,
    });
    await drawn.press("Lisää jonoon");
    await drawn.press("Joku soittaa");
    return drawn;
  };

  it("comes in under the name that they choose, and is in the queue", async () => {
    const drawn = await calls();
    await drawn.write("#call-search", "osall");
    await drawn.press("Hän soittaa : Osallistuja 90");
    await drawn.submit("dialog form");
    expect(drawn.sent()).toEqual([]);
    await drawn.write("#call-name", "Lumme");
    await drawn.submit("dialog form");
    expect(drawn.sent()).toEqual([{ type: "set_on_phone", person: 90, on: true, name: "Lumme" }]);
    await drawn.done(make.person(90, "Lumme", { on_phone: true, connections: 0 }));
    expect(drawn.sent()).toEqual([{ type: "request_floor", kind: "speak", beneficiary: 90 }]);
    await drawn.done(make.request(91, 90));
    expect(drawn.app.announcer.polite.value).toBe("Lumme on jonossa.");
    expect(drawn.words(".queue")).toContain("Lumme Ei vielä puhunut Puhelimessa");
  });

  it("keeps the place of one whose line broke, without asking anew", async () => {
    const drawn = await calls();
    await drawn.press("Hän soittaa : Vanamo");
    expect(drawn.sent()).toEqual([{ type: "set_on_phone", person: VANAMO, on: true }]);
    await drawn.done(make.person(VANAMO, "Vanamo", { on_phone: true }));
    expect(drawn.sent()).toEqual([]);
  });

  it("is not asked for the floor when they may not come in", async () => {
    const drawn = await calls();
    await drawn.write("#call-search", "osall");
    await drawn.press("Hän soittaa : Osallistuja 90");
    await drawn.write("#call-name", "Ohjaaja 1");
    await drawn.submit("dialog form");
    await drawn.refuse({ word: "name_not_allowed" });
    expect(drawn.sent()).toEqual([]);
    // The name stays where it can be mended, with the reason beside it and nowhere else.
    expect(drawn.root.querySelector<HTMLInputElement>("#call-name")?.value).toBe("Ohjaaja 1");
    expect(drawn.words("dialog .note")).not.toBe("");
    expect(drawn.root.querySelector(".refusals")).toBeNull();
    await drawn.write("#call-name", "Lumme");
    await drawn.submit("dialog form");
    expect(drawn.sent()).toEqual([{ type: "set_on_phone", person: 90, on: true, name: "Lumme" }]);
    await drawn.done(make.person(90, "Lumme", { on_phone: true, connections: 0 }));
    expect(drawn.root.querySelector("dialog")).toBeNull();
    expect(drawn.sent()).toEqual([{ type: "request_floor", kind: "speak", beneficiary: 90 }]);
  });

  it("can still be one who was here, when those registered cannot be read", async () => {
    const drawn = await calls({ expected: null });
    expect(drawn.words("dialog")).toContain("Ilmoittautuneita ei saada nyt näkyviin.");
    expect(drawn.button("Hän soittaa : Vanamo")).toBeTruthy();
  });

  it("has their turn ended by staff as one that they finished, by a moderator too", async () => {
    for (const role of ["facilitator", "moderator"] as const) {
      const changes = [...ROOM, make.person(KUUSI, "Kuusi", { on_phone: true, connections: 0 })];
      const drawn = await page({ role, changes });
      expect(drawn.words(".floor")).toContain("Kuusi Puhelimessa");
      await drawn.press("Lopeta vuoro");
      expect(drawn.sent()).toEqual([{ type: "release_turn", turn: 40 }]);
    }
  });

  it("hangs up", async () => {
    const drawn = await page({ changes: [...ROOM, make.person(KANERVA, "Kanerva", { on_phone: true })] });
    await drawn.press("Muut toiminnot: Kanerva");
    await drawn.press("Puhelu päättyi : Kanerva");
    expect(drawn.sent()).toEqual([{ type: "set_on_phone", person: KANERVA, on: false }]);
  });
});

describe("how turns are given", () => {
  it("is switched by one press, and shows what the room says", async () => {
    const drawn = await page();
    await drawn.choose("Jono kiinni");
    expect(drawn.sent()).toEqual([{ type: "set_floor_policy", policy: "closed" }]);
  });

  it("starts a round in order or shuffled, by a seed that is kept", async () => {
    const drawn = await page();
    await drawn.choose("Kierros");
    expect(drawn.sent()).toEqual([]);
    await drawn.press("Järjestyksessä");
    expect(drawn.sent()).toEqual([{ type: "start_round" }]);
    await drawn.choose("Kierros");
    await drawn.press("Arvotussa järjestyksessä");
    expect(drawn.sent()[1]).toMatchObject({ type: "start_round", seed: expect.any(Number) });
  });

  it("sets the length of a turn", async () => {
    const drawn = await page();
    await drawn.choose("5 min");
    await drawn.does(() => drawn.root.querySelector<HTMLElement>("[role=switch]")?.click());
    expect(drawn.sent()).toEqual([
      { type: "set_turn_limit", seconds: 300, hard: false },
      { type: "set_turn_limit", seconds: 180, hard: true },
    ]);
  });
});

describe("a round", () => {
  it("shows each one's mark, and ends", async () => {
    const drawn = await page({ changes: IN_ROUND });
    const words = drawn.words(".round");
    expect(words).toContain("Hauki Ohitti");
    expect(words).toContain("Lumikko Puhuu nyt");
    expect(words).toContain("Mustikka Seuraava");
    expect(words).toContain("Vanamo Poissa. Jää odottamaan.");
    expect(drawn.root.querySelector(".round .now")?.getAttribute("aria-current")).toBe("step");
    await drawn.press("Näytä kaikki");
    expect(drawn.words(".round")).toContain("Tikka Myöhemmin. Siirtyi loppuun.");
    await drawn.press("Lopeta kierros");
    await drawn.press("Seuraava: Mustikka");
    expect(drawn.sent()).toEqual([{ type: "end_round" }, { type: "grant_floor", expected_turn: 40 }]);
  });
});

describe("the session's phases", () => {
  const at = (phase: "planned" | "doors_open" | "paused" | "debrief" | "closed") =>
    page({ changes: [...without("room", "turn", "floor_request"), make.info({ phase })] });

  it("go on by one press, but closing is asked", async () => {
    const planned = await at("planned");
    await planned.press("Avaa ovet");
    expect(planned.sent()).toEqual([{ type: "open_doors" }]);
    const doors = await at("doors_open");
    await doors.press("Aloita teemakerta");
    expect(doors.sent()).toEqual([{ type: "go_live" }]);
    const paused = await at("paused");
    await paused.press("Lopeta tauko");
    expect(paused.sent()).toEqual([{ type: "end_break" }]);
    const live = await page();
    await live.press("Lopeta teemakerta");
    expect(live.sent()).toEqual([]);
    expect(live.words()).toContain("Jonossa on vielä 6. Avoimia apupyyntöjä on 3.");
    await live.press("Peru");
    expect(live.root.querySelector("dialog")).toBeNull();
    await live.press("Lopeta teemakerta");
    await live.press("Purku ensin");
    expect(live.sent()).toEqual([{ type: "start_debrief" }]);
  });

  it("have a break of so many minutes", async () => {
    const drawn = await page();
    await drawn.press("Pidä tauko");
    await drawn.choose("10 min");
    await drawn.press("Aloita tauko");
    expect(drawn.sent()).toEqual([{ type: "start_break", minutes: 10 }]);
  });

  it("show no floor before the session", async () => {
    const drawn = await at("doors_open");
    expect(drawn.root.querySelector(".floor")).toBeNull();
  });
});

describe("beside the floor", () => {
  it("the agenda moves on, back, and gives more time", async () => {
    const drawn = await page();
    expect(drawn.words(".agenda")).toContain("10.00 Keskustelu 14 / 30 min");
    expect(drawn.words(".agenda")).toContain("10.30 Tauko, 15 min");
    await drawn.press("Seuraava kohta");
    await drawn.press("+5 min5 minuuttia lisää tälle kohdalle");
    await drawn.press("Edellinen kohta");
    expect(drawn.sent()).toEqual([
      { type: "set_current_item", item: 4 },
      { type: "extend_item", minutes: 5 },
      { type: "set_current_item", item: 2 },
    ]);
  });

  it("the chart says in a sentence who has been heard", async () => {
    const drawn = await page();
    expect(drawn.root.querySelector(".voices .dots")?.getAttribute("aria-label")).toBe(
      "36 läsnä. 14 on puhunut, 3 on kirjoittanut vuoron, 19 ei vielä.",
    );
    expect(drawn.root.querySelectorAll(".voices > .dots circle.v")).toHaveLength(14);
    expect(drawn.words(".voices")).toContain("17 ihmistä 36:sta on puhunut tai kirjoittanut vuoron.");
  });

  it("what is being written stays when a colleague saves theirs", async () => {
    const drawn = await page();
    await drawn.write("[aria-label='Rivi 1']", "Puhumme nukahtamisesta.");
    await drawn.step(make.info({ where_we_are: ["Toinen rivi."] }));
    expect(drawn.root.querySelector<HTMLInputElement>("[aria-label='Rivi 1']")?.value).toBe(
      "Puhumme nukahtamisesta.",
    );
  });

  it("an item that has not begun has used no minutes", async () => {
    const agenda = ROOM.find(({ type }) => type === "agenda") as Extract<Change, { type: "agenda" }>;
    const { since: _, ...planned } = agenda;
    const drawn = await page({ changes: [...without("agenda"), planned] });
    expect(drawn.words("[aria-current=step]")).not.toMatch(/\d+ \/ \d+ min/);
    expect(drawn.words("[aria-current=step]")).toMatch(/\d+ min/);
  });

  it("a parked question is answered, or carried on", async () => {
    const drawn = await page();
    await drawn.press("Vastattu");
    expect(drawn.sent()).toEqual([{ type: "resolve_parked", parked: 1, state: "answered" }]);
  });

  it("a question from an earlier session says from which, and is carried on", async () => {
    const came: Change = {
      type: "parked_question",
      id: 9,
      text: "Mistä saa bussikortin?",
      state: "waiting",
      at: NOW,
      seen_by: "all",
      carried_from: Date.UTC(2020, 11, 3, 7),
    };
    const drawn = await page({ changes: [...without("parked_question"), came] });
    expect(drawn.words(".parked")).toContain("Siirretty 3.12. kerralta");
    await drawn.press("Toiseen kertaan");
    expect(drawn.sent()).toEqual([{ type: "resolve_parked", parked: 9, state: "carried" }]);
  });

  it("a question that only the staff see is written anew for everyone, not in its author's words", async () => {
    const drawn = await page();
    expect(drawn.words(".parked")).toContain("Vain henkilökunta näkee tämän.");
    await drawn.press("Kirjoita kaikille");
    expect(drawn.root.querySelector<HTMLInputElement>("#rewrite-1")?.value).toBe("");
    await drawn.write("#rewrite-1", "Mistä saa apua asumiseen?");
    await drawn.press("Näytä kaikille");
    expect(drawn.sent()).toEqual([{ type: "show_parked", parked: 1, text: "Mistä saa apua asumiseen?" }]);
  });

  it("a guest is let on the stage", async () => {
    const drawn = await page({ changes: [...ROOM, make.person(70, "Unihoitaja", { role: "guest" })] });
    const stage = drawn.root.querySelector<HTMLElement>("[aria-labelledby=stage-title] [role=switch]");
    await drawn.does(() => stage?.click());
    expect(drawn.sent()).toEqual([{ type: "set_on_stage", person: 70, on: true }]);
  });
});

describe("a moderator here", () => {
  it("sees the same and adds people, and has no buttons that would be refused", async () => {
    const drawn = await page({ role: "moderator" });
    expect(drawn.words(".queue")).toContain("Tikka");
    expect(drawn.words()).toContain("Ohjaaja jakaa puheenvuorot.");
    expect(() => drawn.button("Seuraava: Siili")).toThrow();
    expect(drawn.root.querySelector(".queue .acts")).toBeNull();
    expect(drawn.button("Lisää jonoon")).toBeTruthy();
  });
});
