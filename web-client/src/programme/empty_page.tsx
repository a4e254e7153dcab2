import type { PackageBody, PeriodShown, SeriesShown } from "@protocol/api";
import { useState } from "preact/hooks";
import { useKinds } from "../attendance/kinds";
import { isoDate } from "../coordinator/dates";
import { useStaffRefusalText } from "../staff/refusal_text";
import { useApp, useTexts } from "../view/app";
import { Button, classes } from "../view/button";
import {
  CalendarIcon,
  CheckIcon,
  CupIcon,
  type IconComponent,
  PeopleIcon,
  PersonIcon,
  WarnIcon,
} from "../view/icons";
import { Note } from "../view/marks";
import { region } from "../view/regions";
import { BringIcon, seriesIcon } from "./icons";
import { LinkButton } from "./link_button";
import type { ProgrammeRequests } from "./requests";
import { SeasonStrip } from "./season_strip";
import { stripOf } from "./season_view";
import { STEPS, type Step } from "./step";
import type { StripDay } from "./strip_day";
import { programmeTexts } from "./text";
import { missingPackages, missingSeries, USUAL_NAMES, usualPackages } from "./usual";

const ICONS: Record<Step, IconComponent> = {
  series: CupIcon,
  period: CalendarIcon,
  packages: PeopleIcon,
  people: PersonIcon,
};
const DAYS_OF_PICTURE = 20;

