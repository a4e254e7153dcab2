import { describe, expect, it } from "vitest";
import { CLOCK, FakeKeep } from "../testing/fakes";
import * as make from "../testing/fixtures";
import { roomOf } from "../testing/fixtures";
import {
  FACILITATOR,
  HAUKI,
  KANERVA,
  KUUSI,
  MODERATOR,
  OTHER_MODERATOR,
  ROOM,
  review,
  SAMMAL,
  without,
} from "../testing/staff_fixtures";
import { common } from "../text/common";
import { newWork, waitingWork } from "./alerts";
import { lengthText, waitedText } from "./durations";
import { may } from "./may";
import { openPreferences } from "./preferences";
import { whatToTell } from "./spoken";
import { tabIn, tabsOf, withinTab } from "./tabs";
import { shellTexts } from "./text/shell";

const NOW = CLOCK.room;
const before = roomOf(without("help_request", "review_item"));
const then = (...changes: Parameters<typeof roomOf>[0][number][]) => roomOf(changes, 2, before);

describe("lengths of time", () => {
  const plain = (text: string) => text.replaceAll("\u00a0", " ");

  it("of a wait are whole minutes after the first", () => {
    expect([0, 40_000, 59_999, 60_000, 250_000, 3_900_000].map(waitedText).map(plain)).toEqual([
      "0 s",
      "40 s",
      "59 s",
      "1 min",
      "4 min",
      "1 h 5 min",
    ]);
  });

  it("of what took place are exact under an hour", () => {
    expect([50_000, 110_000, 120_000, 6_180_000, 14_400_000].map(lengthText).map(plain)).toEqual([
      "50 s",
      "1 min 50 s",
      "2 min",
      "1 h 43 min",
      "4 h",
    ]);
  });

  it("keep a number and its unit on one line", () => {
    expect(lengthText(6_180_000)).toBe("1\u00a0h 43\u00a0min");
  });
});

describe("who sees what", () => {
  it("follows the role", () => {
    expect(tabsOf("facilitator")[0]).toBe("floor");
    expect(tabsOf("moderator")[0]).toBe("messages");
    expect(tabIn("#attendance/12", tabsOf("moderator"))).toBe("attendance");
    expect(withinTab("#attendance/12")).toBe("12");
    expect(withinTab("#attendance")).toBe("");
    expect(tabIn("#attendance", tabsOf("moderator"))).toBe("attendance");
    expect(tabIn("#programme", tabsOf("moderator"))).toBe("messages");
    expect(tabIn("", tabsOf("facilitator"))).toBe("floor");
  });

  it("offers no command that the server always refuses", () => {
    expect(may("facilitator", "grant_floor")).toBe(true);
    expect(may("moderator", "grant_floor")).toBe(false);
    expect(may("facilitator", "silence_person")).toBe(false);
    expect(may("moderator", "silence_person")).toBe(true);
    expect(may("moderator", "request_floor")).toBe(true);
    expect(may(null, "request_floor")).toBe(false);
  });
});

describe("new work", () => {
  it("is a request that has opened, and a message that has come", () => {
    const now = then(make.help({ id: 9, person: SAMMAL }), review(51, HAUKI));
    const { helps, reviews } = newWork(before, now, MODERATOR);
    expect(helps.map(({ id }) => id)).toEqual([9]);
    expect(reviews.map(({ message }) => message)).toEqual([51]);
    expect(waitingWork(now)).toBe(2);
  });

  it("is not the snapshot, a suggestion, one's own, or a claim given back", () => {
    expect(newWork(roomOf([], 0), roomOf(ROOM), MODERATOR)).toEqual({ helps: [], reviews: [] });
    const suggested = then(make.help({ id: 9, person: SAMMAL, state: "suggested" }));
    expect(newWork(before, suggested, MODERATOR).helps).toEqual([]);
    const opened = roomOf([make.help({ id: 9, person: SAMMAL })], 3, suggested);
    expect(newWork(suggested, opened, MODERATOR).helps).toHaveLength(1);
    const claimed = roomOf(
      [make.help({ id: 9, person: SAMMAL, state: "claimed", claimed_by: OTHER_MODERATOR })],
      4,
      opened,
    );
    expect(
      newWork(claimed, roomOf([make.help({ id: 9, person: SAMMAL })], 5, claimed), MODERATOR).helps,
    ).toEqual([]);
    const raised = then(make.help({ id: 9, person: SAMMAL, raised_by: MODERATOR }));
    expect(newWork(before, raised, MODERATOR).helps).toEqual([]);
  });
});

describe("what a screen reader tells", () => {
  const tell = (now: ReturnType<typeof then>, me: number, role: "facilitator" | "moderator") =>
    whatToTell(before, now, me, role, shellTexts.fi, common.fi);

  it("is each one's own work", () => {
    const now = then(
      make.help({ id: 9, person: SAMMAL, kind: "cannot_hear" }),
      make.turn(KANERVA, { id: 41 }),
      make.request(61, HAUKI, { state: "pending" }),
    );
    expect(tell(now, MODERATOR, "moderator")).toEqual(["Uusi apupyyntö: En kuule, Sammal."]);
    expect(tell(now, FACILITATOR, "facilitator")).toEqual([
      "Uusi apupyyntö: En kuule, Sammal.",
      "Nyt puhuu Kanerva.",
      "Hauki pyytää puheenvuoroa.",
    ]);
  });

  it("counts many of a kind, and leaves the chat to be read", () => {
    const now = then(
      make.help({ id: 9, person: SAMMAL }),
      make.help({ id: 10, person: HAUKI }),
      make.message(61, KUUSI, "Hyvä ajatus!"),
      make.message(62, OTHER_MODERATOR, "Otan Sammalen.", { channel: "staff" }),
    );
    expect(tell(now, MODERATOR, "moderator")).toEqual([
      "2 uutta apupyyntöä.",
      "Henkilökunta, Moderaattori 2: Otan Sammalen.",
    ]);
  });

  it("is that the speaker's line is lost", () => {
    const now = then(make.turn(KUUSI, { state: "suspended", suspended_until: NOW + 1 }));
    expect(tell(now, FACILITATOR, "facilitator")).toEqual(["Puhujan yhteys katkesi: Kuusi."]);
  });
});

describe("preferences", () => {
  it("are on for a moderator, and kept on the device", () => {
    const device = new FakeKeep();
    const first = openPreferences(device, "moderator");
    expect([first.sound.value, first.badge.value, first.spoken.value]).toEqual([true, true, true]);
    first.setSound(false);
    expect(openPreferences(device, "moderator").sound.value).toBe(false);
    expect(openPreferences(device, "facilitator").sound.value).toBe(false);
    expect(openPreferences(device, "facilitator").spoken.value).toBe(true);
  });
});
