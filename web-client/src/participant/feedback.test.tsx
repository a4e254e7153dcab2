import type { AgendaItem, Refusal } from "@protocol";
import type { FeedbackBody, OwnFeedback, OwnFeedbackAnswer } from "@protocol/api";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Answer, Key } from "../connection/entrance";
import { keepKey } from "../connection/key_keep";
import { type Drawn, draw, drawInRoom } from "../testing/draw";
import { FakeKeep } from "../testing/fakes";
import * as make from "../testing/fixtures";
import { Feedback, type FeedbackRequests, FeedbackRequestsContext, Improvements } from "./feedback";
import { bringAside } from "./plain";
import { Room } from "./room";
import { feedback, WhatChanged } from "./use_feedback";

type Own = Answer<OwnFeedbackAnswer>;
const ok = (state: OwnFeedback): Own => ({ kind: "ok", value: { state } });
const refused = (word: Refusal["word"]): Own => ({ kind: "refused", refusal: { word } });

function fake(own: Own, given: Own = ok("answered")) {
  return {
    own: vi.fn((_: Key) => Promise.resolve(own)),
    give: vi.fn((_: Key, __: FeedbackBody) => Promise.resolve(given)),
  } satisfies FeedbackRequests;
}

const tabWithKey = () => {
  const keep = new FakeKeep();
  keepKey(keep, { secret: "s3cret" });
  return keep;
};
const page = (requests: FeedbackRequests) =>
  draw(
    () => (
      <FeedbackRequestsContext.Provider value={requests}>
        <Feedback />
      </FeedbackRequestsContext.Provider>
    ),
    { keep: tabWithKey() },
  );
const choose = (drawn: Drawn, id: string) =>
  drawn.does(() => drawn.root.querySelector<HTMLInputElement>(`#${id}`)?.click());
const tick = (drawn: Drawn, words: string) =>
  drawn.does(() => {
    const label = [...drawn.root.querySelectorAll("label")].find((one) => one.textContent?.includes(words));
    label?.querySelector("input")?.click();
  });
const submit = (drawn: Drawn) =>
  drawn.does(() => {
    drawn.root.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  });

beforeAll(async () => {
  await Promise.all([bringAside(), feedback.bring()]);
});

describe("the feedback of a day", () => {
  it("asks nothing of who may not answer, or has been told that it is closed", async () => {
    for (const state of ["not_open", "closed", "not_there"] as const)
      expect((await page(fake(ok(state)))).root.querySelector(".note, form")).toBeNull();
    expect((await page(fake(ok("answered")))).words()).toContain("Kiitos. Palautteesi on perillä.");
  });

  it("is three questions with four faces each and none in the middle, and words", async () => {
    const requests = fake(ok("open"));
    const drawn = await page(requests);
    expect(drawn.words()).toContain("Miten tänään meni? Kolme kysymystä. Kestää minuutin.");
    await drawn.press("Anna palautetta");
    expect(drawn.words()).toContain("Kukaan ei näe, kuka vastasi.");
    expect(drawn.words()).toContain("Lähetettyä palautetta ei voi muuttaa.");
    const sets = [...drawn.root.querySelectorAll("fieldset")];
    expect(sets.map((one) => one.querySelectorAll(".faces input").length)).toEqual([4, 4, 4]);
    expect(sets.map((one) => one.querySelectorAll("input").length)).toEqual([5, 5, 5]);
    expect(document.activeElement?.id).toBe("feedback-title");

    await choose(drawn, "felt-good");
    await choose(drawn, "heard-cannot_say");
    await drawn.write("#feedback-words", "  Tauko oli liian lyhyt. ");
    await tick(drawn, "Joku auttoi");
    await submit(drawn);
    expect(requests.give).toHaveBeenCalledWith(
      { secret: "s3cret" },
      { felt: "good", heard: "cannot_say", helped: true, words: "Tauko oli liian lyhyt." },
    );
    expect(drawn.words()).toContain("Kiitos. Palautteesi on perillä.");
    expect(drawn.root.querySelector("form")).toBeNull();
    // Nothing of it stays on the device.
    expect(JSON.stringify(drawn.app.keep)).not.toContain("Tauko");
    expect(JSON.stringify(drawn.app.device)).not.toContain("Tauko");
  });

  it("sends nothing that says nothing, and can be skipped", async () => {
    const requests = fake(ok("open"));
    const drawn = await page(requests);
    await drawn.press("Anna palautetta");
    await tick(drawn, "Joku auttoi");
    await submit(drawn);
    expect(requests.give).not.toHaveBeenCalled();
    expect(drawn.words(".note.stop")).toBe("Vastaa ensin johonkin. Voit myös ohittaa palautteen.");
    await drawn.press("Ohita");
    expect(drawn.words()).toContain("Anna palautetta");
  });

  it("keeps the answers on the screen when they could not be sent", async () => {
    const requests = fake(ok("open"), { kind: "unreachable" });
    const drawn = await page(requests);
    await drawn.press("Anna palautetta");
    await drawn.write("#feedback-words", "Hyvä teema!");
    await submit(drawn);
    expect(drawn.words(".note.stop")).toContain("Vastauksesi ovat yhä tässä.");
    expect(drawn.root.querySelector("textarea")?.value).toBe("Hyvä teema!");
    requests.give.mockResolvedValueOnce(refused("over"));
    await submit(drawn);
    expect(drawn.words(".note.stop")).toBe("Palaute ehti jo sulkeutua.");
    // The first press arrived, and its answer did not.
    requests.give.mockResolvedValueOnce(refused("already_handled"));
    await submit(drawn);
    expect(drawn.words()).toContain("Kiitos. Palautteesi on perillä.");
  });

  it("asks again while there is no line", async () => {
    const requests = fake({ kind: "unreachable" });
    const drawn = await page(requests);
    expect(drawn.root.querySelector(".note")).toBeNull();
    requests.own.mockResolvedValueOnce(ok("open"));
    await drawn.pass(10_000);
    expect(drawn.words()).toContain("Anna palautetta");
  });

  it("comes by itself to who waits when staff open it", async () => {
    const requests = fake(ok("not_open"));
    const drawn = await page(requests);
    requests.own.mockResolvedValueOnce(ok("open"));
    await drawn.pass(60_000);
    expect(drawn.words()).toContain("Anna palautetta");
  });
});

