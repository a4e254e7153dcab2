import type { Change, Command, Outcome } from "@protocol";
import { beforeAll, describe, expect, it } from "vitest";
import { drawInRoom } from "../testing/draw";
import { CLOCK, ME, type Stand } from "../testing/fakes";
import * as make from "../testing/fixtures";
import { bringAside } from "./plain";
import { Room } from "./room";
import { polls } from "./use_polls";

const NOW = CLOCK.room;
const quiet = make.LIVE.filter(({ type }) => type !== "floor_request" && type !== "turn");

const room = (...changes: Change[]) =>
  drawInRoom(<Room onComeBack={() => undefined} />, [...quiet, ...changes]);
type Page = Awaited<ReturnType<typeof room>>;

const commands = (stand: Stand): Command[] =>
  stand.socket.sent.flatMap((frame) => (frame.type === "command" ? [frame.command] : []));

/** The server answers what was sent last. */
const answer = (page: Page, refusal?: Outcome["refusal"]) => {
  const sent = page.stand.socket.sent.flatMap((frame) => (frame.type === "command" ? [frame.id] : []));
  const seq = page.stand.line.room.peek().seq + 1;
  return page.does(() =>
    page.stand.socket.say(
      { type: "outcome", id: sent.at(-1) ?? "", seq, ...(refusal ? { refusal } : {}) },
      { type: "batch", from: seq - 1, to: seq, changes: [] },
    ),
  );
};

const choose = (page: Page, option: string) =>
  page.does(() => {
    const label = [...page.root.querySelectorAll<HTMLElement>(".poll label")].find(
      (one) => one.textContent?.trim() === option,
    );
    const input = label?.querySelector("input");
    if (!input) throw new Error(`no option ${option}`);
    input.click();
  });

beforeAll(async () => {
  await Promise.all([bringAside(), polls.bring()]);
});

