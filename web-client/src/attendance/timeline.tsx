import type { UtcSpan } from "@protocol/api";
import { clockTime } from "../text/times";
import { useTexts } from "../view/app";
import { type DayRow, type DaySpan, hoursWithin } from "./day_view";
import { attendanceTexts } from "./text";

const WIDTH = 240;
const HEIGHT = 36;

/** Where a moment lies on the timeline, in tenths of a unit: no longer numbers than a screen can show. */
function place(day: DaySpan, at: number): number {
  const within = Math.min(Math.max(at, day.from), day.to) - day.from;
  return Math.round((within * WIDTH * 10) / (day.to - day.from)) / 10;
}

function bars(day: DaySpan, spans: readonly UtcSpan[], look: string, top: number, height: number) {
  return spans.map(({ from, to }) => {
    const x = place(day, from);
    const width = Math.max(0.5, place(day, to) - x);
    return <rect key={from} class={look} x={x} y={top} width={width} height={height} />;
  });
}

const spoken = (spans: readonly UtcSpan[]) =>
  spans.map(({ from, to }) => `${clockTime(from)}–${clockTime(to)}`).join(", ");

/** The day of one person as a timeline: connected, away, outages and breaks; and the same as a sentence. */
export function Timeline({ row, day, common }: { row: DayRow; day: DaySpan; common: string }) {
  const t = useTexts(attendanceTexts);
  const { intervals } = row;
  const sentence =
    intervals === null
      ? t.timeline_unknown
      : `${intervals.length > 0 ? t.timeline_connected(spoken(intervals)) : t.timeline_none}${common}`;
  return (
    <svg
      class="line4"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={sentence}
    >
      <path class="hour" d={hoursPath(day)} />
      <path class="base" d={`M0 18H${WIDTH}`} />
      {intervals && bars(day, intervals, "on", 8, 20)}
      {bars(day, day.breaks, "brk", 31, 4)}
      {bars(day, day.outages, "out", 3, 30)}
    </svg>
  );
}

function hoursPath(day: DaySpan): string {
  return hoursWithin(day)
    .map((at) => `M${place(day, at)} 0v${HEIGHT}`)
    .join("");
}

/** What every row's sentence ends with: the outages and breaks, which are the same for all. */
export function useCommonSentence(day: DaySpan | null): string {
  const t = useTexts(attendanceTexts);
  if (!day) return "";
  const outages = day.outages.length > 0 ? ` ${t.timeline_outages(spoken(day.outages))}` : "";
  const breaks = day.breaks.length > 0 ? ` ${t.timeline_breaks(spoken(day.breaks))}` : "";
  return outages + breaks;
}

/** The hours over the column, at their places. */
export function Hours({ day }: { day: DaySpan }) {
  return (
    <svg class="hour-marks" viewBox={`0 0 ${WIDTH} 14`} aria-hidden="true">
      {hoursWithin(day).map((at) => (
        <text key={at} x={place(day, at)} y="11" text-anchor="middle">
          {clockTime(at).replace(/\.00$/, "")}
        </text>
      ))}
    </svg>
  );
}

/** What the marks mean. The pattern of an outage is here too, once for the page. */
export function TimelineKey() {
  const t = useTexts(attendanceTexts);
  return (
    <ul class="key" aria-label={t.key}>
      <li>
        <svg class="line4" viewBox="0 0 40 36" aria-hidden="true">
          <defs>
            <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse">
              <path d="M-1 7L7-1M-1 1L1-1M5 7L7 5" stroke="currentColor" stroke-width="1.5" />
            </pattern>
          </defs>
          <rect class="on" x="0" y="8" width="40" height="20" />
        </svg>{" "}
        {t.key_on}
      </li>
      <li>
        <svg class="line4" viewBox="0 0 40 36" aria-hidden="true">
          <path class="base" d="M0 18H40" />
        </svg>{" "}
        {t.key_away}
      </li>
      <li>
        <svg class="line4" viewBox="0 0 40 36" aria-hidden="true">
          <rect class="out" x="8" y="3" width="24" height="30" />
        </svg>{" "}
        {t.key_outage}
      </li>
      <li>
        <svg class="line4" viewBox="0 0 40 36" aria-hidden="true">
          <rect class="brk" x="0" y="16" width="40" height="5" />
        </svg>{" "}
        {t.key_break}
      </li>
    </ul>
  );
}
