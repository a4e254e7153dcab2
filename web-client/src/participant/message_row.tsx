import { computed, type ReadonlySignal } from "@preact/signals";
import type { Message, Person, Reaction } from "@protocol";
import { REACTIONS } from "@protocol";
import { useMemo } from "preact/hooks";
import { one } from "../state/room_state";
import { person } from "../state/selectors";
import { clockTime } from "../text/times";
import { useCommon, useLine, useTexts } from "../view/app";
import { Button, classes, IconButton } from "../view/button";
import {
  CheckIcon,
  CrossIcon,
  CupIcon,
  FlagIcon,
  HeartIcon,
  HourglassIcon,
  type IconComponent,
  LaterIcon,
  MoreIcon,
  PeopleIcon,
  ReplyIcon,
  SeedIcon,
  UpIcon,
} from "../view/icons";
import { StaffBadge } from "../view/marks";
import { ClockTime } from "../view/times";
import type { ChatEntry } from "./chat_entries";
import { roomTexts } from "./text/room";

export const REACTION_ICONS: Record<Reaction, IconComponent> = {
  heart: HeartIcon,
  thanks: CupIcon,
  same_here: PeopleIcon,
  strength: SeedIcon,
};

/** The signs that I have given, joined by commas, by message. */
export type Given = Record<string, string>;
export const isGiven = (value: unknown): value is Given => typeof value === "object" && value !== null;

export interface MessageActs {
  /** The message whose acts are shown. */
  readonly open: ReadonlySignal<number | null>;
  readonly given: ReadonlySignal<Given>;
  toggle(id: number): void;
  reply(message: Message): void;
  react(message: Message, reaction: Reaction, on: boolean): void;
  flag(message: Message): void;
  retract(message: Message): void;
}

/** All that one row shows. */
interface Shown {
  readonly message: Message | undefined;
  readonly author: Person | undefined;
  /** What this one answers. */
  readonly answered: Message | undefined;
  readonly answered_author: Person | undefined;
  readonly is_mine: boolean;
  readonly is_open: boolean;
  readonly given: string;
}

/** The same object as long as nothing of it has changed. */
function useShown(id: number, acts: MessageActs): Shown {
  const line = useLine();
  return useMemo(() => {
    let known: Shown | null = null;
    return computed(() => {
      const room = line.room.value;
      const message = one(room, "message", id);
      const answered = one(room, "message", message?.reply_to ?? 0);
      const next: Shown = {
        message,
        author: person(room, message?.author),
        answered,
        answered_author: person(room, answered?.author),
        is_mine: message?.author === line.me.value,
        is_open: acts.open.value === id,
        given: acts.given.value[id] ?? "",
      };
      const was = known;
      const is_same = was && (Object.keys(next) as (keyof Shown)[]).every((key) => was[key] === next[key]);
      known = is_same ? was : next;
      return known;
    });
  }, [line, id, acts]).value;
}

/**
 * One message. It is told its id and looks for the rest itself, so that it is drawn again only when something that it
 * shows has changed. A row that was handed all this by the list, and kept from drawing when it was the same, would keep
 * the list's earlier drawings in memory, and with them every message of the day (Preact 11).
 */
