/** What is softer than this (−46 dB) counts as silence, and what is louder than −10 dB as full. */
const SILENCE_DB = -46;
const FULL_DB = -10;

/** Root mean square of some sound as the ear measures it: 0 is silence, 1 is loud. */
export function loudness(rms: number): number {
  if (rms <= 0) return 0;
  const decibel = 20 * Math.log10(rms);
  return Math.max(0, Math.min(1, (decibel - SILENCE_DB) / (FULL_DB - SILENCE_DB)));
}

/** Sums up sound until it is asked how loud it was. */
export class Meter {
  #sum = 0;
  #count = 0;

  add(samples: Float32Array): void {
    for (const sample of samples) this.#sum += sample * sample;
    this.#count += samples.length;
  }

  get count(): number {
    return this.#count;
  }

  /** 0 to 1; the meter begins anew. */
  take(): number {
    const level = this.#count === 0 ? 0 : loudness(Math.sqrt(this.#sum / this.#count));
    this.#sum = 0;
    this.#count = 0;
    return level;
  }
}
