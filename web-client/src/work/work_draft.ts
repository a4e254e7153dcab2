import { batch, type Signal, signal } from "@preact/signals";
import type { AssignmentId, Refusal, UtcTime } from "@protocol";
import type { OwnSubmission, OwnWork, OwnWorkAnswer } from "@protocol/api";
import type { Answer } from "../connection/entrance";
import type { Timers } from "../connection/parts";
import type { WorkRequests } from "./requests";
import type { KeptDraft, Returning, Shelf } from "./shelf";

/** After the last key; leaving the field does not wait for it. */
const SAVE_MS = 2000;
/** What gave no answer is sent again this soon. */
export const AGAIN_MS = 5000;
export const TEXT_MAX = 4000;

/**
 * Where the words are. On the device alone: the line is cut (`device`), the server cannot save (`server_full`), or it
 * will not have them (`here`). `nowhere`: the device has no room either.
 */
export type Kept =
  | { readonly kind: "nothing" | "saving" | "device" | "server_full" | "here" | "nowhere" }
  | { readonly kind: "saved"; readonly at: UtcTime };

/** Two texts of one person: nothing is merged, and the one that is not chosen goes only when the choice is made. */
export interface Clash {
  readonly mine: readonly string[];
  readonly theirs: readonly string[];
  readonly theirs_at: UtcTime | undefined;
}

export interface DraftParts {
  readonly requests: WorkRequests;
  readonly shelf: Shelf;
  readonly timers: Timers;
  readonly wallClock: () => UtcTime;
  /** Where it lies on the shelf. */
  readonly key: string;
  /** All of the author's work, as the server has told it. */
  readonly onAnswer: (answer: OwnWorkAnswer) => void;
  /** Asks for all of it again. */
  readonly refresh: () => Promise<void>;
}

/**
 * One person's words on one assignment, from the first key until they are returned. Each key goes to the device at
 * once, and to the server when the writing rests. One question is under way at a time.
 */
export class WorkDraft {
  readonly fields: Signal<readonly string[]>;
  readonly kept = signal<Kept>({ kind: "nothing" });
  readonly clash = signal<Clash | null>(null);
  /** Pressed, and sent until it is answered. */
  readonly returning = signal<Returning | null>(null);
  /** Why the server did not take it; goes with the next key. */
  readonly trouble = signal<Refusal | null>(null);
  #version = 0;
  #is_dirty = false;
  #is_sending = false;
  #is_on_device = false;
  #on_shelf: Promise<unknown> = Promise.resolve();
  #is_shelf_asked = false;
  #callOff: () => void = () => undefined;
  #known: OwnSubmission | undefined;
  /** Sent to be saved, and not answered. They go again before newer ones, so that one device is not taken for two. */
  #unanswered: readonly string[] | null = null;

