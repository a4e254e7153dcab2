import { clockGap } from "./wire";

/** When a packet may be sent, and what it is. */
export interface Timed {
  readonly clock: number;
  /** Silence was left out before it. */
  readonly begins_spurt: boolean;
}

/**
 * Which capture clock an encoded packet has. In silence (DTX) an encoder leaves frames out, and browsers number the
 * packets that are left as if none were missing; so it is told by time: a frame whose packet has not come when the next
 * one is due was left out.
 */
export class CaptureClock {
  #waiting: { clock: number; at: number }[] = [];
  #next: number | null = null;

  constructor(
    private readonly frame_samples: number,
    private readonly frame_ms: number,
  ) {}

  /** A frame was given to the encoder. `now` is in ms. */
  given(clock: number, now: number): void {
    this.#forgetStale(now);
    this.#waiting.push({ clock, at: now });
  }

  /** A packet came out. Clocks never step back, even when the encoder was late. */
  came(now: number): Timed {
    this.#forgetStale(now);
    const clock = this.#waiting.shift()?.clock ?? this.#next ?? 0;
    const is_new = this.#next === null;
    const gap = this.#next === null ? 0 : clockGap(this.#next, clock);
    const timed = this.#next !== null && gap < 0 ? this.#next : clock;
    this.#next = (timed + this.frame_samples) >>> 0;
    return { clock: timed, begins_spurt: is_new || gap > 0 };
  }

  /** The microphone was closed: the next packet begins a spurt. */
  breakOff(): void {
    this.#waiting = [];
    this.#next = null;
  }

  #forgetStale(now: number): void {
    const oldest = now - this.frame_ms * 0.75;
    this.#waiting = this.#waiting.filter(({ at }) => at > oldest);
  }
}
