import type { UtcTime } from "@protocol";
import type { PhoneRow, PhoneTask } from "@protocol/api";
import { useState } from "preact/hooks";
import { clockTime } from "../text/times";
import { useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, TaskIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { ClockChoice, clockOf, NO_CLOCK } from "./clock_choice";
import { checkClocks } from "./next_call";
import { phoneDayTexts } from "./text";

/** What is given to somebody who has answered. */
export interface GivenTask extends PhoneTask {
  readonly check_at?: string;
}

const OFFERED_MAX = 4;
const MINUTES_MAX = 480;

/** Which task, for how long, and when a worker asks how it went. */
export function TaskForm(props: {
  row: PhoneRow;
  tasks: readonly PhoneTask[];
  now: UtcTime;
  ends_at: UtcTime;
  onGive: (task: GivenTask) => void;
  onBack: () => void;
}) {
  const { row, tasks, now, ends_at, onGive, onBack } = props;
  const t = useTexts(phoneDayTexts);
  const { last, task } = row;
  const go_on = last && { title: last.title, minutes: last.minutes ?? 60 };
  const offered = tasks
    .filter(({ title }) => title !== last?.title)
    .slice(0, OFFERED_MAX)
    .map((one) => ({ ...one, what: "" }));
  const choices = [
    ...(go_on ? [{ ...go_on, what: t.done_last, label: t.go_on(go_on.title) }] : []),
    ...offered.map((one) => ({ ...one, label: one.title })),
  ];
  const [chosen, setChosen] = useState<number | "own" | null>(task || choices.length === 0 ? "own" : null);
  const [title, setTitle] = useState(task?.title ?? "");
  const [minutes, setMinutes] = useState(String(task?.minutes ?? 60));
  const clocks = checkClocks(now, ends_at);
  const [clock, setClock] = useState({
    ...NO_CLOCK,
    choice:
      clocks[1] !== undefined ? clockTime(clocks[1]) : clocks[0] !== undefined ? clockTime(clocks[0]) : "",
  });
  const [wrong, setWrong] = useState("");

  const give = (event: Event) => {
    event.preventDefault();
    const one = typeof chosen === "number" ? choices[chosen] : undefined;
    const given = one ?? { title: title.trim(), minutes: Number(minutes) };
    if (!given.title) return setWrong(t.title_missing);
    if (!Number.isInteger(given.minutes) || given.minutes < 1 || given.minutes > MINUTES_MAX)
      return setWrong(t.minutes_wrong);
    const check_at = clockOf(clock);
    if (clock.choice === "other" && !check_at) return setWrong(t.clock_missing);
    setWrong("");
    onGive({ title: given.title, minutes: given.minutes, ...(check_at && { check_at }) });
  };
  const id = `task-${row.person}`;
  return (
    <form class="stack" onSubmit={give}>
      {row.agreed_before && <p class="quiet">{t.agreed_last(row.agreed_before)}</p>}
      <fieldset class="picks">
        <legend class="vh">{t.which_task}</legend>
        {choices.map((one, index) => (
          <label class="pick" key={`${index} ${one.title}`}>
            <input type="radio" name={id} checked={chosen === index} onChange={() => setChosen(index)} />{" "}
            <span class="choice">
              <TaskIcon />
              <span class="grow">
                <b dir="auto">{one.label}</b>
                {one.what} <span class="quiet">{t.minutes(one.minutes)}</span>
              </span>
            </span>
          </label>
        ))}
        <label class="pick">
          <input type="radio" name={id} checked={chosen === "own"} onChange={() => setChosen("own")} />{" "}
          <span class="choice">
            <TaskIcon />
            <span class="grow">
              <b>{t.own_task}</b>
              {t.own_task_what}
            </span>
          </span>
        </label>
      </fieldset>
      {chosen === "own" && (
        <div class="stack">
          <div class="field">
            <label for={`${id}-title`}>{t.task_title}</label>
            <input
              dir="auto"
              id={`${id}-title`}
              autocomplete="off"
              maxLength={120}
              value={title}
              onInput={(event) => setTitle(event.currentTarget.value)}
            />
          </div>
          <div class="field">
            <label for={`${id}-minutes`}>{t.task_minutes}</label>
            <input
              id={`${id}-minutes`}
              autocomplete="off"
              inputMode="numeric"
              maxLength={3}
              value={minutes}
              onInput={(event) => setMinutes(event.currentTarget.value)}
            />
          </div>
        </div>
      )}
      <ClockChoice
        id={`${id}-check`}
        legend={t.when_check}
        clocks={clocks}
        chosen={clock}
        onChoose={setClock}
      />
      {wrong && <Note look="stop" icon={WarnIcon} title={wrong} />}
      <div class="dock halves thumb">
        <Button look="main" is_submit icon={CheckIcon}>
          {t.give}
        </Button>
        <Button onPress={onBack}>{t.back_to_list}</Button>
      </div>
    </form>
  );
}
