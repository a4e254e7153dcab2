import type { Change, Command, Refusal } from "@protocol";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { CLOSE } from "../connection/close_codes";
import { drawInRoom } from "../testing/draw";
import { CLOCK, ME, type Stand, welcome } from "../testing/fakes";
import * as make from "../testing/fixtures";
import { bringAside } from "./plain";
import { Room } from "./room";

const NOW = CLOCK.room;
const idle = make.LIVE.filter((thing) => !(thing.type === "floor_request" && thing.beneficiary === ME));
const quiet = idle.filter(({ type }) => type !== "turn");

async function room(changes: readonly Change[], parts: Parameters<typeof drawInRoom>[2] = {}) {
  const onComeBack = vi.fn();
  const page = await drawInRoom(<Room onComeBack={onComeBack} />, changes, parts);
  return { ...page, onComeBack };
}

const commands = (stand: Stand): Command[] =>
  stand.socket.sent.flatMap((frame) => (frame.type === "command" ? [frame.command] : []));

/** A room in which the test says whether the end of the messages is on the screen. */
async function readRoom(changes: readonly Change[]) {
  const watches = new Map<Element, (entries: { isIntersecting: boolean }[]) => void>();
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(private readonly told: (entries: { isIntersecting: boolean }[]) => void) {}
      observe(element: Element) {
        watches.set(element, this.told);
      }
      disconnect() {}
    },
  );
  const page = await room(changes);
  vi.unstubAllGlobals();
  const end = page.root.querySelector(".msgs .edge:last-child") as Element;
  const endIsSeen = (isIntersecting: boolean) => page.does(() => watches.get(end)?.([{ isIntersecting }]));
  return { page, endIsSeen };
}

/** I write a message, and it is answered with no. */
async function refuseOne(page: Awaited<ReturnType<typeof room>>) {
  await page.write("#message", "Hei");
  await page.does(() => page.root.querySelector<HTMLFormElement>(".compose")?.requestSubmit());
  await page.does(() =>
    page.stand.socket.say({
      type: "outcome",
      id: "abcdef-1",
      seq: 1,
      refusal: { word: "slow_mode", wait_seconds: 20 },
    }),
  );
}

/** From now on the browser draws its next picture when the test says so. */
function pictures() {
  const due = new Map<number, () => void>();
  let id = 1_000_000;
  vi.stubGlobal("requestAnimationFrame", (call: () => void) => {
    id += 1;
    due.set(id, call);
    return id;
  });
  vi.stubGlobal("cancelAnimationFrame", (one: number) => due.delete(one));
  return () => {
    const now = [...due.values()];
    due.clear();
    for (const call of now) call();
  };
}

beforeAll(bringAside);
afterEach(() => vi.unstubAllGlobals());

describe("the screen", () => {
  it("is kept on without listening, until the person lets it go dark", async () => {
    const release = vi.fn(async () => undefined);
    const request = vi.fn(async () => ({ released: false, release }));
    vi.stubGlobal("navigator", { ...navigator, wakeLock: { request } });
    const page = await room(idle);
    expect(request).toHaveBeenCalledTimes(1);
    await page.press("Asetukset");
    await page.press("Näyttö pysyy päällä");
    expect(release).toHaveBeenCalledTimes(1);
    expect(page.app.device.get("awake")).toBe("false");
  });
});

describe("the theme", () => {
  it("is in view: theme, question, what comes next", async () => {
    const page = await room(idle);
    expect(page.words(".theme")).toBe("Uni Keskustelu Mikä auttaa sinua nukahtamaan? Kello 10.30: tauko");
  });

  it("is a countdown in a break", async () => {
    const page = await room([
      ...quiet,
      make.info({ phase: "paused", break_ends_at: NOW + 760_000 }),
      make.agenda({ current: 3 }),
    ]);
    expect(page.words(".theme")).toContain("12:40");
    await page.pass(1000);
    expect(page.words(".theme")).toContain("12:39");
    expect(page.words(".theme")).toContain("Tauko. Jatkamme kello 10.26.");
  });

  it("tells when it starts, before it does", async () => {
    const page = await room([
      make.info({ phase: "doors_open", starts_at: CLOCK.utc + 18 * 60_000 }),
      make.floor({ policy: "closed" }),
      make.chat(),
      ...make.PEOPLE,
    ]);
    expect(page.words(".theme")).toContain("Alkaa 18 minuutin päästä.");
    expect(page.words(".dock")).toContain("Voit pyytää puheenvuoron, kun kahvila alkaa.");
  });
});

describe("asking to speak", () => {
  it("is one press", async () => {
    const page = await room(idle);
    await page.press("Pyydä puheenvuoro");
    expect(commands(page.stand)).toEqual([{ type: "request_floor", kind: "speak" }]);
    expect(page.words(".dock")).toContain("Pyyntöäsi lähetetään.");
    await page.step(make.request(9, ME));
    expect(page.words(".dock")).toContain("Olet neljäs.");
  });

  it("shows my place in words, about how long, and takes it back", async () => {
    const page = await room(make.LIVE);
    expect(page.words(".ticket")).toContain("Olet kolmas. Noin 5 minuuttia.");
    expect(page.words(".line-up")).toContain("3 sinä");
    await page.press("Peru pyyntö");
    expect(commands(page.stand)).toEqual([{ type: "cancel_floor_request", request: 3 }]);
  });

  it("can be a reply, or in writing, and what is written outlives a reload", async () => {
    const page = await room(idle);
    await page.press("Kirjoita vuoro");
    expect(page.words("dialog")).toContain("Vastaat henkilölle Kuusi.");
    await page.press("Kirjoitan vuoroni");
    await page.write("textarea", "Minua auttaa lukeminen.");
    expect(page.stand.keep.get("draft_written")).toBe('"Minua auttaa lukeminen."');
    await page.does(() => page.root.querySelector<HTMLFormElement>("dialog form")?.requestSubmit());
    expect(commands(page.stand)).toEqual([
      { type: "request_floor", kind: "written", text: "Minua auttaa lukeminen." },
    ]);
    expect(page.root.querySelector("dialog[open]")).toBeNull();
  });

  it("is not there to press when the queue is closed, and says why", async () => {
    const page = await room([...idle, make.floor({ policy: "closed" })]);
    expect(page.button("Pyydä puheenvuoro").getAttribute("aria-disabled")).toBe("true");
    await page.press("Pyydä puheenvuoro");
    expect(commands(page.stand)).toEqual([]);
    expect(page.words(".dock")).toContain("Jono on nyt kiinni. Ohjaaja avaa sen uudelleen.");
  });

  it("that is refused says why and what next, in the page and aloud", async () => {
    const page = await room(idle);
    await page.press("Pyydä puheenvuoro");
    await page.does(() =>
      page.stand.socket.say({
        type: "outcome",
        id: "abcdef-1",
        seq: 1,
        refusal: { word: "already_requested" },
      }),
    );
    expect(page.words(".notices")).toContain("Olet jo jonossa. Paikkasi säilyy.");
    expect(page.app.announcer.polite.value).toBe("Olet jo jonossa. Paikkasi säilyy.");
  });
});

