import type { Kind, PackageId, SeasonPerson } from "@protocol/api";
import type { Season } from "./season_names";

/** Who of a season is looked at. Pure: the page draws what this finds. */

export const SHOWS = ["all", "link", "not_eligible", "allowed", "ends"] as const;
export type Show = (typeof SHOWS)[number];

export interface Wish {
  /** Of a name or of a supervisor's. */
  readonly words: string;
  readonly package_id: PackageId | null;
  /** Empty: every kind. */
  readonly kind: string;
  readonly show: Show;
}

export const EVERYBODY: Wish = { words: "", package_id: null, kind: "", show: "all" };

const finnish = new Intl.Collator("fi");

/** "Käpy" is found by "kapy" too: a phone's keyboard may lack the letter. */
const folded = (words: string) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

/** Somebody who takes part, or will. */
export const isIn = ({ state }: Pick<SeasonPerson, "state">) => state === "applied" || state === "accepted";

/** The link of the season has not reached them, as far as is known. */
export const lacksLink = (one: SeasonPerson) => isIn(one) && one.link !== "mailed" && one.link !== "told";

/** The day on which their part or their kind of decision ends before the season does; null: with it. */
export function endsEarly(
  one: Pick<SeasonPerson, "state" | "kind" | "last_day">,
  season: {
    readonly period: { readonly form: { readonly last_day: string } };
    readonly kinds: readonly Kind[];
  },
): string | null {
  if (!isIn(one)) return null;
  const kind_ends = season.kinds.find(({ key }) => key === one.kind)?.last_day;
  const ends = kind_ends && kind_ends < one.last_day ? kind_ends : one.last_day;
  return ends < season.period.form.last_day ? ends : null;
}

function isShown(one: SeasonPerson, show: Show, season: Season): boolean {
  if (show === "all") return true;
  if (show === "link") return lacksLink(one);
  if (show === "ends") return endsEarly(one, season) !== null;
  if (show === "allowed") return isIn(one) && one.places.some((place) => place.allowed_because !== undefined);
  return isIn(one) && one.places.some(({ place }) => place === "not_eligible");
}

/** Those who are wished for, in the order of the Finnish alphabet. */
export function found(people: readonly SeasonPerson[], wish: Wish, season: Season): SeasonPerson[] {
  const words = folded(wish.words);
  return people
    .filter(
      (one) =>
        (wish.package_id === null || one.package === wish.package_id) &&
        (!wish.kind || one.kind === wish.kind) &&
        isShown(one, wish.show, season) &&
        (folded(one.name).includes(words) || folded(one.supervisor ?? "").includes(words)),
    )
    .sort((one, other) => finnish.compare(one.name, other.name));
}

/** How many each look would show of all. */
export function counts(people: readonly SeasonPerson[], season: Season): Record<Show, number> {
  const of = (show: Show) => people.filter((one) => isShown(one, show, season)).length;
  return {
    all: of("all"),
    link: of("link"),
    not_eligible: of("not_eligible"),
    allowed: of("allowed"),
    ends: of("ends"),
  };
}
