import { type Signal, useSignal } from "@preact/signals";
import type { Message, Refusal } from "@protocol";
import type { Ref } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { deceiverIn } from "../connection/deceiver";
import { readKept } from "../connection/parts";
import { the } from "../state/room_state";
import { messagesInOrder } from "../state/selectors";
import { useApp, useCommon, useFromRoom, useLine, useRefusalSentence, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { InfoIcon } from "../view/icons";
import { isNumber, useKept } from "../view/kept";
import { followEnd } from "../view/list_end";
import { region } from "../view/regions";
import { chatEntries } from "./chat_entries";
import { Compose } from "./compose";
import { type Given, isGiven, type MessageActs, MessageRow, OwnRow } from "./message_row";
import { useOneStop } from "./one_stop";
import { roomTexts } from "./text/room";
import { countAfter } from "./unseen";
import { useReading } from "./use_reading";

/**
 * The room's messages. A plain list, in no live region. The layout stays still when one comes: the reader's place, or
 * the field in which they write, does not move.
 */
export function Chat(props: {
  /** Told how many have not been seen. */
  unseenCount: Signal<number>;
  chatRef: Ref<HTMLElement>;
  onTell: (text: string) => void;
}) {
  const { unseenCount, chatRef, onTell } = props;
  const t = useTexts(roomTexts);
  const c = useCommon();
  const { keep, announcer } = useApp();
  const line = useLine();
  const me = line.me.value;
  const things = useFromRoom((room) => room.things.message);
  const announcement = useFromRoom((room) => the(room, "chat")?.announcement);
  const pending = line.pending.value;
  const refused = line.refused.value;
  const is_online = line.status.value.kind === "online";
  const inWords = useRefusalSentence();

  const messages = useMemo(() => messagesInOrder(line.room.peek(), "room"), [things]);
  const open = useSignal<number | null>(null);
  const [reply_to, setReplyTo] = useKept(keep, "reply_to", isNumber, null);
  const given = useSignal(useMemo(() => readKept<Given>(keep, "reacted", isGiven, {}), []));
  const [retracting, setRetracting] = useState<Message | null>(null);
  const [edited, setEdited] = useState<{ text: string; count: number }>({ text: "", count: 0 });

  const { unseen, drawn, list, top, end, is_at_end, older, showOlder, seenAll } = useReading(messages);
  const entries = chatEntries(messages, pending, refused, me).slice(messages.length - drawn.length);
  const count = countAfter(messages, unseen.seen, me);
  useLayoutEffect(() => {
    unseenCount.value = count;
  }, [count]);

  const compose = useRef<HTMLFormElement>(null);
  const compose_top = useRef<number | null>(null);

  // Stillness. On a wide screen the list scrolls by itself and follows its end; on a phone the page does, and the
  // field stays where it is while somebody writes in it. Done when the browser lays the page out for its next picture
  // anyway: to ask where things are makes it do so at once, and several messages may come for one picture.
  const whereWritten = () =>
    compose.current?.contains(document.activeElement) ? compose.current.getBoundingClientRect().top : null;
  const remember = () => {
    compose_top.current = whereWritten();
  };
  useLayoutEffect(() => {
    const next = requestAnimationFrame(() => {
      const box = list.current;
      if (!box) return;
      if (box.scrollHeight > box.clientHeight + 1) {
        if (is_at_end.current) followEnd(box);
        return;
      }
      const before = compose_top.current;
      const top = whereWritten();
      if (before !== null && top !== null && top !== before) scrollBy(0, top - before);
      remember();
    });
    return () => cancelAnimationFrame(next);
  }, [messages, entries.length, refused]);
  useEffect(() => {
    const box = list.current;
    if (!box) return;
    const watch = new ResizeObserver(() => {
      if (is_at_end.current && box.scrollHeight > box.clientHeight + 1) followEnd(box);
    });
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    remember();
    addEventListener("scroll", remember, { passive: true });
    addEventListener("resize", remember);
    addEventListener("focusin", remember);
    return () => {
      removeEventListener("scroll", remember);
      removeEventListener("resize", remember);
      removeEventListener("focusin", remember);
    };
  }, []);

  useOneStop(list, entries);

  const whyNotSent = (text: string, refusal: Refusal) => {
    const hidden = refusal.word === "text_not_allowed" ? deceiverIn(text) : null;
    return hidden ? t.hidden_character(hidden.place, hidden.name) : inWords(refusal);
  };
  const whyNotFlagged = (refusal: Refusal) => {
    if (refusal.word === "already_requested") return t.flagged_already;
    return refusal.word === "limit_reached" ? t.flagged_enough : inWords(refusal);
  };

  /** The acts go away; the focus goes back to the button that opened them. */
  const closeActs = (id: number) => {
    open.value = null;
    list.current?.querySelector<HTMLElement>(`#m${id} .msg-more`)?.focus({ preventScroll: true });
  };

  const acts = useMemo<MessageActs>(
    () => ({
      open,
      given,
      toggle(id) {
        open.value = open.value === id ? null : id;
      },
      reply(message) {
        setReplyTo(message.id);
        open.value = null;
        compose.current?.querySelector("textarea")?.focus();
      },
      react(message, reaction, on) {
        void line.send({ type: "react_to_message", message: message.id, reaction, on });
        const signs = new Set((given.value[message.id] ?? "").split(",").filter(Boolean));
        if (on) signs.add(reaction);
        else signs.delete(reaction);
        given.value = { ...given.value, [message.id]: [...signs].join(",") };
        keep.set("reacted", JSON.stringify(given.value));
        closeActs(message.id);
      },
      flag(message) {
        closeActs(message.id);
        void line.send({ type: "flag_message", message: message.id }).then((outcome) => {
          if (outcome.kind === "unsent") return;
          const text = outcome.kind === "done" ? t.flagged : whyNotFlagged(outcome.refusal);
          onTell(text);
          announcer.say(text);
        });
      },
      retract(message) {
        closeActs(message.id);
        setRetracting(message);
      },
    }),
    [line, t],
  );

  const divider_at =
    unseen.divider === null
      ? -1
      : entries.findIndex(
          (one) =>
            one.kind === "message" && one.message.place > (unseen.divider ?? 0) && one.message.author !== me,
        );

  return (
    <section class="chat" aria-labelledby="chat-title" id="messages" ref={chatRef} {...region}>
      <h2 id="chat-title">{t.messages}</h2>
      {announcement && (
        <div class="note pinned">
          <InfoIcon />
          <div class="note-body">
            <b class="vh">{t.announcement}</b> <bdi>{announcement}</bdi>
          </div>
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reached by the keyboard */}
      <ol class="msgs" ref={list} tabIndex={0} aria-label={t.messages}>
        <li ref={top} class="edge" key="top" aria-hidden="true" />
        {older !== "none" && (
          <li class="older" key="older">
            <Button onPress={showOlder}>{older === "asking" ? t.older_asking : t.show_older}</Button>
            {older === "failed" && <p class="quiet small">{t.older_failed}</p>}
          </li>
        )}
        {entries.length === 0 && (
          <li class="quiet" key="none">
            {t.no_messages}
          </li>
        )}
        {entries.map((one, index) => {
          const row =
            one.kind === "message" ? (
              <MessageRow key={one.key} id={one.message.id} acts={acts} />
            ) : (
              <OwnRow
                key={one.key}
                entry={one}
                is_online={is_online}
                why={one.kind === "refused" ? whyNotSent(one.command.text, one.item.refusal) : ""}
                onEdit={() => {
                  setEdited({ text: one.command.text, count: edited.count + 1 });
                  setReplyTo(one.command.reply_to ?? null);
                  line.dismiss(one.key);
                }}
                onClose={() => {
                  line.dismiss(one.key);
                  // The button goes away; a field that took the focus would open a phone's keyboard.
                  list.current?.focus({ preventScroll: true });
                }}
              />
            );
          if (index !== divider_at) return row;
          return [
            <li class="new" id="new-messages" key="new">
              {c.new_messages(countAfter(messages, unseen.divider ?? 0, me))}
            </li>,
            row,
          ];
        })}
        <li ref={end} class="edge" key="end" aria-hidden="true" />
      </ol>
      <Compose
        formRef={compose}
        edited={edited}
        reply_to={reply_to === null ? undefined : things.get(reply_to)}
        onReplyDone={() => setReplyTo(null)}
        onSent={seenAll}
      />
      {retracting && (
        <Dialog title={t.retract_title} onClose={() => setRetracting(null)}>
          <div class="stack dialog-body">
            <p>{t.retract_what}</p>
            <div class="row">
              <Button onPress={() => setRetracting(null)}>{c.cancel}</Button>
              <Button
                look="stop"
                class="push"
                onPress={() => {
                  void line.send({ type: "retract_message", message: retracting.id });
                  setRetracting(null);
                }}
              >
                {t.retract_yes}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </section>
  );
}
