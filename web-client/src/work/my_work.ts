import { batch, signal } from "@preact/signals";
import type { AssignmentId, PhotoId, Refusal, UtcTime } from "@protocol";
import type { OwnWork, OwnWorkAnswer } from "@protocol/api";
import type { Answer } from "../connection/entrance";
import type { Timers } from "../connection/parts";
import type { WorkRequests } from "./requests";
import { markOf, type Shelf } from "./shelf";
import { AGAIN_MS, WorkDraft } from "./work_draft";

const DAY_MS = 24 * 3_600_000;

/** What a person's own work is: to be written, under way to an answer, answered, or closed before it was returned. */
export type Stage = "write" | "waits" | "letter" | "over";

export function stageOf({ assignment, submission }: OwnWork): Stage {
  if (submission && submission.answers.length > 0) return "letter";
  if (submission && submission.state !== "draft") return "waits";
  return assignment.state === "open" ? "write" : "over";
}

/** Everything of one person's work in one session, as the server has told it, and what is being written. */
export class MyWork {
  readonly answer = signal<OwnWorkAnswer | null>(null);
  /** No answer has come yet, and the last question had none. */
  readonly is_unreachable = signal(false);
  /** What the page has of one's own photos: each comes once, and one that was sent from here need not come. */
  readonly pictures = new Map<PhotoId, Blob>();
  readonly #drafts = new Map<AssignmentId, WorkDraft>();
  #is_closed = false;
  #callOff: () => void = () => undefined;

  constructor(
    private readonly parts: {
      readonly requests: WorkRequests;
      readonly shelf: Shelf;
      readonly timers: Timers;
      readonly wallClock: () => UtcTime;
      /** Tells this person's drafts from another's on the same device. */
      readonly whose: string;
    },
  ) {
    void parts.shelf.sweep(parts.wallClock() - DAY_MS);
  }

  /** Asks for all of it; without an answer again by itself, until the first has come. */
  async refresh(): Promise<void> {
    const answer = await this.parts.requests.own();
    if (this.#is_closed) return;
    this.is_unreachable.value = answer.kind === "unreachable" && !this.answer.peek();
    if (answer.kind === "ok") this.#take(answer.value);
    else if (this.is_unreachable.peek()) {
      this.#callOff();
      this.#callOff = this.parts.timers.after(AGAIN_MS, () => void this.refresh());
    }
  }

  draftOf(assignment: AssignmentId): WorkDraft | undefined {
    return this.#drafts.get(assignment);
  }

  /** A press that the server answers with all of the work. Null: done. */
  async act(
    question: (requests: WorkRequests) => Promise<Answer<OwnWorkAnswer>>,
  ): Promise<Refusal | "unsent" | null> {
    const answer = await question(this.parts.requests);
    if (answer.kind === "ok") this.#take(answer.value);
    if (answer.kind !== "refused") return answer.kind === "ok" ? null : "unsent";
    // What stands on the screen was not how it is.
    void this.refresh();
    return answer.refusal;
  }

  /** Null: it does not come now. */
  async picture(photo: PhotoId): Promise<Blob | null> {
    const known = this.pictures.get(photo);
    if (known) return known;
    const answer = await this.parts.requests.photo({ photo });
    if (answer.kind !== "ok") return null;
    this.pictures.set(photo, answer.value);
    return answer.value;
  }

  leave(): void {
    for (const draft of this.#drafts.values()) draft.leave();
  }

  close(): void {
    this.leave();
    this.#is_closed = true;
    this.#callOff();
    for (const draft of this.#drafts.values()) draft.close();
  }

  #take(answer: OwnWorkAnswer): void {
    batch(() => {
      for (const work of answer.work) this.#opened(answer, work).take(work);
      this.answer.value = answer;
    });
  }

  #opened(answer: OwnWorkAnswer, { assignment }: OwnWork): WorkDraft {
    const known = this.#drafts.get(assignment.id);
    if (known) return known;
    const { requests, shelf, timers, wallClock, whose } = this.parts;
    const draft = new WorkDraft(assignment.id, assignment.questions.length, {
      requests,
      shelf,
      timers,
      wallClock,
      key: `${markOf(whose)}-${answer.session}-${assignment.id}`,
      onAnswer: (next) => this.#take(next),
      refresh: () => this.refresh(),
    });
    this.#drafts.set(assignment.id, draft);
    void draft.begin();
    return draft;
  }
}
