import type { Channel, Message, MessageId } from "@protocol";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { listed } from "../staff/keep_focus";
import { useMay } from "../staff/may";
import { ReasonDialog } from "../staff/reason_dialog";
import { useRoomOf } from "../staff/room_of";
import { useSent } from "../staff/sent";
import { Radios } from "../staff/switch";
import { one, type RoomState } from "../state/room_state";
import { isStaff, messagesInOrder, nameOf, person } from "../state/selectors";
import { useCommon, useLine, useTexts } from "../view/app";
import { Button, IconButton } from "../view/button";
import {
  CrossIcon,
  HelpIcon,
  MicIcon,
  MoreIcon,
  ParkIcon,
  ReplyIcon,
  RoundIcon,
  SendIcon,
  UpIcon,
} from "../view/icons";
import { followEnd } from "../view/list_end";
import { StaffBadge } from "../view/marks";
import { region } from "../view/regions";
import { ClockTime } from "../view/times";
import { messagesTexts } from "./text";

const TEXT_MAX = 1000;
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
  const [opened, setOpened] = useState<MessageId | null>(null);
  const [answered, setAnswered] = useState<Message | null>(null);
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
    if (is_at_end.current && list.current) followEnd(list.current);
  }, [channel, newest]);

  const acts: ListActs = {
    open: (message) => setOpened(opened === message ? null : message),
    reply(message) {
      setOpened(null);
      setAnswered(message);
    },
    retract(message) {
      setOpened(null);
      // One's own needs no reason.
      if (message.author === me) void line.send({ type: "retract_message", message: message.id });
      else setRetracting(message);
    },
  };
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
              setOpened(null);
              setAnswered(null);
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
            <MessageRow
              key={message.id}
              room={room}
              message={message}
              is_open={opened === message.id}
              acts={acts}
            />
          ))}
        </ul>
      </section>
      <Write key={channel} channel={channel} answered={answered} onAnswered={() => setAnswered(null)} />
      {retracting && <Retract message={retracting} onClose={() => setRetracting(null)} />}
    </section>
  );
}

/** The room's messages but for those that are held: they stand in the review column. */
function inRoom(room: RoomState): Message[] {
  return messagesInOrder(room, "room").filter(({ state }) => state !== "held");
}

/** What can be done with one message of the list. */
interface ListActs {
  open(message: MessageId): void;
  reply(message: Message): void;
  retract(message: Message): void;
}

function MessageRow(props: { room: RoomState; message: Message; is_open: boolean; acts: ListActs }) {
  const { room, message, is_open, acts } = props;
  const t = useTexts(messagesTexts);
  const line = useLine();
  const author = person(room, message.author);
  const name = author?.name ?? "";
  if (message.state === "retracted")
    return (
      <li class="tomb small">
        <b dir="auto">{name}</b>{" "}
        {message.by_author ? t.removed_by_author : message.reason ? t.removed_why(message.reason) : t.removed}
      </li>
    );
  const why =
    message.state === "rejected"
      ? t.not_published(message.kind_reason ? t.kind_reasons[message.kind_reason] : (message.reason ?? ""))
      : null;
  const answered = message.reply_to === undefined ? undefined : one(room, "message", message.reply_to);
  return (
    <li class="said-line" {...listed(message.id)}>
      <div>
        <p class="msg-who">
          <b dir="auto">{name}</b> <StaffBadge person={author} /> <ClockTime at={message.at} />
        </p>
        {answered && (
          <p class="small quiet">
            {t.reply_of(nameOf(room, answered.author))}
            {answered.state === "published" && (
              <>
                : <bdi>{answered.text}</bdi>
              </>
            )}
          </p>
        )}
        <p dir="auto">{message.text}</p>
        {why && <p class="small quiet">{why}</p>}
      </div>
      {message.state === "published" && (
        <IconButton
          class="plain"
          icon={MoreIcon}
          name={t.message_acts(name, message.text ?? "")}
          is_expanded={is_open}
          onPress={() => acts.open(message.id)}
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
      {is_open && message.state === "published" && <Acts room={room} message={message} acts={acts} />}
    </li>
  );
}

/** Answer it, make something else of it, or take it away. */
function Acts({ room, message, acts }: { room: RoomState; message: Message; acts: ListActs }) {
  const t = useTexts(messagesTexts);
  const line = useLine();
  const may = useMay();
  const is_by_staff = isStaff(person(room, message.author));
  const may_turn = message.channel === "room" && !is_by_staff;
  return (
    <div class="acts row">
      <Button icon={ReplyIcon} onPress={() => acts.reply(message)}>
        {t.reply}
      </Button>
      {may_turn && may("park_question") && (
        <Button
          icon={ParkIcon}
          onPress={() => void line.send({ type: "park_question", message: message.id })}
        >
          {t.park}
        </Button>
      )}
      {may_turn && may("request_floor_from_message") && (
        <Button
          icon={MicIcon}
          onPress={() => void line.send({ type: "request_floor_from_message", message: message.id })}
        >
          {t.to_floor}
        </Button>
      )}
      {may_turn && may("ask_help_from_message") && (
        <Button
          icon={HelpIcon}
          onPress={() => void line.send({ type: "ask_help_from_message", message: message.id })}
        >
          {t.to_help}
        </Button>
      )}
      <Button look="stop" icon={CrossIcon} onPress={() => acts.retract(message)}>
        {t.retract}
      </Button>
    </div>
  );
}

function Write(props: { channel: Channel; answered: Message | null; onAnswered: () => void }) {
  const { channel, answered, onAnswered } = props;
  const t = useTexts(messagesTexts);
  const c = useCommon();
  const line = useLine();
  const words = useSent();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (answered) field.current?.focus();
  }, [answered]);
  const send = async () => {
    const text = words.text.trim();
    if (!text) return;
    const reply_to = answered ? { reply_to: answered.id } : {};
    const result = await words.send({ type: "send_message", channel, text, ...reply_to });
    if (result.kind === "done") onAnswered();
  };
  return (
    <form
      class="compose"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {answered && (
        <p class="row">
          <ReplyIcon /> <span class="grow">{t.replying_to(nameOf(line.room.peek(), answered.author))}</span>
          <IconButton class="plain" icon={CrossIcon} name={c.cancel} onPress={onAnswered} />
        </p>
      )}
      <label for={`write-${channel}`}>{channel === "room" ? t.write_room : t.write_staff}</label>
      <textarea
        dir="auto"
        ref={field}
        id={`write-${channel}`}
        rows={2}
        maxLength={TEXT_MAX}
        {...words.field}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void send();
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
  const line = useLine();
  return (
    <ReasonDialog
      title={t.retract_title}
      label={t.retract_reason}
      act={t.retract_yes}
      icon={CrossIcon}
      ready={t.why_ready}
      onGive={(reason) => void line.send({ type: "retract_message", message: message.id, reason })}
      onClose={onClose}
    >
      <p>
        <b dir="auto">{nameOf(line.room.peek(), message.author)}</b> <bdi>{message.text}</bdi>
      </p>
      <p>{t.retract_what}</p>
    </ReasonDialog>
  );
}
