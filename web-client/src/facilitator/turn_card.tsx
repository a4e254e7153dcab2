import { computed } from "@preact/signals";
import type { Turn } from "@protocol";
import { useMemo, useState } from "preact/hooks";
import { Caption, SpeechWriter } from "../speech/speech_screens";
import { speechTexts } from "../speech/text";
import { lengthText } from "../staff/durations";
import { useMay } from "../staff/may";
import { useRoomOf } from "../staff/room_of";
import { the } from "../state/room_state";
import { nameOf, person, spokenMs } from "../state/selectors";
import { runningTime } from "../text/times";
import { useCommon, useLine, useRoomNow, useTexts } from "../view/app";
import { Button } from "../view/button";
import {
  BellIcon,
  CallIcon,
  HourglassIcon,
  MicIcon,
  NextIcon,
  PauseIcon,
  PenIcon,
  PlayIcon,
  StopIcon,
} from "../view/icons";
import { Badge } from "../view/marks";
import { Ticking } from "../view/times";
import { useVoice } from "../voice/use_voice";
import { grantNext, limitShare, nextUp } from "./floor_view";
import { type FloorTexts, floorTexts } from "./text";

/** Who has the floor, for how long, and what a facilitator can do about it. */
export function TurnCard() {
  const t = useTexts(floorTexts);
  const line = useLine();
  const may = useMay();
  const room = useRoomOf("turn", "floor_request", "floor", "round", "person");
  const turn = the(room, "turn");
  const next = nextUp(room);
  const next_name = next ? nameOf(room, next.person) : "";
  const sound = useVoice();
  const giveNext = next ? () => void line.send(grantNext(line.room.peek(), next)) : undefined;

  if (!turn) {
    return (
      <section class="floor off" aria-label={t.turn_label}>
        <div class="who">
          <MicIcon />
          <h2>
            {t.nobody} {!next && <span class="quiet">{t.nobody_waits}</span>}
          </h2>
        </div>
        {sound && <sound.AlsoHeard />}
        {may("grant_floor") && (
          <div class="row acts">
            <Button
              look="main"
              icon={NextIcon}
              unusable_because={next ? undefined : t.next_none_why}
              onPress={giveNext}
            >
              {next ? t.give_to(next_name) : t.next_none}
            </Button>
          </div>
        )}
      </section>
    );
  }

  const is_running = turn.state === "speaking";
  const is_on_phone = person(room, turn.speaker)?.on_phone ?? false;
  // Who is read aloud or is on the phone has no button of their own: staff say that they have finished.
  const is_ended_by_us = is_on_phone || turn.kind === "written";
  const end_turn = (
    <Button
      icon={StopIcon}
      onPress={() => void line.send({ type: is_ended_by_us ? "release_turn" : "revoke_turn", turn: turn.id })}
    >
      {t.end_turn}
    </Button>
  );
  return (
    <section class={turn.state === "speaking" ? "floor" : "floor off"} aria-label={t.turn_label}>
      <div class="who">
        <TurnMark turn={turn} />
        <h2>
          {saysWhat(turn, t)} <b dir="auto">{nameOf(room, turn.speaker)}</b>{" "}
          {is_on_phone && <Badge icon={CallIcon}>{t.on_phone}</Badge>}
        </h2>
        <Clock turn={turn} />
      </div>
      <LimitBar turn={turn} />
      {turn.text && (
        <figure class="line read">
          <figcaption>
            <small>{t.read_aloud}</small>
          </figcaption>
          <blockquote dir="auto">{turn.text}</blockquote>
        </figure>
      )}
      <Caption turn={turn} />
      {sound && <sound.AlsoHeard except={turn.speaker} />}
      {may("grant_floor") && (
        <div class="row acts">
          <Button
            look="main"
            icon={NextIcon}
            unusable_because={next ? undefined : t.next_none_why}
            onPress={giveNext}
          >
            {next ? t.next(next_name) : t.next_none}
          </Button>
          {turn.state !== "suspended" && (
            <Button
              icon={is_running ? PauseIcon : PlayIcon}
              onPress={() =>
                void line.send({ type: is_running ? "pause_turn" : "continue_turn", turn: turn.id })
              }
            >
              {is_running ? t.pause : t.continue_turn}
            </Button>
          )}
          {turn.kind !== "written" && turn.state !== "suspended" && (
            <Button icon={BellIcon} onPress={() => void line.send({ type: "nudge_speaker", turn: turn.id })}>
              {turn.nudged_at === undefined ? t.nudge : t.nudged}
            </Button>
          )}
          {end_turn}
        </div>
      )}
      {!may("grant_floor") && is_ended_by_us && <div class="row acts">{end_turn}</div>}
      {turn.kind !== "written" && <Captions turn={turn} />}
    </section>
  );
}

