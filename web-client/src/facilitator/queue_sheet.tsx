import type { FloorRequest, RequestId } from "@protocol";
import { useState } from "preact/hooks";
import { lengthText, waitedText } from "../staff/durations";
import { listed, useKeptFocus } from "../staff/keep_focus";
import { useMay } from "../staff/may";
import { useRoomOf } from "../staff/room_of";
import { type RoomState, the } from "../state/room_state";
import { nameOf, pendingRequests, person, queue } from "../state/selectors";
import { runningTime } from "../text/times";
import { useApp, useLine, useTexts } from "../view/app";
import { Button, IconButton } from "../view/button";
import {
  CallIcon,
  CheckIcon,
  CrossIcon,
  DownIcon,
  HourglassIcon,
  type IconComponent,
  MicIcon,
  MoreIcon,
  OfflineIcon,
  PenIcon,
  PersonIcon,
  ReplyIcon,
  RoundIcon,
  SeedIcon,
  UpIcon,
} from "../view/icons";
import { Badge } from "../view/marks";
import { Ticking } from "../view/times";
import { AddSomeone } from "./add_someone";
import { Deny } from "./deny";
import { grant, isUnheard, moved, movedToEdge, restorable, voiceOf } from "./floor_view";
import { floorTexts } from "./text";

/**
 * Those who wait: with them what a facilitator weighs, how long, how much they have been heard, whether they are there.
 */