describe("an open poll", () => {
  it("is in the place of the theme's question, with how many have answered and no hurry", async () => {
    const page = await room(make.poll());
    expect(page.words(".theme")).toBe(
      "Uni Kysely Missä nukahdat helpoimmin? 4 / 9 on vastannut. Ei kiirettä.",
    );
    expect(page.words(".poll")).toContain("Valitse yksi");
    expect(page.words(".poll")).toContain("Kukaan ei näe, mitä sinä valitset.");
    expect(page.root.querySelector(".floor")).toBeNull();
  });

  it("is answered by a choice and a press, and then says what I answered", async () => {
    const page = await room(make.poll());
    expect(page.button("Vastaa").getAttribute("aria-disabled")).toBe("true");
    expect(page.words(".dock")).toContain("Valitse ensin yksi vaihtoehto.");
    await page.press("Vastaa");
    expect(commands(page.stand)).toEqual([]);
    await choose(page, "Sohvalla");
    await choose(page, "Mökillä tai matkalla");
    await page.press("Vastaa");
    expect(commands(page.stand)).toEqual([{ type: "answer_poll", poll: 60, options: [1] }]);
    expect(page.words(".dock")).toContain("Vastaustasi lähetetään.");
    await answer(page);
    expect(page.words(".dock")).toContain("Vastasit: Mökillä tai matkalla. Voit vielä vaihtaa.");
    expect(page.app.announcer.polite.value).toBe("Kysely on auki: Missä nukahdat helpoimmin?");
    await page.pass(3000);
    expect(page.app.announcer.polite.value).toBe("Vastasit: Mökillä tai matkalla.");
  });

  it("can be answered anew until it is closed", async () => {
    const page = await room(make.poll());
    await choose(page, "Sohvalla");
    await page.press("Vastaa");
    await answer(page);
    await page.press("Vaihda vastausta");
    await choose(page, "Omassa sängyssä");
    await page.press("Vastaa");
    expect(commands(page.stand).at(-1)).toEqual({ type: "answer_poll", poll: 60, options: [0] });
    await answer(page, { word: "not_now" });
    expect(page.words(".notices")).toContain("Kysely ehti jo sulkeutua.");
  });

  it("says after a reload that I have answered, and not what: the page alone knew", async () => {
    const page = await room(make.poll(), { type: "poll_answer", person: ME, poll: 60 });
    expect(page.words(".dock")).toContain("Olet vastannut. Voit vielä vaihtaa.");
  });

  it("says once that it begins anew, and keeps what I had marked", async () => {
    const page = await room(make.poll());
    await choose(page, "Sohvalla");
    await page.press("Vastaa");
    await page.step({ type: "poll_answer", person: ME, poll: 60 });
    await answer(page);
    expect(page.words(".dock")).toContain("Vastasit: Sohvalla.");
    await page.pass(9000);
    await page.step(make.poll({ answered: 0 }), { type: "dropped", kind: "poll_answer", id: ME });
    expect(page.words(".poll .note")).toBe("Kysely alkoi alusta. Vastauksesi ei säilynyt. Vastaa uudelleen.");
    expect(page.app.announcer.polite.value).toBe(
      "Kysely alkoi alusta. Vastauksesi ei säilynyt. Vastaa uudelleen.",
    );
    expect(page.words(".dock")).not.toContain("Vastasit");
    await page.press("Vastaa");
    expect(commands(page.stand).at(-1)).toEqual({ type: "answer_poll", poll: 60, options: [2] });
    await page.step({ type: "poll_answer", person: ME, poll: 60 });
    await answer(page);
    expect(page.root.querySelector(".poll .note")).toBeNull();
    expect(page.words(".dock")).toContain("Vastasit: Sohvalla.");
  });

  it("asks anew what was answered in a rehearsal, and says nothing of it", async () => {
    const page = await room(make.poll());
    await choose(page, "Sohvalla");
    await page.press("Vastaa");
    await page.step({ type: "poll_answer", person: ME, poll: 60 });
    await answer(page);
    await page.step(
      { type: "dropped", kind: "poll", id: 60 },
      { type: "dropped", kind: "poll_answer", id: ME },
    );
    await page.step(make.poll({ answered: 0, opened_at: NOW + 1 }));
    expect(page.root.querySelector(".poll .note")).toBeNull();
    expect(page.root.querySelector(".poll input:checked")).toBeNull();
    expect(page.words(".dock")).toContain("Valitse ensin yksi vaihtoehto.");
  });

  it("asks whoever had not answered as if nothing had been", async () => {
    const page = await room(make.poll());
    await page.step(make.poll({ answered: 0 }));
    expect(page.root.querySelector(".poll .note")).toBeNull();
  });

  it("lets as many be chosen as may be", async () => {
    const page = await room(make.poll({ choices_max: 2 }));
    expect(page.words(".poll")).toContain("Valitse enintään 2");
    await choose(page, "Sohvalla");
    await choose(page, "Omassa sängyssä");
    const disabled = page.root.querySelectorAll(".poll input:disabled");
    expect(disabled).toHaveLength(3);
    await page.press("Vastaa");
    expect(commands(page.stand)).toEqual([{ type: "answer_poll", poll: 60, options: [0, 2] }]);
  });

  it("leaves the way to a turn and to the messages in the dock", async () => {
    const page = await room(make.poll());
    await page.press("Pyydä puheenvuoro");
    expect(commands(page.stand)).toEqual([{ type: "request_floor", kind: "speak" }]);
  });

  it("is answered above my place in the queue, and the queue stays", async () => {
    const page = await room(make.poll(), make.request(1, 9), make.request(3, ME));
    expect(page.words(".ticket")).toContain("Olet toinen.");
    expect(page.words(".dock")).toContain("Valitse ensin yksi vaihtoehto.");
    expect(page.root.querySelector(".line-up")).not.toBeNull();
  });

  it("leaves the countdown of a break where it is", async () => {
    const page = await room(make.info({ phase: "paused", break_ends_at: NOW + 760_000 }), make.poll());
    expect(page.words(".theme")).toContain("12:40");
    expect(page.words(".poll")).toContain("Missä nukahdat helpoimmin?");
  });

  it("comes by itself when it is opened, and goes when it is withdrawn", async () => {
    const page = await room();
    expect(page.root.querySelector(".poll")).toBeNull();
    await page.step(make.poll({ answered: 0 }));
    expect(page.words(".theme")).toContain("0 / 9 on vastannut.");
    await page.step({ type: "dropped", kind: "poll", id: 60 });
    expect(page.root.querySelector(".poll")).toBeNull();
    expect(page.words(".theme")).toContain("Mikä auttaa sinua nukahtamaan?");
  });
});

