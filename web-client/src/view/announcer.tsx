import { type ReadonlySignal, signal } from "@preact/signals";
import type { Timers } from "../connection/parts";

/** At most one line in this time, so that a screen reader can finish it. */
const PACE_MS = 3000;

export type Urgency = "polite" | "assertive";

/**
 * What is spoken by a screen reader. Lines wait their turn; messages that have come meanwhile become one line
 * ("4 new messages"). An assertive line (my turn, a lost line) is spoken at once.
 */
export class Announcer {
  readonly #polite = signal("");
  readonly #assertive = signal("");
  #waiting: string[] = [];
  #messages: string[] = [];
  #is_resting = false;

  constructor(
    private readonly timers: Timers,
    private readonly sayCount: (count: number) => string,
  ) {}

  get polite(): ReadonlySignal<string> {
    return this.#polite;
  }

  get assertive(): ReadonlySignal<string> {
    return this.#assertive;
  }

  say(line: string, urgency: Urgency = "polite"): void {
    if (urgency === "assertive") {
      this.#assertive.value = line;
      this.timers.after(PACE_MS, () => {
        if (this.#assertive.value === line) this.#assertive.value = "";
      });
      return;
    }
    if (!this.#waiting.includes(line)) this.#waiting.push(line);
    this.#next();
  }

  /** A message of the chat: read out when it is the only one, counted when there are more. */
  sayMessage(line: string): void {
    this.#messages.push(line);
    this.#next();
  }

  #next(): void {
    if (this.#is_resting) return;
    const line = this.#waiting.shift() ?? this.#takeMessages();
    this.#polite.value = line ?? "";
    if (line === undefined) return;
    this.#is_resting = true;
    this.timers.after(PACE_MS, () => {
      this.#is_resting = false;
      this.#next();
    });
  }

  #takeMessages(): string | undefined {
    const messages = this.#messages;
    this.#messages = [];
    return messages.length > 1 ? this.sayCount(messages.length) : messages[0];
  }
}

/** The only live regions of a page: always mounted, never around a list or a clock. A dialog has its own pair, since all outside it is inert. */
export function LiveRegions({ announcer }: { announcer: Announcer }) {
  return (
    <div class="vh">
      <p aria-live="polite">{announcer.polite}</p>
      <p aria-live="assertive">{announcer.assertive}</p>
    </div>
  );
}