describe("a text that is refused", () => {
  const refuse = (page: Awaited<ReturnType<typeof room>>, id: string, refusal: Refusal) =>
    page.does(() => page.stand.socket.say({ type: "outcome", id, seq: 1, refusal }));
  const submit = (page: Awaited<ReturnType<typeof room>>) =>
    page.does(() => page.root.querySelector<HTMLFormElement>("dialog form")?.requestSubmit());
  const value = (page: Awaited<ReturnType<typeof room>>, field: string) =>
    page.root.querySelector<HTMLInputElement | HTMLTextAreaElement>(field)?.value;

  it("for a turn stands again where it was written, also after a reload", async () => {
    const page = await room(idle);
    await page.press("Kirjoita vuoro");
    await page.press("Kirjoitan vuoroni");
    await page.write("textarea", "Minua auttaa lukeminen.");
    await submit(page);
    expect(page.stand.keep.get("draft_written")).toBeNull();
    await refuse(page, "abcdef-1", { word: "queue_closed" });
    expect(page.words(".notices")).toContain("Jono on nyt kiinni.");
    expect(page.stand.line.refused.value).toEqual([]);
    const reloaded = await room(idle, { keep: page.stand.keep });
    await reloaded.press("Kirjoita vuoro");
    await reloaded.press("Kirjoitan vuoroni");
    expect(value(reloaded, "#written")).toBe("Minua auttaa lukeminen.");
  });

  it("comes back though the page was loaded anew before the answer", async () => {
    const page = await room(idle);
    await page.press("Kirjoita vuoro");
    await page.press("Kirjoitan vuoroni");
    await page.write("textarea", "Minua auttaa lukeminen.");
    await submit(page);
    const reloaded = await room(idle, { keep: page.stand.keep, prefix: "bbbbbb" });
    await refuse(reloaded, "abcdef-1", { word: "queue_closed" });
    expect(reloaded.stand.keep.get("draft_written")).toBe('"Minua auttaa lukeminen."');
  });

  it("with a call for help stands again with its number", async () => {
    const page = await room(make.LIVE);
    await page.press("Pyydä apua");
    await page.press("Minua ei kuulla");
    await page.write("#help-words", "Mikki on harmaa");
    await page.write("#help-phone", "12");
    await submit(page);
    await refuse(page, "abcdef-1", { word: "busy" });
    expect(value(page, "#help-words")).toBe("Mikki on harmaa");
    expect(value(page, "#help-phone")).toBe("12");
    const why = "Palvelin on nyt ruuhkainen.";
    expect(page.words("dialog")).toContain(why);
    expect(page.app.announcer.polite.value).toContain(why);
    expect(page.stand.line.refused.value).toEqual([]);
  });

  it("is sent with whatever was pasted as its number", async () => {
    const page = await room(make.LIVE);
    await page.press("Pyydä apua");
    await page.press("Minua ei kuulla");
    await page.write("#help-phone", "\u202a+358 40 1234567\u202c (äiti, ei iltaisin)");
    await submit(page);
    expect(page.stand.socket.sent.at(-1)).toMatchObject({
      command: { type: "ask_for_help", call_back: "\u202a+358 40 1234567\u202c (äiti, ei iltaisin)" },
    });
  });

  it("with a hidden character names it and its place", async () => {
    const page = await room(make.LIVE);
    await page.write("#message", "raha\u202eksam");
    await page.does(() => page.root.querySelector<HTMLFormElement>(".compose")?.requestSubmit());
    await refuse(page, "abcdef-1", { word: "text_not_allowed" });
    expect(page.words()).toContain(
      "Ei lähetetty. Viestin 5. merkki on piilossa (U+202E). Poista se ja lähetä uudelleen.",
    );
    await page.press("Muokkaa");
    expect(value(page, "#message")).toBe("raha\u202eksam");
  });

  it("for the helpers is told though the dialog has been closed meanwhile", async () => {
    const page = await room([...make.LIVE, make.help()]);
    await page.press("Näytä apupyyntö");
    await page.write("#help-line", "Nyt se toimii");
    await submit(page);
    await page.write("#help-line", "Kiitos");
    await page.press("Sulje");
    await refuse(page, "abcdef-1", { word: "busy" });
    expect(page.words(".notices")).toContain("Palvelin on nyt ruuhkainen.");
    await page.press("Näytä apupyyntö");
    expect(value(page, "#help-line")).toBe("Nyt se toimii\nKiitos");
  });

  it("does not take the place of what is being written", async () => {
    const page = await room(make.LIVE);
    await page.write("#message", "Hei");
    await page.does(() => page.root.querySelector<HTMLFormElement>(".compose")?.requestSubmit());
    await refuse(page, "abcdef-1", { word: "slow_mode", wait_seconds: 20 });
    await page.write("#message", "Ja vielä");
    await page.press("Muokkaa");
    expect(value(page, "#message")).toBe("Hei\nJa vielä");
  });

  it("is not all that is refused: what has no text is forgotten when it has been told", async () => {
    const page = await room(idle);
    await page.press("Pyydä puheenvuoro");
    await refuse(page, "abcdef-1", { word: "already_requested" });
    expect(page.words(".notices")).toContain("Olet jo jonossa.");
    expect(page.stand.keep.get("refused")).toBeNull();
  });
});

