import { describe, expect, it } from "vitest";
import { MODERATOR, MUSTIKKA, OTHER_MODERATOR, review } from "../testing/staff_fixtures";
import { holderOf, LeaseKeeper } from "./lease";

const START = 1_000_000;
const mine = (until: number, message = 21) =>
  review(message, MUSTIKKA, { claimed_by: MODERATOR, claimed_until: until });

describe("who holds an item", () => {
  it("is nobody, I, or another, and nobody again when the lease has run out", () => {
    expect(holderOf(review(21, MUSTIKKA), MODERATOR, START)).toBe("nobody");
    expect(holderOf(mine(START + 1), MODERATOR, START)).toBe("me");
    expect(holderOf(mine(START + 1), OTHER_MODERATOR, START)).toBe("other");
    expect(holderOf(mine(START), MODERATOR, START)).toBe("nobody");
  });
});

describe("keeping a claim", () => {
  it("renews at half of the lease while the item is in use", () => {
    const keeper = new LeaseKeeper();
    keeper.used(21, START);
    expect(keeper.due([mine(START + 60_000)], MODERATOR, START + 29_000)).toEqual([]);
    expect(keeper.due([mine(START + 60_000)], MODERATOR, START + 30_000)).toEqual([21]);
  });

  it("lets it run out when nothing has been touched for a while", () => {
    const keeper = new LeaseKeeper();
    keeper.used(21, START - 11_000);
    expect(keeper.due([mine(START + 60_000)], MODERATOR, START + 30_000)).toEqual([]);
  });

  it("renews late, when it is touched again before the end", () => {
    const keeper = new LeaseKeeper();
    expect(keeper.due([mine(START + 60_000)], MODERATOR, START + 50_000)).toEqual([]);
    keeper.used(21, START + 51_000);
    expect(keeper.due([mine(START + 60_000)], MODERATOR, START + 51_000)).toEqual([21]);
  });

  it("asks once, and again only after a while without an answer", () => {
    const keeper = new LeaseKeeper();
    keeper.used(21, START + 29_000);
    const items = [mine(START + 60_000)];
    expect(keeper.due(items, MODERATOR, START + 30_000)).toEqual([21]);
    expect(keeper.due(items, MODERATOR, START + 34_000)).toEqual([]);
    expect(keeper.due(items, MODERATOR, START + 35_000)).toEqual([21]);
  });

  it("goes on for hours, a lease at a time", () => {
    const keeper = new LeaseKeeper();
    let until = START + 60_000;
    const renewed: number[] = [];
    for (let now = START; now < START + 300_000; now += 1000) {
      keeper.used(21, now);
      for (const _ of keeper.due([mine(until)], MODERATOR, now)) {
        renewed.push((now - START) / 1000);
        until = now + 60_000;
      }
    }
    expect(renewed).toEqual([30, 60, 90, 120, 150, 180, 210, 240, 270]);
  });

  it("never touches another's claim, nor one that has run out", () => {
    const keeper = new LeaseKeeper();
    keeper.used(21, START);
    expect(keeper.due([mine(START + 1000)], OTHER_MODERATOR, START)).toEqual([]);
    expect(keeper.due([mine(START)], MODERATOR, START)).toEqual([]);
  });

  it("forgets an item that has gone: its number taken anew is another item", () => {
    const keeper = new LeaseKeeper();
    keeper.used(21, START);
    expect(keeper.due([], MODERATOR, START)).toEqual([]);
    expect(keeper.due([mine(START + 10_000)], MODERATOR, START)).toEqual([]);
  });
});
