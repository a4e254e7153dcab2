/** One Opus frame's worth of the microphone. */
export interface Cut {
  readonly clock: number;
  readonly samples: Float32Array<ArrayBuffer>;
}

/** Cuts the microphone's sound, which comes 128 samples at a time, into frames of exactly the length asked for. */
export class FrameCutter {
  #frame: Float32Array<ArrayBuffer>;
  #have = 0;
  #clock = 0;

  constructor(private readonly length: number) {
    this.#frame = new Float32Array(length);
  }

  /** Takes the samples that begin at `clock`; answers the frames that they complete. */
  take(samples: Float32Array, clock: number): Cut[] {
    const cuts: Cut[] = [];
    let from = 0;
    while (from < samples.length) {
      if (this.#have === 0) this.#clock = clock + from;
      const piece = Math.min(samples.length - from, this.length - this.#have);
      this.#frame.set(samples.subarray(from, from + piece), this.#have);
      this.#have += piece;
      from += piece;
      if (this.#have < this.length) continue;
      cuts.push({ clock: this.#clock, samples: this.#frame });
      this.#frame = new Float32Array(this.length);
      this.#have = 0;
    }
    return cuts;
  }
}