describe("my turn", () => {
  const mine = (change: Parameters<typeof make.turn>[1] = {}) => [...quiet, make.turn(ME, change)];

  it("comes as a calm dialog and an assertive text, once", async () => {
    const page = await room(make.LIVE);
    await page.step(make.turn(ME, { id: 41 }));
    expect(page.words("dialog h2")).toBe("On sinun vuorosi");
    expect(document.title).toContain("On sinun vuorosi");
    await page.pass(300);
    expect(page.app.announcer.assertive.value).toBe("On sinun vuorosi");
    await page.press("Puhu nyt");
    expect(page.root.querySelector("dialog[open]")).toBeNull();
    const reloaded = await room(mine({ id: 41 }), { keep: page.stand.keep });
    expect(reloaded.root.querySelector("dialog[open]")).toBeNull();
  });

  it("says on its sheet that the line is lost, and offers no act that could not be done", async () => {
    const page = await room(mine());
    await page.does(() => page.stand.socket.close(1006));
    await page.pass(2000);
    expect(page.words("dialog")).toContain("Yhteys katkesi. Yritämme uudelleen. Vuorosi odottaa.");
    expect(() => page.button("Puhu nyt")).toThrow();
    expect(page.button("Yritä nyt")).toBeTruthy();
  });

  it("runs, and is ended by me", async () => {
    const page = await room(mine({ since: NOW - 42_000 }));
    await page.press("Puhu nyt");
    expect(page.words(".ticket")).toContain("Sinä puhut nyt. Puhunut 0:42.");
    await page.pass(1000);
    expect(page.words(".ticket")).toContain("0:43");
    await page.press("Lopeta vuoroni");
    expect(commands(page.stand)).toEqual([{ type: "release_turn", turn: 40 }]);
  });

  it("says gently when its time is up", async () => {
    const page = await room(mine({ since: NOW - 179_000, soft_limit_seconds: 180 }));
    await page.press("Puhu nyt");
    expect(page.words(".ticket")).toContain("Sinä puhut nyt.");
    await page.pass(1000);
    expect(page.words(".ticket")).toContain("3 minuuttia on kulunut. Voit puhua loppuun rauhassa.");
  });

  it("of somebody else says to everyone, gently, when its time is up", async () => {
    const page = await room([...quiet, make.turn(8, { since: NOW - 179_000, soft_limit_seconds: 180 })]);
    expect(page.words(".floor .clock")).toBe("Puhunut 2:59");
    await page.pass(1000);
    expect(page.words(".floor .clock")).toBe("Sovittu aika on käytetty 3:00");
  });

  it("can be moved to the end of the queue", async () => {
    const page = await room(mine());
    await page.press("Siirrän myöhemmäksi");
    expect(commands(page.stand)).toEqual([{ type: "release_turn", turn: 40, later: true }]);
  });

  it("can be written instead, and is then no turn that was had", async () => {
    const page = await room(mine());
    await page.press("Kirjoitan vuoroni");
    await page.write("textarea", "Minua auttaa lukeminen.");
    await page.does(() => page.root.querySelector<HTMLFormElement>("dialog form")?.requestSubmit());
    expect(commands(page.stand)).toEqual([
      { type: "request_floor", kind: "written", text: "Minua auttaa lukeminen." },
      { type: "release_turn", turn: 40, later: true },
    ]);
  });

  it("of a round can be written before it comes, and taken back", async () => {
    const round: Change = { type: "round", id: 1, places: [{ person: ME, mark: "waiting" }] };
    const page = await room([...quiet, round]);
    await page.press("Kirjoitan vuoroni");
    await page.write("textarea", "Minua auttaa lukeminen.");
    await page.does(() => page.root.querySelector<HTMLFormElement>("dialog form")?.requestSubmit());
    await page.step(make.request(60, ME, { kind: "written", text: "Minua auttaa lukeminen." }));
    expect(page.words(".ticket")).toContain("Ohjaaja lukee tekstisi vuorollasi.");
    await page.press("Peru kirjoitettu vuoro");
    expect(commands(page.stand)).toEqual([
      { type: "request_floor", kind: "written", text: "Minua auttaa lukeminen." },
      { type: "cancel_floor_request", request: 60 },
    ]);
  });

  it("in a round can be passed, or taken later", async () => {
    const round: Change = { type: "round", id: 1, places: [{ person: ME, mark: "speaking" }] };
    const page = await room([...mine(), round]);
    await page.press("Jätän väliin");
    expect(commands(page.stand)).toEqual([{ type: "pass_round" }]);
  });

  it("is not answered before the room has: a no brings the ways back, with its reason", async () => {
    const round: Change = { type: "round", id: 1, places: [{ person: ME, mark: "speaking" }] };
    const page = await room([...mine(), round]);
    await page.press("Myöhemmin");
    expect(page.root.querySelector("dialog[open]")).toBeNull();
    expect(page.stand.keep.get("answered_turn")).toBeNull();
    const answer = (id: string, refusal?: { word: "later_used" }) =>
      page.does(() =>
        page.stand.socket.say({ type: "outcome", id, seq: 1, ...(refusal ? { refusal } : {}) }),
      );
    await answer("abcdef-1", { word: "later_used" });
    expect(page.words("dialog")).toContain(
      "Olet jo kerran siirtänyt vuoroasi. Voit puhua tai jättää väliin.",
    );
    await page.press("Jätän väliin");
    await answer("abcdef-2");
    expect(page.root.querySelector("dialog[open]")).toBeNull();
    expect(page.stand.keep.get("answered_turn")).toBe("40");
  });

  it("to reply is spoken: it cannot be written instead or handed back", async () => {
    const page = await room(mine({ kind: "reply" }));
    expect(page.words("dialog h2")).toBe("On sinun vuorosi");
    expect(page.button("Puhu nyt")).toBeTruthy();
    expect(page.words("dialog")).not.toContain("Kirjoitan vuoroni");
    expect(page.words("dialog")).not.toContain("Siirrän myöhemmäksi");
  });

  it("in writing needs nothing from me", async () => {
    const page = await room([...quiet, make.turn(ME, { kind: "written", text: "Minua auttaa lukeminen." })]);
    expect(page.root.querySelector("dialog[open]")).toBeNull();
    expect(page.words(".dock")).toContain("Ohjaaja lukee tekstisi.");
    expect(page.words(".floor")).toContain("Minua auttaa lukeminen.");
  });
});

