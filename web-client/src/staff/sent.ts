import type { Command } from "@protocol";
import { useState } from "preact/hooks";
import type { OutcomeResult } from "../connection/room_line";
import { useLine } from "../view/app";

export interface SentField {
  readonly text: string;
  readonly is_sending: boolean;
  setText(text: string): void;
  /** Sends the command made of the text; the text leaves the field only when it is done. */
  send(command: Command): Promise<OutcomeResult>;
  /** For an input or a textarea. */
  readonly field: {
    value: string;
    onInput: (event: { currentTarget: { value: string } }) => void;
  };
}

/**
 * A field whose text is never lost: it is cleared when the server has done what it was sent for, and stays when not.
 */
export function useSent(first = ""): SentField {
  const line = useLine();
  const [text, setText] = useState(first);
  const [is_sending, setSending] = useState(false);
  return {
    text,
    is_sending,
    setText,
    async send(command) {
      if (is_sending) return { kind: "unsent" };
      setSending(true);
      const result = await line.send(command);
      setSending(false);
      if (result.kind === "done") setText((now) => (now === text ? first : now));
      return result;
    },
    field: { value: text, onInput: (event) => setText(event.currentTarget.value) },
  };
}
