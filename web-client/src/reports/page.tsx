import type { UtcTime } from "@protocol";
import type { NamedMark, ReportsAnswer } from "@protocol/api";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useKindName, useKinds } from "../attendance/kinds";
import type { FileKind } from "../attendance/requests";
import { attendanceTexts } from "../attendance/text";
import { useAsked } from "../coordinator/asked";
import { dateText } from "../coordinator/dates";
import { fileName, saveFile } from "../page/save_file";
import { useProof } from "../staff/proof";
import { Radios } from "../staff/switch";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { FileIcon, InfoIcon, RoundIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { PERIODS, periodOf } from "./report_view";
import type { ReportChoice, ReportRequests } from "./requests";
import { DayList, PeopleTable } from "./tables";
import { reportTexts } from "./text";

type View = "people" | "days";
const VIEWS: readonly View[] = ["people", "days"];

/**
 * Who was there, over many days: of a supervisor's own people, or of all that a coordinator may see. The same choice
 * makes the files.
 */
export function ReportsPage(props: {
  requests: ReportRequests;
  is_own: boolean;
  /** The moment that makes it this month. */
  now?: UtcTime;
}) {
  const { requests, is_own } = props;
  const t = useTexts(reportTexts);
  const a = useTexts(attendanceTexts);
  const c = useCommon();
  const { announcer, language } = useApp();
  const kinds = useKinds();
  const kindName = useKindName();
  const now = useMemo(() => props.now ?? Date.now(), [props.now]);
  const [choice, setChoice] = useState<ReportChoice>(() => ({
    ...periodOf("year", now),
    decision_type: "",
    series: "",
    supervisor: "",
  }));
  const [view, setView] = useState<View>("people");
  const [is_on_paper, setOnPaper] = useState(false);
  const { proved, dialog } = useProof();
  const [trouble, setTrouble] = useState("");
  const asked = useAsked(() => requests.report(choice), [requests, ...Object.values(choice)]);
  const report = asked.value;
  const change = (part: Partial<ReportChoice>) => setChoice({ ...choice, ...part });

  // All of it is drawn, then printed, then folded again.
  useEffect(() => {
    if (!is_on_paper) return;
    window.print();
    setOnPaper(false);
  }, [is_on_paper]);

  const download = async (kind: FileKind) => {
    setTrouble("");
    const answer = await proved(() => requests.file(choice, kind, language.peek()));
    if (!answer) return;
    if (answer.kind === "ok") return saveFile(answer.value, fileName([t.file, choice.from, choice.to], kind));
    setTrouble(a.download_failed);
    announcer.say(a.download_failed);
  };
  const listed = report && (is_on_paper ? onPaper(report) : report);
  const is_empty = report !== null && report.days.length === 0;
  return (
    <>
      <div class="sheet-h">
        <div class="grow">
          <h1>{is_own ? t.title_own : t.title}</h1>
          {is_own && <p class="quiet no-print">{t.own_what}</p>}
          <p class="on-paper">{t.printed(dateText(choice.from), dateText(choice.to))}</p>
        </div>
        <div class="row no-print">
          <Button icon={FileIcon} onPress={() => void download("xlsx")}>
            {a.download}
          </Button>
          <Button look="plain" onPress={() => void download("csv")}>
            {a.download_csv}
          </Button>
          <Button look="plain" onPress={() => setOnPaper(true)}>
            {a.print}
          </Button>
        </div>
      </div>
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      {dialog}
      <section class="sheet stack no-print" aria-label={t.choose}>
        <Radios
          name="report-period"
          legend={t.choose}
          is_legend_hidden
          value={PERIODS.find((period) => isSame(periodOf(period, now), choice)) ?? null}
          onChoose={(period) => change(periodOf(period, now))}
          options={PERIODS.map((value) => ({ value, label: t.periods[value] }))}
        />
        <div class="choices-of">
          <DateField id="from" label={t.from} value={choice.from} onChoose={(from) => change({ from })} />
          <DateField id="to" label={t.to} value={choice.to} onChoose={(to) => change({ to })} />
          <Choice
            id="decision-type"
            label={t.decision_type}
            all={t.all_decision_types}
            value={choice.decision_type}
            options={kinds.map(({ key }) => ({ mark: key, name: kindName({ decision_type: key }) }))}
            onChoose={(decision_type) => change({ decision_type })}
          />
          <Choice
            id="series"
            label={t.series}
            all={t.all_series}
            value={choice.series}
            options={report?.series ?? []}
            onChoose={(series) => change({ series })}
          />
          <Choice
            id="supervisor"
            label={t.supervisor}
            all={t.all_supervisors}
            value={choice.supervisor}
            options={report?.supervisors ?? []}
            onChoose={(supervisor) => change({ supervisor })}
          />
        </div>
      </section>
      {asked.answer !== null && asked.answer.kind !== "ok" && (
        <Note look="stop" icon={WarnIcon} title={a.records_missing}>
          <Button icon={RoundIcon} onPress={asked.ask}>
            {c.try_now}
          </Button>
        </Note>
      )}
      {report === null ? (
        asked.answer === null && <p class="quiet">{a.loading}</p>
      ) : is_empty ? (
        <Note icon={InfoIcon} title={t.nothing}>
          {t.nothing_what}
        </Note>
      ) : (
        <>
          <div class="row no-print">
            <p class="grow">{t.found(report.totals.length, report.days.length)}</p>
            <Radios
              name="report-view"
              legend={t.view}
              is_legend_hidden
              value={view}
              onChoose={setView}
              options={VIEWS.map((value) => ({ value, label: t.views[value] }))}
            />
          </div>
          {view === "people" && listed ? (
            <div class="sheet">
              {report.paper_totals && <p class="on-paper">{a.no_story_days}</p>}
              <PeopleTable
                totals={listed.totals}
                days={listed.days}
                has_supervisors={report.supervisors.length > 1}
                is_on_paper={is_on_paper}
                is_screen_only={!is_on_paper && report.paper_totals !== undefined}
              />
            </div>
          ) : (
            <DayList days={report.days} is_on_paper={is_on_paper} />
          )}
        </>
      )}
    </>
  );
}

/** Of an experience-story day nobody is named on paper. */
const onPaper = ({ days, totals, paper_totals }: ReportsAnswer) => ({
  days: days.filter((day) => !day.anonymous_among_participants),
  totals: paper_totals ?? totals,
});

const isSame = (a: Pick<ReportChoice, "from" | "to">, b: Pick<ReportChoice, "from" | "to">) =>
  a.from === b.from && a.to === b.to;

function DateField(props: { id: string; label: string; value: string; onChoose: (date: string) => void }) {
  const { id, label, value, onChoose } = props;
  return (
    <div class="field">
      <label for={`report-${id}`}>{label}</label>
      <input
        id={`report-${id}`}
        type="date"
        value={value}
        onChange={(event) => onChoose(event.currentTarget.value)}
      />
    </div>
  );
}

/** One of several; not there where there is nothing to choose between. */
function Choice(props: {
  id: string;
  label: string;
  all: string;
  value: string;
  options: readonly NamedMark[];
  onChoose: (mark: string) => void;
}) {
  const { id, label, all, value, options, onChoose } = props;
  if (options.length < 2 && !value) return null;
  return (
    <div class="field">
      <label for={`report-${id}`}>{label}</label>
      <select id={`report-${id}`} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="">{all}</option>
        {options.map(({ mark, name }) => (
          <option key={mark} value={mark}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
