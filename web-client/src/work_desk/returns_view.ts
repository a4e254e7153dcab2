import type { PersonId, UtcTime, WorkSource } from "@protocol";
import type { DeskAnswer, DeskRow, PersonListed } from "@protocol/api";
import { isReturned } from "./desk_view";

/** A pure reading of how the work of a session stands, for who sees no word of it. */

export interface ReturnRow {
  readonly person: PersonId;
  /** Null: registered no more. */
  readonly name: string | null;
  /** Of the assignment that was begun, where there are several to choose from. */
  readonly title: string | null;
  readonly is_begun: boolean;
  readonly returned_at: UtcTime | null;
  readonly is_late: boolean;
  readonly source: WorkSource;
  readonly answer: "none" | "sent" | "read";
}

export interface ReturnList {
  readonly title: string;
  readonly returned: number;
  readonly rows: readonly ReturnRow[];
}

const by_name = new Intl.Collator("fi", { numeric: true });

/** How far it is: what is returned first counts of two that are. */
function isFurther(one: DeskRow, other: DeskRow): boolean {
  const rank = (row: DeskRow) => (isReturned(row) ? 2 : row.state === undefined ? 0 : 1);
  if (rank(one) !== rank(other)) return rank(one) > rank(other);
  return (one.returned_at ?? 0) < (other.returned_at ?? 0);
}

/** A list for each assignment; one for all of them where one is enough. People by name, as it is sorted in Finnish. */
export function returnsOf(desk: DeskAnswer, people: readonly PersonListed[]): ReturnList[] {
  const { assignments, rows } = desk;
  const names = new Map(people.map(({ person, name }) => [person, name]));
  const is_choice = assignments.length > 1 && assignments.some((each) => each.is_choice);
  const groups = is_choice ? [assignments] : assignments.map((each) => [each]);
  return groups.map((group) => {
    const titles = new Map(group.map(({ id, title }) => [id, title]));
    const furthest = new Map<PersonId, DeskRow>();
    for (const row of rows) {
      if (!titles.has(row.assignment)) continue;
      const known = furthest.get(row.person);
      if (!known || isFurther(row, known)) furthest.set(row.person, row);
    }
    const listed = [...furthest.values()].map((row): ReturnRow => {
      const is_begun = row.state !== undefined;
      return {
        person: row.person,
        name: names.get(row.person) ?? null,
        title: is_choice && is_begun ? (titles.get(row.assignment) ?? null) : null,
        is_begun,
        returned_at: isReturned(row) ? (row.returned_at ?? null) : null,
        is_late: row.late ?? false,
        source: row.source ?? "own",
        answer: row.state === "sent" || row.state === "read" ? row.state : "none",
      };
    });
    listed.sort((one, other) =>
      one.name === null || other.name === null
        ? Number(one.name === null) - Number(other.name === null) || one.person - other.person
        : by_name.compare(one.name, other.name) || one.person - other.person,
    );
    return {
      title: group.map(({ title }) => title).join(" / "),
      returned: [...furthest.values()].filter(isReturned).length,
      rows: listed,
    };
  });
}