describe("in the room", () => {
  const room = (...changes: Parameters<typeof drawInRoom>[1]) =>
    drawInRoom(
      <FeedbackRequestsContext.Provider value={fake(ok("open"))}>
        <Room onComeBack={() => undefined} />
      </FeedbackRequestsContext.Provider>,
      [...make.LIVE, ...changes],
    );

  it("comes when it is opened", async () => {
    const drawn = await room();
    keepKey(drawn.app.keep, { secret: "s3cret" });
    expect(drawn.words()).not.toContain("Anna palautetta");
    const { seq } = drawn.stand.line.room.peek();
    await drawn.does(() =>
      drawn.stand.socket.say({
        type: "batch",
        from: seq,
        to: seq + 1,
        changes: [{ type: "feedback", state: "open", closes_at: 1 }],
      }),
    );
    expect(drawn.words("main")).toContain("Anna palautetta");
  });

  it("keeps what is half filled when the room ends", async () => {
    const drawn = await drawInRoom(
      <FeedbackRequestsContext.Provider value={fake(ok("open"))}>
        <Room onComeBack={() => undefined} />
      </FeedbackRequestsContext.Provider>,
      [...make.LIVE, { type: "feedback", state: "open", closes_at: 1 }],
      { keep: tabWithKey() },
    );
    await drawn.press("Anna palautetta");
    await choose(drawn, "felt-fair");
    await drawn.write("#feedback-words", "Tauko oli liian lyhyt.");
    const { seq } = drawn.stand.line.room.peek();
    await drawn.does(() =>
      drawn.stand.socket.say({
        type: "batch",
        from: seq,
        to: seq + 1,
        changes: [make.info({ phase: "debrief" })],
      }),
    );
    expect(drawn.words("h1")).toBe("Tämä kerta on päättynyt");
    expect(drawn.root.querySelector("textarea")?.value).toBe("Tauko oli liian lyhyt.");
    expect(drawn.root.querySelector<HTMLInputElement>("#felt-fair")?.checked).toBe(true);
    expect(JSON.stringify([drawn.app.keep, drawn.app.device])).not.toContain("Tauko");
    await submit(drawn);
    expect(drawn.words()).toContain("Kiitos. Palautteesi on perillä.");
    expect(drawn.root.querySelector("form")).toBeNull();
  });
});

describe("what changed by it", () => {
  const told = [{ text: "Tauko on nyt 20 minuuttia.", days: [] }];
  const items: AgendaItem[] = [
    { id: 1, kind: "talk", title: "avaus", minutes: 20 },
    { id: 2, kind: "discussion", title: "keskustelu", minutes: 40 },
  ];

  it("is the first thing in the room, until it is read or the programme goes on", async () => {
    const drawn = await drawInRoom(
      <Room first={<WhatChanged shown={told} is_in_room />} onComeBack={() => undefined} />,
      [...make.LIVE, make.agenda({ items, current: 1 })],
    );
    expect(drawn.words("main")).toContain("Tauko on nyt 20 minuuttia.");
    await drawn.press("Sulje");
    expect(drawn.words("main")).not.toContain("Tauko on nyt");

    const later = await drawInRoom(
      <Room first={<WhatChanged shown={told} is_in_room />} onComeBack={() => undefined} />,
      [...make.LIVE, make.agenda({ items, current: 2 })],
    );
    expect(later.words("main")).not.toContain("Tauko on nyt");
  });

  it("stands at the doors, with the days whose feedback it was", async () => {
    const day = Date.UTC(2026, 11, 3, 7);
    const drawn = await draw(() => (
      <Improvements
        shown={[
          { text: "Tauko on nyt 20 minuuttia.", days: [day] },
          { text: "Aloitamme kierroksella.", days: [day] },
        ]}
      />
    ));
    expect(drawn.words()).toContain("Tämä muuttui teidän ansiostanne Tauko on nyt 20 minuuttia.");
    expect(drawn.words()).toContain("Aloitamme kierroksella. Palautteesta 3.12. Kiitos teille!");
  });
});
