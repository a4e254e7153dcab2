import type { Timers } from "../connection/parts";

/**
 * The others see what is written within half a second: this, the way there, and the server's own quarter of a second.
 */
const EVERY_MS = 200;

/** Tells what is being written at once, and then the newest of it every 200 ms while it changes. */
export class SpeechSender {
  #newest: string | null = null;
  #callOff: (() => void) | null = null;

  constructor(
    private readonly timers: Timers,
    private readonly tell: (text: string) => void,
  ) {}

  write(text: string): void {
    this.#newest = text;
    if (!this.#callOff) this.#send();
  }

  /** What has not been told is told now. */
  finish(): void {
    this.#callOff?.();
    this.#callOff = null;
    if (this.#newest !== null) this.tell(this.#newest);
    this.#newest = null;
  }

  #send(): void {
    this.#callOff = null;
    if (this.#newest === null) return;
    this.tell(this.#newest);
    this.#newest = null;
    this.#callOff = this.timers.after(EVERY_MS, () => this.#send());
  }
}
