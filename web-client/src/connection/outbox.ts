import type { Command, Refusal, UtcTime } from "@protocol";
import { type Keep, readKept } from "./parts";
import { withWellFormed } from "./words";

/** A command whose outcome is not known. */
export interface PendingCommand {
  readonly id: string;
  readonly command: Command;
  /** When the person gave it, by this device's wall clock. */
  readonly given_at: UtcTime;
}

/** A command that was answered with no, kept until its author has seen why. */
export interface RefusedCommand extends PendingCommand {
  readonly refusal: Refusal;
}

const KEPT = "outbox";

/**
 * The commands that have no outcome yet, in the order given, on a shelf that outlives a reload: what a person has sent
 * is either known to be done, known to be refused, or still here.
 */
export class Outbox {
  #pending: readonly PendingCommand[];
  #count = 0;

  /**
   * `prefix` is 24 random bits in hexadecimal, new for every page load: a duplicated tab gets a copy of the shelf, and
   * must not go on counting where its twin does.
   */
  constructor(
    private readonly keep: Keep,
    private readonly prefix: string,
  ) {
    this.#pending = withWellFormed(readKept(keep, KEPT, isPendingList, []));
  }

  get pending(): readonly PendingCommand[] {
    return this.#pending;
  }

  add(command: Command, given_at: UtcTime): PendingCommand {
    this.#count += 1;
    const item = { id: `${this.prefix}-${this.#count}`, command: withWellFormed(command), given_at };
    this.#put([...this.#pending, item]);
    return item;
  }

  /** Takes out what was answered, or cannot be sent; null when it is none of ours. */
  take(id: string): PendingCommand | null {
    const item = this.#pending.find((each) => each.id === id);
    if (!item) return null;
    this.#put(this.#pending.filter((other) => other !== item));
    return item;
  }

  #put(pending: readonly PendingCommand[]): void {
    this.#pending = pending;
    if (pending.length > 0) this.keep.set(KEPT, JSON.stringify(pending));
    else this.keep.remove(KEPT);
  }
}

export function isPendingList(value: unknown): value is PendingCommand[] {
  return (
    Array.isArray(value) &&
    value.every(
      (item) =>
        typeof item === "object" &&
        item !== null &&
        typeof item.id === "string" &&
        typeof item.given_at === "number" &&
        typeof item.command?.type === "string",
    )
  );
}

/** 24 random bits as six hexadecimal digits. */
export function randomPrefix(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(3));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
