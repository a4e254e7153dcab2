import { useComputed } from "@preact/signals";
import type { Message } from "@protocol";
import type { Ref } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { all, the } from "../state/room_state";
import { nameOf, person } from "../state/selectors";
import { aboutMinutes } from "../text/times";
import { useApp, useCommon, useFromRoom, useLine, useRoomNow, useTexts } from "../view/app";
import { Button, IconButton } from "../view/button";
import { CrossIcon, SendIcon } from "../view/icons";
import { isText, useKept } from "../view/kept";
import { roomTexts } from "./text/room";

/** protocol/room.md: 1000 code points after normalization; a longer text is refused, not cut. */
const LETTERS_MAX = 1000;
const COUNT_FROM = 200;

/** How many code points the server will count. */
export function lettersOf(text: string): number {
  return [...text.trim().normalize("NFC")].length;
}

/** Where a message is written. What is typed outlives a reload. */
export function Compose(props: {
  formRef: Ref<HTMLFormElement>;
  reply_to: Message | undefined;
  /** A refused text that its author takes up again. It comes before what they are writing. */
  edited: { text: string; count: number };
  onReplyDone: () => void;
  onSent: () => void;
}) {
  const { formRef, reply_to, edited, onReplyDone, onSent } = props;
  const t = useTexts(roomTexts);
  const c = useCommon();
  const { keep } = useApp();
  const line = useLine();
  const [draft, setDraft] = useKept(keep, "draft_message", isText, "");
  const field = useRef<HTMLTextAreaElement>(null);
  const chat = useFromRoom((room) => the(room, "chat"));
  const is_first_held = useFromRoom(
    (room) =>
      the(room, "chat")?.mode === "first_held" &&
      !all(room, "message").some(({ author, state }) => author === line.me.value && state === "published"),
  );
  const now = useRoomNow();
  const silenced_minutes = useComputed(() => {
    const until = person(line.room.value, line.me.value)?.silenced_until ?? 0;
    const left = now.value === null ? 0 : until - now.value;
    return left > 0 ? aboutMinutes(left) : 0;
  }).value;

  useEffect(() => {
    if (edited.count === 0) return;
    setDraft(draft.trim() ? `${edited.text}\n${draft}` : edited.text);
    field.current?.focus();
  }, [edited.count]);

  const left = LETTERS_MAX - lettersOf(draft);
  const because =
    silenced_minutes > 0
      ? t.silenced(silenced_minutes)
      : chat?.mode === "paused"
        ? t.chat_paused
        : left < 0
          ? t.too_long(left)
          : undefined;
  const hint =
    because ??
    (left < COUNT_FROM
      ? t.letters_left(left)
      : chat?.mode === "all_held"
        ? t.all_held
        : is_first_held
          ? t.first_held
          : chat?.slow_seconds
            ? t.slow(chat.slow_seconds)
            : "");

  const send = () => {
    const text = draft.trim();
    if (because !== undefined || text === "") return field.current?.focus();
    void line.send({
      type: "send_message",
      channel: "room",
      text,
      ...(reply_to ? { reply_to: reply_to.id } : {}),
    });
    setDraft("");
    onReplyDone();
    onSent();
  };

  return (
    <form
      class="compose"
      ref={formRef}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label for="message">{t.write_message}</label>
      {reply_to && (
        <div class="row reply-bar">
          <span>{t.replying_to(nameOf(line.room.peek(), reply_to.author))}</span>
          <IconButton class="plain push" icon={CrossIcon} name={c.cancel} onPress={onReplyDone} />
        </div>
      )}
      <textarea
        dir="auto"
        ref={field}
        id="message"
        rows={2}
        value={draft}
        aria-describedby="message-hint"
        aria-invalid={left < 0}
        enterkeyhint="enter"
        onInput={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          send();
        }}
      />
      <div class="row compose-end">
        <p class="quiet small" id="message-hint">
          {hint}
        </p>
        <Button look="main" is_submit icon={SendIcon} class="push" unusable_because={because}>
          {c.send}
        </Button>
      </div>
    </form>
  );
}