export function MessageRow({ id, acts }: { id: number; acts: MessageActs }) {
  const { message, author, answered, answered_author, is_mine, is_open, given } = useShown(id, acts);
  const t = useTexts(roomTexts);
  const c = useCommon();
  if (!message) return null;
  const is_there = message.state !== "retracted";
  const name = is_mine ? c.you : (author?.name ?? "");
  const can_act = message.state === "published" || (is_mine && message.state === "held");
  return (
    <li class={classes(is_mine && "mine", is_mine && message.state)} id={`m${message.id}`}>
      <p class="msg-who">
        <b dir="auto">{name}</b> <StaffBadge person={author} /> <ClockTime at={message.at} />
        {can_act && (
          <IconButton
            class="plain msg-more"
            icon={MoreIcon}
            name={t.message_acts(name, message.text ?? "")}
            is_stop={false}
            is_expanded={is_open}
            onPress={() => acts.toggle(message.id)}
          />
        )}
      </p>
      {message.reply_to !== undefined && is_there && (
        <p class="before">
          {t.reply_of(answered_author?.name ?? "")}
          {": "}
          <bdi>{answered?.state === "published" ? answered.text : t.not_shown}</bdi>
        </p>
      )}
      {is_there ? (
        <p class={classes("said-text", is_mine && "bubble")} dir="auto">
          {message.text}
        </p>
      ) : (
        <p class="tomb with-i">
          <CrossIcon /> <span>{tombText(message, is_mine, t)}</span>
        </p>
      )}
      {is_mine && is_there && <State message={message} />}
      {is_mine && message.kept && !message.kind_reason && (
        <p class="msg-state">
          <LaterIcon /> <span>{t.kept}</span>
        </p>
      )}
      {message.reactions?.some(({ count }) => count > 0) && is_there && (
        <ul class="row signs">
          {message.reactions.map(({ reaction, count }) => {
            const Icon = REACTION_ICONS[reaction];
            return (
              count > 0 &&
              Icon && (
                <li key={reaction} class="badge">
                  <Icon /> <span class="vh">{c.reactions[reaction]}</span> {count}
                </li>
              )
            );
          })}
        </ul>
      )}
      {is_open && can_act && (
        <div class="row msg-acts">
          {is_mine ? (
            <Button look="stop" icon={CrossIcon} onPress={() => acts.retract(message)}>
              {t.retract}
            </Button>
          ) : (
            <>
              {REACTIONS.map((reaction) => {
                const is_given = given.split(",").includes(reaction);
                return (
                  <IconButton
                    key={reaction}
                    icon={REACTION_ICONS[reaction]}
                    name={c.reactions[reaction]}
                    is_pressed={is_given}
                    onPress={() => acts.react(message, reaction, !is_given)}
                  />
                );
              })}
              <Button icon={ReplyIcon} onPress={() => acts.reply(message)}>
                {t.reply}
              </Button>
              <Button look="stop" icon={FlagIcon} onPress={() => acts.flag(message)}>
                {t.flag}
              </Button>
            </>
          )}
        </div>
      )}
    </li>
  );
}

function tombText(message: Message, is_mine: boolean, t: (typeof roomTexts)["fi"]): string {
  if (message.by_author) return is_mine ? t.retracted_by_me : t.retracted_by_author;
  return is_mine && message.reason ? t.retracted_reason(message.reason) : t.retracted_by_staff;
}

export function rejectedText(message: Message, t: (typeof roomTexts)["fi"]): string {
  return message.kind_reason ? t.kind_reasons[message.kind_reason] : t.rejected(message.reason ?? "");
}

/** What became of my own message, in words. */
function State({ message }: { message: Message }) {
  const t = useTexts(roomTexts);
  const [Icon, text] =
    message.state === "held"
      ? [HourglassIcon, t.held]
      : message.state === "rejected"
        ? [CrossIcon, rejectedText(message, t)]
        : [CheckIcon, t.published];
  return (
    <p class="msg-state">
      <Icon /> <span dir="auto">{text}</span>
    </p>
  );
}

/** Mine, and not in the room: not sent yet, or answered with no. */
export function OwnRow(props: {
  entry: Exclude<ChatEntry, { kind: "message" }>;
  is_online: boolean;
  why: string;
  onEdit: () => void;
  onClose: () => void;
}) {
  const { entry, is_online, why, onEdit, onClose } = props;
  const t = useTexts(roomTexts);
  const c = useCommon();
  const is_refused = entry.kind === "refused";
  return (
    <li class={is_refused ? "mine rejected" : "mine unsent"}>
      <p class="msg-who">
        <b>{c.you}</b> <time>{clockTime(entry.item.given_at)}</time>
      </p>
      <p class="said-text bubble" dir="auto">
        {entry.command.text}
      </p>
      <p class="msg-state">
        {is_refused ? <CrossIcon /> : <UpIcon />}{" "}
        <span>{is_refused ? t.refused(why) : is_online ? t.sending : t.unsent}</span>
      </p>
      {is_refused && (
        <div class="row msg-acts">
          <Button onPress={onEdit}>{t.edit_again}</Button>
          <Button onPress={onClose}>{c.close}</Button>
        </div>
      )}
    </li>
  );
}
