import { describe, expect, it } from "vitest";
import { FakeTimers } from "../testing/fakes";
import { assignment, FakeShelf, FakeWork, submission, WRITTEN } from "../testing/work_fixtures";
import { MyWork } from "./my_work";
import { markOf } from "./shelf";

const DAY_MS = 24 * 3_600_000;

const letCome = async () => {
  for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
};

/** One page of one author, open. */
async function page(
  server: FakeWork,
  shelf = new FakeShelf(),
  whose = "mustikka",
  wall = { now: 1_000_000 },
) {
  const timers = new FakeTimers();
  const work = new MyWork({
    requests: server.requests,
    shelf,
    timers,
    wallClock: () => wall.now,
    whose,
  });
  await work.refresh();
  await letCome();
  const draft = work.draftOf(5);
  if (!draft) throw new Error("no draft");
  return {
    work,
    draft,
    shelf,
    fields: () => draft.fields.peek(),
    async type(text: string, index = 0) {
      draft.type(index, text);
      await letCome();
    },
    async pass(ms: number) {
      timers.pass(ms);
      await letCome();
    },
    async giveIn() {
      draft.giveIn({ sharing: "no", wants_call: false });
      await letCome();
    },
    async refresh() {
      await work.refresh();
      await letCome();
    },
  };
}

describe("what is written", () => {
  it("is on the device at once, and on the server when the writing rests", async () => {
    const server = new FakeWork();
    const one = await page(server);
    await one.type("Nukun");
    await one.type("Nukun parhaiten");
    expect([...one.shelf.kept.values()].map(({ fields }) => fields[0])).toEqual(["Nukun parhaiten"]);
    expect(server.count("save")).toBe(0);
    await one.pass(2000);
    expect(server.mine?.fields).toEqual(["Nukun parhaiten", "", ""]);
    expect(one.draft.kept.peek().kind).toBe("saved");
    expect(one.shelf.kept.size).toBe(0);
  });

  it("is saved when the field is left", async () => {
    const server = new FakeWork();
    const one = await page(server);
    await one.type("Nukun");
    one.draft.leave();
    await letCome();
    expect(server.mine?.fields[0]).toBe("Nukun");
  });

  it("stays on the device while the line is cut, and gets there when it is back", async () => {
    const server = new FakeWork();
    const one = await page(server);
    server.next.push("unreachable", "unreachable");
    await one.type("Nukun");
    await one.pass(2000);
    expect(one.draft.kept.peek()).toEqual({ kind: "device" });
    await one.pass(5000);
    expect(one.draft.kept.peek()).toEqual({ kind: "device" });
    await one.pass(5000);
    expect(server.mine?.fields[0]).toBe("Nukun");
    expect(one.shelf.kept.size).toBe(0);
  });

  it("says so when the server is full, and keeps it", async () => {
    const server = new FakeWork();
    const one = await page(server);
    server.next.push({ word: "not_saving" });
    await one.type("Nukun");
    await one.pass(2000);
    expect(one.draft.kept.peek()).toEqual({ kind: "server_full" });
    expect(one.shelf.kept.size).toBe(1);
    await one.pass(5000);
    expect(server.mine?.fields[0]).toBe("Nukun");
  });

  it("says that it is nowhere when the device is full too", async () => {
    const server = new FakeWork();
    const one = await page(server);
    one.shelf.is_full = true;
    server.next.push("unreachable");
    await one.type("Nukun");
    await one.pass(2000);
    expect(one.draft.kept.peek()).toEqual({ kind: "nowhere" });
  });

  it("is there after a reload without a line, and goes to the server", async () => {
    const server = new FakeWork();
    const one = await page(server);
    server.next.push("unreachable");
    await one.type("Nukun");
    one.work.close();
    await letCome();
    const again = await page(server, one.shelf);
    expect(again.fields()[0]).toBe("Nukun");
    expect(server.mine?.fields[0]).toBe("Nukun");
    expect(one.shelf.kept.size).toBe(0);
  });

  it("may be gone on with while it is saved", async () => {
    const server = new FakeWork();
    const one = await page(server);
    one.draft.type(0, "Nukun");
    one.draft.leave();
    one.draft.type(0, "Nukun hyvin");
    await letCome();
    expect(one.fields()[0]).toBe("Nukun hyvin");
    await one.pass(2000);
    expect(server.mine?.fields[0]).toBe("Nukun hyvin");
  });

  it("is nobody else's when the server has it and its answer is lost", async () => {
    const server = new FakeWork();
    const one = await page(server);
    server.next.push("lost");
    await one.type("Nukun");
    await one.pass(2000);
    await one.type("Nukun hyvin");
    await one.refresh();
    expect(one.draft.clash.peek()).toBeNull();
    one.work.close();
    await letCome();
    const again = await page(server, one.shelf);
    await again.pass(2000);
    expect(again.draft.clash.peek()).toBeNull();
    expect(again.fields()[0]).toBe("Nukun hyvin");
    expect(server.mine).toMatchObject({ fields: ["Nukun hyvin", "", ""] });
    expect(server.mine?.other).toBeUndefined();
    expect(one.shelf.kept.size).toBe(0);
  });

  it("is gone on with after words that the server would not have", async () => {
    const server = new FakeWork();
    const one = await page(server);
    server.next.push({ word: "text_too_long" });
    await one.type("Nukun ja nukun");
    await one.pass(2000);
    await one.type("Nukun");
    await one.pass(2000);
    expect(server.mine?.fields[0]).toBe("Nukun");
  });

  it("belongs to whoever wrote it, on a phone that two share, and for a day", async () => {
    const server = new FakeWork();
    const shelf = new FakeShelf();
    const one = await page(server, shelf, "mustikka");
    server.next.push("unreachable");
    await one.type("Nukun");
    await one.pass(2000);
    const other = await page(new FakeWork(), shelf, "kuusi");
    expect(other.fields()[0]).toBe("");
    await page(new FakeWork(), shelf, "kuusi", { now: 1_000_000 + 2 * DAY_MS });
    expect(shelf.kept.size).toBe(0);
    expect(markOf("mustikka")).not.toBe(markOf("kuusi"));
  });
});

