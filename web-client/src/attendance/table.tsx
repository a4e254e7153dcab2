import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Radios } from "../staff/switch";
import { useApp, useTexts } from "../view/app";
import { type DayRow, type DaySpan, type Filter, inOrder, type Order, passes } from "./day_view";
import { Row, type RowActs, type Stage } from "./row";
import { attendanceTexts } from "./text";
import { Hours, TimelineKey, useCommonSentence } from "./timeline";

const FILTERS: readonly Filter[] = ["check", "all", "undecided", "decided"];
const ORDERS: readonly Order[] = ["look", "name", "time"];

/** What a key does to the row that has the focus. Digits and arrows only, and only there. */
export interface KeyActs extends RowActs {
  accept(row: DayRow): void;
  digit(row: DayRow, digit: 1 | 2 | 3 | 4): void;
  takeBack(row: DayRow): void;
}

export const NOTHING: KeyActs = {
  mark() {},
  change() {},
  dismiss() {},
  accept() {},
  digit() {},
  takeBack() {},
};

/** All rows of the day, by what one looks for. Arrows move, one key each decides (see the legend under the table). */
export function DayTable(props: {
  rows: readonly DayRow[];
  day: DaySpan | null;
  stage: Stage;
  acts?: KeyActs;
}) {
  const { rows, day, stage, acts = NOTHING } = props;
  const t = useTexts(attendanceTexts);
  const [filter, setFilter] = useState<Filter>("all");
  const [order, setOrder] = useState<Order>("look");
  const [current, setCurrent] = useState<number | null>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const common = useCommonSentence(day);

  // What a press decides stays where it is until another filter or order is chosen: nothing slips away under the hand.
  const shown = useMemo(
    () =>
      inOrder(rows, order)
        .filter((row) => passes(filter, row))
        .map(({ person }) => person),
    [filter, order, rows.length],
  );
  const by_person = useMemo(() => new Map(rows.map((row) => [row.person, row])), [rows]);
  const list = shown.flatMap((person) => by_person.get(person) ?? []);
  const drawn = useDrawn(list.length);
  const here = list.some(({ person }) => person === current) ? current : (list[0]?.person ?? null);

  const go = (person: number | undefined) => {
    if (person === undefined) return;
    setCurrent(person);
    const row = body.current?.querySelector<HTMLElement>(`tr[data-person="${person}"]`);
    row?.focus();
    row?.scrollIntoView?.({ block: "nearest" });
  };
  const onKey = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const tr = target.closest<HTMLElement>("tr[data-person]");
    const index = list.findIndex(({ person }) => person === Number(tr?.dataset["person"]));
    const row = list[index];
    if (!row) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      return go(list[index + step]?.person);
    }
    if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      return go(list.at(event.key === "Home" ? 0 : -1)?.person);
    }
    if (target !== tr) return;
    if (event.key === "Enter") acts.accept(row);
    else if (event.key === "0") acts.takeBack(row);
    else if (/^[1-4]$/.test(event.key)) acts.digit(row, Number(event.key) as 1 | 2 | 3 | 4);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div class="row tools">
        <Radios
          name="rows"
          legend={t.show_rows}
          is_legend_hidden
          value={filter}
          onChoose={setFilter}
          options={FILTERS.map((each) => ({
            value: each,
            label: t.filters[each](rows.filter((row) => passes(each, row)).length),
          }))}
        />
        <div class="field order">
          <label for="order">{t.order}</label>
          <select id="order" value={order} onChange={(event) => setOrder(event.currentTarget.value as Order)}>
            {ORDERS.map((each) => (
              <option key={each} value={each}>
                {t.orders[each]}
              </option>
            ))}
          </select>
        </div>
      </div>
      <TimelineKey />
      <div class="sheet day-sheet">
        {list.length === 0 ? (
          <p class="pad quiet">{rows.length === 0 ? t.nobody : t.none_here}</p>
        ) : (
          <table class="day" aria-describedby={stage === "decide" ? "day-keys" : undefined}>
            <caption class="vh">{t.rows}</caption>
            <thead>
              <tr>
                <th scope="col" class="c-name">
                  {t.person}
                </th>
                <th scope="col" class="c-line">
                  {t.time}
                  {day && <Hours day={day} />}
                </th>
                <th scope="col" class="c-facts">
                  {t.facts}
                </th>
                <th scope="col" class="c-prop">
                  {t.proposal}
                </th>
                <th scope="col">{t.decision}</th>
              </tr>
            </thead>
            <tbody
              ref={body}
              onKeyDown={onKey}
              onFocusIn={(event) => {
                const tr = (event.target as HTMLElement).closest<HTMLElement>("tr[data-person]");
                if (tr) setCurrent(Number(tr.dataset["person"]));
              }}
            >
              {list.slice(0, drawn).map((row) => (
                <Row
                  key={row.person}
                  row={row}
                  day={day}
                  common={common}
                  stage={stage}
                  is_current={row.person === here}
                  acts={acts}
                />
              ))}
            </tbody>
          </table>
        )}
      </div>
      {stage === "decide" && <KeyList />}
    </>
  );
}

/** A screen and a little more at once; then the rest, so many at a time that a press is answered between them. */
const DRAWN_FIRST = 24;
const DRAWN_MORE = 48;

/** How many rows are drawn by now. */
function useDrawn(all: number): number {
  const { timers } = useApp();
  const [drawn, setDrawn] = useState(DRAWN_FIRST);
  useLayoutEffect(() => {
    if (drawn < all) return timers.after(0, () => setDrawn(drawn + DRAWN_MORE));
  }, [drawn, all]);
  return drawn;
}

function KeyList() {
  const t = useTexts(attendanceTexts);
  return (
    <div id="day-keys" class="key-list small">
      <p>{t.keys}</p>
      <ul>
        {t.keys_list.map(([key, what]) => (
          <li key={key}>
            <kbd>{key}</kbd> {what}
          </li>
        ))}
      </ul>
    </div>
  );
}
