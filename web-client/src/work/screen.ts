import { effect, type Signal, signal } from "@preact/signals";
import type { AssignmentId } from "@protocol";
import type { OwnWork, Sharing } from "@protocol/api";
import { type MyWork, type Stage, stageOf } from "./my_work";
import type { WorkDraft } from "./work_draft";

/** What the author has chosen on the way, of one assignment. */
export interface Choices {
  /** The question that is open; as many as there are: reading through. */
  readonly step: Signal<number>;
  readonly sharing: Signal<Sharing>;
  readonly wants_call: Signal<boolean>;
  readonly call_back: Signal<string>;
  /** A photo that was chosen and is not on the server: it stays until it is, or is given up. */
  readonly photo: Signal<WaitingPhoto | null>;
}

export interface WaitingPhoto {
  readonly bytes: Blob;
  /** Why it is not on its way; empty: it is. */
  readonly trouble: string;
}

/** One assignment on the screen. */
export interface Task extends Choices {
  readonly own: OwnWork;
  readonly stage: Stage;
  readonly draft: WorkDraft;
  /** One for each field. */
  readonly questions: readonly string[];
}

/** Which assignment is open here, and where in it its author is. */
export class WorkScreen {
  /** Null: none, or they choose between two. */
  readonly opened = signal<AssignmentId | null>(null);
  readonly #choices = new Map<AssignmentId, Choices>();

  constructor(readonly work: MyWork) {}

  /** All of them, in the order of the server. */
  get tasks(): Task[] {
    return (this.work.answer.value?.work ?? []).flatMap((own) => {
      const draft = this.work.draftOf(own.assignment.id);
      return draft ? [this.#taskOf(own, draft)] : [];
    });
  }

  /** The one that is open; where there is one alone, that. */
  get task(): Task | undefined {
    const { tasks } = this;
    const opened = this.opened.value;
    return tasks.length === 1 ? tasks[0] : tasks.find(({ own }) => own.assignment.id === opened);
  }

  /** Tells of what happens to the work while somebody is here: returned, answered. */
  watch(told: (stage: "waits" | "letter", own: OwnWork) => void): () => void {
    let before: ReadonlyMap<AssignmentId, Stage> | null = null;
    return effect(() => {
      const answer = this.work.answer.value;
      if (!answer) return;
      const after = new Map(answer.work.map((own) => [own.assignment.id, stageOf(own)]));
      const was = before;
      before = after;
      for (const own of answer.work) {
        const stage = after.get(own.assignment.id);
        const earlier = was?.get(own.assignment.id);
        const is_news = earlier !== undefined && stage !== earlier;
        if (is_news && (stage === "waits" || stage === "letter")) told(stage, own);
      }
    });
  }

  #taskOf(own: OwnWork, draft: WorkDraft): Task {
    const { id, questions } = own.assignment;
    let choices = this.#choices.get(id);
    if (!choices) {
      const { submission } = own;
      // Where the writing goes on; all written: where it is read through.
      const empty = submission?.fields.indexOf("") ?? 0;
      choices = {
        step: signal(empty < 0 ? Math.max(1, questions.length) : empty),
        sharing: signal(submission?.sharing ?? "no"),
        wants_call: signal(submission?.wants_call ?? false),
        call_back: signal(submission?.call_back ?? ""),
        photo: signal(null),
      };
      this.#choices.set(id, choices);
    }
    return {
      ...choices,
      own,
      draft,
      stage: stageOf(own),
      questions: questions.length > 0 ? questions : [""],
    };
  }
}

/** An answer that its author has not had on the screen yet. */
export function hasUnread({ submission }: OwnWork): boolean {
  return submission?.state === "sent" && submission.answers.length > 0;
}