describe("two devices", () => {
  it("show both texts, and nothing goes before a choice", async () => {
    const server = new FakeWork(submission({ fields: ["Alku", "", ""] }));
    const [phone, laptop] = [await page(server), await page(server, new FakeShelf())];
    await phone.type("Puhelimen teksti");
    await phone.pass(2000);
    await laptop.type("Koneen teksti");
    await laptop.pass(2000);
    expect(laptop.draft.clash.peek()).toMatchObject({
      mine: ["Koneen teksti", "", ""],
      theirs: ["Puhelimen teksti", "", ""],
    });
    expect(server.mine).toMatchObject({
      fields: ["Puhelimen teksti", "", ""],
      other: { fields: ["Koneen teksti", "", ""] },
    });
    expect([...laptop.shelf.kept.values()].map(({ fields }) => fields[0])).toEqual(["Koneen teksti"]);
    await laptop.draft.settle(["Koneen teksti", "", ""]);
    await letCome();
    expect(server.mine?.fields[0]).toBe("Koneen teksti");
    expect(server.mine?.other).toBeUndefined();
    expect(laptop.draft.clash.peek()).toBeNull();
    expect(laptop.shelf.kept.size).toBe(0);
  });

  it("let the other one choose too, when it looks", async () => {
    const server = new FakeWork(
      submission({ fields: ["Puhelimen teksti", "", ""], other: { fields: ["Koneen teksti"], saved_at: 1 } }),
    );
    const phone = await page(server);
    expect(phone.draft.clash.peek()?.theirs).toEqual(["Koneen teksti"]);
    await phone.draft.settle(["Puhelimen teksti", "", ""]);
    await letCome();
    expect(phone.draft.clash.peek()).toBeNull();
    expect(server.mine?.other).toBeUndefined();
  });

  it("do not return a text over another", async () => {
    const server = new FakeWork(submission({ fields: ["Alku", "", ""] }));
    const [phone, laptop] = [await page(server), await page(server, new FakeShelf())];
    await phone.type("Puhelimen teksti");
    await phone.pass(2000);
    await laptop.type("Koneen teksti");
    await laptop.giveIn();
    expect(server.mine?.state).toBe("draft");
    expect(laptop.draft.returning.peek()).toBeNull();
    expect(laptop.draft.clash.peek()?.mine[0]).toBe("Koneen teksti");
  });

  it("keep what was written when the other has returned", async () => {
    const server = new FakeWork(submission({ fields: ["Alku", "", ""] }));
    const laptop = await page(server);
    server.become({ state: "returned", version: 2 });
    await laptop.type("Koneen teksti");
    await laptop.pass(2000);
    expect(server.mine?.other?.fields[0]).toBe("Koneen teksti");
    expect(laptop.shelf.kept.size).toBe(0);
    expect(laptop.draft.clash.peek()).toBeNull();
  });
});

