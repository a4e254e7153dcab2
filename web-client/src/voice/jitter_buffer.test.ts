import { describe, expect, it } from "vitest";
import { JitterBuffer } from "./jitter_buffer";

const QUANTUM = 128;
const MS = 48;
const FRAME = 20 * MS;

/** A speaker, a network and a loudspeaker, on one clock that counts samples. */
class Line {
  readonly buffer = new JitterBuffer();
  now = 0;
  heard: number[] = [];
  is_recording = true;
  /** In the order in which it was spoken, as on one TCP connection. */
  #on_way: { at: number; seq: number; clock: number; begins_spurt: boolean; value: number }[] = [];
  #come = 0;
  #seq: number;
  #clock_start: number;
  #begins = true;

  constructor(seq = 0, clock_start = 0) {
    this.#seq = seq;
    this.#clock_start = clock_start;
  }

  /** A frame that was spoken at `said` (in samples) and comes `delay` later. Every sample of it is `value`. */
  send(said: number, delay = 0, value = 0.5): void {
    this.#on_way.push({
      at: said + delay,
      seq: this.#seq & 0xffff,
      clock: (this.#clock_start + said) >>> 0,
      begins_spurt: this.#begins,
      value,
    });
    this.#seq += 1;
    this.#begins = false;
  }

  /** A frame is spoken and does not come. */
  lose(): void {
    this.#seq += 1;
  }

  beginSpurt(): void {
    this.#begins = true;
  }

  /** Lets time pass; what has come by then is pushed before each read. */
  listen(ms: number): void {
    const until = this.now + ms * MS;
    while (this.now + QUANTUM <= until) {
      for (;;) {
        const next = this.#on_way[this.#come];
        if (!next || next.at > this.now) break;
        this.#come += 1;
        const { seq, clock, begins_spurt, value } = next;
        this.buffer.push({ seq, clock, begins_spurt, samples: new Float32Array(FRAME).fill(value) });
      }
      const out = new Float32Array(QUANTUM);
      this.buffer.read(out);
      if (this.is_recording) this.heard.push(...out);
      this.now += QUANTUM;
    }
  }

  /** Speaks without a pause from `from` for `ms`, every frame late by `delay(index)` samples. */
  speak(from: number, ms: number, delay: (index: number) => number = () => 0): void {
    for (let index = 0; index * 20 < ms; index += 1) this.send(from + index * FRAME, delay(index));
  }

  get figures() {
    return this.buffer.figures;
  }
}

const loud = (samples: readonly number[]) => samples.filter((sample) => sample > 0.49).length;
const firstLoud = (samples: readonly number[]) => samples.findIndex((sample) => sample > 0.01);

