import { TEXT_MAX } from "@protocol";
import { useEffect, useRef } from "preact/hooks";
import { useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { SendIcon } from "../view/icons";
import { useDrafts } from "./drafts";
import { roomTexts } from "./text/room";

/** A turn in writing. The draft outlives a reload, and a refusal. */
export function WrittenTurn({ onSend, onCancel }: { onSend: (text: string) => void; onCancel: () => void }) {
  const t = useTexts(roomTexts);
  const c = useCommon();
  const { written_turn } = useDrafts();
  const draft = written_turn.value;
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const left = TEXT_MAX.request_floor.text - [...draft].length;
  const submit = (event: Event) => {
    event.preventDefault();
    const text = draft.trim();
    if (text === "" || left < 0) return field.current?.focus();
    written_turn.value = "";
    onSend(text);
  };
  return (
    <form class="stack dialog-body" onSubmit={submit}>
      <div class="field">
        <label for="written">{t.written_label}</label>
        <p class="hint" id="written-hint">
          {t.written_hint}
        </p>
        <textarea
          dir="auto"
          ref={field}
          id="written"
          rows={4}
          value={draft}
          aria-describedby="written-hint written-left"
          aria-invalid={left < 0}
          onInput={(event) => {
            written_turn.value = event.currentTarget.value;
          }}
        />
        <p class="quiet small" id="written-left">
          {left < 0 ? t.too_long(left) : left < 200 ? t.letters_left(left) : ""}
        </p>
      </div>
      <div class="row">
        <Button onPress={onCancel}>{c.back}</Button>
        <Button look="turn" is_submit icon={SendIcon} class="push">
          {t.written_send}
        </Button>
      </div>
    </form>
  );
}
