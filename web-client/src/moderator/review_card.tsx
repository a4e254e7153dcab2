import { computed } from "@preact/signals";
import type { PersonId, ReviewItem } from "@protocol";
import type { TargetedKeyboardEvent } from "preact";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { waitedText } from "../staff/durations";
import { listed } from "../staff/keep_focus";
import { useHasKeys } from "../staff/preferences";
import { Radios } from "../staff/switch";
import type { RoomState } from "../state/room_state";
import { nameOf } from "../state/selectors";
import { runningTime } from "../text/times";
import { useLine, useRoomNow, useTexts } from "../view/app";
import { Button, classes, IconButton } from "../view/button";
import {
  CheckIcon,
  CrossIcon,
  FilterIcon,
  FlagIcon,
  HelpIcon,
  HourglassIcon,
  MicIcon,
  MoreIcon,
  ParkIcon,
  RoundIcon,
} from "../view/icons";
import { Badge } from "../view/marks";
import { ClockTime, Ticking } from "../view/times";
import { type Holder, holderOf } from "./lease";
import { messagesTexts } from "./text";
import { type Decision, messagesBefore } from "./view";

const MESSAGES_BEFORE = 2;
const OWN_WORDS = "own";

type Wish = "publish" | "reject" | "park";
const KEYS: Record<string, Wish> = { j: "publish", e: "reject", p: "park" };

/**
 * One message to check. It is taken by the first touch: the button, or one of the keys where they are switched on,
 * which then does what it says as soon as the room has said that the item is ours.
 */
export function ReviewCard(props: {
  room: RoomState;
  item: ReviewItem;
  onUse: () => void;
  onDecide: (decision: Decision) => void;
}) {
  const { room, item, onUse, onDecide } = props;
  const t = useTexts(messagesTexts);
  const line = useLine();
  const me = line.me.value;
  const holder = useHolder(item, me);
  const has_keys = useHasKeys();
  const [wish, setWish] = useState<Wish | null>(null);
  const [is_rejecting, setRejecting] = useState(false);
  const [is_more_open, setMoreOpen] = useState(false);
  const card = useRef<HTMLElement>(null);
  const id = useId();
  const is_mine = holder === "me";
  const is_theirs = holder === "other";
  const name = nameOf(room, item.author);
  const is_shown = item.shown;
  const before = messagesBefore(room, item, MESSAGES_BEFORE);

  const take = (next: Wish | null) => {
    setWish(next);
    onUse();
    void line.send({ type: "claim_review", message: item.message }).then((result) => {
      if (result.kind !== "done") setWish(null);
    });
    card.current?.focus();
  };
  const act = (what: Wish) => {
    onUse();
    if (what === "reject") setRejecting(true);
    else onDecide({ kind: what });
  };
  useEffect(() => {
    if (!is_mine || wish === null) return;
    setWish(null);
    act(wish);
  }, [is_mine, wish]);
  useEffect(() => {
    if (!is_mine) {
      setRejecting(false);
      setMoreOpen(false);
    }
  }, [is_mine]);

  const press = (event: TargetedKeyboardEvent<HTMLElement>) => {
    onUse();
    if (!has_keys) return;
    const what = KEYS[event.key.toLowerCase()];
    if (!what || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    event.preventDefault();
    if (is_mine) act(what);
    else if (!is_theirs) take(what);
  };
  return (
    <article
      ref={card}
      class={classes("item", is_mine && "open", is_theirs && "theirs")}
      aria-labelledby={`${id}-name`}
      tabIndex={-1}
      onKeyDown={press}
      onPointerDown={onUse}
      onInput={onUse}
      {...listed(item.message)}
    >
      <div class="row">
        <h3 id={`${id}-name`}>{name}</h3> <Why item={item} />
        {is_mine && (
          <span class="push holder">
            <Badge look="good" icon={CheckIcon}>
              <span class="num">
                <Ticking
                  of={(at) => t.mine(runningTime((item.claimed_until ?? at) - at))}
                  basis={[item.claimed_until, t]}
                />
              </span>
            </Badge>
            <IconButton
              class="plain"
              icon={MoreIcon}
              name={t.more(name)}
              is_expanded={is_more_open}
              onPress={() => setMoreOpen(!is_more_open)}
            />
          </span>
        )}
        {is_theirs && <span class="small push">{t.theirs(nameOf(room, item.claimed_by) || t.somebody)}</span>}
      </div>
      <p class={is_theirs ? undefined : "said"} dir="auto">
        {item.text}
      </p>
      {!is_theirs && before.length > 0 && (
        <ul class="before" aria-label={t.before}>
          {before.map((message) => (
            <li key={message.id}>
              <ClockTime at={message.at} /> <bdi>{message.text}</bdi>
            </li>
          ))}
        </ul>
      )}
      {is_mine ? (
        <>
          <div class="row foot">
            <Button look="main" icon={CheckIcon} onPress={() => act("publish")}>
              {is_shown ? t.keep : t.publish} {has_keys && <kbd>J</kbd>}
            </Button>
            <button
              type="button"
              class="btn stop"
              aria-expanded={is_rejecting}
              aria-controls={`${id}-why`}
              onClick={() => setRejecting(!is_rejecting)}
            >
              <CrossIcon /> {is_shown ? t.take_away : t.reject} {has_keys && <kbd>E</kbd>}
            </button>
            <Button icon={ParkIcon} onPress={() => act("park")}>
              {t.park} {has_keys && <kbd>P</kbd>}
            </Button>
          </div>
          {is_more_open && (
            <div class="row foot">
              <Button
                icon={MicIcon}
                onPress={() =>
                  void line.send({
                    type: "request_floor_from_message",
                    message: item.message,
                    version: item.version,
                  })
                }
              >
                {t.to_floor}
              </Button>
              <Button
                icon={HelpIcon}
                onPress={() =>
                  void line.send({
                    type: "ask_help_from_message",
                    message: item.message,
                    version: item.version,
                  })
                }
              >
                {t.to_help}
              </Button>
              <Button
                icon={RoundIcon}
                onPress={() => void line.send({ type: "release_review", message: item.message })}
              >
                {t.release}
              </Button>
            </div>
          )}
          <div id={`${id}-why`}>
            {is_rejecting && (
              <Reasons
                is_shown={is_shown}
                onReject={(reason) => {
                  onUse();
                  onDecide({ kind: "reject", reason });
                }}
              />
            )}
          </div>
        </>
      ) : (
        !is_theirs && (
          <div class="row">
            <Button onPress={() => take(null)}>
              {t.take} <span class="vh">: {name}</span>
            </Button>
            {is_shown && <span class="quiet small">{t.shown_now}</span>}
          </div>
        )
      )}
    </article>
  );
}

/** The holder as it is drawn: it changes with the item, and when the lease runs out. */
function useHolder(item: ReviewItem, me: PersonId): Holder {
  const now = useRoomNow();
  return useMemo(() => computed(() => holderOf(item, me, now.value)), [item, me, now]).value;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== "radio")
  );
}

