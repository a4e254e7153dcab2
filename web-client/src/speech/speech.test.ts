import { describe, expect, it } from "vitest";
import { FakeTimers } from "../testing/fakes";
import { newSentences, tailOf } from "./sentences";
import { SpeechSender } from "./speech_sender";

describe("what is written", () => {
  it("is told at once, then the newest every 200 ms, and never twice", () => {
    const timers = new FakeTimers();
    const told: [number, string][] = [];
    const sender = new SpeechSender(timers, (text) => told.push([timers.now(), text]));
    sender.write("H");
    timers.pass(50);
    sender.write("He");
    sender.write("Hei");
    timers.pass(1000);
    sender.write("Hei!");
    expect(told).toEqual([
      [0, "H"],
      [200, "Hei"],
      [1050, "Hei!"],
    ]);
    timers.pass(1000);
    expect(told).toHaveLength(3);
  });

  it("is told to the end when the writing is closed", () => {
    const timers = new FakeTimers();
    const told: string[] = [];
    const sender = new SpeechSender(timers, (text) => told.push(text));
    sender.write("a");
    sender.write("ab");
    sender.finish();
    timers.pass(1000);
    expect(told).toEqual(["a", "ab"]);
  });

  it("can be taken away", () => {
    const told: string[] = [];
    const sender = new SpeechSender(new FakeTimers(), (text) => told.push(text));
    sender.write("");
    expect(told).toEqual([""]);
  });
});

describe("finished sentences", () => {
  it("are told once each, when they have ended", () => {
    expect(newSentences("", "Hei")).toBe("");
    expect(newSentences("Hei", "Hei kaikki.")).toBe("Hei kaikki.");
    expect(newSentences("Hei kaikki.", "Hei kaikki. Minä")).toBe("");
    expect(newSentences("Hei kaikki. Minä", "Hei kaikki. Minä luen. Se auttaa! Ja")).toBe(
      "Minä luen. Se auttaa!",
    );
  });

  it("are not seen in a number or an address that goes on", () => {
    expect(newSentences("", "Kello 10.30 tai sivulla a.b")).toBe("");
  });

  it("are not told again when the text was written anew", () => {
    expect(newSentences("Hei kaikki. Minä", "Hyvää päivää. Minä")).toBe("");
    expect(newSentences("Hei.", "")).toBe("");
  });
});

describe("the last of a long text", () => {
  it("begins with a word, and is short enough", () => {
    expect(tailOf("lyhyt", 10)).toBe("lyhyt");
    expect(tailOf("yksi kaksi kolme", 10)).toBe("… kolme");
    expect([...tailOf("😀".repeat(30), 10)]).toHaveLength(10);
    expect(tailOf("sana ".repeat(400), 1000).length).toBeLessThanOrEqual(1000);
  });
});
