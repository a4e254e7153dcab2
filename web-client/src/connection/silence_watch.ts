import type { Timers } from "./parts";

/**
 * The server sends a heartbeat every 5 s: twice that without any frame, and the line is dead whatever the socket says.
 */
export const SILENCE_MS = 10_000;

/**
 * Calls `on_silence` once when nothing has been heard for `limit_ms`. One timer at a time, however many frames come.
 */
export class SilenceWatch {
  #last_heard: number;
  #call_off: () => void;

  constructor(
    private readonly timers: Timers,
    private readonly on_silence: () => void,
    private readonly limit_ms = SILENCE_MS,
  ) {
    this.#last_heard = timers.now();
    this.#call_off = timers.after(limit_ms, () => this.#look());
  }

  heard(): void {
    this.#last_heard = this.timers.now();
  }

  stop(): void {
    this.#call_off();
  }

  #look(): void {
    const left = this.#last_heard + this.limit_ms - this.timers.now();
    if (left <= 0) this.on_silence();
    else this.#call_off = this.timers.after(left, () => this.#look());
  }
}