/** Why it is here: how long it has waited, who has flagged it, what was caught. */
function Why({ item }: { item: ReviewItem }) {
  const t = useTexts(messagesTexts);
  return (
    <>
      {item.flags > 0 ? (
        <Badge look="stop" icon={FlagIcon}>
          {t.flags(item.flags)}
        </Badge>
      ) : (
        <Badge look="wait" icon={HourglassIcon}>
          <span class="num">
            <Ticking of={(now) => t.waits(waitedText(now - item.since))} basis={[item.since, t]} />
          </span>
        </Badge>
      )}{" "}
      {item.reasons
        .filter((reason) => reason !== "all_held" && reason !== "flagged")
        .map((reason) => (
          <Badge key={reason} icon={FilterIcon}>
            {t.reasons[reason]}
          </Badge>
        ))}{" "}
      {item.caught && <span class="small quiet">{t.caught(item.caught)}</span>}
    </>
  );
}

function Reasons({ is_shown, onReject }: { is_shown: boolean; onReject: (reason: string) => void }) {
  const t = useTexts(messagesTexts);
  const name = useId();
  const [chosen, setChosen] = useState<string>("0");
  const [own, setOwn] = useState("");
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.querySelector<HTMLInputElement>("input:checked")?.focus(), []);
  const reason = chosen === OWN_WORDS ? own.trim() : (t.why_ready[Number(chosen)] ?? "");
  return (
    <div class="reason" ref={place}>
      <Radios
        name={name}
        legend={t.why}
        look="list"
        value={chosen}
        onChoose={setChosen}
        options={[
          ...t.why_ready.map((label, index) => ({ value: String(index), label })),
          { value: OWN_WORDS, label: t.why_own },
        ]}
      />
      {chosen === OWN_WORDS && (
        <div class="field">
          <input
            dir="auto"
            aria-label={t.why_own_label}
            maxLength={200}
            value={own}
            onInput={(event) => setOwn(event.currentTarget.value)}
          />
        </div>
      )}
      <Button
        look="stop"
        unusable_because={reason === "" ? t.why_own_label : undefined}
        onPress={() => onReject(reason)}
      >
        {is_shown ? t.take_away_yes : t.reject_yes}
      </Button>
    </div>
  );
}
