import type { Message, Refusal } from "@protocol";
import type { Ref } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { the } from "../state/room_state";
import { messagesInOrder, person } from "../state/selectors";
import { useApp, useCommon, useFromRoom, useLine, useRefusalSentence, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { InfoIcon } from "../view/icons";
import { isNumber, useKept } from "../view/kept";
import { region } from "../view/regions";
import { chatLines } from "./chat_lines";
import { Compose } from "./compose";
import { type MessageActs, MessageRow, OwnRow } from "./message_row";
import { roomTexts } from "./text/room";
import { countAfter, endReached, firstSight, listChanged, type Unseen } from "./unseen";

type Given = Record<string, string>;
const isGiven = (value: unknown): value is Given => typeof value === "object" && value !== null;

/**
 * The room's messages. A plain list, in no live region. The layout stays still when one comes: the reader's place, or
 * the field in which they write, does not move.
 */
export function Chat(props: {
  onUnseen: (count: number) => void;
  chatRef: Ref<HTMLElement>;
  onTell: (text: string) => void;
}) {
  const { onUnseen, chatRef, onTell } = props;
  const t = useTexts(roomTexts);
  const c = useCommon();
  const { keep, announcer } = useApp();
  const line = useLine();
  const me = line.me.value;
  const things = useFromRoom((room) => room.things.message);
  const people = useFromRoom((room) => room.things.person);
  const announcement = useFromRoom((room) => the(room, "chat")?.announcement);
  const pending = line.pending.value;
  const refused = line.refused.value;
  const is_online = line.status.value.kind === "online";
  const older = line.olderMessages.value;
  const inWords = useRefusalSentence();

  const messages = useMemo(() => messagesInOrder(line.room.peek(), "room"), [things]);
  const lines = chatLines(messages, pending, refused, me);
  const room = line.room.peek();

  const [open_id, setOpenId] = useState<number | null>(null);
  const [reply_to, setReplyTo] = useKept(keep, "reply_to", isNumber, null);
  const [given, setGiven] = useKept<Given>(keep, "reacted", isGiven, {});
  const [retracting, setRetracting] = useState<Message | null>(null);
  const [edited, setEdited] = useState<{ text: string; count: number }>({ text: "", count: 0 });
  const given_now = useRef(given);
  given_now.current = given;

  // What has been seen.
  const [kept_seen, setKeptSeen] = useKept(keep, "seen", isNumber, null);
  const [unseen, setUnseen] = useState<Unseen>(() => firstSight(messages, kept_seen));
  const is_at_end = useRef(true);
  const end = useRef<HTMLLIElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const compose = useRef<HTMLFormElement>(null);
  const compose_top = useRef<number | null>(null);
  const messages_now = useRef(messages);
  messages_now.current = messages;

  useEffect(() => {
    setUnseen((before) => listChanged(before, messages, is_at_end.current && !document.hidden));
  }, [messages]);
  useEffect(() => {
    if (!end.current) return;
    const watch = new IntersectionObserver(([entry]) => {
      is_at_end.current = entry?.isIntersecting ?? false;
      if (is_at_end.current && !document.hidden)
        setUnseen((before) => endReached(before, messages_now.current));
    });
    watch.observe(end.current);
    return () => watch.disconnect();
  }, []);
  const count = countAfter(messages, unseen.seen, me);
  useEffect(() => onUnseen(count), [count]);
  useEffect(() => setKeptSeen(unseen.seen), [unseen.seen]);

  // Stillness. On a wide screen the list scrolls by itself and follows its end; on a phone the page does, and the
  // field stays where it is while somebody writes in it.
  useLayoutEffect(() => {
    const [box, form] = [list.current, compose.current];
    if (!box || !form) return;
    if (box.scrollHeight > box.clientHeight + 1) {
      if (is_at_end.current) box.scrollTop = box.scrollHeight;
      return;
    }
    const top = form.getBoundingClientRect().top;
    const before = compose_top.current;
    if (before !== null && top !== before && form.contains(document.activeElement)) scrollBy(0, top - before);
  }, [lines.length]);
  useEffect(() => {
    const box = list.current;
    if (!box) return;
    const watch = new ResizeObserver(() => {
      if (is_at_end.current && box.scrollHeight > box.clientHeight + 1) box.scrollTop = box.scrollHeight;
    });
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    const remember = () => {
      compose_top.current = compose.current?.getBoundingClientRect().top ?? null;
    };
    remember();
    addEventListener("scroll", remember, { passive: true });
    return () => removeEventListener("scroll", remember);
  });

  const whyNotFlagged = (refusal: Refusal) => {
    if (refusal.word === "already_requested") return t.flagged_already;
    return refusal.word === "limit_reached" ? t.flagged_enough : inWords(refusal);
  };

  /** The acts go away; the focus goes back to the button that opened them. */
  const closeActs = (id: number) => {
    setOpenId(null);
    list.current?.querySelector<HTMLElement>(`#m${id} .msg-more`)?.focus({ preventScroll: true });
  };

  const acts = useMemo<MessageActs>(
    () => ({
      toggle: (id) => setOpenId((was) => (was === id ? null : id)),
      reply(message) {
        setReplyTo(message.id);
        setOpenId(null);
        compose.current?.querySelector("textarea")?.focus();
      },
      react(message, reaction, on) {
        void line.send({ type: "react_to_message", message: message.id, reaction, on });
        const signs = new Set((given_now.current[message.id] ?? "").split(",").filter(Boolean));
        if (on) signs.add(reaction);
        else signs.delete(reaction);
        setGiven({ ...given_now.current, [message.id]: [...signs].join(",") });
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
      : lines.findIndex(
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
            <b class="vh">{t.announcement}</b> {announcement}
          </div>
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls by itself must be reached by the keyboard */}
      <ol class="msgs" ref={list} tabIndex={0} aria-label={t.messages}>
        {messages.length >= 200 && older !== "none" && (
          <li class="older" key="older">
            <Button onPress={() => void line.showOlderMessages()}>
              {older === "asking" ? t.older_asking : t.show_older}
            </Button>
            {older === "failed" && <p class="quiet small">{t.older_failed}</p>}
          </li>
        )}
        {lines.length === 0 && (
          <li class="quiet" key="none">
            {t.no_messages}
          </li>
        )}
        {lines.map((one, index) => {
          const row =
            one.kind === "message" ? (
              <MessageRow
                key={one.key}
                message={one.message}
                author={people.get(one.message.author)}
                answered={things.get(one.message.reply_to ?? 0)}
                answered_author={person(room, things.get(one.message.reply_to ?? 0)?.author)}
                is_mine={one.message.author === me}
                is_open={open_id === one.message.id}
                given={given[one.message.id] ?? ""}
                acts={acts}
              />
            ) : (
              <OwnRow
                key={one.key}
                line={one}
                is_online={is_online}
                why={one.kind === "refused" ? inWords(one.item.refusal) : ""}
                onEdit={() => {
                  setEdited({ text: one.command.text, count: edited.count + 1 });
                  setReplyTo(one.command.reply_to ?? null);
                  line.dismiss(one.key);
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
        <li ref={end} class="end" key="end" aria-hidden="true" />
      </ol>
      <Compose
        formRef={compose}
        edited={edited}
        reply_to={reply_to === null ? undefined : things.get(reply_to)}
        onReplyDone={() => setReplyTo(null)}
        onSent={() => setUnseen((before) => ({ ...endReached(before, messages), divider: null }))}
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
