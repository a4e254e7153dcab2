import type { PersonId, UtcTime } from "@protocol";
import type { PhoneRow } from "@protocol/api";
import { useState } from "preact/hooks";
import { Radios } from "../staff/switch";
import { clockTime } from "../text/times";
import { useTexts } from "../view/app";
import { Button } from "../view/button";
import { BellIcon, CalendarIcon, CallIcon, CheckIcon, ClockIcon, TaskIcon, WarnIcon } from "../view/icons";
import { Badge } from "../view/marks";
import { isCheckDue } from "./next_call";
import { type PhoneDayTexts, phoneDayTexts } from "./text";

const TALLIED = ["to_call", "doing", "checked", "not_reached", "excused"] as const;

/** Everybody of the day, and how far it is with each. */
export function PeopleList(props: {
  rows: readonly PhoneRow[];
  now: UtcTime;
  /** There are others' people among them. */
  sees_all: boolean;
  in_hand: PersonId | undefined;
  onOpen: (person: PersonId) => void;
}) {
  const { rows, now, sees_all, in_hand, onOpen } = props;
  const t = useTexts(phoneDayTexts);
  const [side, setSide] = useState<"own" | "all">("all");
  const own = rows.filter(({ is_own }) => is_own);
  const shown = sees_all && side === "own" ? own : rows;
  const has_sides = sees_all && own.length > 0 && own.length < rows.length;
  const { columns } = t;
  return (
    <section class="sheet" aria-labelledby="phone-people">
      <div class="sheet-h">
        <h2 id="phone-people">{sees_all ? t.all : t.own}</h2> <span class="count num">{shown.length}</span>
        {has_sides && (
          <div class="push">
            <Radios
              name="phone-side"
              legend={t.show}
              is_legend_hidden
              value={side}
              options={[
                { value: "own", label: t.counted(t.own, own.length) },
                { value: "all", label: t.counted(t.all, rows.length) },
              ]}
              onChoose={setSide}
            />
          </div>
        )}
      </div>
      <ul class="tally">
        {TALLIED.map((state) => {
          const count = shown.filter((row) => isTallied(row, state)).length;
          return (
            count > 0 && (
              <li key={state}>
                <b class="num">{count}</b> {t.tally[state]}
              </li>
            )
          );
        })}
      </ul>
      <div class="foot">
        <table class="day rows tight">
          <caption class="vh">{t.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{columns.person}</th>
              <th scope="col">{columns.state}</th>
              <th scope="col">{columns.task}</th>
              <th scope="col" class="n">
                {columns.time}
              </th>
              <th scope="col">{columns.what}</th>
            </tr>
          </thead>
          <tbody>
            {inOrder(shown).map((row) => (
              <Row
                key={row.person}
                row={row}
                now={now}
                is_on={row.person === in_hand}
                onOpen={() => onOpen(row.person)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p class="quiet small foot">{t.never_absent}</p>
    </section>
  );
}

function Row(props: { row: PhoneRow; now: UtcTime; is_on: boolean; onOpen: () => void }) {
  const { row, now, is_on, onOpen } = props;
  const t = useTexts(phoneDayTexts);
  const minutes = row.minutes ?? row.task?.minutes;
  const none = <span class="vh">{t.not_yet_cell}</span>;
  return (
    <tr class={is_on ? "on" : undefined}>
      <th scope="row">
        <Button look="plain" label={t.open(row.name)} onPress={onOpen}>
          <b dir="auto">{row.name}</b>
        </Button>
        {row.supervisor && (
          <>
            <br />
            <span class="small quiet" dir="auto">
              {row.supervisor}
            </span>
          </>
        )}
      </th>
      <td>
        <StateBadge row={row} now={now} />
      </td>
      <td class={row.task ? undefined : "none"} dir="auto">
        {row.task?.title ?? none}
      </td>
      <td class={minutes === undefined ? "n num none" : "n num"}>
        {minutes === undefined ? none : t.minutes(minutes)}
      </td>
      <td class="quiet" dir="auto">
        {what(row, t)}
      </td>
    </tr>
  );
}

function StateBadge({ row, now }: { row: PhoneRow; now: UtcTime }) {
  const t = useTexts(phoneDayTexts);
  const { state, tries } = row;
  if (isCheckDue(row, now))
    return (
      <Badge look="strong" icon={BellIcon}>
        {t.check_due}
      </Badge>
    );
  if (state === "to_call" && tries.length > 0)
    return (
      <Badge look="wait" icon={ClockIcon}>
        {t.tried(tries.length)}
      </Badge>
    );
  const words = t.states[state];
  switch (state) {
    case "checked":
      return (
        <Badge look="good" icon={CheckIcon}>
          {words}
        </Badge>
      );
    case "not_reached":
      return (
        <Badge look="stop" icon={WarnIcon}>
          {words}
        </Badge>
      );
    case "doing":
      return <Badge icon={TaskIcon}>{words}</Badge>;
    case "excused":
      return <Badge icon={CalendarIcon}>{words}</Badge>;
    default:
      return <Badge icon={CallIcon}>{words}</Badge>;
  }
}

/** The last column: what a worker should know of them at a glance. */
function what(row: PhoneRow, t: PhoneDayTexts): string {
  const { state, check_at, checked_at, tries, best_time } = row;
  if (state === "doing" && check_at !== undefined) return t.of_check(clockTime(check_at));
  if (state === "checked" && checked_at !== undefined) return t.of_checked(clockTime(checked_at));
  if (tries.length > 0) return t.of_tries(tries.map(clockTime).join(", "));
  return state === "to_call" && best_time ? t.of_best(best_time) : "";
}

/** Somebody who has answered and has no task yet is no longer to be called. */
const isTallied = ({ state }: PhoneRow, tallied: (typeof TALLIED)[number]) =>
  tallied === "doing" ? state === "doing" || state === "called" : state === tallied;

const ORDER = ["called", "to_call", "doing", "checked", "not_reached", "excused"];

const inOrder = (rows: readonly PhoneRow[]) =>
  [...rows].sort(
    (one, other) =>
      ORDER.indexOf(one.state) - ORDER.indexOf(other.state) || one.name.localeCompare(other.name, "fi"),
  );
