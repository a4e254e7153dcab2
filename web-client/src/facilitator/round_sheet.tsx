import type { Round, RoundMark, RoundPlace } from "@protocol";
import { useState } from "preact/hooks";
import { useMay } from "../staff/may";
import { useRoomOf } from "../staff/room_of";
import { type RoomState, the } from "../state/room_state";
import { nameOf, person } from "../state/selectors";
import { useCommon, useLine, useTexts } from "../view/app";
import { Button, Choice } from "../view/button";
import { Dialog } from "../view/dialog";
import {
  CheckIcon,
  ClockIcon,
  type IconComponent,
  LaterIcon,
  MicIcon,
  NextIcon,
  OfflineIcon,
  PeopleIcon,
  RoundIcon,
  StopIcon,
} from "../view/icons";
import { nextUp } from "./floor_view";
import { type FloorTexts, floorTexts } from "./text";

/** As many as fit three columns of a wide screen; the rest at one press. */
const SHOWN_MAX = 24;

const DONE: ReadonlySet<RoundMark> = new Set(["spoken", "passed"]);

/** Everyone in turn: who has had their place, who has it, who comes. */
export function RoundSheet() {
  const t = useTexts(floorTexts);
  const c = useCommon();
  const line = useLine();
  const may = useMay();
  const room = useRoomOf("round", "person");
  const [is_all, setAll] = useState(false);
  const [is_shuffling, setShuffling] = useState(false);
  const round = the(room, "round");
  if (!round) return null;
  const done = round.places.filter(({ mark }) => DONE.has(mark)).length;
  const next = nextUp(room)?.person;
  const shown = is_all ? round.places : nearby(round);
  const rest = round.places.length - shown.length;
  return (
    <section class="sheet" aria-labelledby="round-title">
      <div class="sheet-h">
        <h2 id="round-title">{t.round}</h2>{" "}
        <span class="count num">
          <span aria-hidden="true">{t.round_count(done, round.places.length)}</span>
          <span class="vh">{t.round_count_said(done, round.places.length)}</span>
        </span>
        {may("start_round") && (
          <>
            <span class="push">
              <Button icon={RoundIcon} onPress={() => setShuffling(true)}>
                {t.round_shuffle}
              </Button>
            </span>
            <Button icon={StopIcon} onPress={() => void line.send({ type: "end_round" })}>
              {t.round_end}
            </Button>
          </>
        )}
      </div>
      <ol class="round">
        {shown.map((place) => (
          <Place key={place.person} room={room} place={place} is_next={place.person === next} />
        ))}
      </ol>
      {rest > 0 && (
        <p class="row">
          <span class="quiet">{t.round_rest(rest)}</span>{" "}
          <Button onPress={() => setAll(true)}>{t.round_all}</Button>
        </p>
      )}
      <p class="quiet small foot">
        {round.seed !== undefined && t.round_seed(round.seed)} {t.round_what}
      </p>
      {is_shuffling && (
        <Dialog title={t.round_shuffle_title} onClose={() => setShuffling(false)}>
          <div class="stack dialog-body">
            <p>{t.round_shuffle_what}</p>
            <div class="row">
              <Button
                look="main"
                icon={RoundIcon}
                onPress={() => {
                  void line.send({ type: "start_round", seed: drawSeed() });
                  setShuffling(false);
                }}
              >
                {t.round_shuffle}
              </Button>
              <Button onPress={() => setShuffling(false)}>{c.cancel}</Button>
            </div>
          </div>
        </Dialog>
      )}
    </section>
  );
}

/** The places around the one that is on: a long round shows from a few before it. */
function nearby(round: Round): readonly RoundPlace[] {
  if (round.places.length <= SHOWN_MAX) return round.places;
  const now = round.places.findIndex(({ mark }) => mark === "speaking" || mark === "waiting");
  const from = Math.min(Math.max(0, now - 4), round.places.length - SHOWN_MAX);
  return round.places.slice(from, from + SHOWN_MAX);
}

function Place({ room, place, is_next }: { room: RoomState; place: RoundPlace; is_next: boolean }) {
  const t = useTexts(floorTexts);
  const presence = person(room, place.person)?.presence;
  const is_away = presence !== "present" && place.mark === "waiting";
  const [Icon, words] = is_away ? [OfflineIcon, t.round_away] : markOf(place, is_next, t);
  const is_now = place.mark === "speaking";
  return (
    <li
      class={is_now ? "now" : DONE.has(place.mark) ? "done" : undefined}
      aria-current={is_now ? "step" : undefined}
    >
      <Icon />{" "}
      <span>
        <b dir="auto">{nameOf(room, place.person)}</b> <span class="small">{words}</span>
      </span>
    </li>
  );
}

function markOf(place: RoundPlace, is_next: boolean, t: FloorTexts): [IconComponent, string] {
  switch (place.mark) {
    case "speaking":
      return [MicIcon, t.round_now];
    case "spoken":
      return [CheckIcon, t.round_spoke];
    case "passed":
      return [NextIcon, t.round_passed];
    case "later":
      return [LaterIcon, t.round_later];
    case "absent":
      return [OfflineIcon, t.round_absent];
    case "waiting":
      return [ClockIcon, is_next ? t.round_next : t.round_waits];
  }
}

/** A round begins when its order has been chosen. */
export function StartRound({ onClose }: { onClose: () => void }) {
  const t = useTexts(floorTexts);
  const c = useCommon();
  const line = useLine();
  const start = (seed?: number) => {
    void line.send({ type: "start_round", ...(seed === undefined ? {} : { seed }) });
    onClose();
  };
  return (
    <Dialog title={t.round_start} onClose={onClose}>
      <p class="lead">{t.round_start_what}</p>
      <div class="choices">
        <Choice icon={PeopleIcon} title={t.round_in_order} onPress={() => start()}>
          {t.round_in_order_what}
        </Choice>
        <Choice icon={RoundIcon} title={t.round_shuffled} onPress={() => start(drawSeed())}>
          {t.round_shuffled_what}
        </Choice>
      </div>
      <p class="foot">
        <Button onPress={onClose}>{c.cancel}</Button>
      </p>
    </Dialog>
  );
}

/** A number that a person can read out: 0 … 9999. */
function drawSeed(): number {
  return (crypto.getRandomValues(new Uint16Array(1))[0] ?? 0) % 10_000;
}
