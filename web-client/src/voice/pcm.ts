/** 48 kHz to 16 kHz. */
const STEP = 3;
const TAPS = 96;
/** Half of 16 kHz is 8: speech to 7 kHz stays, as EN 301 549 asks, and nothing above 8.5 folds back. */
const CUT_HERTZ = 7600;

/** A windowed sinc (Hamming), whose sum is 1. */
const FILTER = (() => {
  const taps = new Float32Array(TAPS);
  const middle = (TAPS - 1) / 2;
  const turn = (2 * Math.PI * CUT_HERTZ) / 48_000;
  let sum = 0;
  for (let index = 0; index < TAPS; index += 1) {
    const x = index - middle;
    const phase = (2 * Math.PI * index) / (TAPS - 1);
    const window = 0.54 - 0.46 * Math.cos(phase);
    taps[index] = (Math.sin(turn * x) / x) * window;
    sum += taps[index] ?? 0;
  }
  return taps.map((tap) => tap / sum);
})();

/** Makes 16 kHz mono in 16 bits of frames at 48 kHz, one after the other without a seam. */
export class Downsampler {
  #before = new Float32Array(TAPS - 1);

  /** `samples.length` is a multiple of 3. */
  take(samples: Float32Array): Uint8Array<ArrayBuffer> {
    const all = new Float32Array(this.#before.length + samples.length);
    all.set(this.#before);
    all.set(samples, this.#before.length);
    this.#before = all.slice(samples.length);
    const bytes = new Uint8Array((samples.length / STEP) * 2);
    const view = new DataView(bytes.buffer);
    for (let index = 0; index * STEP < samples.length; index += 1) {
      let sum = 0;
      for (let tap = 0; tap < TAPS; tap += 1) sum += (FILTER[tap] ?? 0) * (all[index * STEP + tap] ?? 0);
      view.setInt16(index * 2, Math.max(-1, Math.min(1, sum)) * 32_767, true);
    }
    return bytes;
  }
}
