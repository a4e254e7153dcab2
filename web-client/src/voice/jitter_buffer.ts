import { clockGap, SAMPLE_RATE, seqGap } from "./wire";

const PER_MS = SAMPLE_RATE / 1000;

/** How long what is heard waits, so that frames that come late do not leave a hole. */
export const MARGIN_FIRST_MS = 60;
export const MARGIN_LEAST_MS = 40;
export const MARGIN_MOST_MS = 200;
/** An underrun widens the margin by this; so much sound without one narrows it by this. */
const MARGIN_STEP_MS = 20;
const CALM_SECONDS = 30;
/** What is more than the margin, a frame and this is skipped at once: it is old. */
const SLACK_MS = 120;
/** What lies in the buffer all the time is only delay: every half second the excess is cut out. */
const TRIM_EVERY_MS = 500;
const TRIM_FROM_MS = 10;
/** Lost frames are kept open as silence up to this; a longer hole is closed. */
const HOLE_MOST_MS = 100;
/** Every edge is faded, so that none clicks. */
const FADE = 128;

/** One frame, decoded. */
export interface Heard {
  readonly seq: number;
  readonly clock: number;
  readonly begins_spurt: boolean;
  readonly samples: Float32Array<ArrayBuffer>;
}

export interface Figures {
  margin_ms: number;
  /** What waits to be heard. */
  fill_ms: number;
  /** The sound broke off in the middle, and went on later. */
  underruns: number;
  /** Frames that never came. */
  lost: number;
  /** Sound that was left out to catch up with the speaker. */
  skipped_ms: number;
}

/**
 * The sound of one speaker, between a network that brings frames when it likes and a loudspeaker that takes 128 samples
 * every 2.7 ms. It reads no clock: time is what has been read. Not for two threads.
 */
export class JitterBuffer {
  readonly #frames: Float32Array<ArrayBuffer>[] = [];
  /** Of the first frame, what has been read. */
  #read = 0;
  #fill = 0;
  #now = 0;
  #state: "empty" | "gathering" | "playing" = "empty";
  #start_at = 0;
  #margin = MARGIN_FIRST_MS * PER_MS;
  #frame = 0;
  #next_clock: number | null = null;
  #last_seq: number | null = null;
  #calm = 0;
  #least_fill = Number.POSITIVE_INFINITY;
  #trim_at = 0;
  #fade_in = 0;
  #last_sample = 0;
  #underruns = 0;
  #lost = 0;
  #skipped = 0;

  get figures(): Figures {
    return {
      margin_ms: this.#margin / PER_MS,
      fill_ms: this.#fill / PER_MS,
      underruns: this.#underruns,
      lost: this.#lost,
      skipped_ms: this.#skipped / PER_MS,
    };
  }

  /** Nothing waits and nothing is heard. */
  get is_empty(): boolean {
    return this.#state === "empty" && this.#last_sample === 0;
  }

