import { useSignalEffect } from "@preact/signals";
import type { ReviewItem } from "@protocol";
import { useMemo, useRef, useState } from "preact/hooks";
import { useKeptFocus } from "../staff/keep_focus";
import { useMay } from "../staff/may";
import { useHasKeys } from "../staff/preferences";
import { useRoomOf } from "../staff/room_of";
import { all, the } from "../state/room_state";
import { nameOf, reviewQueue } from "../state/selectors";
import { runningTime } from "../text/times";
import { useApp, useLine, useRoomNow, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CrossIcon, FilterIcon, RoundIcon } from "../view/icons";
import { region } from "../view/regions";
import { Ticking } from "../view/times";
import { ChatRules } from "./chat_rules";
import { LeaseKeeper } from "./lease";
import { ReviewCard } from "./review_card";
import { messagesTexts } from "./text";
import { type Decision, decisionCommand } from "./view";

const UNDO_MS = 10_000;

interface Undo {
  readonly message: number;
  readonly author: number;
  /** Of the room's clock. */
  readonly until: number;
}

/** Messages that wait for somebody to look at them. */
export function ReviewColumn() {
  const t = useTexts(messagesTexts);
  const line = useLine();
  const may = useMay();
  const has_keys = useHasKeys();
  const { announcer, timers } = useApp();
  const now = useRoomNow();
  const room = useRoomOf("review_item", "message", "person", "chat");
  const [is_ruling, setRuling] = useState(false);
  const [undos, setUndos] = useState<readonly Undo[]>([]);
  const list = useKeptFocus<HTMLElement>();
  const keeper = useMemo(() => new LeaseKeeper(), [line]);
  const undoing = useRef(new Set<number>());

  useSignalEffect(() => {
    if (now.value === null) return;
    const items = all(line.room.peek(), "review_item");
    for (const message of keeper.due(items, line.me.peek(), now.value))
      void line.send({ type: "claim_review", message });
  });

  const decide = async (item: ReviewItem, decision: Decision) => {
    const state = line.room.peek();
    const result = await line.send(decisionCommand(item, decision));
    if (result.kind !== "done" || decision.kind !== "reject" || item.shown) return;
    const until = (now.peek() ?? 0) + UNDO_MS;
    setUndos((known) => [...known, { message: item.message, author: item.author, until }]);
    announcer.say(t.say_rejected(nameOf(state, item.author)));
    timers.after(UNDO_MS, () => setUndos((known) => known.filter(({ message }) => message !== item.message)));
  };
  const undo = ({ message }: Undo) => {
    if (undoing.current.has(message)) return;
    undoing.current.add(message);
    void line.send({ type: "undo_rejection", message }).then(() => {
      undoing.current.delete(message);
      setUndos((known) => known.filter((other) => other.message !== message));
    });
  };

  const items = reviewQueue(room);
  const mode = the(room, "chat")?.mode ?? "open";
  return (
    <section class="in-review" aria-labelledby="review-title" ref={list} {...region}>
      <div class="row col-h">
        <h2 id="review-title" tabIndex={-1} data-list-end="">
          {t.review}
        </h2>{" "}
        <span class="count num">{items.length}</span>
        {may("set_chat_mode") && (
          <span class="push">
            <Button icon={FilterIcon} onPress={() => setRuling(true)}>
              {t.modes[mode]}
            </Button>
          </span>
        )}
      </div>
      {undos.map((one) => (
        <div class="row undo" key={one.message}>
          <CrossIcon /> <span class="grow">{t.rejected(nameOf(room, one.author))}</span>
          <Button icon={RoundIcon} onPress={() => undo(one)}>
            <span aria-hidden="true" class="num">
              <Ticking of={(at) => t.undo_left(runningTime(one.until - at))} basis={[one, t]} />
            </span>
            <span class="vh">{t.undo_name(nameOf(room, one.author))}</span>
          </Button>
        </div>
      ))}
      {items.length === 0 ? (
        <p class="quiet">{t.review_none}</p>
      ) : (
        <>
          <div>
            {items.map(({ item }) => (
              <ReviewCard
                key={item.message}
                room={room}
                item={item}
                onUse={() => now.peek() !== null && keeper.used(item.message, now.peek() ?? 0)}
                onDecide={(decision) => void decide(item, decision)}
              />
            ))}
          </div>
          {has_keys && <p class="quiet small keys-hint">{t.keys_hint}</p>}
        </>
      )}
      {is_ruling && <ChatRules onClose={() => setRuling(false)} />}
    </section>
  );
}
