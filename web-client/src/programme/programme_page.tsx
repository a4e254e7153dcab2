import type { PeriodListed, PeriodShown, SeriesShown, SessionListed } from "@protocol/api";
import { useEffect, useState } from "preact/hooks";
import { type Asked, useAsked } from "../coordinator/asked";
import { clockSpan } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CalendarIcon, PenIcon, PeopleIcon, RoundIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { region } from "../view/regions";
import { dateOf, dayOf } from "./days";
import { EmptyPage } from "./empty_page";
import { GroupForm } from "./group_form";
import { GroupsPage } from "./groups_page";
import { BringIcon, DayOffIcon, PlusIcon, seriesIcon, ToolIcon } from "./icons";
import { LinkButton } from "./link_button";
import { PackagesPage } from "./packages_page";
import { PeriodForm } from "./period_form";
import { periodNow } from "./period_now";
import type { ProgrammeRequests } from "./requests";
import { SeasonStrip, StripKey } from "./season_strip";
import { skippedDays, stripOf, tallyOf } from "./season_view";
import { SeriesPage } from "./series_page";
import { SubstituteDialog } from "./substitute_dialog";
import { programmeTexts } from "./text";
import { ThemesPage } from "./themes_page";
import { TodoSheet } from "./todo_sheet";

/**
 * The programme of the coordinator of all. `within` is what the address names in it: nothing for the season, else
 * season/3, period, period/3, series, packages/3, themes/3, groups, group, group/3.
 */
export function ProgrammePage(props: {
  requests: ProgrammeRequests;
  within: string;
  periods: Asked<{ periods: PeriodListed[] }>;
  sessions: readonly SessionListed[];
  /** Days were made, or changed. */
  onChange: () => void;
}) {
  const { requests, within, periods, sessions, onChange } = props;
  const t = useTexts(programmeTexts);
  const c = useCommon();
  const [side = "", number] = within.split("/");
  const all = periods.value?.periods ?? [];
  const named = number === undefined ? undefined : Number(number);
  const wanted = named ?? (side === "" || side === "season" ? periodNow(all, sessions)?.id : undefined);
  const series = useAsked(() => requests.series(), [requests]);
  const period = useAsked(
    () => (wanted === undefined ? Promise.resolve({ kind: "unknown" as const }) : requests.period(wanted)),
    [requests, wanted],
  );
  const shown = period.value?.id === wanted ? period.value : null;
  const again = () => {
    series.ask();
    period.ask();
    periods.ask();
    onChange();
  };
  // Another page may have changed what is shown here.
  useEffect(() => {
    if (period.value) period.ask();
  }, [within]);

  const lost = [series.answer, wanted === undefined ? null : period.answer].some(
    (answer) => answer !== null && answer.kind !== "ok",
  );
  if (!series.value || (wanted !== undefined && !shown)) {
    return (
      <main id="main" class="wide" aria-busy={!lost} {...region}>
        {lost ? (
          <Note look="stop" icon={WarnIcon} title={t.lost}>
            <Button icon={RoundIcon} onPress={again}>
              {c.try_now}
            </Button>
          </Note>
        ) : (
          <p class="quiet">{t.loading}</p>
        )}
      </main>
    );
  }
  const known = series.value.series;
  const toSeason = () => {
    location.hash = "programme";
  };
  if (side === "series") return <SeriesPage requests={requests} series={known} onChange={again} />;
  if (side === "period")
    return (
      <PeriodForm
        key={wanted ?? "new"}
        requests={requests}
        series={known}
        period={shown ?? undefined}
        onChange={again}
        onMade={toSeason}
        onRemoved={toSeason}
      />
    );
  if (side === "groups") return <GroupsPage requests={requests} series={known} />;
  if (side === "group")
    return (
      <GroupForm
        key={wanted ?? "new"}
        requests={requests}
        series={known}
        period={shown ?? undefined}
        onChange={again}
      />
    );
  if (shown && side === "packages")
    return <PackagesPage key={shown.id} requests={requests} period={shown} series={known} onChange={again} />;
  if (shown && side === "themes")
    return <ThemesPage key={shown.id} requests={requests} period={shown} onChange={again} />;
  const is_first = all.length === 0 || (all.length === 1 && shown !== null && !isComplete(shown));
  if (!shown || (side === "" && is_first))
    return (
      <EmptyPage
        requests={requests}
        series={known}
        period={shown}
        has_sessions={sessions.length > 0}
        onChange={again}
      />
    );
  return (
    <Season
      requests={requests}
      period={shown}
      series={known}
      others={all.filter(({ id }) => id !== shown.id)}
      onChange={again}
    />
  );
}

/** Days, packages and people: the season needs no leading any more. */
function isComplete({ days, packages, people }: PeriodShown): boolean {
  return days.some(({ session }) => session !== undefined) && packages.length > 0 && people > 0;
}