/** A site that has no season yet, led to it step by step. One act is the main one; what is done is ticked. */
export function EmptyPage(props: {
  requests: ProgrammeRequests;
  series: readonly SeriesShown[];
  /** The first period, once there is one. */
  period: PeriodShown | null;
  has_sessions: boolean;
  onChange: () => void;
}) {
  const { requests, series, period, has_sessions, onChange } = props;
  const t = useTexts(programmeTexts);
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const [trouble, setTrouble] = useState("");
  const [is_saving, setSaving] = useState(false);
  const is_made = period?.days.some(({ session }) => session !== undefined) ?? false;
  const is_done: Record<Step, boolean> = {
    series: series.length > 0,
    period: is_made,
    packages: is_made && (period?.packages.length ?? 0) > 0,
    people: is_made && (period?.people ?? 0) > 0,
  };
  const now = STEPS.find((step) => !is_done[step]) ?? "people";

  /** One after the other; what was not taken is offered again. */
  const takeAll = async <T,>(
    all: readonly T[],
    take: (one: T) => ReturnType<ProgrammeRequests["addSeries"]>,
  ) => {
    if (is_saving) return;
    setSaving(true);
    setTrouble("");
    for (const one of all) {
      const answer = await take(one);
      if (answer.kind === "ok") continue;
      setTrouble(answer.kind === "refused" ? refusalText(answer.refusal) : t.not_saved_here);
      break;
    }
    setSaving(false);
    announcer.say(t.saved);
    onChange();
  };
  const kinds = useKinds();
  const takeSeries = () => takeAll(missingSeries(series, kinds, isoDate(Date.now())), requests.addSeries);
  const packages = period
    ? missingPackages(
        usualPackages(
          period.form.series.flatMap((id) => series.find((one) => one.id === id) ?? []),
          t.usual_packages(period.form.weekday),
        ),
        period.packages,
      )
    : [];
  const takePackages = () => {
    if (!period) return;
    void takeAll(packages, async (one: PackageBody) => {
      const answer = await requests.putPackage(period.id, one);
      return answer.kind === "ok" ? { kind: "ok", value: { series: [] } } : answer;
    });
  };

  const acts = {
    series: (
      <>
        <Button look="main" icon={CupIcon} onPress={() => void takeSeries()}>
          {t.take_series}
        </Button>
        <LinkButton to="programme/series">{t.own_series}</LinkButton>
      </>
    ),
    period: (
      <LinkButton
        look="main"
        icon={CalendarIcon}
        to={period ? `programme/period/${period.id}` : "programme/period"}
      >
        {period ? t.go_on_draft : t.make_period}
      </LinkButton>
    ),
    packages: period && (
      <>
        <Button look="main" icon={PeopleIcon} onPress={takePackages}>
          {t.take_packages}
        </Button>
        <LinkButton to={`programme/packages/${period.id}`}>{t.own_packages}</LinkButton>
      </>
    ),
    people: (
      <LinkButton look="main" icon={PersonIcon} to="people">
        {t.add_people}
      </LinkButton>
    ),
  };
  /** To look at what is done, and to mend it. */
  const mends = {
    series: "programme/series",
    period: `programme/period/${period?.id}`,
    packages: `programme/packages/${period?.id}`,
    people: "people",
  };
  const told = {
    series: series.map(({ name }) => name).join(", "),
    period: period
      ? t.period_told(period.form.name, period.days.filter(({ session }) => session).length)
      : "",
    packages: period?.packages.map(({ name }) => name).join(", ") ?? "",
    people: "",
  };
  return (
    <main id="main" class="wide" {...region}>
      <div>
        <h1>{t.first_period}</h1>
        <p class="quiet">{t.first_period_what}</p>
      </div>
      <div class={classes("sheet", !is_made && "desk-only")}>
        {period && is_made ? (
          <SeasonStrip label={t.season} {...stripOf(period, series, t)} />
        ) : (
          <Picture series={series} />
        )}
      </div>
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      <ol class="stack" aria-label={t.steps}>
        {STEPS.map((step, at) => (
          <li
            key={step}
            class={classes("item", step === now && "open", !is_done[step] && step !== now && "theirs")}
            aria-current={step === now ? "step" : undefined}
          >
            <div class="row">
              <b class="fig num step-no">
                {is_done[step] ? <CheckIcon /> : `${at + 1}.`}
                {is_done[step] && <span class="vh">{t.step_done}</span>}
              </b>
              <div class="grow">
                <h2>{t.step_titles[step]}</h2>
                <p>
                  {is_done[step]
                    ? told[step]
                    : step === "packages" && step === now
                      ? t.packages_ready(packages.map(({ name }) => name).join(", "))
                      : t.step_what[step]}
                </p>
              </div>
              {is_done[step] ? (
                <LinkButton look="plain" to={mends[step]} label={`${t.look_again}: ${t.step_names[step]}`}>
                  {t.look_again}
                </LinkButton>
              ) : step === now ? (
                acts[step]
              ) : (
                <Button icon={ICONS[step]} unusable_because={t.step_first(at)}>
                  {t.step_acts[step]}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ol>
      <div class="row">
        {is_made && <LinkButton to={`programme/season/${period?.id}`}>{t.look_at_season}</LinkButton>}
        {has_sessions && <LinkButton to="programme/session">{t.all_sessions}</LinkButton>}
        {series.length > 0 && <LinkButton to="programme/groups">{t.groups}</LinkButton>}
        <LinkButton to="programme/new">{t.one_session}</LinkButton>
        <LinkButton to="programme/file" icon={BringIcon}>
          {t.from_file}
        </LinkButton>
      </div>
    </main>
  );
}

/** What the season will look like. */
function Picture({ series }: { series: readonly SeriesShown[] }) {
  const t = useTexts(programmeTexts);
  const all = series.length > 0 ? series : USUAL_NAMES.map((name, id) => ({ name, id }));
  const shown = [...all].sort((a, b) => a.id - b.id).slice(0, 6);
  const days = Array.from(
    { length: DAYS_OF_PICTURE },
    (_, at): StripDay => ({
      day: "",
      lane: at % shown.length,
      look: "unmade",
      is_past: false,
      title: "",
      what: "",
    }),
  );
  return (
    <SeasonStrip
      is_picture
      label=""
      days={days}
      lanes={shown.map(({ id, name }) => ({
        name,
        icon: seriesIcon(all, id),
        note: t.each_time(shown.length),
      }))}
    />
  );
}
