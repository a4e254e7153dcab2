import type { DayFigures } from "@protocol/api";
import { lengthText } from "../staff/durations";
import { useTexts } from "../view/app";
import { attendanceTexts } from "./text";

/** The figures of a session: nobody is named. */
export function Statistics({ figures }: { figures: DayFigures }) {
  const t = useTexts(attendanceTexts);
  const rows: readonly [string, string | number][] = [
    [t.registered, figures.registered],
    [t.attended, figures.attended],
    [t.first_timers, figures.first_timers],
    [t.returners, figures.returners],
    [t.peak, figures.peak],
    [t.average, (figures.average_tenths / 10).toFixed(1).replace(".", ",")],
    [t.voices, figures.voices_heard],
  ];
  return (
    <details class="sheet fold">
      <summary>{t.statistics}</summary>
      <dl class="tally">
        {rows.map(([what, count]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              <b class="num">{count}</b>
            </dd>
          </div>
        ))}
      </dl>
      <h2 class="sub">{t.help_waits}</h2>
      {figures.help.length === 0 ? (
        <p>{t.help_none}</p>
      ) : (
        <ul>
          {figures.help.map((each) => (
            <li key={each.kind}>
              {t.help_figures(
                t.help_kinds[each.kind] ?? each.kind,
                each.count,
                lengthText(each.median_wait_seconds * 1000),
                lengthText(each.longest_wait_seconds * 1000),
              )}
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
