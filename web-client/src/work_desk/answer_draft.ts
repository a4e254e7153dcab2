import { batch, type Signal, signal } from "@preact/signals";
import type { Refusal, SessionId, UtcTime } from "@protocol";
import type { AnswerWords, DeskRow, WorkBody } from "@protocol/api";
import type { Timers } from "../connection/parts";
import type { Shelf } from "../work/shelf";
import type { Kept } from "../work/work_draft";
import type { DeskRequests } from "./requests";

const SAVE_MS = 2000;
const AGAIN_MS = 5000;
/** A claim is for ten minutes; it is renewed when less than this is left, while somebody works on it. */
const RENEW_BELOW_MS = 5 * 60_000;
const IN_USE_MS = 5 * 60_000;

/** What became of a press. "unsent": nobody knows; pressing again does no harm. */
export type Told = { readonly kind: "done"; readonly row: DeskRow } | { readonly kind: "unsent" } | Refused;
interface Refused {
  readonly kind: "refused";
  readonly refusal: Refusal;
}

/**
 * The answer to one person's work while it is written. On the device with each key, on the server when the writing
 * rests; whoever saves keeps the work for ten minutes more. Nothing of it is seen before it is sent.
 */
export class AnswerDraft {
  readonly text: Signal<string>;
  readonly kept = signal<Kept>({ kind: "nothing" });
  /** What another of the staff wrote meanwhile. Both stay until one is chosen. */
  readonly other = signal<string | null>(null);
  readonly trouble = signal<Refusal | null>(null);
  readonly looked_at_by = signal<number | undefined>(undefined);
  #version: number;
  #is_dirty = false;
  #is_sending = false;
  #is_on_device = false;
  #used_at: number;
  #callOff: () => void = () => undefined;
  #callOffLease: () => void = () => undefined;
  #is_closed = false;
  #saving: Promise<void> = Promise.resolve();
  /**
   * The server may have them, as newer ones than `#version`: their answer was lost, or refused to send them. They are
   * saved again before newer ones, so that nobody is taken for another.
   */
  #unanswered: string | null = null;

  constructor(
    readonly whose: WorkBody,
    answer: AnswerWords | undefined,
    private readonly parts: {
      readonly requests: DeskRequests;
      readonly session: SessionId;
      readonly shelf: Shelf;
      readonly timers: Timers;
      readonly wallClock: () => UtcTime;
      readonly key: string;
      readonly onRow: (row: DeskRow) => void;
      /** The other's words are asked for: what was opened is opened again. */
      readonly onConflict: () => Promise<AnswerWords | undefined>;
    },
  ) {
    this.text = signal(answer?.text ?? "");
    this.#version = answer?.version ?? 0;
    this.#used_at = parts.timers.now();
    this.#know(answer);
  }

