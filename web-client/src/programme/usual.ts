import type { PackageBody, PackagePart, SeriesBody, SeriesShown } from "@protocol/api";

/** What is offered ready, to be taken in one press. */

const HOURS = { start: "09:00", end: "13:00" };

/** The three series that have been held on Thursdays. They have Finnish names, whatever the page's language. */
export const USUAL_SERIES: readonly SeriesBody[] = [
  { name: "Etäkahvila", is_for_all: true, kinds: [], ...HOURS },
  { name: "Osallisuus ja liikunta", is_for_all: true, kinds: [], ...HOURS },
  { name: "Etätyövalmennus", is_for_all: false, kinds: ["work_activity"], ...HOURS },
];

/** Those of them that are not there yet; a site that has made its own is offered none. */
export function missingSeries(series: readonly SeriesShown[]): SeriesBody[] {
  const has = (all: readonly { readonly name: string }[], wanted: string) =>
    all.some(({ name }) => name === wanted);
  if (series.some(({ name }) => !has(USUAL_SERIES, name))) return [];
  return USUAL_SERIES.filter(({ name }) => !has(series, name));
}

/**
 * All series; where one of them is not for all, the same with a day by phone in its place; and the first series alone.
 */
export function usualPackages(
  series: readonly SeriesShown[],
  words: { readonly all: string; readonly by_phone: string; only(name: string): string },
): PackageBody[] {
  const [first] = series;
  if (!first) return [];
  const room = ({ id }: SeriesShown): PackagePart => ({ series: id, way: "room", instead: false });
  const limited = series.filter(({ is_for_all }) => !is_for_all);
  return [
    { name: words.all, parts: series.map(room) },
    ...(limited.length > 0
      ? [
          {
            name: words.by_phone,
            parts: series.map(
              (one): PackagePart =>
                limited.includes(one) ? { series: one.id, way: "phone_day", instead: false } : room(one),
            ),
          },
        ]
      : []),
    ...(series.length > 1 ? [{ name: words.only(first.name), parts: [room(first)] }] : []),
  ];
}

/** Those that are not there yet, by their parts: a name may have been changed. */
export function missingPackages(
  usual: readonly PackageBody[],
  packages: readonly PackageBody[],
): PackageBody[] {
  const ways = ({ parts }: PackageBody) => parts.map(({ series, way }) => `${series} ${way}`).join();
  return usual.filter((one) => !packages.some((other) => ways(other) === ways(one)));
}