describe("a lost line", () => {
  it("is said calmly, keeps my place, and continues by itself", async () => {
    const page = await room(make.LIVE);
    await page.does(() => page.stand.socket.close(1006));
    expect(page.root.querySelector(".lost")).toBeNull();
    await page.pass(1500);
    expect(page.words(".lost")).toBe("Yhteys katkesi. Yritämme uudelleen. Paikkasi jonossa säilyy.");
    expect(page.words(".dock")).toContain("Paikkasi säilyy. Olit kolmas, kun yhteys katkesi.");
    expect(page.words(".stage")).toContain("09 000 0000");
    expect(page.app.announcer.assertive.value).toBe("Yhteys katkesi. Yritämme uudelleen.");
    await page.does(() => {
      page.stand.socket.open();
      page.stand.socket.say({ ...(welcomeBack as object) } as never);
    });
    expect(page.root.querySelector(".lost")).toBeNull();
    expect(page.words(".notices")).toContain("Yhteys palasi.");
    await page.pass(8000);
    expect(page.words(".notices")).not.toContain("Yhteys palasi.");
  });

  it("loses nothing that is typed or sent", async () => {
    const page = await room(make.LIVE);
    await page.does(() => page.stand.socket.close(1006));
    await page.write("#message", "Sama täällä!");
    await page.does(() => page.root.querySelector<HTMLFormElement>(".compose")?.requestSubmit());
    expect(page.words(".unsent")).toContain("Sama täällä! Ei vielä lähetetty. Lähetämme, kun yhteys toimii.");
    await page.write("#message", "Ja vielä");
    const reloaded = await room(make.LIVE, { keep: page.stand.keep });
    expect(reloaded.words(".unsent")).toContain("Sama täällä!");
    expect(reloaded.root.querySelector<HTMLTextAreaElement>("#message")?.value).toBe("Ja vielä");
  });
});

describe("what is being written", () => {
  /** The line is away, long enough to say so, and comes back. */
  const loses = async (page: Awaited<ReturnType<typeof room>>) => {
    await page.does(() => page.stand.socket.close(1006));
    await page.pass(1500);
    expect(page.root.querySelector(".lost")).not.toBeNull();
  };
  const comesBack = (page: Awaited<ReturnType<typeof room>>) =>
    page.does(() => {
      page.stand.socket.open();
      page.stand.socket.say({ ...(welcomeBack as object) } as never);
    });

  it("in my turn stays in the same field over a lost line, in the tab over a reload, until it is over", async () => {
    const page = await room([...quiet, make.turn(ME)]);
    await page.press("Puhu nyt");
    await page.press("Kirjoita");
    await page.write("#speech", "Hei");
    const field = page.root.querySelector<HTMLTextAreaElement>("#speech");
    await loses(page);
    expect(page.words(".dock")).toContain("Vuorosi odottaa.");
    await page.write("#speech", "Hei kaikki");
    await comesBack(page);
    expect(page.root.querySelector("#speech")).toBe(field);
    expect(field?.value).toBe("Hei kaikki");
    expect(document.activeElement).toBe(field);

    const reloaded = await room([...quiet, make.turn(ME)], { keep: page.stand.keep });
    await reloaded.press("Kirjoita");
    expect(reloaded.root.querySelector<HTMLTextAreaElement>("#speech")?.value).toBe("Hei kaikki");
    await reloaded.step({ type: "dropped", kind: "turn", id: 0 });
    expect(page.stand.keep.get("draft_speech")).toBeNull();
    await reloaded.step(make.turn(ME, { id: 41 }));
    await reloaded.press("Puhu nyt");
    await reloaded.press("Kirjoita");
    expect(reloaded.root.querySelector<HTMLTextAreaElement>("#speech")?.value).toBe("");
  });

  it("for later stays open over a lost line", async () => {
    const page = await room(idle);
    await page.press("Kirjoita vuoro");
    await page.press("Kirjoitan vuoroni");
    await page.write("textarea", "Minua auttaa");
    const field = page.root.querySelector("dialog textarea");
    await loses(page);
    await comesBack(page);
    expect(page.root.querySelector("dialog textarea")).toBe(field);
  });

  it("for a round stays open over a lost line", async () => {
    const round: Change = { type: "round", id: 1, places: [{ person: ME, mark: "waiting" }] };
    const page = await room([...quiet, round]);
    await page.press("Kirjoitan vuoroni");
    const field = page.root.querySelector("dialog textarea");
    expect(field).not.toBeNull();
    await loses(page);
    await comesBack(page);
    expect(page.root.querySelector("dialog textarea")).toBe(field);
  });

  it("closes with the state in which it was opened, and does not come back by itself", async () => {
    const page = await room(idle);
    await page.press("Kirjoita vuoro");
    await page.step(make.request(9, ME));
    expect(page.root.querySelector("dialog[open]")).toBeNull();
    await page.step(make.request(9, ME, { state: "cancelled" }));
    expect(page.words(".dock")).toContain("Pyydä puheenvuoro");
    expect(page.root.querySelector("dialog[open]")).toBeNull();
  });
});

const welcomeBack = {
  type: "welcome",
  version: 1,
  epoch: "e1",
  seq: 1,
  resumed: true,
  me: ME,
  role: "participant",
  connection: 2,
  clock: CLOCK,
  next_ticket: "n2",
};

