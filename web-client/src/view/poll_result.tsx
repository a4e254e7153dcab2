import type { ComponentChildren } from "preact";
import type { ResultRow } from "../state/polls";
import { CheckIcon } from "./icons";
import { Badge } from "./marks";

/** The table is the chart: words, a bar, how many, of how many in a hundred. */
export function PollResult(props: {
  caption: string;
  rows: readonly ResultRow[];
  heads: readonly [string, string];
  /** Beside an option. */
  mark: (row: ResultRow, place: number) => ComponentChildren;
}) {
  const { caption, rows, heads, mark } = props;
  return (
    <table class="map figures">
      <caption class="vh">{caption}</caption>
      <thead class="vh">
        <tr>
          <th scope="col">{heads[0]}</th>
          <th scope="col">{heads[1]}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, place) => {
          const marked = mark(row, place);
          return (
            <tr key={row.option}>
              <th scope="row">
                {marked ? <b dir="auto">{row.option}</b> : <span dir="auto">{row.option}</span>} {marked}{" "}
                <Bar part={row.percent} of={100} />
              </th>
              <td class="end num">
                <b>{row.count}</b> ({row.percent}&nbsp;%)
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

export function Bar({ part, of }: { part: number; of: number }) {
  return (
    <svg class="hbar" viewBox={`0 0 ${Math.max(of, 1)} 10`} preserveAspectRatio="none" aria-hidden="true">
      <rect width={part} height="10" />
    </svg>
  );
}

export function Checked({ children }: { children: ComponentChildren }) {
  return <Badge icon={CheckIcon}>{children}</Badge>;
}