function saysWhat(turn: Turn, t: FloorTexts): string {
  if (turn.state === "suspended") return t.suspended_now;
  if (turn.state === "paused") return t.paused_now;
  if (turn.kind === "written") return t.reads_now;
  return turn.kind === "reply" ? t.reply_now : t.speaks_now;
}

/** Written for who speaks, so that everyone can read them. */
function Captions({ turn }: { turn: Turn }) {
  const s = useTexts(speechTexts);
  const [is_writing, setWriting] = useState(false);
  if (is_writing) return <SpeechWriter key={turn.id} turn={turn} onClose={() => setWriting(false)} />;
  return (
    <div class="row acts">
      <Button icon={PenIcon} onPress={() => setWriting(true)}>
        {s.write_for}
      </Button>
    </div>
  );
}

function TurnMark({ turn }: { turn: Turn }) {
  const sound = useVoice();
  if (turn.state === "paused") return <PauseIcon />;
  if (turn.state === "suspended") return <HourglassIcon />;
  if (turn.kind === "written") return <PenIcon />;
  const drawn = (
    <svg class="bars" viewBox="0 0 24 24" aria-hidden="true">
      <rect x="1" y="8" width="3" height="8" rx="1.5" />
      <rect x="6" y="4" width="3" height="16" rx="1.5" />
      <rect x="11" y="1" width="3" height="22" rx="1.5" />
      <rect x="16" y="5" width="3" height="14" rx="1.5" />
      <rect x="21" y="9" width="3" height="6" rx="1.5" />
    </svg>
  );
  return sound ? <sound.SoundBars person={turn.speaker} otherwise={drawn} /> : drawn;
}

function Clock({ turn }: { turn: Turn }) {
  const t = useTexts(floorTexts);
  const c = useCommon();
  const limit = turn.soft_limit_seconds;
  const until = turn.suspended_until;
  return (
    <p class="clock num">
      <small>
        {turn.state === "suspended" && until !== undefined ? (
          <Ticking of={(now) => t.suspended_left(runningTime(until - now))} basis={[until, t]} />
        ) : limit ? (
          <Ticking
            of={(now) =>
              spokenMs(turn, now) >= limit * 1000
                ? t.over
                : (turn.limit_is_hard ? t.limit : t.wish)(limitText(limit, c.minutes))
            }
            basis={[turn, t]}
          />
        ) : null}
      </small>{" "}
      <Ticking of={(now) => runningTime(spokenMs(turn, now))} basis={[turn]} />
    </p>
  );
}

/** "3 minuuttia"; a length that is not whole minutes in minutes and seconds. */
export function limitText(seconds: number, minutes: (count: number) => string): string {
  return seconds % 60 === 0 ? minutes(seconds / 60) : lengthText(seconds * 1000);
}

const BAR = 298;

/** How much of the time wished for has been used. It stands empty, not gone, when there is no wish: nothing jumps. */
function LimitBar({ turn }: { turn: Turn }) {
  const t = useTexts(floorTexts);
  const c = useCommon();
  const now = useRoomNow();
  const limit = turn.soft_limit_seconds;
  const width = useMemo(
    () => computed(() => BAR * (limitShare(spokenMs(turn, now.value ?? turn.since), limit) ?? 0)),
    [turn, now],
  );
  const label = useMemo(
    () =>
      computed(() =>
        limit
          ? t.bar(lengthText(spokenMs(turn, now.value ?? turn.since)), limitText(limit, c.minutes))
          : undefined,
      ),
    [turn, now, t],
  );
  if (!limit) return null;
  return (
    <svg class="limit" viewBox="0 0 300 12" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect class="all" x="1" y="1" width={BAR} height="10" />
      <rect class="used" x="1" y="1" width={width} height="10" />
    </svg>
  );
}