describe("messages", () => {
  it("tell what became of mine, in words", async () => {
    const page = await room(make.LIVE);
    const states = [...page.root.querySelectorAll(".mine .msg-state")].map((one) => one.textContent?.trim());
    expect(states).toEqual([
      "Julkaistu",
      "Odottaa tarkistusta. Vain sinä ja ohjaajat näette sen.",
      "Ei julkaistu. Syy: viesti kertoo toisesta ihmisestä. Voit kirjoittaa uuden viestin.",
    ]);
    expect(page.words(".tomb")).toBe("Henkilökunta poisti tämän viestin.");
  });

  it("that became something else are told so, and not as if their author had done wrong", async () => {
    const became = ["turned_into_parked_question", "turned_into_help_request"] as const;
    const page = await room([
      ...quiet.filter(({ type }) => type !== "message"),
      ...became.map((kind_reason, index) =>
        make.message(30 + index, ME, "Milloin on tauko?", { state: "rejected", kind_reason }),
      ),
    ]);
    const states = [...page.root.querySelectorAll(".mine .msg-state")].map((one) => one.textContent?.trim());
    expect(states).toEqual([
      "Kysymyksesi on tallessa. Vain ohjaajat näkevät sen. Palaamme siihen myöhemmin.",
      "Viestistäsi tehtiin apupyyntö. Saat pian apua.",
    ]);
  });

  it("of which a question is kept for later tell it to their author, taken back or not", async () => {
    const page = await room([
      ...quiet.filter(({ type }) => type !== "message"),
      make.message(30, ME, "Mistä saa bussikortin?", { kept: true }),
      make.message(31, ME, "", { state: "retracted", by_author: true, kept: true }),
    ]);
    expect(
      page.words(".msgs").split("Kysymyksesi on tallessa ohjaajilla. He palaavat siihen myöhemmin."),
    ).toHaveLength(3);
  });

  it("keep their times as they are at each heartbeat", async () => {
    const page = await room(make.LIVE);
    const times = () => [...page.root.querySelectorAll(".msgs time")].map((one) => one.outerHTML);
    const before = times();
    expect(before[0]).toMatch(/^<time datetime="2026-12-03T\d\d:\d\dZ">/i);
    const clock = { room: CLOCK.room + 5000, utc: CLOCK.utc + 5600 };
    await page.does(() => page.stand.socket.say({ type: "heartbeat", clock }));
    expect(times()).toEqual(before);
  });

  it("are not in a live region, and text is text", async () => {
    const hostile = '<img src=x onerror="alert(1)"><script>alert(1)</script>';
    const page = await room([...make.LIVE, make.message(30, 8, hostile), make.person(8, "<b>Kuusi</b>")]);
    expect(page.root.querySelector(".msgs img, .msgs script")).toBeNull();
    expect(page.words(".msgs")).toContain(hostile);
    expect(page.root.querySelector(".msgs")?.closest("[aria-live]")).toBeNull();
    expect(page.root.querySelectorAll("[aria-live]")).toHaveLength(2);
  });

  it("are written, answered, and kept short", async () => {
    const page = await room(make.LIVE);
    await page.press("Toiminnot: viesti, Kanerva, Minua auttaa kirja. Luen joka…");
    await page.press("Vastaa");
    expect(page.words(".compose")).toContain("Vastaat: Kanerva");
    await page.write("#message", "Hyvä!");
    await page.press("Lähetä");
    await page.does(() => page.root.querySelector<HTMLFormElement>(".compose")?.requestSubmit());
    expect(commands(page.stand)[0]).toEqual({
      type: "send_message",
      channel: "room",
      text: "Hyvä!",
      reply_to: 2,
    });
    expect(page.words(".compose")).not.toContain("Vastaat");

    await page.write("#message", "a".repeat(1001));
    expect(page.words(".compose")).toContain("Viesti on liian pitkä: 1 merkkiä liikaa.");
    expect(page.button("Lähetä").getAttribute("aria-disabled")).toBe("true");
  });

  it("that were refused go back to their writer", async () => {
    const page = await room(make.LIVE);
    await refuseOne(page);
    expect(page.words(".msgs")).toContain("Ei lähetetty. Odota vähän viestien välissä. Odota 20 sekuntia");
    await page.press("Muokkaa");
    expect(page.root.querySelector<HTMLTextAreaElement>("#message")?.value).toBe("Hei");
    expect(page.stand.line.refused.value).toEqual([]);
  });

  it("that were refused can be put away", async () => {
    const page = await room(make.LIVE);
    await refuseOne(page);
    await page.press("Sulje");
    expect(page.words(".msgs")).not.toContain("Ei lähetetty");
    expect(page.stand.line.refused.value).toEqual([]);
    expect(document.activeElement?.className).toBe("msgs");
  });

  it("are followed to their end on a wide screen, below a refused one too", async () => {
    const { page, endIsSeen } = await readRoom(make.LIVE);
    const list = page.root.querySelector(".msgs") as HTMLElement;
    let height = 500;
    Object.defineProperty(list, "clientHeight", { get: () => 400 });
    Object.defineProperty(list, "scrollHeight", { get: () => height });
    const draws = pictures();
    await endIsSeen(true);
    await refuseOne(page);
    height = 560;
    draws();
    expect(list.scrollTop).toBe(560);
    height = 640;
    await page.step(make.message(31, 9, "kaksi"));
    draws();
    expect(list.scrollTop).toBe(640);
  });

  it("keep what has the focus in view when more come than fit", async () => {
    const { page, endIsSeen } = await readRoom(make.LIVE);
    const list = page.root.querySelector(".msgs") as HTMLElement;
    const more = [...list.querySelectorAll<HTMLElement>(".msg-more")].at(-2) as HTMLElement;
    const row = more.closest("li") as HTMLElement;
    const height = 900;
    Object.defineProperty(list, "clientHeight", { get: () => 400 });
    Object.defineProperty(list, "scrollHeight", { get: () => height });
    vi.spyOn(list, "getBoundingClientRect").mockImplementation(() => ({ top: 100 }) as DOMRect);
    vi.spyOn(row, "getBoundingClientRect").mockImplementation(
      () => ({ top: 620 - list.scrollTop }) as DOMRect,
    );
    const draws = pictures();
    await endIsSeen(true);
    await page.does(() => more.focus());
    await page.step(...Array.from({ length: 20 }, (_, i) => make.message(40 + i, 8, `viesti ${i}`)));
    draws();
    expect(list.scrollTop).toBe(520);
    expect(document.activeElement).toBe(more);
  });

  it("are one stop of the Tab key, and gone through by the arrows and the page keys", async () => {
    const page = await room(make.LIVE);
    const stops = () => [...page.root.querySelectorAll<HTMLElement>(".msg-more")];
    const tabbed = () => stops().filter((one) => one.tabIndex === 0);
    expect(stops().length).toBeGreaterThan(3);
    expect(tabbed()).toEqual([stops().at(-1)]);
    const key = (name: string) =>
      page.does(
        () =>
          void document.activeElement?.dispatchEvent(
            new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }),
          ),
      );
    await page.does(() => stops().at(-1)?.focus());
    await key("PageUp");
    expect(document.activeElement).toBe(stops().at(-2));
    await key("Home");
    expect(tabbed()).toEqual([stops()[0]]);
    await key("ArrowDown");
    await page.step(make.message(40, 8, "uusi"));
    expect(tabbed()).toEqual([stops()[1]]);
  });

  it("have a way past them to the field", async () => {
    const page = await room(make.LIVE);
    const ways = [...page.root.querySelectorAll<HTMLAnchorElement>(".skip")];
    expect(ways.map((way) => way.getAttribute("href"))).toEqual(["#my-turn", "#messages", "#message"]);
    for (const way of ways) expect(page.root.querySelector(way.getAttribute("href") ?? "")).not.toBeNull();
  });

  it("leave the field in its place on a phone, below a refused one too", async () => {
    const page = await room(make.LIVE);
    const compose = page.root.querySelector(".compose") as HTMLElement;
    let top = 500;
    const asked = vi.spyOn(compose, "getBoundingClientRect").mockImplementation(() => ({ top }) as DOMRect);
    const scrolled = vi.fn((_: number, by: number) => {
      top -= by;
    });
    vi.stubGlobal("scrollBy", scrolled);
    const draws = pictures();
    await refuseOne(page);
    await page.does(() => page.root.querySelector<HTMLElement>("#message")?.focus());
    draws();
    for (const id of [31, 32]) {
      await page.does(() => {
        top += 60;
        page.stand.socket.say({
          type: "batch",
          from: id - 30,
          to: id - 29,
          changes: [make.message(id, 9, "hei")],
        });
      });
      draws();
    }
    expect(scrolled.mock.calls).toEqual([
      [0, 60],
      [0, 60],
    ]);
    asked.mockClear();
    await page.does(() => page.stand.socket.close(1006));
    expect(asked).not.toHaveBeenCalled();
  });

  it("can be thanked for, reported, and taken back", async () => {
    const page = await room(make.LIVE);
    await page.press("Toiminnot: viesti, Kanerva, Minua auttaa kirja. Luen joka…");
    await page.press("Kiitos");
    await page.press("Toiminnot: viesti, Kanerva, Minua auttaa kirja. Luen joka…");
    expect(page.button("Kiitos").getAttribute("aria-pressed")).toBe("true");
    await page.press("Ilmoita huono viesti");
    await page.does(() => page.stand.socket.say({ type: "outcome", id: "abcdef-2", seq: 1 }));
    expect(page.words(".notices")).toContain("Kiitos. Henkilökunta katsoo viestin.");
    await page.press("Toiminnot: viesti, Sinä, Minä kuuntelen sateen ääntä.");
    await page.press("Poista");
    await page.press("Poista viesti");
    expect(commands(page.stand)).toEqual([
      { type: "react_to_message", message: 2, reaction: "thanks", on: true },
      { type: "flag_message", message: 2 },
      { type: "retract_message", message: 4 },
    ]);
  });

  it("that one has reported already, or too many, are answered in words of their own", async () => {
    const page = await room(make.LIVE);
    const report = async (id: string, word: "already_requested" | "limit_reached") => {
      await page.press("Toiminnot: viesti, Kanerva, Minua auttaa kirja. Luen joka…");
      await page.press("Ilmoita huono viesti");
      await page.does(() => page.stand.socket.say({ type: "outcome", id, seq: 1, refusal: { word } }));
      return page.words(".notices");
    };
    expect(await report("abcdef-1", "already_requested")).toContain("Olet jo ilmoittanut tästä viestistä.");
    expect(await report("abcdef-2", "limit_reached")).toContain("Henkilökunta katsoo ensin aiemmat");
  });

  it("that come while one is elsewhere are counted, and marked where they begin", async () => {
    const { page, endIsSeen } = await readRoom(make.LIVE);
    await endIsSeen(false);
    await page.step(make.message(30, 8, "yksi"), make.message(31, 9, "kaksi"));
    expect(page.words(".new")).toBe("2 uutta viestiä");
    expect(page.words(".dock")).toContain("2 uutta viestiä");
    expect(document.title).toContain("(2)");
    await endIsSeen(true);
    expect(page.words(".dock")).not.toContain("uutta");
    expect(page.words(".new")).toBe("2 uutta viestiä");
  });

  it("that come while the tab is hidden are seen when its reader comes back to their end", async () => {
    const { page, endIsSeen } = await readRoom(make.LIVE);
    await endIsSeen(true);
    const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    await page.step(make.message(30, 8, "yksi"));
    expect(document.title).toContain("(1)");
    hidden.mockReturnValue(false);
    await page.does(() => void document.dispatchEvent(new Event("visibilitychange")));
    expect(document.title).not.toContain("(1)");
    expect(page.words(".new")).toBe("1 uusi viesti");
  });

  it("are the newest of those that are here; older ones are shown on request, then asked for", async () => {
    const many = Array.from({ length: 200 }, (_, i) => make.message(100 + i, 8, `viesti ${i}`));
    const { page, endIsSeen } = await readRoom([make.info(), make.chat(), ...make.PEOPLE, ...many]);
    page.stand.entrance.older = { kind: "ok", value: { messages: [make.message(9, 9, "aamulla")] } };
    const oldest = () => page.words(".msgs li.older + li");
    expect(oldest()).toContain("viesti 140");
    await endIsSeen(false);
    for (const text of ["viesti 80", "viesti 20", "viesti 0", "aamulla"]) {
      await page.press("Näytä vanhempia viestejä");
      expect(oldest()).toContain(text);
    }
    await page.step(make.message(900, 9, "uusi"));
    expect(oldest()).toContain("viesti 0");
    await endIsSeen(true);
    await page.step(make.message(901, 9, "uusin"));
    expect(oldest()).toContain("viesti 142");
    expect(page.words(".msgs li:nth-last-child(2)")).toContain("uusin");
  });

  it("cannot be written while silenced, and one is told why", async () => {
    const silenced = make.person(ME, "Mustikka", {
      silenced_until: NOW + 600_000,
      silence_reason: "Monta viestiä peräkkäin",
    });
    const page = await room([...make.LIVE, silenced]);
    expect(page.words(".notices")).toContain(
      "Et voi kirjoittaa 10 minuuttiin. Syy: Monta viestiä peräkkäin. Voit kuunnella ja pyytää apua.",
    );
    expect(page.button("Lähetä").getAttribute("aria-disabled")).toBe("true");
    await page.pass(600_000);
    expect(page.button("Lähetä").getAttribute("aria-disabled")).toBeNull();
  });

  it("say beforehand that the first one is checked, until one is published", async () => {
    const mine = make.LIVE.filter((thing) => thing.type === "message" && thing.author === ME);
    const page = await room([
      ...make.LIVE.filter((thing) => !mine.includes(thing)),
      make.chat({ mode: "first_held" }),
    ]);
    const hint = "Henkilökunta lukee ensimmäisen viestisi, ennen kuin muut näkevät sen.";
    expect(page.words("#message-hint")).toBe(hint);
    await page.step(make.message(40, ME, "Hei", { state: "held" }));
    expect(page.words("#message-hint")).toBe(hint);
    await page.step(make.message(40, ME, "Hei"));
    expect(page.words("#message-hint")).toBe("");
  });

  it("wait while the chat is paused; what is typed stays", async () => {
    const page = await room([...make.LIVE, make.chat({ mode: "paused" })]);
    await page.write("#message", "Hei");
    expect(page.words(".compose")).toContain("Viestit ovat nyt tauolla.");
    await page.step(make.chat());
    expect(page.button("Lähetä").getAttribute("aria-disabled")).toBeNull();
    expect(page.root.querySelector<HTMLTextAreaElement>("#message")?.value).toBe("Hei");
  });
});

