import { describe, expect, it } from "vitest";
import { FakeTimers } from "../testing/fakes";
import { Announcer } from "./announcer";

function stand() {
  const timers = new FakeTimers();
  const announcer = new Announcer(timers, (count) => `${count} uutta viestiä`);
  return { timers, announcer };
}

describe("the announcer", () => {
  it("says one line in 3 s at most", () => {
    const { timers, announcer } = stand();
    announcer.tell("eka");
    announcer.tell("toka");
    expect(announcer.polite.value).toBe("eka");
    timers.pass(2999);
    expect(announcer.polite.value).toBe("eka");
    timers.pass(1);
    expect(announcer.polite.value).toBe("toka");
    timers.pass(3000);
    expect(announcer.polite.value).toBe("");
  });

  it("counts messages that come meanwhile", () => {
    const { timers, announcer } = stand();
    announcer.sayMessage("Kuusi: hei");
    for (let i = 0; i < 4; i += 1) announcer.sayMessage(`viesti ${i}`);
    expect(announcer.polite.value).toBe("Kuusi: hei");
    timers.pass(3000);
    expect(announcer.polite.value).toBe("4 uutta viestiä");
  });

  it("lets what concerns me go before messages, and does not say it twice", () => {
    const { timers, announcer } = stand();
    announcer.tell("nyt");
    announcer.sayMessage("Kuusi: hei");
    announcer.tell("Olet seuraava.");
    announcer.tell("Olet seuraava.");
    timers.pass(3000);
    expect(announcer.polite.value).toBe("Olet seuraava.");
    timers.pass(3000);
    expect(announcer.polite.value).toBe("Kuusi: hei");
  });

  it("says my turn at once, beside what is being said", () => {
    const { timers, announcer } = stand();
    announcer.say("eka");
    announcer.say("On sinun vuorosi", "assertive");
    expect(announcer.assertive.value).toBe("On sinun vuorosi");
    expect(announcer.polite.value).toBe("eka");
    timers.pass(3000);
    expect(announcer.assertive.value).toBe("");
  });

  it("tells of one's own acts the last alone", () => {
    const { timers, announcer } = stand();
    for (let row = 1; row <= 13; row += 1) announcer.say(`Osallistuja ${row}: Läsnä`);
    expect(announcer.polite.value).toBe("Osallistuja 1: Läsnä");
    timers.pass(3000);
    expect(announcer.polite.value).toBe("Osallistuja 13: Läsnä");
    timers.pass(3000);
    expect(announcer.polite.value).toBe("");
  });

  it("drops what is older than 6 s, and tells what is newer in its order", () => {
    const { timers, announcer } = stand();
    for (const news of ["eka", "toka", "kolmas", "neljäs"]) announcer.tell(news);
    timers.pass(5000);
    announcer.tell("viides");
    const heard = new Set<string>();
    for (let second = 0; second < 12; second += 1) {
      heard.add(announcer.polite.value);
      timers.pass(1000);
    }
    expect([...heard]).toEqual(["toka", "kolmas", "viides", ""]);
  });
});