  constructor(
    readonly assignment: AssignmentId,
    private readonly count: number,
    private readonly parts: DraftParts,
  ) {
    this.fields = signal(this.#padded([]));
  }

  /** What the device has of it goes before what the server has. */
  async begin(): Promise<void> {
    const kept = await this.parts.shelf.get(this.parts.key);
    if (!kept || this.#is_dirty) return;
    this.fields.value = this.#padded(kept.fields);
    this.#version = kept.version;
    this.#is_dirty = true;
    this.#is_on_device = true;
    if (kept.returning) this.returning.value = kept.returning;
    if (kept.unanswered && !isSame(kept.unanswered, kept.fields)) this.#unanswered = kept.unanswered;
    await this.#send();
  }

  /** How the server has it. What is being written here stays. */
  take({ submission }: OwnWork): void {
    this.#known = submission;
    this.#endReturn();
    if (!submission || this.#is_dirty) {
      this.#lookForClash();
      return;
    }
    const is_draft = submission.state === "draft";
    batch(() => {
      this.#version = submission.version;
      this.fields.value = this.#padded(submission.fields);
      this.kept.value =
        is_draft && submission.saved_at ? { kind: "saved", at: submission.saved_at } : { kind: "nothing" };
      this.#lookForClash();
    });
  }

  type(index: number, text: string): void {
    batch(() => {
      this.fields.value = this.fields.peek().map((one, at) => (at === index ? text : one));
      this.trouble.value = null;
      this.#changed();
    });
    this.#later(SAVE_MS);
  }

  /** The field or the page is left: there may be no later. */
  leave(): void {
    this.#callOff();
    void this.#send();
  }

  giveIn(how: Returning): void {
    this.returning.value = how;
    this.trouble.value = null;
    this.#changed();
    this.leave();
  }

  /** One of the two texts stays. */
  async settle(fields: readonly string[]): Promise<void> {
    const version = this.#known?.version ?? 0;
    batch(() => {
      this.fields.value = this.#padded(fields);
      this.clash.value = null;
      this.#changed();
    });
    this.#is_sending = true;
    const sent = this.fields.peek();
    const answer = await this.parts.requests.save({
      assignment: this.assignment,
      version,
      fields: [...sent],
      settles: true,
    });
    this.#is_sending = false;
    await this.#answered(answer, sent, null);
  }

  close(): void {
    this.#callOff();
  }

  get letters(): number {
    return this.fields.value.reduce((sum, text) => sum + [...text.trim()].length, 0);
  }

  #changed(): void {
    this.#is_dirty = true;
    this.kept.value = { kind: "saving" };
    this.#keep();
  }

  /** While the device writes, what is typed waits for the next writing: the last words always get there. */
  #keep(): void {
    if (this.#is_shelf_asked) return;
    this.#is_shelf_asked = true;
    this.#on_shelf = this.#on_shelf.then(async () => {
      this.#is_shelf_asked = false;
      if (!this.#is_dirty) return;
      const returning = this.returning.peek();
      const draft: KeptDraft = {
        fields: [...this.fields.peek()],
        version: this.#version,
        at: this.parts.wallClock(),
        ...(returning && { returning }),
        ...(this.#unanswered && { unanswered: [...this.#unanswered] }),
      };
      this.#is_on_device = await this.parts.shelf.put(this.parts.key, draft);
    });
  }

  #forget(): void {
    this.#is_dirty = false;
    this.#on_shelf = this.#on_shelf.then(() =>
      this.#is_dirty ? undefined : this.parts.shelf.remove(this.parts.key),
    );
  }

  #later(ms: number): void {
    this.#callOff();
    this.#callOff = this.parts.timers.after(ms, () => void this.#send());
  }

  async #send(): Promise<void> {
    if (this.#is_sending || !this.#is_dirty || this.clash.peek()) return;
    this.#is_sending = true;
    const { requests } = this.parts;
    const returning = this.#unanswered ? null : this.returning.peek();
    const sent = this.#unanswered ?? this.fields.peek();
    if (!returning) {
      this.#unanswered = sent;
      this.#keep();
    }
    const words = { assignment: this.assignment, version: this.#version, fields: [...sent] };
    const { call_back, ...how } = returning ?? {};
    let answer = await (returning ? requests.giveIn({ ...words, ...how }) : requests.save(words));
    // It has been returned: of the number nothing depends but the call.
    if (answer.kind === "ok" && call_back) {
      const wished = await requests.wish({ assignment: this.assignment, wants_call: true, call_back });
      if (wished.kind !== "refused") answer = wished;
    }
    this.#is_sending = false;
    await this.#answered(answer, sent, returning);
  }

  async #answered(
    answer: Answer<OwnWorkAnswer>,
    sent: readonly string[],
    returned: Returning | null,
  ): Promise<void> {
    if (answer.kind === "ok") {
      const mine = answer.value.work.find(({ assignment }) => assignment.id === this.assignment)?.submission;
      // A key or the press to return may have come while this was under way.
      const is_as_sent = this.fields.peek() === sent && this.returning.peek() === returned;
      this.#unanswered = null;
      if (mine) this.#version = mine.version;
      const was_returned = mine !== undefined && mine.state !== "draft";
      if (is_as_sent || was_returned) {
        this.returning.value = null;
        this.#forget();
        this.kept.value = { kind: "saved", at: mine?.saved_at ?? answer.value.now };
      }
      const typed = this.fields.peek();
      this.parts.onAnswer(answer.value);
      // The server trims; what stands in the field stays as it was typed.
      if (!was_returned && !this.clash.peek()) this.fields.value = typed;
      if (this.returning.peek()) return this.#send();
      if (this.#is_dirty) this.#later(SAVE_MS);
      return;
    }
    if (answer.kind !== "refused") {
      await this.#on_shelf;
      if (this.#endReturn()) return;
      this.kept.value = { kind: this.#is_on_device ? "device" : "nowhere" };
      return this.#later(AGAIN_MS);
    }
    const { refusal } = answer;
    switch (refusal.word) {
      case "version_conflict":
        this.#unanswered = null;
        // The other text is on the server, this one beside it. Both are shown, and nothing is returned before a choice.
        this.returning.value = null;
        this.#keep();
        return this.parts.refresh();
      case "already_handled":
        this.#unanswered = null;
        // Returned meanwhile, from another device or by staff: these words are the server's, beside those.
        this.returning.value = null;
        this.#forget();
        return this.parts.refresh();
      case "not_saving":
      case "busy":
      case "too_fast":
        await this.#on_shelf;
        this.kept.value = { kind: this.#is_on_device ? "server_full" : "nowhere" };
        return this.#later(Math.max(AGAIN_MS, (refusal.wait_seconds ?? 0) * 1000));
      default:
        this.#unanswered = null;
        await this.#on_shelf;
        batch(() => {
          this.returning.value = null;
          this.trouble.value = refusal;
          this.kept.value = { kind: this.#is_on_device ? "here" : "nowhere" };
        });
        this.#keep();
        if (refusal.word === "not_now") await this.parts.refresh();
    }
  }

  /** The return has come in, though its answer has not. Sent once more, it would undo a taking back. */
  #endReturn(): boolean {
    const [known, returning] = [this.#known, this.returning.peek()];
    if (!known || known.state === "draft" || !returning || returning.call_back || this.#is_sending)
      return false;
    if (!isSame(known.fields, this.fields.peek())) return false;
    this.#callOff();
    this.returning.value = null;
    this.#unanswered = null;
    this.#forget();
    return true;
  }

  /** Words of another device: newer than those that these were made on, or kept beside them. */
  #lookForClash(): void {
    const known = this.#known;
    if (known?.state !== "draft") {
      this.clash.value = null;
      return;
    }
    const is_own = this.#unanswered !== null && isSame(known.fields, this.#unanswered);
    const is_behind = this.#is_dirty && !is_own && known.version !== this.#version && !this.#is_sending;
    const theirs = is_behind ? known.fields : known.other?.fields;
    const mine = this.fields.peek();
    const are_two = theirs !== undefined && !isSame(theirs, mine);
    this.clash.value = are_two
      ? { mine, theirs, theirs_at: is_behind ? known.saved_at : known.other?.saved_at }
      : null;
  }

  #padded(fields: readonly string[]): readonly string[] {
    return Array.from({ length: Math.max(1, this.count, fields.length) }, (_, at) => fields[at] ?? "");
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  const length = Math.max(one.length, other.length);
  return Array.from({ length }, (_, at) => (one[at] ?? "").trim() === (other[at] ?? "").trim()).every(
    Boolean,
  );
}
