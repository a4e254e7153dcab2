import type { RoomTime, Turn } from "@protocol";
import { Caption } from "../speech/speech_screens";
import { the } from "../state/room_state";
import { nameOf, queue, spokenMs } from "../state/selectors";
import { runningTime } from "../text/times";
import { useFromRoom, useLine, useTexts } from "../view/app";
import { CupIcon, HourglassIcon, MicIcon, PauseIcon, PenIcon, SoundOffIcon } from "../view/icons";
import { useIsLineLost } from "../view/line_notice";
import { PhoneNumber } from "../view/phone";
import { Ticking } from "../view/times";
import { useVoice } from "../voice/use_voice";
import { roomTexts } from "./text/room";

/** More names than this are counted: the queue shall not push the chat off a phone. */
const NAMES_SHOWN = 8;

/** Who has the floor: the one field of cloudberry. Dashed when nobody has, or the line is lost. */
export function Floor() {
  const t = useTexts(roomTexts);
  const { room, me } = useLine();
  const turn = useFromRoom((state) => the(state, "turn"));
  const phase = useFromRoom((state) => the(state, "room")?.phase);
  const speaker = useFromRoom((state) => nameOf(state, turn?.speaker), [turn]);
  const is_lost = useIsLineLost();
  const sound = useVoice();

  if (is_lost) {
    return (
      <section class="floor off" aria-label={t.who_speaks}>
        {turn && turn.speaker !== me.value && (
          <div class="who">
            <SoundOffIcon />
            <h2>
              {t.spoke_last} <b dir="auto">{speaker}</b>
            </h2>
          </div>
        )}
        <p class="line">
          <small>{t.lost_what_label}</small> {t.lost_what}
        </p>
      </section>
    );
  }
  if (!turn) {
    const is_break = phase === "paused";
    const is_before = phase === "planned" || phase === "doors_open";
    return (
      <section class="floor off" aria-label={t.who_speaks}>
        <div class="who">
          {is_before ? <HourglassIcon /> : is_break ? <CupIcon /> : <MicIcon />}
          <h2>
            {is_before ? t.nobody_before : t.nobody_speaks}
            {is_break && <b>{t.break_quiet}</b>}
          </h2>
        </div>
        {is_break && <p class="line">{t.break_what}</p>}
        {sound && <sound.AlsoHeard />}
      </section>
    );
  }
  if (turn.speaker === me.value && turn.kind !== "written") {
    return (
      <section class="floor off" aria-label={t.who_speaks}>
        <div class="who">
          <MicIcon />
          <h2>
            {t.turn_is_yours} <b>{t.you_small}</b>
          </h2>
        </div>
        <Caption turn={turn} />
        {sound && <sound.AlsoHeard except={me.value} />}
      </section>
    );
  }
  const Icon = turn.state === "paused" ? PauseIcon : turn.state === "suspended" ? HourglassIcon : null;
  return (
    <section class={turn.state === "speaking" ? "floor" : "floor off"} aria-label={t.who_speaks}>
      <div class="who">
        {turn.kind === "written" ? (
          <PenIcon />
        ) : Icon ? (
          <Icon />
        ) : sound ? (
          <sound.SoundBars person={turn.speaker} otherwise={<Bars />} />
        ) : (
          <Bars />
        )}
        <h2>
          {turnWord(turn, t)} <b dir="auto">{speaker || nameOf(room.peek(), turn.speaker)}</b>
        </h2>
        {turn.kind !== "written" && (
          <p class="clock num">
            <small>
              <Ticking
                of={(now) => (isWishFull(turn, now) ? t.wish_is_full : t.has_spoken)}
                basis={[turn, t]}
              />
            </small>{" "}
            <Ticking of={(now) => runningTime(spokenMs(turn, now))} basis={[turn]} />
          </p>
        )}
      </div>
      {turn.text && (
        <p class="line">
          <small>{t.written_text}</small> <bdi>{turn.text}</bdi>
        </p>
      )}
      <Caption turn={turn} />
      {sound && <sound.AlsoHeard except={turn.speaker} />}
    </section>
  );
}

/** The time wished for has been used: everyone is told, gently, and nobody is cut off by it. */
function isWishFull(turn: Turn, now: RoomTime): boolean {
  const limit = turn.soft_limit_seconds ?? 0;
  return limit > 0 && spokenMs(turn, now) >= limit * 1000;
}

function turnWord(
  turn: Turn,
  t: { [W in "written_now" | "turn_paused" | "turn_waits" | "speaks_now"]: string },
): string {
  if (turn.state === "paused") return t.turn_paused;
  if (turn.state === "suspended") return t.turn_waits;
  return turn.kind === "written" ? t.written_now : t.speaks_now;
}

/** A turn is on. Drawn, not measured: for who does not listen here. */
function Bars() {
  return (
    <svg class="bars" viewBox="0 0 24 24" aria-hidden="true">
      <rect x="1" y="8" width="3" height="8" rx="1.5" />
      <rect x="6" y="4" width="3" height="16" rx="1.5" />
      <rect x="11" y="1" width="3" height="22" rx="1.5" />
      <rect x="16" y="5" width="3" height="14" rx="1.5" />
      <rect x="21" y="9" width="3" height="6" rx="1.5" />
    </svg>
  );
}

/** Those who come next, in the one order that everyone sees. */
export function LineUp() {
  const t = useTexts(roomTexts);
  const { room, me } = useLine();
  useFromRoom((state) => state.things.floor_request);
  useFromRoom((state) => state.things.person);
  useFromRoom((state) => the(state, "floor"));
  // Without a line the order here may be an old one; my own place is in the dock.
  const is_lost = useIsLineLost();
  const waiting = queue(room.peek());
  if (is_lost || waiting.length === 0) return null;
  const mine = waiting.findIndex(({ beneficiary }) => beneficiary === me.value);
  // My own place is always among those shown.
  const shown = waiting
    .map((request, index) => ({ request, place: index + 1 }))
    .filter(({ place }) => place <= NAMES_SHOWN || place === mine + 1);
  const more = waiting.length - shown.length;
  return (
    <section aria-labelledby="line-up-title">
      <h2 class="in-line" id="line-up-title">
        {t.next_speakers}
      </h2>
      <ol class="after line-up">
        {shown.map(({ request, place }) => {
          const is_me = request.beneficiary === me.value;
          const is_away = request.away_until !== undefined;
          return (
            <li key={request.id} class={is_me ? "me" : is_away ? "away" : undefined} value={place}>
              <b>{place}</b> <bdi>{is_me ? t.you_small : nameOf(room.peek(), request.beneficiary)}</bdi>
              {is_away && <span class="vh"> {t.away_mark}</span>}
            </li>
          );
        })}
        {more > 0 && <li class="rest">{t.more_waiting(more)}</li>}
      </ol>
    </section>
  );
}

/** Three lines for one who comes late. */
export function WhereWeAre() {
  const t = useTexts(roomTexts);
  const info = useFromRoom((state) => the(state, "room"));
  if (!info || info.where_we_are.length === 0) return null;
  return (
    <details class="fold after">
      <summary>{t.where_we_are}</summary>
      <ul class="stack-s">
        {info.where_we_are.map((text) => (
          <li key={text} dir="auto">
            {text}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Whom to call when the line does not come back. */
export function CallWhenLost() {
  const t = useTexts(roomTexts);
  const phone = useFromRoom((state) => the(state, "room")?.help_phone);
  const is_lost = useIsLineLost();
  if (!is_lost || !phone) return null;
  return (
    <p class="after">
      {t.lost_call} <PhoneNumber phone={phone} />
    </p>
  );
}