describe("help", () => {
  it("is asked by a picture, with words and a number if one likes", async () => {
    const page = await room(make.LIVE);
    await page.press("Pyydä apua");
    await page.press("Minua ei kuulla");
    await page.write("#help-words", "Mikki on harmaa");
    await page.write("#help-phone", "040 000 0000");
    await page.does(() => page.root.querySelector<HTMLFormElement>("dialog form")?.requestSubmit());
    expect(commands(page.stand)).toEqual([
      { type: "ask_for_help", kind: "not_heard", words: "Mikki on harmaa", call_back: "040 000 0000" },
    ]);
  });

  it("keeps the focus in its dialog from step to step", async () => {
    const page = await room(make.LIVE);
    const focused = () => document.activeElement?.closest("dialog") && document.activeElement.textContent;
    const pressFocused = async (name: string) => {
      await page.does(() => page.button(name).focus());
      await page.press(name);
    };
    await pressFocused("Pyydä apua");
    await pressFocused("Minua ei kuulla");
    expect(focused()).toBe("Minua ei kuulla");
    await pressFocused("Takaisin");
    expect(focused()).toBe("Mikä hätänä?");
    await pressFocused("Minua ei kuulla");
    await pressFocused("Lähetä apupyyntö");
    expect(focused()).toBe("Apupyyntösi");
    await page.step(make.help());
    expect(document.activeElement?.closest("dialog")?.open).toBe(true);
  });

  it("that does not get through is told within 5 s, with a number to call", async () => {
    const page = await room(make.LIVE);
    await page.does(() => void page.stand.line.send({ type: "ask_for_help", kind: "not_heard" }));
    expect(page.words(".notices")).toBe("");
    await page.pass(4000);
    expect(page.words(".notices")).toContain("Apupyyntö ei ole vielä mennyt perille.");
    expect(page.words(".notices")).toContain("09 000 0000");
  });

  it("shows who has seen it, takes more words, and can be cancelled", async () => {
    const page = await room([...make.LIVE, make.help()]);
    expect(page.words(".notices")).toContain("Apupyyntösi on lähetetty.");
    await page.step(make.help({ state: "claimed", claimed_by: 3 }));
    expect(page.words(".notices")).toContain("Moderaattori 2 näki apupyyntösi.");
    await page.press("Näytä apupyyntö");
    await page.write("#help-line", "Nyt se toimii");
    await page.does(() => page.root.querySelector<HTMLFormElement>("dialog form")?.requestSubmit());
    await page.press("En tarvitse enää apua");
    expect(commands(page.stand)).toEqual([
      { type: "add_help_line", help: 1, text: "Nyt se toimii" },
      { type: "cancel_help", help: 1 },
    ]);
  });

  it("that is answered shows the newest words of who helps, with a sound and a way to answer", async () => {
    const sounds = vi.fn();
    vi.stubGlobal(
      "AudioContext",
      class {
        constructor() {
          sounds();
        }
        resume = () => Promise.reject(new Error("no sound here"));
      },
    );
    const page = await room([...make.LIVE, make.help({ state: "claimed", claimed_by: 3 })]);
    const says = (id: number, author: number, text: string) =>
      page.step({ type: "help_line", id, help: 1, author, at: NOW, text });
    await says(1, 3, "Paina vihreää Kuuntele-nappia.");
    expect(page.words(".notices")).toContain(
      "Uusi viesti: Moderaattori 2. Paina vihreää Kuuntele-nappia. Vastaa",
    );
    expect(sounds).toHaveBeenCalledTimes(1);
    await says(2, 3, "Kuuletko nyt?");
    expect(page.words(".notices")).toContain("Kuuletko nyt?");
    expect(page.words(".notices")).not.toContain("vihreää");
    await page.press("Vastaa");
    expect(page.words("dialog")).toContain("Kirjoita lisää");
    await says(3, ME, "Kuulen!");
    expect(page.words(".notices")).not.toContain("Kuuletko");
  });

  it("that is answered can be told from the bar until its sheet has been open, also after a reload", async () => {
    const things = [...make.LIVE, make.help({ state: "claimed", claimed_by: 3 })];
    const message = (id: number, author: number): Change => ({
      type: "help_line",
      id,
      help: 1,
      author,
      at: NOW,
      text: "Kuuletko nyt?",
    });
    const help = (page: Awaited<ReturnType<typeof room>>) => page.words(".bar .btn.help");
    const page = await room(things);
    expect(help(page)).toBe("Pyydä apua");
    await page.step(message(1, 3));
    expect(help(page)).toBe("Apu vastasi");
    const reloaded = await room([...things, message(1, 3)], { keep: page.stand.keep });
    expect(help(reloaded)).toBe("Apu vastasi");
    await reloaded.press("Apu vastasi");
    expect(reloaded.words("dialog")).toContain("Kuuletko nyt?");
    // What comes while the sheet is open is read there.
    await reloaded.step(message(2, 3));
    await reloaded.press("Sulje");
    expect(help(reloaded)).toBe("Pyydä apua");
    await reloaded.step(message(3, ME));
    expect(help(reloaded)).toBe("Pyydä apua");
  });

  it("is answered without a sound where the person does not want it", async () => {
    const sounds = vi.fn();
    vi.stubGlobal("AudioContext", sounds);
    const page = await room([...make.LIVE, make.help({ state: "claimed", claimed_by: 3 })]);
    await page.press("Asetukset");
    await page.press("Ääni, kun apu vastaa");
    await page.press("Sulje");
    await page.step({ type: "help_line", id: 1, help: 1, author: 3, at: NOW, text: "Hei" });
    expect(sounds).not.toHaveBeenCalled();
  });

  it("that is over is said once", async () => {
    const page = await room([...make.LIVE, make.help({ state: "solved" })]);
    expect(page.words(".notices")).toContain("Asia on hoidettu.");
    await page.press("Selvä");
    expect(page.words(".notices")).toBe("");
  });
});

