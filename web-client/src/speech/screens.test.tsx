import type { Change } from "@protocol";
import { describe, expect, it } from "vitest";
import { Room } from "../participant/room";
import { drawInRoom } from "../testing/draw";
import { CLOCK, ME } from "../testing/fakes";
import * as make from "../testing/fixtures";

const NOW = CLOCK.room;
const room = (changes: readonly Change[] = make.LIVE) =>
  drawInRoom(<Room onComeBack={() => undefined} />, changes);
type Page = Awaited<ReturnType<typeof room>>;

const hear = (page: Page, text: string, turn = 40, by = 8) =>
  page.does(() => page.stand.socket.say({ type: "speech", turn, text, by }));
const written = (page: Page) =>
  page.stand.socket.sent.flatMap((frame) => (frame.type === "speech_line" ? [frame.text] : []));
const spoken = (page: Page) => page.root.querySelector("[aria-live=polite]")?.textContent;

const mine = [
  ...make.LIVE.filter(({ type }) => type !== "turn"),
  make.turn(ME, { since: NOW - 3000 }),
] as const;

describe("the words of the turn that is on", () => {
  it("stand under the speaker's name as they are written, in no live region", async () => {
    const page = await room();
    expect(page.root.querySelector(".speech")).toBeNull();
    await hear(page, "Laitan puhelimen");
    expect(page.words(".floor")).toContain("Kuusi");
    expect(page.words(".floor")).toContain("Puhe tekstinä Laitan puhelimen");
    await hear(page, "Laitan puhelimen pois.");
    expect(page.words(".speech-text")).toBe("Laitan puhelimen pois.");
    expect(page.root.querySelector(".speech")?.closest("[aria-live]")).toBeNull();
    await hear(page, "");
    expect(page.root.querySelector(".speech")).toBeNull();
  });

  it("are not shown under another turn", async () => {
    const page = await room();
    await hear(page, "Vanhaa puhetta.", 39);
    expect(page.root.querySelector(".speech")).toBeNull();
  });

  it("are told by the sentence to who wants to hear everything, and to nobody else", async () => {
    const page = await room();
    await hear(page, "Minua auttaa kirja.");
    expect(spoken(page)).toBe("");
    page.app.device.set("spoken", "all");
    await hear(page, "Minua auttaa kirja. Luen");
    await page.pass(3000);
    expect(spoken(page)).toBe("");
    await hear(page, "Minua auttaa kirja. Luen joka ilta. Ja");
    expect(spoken(page)).toBe("Kuusi: Luen joka ilta.");
  });
});

describe("who has the turn", () => {
  const write = async () => {
    const page = await room(mine);
    await page.press("Puhu nyt");
    await page.press("Kirjoita");
    return page;
  };

  it("writes in the dock, and the others get it within half a second", async () => {
    const page = await write();
    await page.write("#speech", "Hei");
    await page.write("#speech", "Hei kaikki");
    expect(written(page)).toEqual(["Hei"]);
    await page.pass(200);
    expect(written(page)).toEqual(["Hei", "Hei kaikki"]);
  });

  it("sees what staff write for them, and goes on from there", async () => {
    const page = await write();
    await page.write("#speech", "Hei");
    await hear(page, "Hei kaikki", 40, 1);
    expect(page.root.querySelector<HTMLTextAreaElement>("#speech")?.value).toBe("Hei kaikki");
    await hear(page, "vanha", 40, ME);
    expect(page.root.querySelector<HTMLTextAreaElement>("#speech")?.value).toBe("Hei kaikki");
  });

  it("keeps the text by a press, and is told that it is kept, until it is changed", async () => {
    const page = await write();
    await page.write("#speech", " Minua auttaa kirja. ");
    expect(page.words(".writer")).toContain("Teksti häviää, kun vuoro loppuu.");
    await page.press("Säilytä teksti");
    expect(page.stand.socket.sent.at(-1)).toMatchObject({
      command: { type: "keep_turn_text", turn: 40, text: "Minua auttaa kirja." },
    });
    await page.step(make.turnText(40, ME, "Minua auttaa kirja."));
    expect(page.words(".writer")).toContain("Teksti on säilytetty.");
    expect(page.words(".writer")).not.toContain("Säilytä teksti");
    await page.write("#speech", "Minua auttaa kirja. Luen.");
    expect(page.words(".writer")).toContain("Säilytä teksti");
  });
});

describe("an experience-story day", () => {
  const story = (changes: readonly Change[]) => [
    ...changes.filter(({ type }) => type !== "room"),
    make.info({ anonymous_among_participants: true }),
  ];

  it("keeps no text: the line is written live, and there is no other way to write a turn", async () => {
    const page = await room(story(mine));
    await page.press("Kirjoitan vuoroni");
    expect(page.root.querySelector("dialog")).toBeNull();
    await page.write("#speech", "Hei kaikki");
    expect(written(page)).toEqual(["Hei kaikki"]);
    expect(page.words(".writer")).toContain("Tänään tekstejä ei säilytetä.");
    expect(page.words(".writer")).not.toContain("Säilytä teksti");
  });

  it("asks for a turn to speak, or replies, and asks for none in writing", async () => {
    const free = make.LIVE.filter((thing) => !(thing.type === "floor_request" && thing.beneficiary === ME));
    const page = await room(story(free));
    expect(page.words(".dock")).not.toContain("Kirjoita vuoro");
    await page.press("Vastaan lyhyesti");
    expect(page.stand.socket.sent.at(-1)).toMatchObject({
      command: { type: "request_floor", kind: "reply" },
    });
    const round: Change = { type: "round", id: 1, places: [{ person: ME, mark: "waiting" }] };
    const in_round = await room(story([...free, round]));
    expect(in_round.words(".dock")).not.toContain("Kirjoitan vuoroni");
  });
});

describe("texts that were kept", () => {
  it("can be read afterwards, newest first", async () => {
    const page = await room([
      ...make.LIVE,
      make.turnText(30, 9, "Vanhempi."),
      make.turnText(31, 8, "Uudempi."),
    ]);
    expect(page.words(".stage")).toContain("Puheenvuoroja tekstinä: 2 Kuusi Uudempi. Kanerva Vanhempi.");
  });
});
