import type { Proposal } from "@protocol";
import { useState } from "preact/hooks";
import { clockTime } from "../text/times";
import { useTexts } from "../view/app";
import {
  BubbleIcon,
  CheckIcon,
  ClockIcon,
  CrossIcon,
  type IconComponent,
  MailIcon,
  OfflineIcon,
  WarnIcon,
} from "../view/icons";
import { Badge, type BadgeLook } from "../view/marks";
import { type AttendanceRow, needsLook, percentOf } from "./attendance_rows";
import { lengthText } from "./durations";
import { Radios } from "./switch";
import { attendanceTexts } from "./text/attendance";

const PROPOSAL_LOOK: Record<Proposal, { look: BadgeLook; icon: IconComponent }> = {
  present: { look: "good", icon: CheckIcon },
  check: { look: "strong", icon: WarnIcon },
  not_seen: { look: "strong", icon: WarnIcon },
  excused: { look: "wait", icon: MailIcon },
};

/** The day's proposals: times, facts, and what they make likely. */
export function AttendanceTable({ rows }: { rows: readonly AttendanceRow[] }) {
  const t = useTexts(attendanceTexts);
  const [shown, setShown] = useState<"all" | "check">("all");
  const to_check = rows.filter(needsLook);
  const list = shown === "all" ? rows : to_check;
  return (
    <>
      <Radios
        name="rows"
        legend={t.show_rows}
        is_legend_hidden
        value={shown}
        onChoose={setShown}
        options={[
          { value: "all", label: t.show_all(rows.length) },
          { value: "check", label: t.show_check(to_check.length) },
        ]}
      />
      <div class="sheet day-sheet">
        {list.length === 0 ? (
          <p class="pad quiet">{rows.length === 0 ? t.nobody : t.none_to_check}</p>
        ) : (
          <table class="day">
            <caption class="vh">{t.rows}</caption>
            <thead>
              <tr>
                <th scope="col">{t.person}</th>
                <th scope="col">{t.time}</th>
                <th scope="col">{t.facts}</th>
                <th scope="col">{t.proposal}</th>
              </tr>
            </thead>
            <tbody>
              {list.map((row) => (
                <Row key={row.person} row={row} />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </>
  );
}

function Row({ row }: { row: AttendanceRow }) {
  const t = useTexts(attendanceTexts);
  const percent = percentOf(row);
  const is_seen = row.arrived !== null;
  return (
    <tr>
      <th scope="row">
        <b>{row.name}</b>
        {row.decision_type && <span class="small quiet line">{t.decision_types[row.decision_type]}</span>}
      </th>
      <td>
        {is_seen ? (
          <p class="num">
            {t.arrived_left(clockTime(row.arrived ?? 0), row.left === null ? "" : clockTime(row.left))}
          </p>
        ) : (
          <p class="quiet">{t.no_connection}</p>
        )}
        <svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
          <rect class="track" width="100" height="8" />
          <rect class="on" width={percent} height="8" />
        </svg>
      </td>
      <td>
        <ul class="three">
          <li>
            <ClockIcon />{" "}
            <span class="num">{t.connected(lengthText(row.connected_seconds * 1000), percent)}</span>
          </li>
          {is_seen && (
            <li>
              <OfflineIcon /> {t.gaps(row.gaps)}
            </li>
          )}
          <li>
            {row.took_part ? <BubbleIcon /> : <CrossIcon />} {row.took_part ? t.took_part : t.followed}
          </li>
        </ul>
      </td>
      <td>
        {row.proposal ? (
          <Badge {...PROPOSAL_LOOK[row.proposal]}>{t.proposals[row.proposal]}</Badge>
        ) : (
          <>
            <Badge look="wait">{t.no_proposal}</Badge>
            <p class="small why">{t.no_proposal_what}</p>
          </>
        )}
      </td>
    </tr>
  );
}
