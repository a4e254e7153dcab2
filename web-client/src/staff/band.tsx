import { utcOf } from "../connection/clock";
import { isDayOver } from "../state/phase";
import { the } from "../state/room_state";
import { agenda, isStaff } from "../state/selectors";
import { clockTime, runningTime } from "../text/times";
import { useCommon, useFromRoom, useLine, useTexts } from "../view/app";
import { Badge } from "../view/marks";
import { Ticking } from "../view/times";
import { shellTexts } from "./text/shell";

/** The theme in one row: question, what comes next, how many are here, the time. In a break the countdown. */
export function StaffBand() {
  const t = useTexts(shellTexts);
  const c = useCommon();
  const { clock, room } = useLine();
  const info = useFromRoom((state) => the(state, "room"));
  // Read for their changes: the view below is made from the room as it is.
  useFromRoom((state) => the(state, "agenda"));
  const present = useFromRoom(
    (state) =>
      [...state.things.person.values()].filter((one) => one.presence === "present" && !isStaff(one)).length,
  );
  const reading = clock.value;
  if (!info || !reading) return null;
  const { current, next, next_at, next_planned } = agenda(room.peek());
  const next_starts = next_at === null ? next_planned : utcOf(reading, next_at);
  const is_break = info.phase === "paused";
  const is_over = isDayOver(info.phase);
  const break_ends = info.break_ends_at;
  return (
    <section class="theme" aria-label={c.theme}>
      <h1 class="now-item">
        <b dir="auto">{info.theme}</b> {info.phase !== "live" && <span>{c.phases[info.phase]}</span>}
      </h1>
      {is_break && break_ends !== undefined ? (
        <p class="question">
          {c.break_until(clockTime(utcOf(reading, break_ends)))}{" "}
          <span class="num" aria-hidden="true">
            <Ticking of={(now) => runningTime(break_ends - now)} basis={[break_ends]} />
          </span>
        </p>
      ) : (
        <p class="question" dir="auto">
          {current?.question ?? current?.title ?? ""}
        </p>
      )}
      {next && !is_over && (
        <p class="comes">
          {next_starts !== null ? c.comes_at(clockTime(next_starts)) : `${c.coming_next}:`}{" "}
          <b dir="auto">{next.title}</b>
        </p>
      )}
      {info.anonymous_among_participants && (
        <p class="comes">
          <Badge look="strong">{t.anonymous_day}</Badge>
        </p>
      )}
      <p class="comes push">
        {t.present} <b class="num">{present}</b>
      </p>
      <p class="comes">
        {t.clock}{" "}
        <b class="num">
          <Ticking of={(now) => clockTime(utcOf(reading, now))} basis={[reading]} />
        </b>
      </p>
    </section>
  );
}