  push({ seq, clock, begins_spurt, samples }: Heard): void {
    const missing = this.#last_seq === null ? 0 : seqGap(this.#last_seq, seq) - 1;
    // A frame that is here already, or comes after its time.
    if (missing < 0 && missing > -1000) return;
    if (missing > 0 && missing < 1000) this.#lost += missing;
    this.#last_seq = seq;
    const hole = this.#next_clock === null || begins_spurt ? null : clockGap(this.#next_clock, clock);
    this.#next_clock = clock + samples.length;
    this.#frame = samples.length;

    if (this.#state === "empty") {
      if (hole === 0) this.#widen();
      this.#state = "gathering";
      this.#start_at = this.#now + this.#margin;
    } else if (missing > 0 && hole !== null && hole > 0 && hole <= HOLE_MOST_MS * PER_MS) {
      this.#append(new Float32Array(hole));
    }
    this.#append(samples);
    if (this.#fill > this.#margin + this.#frame + SLACK_MS * PER_MS)
      this.#skip(this.#fill - this.#margin - this.#frame);
  }

  /** The speaker has closed the microphone: what is here is played out, and a silence after it is no fault. */
  end(): void {
    this.#next_clock = null;
    if (this.#state === "gathering") this.#start_at = this.#now;
  }

  /** Adds the next samples to what is in `out`. */
  read(out: Float32Array): void {
    const length = out.length;
    this.#now += length;
    if (
      this.#state === "gathering" &&
      (this.#now >= this.#start_at || this.#fill >= this.#margin + this.#frame)
    ) {
      this.#state = "playing";
      this.#fade_in = FADE;
      this.#rest();
    }
    if (this.#state !== "playing") return this.#fadeOut(out, 0);

    const had = Math.min(length, this.#fill);
    this.#take(out, had);
    if (had < length) {
      this.#state = "empty";
      return this.#fadeOut(out, had);
    }
    this.#calm += length;
    if (this.#calm >= CALM_SECONDS * SAMPLE_RATE) this.#narrow();
    this.#least_fill = Math.min(this.#least_fill, this.#fill);
    if (this.#now >= this.#trim_at) {
      const excess = this.#least_fill - this.#margin;
      if (excess > TRIM_FROM_MS * PER_MS) this.#skip(Math.min(excess, this.#fill));
      this.#rest();
    }
  }

  #append(samples: Float32Array<ArrayBuffer>): void {
    this.#frames.push(samples);
    this.#fill += samples.length;
  }

  /** Moves samples to `out`, fading in where the sound begins anew. */
  #take(out: Float32Array, count: number): void {
    let at = 0;
    while (at < count) {
      const frame = this.#frames[0];
      if (!frame) break;
      const piece = Math.min(count - at, frame.length - this.#read);
      for (let index = 0; index < piece; index += 1) {
        let sample = frame[this.#read + index] ?? 0;
        if (this.#fade_in > 0) {
          // What was heard before this edge goes as the new sound comes.
          const share = 1 - this.#fade_in / FADE;
          sample = sample * share + this.#last_sample * (1 - share);
          this.#fade_in -= 1;
          if (this.#fade_in === 0) this.#last_sample = 0;
        }
        out[at + index] = (out[at + index] ?? 0) + sample;
        if (this.#fade_in === 0) this.#last_sample = sample;
      }
      at += piece;
      this.#forget(piece);
    }
  }

  /** The sound ends where it is: its last sample is let down to nothing. */
  #fadeOut(out: Float32Array, from: number): void {
    if (this.#last_sample === 0) return;
    const length = out.length - from;
    for (let index = 0; index < length; index += 1)
      out[from + index] = (out[from + index] ?? 0) + this.#last_sample * (1 - (index + 1) / length);
    this.#last_sample = 0;
  }

  /** Leaves out the oldest samples; the edge is faded over. */
  #skip(count: number): void {
    this.#skipped += count;
    let left = count;
    while (left > 0) {
      const frame = this.#frames[0];
      if (!frame) break;
      const piece = Math.min(left, frame.length - this.#read);
      left -= piece;
      this.#forget(piece);
    }
    if (this.#state === "playing") this.#fade_in = FADE;
    this.#rest();
  }

  #forget(count: number): void {
    this.#read += count;
    this.#fill -= count;
    if (this.#read < (this.#frames[0]?.length ?? 0)) return;
    this.#frames.shift();
    this.#read = 0;
  }

  /** Begins a new half second of looking at the least fill. */
  #rest(): void {
    this.#least_fill = Number.POSITIVE_INFINITY;
    this.#trim_at = this.#now + TRIM_EVERY_MS * PER_MS;
  }

  #widen(): void {
    this.#underruns += 1;
    this.#calm = 0;
    this.#margin = Math.min(this.#margin + MARGIN_STEP_MS * PER_MS, MARGIN_MOST_MS * PER_MS);
  }

  #narrow(): void {
    this.#calm = 0;
    this.#margin = Math.max(this.#margin - MARGIN_STEP_MS * PER_MS, MARGIN_LEAST_MS * PER_MS);
  }
}
