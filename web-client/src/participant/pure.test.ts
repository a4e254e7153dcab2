import type { Change } from "@protocol";
import { describe, expect, it } from "vitest";
import type { PendingCommand } from "../connection/outbox";
import { withOlderMessages } from "../state/room_state";
import { ME } from "../testing/fakes";
import * as make from "../testing/fixtures";
import { roomOf } from "../testing/fixtures";
import { chatEntries } from "./chat_entries";
import { lettersOf } from "./compose";
import { canReply, dockState } from "./dock_state";
import { inWindow, WINDOW, WINDOW_MOST, windowFollows, windowGrows } from "./message_window";
import { whatToSay } from "./spoken";
import { roomTexts } from "./text/room";
import { countAfter, endReached, firstSight, listChanged } from "./unseen";

const t = roomTexts.fi;

describe("the dock", () => {
  const state = (changes: readonly Change[], pending: PendingCommand[] = []) =>
    dockState(roomOf(changes), ME, pending);
  const live = [make.info(), make.floor()];
  const asked: PendingCommand = { id: "a-1", command: { type: "request_floor", kind: "speak" }, given_at: 0 };

  it("offers the one big button when I have not asked", () => {
    expect(state(live)).toEqual({ kind: "free", unaskable: null, ended: null });
  });

  it("says at once that my request is on its way", () => {
    expect(state(live, [asked]).kind).toBe("sending");
  });

  it("shows my place, and no more that it is on its way", () => {
    expect(state(make.LIVE, [asked])).toMatchObject({ kind: "waiting", place: 3 });
  });

  it("shows that the chair's yes is waited for", () => {
    expect(state([...live, make.request(1, ME, { state: "pending" })]).kind).toBe("approval");
  });

  it("lets my turn go before all else", () => {
    expect(state([...make.LIVE, make.turn(ME)]).kind).toBe("speaking");
    expect(state([...make.LIVE, make.turn(ME, { kind: "written" })]).kind).toBe("written_read");
  });

  it("shows the round to those who are in it", () => {
    const round = (person: number): Change => ({
      type: "round",
      id: 1,
      places: [{ person, mark: "waiting" }],
    });
    expect(state([make.info(), make.floor({ policy: "round" }), round(ME)])).toMatchObject({
      kind: "round",
      ahead: 0,
    });
    expect(state([make.info(), make.floor({ policy: "round" }), round(8)])).toMatchObject({
      kind: "free",
      unaskable: "round_outside",
    });
  });

  it.each([
    [make.info({ phase: "doors_open" }), make.floor(), "not_started"],
    [make.info({ phase: "planned" }), make.floor(), "not_started"],
    [make.info(), make.floor({ policy: "closed" }), "queue_closed"],
    [make.info(), make.floor({ policy: "approval" }), null],
    [make.info({ phase: "paused" }), make.floor(), null],
    [make.info({ phase: "rehearsal" }), make.floor(), null],
  ] as const)("says why it cannot be asked (%#)", (info, floor, unaskable) => {
    expect(state([info, floor])).toMatchObject({ kind: "free", unaskable });
  });

  it("offers a reply to another's turn, three times", () => {
    const can = (change: Parameters<typeof make.turn>[1], speaker = 8) =>
      canReply(roomOf([make.turn(speaker, change)]), ME);
    expect(can({})).toBe(true);
    expect(can({ reply_count: 3 })).toBe(false);
    expect(can({ kind: "reply" })).toBe(false);
    expect(can({}, ME)).toBe(false);
    expect(canReply(roomOf([]), ME)).toBe(false);
  });
});