describe("the day", () => {
  it("lets one say that one is back from a break, once", async () => {
    const page = await room([...quiet, make.info({ phase: "paused", break_ends_at: NOW + 60_000 })]);
    await page.press("Olen taas mukana");
    expect(commands(page.stand)).toEqual([{ type: "say_im_back" }]);
    expect(page.words(".dock")).toContain("Hyvä, että olet taas mukana.");
  });

  it("asks in a break in one place alone, and takes the answer for both", async () => {
    const asked = { type: "checkpoint", id: 5, at: NOW - 1000, answered: false } as const;
    const pause = make.info({ phase: "paused", since: NOW - 60_000, break_ends_at: NOW + 60_000 });
    const page = await room([...quiet, pause, asked]);
    expect(page.button("Olen mukana")).toBeTruthy();
    expect(() => page.button("Olen taas mukana")).toThrow();
    await page.step({ ...asked, answered: true });
    expect(page.words(".dock")).toContain("Hyvä, että olet taas mukana.");
    expect(() => page.button("Olen taas mukana")).toThrow();
  });

  it("asks whether one is there", async () => {
    const page = await room([...idle, { type: "checkpoint", id: 5, at: NOW, answered: false }]);
    await page.press("Olen mukana");
    expect(commands(page.stand)).toEqual([{ type: "answer_checkpoint", checkpoint: 5 }]);
    expect(page.root.querySelector(".strip")).toBeNull();
  });

  it("says that nothing can be saved", async () => {
    const page = await room(make.LIVE);
    await page.does(() => page.stand.socket.say({ type: "saving", state: "stopped" }));
    expect(page.words(".notices")).toContain("Palvelin ei voi nyt tallentaa.");
  });

  /** Loses sockets of which nothing is heard until the net is known to block them. */
  const block = async (page: Awaited<ReturnType<typeof drawInRoom>>) => {
    for (let time = 0; time < 4; time += 1) {
      await page.does(() => page.stand.socket.close(1006));
      await page.pass(5000);
    }
  };

  it.each([
    ["fi", "Tämä verkko estää yhteyden kahvilaan", "Kokeile toista verkkoa", "Soita, autamme:"],
    ["sv", "Det här nätet släpper inte in dig i kaféet", "Prova ett annat nät", "Ring, vi hjälper:"],
    ["en", "This network blocks the connection to the café", "Try another network", "Call, we will help:"],
  ] as const)(
    "says in %s that the net blocks the line, and whom to call",
    async (language, title, what, call) => {
      const page = await drawInRoom(<Room onComeBack={() => undefined} />, make.LIVE, { language });
      // The last of a socket that was heard, and then those of which nothing is.
      await page.does(() => page.stand.socket.close(1006));
      await page.pass(5000);
      await block(page);
      expect(page.words(".lost")).toContain(title);
      expect(page.words(".lost")).toContain(what);
      expect(page.words(".lost")).toContain(call);
      expect(page.root.querySelector(".lost a[href^='tel:']")).not.toBeNull();
      await page.does(() => {
        page.stand.socket.open();
        page.stand.socket.say(welcome(1, { resumed: true }));
      });
      expect(page.root.querySelector(".lost")).toBeNull();
    },
  );

  it.each([
    [CLOSE.removed, "Et ole enää huoneessa"],
    [CLOSE.session_over, "Tämä kerta on päättynyt"],
    [CLOSE.version, "Sivusta on uusi versio"],
    [CLOSE.left, "Lähdit kahvilasta"],
    [CLOSE.too_many_lines, "Kahvila on auki liian monessa paikassa"],
  ])("ends by %d with a page of its own", async (code, title) => {
    const page = await room(make.LIVE);
    await page.does(() => page.stand.socket.close(code));
    expect(page.words("h1")).toBe(title);
  });

  it("is over when the room says so", async () => {
    const page = await room(make.LIVE);
    await page.step(make.info({ phase: "closed" }));
    expect(page.words("h1")).toBe("Tämä kerta on päättynyt");
  });
});

