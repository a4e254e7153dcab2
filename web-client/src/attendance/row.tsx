import type { Mark, Proposal } from "@protocol";
import { useMemo } from "preact/hooks";
import { lengthText } from "../staff/durations";
import { clockTime } from "../text/times";
import { useTexts } from "../view/app";
import { Button, classes } from "../view/button";
import {
  BubbleIcon,
  CheckIcon,
  ClockIcon,
  CrossIcon,
  type IconComponent,
  LockIcon,
  MailIcon,
  OfflineIcon,
  WarnIcon,
} from "../view/icons";
import { Badge, type BadgeLook } from "../view/marks";
import {
  clearMark,
  type DayRow,
  type DaySpan,
  mayBeAbsent,
  needsDecision,
  needsLook,
  percentOf,
} from "./day_view";
import { useKindName } from "./kinds";
import { type AttendanceTexts, attendanceTexts } from "./text";
import { Timeline } from "./timeline";

export const MARKS: readonly Mark[] = ["present", "partial", "excused", "absent"];

const PROPOSAL_LOOK: Record<Proposal, { look?: BadgeLook; icon: IconComponent }> = {
  present: { look: "good", icon: CheckIcon },
  check: { look: "strong", icon: WarnIcon },
  not_seen: { look: "strong", icon: WarnIcon },
  excused: { icon: MailIcon },
};

/** What can be done with a row now: nothing; marks, until the seal; corrections, after it. */
export type Stage = "read" | "decide" | "correct";

export interface RowActs {
  /** Decides at once, or opens the form when more has to be said. */
  mark(row: DayRow, mark: Mark): void;
  /** Opens the form. */
  change(row: DayRow): void;
  dismiss(row: DayRow): void;
  /** Who has seen the person's data; not there where nobody may ask. */
  audit?(row: DayRow): void;
}

/** One person's day. It draws again only when it has changed itself. */
export function Row(props: {
  row: DayRow;
  day: DaySpan | null;
  common: string;
  stage: Stage;
  is_current: boolean;
  acts: RowActs;
}) {
  const { row, day, common, stage, is_current, acts } = props;
  const t = useTexts(attendanceTexts);
  const kind = useKindName()(row);
  // The same picture is not even compared: a press in a day of 300 draws one row.
  return useMemo(
    () => (
      <tr
        data-person={row.person}
        tabIndex={stage === "read" ? undefined : is_current ? 0 : -1}
        class={classes(needsLook(row) && "check")}
      >
        <th scope="row">
          <b dir="auto">{row.name}</b>
          {kind && <span class="small quiet line">{kind}</span>}
        </th>
        <td>{day && <Timeline row={row} day={day} common={common} />}</td>
        <td>
          <Facts row={row} />
        </td>
        <td>
          <WhatIsProposed row={row} />
        </td>
        <td>
          <Decision row={row} stage={stage} acts={acts} />
          {acts.audit && (
            <Button look="plain" label={t.audit_named(row.name)} onPress={() => acts.audit?.(row)}>
              {t.audit}
            </Button>
          )}
        </td>
      </tr>
    ),
    [row, kind, day, common, stage, is_current, acts, t],
  );
}

function Facts({ row }: { row: DayRow }) {
  const t = useTexts(attendanceTexts);
  const part = tookPart(row, t);
  return (
    <ul class="three">
      <li>
        <ClockIcon />{" "}
        <span class="num">
          {row.connected_seconds > 0
            ? t.connected(lengthText(row.connected_seconds * 1000))
            : t.not_connected}
          {row.work_seconds > 0 && ` ${t.and_work(lengthText(row.work_seconds * 1000))}`}
        </span>
      </li>
      <li>
        {part ? <BubbleIcon /> : <CrossIcon />} {part || t.followed}
      </li>
      {row.gaps > 0 && (
        <li>
          <OfflineIcon /> {t.gaps(row.gaps)}
        </li>
      )}
    </ul>
  );
}

