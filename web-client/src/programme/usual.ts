import type { Kind, PackageBody, PackagePart, SeriesBody, SeriesShown } from "@protocol/api";

/** What is offered ready, to be taken in one press. */

const HOURS = { start: "09:00", end: "13:00" };

/**
 * The three series that have been held on Thursdays, with Finnish names, whatever the page's language. Coaching for
 * work is for those who are obliged to take part, and for nobody else.
 */
const USUAL_SERIES = [
  { name: "Etäkahvila", is_for_obliged: false },
  { name: "Osallisuus ja liikunta", is_for_obliged: false },
  { name: "Etätyövalmennus", is_for_obliged: true },
] as const;
export const USUAL_NAMES: readonly string[] = USUAL_SERIES.map(({ name }) => name);

/**
 * Those of them that are not there yet; a site that has made its own is offered none, nor one that would be for nobody:
 * who is obliged, the site's kinds of decision tell, of which some may have ended before `today`.
 */
export function missingSeries(
  series: readonly SeriesShown[],
  kinds: readonly Kind[],
  today: string,
): SeriesBody[] {
  if (series.some(({ name }) => !USUAL_NAMES.includes(name))) return [];
  const obliged = kinds
    .filter(({ duty, last_day = today }) => duty === "obligatory" && last_day >= today)
    .map(({ key }) => key);
  return USUAL_SERIES.filter(
    ({ name, is_for_obliged }) =>
      !series.some((one) => one.name === name) && (!is_for_obliged || obliged.length > 0),
  ).map(({ name, is_for_obliged }) => ({
    name,
    is_for_all: !is_for_obliged,
    kinds: is_for_obliged ? obliged : [],
    ...HOURS,
  }));
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
