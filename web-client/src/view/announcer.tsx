import { type ReadonlySignal, signal } from "@preact/signals";
import type { Timers } from "../connection/parts";

/** At most one text in this time, so that a screen reader can finish it. */
const PACE_MS = 3000;

/** What has waited longer is told no more: by then it is on the screen, and something else is so. */
const STALE_MS = 6000;

export type Urgency = "polite" | "assertive";

interface Waiting {
  readonly text: string;
  readonly since: number;
}

/**
 * What is spoken by a screen reader. Texts wait their turn, for a while; what came of the person's own acts is one
 * text, that of the last act; messages that have come meanwhile become one text ("4 new messages"). An assertive text
 * (my turn, a lost line) is spoken at once.
 */
export class Announcer {
  readonly #polite = signal("");
  readonly #assertive = signal("");
  #news: Waiting[] = [];
  #own: Waiting | undefined;
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

  /** What came of the person's own act: it takes the place of the one before. Assertive: at once. */
  say(text: string, urgency: Urgency = "polite"): void {
    if (urgency === "assertive") {
      this.#assertive.value = text;
      this.timers.after(PACE_MS, () => {
        if (this.#assertive.value === text) this.#assertive.value = "";
      });
      return;
    }
    this.#own = { text, since: this.timers.now() };
    this.#next();
  }

  /** What happened by another's hand: each is told. */
  tell(text: string): void {
    if (!this.#news.some((waiting) => waiting.text === text))
      this.#news.push({ text, since: this.timers.now() });
    this.#next();
  }

  /** A message of the chat: read out when it is the only one, counted when there are more. */
  sayMessage(text: string): void {
    this.#messages.push(text);
    this.#next();
  }

  #next(): void {
    if (this.#is_resting) return;
    const text = this.#takeOldest() ?? this.#takeMessages();
    this.#polite.value = text ?? "";
    if (text === undefined) return;
    this.#is_resting = true;
    this.timers.after(PACE_MS, () => {
      this.#is_resting = false;
      this.#next();
    });
  }

  #takeOldest(): string | undefined {
    const is_fresh = ({ since }: Waiting) => this.timers.now() - since <= STALE_MS;
    this.#news = this.#news.filter(is_fresh);
    const own = this.#own && is_fresh(this.#own) ? this.#own : undefined;
    const first = this.#news[0];
    if (own && (!first || own.since <= first.since)) {
      this.#own = undefined;
      return own.text;
    }
    this.#own = own;
    return this.#news.shift()?.text;
  }

  #takeMessages(): string | undefined {
    const messages = this.#messages;
    this.#messages = [];
    return messages.length > 1 ? this.sayCount(messages.length) : messages[0];
  }
}

/**
 * The only live regions of a page: always mounted, never around a list or a clock. A dialog has its own pair, since all
 * outside it is inert.
 */
export function LiveRegions({ announcer }: { announcer: Announcer }) {
  return (
    <div class="vh">
      <p aria-live="polite">{announcer.polite}</p>
      <p aria-live="assertive">{announcer.assertive}</p>
    </div>
  );
}
