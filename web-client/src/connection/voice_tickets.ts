import type { Timers } from "./parts";

/** A question for a ticket that came too fast gets no answer: it is asked again. */
const PATIENCE_MS = 5000;

/** Those who wait for a ticket to /voice. One question at a time, whoever waits: its answer is the first one's. */
export class VoiceTickets {
  #askers: ((ticket: string | null) => void)[] = [];
  #call_off: (() => void) | null = null;

  /** `put` puts the question to the server; false without a line, and then `goOn` is called once there is one. */
  constructor(
    private readonly timers: Timers,
    private readonly put: () => boolean,
  ) {}

  /** Null when there is none. */
  ask(): Promise<string | null> {
    return new Promise((answer) => {
      this.#askers.push(answer);
      if (this.#askers.length === 1) this.goOn();
    });
  }

  /** Asks for whoever waits. */
  goOn(): void {
    this.#call_off?.();
    this.#call_off = null;
    if (this.#askers.length === 0 || !this.put()) return;
    this.#call_off = this.timers.after(PATIENCE_MS, () => this.goOn());
  }

  give(ticket: string): void {
    this.#askers.shift()?.(ticket);
    this.goOn();
  }

  /** There is none for anybody. */
  deny(): void {
    const askers = this.#askers;
    this.#askers = [];
    for (const answer of askers) answer(null);
    this.goOn();
  }
}