describe("a spurt", () => {
  it("is heard a margin after its first frame came, whole, and faded at both ends", () => {
    const line = new Line();
    line.speak(0, 200);
    line.listen(500);
    const start = firstLoud(line.heard);
    expect(start / MS).toBeGreaterThan(55);
    expect(start / MS).toBeLessThan(66);
    expect(loud(line.heard)).toBeGreaterThan(195 * MS);
    const steps = line.heard.slice(1).map((sample, index) => Math.abs(sample - (line.heard[index] ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(0.02);
    expect(line.figures).toMatchObject({ underruns: 0, lost: 0, skipped_ms: 0, fill_ms: 0 });
    expect(line.buffer.is_empty).toBe(true);
  });

  it("of one frame alone does not stick", () => {
    const line = new Line();
    line.send(0);
    line.listen(300);
    expect(loud(line.heard)).toBeGreaterThan(16 * MS);
    expect(line.buffer.is_empty).toBe(true);
  });

  it("that comes all at once starts at once, without more delay than it needs", () => {
    const line = new Line();
    line.speak(0, 100, (index) => (4 - index) * FRAME);
    line.listen(90);
    expect(loud(line.heard)).toBeGreaterThan(0);
  });
});

describe("a silence", () => {
  it("that the speaker made is a pause, not an underrun", () => {
    const line = new Line();
    line.speak(0, 200);
    line.speak(700 * MS, 200);
    line.listen(1200);
    expect(line.figures).toMatchObject({ underruns: 0, margin_ms: 60 });
    expect(loud(line.heard)).toBeGreaterThan(390 * MS);
  });

  it("that the network made is an underrun, and widens the margin", () => {
    const line = new Line();
    line.speak(0, 1000, (index) => (index >= 20 && index < 35 ? (35 - index) * FRAME : 0));
    line.listen(1500);
    expect(line.figures).toMatchObject({ underruns: 1, margin_ms: 80 });
  });

  it("after a closed microphone is a pause, even with a clock that goes straight on", () => {
    const line = new Line();
    line.speak(0, 200);
    line.listen(600);
    line.beginSpurt();
    line.send(200 * MS, 400 * MS);
    line.listen(200);
    expect(line.figures.underruns).toBe(0);
  });

  it("that was announced is no fault, and what is here is played out at once", () => {
    const line = new Line();
    line.send(0);
    line.listen(5);
    line.buffer.end();
    line.listen(30);
    expect(loud(line.heard)).toBeGreaterThan(16 * MS);
    line.send(20 * MS, 100 * MS);
    line.listen(300);
    expect(line.figures.underruns).toBe(0);
  });

  it("widens the margin to 200 ms at most, and calm speech narrows it to 40", () => {
    const line = new Line();
    line.is_recording = false;
    for (let round = 0; round < 10; round += 1)
      for (let index = 0; index < 50; index += 1)
        line.send((round * 50 + index) * FRAME, index < 25 ? (25 - index) * FRAME : 0);
    line.listen(10_000);
    expect(line.figures.margin_ms).toBe(200);
    line.speak(line.now, 300_000);
    line.listen(300_000);
    expect(line.figures.margin_ms).toBe(40);
  });
});

describe("a stall", () => {
  it("of 300 ms is caught up: old sound is skipped, and the delay comes back", () => {
    const line = new Line();
    line.speak(0, 6000, (index) => (index >= 100 && index < 115 ? (115 - index) * FRAME : 0));
    line.listen(1990);
    const before = line.figures.fill_ms;
    line.listen(310 + 60);
    const back = line.heard.slice((2000 + 300) * MS);
    expect(loud(back)).toBeGreaterThan(50 * MS);
    expect(line.figures.fill_ms).toBeLessThanOrEqual(80 + 20 + 120);
    line.listen(3000);
    expect(line.figures.fill_ms - before).toBeLessThan(40);
    expect(line.figures.underruns).toBe(1);
  });

  it("never makes the delay longer than the margin, a frame and 120 ms", () => {
    const line = new Line();
    line.speak(0, 4000, (index) => (index % 50 < 40 ? (40 - (index % 50)) * FRAME : 0));
    for (let at = 0; at < 4000; at += 5) {
      line.listen(5);
      expect(line.figures.fill_ms).toBeLessThanOrEqual(line.figures.margin_ms + 20 + 120);
    }
  });
});

describe("the clocks", () => {
  it("of a speaker that runs 200 ppm fast are followed by small cuts", () => {
    const line = new Line();
    line.is_recording = false;
    for (let index = 0; index < 15_000; index += 1) line.send(index * FRAME, -index * FRAME * 2e-4);
    line.listen(299_000);
    expect(line.figures.underruns).toBe(0);
    expect(line.figures.fill_ms).toBeLessThan(110);
    expect(line.figures.skipped_ms).toBeGreaterThan(20);
    expect(line.figures.skipped_ms).toBeLessThan(100);
  });

  it("and the count of frames wrap round without a pause or a loss", () => {
    const line = new Line(0xfffe, 2 ** 32 - 5 * FRAME);
    line.speak(0, 300);
    line.listen(600);
    expect(line.figures).toMatchObject({ underruns: 0, lost: 0 });
    expect(loud(line.heard)).toBeGreaterThan(295 * MS);
  });
});

describe("a frame", () => {
  it("that is lost leaves its silence, so that the rest is not early", () => {
    const line = new Line();
    line.speak(0, 200);
    line.lose();
    line.speak(220 * MS, 200);
    line.listen(800);
    expect(line.figures).toMatchObject({ lost: 1, underruns: 0 });
    const start = firstLoud(line.heard);
    const quiet = line.heard.slice(start + 205 * MS, start + 215 * MS);
    expect(Math.max(...quiet)).toBeLessThan(0.01);
    expect(line.heard[start + 230 * MS]).toBe(0.5);
  });

  it("that comes twice, or after its time, is passed over", () => {
    const buffer = new JitterBuffer();
    const frame = (seq: number) => ({
      seq,
      clock: seq * FRAME,
      begins_spurt: false,
      samples: new Float32Array(FRAME),
    });
    buffer.push(frame(5));
    buffer.push(frame(5));
    buffer.push(frame(4));
    expect(buffer.figures).toMatchObject({ fill_ms: 20, lost: 0 });
  });

  it("after a speaker came back with a new count is heard", () => {
    const line = new Line(40_000);
    line.speak(0, 100);
    line.listen(400);
    const again = { seq: 0, clock: 0, begins_spurt: true, samples: new Float32Array(FRAME).fill(0.5) };
    line.buffer.push(again);
    line.listen(200);
    expect(line.figures.lost).toBe(0);
    expect(loud(line.heard)).toBeGreaterThan(110 * MS);
  });
});