  async begin(): Promise<void> {
    const kept = await this.parts.shelf.get(this.parts.key);
    const text = kept?.fields[0];
    if (!kept || text === undefined || this.#is_dirty || this.#is_closed) return;
    this.text.value = text;
    this.#version = kept.version;
    this.#unanswered = kept.unanswered?.[0] ?? null;
    this.#is_dirty = true;
    this.#is_on_device = true;
    await this.save();
  }

  type(text: string): void {
    this.#used_at = this.parts.timers.now();
    batch(() => {
      this.text.value = text;
      this.trouble.value = null;
      this.kept.value = { kind: "saving" };
    });
    this.#is_dirty = true;
    void this.#keep();
    this.#later(SAVE_MS);
  }

  leave(): void {
    void this.save();
  }

  get version(): number {
    return this.#version;
  }

  async save(settles = false): Promise<void> {
    this.#callOff();
    if (this.#is_sending || (!this.#is_dirty && !settles) || (this.other.peek() !== null && !settles)) return;
    this.#is_sending = true;
    this.#saving = this.#save(settles);
    await this.#saving;
  }

  async #save(settles: boolean): Promise<void> {
    const sent = (settles ? null : this.#unanswered) ?? this.text.peek();
    this.#unanswered = sent;
    void this.#keep();
    const { requests, session } = this.parts;
    const answer = await requests.save(session, {
      ...this.whose,
      version: this.#version,
      text: sent,
      ...(settles && { settles }),
    });
    this.#is_sending = false;
    if (answer.kind === "ok") {
      this.#unanswered = null;
      if (this.text.peek() === sent) await this.#saved();
      else this.#later(SAVE_MS);
      this.#know(answer.value.answer);
      this.parts.onRow(answer.value.row);
      return;
    }
    await this.#failed(answer.kind === "refused" ? answer.refusal : null);
  }

  /** Sends what stands in the field, saved or not. */
  async send(): Promise<Told> {
    // The press has left the field, and that saves.
    await this.#saving;
    this.#callOff();
    if (this.#unanswered !== null && this.#unanswered !== this.text.peek()) await this.save();
    if (this.#is_sending || this.other.peek() !== null) return { kind: "unsent" };
    this.#is_sending = true;
    this.#unanswered = this.text.peek();
    const { requests, session } = this.parts;
    const answer = await requests.send(session, {
      ...this.whose,
      version: this.#version,
      text: this.#unanswered,
    });
    this.#is_sending = false;
    if (answer.kind === "ok") {
      this.#unanswered = null;
      await this.#saved();
      this.parts.onRow(answer.value.row);
      return { kind: "done", row: answer.value.row };
    }
    await this.#failed(answer.kind === "refused" ? answer.refusal : null);
    return answer.kind === "refused" ? answer : { kind: "unsent" };
  }

  /** One of the two texts stays. */
  async settle(text: string): Promise<void> {
    batch(() => {
      this.text.value = text;
      this.kept.value = { kind: "saving" };
    });
    this.#is_dirty = true;
    await this.save(true);
  }

  /** Keeps the claim while somebody works on it, and lets it go when nobody does. */
  keepClaim(row: DeskRow, now: UtcTime): void {
    this.#callOffLease();
    const { claimed_until } = row;
    if (claimed_until === undefined || this.#is_closed) return;
    const { timers, requests, session, onRow } = this.parts;
    const renew = async () => {
      if (timers.now() - this.#used_at >= IN_USE_MS) return;
      const answer = await requests.claim(session, this.whose);
      if (this.#is_closed) return;
      if (answer.kind === "ok") onRow(answer.value.row);
      else if (answer.kind === "unreachable") this.#callOffLease = timers.after(AGAIN_MS, () => void renew());
    };
    this.#callOffLease = timers.after(Math.max(0, claimed_until - now - RENEW_BELOW_MS), () => void renew());
  }

  /** A press in the work, which is as good as a key. */
  used(): void {
    this.#used_at = this.parts.timers.now();
  }

  close(): void {
    this.leave();
    this.#is_closed = true;
    this.#callOff();
    this.#callOffLease();
  }

  #know(answer: AnswerWords | undefined): void {
    if (!answer) return;
    this.#version = answer.version;
    this.looked_at_by.value = answer.looked_at_by;
    this.other.value = answer.other ?? null;
    if (!this.#is_dirty && answer.saved_at !== undefined)
      this.kept.value = { kind: "saved", at: answer.saved_at };
  }

  async #saved(): Promise<void> {
    this.#is_dirty = false;
    this.#is_on_device = false;
    await this.parts.shelf.remove(this.parts.key);
  }

  async #keep(): Promise<void> {
    const draft = {
      fields: [this.text.peek()],
      version: this.#version,
      at: this.parts.wallClock(),
      ...(this.#unanswered !== null && { unanswered: [this.#unanswered] }),
    };
    this.#is_on_device = await this.parts.shelf.put(this.parts.key, draft);
  }

  async #failed(refusal: Refusal | null): Promise<void> {
    this.#is_dirty = true;
    await this.#keep();
    const here = (kind: "device" | "server_full" | "here"): Kept => ({
      kind: this.#is_on_device ? kind : "nowhere",
    });
    if (refusal === null || refusal.word === "busy" || refusal.word === "too_fast") {
      this.kept.value = here("device");
      this.#later(Math.max(AGAIN_MS, (refusal?.wait_seconds ?? 0) * 1000));
    } else if (refusal.word === "not_saving") {
      this.kept.value = here("server_full");
      this.#later(AGAIN_MS);
    } else if (refusal.word === "version_conflict") {
      // These words are the server's too, beside the other's.
      this.#unanswered = null;
      const words = await this.parts.onConflict();
      if (!words) return this.#later(AGAIN_MS);
      batch(() => {
        this.#version = words.version;
        this.kept.value = here("here");
        this.other.value = words.text === this.text.peek() ? (words.other ?? null) : words.text;
      });
    } else {
      const is_saved = refusal.word === "add_your_own_words" || refusal.word === "needs_second_look";
      if (!is_saved) this.#unanswered = null;
      batch(() => {
        this.kept.value = is_saved ? { kind: "nothing" } : here("here");
        this.trouble.value = refusal;
      });
    }
  }

  #later(ms: number): void {
    this.#callOff();
    if (!this.#is_closed) this.#callOff = this.parts.timers.after(ms, () => void this.save());
  }
}