describe("the entries of the chat", () => {
  const unsent: PendingCommand = {
    id: "a-1",
    command: { type: "send_message", channel: "room", text: "Hei" },
    given_at: 5,
  };

  it("end with mine that have not got through, oldest first", () => {
    const refused = { ...unsent, id: "a-0", given_at: 2, refusal: { word: "slow_mode" as const } };
    const entries = chatEntries([make.message(1, 8, "x")], [unsent], [refused], ME);
    expect(entries.map(({ kind }) => kind)).toEqual(["message", "refused", "unsent"]);
  });

  it("show a message of mine once, while its outcome is on the way", () => {
    expect(chatEntries([make.message(1, ME, "Hei", { command: "a-1" })], [unsent], [], ME)).toHaveLength(1);
    expect(chatEntries([make.message(1, 8, "Hei", { command: "a-1" })], [unsent], [], ME)).toHaveLength(2);
  });

  it("have no other commands, and not the staff's channel", () => {
    const staff: PendingCommand = {
      ...unsent,
      command: { type: "send_message", channel: "staff", text: "x" },
    };
    const other: PendingCommand = { ...unsent, command: { type: "say_im_back" } };
    expect(chatEntries([], [staff, other], [], ME)).toEqual([]);
  });
});

describe("the messages that are drawn", () => {
  const upTo = (count: number) => Array.from({ length: count }, (_, i) => make.message(i + 1, 8, "x"));
  const first = (...given: Parameters<typeof inWindow>) => inWindow(...given)[0]?.id;

  it("are all, until there are too many; then the newest", () => {
    expect(windowFollows(upTo(WINDOW_MOST), null, false)).toBeNull();
    const many = upTo(WINDOW_MOST + 1);
    const start = windowFollows(many, null, false);
    expect(inWindow(many, start)).toHaveLength(WINDOW);
    expect(inWindow(many, start).at(-1)).toBe(many.at(-1));
    expect(windowFollows(upTo(WINDOW_MOST + 2), start, false)).toBe(start);
  });

  it("stay while somebody reads in their midst", () => {
    expect(windowFollows(upTo(200), null, true)).toBeNull();
    expect(windowFollows(upTo(200), 20, true)).toBe(20);
  });

  it("grow by those that are here, then by all that come", () => {
    const all = upTo(200);
    const start = windowFollows(all, null, false);
    expect(first(all, start)).toBe(141);
    const more = windowGrows(all, start);
    expect(first(all, more)).toBe(81);
    expect(first(all, windowGrows(all, windowGrows(all, more)))).toBe(1);
    const older = make.message(900, 8, "aamulla", { place: -5 });
    expect(first([older, ...all], windowGrows(all, 30))).toBe(900);
  });
});

describe("what has been seen", () => {
  const upTo = (count: number) => Array.from({ length: count }, (_, i) => make.message(i + 1, 8, "x"));

  it("is all at the first sight, or what was seen before a reload", () => {
    expect(firstSight(upTo(4), null)).toEqual({ seen: 4, divider: null });
    expect(firstSight(upTo(4), 2)).toEqual({ seen: 2, divider: 2 });
    expect(firstSight(upTo(4), 9)).toEqual({ seen: 4, divider: null });
  });

  it("grows by itself at the end of the list, and is marked when elsewhere", () => {
    const start = firstSight(upTo(2), null);
    expect(listChanged(start, upTo(3), true)).toEqual({ seen: 3, divider: null });
    const away = listChanged(listChanged(start, upTo(3), false), upTo(5), false);
    expect(away).toEqual({ seen: 2, divider: 2 });
    expect(countAfter(upTo(5), away.seen, ME)).toBe(3);
    const back = endReached(away, upTo(5));
    expect(back).toEqual({ seen: 5, divider: 2 });
    expect(listChanged(back, upTo(6), true)).toEqual({ seen: 6, divider: null });
  });

  it("does not count what is mine, nor a tombstone", () => {
    expect(
      countAfter([make.message(1, ME, "x"), make.message(2, 8, "", { state: "retracted" })], 0, ME),
    ).toBe(0);
  });
});