describe("returning", () => {
  it("is one press, with the words", async () => {
    const server = new FakeWork();
    const one = await page(server);
    await one.type(WRITTEN[0] ?? "");
    await one.giveIn();
    expect(server.mine).toMatchObject({ state: "returned", fields: [WRITTEN[0], "", ""] });
    expect(server.count("giveIn")).toBe(1);
    expect(one.shelf.kept.size).toBe(0);
  });

  it("is sent again when the answer is lost, and is one return", async () => {
    const server = new FakeWork();
    const one = await page(server);
    await one.type("Nukun");
    server.next.push("lost");
    await one.giveIn();
    expect(one.draft.returning.peek()).not.toBeNull();
    await one.pass(5000);
    expect(one.draft.returning.peek()).toBeNull();
    expect(server.mine).toMatchObject({ state: "returned", version: 1 });
  });

  it("is not sent again when it is seen to have come in, so that it can be taken back", async () => {
    const server = new FakeWork();
    const one = await page(server);
    await one.type("Nukun");
    server.next.push("lost");
    await one.giveIn();
    expect(one.draft.returning.peek()).not.toBeNull();
    await one.refresh();
    expect(one.draft.returning.peek()).toBeNull();
    await one.pass(5000);
    expect(server.count("giveIn")).toBe(1);
    expect(one.shelf.kept.size).toBe(0);
  });

  it("goes on after a reload", async () => {
    const server = new FakeWork();
    const one = await page(server);
    await one.type("Nukun");
    server.next.push("unreachable", "unreachable");
    await one.giveIn();
    one.work.close();
    await letCome();
    const again = await page(server, one.shelf);
    expect(server.mine?.state).toBe("returned");
    expect(again.draft.returning.peek()).toBeNull();
    expect(one.shelf.kept.size).toBe(0);
  });

  it("does not get lost behind a save that is under way", async () => {
    const server = new FakeWork();
    const one = await page(server);
    one.draft.type(0, "Nukun");
    one.draft.leave();
    one.draft.giveIn({ sharing: "no", wants_call: true, call_back: "040 000 0007" });
    await letCome();
    expect(server.mine).toMatchObject({ state: "returned", wants_call: true, call_back: "040 000 0007" });
  });

  it("keeps the words and says why when it is refused", async () => {
    const server = new FakeWork();
    const one = await page(server);
    await one.type("Nukun");
    server.next.push({ word: "text_not_allowed" });
    await one.giveIn();
    expect(one.draft.trouble.peek()?.word).toBe("text_not_allowed");
    expect(one.fields()[0]).toBe("Nukun");
    expect(one.shelf.kept.size).toBe(1);
  });

  it("finds the assignment closed, and the words are still here", async () => {
    const server = new FakeWork(undefined, [assignment({ questions: [] })]);
    const one = await page(server);
    await one.type("k");
    server.assignments = [assignment({ state: "closed", questions: [] })];
    server.next.push({ word: "not_now" });
    await one.giveIn();
    expect(one.fields()).toEqual(["k"]);
    expect(one.work.answer.peek()?.work[0]?.assignment.state).toBe("closed");
    expect(one.shelf.kept.size).toBe(1);
  });
});