export function QueueSheet() {
  const t = useTexts(floorTexts);
  const line = useLine();
  const may = useMay();
  const { announcer } = useApp();
  const room = useRoomOf("floor_request", "floor", "person", "contribution", "turn");
  const [is_adding, setAdding] = useState(false);
  const [denied, setDenied] = useState<FloorRequest | null>(null);
  const list = useKeptFocus<HTMLElement>();

  const waiting = queue(room);
  const pending = pendingRequests(room);
  const missed = restorable(room);
  const is_closed = the(room, "floor")?.policy === "closed";

  return (
    <section class="sheet" aria-labelledby="queue-title" ref={list}>
      <div class="sheet-h">
        <h2 id="queue-title" tabIndex={-1} data-list-end="">
          {t.queue}
        </h2>{" "}
        <span class="count num">{waiting.length}</span>
        {may("order_least_heard_first") && waiting.length > 1 && (
          <span class="push">
            <Button
              icon={SeedIcon}
              onPress={() =>
                void line.send({ type: "order_least_heard_first" }).then((result) => {
                  if (result.kind === "done") announcer.say(t.least_heard_done);
                })
              }
            >
              {t.least_heard}
            </Button>
          </span>
        )}
        <span class={may("order_least_heard_first") && waiting.length > 1 ? undefined : "push"}>
          <Button icon={PersonIcon} onPress={() => setAdding(true)}>
            {t.add}
          </Button>
        </span>
      </div>
      {pending.length > 0 && (
        <>
          <h3 class="sub">{t.pending}</h3>
          <ul class="queue lines">
            {pending.map((request) => (
              <PendingItem key={request.id} room={room} request={request} onDeny={setDenied} />
            ))}
          </ul>
          <h3 class="vh">{t.queue}</h3>
        </>
      )}
      {waiting.length === 0 ? (
        <p class="quiet">{is_closed ? t.queue_closed : t.queue_empty}</p>
      ) : (
        <ol class="queue lines">
          {waiting.map((request, index) => (
            <WaitingItem
              key={request.id}
              room={room}
              waiting={waiting}
              request={request}
              place={index + 1}
              onRemove={setDenied}
            />
          ))}
        </ol>
      )}
      {missed.length > 0 && may("restore_floor_request") && (
        <>
          <h3 class="sub">{t.missed}</h3>
          <p class="quiet small">{t.missed_what}</p>
          <ul class="queue lines">
            {missed.map((request) => (
              <li key={request.id} {...listed(`missed ${request.id}`)}>
                <Mark icon={OfflineIcon} />
                <p class="name">
                  <b dir="auto">{nameOf(room, request.beneficiary)}</b>
                </p>
                <div class="acts">
                  <Button
                    icon={RoundIcon}
                    onPress={() => void line.send({ type: "restore_floor_request", request: request.id })}
                  >
                    {t.restore} <span class="vh">: {nameOf(room, request.beneficiary)}</span>
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
      {is_adding && <AddSomeone onClose={() => setAdding(false)} />}
      {denied && <Deny request={denied} onClose={() => setDenied(null)} />}
    </section>
  );
}

interface ItemProps {
  room: RoomState;
  request: FloorRequest;
}

function WaitingItem(
  props: ItemProps & {
    waiting: readonly FloorRequest[];
    place: number;
    onRemove: (request: FloorRequest) => void;
  },
) {
  const { room, request, waiting, place, onRemove } = props;
  const t = useTexts(floorTexts);
  const line = useLine();
  const may = useMay();
  const { announcer } = useApp();
  const [is_open, setOpen] = useState(false);
  const name = nameOf(room, request.beneficiary);
  const is_away = request.away_until !== undefined;

  const reorder = (order: RequestId[] | null) => {
    if (!order) return;
    void line.send({ type: "reorder_line_up", order }).then((result) => {
      if (result.kind === "done") announcer.say(t.say_moved(name, order.indexOf(request.id) + 1));
    });
  };
  const to_first = movedToEdge(waiting, request.id, "first");
  const to_last = movedToEdge(waiting, request.id, "last");
  const is_on_phone = person(room, request.beneficiary)?.on_phone ?? false;
  return (
    <li class={is_away ? "away" : undefined} {...listed(request.id)}>
      <span class="pos num" aria-hidden="true">
        {place}
      </span>
      <div>
        <Name room={room} request={request} />
        <Facts room={room} request={request} />
      </div>
      {may("grant_floor") && (
        <div class="acts">
          <MoveButton
            icon={UpIcon}
            name={t.move_up(name)}
            may_move={moved(waiting, request.id, -1) !== null}
            onPress={() => reorder(moved(waiting, request.id, -1))}
          />
          <MoveButton
            icon={DownIcon}
            name={t.move_down(name)}
            may_move={moved(waiting, request.id, 1) !== null}
            onPress={() => reorder(moved(waiting, request.id, 1))}
          />
          <Button
            icon={MicIcon}
            unusable_because={is_away ? t.away_why : undefined}
            onPress={() => void line.send(grant(line.room.peek(), request.id))}
          >
            {t.give} <span class="vh">: {name}</span>
          </Button>
          <IconButton
            class="plain"
            icon={MoreIcon}
            name={t.more(name)}
            is_expanded={is_open}
            onPress={() => setOpen(!is_open)}
          />
        </div>
      )}
      {is_open && (
        <div class="acts more">
          {to_first && (
            <Button icon={UpIcon} onPress={() => reorder(to_first)}>
              {t.move_first} <span class="vh">: {name}</span>
            </Button>
          )}
          {to_last && (
            <Button icon={DownIcon} onPress={() => reorder(to_last)}>
              {t.move_last} <span class="vh">: {name}</span>
            </Button>
          )}
          {is_on_phone && (
            <Button
              icon={CallIcon}
              onPress={() => void line.send({ type: "set_on_phone", person: request.beneficiary, on: false })}
            >
              {t.call_over} <span class="vh">: {name}</span>
            </Button>
          )}
          <Button look="stop" icon={CrossIcon} onPress={() => onRemove(request)}>
            {t.remove} <span class="vh">: {name}</span>
          </Button>
        </div>
      )}
    </li>
  );
}

function PendingItem({ room, request, onDeny }: ItemProps & { onDeny: (request: FloorRequest) => void }) {
  const t = useTexts(floorTexts);
  const line = useLine();
  const may = useMay();
  const name = nameOf(room, request.beneficiary);
  return (
    <li {...listed(`pending ${request.id}`)}>
      <Mark icon={HourglassIcon} />
      <div>
        <Name room={room} request={request} />
        <Facts room={room} request={request} />
      </div>
      {may("approve_floor_request") && (
        <div class="acts">
          <Button
            icon={CheckIcon}
            onPress={() => void line.send({ type: "approve_floor_request", request: request.id })}
          >
            {t.approve} <span class="vh">: {name}</span>
          </Button>
          <Button icon={CrossIcon} onPress={() => onDeny(request)}>
            {t.deny} <span class="vh">: {name}</span>
          </Button>
        </div>
      )}
    </li>
  );
}

function Name({ room, request }: ItemProps) {
  const t = useTexts(floorTexts);
  const turn = the(room, "turn");
  const until = request.away_until;
  const is_unheard = isUnheard(voiceOf(room, request.beneficiary));
  return (
    <p class="name">
      <b dir="auto">{nameOf(room, request.beneficiary)}</b>{" "}
      {request.kind === "reply" && (
        <Badge look="turn" icon={ReplyIcon}>
          {turn ? t.reply_to(nameOf(room, turn.speaker)) : t.reply}
        </Badge>
      )}
      {is_unheard && <Badge icon={SeedIcon}>{t.unheard}</Badge>}{" "}
      {person(room, request.beneficiary)?.on_phone && <Badge icon={CallIcon}>{t.on_phone}</Badge>}{" "}
      {request.kind === "written" && <Badge icon={PenIcon}>{t.written}</Badge>}{" "}
      {until !== undefined && (
        <Badge look="wait" icon={OfflineIcon}>
          <Ticking of={(now) => t.away(runningTime(until - now))} basis={[until, t]} />
        </Badge>
      )}
    </p>
  );
}

function Facts({ room, request }: ItemProps) {
  const t = useTexts(floorTexts);
  const voice = voiceOf(room, request.beneficiary);
  const facts: string[] = [];
  if (request.kind === "written") facts.push(t.read_it);
  if (voice && voice.turns > 0) facts.push(t.turns(voice.turns, lengthText(voice.spoken_seconds * 1000)));
  if (voice && voice.written_turns > 0) facts.push(t.written_turns(voice.written_turns));
  if (isUnheard(voice) && request.kind !== "written") facts.push(t.first_turn);
  if (request.requested_by !== request.beneficiary)
    facts.push(t.asked_by(nameOf(room, request.requested_by)));
  return (
    <>
      <p class="quiet small num">
        <Ticking of={(now) => t.waited(waitedText(now - request.since))} basis={[request.since, t]} />{" "}
        {facts.join(" ")}
      </p>
      {request.note && <p class="small">{t.note(request.note)}</p>}
      {request.text && (
        <details class="fold small">
          <summary>{t.show_text}</summary>
          <blockquote class="said" dir="auto">
            {request.text}
          </blockquote>
        </details>
      )}
    </>
  );
}

function Mark({ icon: Icon }: { icon: IconComponent }) {
  return (
    <span class="pos">
      <Icon />
    </span>
  );
}

/** One place up or down. Where it cannot go, the button stays where the finger is, dashed, and says why. */
function MoveButton(props: { icon: IconComponent; name: string; may_move: boolean; onPress: () => void }) {
  const { icon: Icon, name, may_move, onPress } = props;
  const t = useTexts(floorTexts);
  return (
    <button
      type="button"
      class="btn square"
      aria-label={name}
      title={may_move ? name : t.move_none}
      aria-disabled={may_move ? undefined : "true"}
      onClick={may_move ? onPress : undefined}
    >
      <Icon />
    </button>
  );
}