describe("after the close", () => {
  it("the result is waited for, and each change is told once", async () => {
    const page = await room(make.poll());
    await page.pass(3000);
    await page.step(make.poll({ state: "closed", answered: 22, closed_at: NOW }));
    expect(page.words(".poll")).toBe("Kysely on suljettu. Ohjaaja näyttää tuloksen pian.");
    expect(page.app.announcer.polite.value).toBe("Kysely on suljettu.");
    await page.pass(3000);
    await page.step(make.shownPoll({ closed_at: NOW, shown_at: NOW }));
    expect(page.app.announcer.polite.value).toBe("Kyselyn tulos on näkyvissä.");
    expect(page.words(".theme")).toBe("Uni Kyselyn tulos Missä nukahdat helpoimmin? 22 meistä vastasi.");
  });

  it("shows each option in words, a bar and figures, and which was mine", async () => {
    const page = await room(make.poll());
    await choose(page, "Mökillä tai matkalla");
    await page.press("Vastaa");
    await answer(page);
    await page.step(make.shownPoll());
    const rows = [...page.root.querySelectorAll(".figures tbody tr")].map((row) =>
      (row.textContent ?? "").replace(/\s+/g, " ").trim(),
    );
    expect(rows[0]).toBe("Omassa sängyssä 9 (41 %)");
    expect(rows[1]).toBe("Mökillä tai matkalla Sinä 6 (27 %)");
    expect(page.root.querySelectorAll(".figures .hbar")).toHaveLength(5);
    expect(page.words(".dock")).toContain("Pyydä puheenvuoro");
  });

  it("shows no figure where fewer than five have answered, and says why", async () => {
    const { counts: _counts, answered: _answered, ...few } = make.shownPoll();
    const page = await room(few);
    expect(page.words(".poll")).toContain("Alle 5 vastasi. Lukuja ei näytetä, ettei kukaan paljastu.");
    expect(page.root.querySelector(".figures")).toBeNull();
    expect(page.words(".theme")).toContain("Alle 5 vastasi.");
  });

  it("of a quiz the right answer and why are shown, and mine beside it, without points", async () => {
    const page = await room(make.quiz());
    await choose(page, "10–11 tuntia");
    await page.press("Vastaa");
    await answer(page);
    const { answered: _answered, ...shown } = make.quiz({
      state: "shown",
      right: [1],
      why: "Jollekin riittää vähempi.",
      closed_at: NOW,
      shown_at: NOW,
    });
    await page.step(shown);
    expect(page.words(".poll .note")).toBe(
      "Oikea vastaus Oikea vastaus on 7–9 tuntia. Jollekin riittää vähempi. Sinä vastasit: 10–11 tuntia.",
    );
  });

  it("the programme moves on, and the theme is back", async () => {
    const page = await room(make.shownPoll());
    expect(page.words(".theme")).toContain("Kyselyn tulos");
    await page.step(make.agenda({ current: 4, since: NOW }));
    expect(page.words(".theme")).toContain("Mitä teet ennen nukkumaanmenoa?");
    expect(page.root.querySelector(".poll")).toBeNull();
  });
});
