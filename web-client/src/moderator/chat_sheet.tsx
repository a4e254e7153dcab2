import type { Channel, Message } from "@protocol";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useRoomOf } from "../staff/room_of";
import { useSent } from "../staff/sent";
import { Radios } from "../staff/switch";
import type { RoomState } from "../state/room_state";
import { messagesInOrder, nameOf, person } from "../state/selectors";
import { useCommon, useLine, useTexts } from "../view/app";
import { Button, IconButton } from "../view/button";
import { Dialog } from "../view/dialog";
import { CrossIcon, RoundIcon, SendIcon, UpIcon } from "../view/icons";
import { StaffBadge } from "../view/marks";
import { region } from "../view/regions";
import { ClockTime } from "../view/times";
import { messagesTexts } from "./text";

const SHOWN_FIRST = 60;
/** Nearer than this to the end, the list follows what comes. */
const AT_END_PX = 48;

/** The room's chat, and the staff's own channel beside it. */
export function ChatSheet() {
  const t = useTexts(messagesTexts);
  const line = useLine();
  const room = useRoomOf("message", "person");
  const [channel, setChannel] = useState<Channel>("room");
  const [shown_max, setShownMax] = useState(SHOWN_FIRST);
  const [seen_staff, setSeenStaff] = useState<number | null>(null);
  const [retracting, setRetracting] = useState<Message | null>(null);
  const list = useRef<HTMLElement>(null);
  const is_at_end = useRef(true);

  const me = line.me.value;
  const staff = messagesInOrder(room, "staff");
  const messages = channel === "staff" ? staff : inRoom(room);
  const newest = messages.at(-1)?.id;
  const newest_staff = staff.at(-1)?.place ?? 0;
  const unseen = staff.filter(
    ({ place, author }) => place > (seen_staff ?? newest_staff) && author !== me,
  ).length;

  // What stood there when the page opened has been read; after that what is on the screen.
  useEffect(() => {
    if (seen_staff === null || channel === "staff") setSeenStaff(newest_staff);
  }, [channel, newest_staff, seen_staff === null]);

  useLayoutEffect(() => {
    if (is_at_end.current && list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [channel, newest]);

  const older = line.olderMessages.value;
  const rest = messages.length - shown_max;
  const may_ask =
    channel === "room" &&
    rest <= 0 &&
    (older === "ask" || older === "failed") &&
    messages.length >= SHOWN_FIRST;
  return (
    <section class="sheet in-chat" aria-labelledby="chat-title" {...region}>
      <div class="sheet-h">
        <h2 id="chat-title">{t.chat}</h2>
        <div class="push">
          <Radios
            name="channel"
            legend={t.channel}
            is_legend_hidden
            value={channel}
            onChoose={(chosen) => {
              is_at_end.current = true;
              setChannel(chosen);
            }}
            options={[
              { value: "room", label: t.channel_room },
              { value: "staff", label: unseen > 0 ? t.channel_staff_new(unseen) : t.channel_staff },
            ]}
          />
        </div>
      </div>
      <section
        ref={list}
        class="talk"
        aria-label={channel === "room" ? t.channel_room : t.channel_staff}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must scroll by keyboard too
        tabIndex={0}
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          is_at_end.current = scrollHeight - scrollTop - clientHeight < AT_END_PX;
        }}
      >
        {(rest > 0 || may_ask) && (
          <Button
            icon={UpIcon}
            onPress={() => {
              setShownMax(shown_max + 200);
              if (may_ask) void line.showOlderMessages();
            }}
          >
            {t.older}
          </Button>
        )}
        {messages.length === 0 && <p class="quiet">{t.chat_none}</p>}
        <ul class="lines">
          {messages.slice(-shown_max).map((message) => (
            <Line key={message.id} room={room} message={message} onRetract={setRetracting} />
          ))}
        </ul>
      </section>
      <Write key={channel} channel={channel} />
      {retracting && <Retract message={retracting} onClose={() => setRetracting(null)} />}
    </section>
  );
}

/** The room's messages but for those that are held: they stand in the review column. */
function inRoom(room: RoomState): Message[] {
  return messagesInOrder(room, "room").filter(({ state }) => state !== "held");
}

function Line(props: { room: RoomState; message: Message; onRetract: (message: Message) => void }) {
  const { room, message, onRetract } = props;
  const t = useTexts(messagesTexts);
  const line = useLine();
  const author = person(room, message.author);
  const name = author?.name ?? "";
  if (message.state === "retracted")
    return (
      <li class="tomb small">
        <b>{name}</b>{" "}
        {message.by_author ? t.removed_by_author : message.reason ? t.removed_why(message.reason) : t.removed}
      </li>
    );
  const why =
    message.state === "rejected"
      ? t.not_published(message.kind_reason ? t.kind_reasons[message.kind_reason] : (message.reason ?? ""))
      : null;
  return (
    <li class="said-line">
      <div>
        <p class="msg-who">
          <b>{name}</b> <StaffBadge person={author} /> <ClockTime at={message.at} />
        </p>
        <p>{message.text}</p>
        {why && <p class="small quiet">{why}</p>}
      </div>
      {message.state === "published" && (
        <IconButton
          class="plain"
          icon={CrossIcon}
          name={t.retract_name(name)}
          onPress={() => onRetract(message)}
        />
      )}
      {message.kind_reason === "session_over" && (
        <Button
          icon={RoundIcon}
          onPress={() => void line.send({ type: "undo_rejection", message: message.id })}
        >
          {t.back_to_review}
        </Button>
      )}
    </li>
  );
}

function Write({ channel }: { channel: Channel }) {
  const t = useTexts(messagesTexts);
  const c = useCommon();
  const words = useSent();
  const send = () => {
    const text = words.text.trim();
    if (text) void words.send({ type: "send_message", channel, text });
  };
  return (
    <form
      class="compose"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label for={`write-${channel}`}>{channel === "room" ? t.write_room : t.write_staff}</label>
      <textarea
        id={`write-${channel}`}
        rows={2}
        maxLength={1000}
        {...words.field}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          send();
        }}
      />
      <div class="row">
        <Button icon={SendIcon} is_submit>
          {c.send}
        </Button>
      </div>
    </form>
  );
}

function Retract({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useTexts(messagesTexts);
  const c = useCommon();
  const line = useLine();
  const [reason, setReason] = useState("");
  const is_mine = message.author === line.me.peek();
  return (
    <Dialog title={t.retract_title} onClose={onClose}>
      <form
        class="stack dialog-body"
        onSubmit={(event) => {
          event.preventDefault();
          const words = reason.trim();
          void line.send({
            type: "retract_message",
            message: message.id,
            ...(words ? { reason: words } : {}),
          });
          onClose();
        }}
      >
        <p>
          <b>{nameOf(line.room.peek(), message.author)}</b> {message.text}
        </p>
        {!is_mine && (
          <>
            <div class="field">
              <label for="retract-reason">{t.retract_reason}</label>
              <p class="hint">{t.retract_what}</p>
              <input
                id="retract-reason"
                required
                maxLength={200}
                value={reason}
                onInput={(event) => setReason(event.currentTarget.value)}
              />
            </div>
            <div class="row">
              {t.why_ready.map((ready) => (
                <Button key={ready} onPress={() => setReason(ready)}>
                  {ready}
                </Button>
              ))}
            </div>
          </>
        )}
        <div class="row">
          <Button look="stop" icon={CrossIcon} is_submit>
            {t.retract_yes}
          </Button>
          <Button onPress={onClose}>{c.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