describe("the page", () => {
  it("speaks another language at once, and keeps what is typed", async () => {
    const page = await room(make.LIVE);
    await page.write("#message", "Hei");
    await page.press("Asetukset");
    await page.does(() => page.root.querySelectorAll<HTMLInputElement>("input[name=language]")[2]?.click());
    expect(page.words(".ticket")).toContain("You are third.");
    expect(page.root.querySelector<HTMLTextAreaElement>("#message")?.value).toBe("Hei");
    expect(page.app.device.get("language")).toBe("en");
  });

  it("moves between its regions with F6, round and back", async () => {
    const page = await room(make.LIVE);
    const press = (shiftKey: boolean) =>
      page.does(
        () =>
          void document.dispatchEvent(new KeyboardEvent("keydown", { key: "F6", shiftKey, bubbles: true })),
      );
    const here = () => (document.activeElement as HTMLElement).className;
    const seen: string[] = [];
    for (const back of [false, false, false, false, true]) {
      await press(back);
      seen.push(here());
    }
    expect(seen).toEqual(["stage", "chat", "dock", "stage", "dock"]);
  });

  it("keeps the focus in the dock when the button that was pressed goes away", async () => {
    const page = await room(idle);
    await page.does(() => page.button("Pyydä puheenvuoro").focus());
    await page.press("Pyydä puheenvuoro");
    await page.step(make.request(9, ME));
    expect(document.activeElement?.id).toBe("my-turn");
  });

  it("has help as the last thing in its bar, and inside every dialog", async () => {
    const page = await room([...quiet, make.turn(ME)]);
    expect([...page.root.querySelectorAll(".bar button")].at(-1)?.textContent?.trim()).toBe("Pyydä apua");
    expect(page.root.querySelector("dialog")?.textContent).toContain("Pyydä apua");
  });
});