describe("what is said", () => {
  const before = roomOf(make.LIVE);
  const after = (...changes: Change[]) => roomOf(changes, 2, before);
  const said = (changes: Change[], choice: "all" | "mine" | "none" = "mine") =>
    whatToSay(before, after(...changes), ME, choice, t).map(({ text }) => text);

  it("is nothing for one who wants nothing, nor for a first snapshot", () => {
    expect(said([make.message(50, 8, "Hei")], "none")).toEqual([]);
    expect(whatToSay(roomOf([], 0), before, ME, "all", t)).toEqual([]);
  });

  it("is my new place in the queue", () => {
    expect(said([{ type: "dropped", kind: "floor_request", id: 1 }])).toEqual([t.place(2)]);
  });

  it("is what became of my messages", () => {
    expect(said([make.message(5, ME, "x", { place: 60 })])).toEqual([t.say_published]);
    expect(said([make.message(5, ME, "x", { state: "rejected" })])).toEqual([t.say_rejected]);
    expect(said([make.message(60, ME, "x", { state: "held" })])).toEqual([t.say_held]);
    expect(said([make.message(60, ME, "x")])).toEqual([]);
  });

  it("is an answer to me, and others' messages only when all is wanted", () => {
    expect(said([make.message(60, 8, "Minä myös", { reply_to: 4 })])).toEqual([
      t.say_reply("Kuusi", "Minä myös"),
    ]);
    expect(said([make.message(60, 8, "Hei")])).toEqual([]);
    expect(said([make.message(60, 8, "Hei")], "all")).toEqual([t.say_message("Kuusi", "Hei")]);
  });

  it("is no older message that was asked for, whoever wrote it", () => {
    const here = roomOf(make.LIVE, 100);
    const older = withOlderMessages(here, [
      make.message(31, 8, "Aamulla"),
      make.message(32, 8, "Sinulle", { reply_to: 4 }),
      make.message(33, ME, "Hylätty", { state: "rejected" }),
      make.message(34, ME, "Odottaa", { state: "held" }),
    ]);
    expect(whatToSay(here, older, ME, "all", t)).toEqual([]);
  });

  it("is a message that was held until now, however long ago it was written", () => {
    const here = roomOf(make.LIVE, 100);
    const now = roomOf([make.message(31, 8, "Tarkistettu", { place: 101 })], 101, here);
    expect(whatToSay(here, now, ME, "all", t).map(({ text }) => text)).toEqual([
      t.say_message("Kuusi", "Tarkistettu"),
    ]);
  });

  it("is not a message again when somebody reacts to it", () => {
    expect(said([make.message(7, 13, "x", { reactions: [{ reaction: "heart", count: 1 }] })], "all")).toEqual(
      [],
    );
  });

  it("is who took my call for help, and that it is over", () => {
    expect(said([make.help({ state: "claimed", claimed_by: 3 })])[0]).toContain("Moderaattori 2");
    expect(said([make.help({ state: "solved" })])).toEqual([t.help_solved]);
  });

  it("is the break for all, the speaker for those who want everything", () => {
    expect(said([make.info({ phase: "paused" })])).toEqual([t.say_break]);
    const going_on = (phase: "paused" | "doors_open") => {
      const was = roomOf([make.info({ phase })]);
      return whatToSay(was, roomOf([make.info()], 2, was), ME, "mine", t).map(({ text }) => text);
    };
    expect(going_on("paused")).toEqual(["Kahvila jatkuu."]);
    expect(going_on("doors_open")).toEqual(["Kahvila alkaa."]);
    expect(said([make.turn(9, { id: 41 })], "mine")).toEqual([]);
    expect(said([make.turn(9, { id: 41 })], "all")).toEqual([t.say_speaks("Kanerva")]);
  });

  it("is that a turn was not given, with the reason", () => {
    const [text] = said([make.request(9, ME, { state: "denied", note: "Tauko tulee." })]);
    expect(text).toContain("Tauko tulee.");
  });
});

describe("a lost line", () => {
  it.each([
    [1, "Olit seuraava, kun yhteys katkesi."],
    [10, "Olit kymmenes, kun yhteys katkesi."],
    [11, "Olit jonossa 11. Sitten yhteys katkesi."],
  ])("tells the place that was mine: %d", (place, said) => {
    expect(t.was_place(place)).toBe(said);
  });
});

describe("letters", () => {
  it("are counted as the server counts them: code points after NFC", () => {
    expect(lettersOf(" a\u0308 ")).toBe(1);
    expect(lettersOf("👩🏽")).toBe(2);
  });
});