/** The season on one page: what comes next, all its days, what is left to do. */
function Season(props: {
  requests: ProgrammeRequests;
  period: PeriodShown;
  series: readonly SeriesShown[];
  others: readonly PeriodListed[];
  onChange: () => void;
}) {
  const { requests, period, series, others, onChange } = props;
  const t = useTexts(programmeTexts);
  const [staffed, setStaffed] = useState<number | null>(null);
  const strip = stripOf(period, series, t);
  const tally = tallyOf(period);
  const [first, last] = [period.days[0], period.days.at(-1)];
  const of_day = period.days.find(({ session }) => session !== undefined && session === staffed);
  const skipped = skippedDays(period);
  return (
    <>
      <NextBand period={period} series={series} />
      <main id="main" class="wide" {...region}>
        <div class="sheet-h">
          <div>
            <h1>{period.form.name}</h1>
            {first && last && (
              <p class="quiet">
                {t.season_told(period.form.weekday, dateOf(first.day), dateOf(last.day), tally)}
              </p>
            )}
          </div>
          <div class="row push">
            <LinkButton icon={PeopleIcon} to="programme/groups">
              {t.groups}
            </LinkButton>
            {others.slice(0, 2).map(({ id, name, sessions }) => (
              <LinkButton
                key={id}
                icon={CalendarIcon}
                to={sessions > 0 ? `programme/season/${id}` : `programme/period/${id}`}
              >
                {sessions > 0 ? name : t.draft_of(name)}
              </LinkButton>
            ))}
            {!others.some(({ sessions }) => sessions === 0) && (
              <LinkButton icon={CalendarIcon} to="programme/period">
                {t.new_period}
              </LinkButton>
            )}
            <LinkButton icon={PlusIcon} to="programme/new">
              {t.one_session}
            </LinkButton>
          </div>
        </div>
        <section class="sheet" aria-label={t.week_by_week}>
          <SeasonStrip label={t.season} lanes={strip.lanes} days={strip.days} />
          <StripKey days={strip.days} />
        </section>
        <div class="split">
          <div>
            <TodoSheet period={period} onStaff={setStaffed} />
            <section class="sheet" aria-labelledby="season-acts">
              <h2 id="season-acts">{t.season_acts}</h2>
              <div class="row foot">
                <LinkButton
                  look="plain"
                  icon={PenIcon}
                  to={`programme/${period.is_closed ? "group" : "period"}/${period.id}`}
                >
                  {t.change_days}
                </LinkButton>
                <LinkButton look="plain" icon={PenIcon} to="programme/series">
                  {t.all_series}
                </LinkButton>
                <LinkButton look="plain" icon={BringIcon} to={`programme/themes/${period.id}`}>
                  {t.themes}
                </LinkButton>
                <LinkButton look="plain" icon={CalendarIcon} to="programme/session">
                  {t.all_sessions}
                </LinkButton>
              </div>
            </section>
          </div>
          <div>
            {!period.is_closed && <Packages period={period} series={series} />}
            {skipped.length > 0 && (
              <section class="sheet" aria-labelledby="skipped-title">
                <div class="sheet-h">
                  <h2 id="skipped-title">{t.skipped_title}</h2>
                </div>
                <ul class="stack-s">
                  {skipped.map(({ why, days }) => (
                    <li class="with-i" key={why}>
                      <DayOffIcon /> <span>{`${days.join(" ")} ${why}`}</span>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </div>
        </div>
      </main>
      {of_day && (
        <SubstituteDialog
          requests={requests}
          period={period}
          day={of_day}
          onChange={onChange}
          onClose={() => setStaffed(null)}
        />
      )}
    </>
  );
}

/** The sign of the day that comes. */
function NextBand({ period, series }: { period: PeriodShown; series: readonly SeriesShown[] }) {
  const t = useTexts(programmeTexts);
  const { language } = useApp();
  const next = period.days.find(({ session }) => session !== undefined && session === period.next);
  if (!next || next.starts_at === undefined || next.ends_at === undefined) return null;
  return (
    <section class="theme" aria-label={t.next_session}>
      <p class="now-item">
        {t.next} <b>{t.day_at(dayOf(next.day, language.value), clockSpan(next.starts_at, next.ends_at))}</b>
      </p>
      <p class="question" dir="auto">
        {next.theme}
      </p>
      <p class="comes">
        {series.find(({ id }) => id === next.series)?.name}. <b>{t.registered(next.registered)}</b>
        {next.absences > 0 && `, ${t.cannot_come(next.absences)}`}.
      </p>
    </section>
  );
}

function Packages({ period, series }: { period: PeriodShown; series: readonly SeriesShown[] }) {
  const t = useTexts(programmeTexts);
  return (
    <section class="sheet" aria-labelledby="packages-title">
      <div class="sheet-h">
        <h2 id="packages-title">{t.packages}</h2>{" "}
        <LinkButton
          look="plain"
          icon={PenIcon}
          class="push"
          to={`programme/packages/${period.id}`}
          label={t.change_packages}
        >
          {t.change}
        </LinkButton>
      </div>
      {period.packages.length === 0 && <p class="quiet">{t.packages_none}</p>}
      <ul class="todo lines">
        {period.packages.map(({ id, name, parts, people }) => (
          <li key={id}>
            <div class="grow">
              <h3 dir="auto">{name}</h3>
              <p class="row quiet">
                {parts.map(({ series: one, way }) => {
                  const Icon = way === "phone_day" ? ToolIcon : seriesIcon(series, one);
                  return (
                    <span class="st" key={one}>
                      <Icon />{" "}
                      {way === "phone_day" ? t.phone_day : series.find((each) => each.id === one)?.name}
                    </span>
                  );
                })}
              </p>
            </div>
            <b class="fig num">
              {people} <span class="vh">{t.people_word}</span>
            </b>
          </li>
        ))}
      </ul>
    </section>
  );
}
