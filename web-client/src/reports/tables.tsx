import type { Mark } from "@protocol";
import type { DayAnswer, PersonDay, PersonTotal } from "@protocol/api";
import { useState } from "preact/hooks";
import { NamesOffPaper } from "../attendance/counts";
import { useKindName } from "../attendance/kinds";
import { MARKS } from "../attendance/row";
import { type AttendanceTexts, attendanceTexts } from "../attendance/text";
import { fullDate } from "../coordinator/dates";
import { minutesText } from "../staff/durations";
import { clockTime } from "../text/times";
import { useTexts } from "../view/app";
import { classes } from "../view/button";
import { LockIcon } from "../view/icons";
import { Badge } from "../view/marks";
import { daysOf, minutesOf, newestFirst, sumOf } from "./report_view";
import { type ReportTexts, reportTexts } from "./text";

/** One row a person; a press shows the days behind it. On paper all are shown. */
export function PeopleTable(props: {
  totals: readonly PersonTotal[];
  days: readonly DayAnswer[];
  /** Whose people they are is worth saying. */
  has_supervisors: boolean;
  is_on_paper: boolean;
  /** It has days of which nobody is named on paper. */
  is_screen_only: boolean;
}) {
  const { totals, days, has_supervisors, is_on_paper, is_screen_only } = props;
  const t = useTexts(reportTexts);
  const a = useTexts(attendanceTexts);
  const kindName = useKindName();
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const sum = sumOf(totals);
  const turn = (person: number) => {
    const next = new Set(open);
    if (!next.delete(person)) next.add(person);
    setOpen(next);
  };
  const heads = [t.days, ...MARKS.map((mark) => a.marks[mark]), t.unmarked, t.time];
  const cells = (of: Omit<PersonTotal, "person" | "name">) => [
    of.days,
    ...MARKS.map((mark) => of[mark]),
    of.unmarked,
    minutesText(of.minutes),
  ];
  const figures = (of: Omit<PersonTotal, "person" | "name">) =>
    cells(of).map((value, index) => (
      <td key={heads[index]} class={classes("num", value === 0 && "none")} data-label={heads[index]}>
        {value}
      </td>
    ));
  return (
    <table class={classes("report sums", is_screen_only && "no-print")}>
      <caption class="vh">{t.totals}</caption>
      <thead>
        <tr>
          <th scope="col">{t.name}</th>
          {heads.map((head) => (
            <th key={head} scope="col" class="num">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {totals.map((total) => {
          const is_open = is_on_paper || open.has(total.person);
          const name = total.name || t.erased;
          const small = [kindName(total), has_supervisors ? (total.supervisor ?? "") : ""].filter(Boolean);
          return [
            <tr key={total.person}>
              <th scope="row">
                <button
                  type="button"
                  class="unfold"
                  aria-expanded={is_open}
                  aria-label={t.show_days(name)}
                  onClick={() => turn(total.person)}
                >
                  <b dir="auto">{name}</b>
                </button>
                {small.length > 0 && <span class="small quiet line">{small.join(" · ")}</span>}
              </th>
              {figures(total)}
            </tr>,
            is_open && (
              <tr key={`${total.person} days`} class="behind">
                <td colSpan={heads.length + 1}>
                  <ul>
                    {daysOf(days, total.person).map(({ day, row }) => (
                      <li key={day.session}>
                        <span class="num">{fullDate(day.starts_at)}</span> <bdi>{day.theme}</bdi>:{" "}
                        <MarkText row={row} />
                      </li>
                    ))}
                  </ul>
                </td>
              </tr>
            ),
          ];
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t.all_people}</th>
          {figures(sum)}
        </tr>
      </tfoot>
    </table>
  );
}

/** One sheet a day, the newest open. Rows are drawn when they are asked for: a year has thousands. */
export function DayList({ days, is_on_paper }: { days: readonly DayAnswer[]; is_on_paper: boolean }) {
  return (
    <>
      {newestFirst(days).map((day, index) => (
        <DaySheet key={day.session} day={day} is_first={index === 0} is_on_paper={is_on_paper} />
      ))}
    </>
  );
}

function DaySheet(props: { day: DayAnswer; is_first: boolean; is_on_paper: boolean }) {
  const { day, is_first, is_on_paper } = props;
  const t = useTexts(reportTexts);
  const [is_unfolded, setUnfolded] = useState(is_first);
  const is_open = is_unfolded || is_on_paper;
  return (
    <details
      class="sheet fold"
      open={is_open}
      onToggle={(event) => !is_on_paper && setUnfolded(event.currentTarget.open)}
    >
      <summary>
        <span class="grow">
          <b>
            <span class="num">{fullDate(day.starts_at)}</span> <bdi>{day.theme}</bdi>
          </b>{" "}
          <span class="small quiet">{t.count(day.lines.length)}</span>{" "}
          {day.sealed_at === undefined ? (
            <Badge look="wait">{t.not_sealed}</Badge>
          ) : (
            <Badge look="good" icon={LockIcon}>
              {t.sealed(day.sealed_by ?? "")}
            </Badge>
          )}
        </span>
      </summary>
      {is_open && (
        <NamesOffPaper
          is_anonymous={day.anonymous_among_participants === true}
          marks={day.lines.map(({ mark }) => mark)}
        >
          <DayRows day={day} />
        </NamesOffPaper>
      )}
    </details>
  );
}

function DayRows({ day }: { day: DayAnswer }) {
  const t = useTexts(reportTexts);
  const a = useTexts(attendanceTexts);
  const kindName = useKindName();
  return (
    <table class="report">
      <caption class="vh">{`${fullDate(day.starts_at)} ${day.theme}`}</caption>
      <thead>
        <tr>
          {[t.name, t.mark, t.minutes, t.arrived_left, t.remark].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {day.lines.map((row) => (
          <tr key={row.person}>
            <th scope="row">
              <b dir="auto">{row.name || t.erased}</b>
              {row.decision_type && <span class="small quiet line">{kindName(row)}</span>}
            </th>
            <td data-label={t.mark}>{row.mark ? a.marks[row.mark] : t.unmarked}</td>
            <td class="num" data-label={t.minutes}>
              {row.arrived === undefined && row.minutes === undefined ? "–" : minutesText(minutesOf(row))}
            </td>
            <td class="num" data-label={t.arrived_left}>
              {row.arrived !== undefined && row.left !== undefined
                ? `${clockTime(row.arrived)}–${clockTime(row.left)}`
                : "–"}
            </td>
            <td data-label={t.remark}>{remarkOf(row, t, a) || "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function MarkText({ row }: { row: PersonDay }) {
  const t = useTexts(reportTexts);
  const a = useTexts(attendanceTexts);
  const parts = [
    row.mark ? a.marks[row.mark satisfies Mark] : t.unmarked,
    row.arrived === undefined && row.minutes === undefined ? "" : minutesText(minutesOf(row)),
    remarkOf(row, t, a),
  ];
  return <>{parts.filter(Boolean).join(", ")}</>;
}

/** How the person took part, what was remarked, what was corrected. */
function remarkOf(row: PersonDay, t: ReportTexts, a: AttendanceTexts): string {
  const source = row.source && row.source !== "connection" ? a.sources[row.source] : "";
  const corrected = row.corrections.map((each) =>
    t.corrected(each.was ? a.marks[each.was] : a.no_mark, each.reason),
  );
  return [source, ...(corrected.length > 0 ? corrected : [row.reason ?? ""])].filter(Boolean).join(". ");
}
