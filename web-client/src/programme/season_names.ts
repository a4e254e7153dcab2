import type {
  EligibilityQuestion,
  Kind,
  PackageId,
  PeriodId,
  PeriodShown,
  SeriesId,
  SeriesShown,
} from "@protocol/api";
import { useMemo } from "preact/hooks";
import { kindNamer } from "../attendance/kinds";
import { useAsked } from "../coordinator/asked";
import type { Language } from "../text/language";
import { useApp } from "../view/app";
import type { PeopleRequests } from "./people_requests";

/** A season with the names of all that people in it have by number or by key. */
export interface Season {
  readonly period: PeriodShown;
  readonly kinds: readonly Kind[];
  readonly series: readonly SeriesShown[];
  /** A kind that is not known is named by its key. */
  kindName(key: string | undefined): string;
  seriesName(id: SeriesId): string;
  packageName(id: PackageId | undefined): string;
}

export function seasonOf(
  period: PeriodShown,
  kinds: readonly Kind[],
  series: readonly SeriesShown[],
  language: Language,
): Season {
  const kindName = kindNamer(kinds, language);
  return {
    period,
    kinds,
    series,
    kindName: (key) => kindName({ decision_type: key }),
    seriesName: (id) => series.find((one) => one.id === id)?.name ?? "",
    packageName: (id) => period.packages.find((one) => one.id === id)?.name ?? "",
  };
}

/** Kinds that a person may be given on the day: those that have not ended. */
export function kindsOn(kinds: readonly Kind[], day: string): readonly Kind[] {
  return kinds.filter(({ last_day }) => !last_day || last_day >= day);
}

/** For which series of a package somebody has to choose, since it is neither open to the kind nor replaced. */
export function notEligible(
  season: Season,
  package_id: PackageId,
  kind: string | undefined,
  name: string,
): EligibilityQuestion[] {
  const parts = season.period.packages.find(({ id }) => id === package_id)?.parts ?? [];
  return parts
    .filter(({ way, instead, series }) => {
      const one = season.series.find(({ id }) => id === series);
      return way === "room" && !instead && one && !one.is_for_all && !one.kinds.includes(kind ?? "");
    })
    .map(({ series }) => ({ line: 0, name, series, ...(kind === undefined ? {} : { kind }) }));
}

/** The season as it is asked for; null until all of it has come. */
export function useSeason(
  requests: Pick<PeopleRequests, "period" | "kinds" | "series">,
  id: PeriodId,
): { readonly season: Season | null; readonly is_failed: boolean; ask(): void } {
  const language = useApp().language.value;
  const period = useAsked(() => requests.period(id), [requests, id]);
  const kinds = useAsked(() => requests.kinds(), [requests]);
  const series = useAsked(() => requests.series(), [requests]);
  const season = useMemo(
    () =>
      period.value && kinds.value && series.value
        ? seasonOf(period.value, kinds.value.kinds, series.value.series, language)
        : null,
    [period.value, kinds.value, series.value, language],
  );
  const all = [period, kinds, series];
  return {
    season,
    is_failed: all.some(({ answer }) => answer !== null && answer.kind !== "ok"),
    ask: () => {
      for (const one of all) one.ask();
    },
  };
}