function tookPart(row: DayRow, t: AttendanceTexts): string {
  const parts = [
    row.turns > 0 && t.turns(row.turns),
    row.written_turns > 0 && t.written_turns(row.written_turns),
    row.messages > 0 && t.messages(row.messages),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : row.took_part ? t.pressed : "";
}

function WhatIsProposed({ row }: { row: DayRow }) {
  const t = useTexts(attendanceTexts);
  const percent = percentOf(row);
  const why = row.why.map((reason) =>
    row.work_seconds > 0 && (reason === "time_enough" || reason === "time_short")
      ? t.counted(percent)
      : t.why[reason](percent),
  );
  if (row.gaps > 2) why.push(t.broke(row.gaps));
  if (row.absence_note) why.push(t.notice(row.absence_note));
  return (
    <>
      {row.proposal ? (
        <Badge {...PROPOSAL_LOOK[row.proposal]}>{t.proposals[row.proposal]}</Badge>
      ) : (
        <Badge look="wait">{t.no_proposal}</Badge>
      )}
      {why.length > 0 && <p class="small why">{why.join(" ")}</p>}
      {row.is_work_late && <p class="small why">{t.work_late}</p>}
      {row.is_work_after_seal && <p class="small why">{t.work_after_seal}</p>}
      {row.came_late_at !== null && <p class="small why">{t.came_late(clockTime(row.came_late_at))}</p>}
    </>
  );
}

function Decision({ row, stage, acts }: { row: DayRow; stage: Stage; acts: RowActs }) {
  const t = useTexts(attendanceTexts);
  const clear = clearMark(row);
  if (row.mark || row.corrections.length > 0) {
    return (
      <div class="decided">
        <Decided row={row} />
        {row.is_correction_proposed && <p class="small">{t.correction_proposed}</p>}
        {stage !== "read" && (
          <div class="row">
            <Button
              look="plain"
              label={stage === "decide" ? t.change_named(row.name) : t.correct_named(row.name)}
              onPress={() => acts.change(row)}
            >
              {stage === "decide" ? t.change : t.correct}
            </Button>
            {stage === "correct" && row.is_correction_proposed && (
              <Button look="plain" onPress={() => acts.dismiss(row)}>
                {t.leave_as_is}
              </Button>
            )}
          </div>
        )}
      </div>
    );
  }
  if (stage === "correct")
    return (
      <div class="decided">
        <p class="quiet">{row.is_correction_proposed ? t.correction_proposed : t.nothing_to_decide}</p>
        <div class="row">
          <Button look="plain" label={t.correct_named(row.name)} onPress={() => acts.change(row)}>
            {t.correct}
          </Button>
          {row.is_correction_proposed && (
            <Button look="plain" onPress={() => acts.dismiss(row)}>
              {t.leave_as_is}
            </Button>
          )}
        </div>
      </div>
    );
  if (!needsDecision(row))
    return (
      <div class="decided">
        <p class="quiet">{t.nothing_to_decide}</p>
        {stage === "decide" && (
          <Button look="plain" label={t.change_named(row.name)} onPress={() => acts.change(row)}>
            {t.change}
          </Button>
        )}
      </div>
    );
  if (stage === "read") return null;
  if (clear)
    return (
      <div class="row">
        <Button
          icon={CheckIcon}
          label={t.accept_named(row.name, t.marks[clear])}
          onPress={() => acts.mark(row, clear)}
        >
          {t.accept}
        </Button>
        <Button look="plain" label={t.change_named(row.name)} onPress={() => acts.change(row)}>
          {t.change}
        </Button>
      </div>
    );
  return (
    <fieldset class="marks">
      <legend class="vh">{t.decide_named(row.name)}</legend>
      {MARKS.filter((mark) => mayBeAbsent(row) || mark === "present" || mark === "partial").map((mark) => (
        <Button key={mark} label={t.mark_named(row.name, t.marks[mark])} onPress={() => acts.mark(row, mark)}>
          {t.marks[mark]}
        </Button>
      ))}
    </fieldset>
  );
}

function Decided({ row }: { row: DayRow }) {
  const t = useTexts(attendanceTexts);
  const { mark } = row;
  return (
    <>
      {mark && (
        <p class="with-i">
          <LockIcon />{" "}
          <span>
            <b>
              {t.marks[mark.mark]}
              {mark.minutes !== null && ` ${t.minutes(mark.minutes)}`}
            </b>
            {mark.source !== "connection" && <span class="small line">{t.sources[mark.source]}</span>}
            <span class="small quiet line">
              {t.by_at(mark.by, mark.at === null ? "" : clockTime(mark.at))}
            </span>
            {mark.reason && row.corrections.length === 0 && (
              <span class="small line" dir="auto">
                {mark.reason}
              </span>
            )}
          </span>
        </p>
      )}
      {row.corrections.map((each) => (
        <p key={each.at} class="small">
          {t.corrected(each.was ? t.marks[each.was] : t.no_mark, each.by, clockTime(each.at), each.reason)}
        </p>
      ))}
    </>
  );
}
