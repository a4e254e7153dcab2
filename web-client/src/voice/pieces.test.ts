import { describe, expect, it } from "vitest";
import { CaptureClock } from "./capture_clock";
import { FrameCutter } from "./frame_cutter";
import { Downsampler } from "./pcm";

describe("the frame cutter", () => {
  it.each([960, 2880])("cuts quanta of 128 into frames of %i, none lost, each with its clock", (length) => {
    const cutter = new FrameCutter(length);
    const cuts = [];
    for (let at = 0; at < length * 4; at += 128)
      cuts.push(
        ...cutter.take(
          Float32Array.from({ length: 128 }, (_, index) => at + index),
          1000 + at,
        ),
      );
    expect(cuts.length).toBeGreaterThanOrEqual(3);
    for (const [index, { clock, samples }] of cuts.entries()) {
      expect(clock).toBe(1000 + index * length);
      expect(samples.length).toBe(length);
      expect(samples[0]).toBe(index * length);
      expect(samples[length - 1]).toBe(index * length + length - 1);
    }
  });

  it("completes more than one frame at once when they are shorter than what comes", () => {
    expect(new FrameCutter(40).take(new Float32Array(128), 0).map(({ clock }) => clock)).toEqual([0, 40, 80]);
  });
});

describe("the clock of a packet", () => {
  const newClocks = () => new CaptureClock(960, 20);

  it("is that of its frame, and the first begins a spurt", () => {
    const clocks = newClocks();
    clocks.given(5000, 0);
    expect(clocks.came(1)).toEqual({ clock: 5000, begins_spurt: true });
    clocks.given(5960, 20);
    expect(clocks.came(22)).toEqual({ clock: 5960, begins_spurt: false });
  });

  it("is the right one after frames were left out in silence", () => {
    const clocks = newClocks();
    clocks.given(0, 0);
    clocks.came(1);
    for (let index = 1; index <= 20; index += 1) clocks.given(index * 960, index * 20);
    expect(clocks.came(401)).toEqual({ clock: 20 * 960, begins_spurt: true });
    clocks.given(21 * 960, 420);
    expect(clocks.came(421)).toEqual({ clock: 21 * 960, begins_spurt: false });
  });

  it("is the right one when a worker that was held up gives many at once", () => {
    const clocks = newClocks();
    for (let index = 0; index < 5; index += 1) clocks.given(index * 960, 100 + index / 10);
    expect([0, 1, 2, 3, 4].map((index) => clocks.came(102 + index).clock)).toEqual([
      0, 960, 1920, 2880, 3840,
    ]);
  });

  it("never steps back when an encoder is late", () => {
    const clocks = newClocks();
    clocks.given(0, 0);
    clocks.given(960, 20);
    const came = [clocks.came(30).clock, clocks.came(31).clock];
    clocks.given(1920, 40);
    came.push(clocks.came(41).clock);
    expect(came).toEqual([960, 1920, 2880]);
  });

  it("goes on over its wrap", () => {
    const clocks = newClocks();
    clocks.given(2 ** 32 - 960, 0);
    clocks.came(1);
    clocks.given(0, 20);
    expect(clocks.came(21)).toEqual({ clock: 0, begins_spurt: false });
  });

  it("begins a spurt after the microphone was closed", () => {
    const clocks = newClocks();
    clocks.given(0, 0);
    clocks.came(1);
    clocks.breakOff();
    clocks.given(960, 20);
    expect(clocks.came(21)).toEqual({ clock: 960, begins_spurt: true });
  });
});

describe("16 kHz in 16 bits", () => {
  const tone = (hertz: number, from: number, length: number) =>
    Float32Array.from(
      { length },
      (_, index) => 0.5 * Math.sin((2 * Math.PI * hertz * (from + index)) / 48_000),
    );
  /** How loud ten frames after the first are, of the tone's own. */
  const loudnessOf = (hertz: number) => {
    const down = new Downsampler();
    let [sum, count] = [0, 0];
    for (let index = 0; index < 11; index += 1) {
      const bytes = down.take(tone(hertz, index * 960, 960));
      expect(bytes.length).toBe(640);
      if (index === 0) continue;
      for (const sample of new Int16Array(bytes.buffer)) {
        sum += (sample / 32_767) ** 2;
        count += 1;
      }
    }
    return Math.sqrt(sum / count) / (0.5 / Math.SQRT2);
  };

  it("keeps speech as loud as it was, to 7 kHz", () => {
    for (const hertz of [200, 1000, 3000, 6000]) expect(loudnessOf(hertz)).toBeCloseTo(1, 1);
    expect(loudnessOf(7000)).toBeGreaterThan(0.7);
  });

  it("has nothing of what it cannot hold", () => {
    for (const hertz of [8800, 12_000, 20_000]) expect(loudnessOf(hertz)).toBeLessThan(0.02);
  });

  it("has no seam between two frames, and does not wrap round when it is too loud", () => {
    const down = new Downsampler();
    const heard = [0, 1, 2].flatMap((index) => [
      ...new Int16Array(down.take(tone(500, index * 960, 960)).buffer),
    ]);
    const steps = heard.slice(1).map((sample, index) => Math.abs(sample - (heard[index] ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(0.5 * 32_767 * 2 * Math.PI * (500 / 16_000) * 1.1);
    const loud = new Downsampler();
    loud.take(new Float32Array(960).fill(3));
    expect(
      [...new Int16Array(loud.take(new Float32Array(960).fill(3)).buffer)].every((one) => one === 32_767),
    ).toBe(true);
  });
});
