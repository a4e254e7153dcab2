import { utcOf } from "../connection/clock";
import { the } from "../state/room_state";
import { agenda } from "../state/selectors";
import { aboutMinutes, clockTime, runningTime } from "../text/times";
import { useCommon, useFromRoom, useLine } from "./app";
import { Ticking } from "./times";

/** The sign on the table: theme, question, what comes next. In a break it is the countdown. */
export function ThemeBand() {
  const t = useCommon();
  const { clock } = useLine();
  const info = useFromRoom((room) => the(room, "room"));
  // The agenda is one thing: as long as it is the same, so is what is read from it.
  const things = useFromRoom((room) => the(room, "agenda"));
  const room = useLine().room.peek();
  const reading = clock.value;
  if (!info || !reading) return null;

  const { current, next, next_at } = agenda(room);
  const is_break = info.phase === "paused";
  const is_before = info.phase === "doors_open" || info.phase === "planned";
  const break_ends = info.break_ends_at;
  const question = is_break
    ? break_ends === undefined
      ? t.break_now
      : t.break_until(clockTime(utcOf(reading, break_ends)))
    : (current?.question ?? current?.title ?? info.theme);
  const title = is_before ? (current?.question ?? info.theme) : question;
  const kind = is_break
    ? t.break_now
    : is_before || info.phase === "rehearsal"
      ? t.phases[info.phase]
      : current && t.agenda_kinds[current.kind];

  return (
    <section class="theme" aria-label={t.theme} key={things?.current}>
      <p class="now-item">
        {title !== info.theme && <b dir="auto">{info.theme}</b>} {kind}
      </p>
      <h1 class="question" dir="auto">
        {title}
      </h1>
      {is_break && break_ends !== undefined && (
        <p class="left num" role="timer">
          <span aria-hidden="true">
            <Ticking of={(now) => runningTime(break_ends - now)} basis={[break_ends]} />
          </span>
          <span class="vh">
            <Ticking of={(now) => t.break_left(aboutMinutes(break_ends - now))} basis={[break_ends, t]} />
          </span>
        </p>
      )}
      {is_before ? (
        <p class="comes">
          <Ticking
            of={(now) => {
              const left = info.starts_at - utcOf(reading, now);
              return left > 0 ? t.starts_in(aboutMinutes(left)) : t.starts_soon;
            }}
            basis={[info, reading, t]}
          />
        </p>
      ) : (
        next && (
          <p class="comes">
            {next_at !== null && !is_break
              ? t.comes_at(clockTime(utcOf(reading, next_at)))
              : `${t.coming_next}:`}{" "}
            <b dir="auto">{next.title}</b>
          </p>
        )
      )}
    </section>
  );
}
