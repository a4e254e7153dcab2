import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useApp, useTexts } from "../view/app";
import { Button, classes } from "../view/button";
import { CheckIcon, type IconComponent, UpIcon, WarnIcon } from "../view/icons";
import { dateOf, monthOf } from "./days";
import { DayOffIcon } from "./icons";
import { type Crew, PLACES, type StripDay, type StripLane, type TileLook } from "./strip_day";
import { programmeTexts } from "./text";

const LANES_MAX = 6;
const CLASS: Record<TileLook, string> = {
  sealed: "btn main",
  waits: "btn wait",
  planned: "btn",
  unmade: "btn wait",
  away: "btn away",
  off: "off",
};

/** Where a phone's list begins: what is done before it is folded away. */
export function firstUnfinished(days: readonly StripDay[]): number {
  const at = days.findIndex(({ look, is_past }) => !is_past || look === "waits");
  return at < 0 ? days.length : at;
}

/**
 * The season as one thread through the lanes of its series. On a phone it is a list that begins at the first day that
 * is not finished. Without days that can be told, it is a picture only.
 */
export function SeasonStrip(props: {
  label: string;
  lanes: readonly StripLane[];
  days: readonly StripDay[];
  /** Nothing to read: what the season will look like. */
  is_picture?: boolean;
}) {
  const { label, lanes, days, is_picture } = props;
  const t = useTexts(programmeTexts);
  const { language } = useApp();
  const [is_open, setOpen] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  const first = firstUnfinished(days);
  const has_crew = days.some(({ crew }) => crew);
  const is_strip = lanes.length <= LANES_MAX;

  // A season that is longer than the screen is wide shows the day that comes.
  useLayoutEffect(() => {
    const tile = list.current?.querySelector<HTMLElement>("[aria-current]");
    const box = list.current?.parentElement?.parentElement;
    if (tile && box) box.scrollLeft = tile.offsetLeft - box.clientWidth / 2;
  }, [days]);
  useLayoutEffect(() => {
    if (is_open) list.current?.querySelector<HTMLElement>("a")?.focus();
  }, [is_open]);

  return (
    <div class={is_strip ? `season woven lanes-${lanes.length}` : "season"} aria-hidden={is_picture}>
      <ul class="lanes" aria-hidden="true">
        <li />
        {lanes.map(({ name, icon: Icon, note }) => (
          <li key={name}>
            <Icon />{" "}
            <span>
              {name}
              <span class="line quiet small">{note}</span>
            </span>
          </li>
        ))}
        <li class="small quiet">{has_crew && t.crew_short}</li>
      </ul>
      <div class="weave">
        <div class="woven-in">
          {is_strip && <Thread lanes={lanes.length} days={days} />}
          <ol aria-label={label} ref={list}>
            {first > 0 && !is_open && (
              <li class="past-btn">
                <Button icon={UpIcon} onPress={() => setOpen(true)}>
                  {t.show_past(first)}
                </Button>
              </li>
            )}
            {days.map((day, at) => {
              const month = day.day && monthOf(day.day, language.value);
              const before = days[at - 1]?.day;
              const after = days[at + 1]?.day;
              // A month of one day is as narrow as the day: its name would run into the next one's.
              const has_room = month && after && monthOf(after, language.value) === month;
              return (
                // Days of a picture have no date.
                <li key={day.day || at} class={classes(at < first && !is_open && "past")}>
                  {has_room && (!before || monthOf(before, language.value) !== month) && (
                    <span class="month" aria-hidden="true">
                      {month}
                    </span>
                  )}
                  <Tile day={day} icon={lanes[day.lane]?.icon} />
                  {day.crew && <CrewDots crew={day.crew} />}
                </li>
              );
            })}
          </ol>
        </div>
      </div>
    </div>
  );
}

function Tile({ day, icon }: { day: StripDay; icon: IconComponent | undefined }) {
  const name = classes("tile", `s${day.lane + 1}`, CLASS[day.look]);
  if (!day.day) return <span class={name} />;
  const Icon =
    day.look === "sealed"
      ? CheckIcon
      : day.look === "waits"
        ? WarnIcon
        : day.look === "off" || day.look === "away"
          ? DayOffIcon
          : (icon ?? CheckIcon);
  const inside = (
    <>
      <Icon /> <b class="num">{dateOf(day.day)}</b>{" "}
      <span class="what">
        <bdi>{day.title}</bdi> <small>{day.what}</small>
      </span>
    </>
  );
  const current = day.is_next ? "true" : undefined;
  return day.to ? (
    <a class={name} href={`#${day.to}`} aria-current={current} title={day.title}>
      {inside}
    </a>
  ) : (
    <span class={name} aria-current={current} title={day.title}>
      {inside}
    </span>
  );
}

/** Solid to today, dashed after it. */
function Thread({ lanes, days }: { lanes: number; days: readonly StripDay[] }) {
  const points = days.flatMap(({ lane, look, is_past }, at) =>
    look === "off" ? [] : [{ at: `${at * 10 + 5} ${lane * 10 + 5}`, is_past }],
  );
  const past = points.filter(({ is_past }) => is_past).length;
  const path = (part: typeof points) => part.map(({ at }, index) => `${index ? "L" : "M"}${at}`).join("");
  return (
    <svg
      class="thread-line"
      viewBox={`0 0 ${days.length * 10} ${lanes * 10}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {past > 1 && <path d={path(points.slice(0, past))} />}
      <path class="to-come" d={path(points.slice(Math.max(0, past - 1)))} />
    </svg>
  );
}

function CrewDots({ crew }: { crew: Crew }) {
  const t = useTexts(programmeTexts);
  const taken = [crew.facilitators, crew.moderators].flatMap((count) =>
    Array.from({ length: PLACES }, (_, place) => place < count),
  );
  return (
    <svg class="dots crew" viewBox="0 0 41 12" role="img" aria-label={t.crew(crew)}>
      <title>{t.crew(crew)}</title>
      {taken.map((is_taken, place) => (
        <circle key={place} cx={6 + place * 9.5} cy={6} r={3} class={is_taken ? "v" : undefined} />
      ))}
    </svg>
  );
}

/** What the tiles mean: those that the season has. */
export function StripKey({ days }: { days: readonly StripDay[] }) {
  const t = useTexts(programmeTexts);
  const looks = (["sealed", "waits", "planned", "unmade", "away"] as const).filter((look) =>
    days.some((day) => day.look === look && !day.is_next),
  );
  const has_crew = days.some(({ crew }) => crew);
  return (
    <ul class="key foot" aria-label={t.key}>
      {looks.map((look) => (
        <li key={look}>
          <span class={`tile ${CLASS[look]}`} /> {t.looks[look]}
        </li>
      ))}
      {days.some(({ is_next }) => is_next) && (
        <li>
          <span class="tile btn" aria-current="true" /> {t.look_next}
        </li>
      )}
      {has_crew &&
        [true, false].map((is_taken) => (
          <li key={String(is_taken)}>
            <svg class="dots" viewBox="0 0 24 24" aria-hidden="true">
              <circle cx="12" cy="12" r="7" class={is_taken ? "v" : undefined} />
            </svg>{" "}
            {is_taken ? t.place_taken : t.place_free}
          </li>
        ))}
    </ul>
  );
}
