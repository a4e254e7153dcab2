import { computed, type ReadonlySignal } from "@preact/signals";
import type { PersonId } from "@protocol";
import { useMemo } from "preact/hooks";
import { nameOf } from "../state/selectors";
import { useFromRoom, useLine, useTexts } from "../view/app";
import { voiceTexts } from "./text";
import { useRoomVoice } from "./use_room_voice";

/** The five bars of the visual language: from the left edge, and how high each is when it is loud. */
const BARS = [
  [1, 8],
  [6, 16],
  [11, 22],
  [16, 14],
  [21, 6],
] as const;
const HEIGHT = 24;
/** How high a bar is in silence. */
const REST = 0.25;

/** Bars as high as the sound is loud. */
export function Bars({ level, label }: { level: ReadonlySignal<number>; label?: string }) {
  const heights = useMemo(
    () => BARS.map(([, full]) => computed(() => full * (REST + (1 - REST) * level.value))),
    [level],
  );
  return (
    <svg
      class="bars live"
      viewBox={`0 0 ${HEIGHT} ${HEIGHT}`}
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : "true"}
    >
      {BARS.map(([x], index) => (
        <Bar key={x} x={x} height={heights[index] as ReadonlySignal<number>} />
      ))}
    </svg>
  );
}

function Bar({ x, height }: { x: number; height: ReadonlySignal<number> }) {
  const top = useMemo(() => computed(() => (HEIGHT - height.value) / 2), [height]);
  return <rect x={x} y={top} width="3" height={height} rx="1.5" />;
}

/**
 * The sign of a speaker's sound, for eyes and for programs; in no live region. `Otherwise` where this page does not
 * listen.
 */
export function SoundBars({ person, otherwise }: { person: PersonId; otherwise: preact.JSX.Element }) {
  const t = useTexts(voiceTexts);
  const { listening } = useRoomVoice();
  const line = useLine();
  const level = useMemo(
    () => computed(() => listening.voices.value.find((one) => one.person === person)?.level ?? 0),
    [listening, person],
  );
  const is_heard = useMemo(() => computed(() => level.value > 0), [level]).value;
  if (listening.state.value.kind !== "on") return otherwise;
  return <Bars level={level} label={is_heard ? t.sound_of(nameOf(line.room.peek(), person)) : t.no_sound} />;
}

/** Those who are heard beside the holder of the turn: the stage. */
export function AlsoHeard({ except }: { except?: PersonId | undefined }) {
  const t = useTexts(voiceTexts);
  const { listening } = useRoomVoice();
  const line = useLine();
  // A text, so that it is drawn again only when the names are others.
  const ids = useMemo(
    () =>
      computed(() =>
        listening.voices.value
          .map(({ person }) => person)
          .filter((person) => person !== except)
          .sort((a, b) => a - b)
          .join(),
      ),
    [listening, except],
  ).value;
  useFromRoom((room) => room.things.person);
  if (ids === "") return null;
  return (
    <p class="also-heard">
      {except === undefined ? t.heard_now : t.heard_too}{" "}
      <b>
        {ids
          .split(",")
          .map((id) => nameOf(line.room.peek(), Number(id)))
          .join(", ")}
      </b>
    </p>
  );
}
