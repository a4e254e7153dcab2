import { effect, type Signal, signal } from "@preact/signals";
import type { Command } from "@protocol";
import { createContext } from "preact";
import { useContext, useEffect, useMemo, useRef } from "preact/hooks";
import type { RefusedCommand } from "../connection/outbox";
import { type Keep, readKept } from "../connection/parts";
import { useApp, useLine } from "../view/app";
import { isText } from "../view/kept";

/** What is written and not sent, but messages. Outlives a reload. */
export interface Drafts {
  readonly written_turn: Signal<string>;
  /** For the staff: with a call for help, or in its thread. */
  readonly help_words: Signal<string>;
  /** To call back. Does not outlive a reload. */
  readonly help_phone: Signal<string>;
}

const DraftsContext = createContext<Drafts | null>(null);
export const DraftsProvider = DraftsContext.Provider;

export function useDrafts(): Drafts {
  const drafts = useContext(DraftsContext);
  if (!drafts) throw new Error("a room has a DraftsProvider around it");
  return drafts;
}

/**
 * The drafts of a room. What was sent and answered with no stands in its draft again, before what has been written
 * since, also when nobody waits for the answer any more; `onHelpRefused` hears of it where it was for the staff. With
 * that the refusal is over. A refused message keeps its own place, among the messages.
 */
export function useRoomDrafts(onHelpRefused: (item: RefusedCommand) => void): Drafts {
  const { keep } = useApp();
  const line = useLine();
  const drafts = useMemo<Drafts>(
    () => ({
      written_turn: signal(readKept(keep, "draft_written", isText, "")),
      help_words: signal(readKept(keep, "draft_help", isText, "")),
      help_phone: signal(""),
    }),
    [keep],
  );
  useEffect(() => {
    const stops = [
      keepDraft(keep, "draft_written", drafts.written_turn),
      keepDraft(keep, "draft_help", drafts.help_words),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [keep, drafts]);
  const told = useRef(onHelpRefused);
  told.current = onHelpRefused;
  useEffect(
    () =>
      line.refused.subscribe((refused) => {
        for (const item of refused) {
          const { id, command } = item;
          if (command.type === "send_message") continue;
          takeBack(drafts, command);
          line.dismiss(id);
          if (command.type === "ask_for_help" || command.type === "add_help_line") told.current(item);
        }
      }),
    [line, drafts],
  );
  return drafts;
}

function keepDraft(keep: Keep, key: string, draft: Signal<string>): () => void {
  return effect(() => {
    if (draft.value === "") keep.remove(key);
    else keep.set(key, JSON.stringify(draft.value));
  });
}

function takeBack({ written_turn, help_words, help_phone }: Drafts, command: Command): void {
  if (command.type === "request_floor") putBefore(written_turn, command.text);
  if (command.type === "add_help_line") putBefore(help_words, command.text);
  if (command.type === "ask_for_help") {
    putBefore(help_words, command.words);
    help_phone.value ||= command.call_back ?? "";
  }
}

function putBefore(draft: Signal<string>, text = ""): void {
  draft.value = [text, draft.peek()].filter((one) => one.trim() !== "").join("\n");
}
