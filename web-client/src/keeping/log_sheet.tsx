import type { ErasureRun } from "@protocol/api";
import { useId, useState } from "preact/hooks";
import { fullDate, isoClock, isoDate, shortDate } from "../coordinator/dates";
import { fileName, saveFile } from "../page/save_file";
import { clockTime } from "../text/times";
import { useTexts } from "../view/app";
import { Button } from "../view/button";
import { LoadIcon } from "./icons";
import { keepingTexts } from "./text";

/** So many are shown at first. */
const SHOWN_FIRST = 5;

/** The log of erasing: how many, by which rule, when. No name and no word. */
export function LogSheet({ runs }: { runs: readonly ErasureRun[] }) {
  const t = useTexts(keepingTexts);
  const title = useId();
  const [are_all, setAll] = useState(false);
  const wordsOf = ({ by, counts, is_whole }: ErasureRun) =>
    [
      by === "request" ? t.one_person : null,
      counts
        .filter(({ rule }) => by !== "request" || rule === "room_words")
        .map(({ rule, count }) => t.counted[rule](count))
        .join(", ") || (by === "request" ? null : t.nothing_went),
      is_whole ? null : t.was_cut_off,
    ]
      .filter(Boolean)
      .join(" · ");
  const download = () => {
    const lines = runs.flatMap(({ id, at, by, counts }) =>
      (counts.length > 0 ? counts : [{ rule: "-", count: 0 }]).map(({ rule, count }) =>
        [id, `${isoDate(at)} ${isoClock(at)}`, by, rule, count].join(";"),
      ),
    );
    const text = `\uFEFF${["number;at;by;rule;count", ...lines].join("\r\n")}\r\n`;
    saveFile(new Blob([text], { type: "text/csv;charset=utf-8" }), fileName([t.log_file], "csv"));
  };
  return (
    <section class="sheet" aria-labelledby={title}>
      <div class="sheet-h">
        <h2 id={title}>{t.log_title}</h2>
      </div>
      {runs.length === 0 ? (
        <p class="quiet">{t.log_empty}</p>
      ) : (
        <ul class="todo lines">
          {(are_all ? runs : runs.slice(0, SHOWN_FIRST)).map((run) => (
            <li key={run.id}>
              <div class="grow">
                <h3 class="num">
                  {are_all ? fullDate(run.at) : shortDate(run.at)} {t.clock(clockTime(run.at))} {t.by[run.by]}
                </h3>
                <p class="quiet">{wordsOf(run)}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
      {runs.length > 0 && (
        <p class="row foot">
          {!are_all && runs.length > SHOWN_FIRST && (
            <Button onPress={() => setAll(true)}>{t.show_all}</Button>
          )}
          <Button icon={LoadIcon} onPress={download}>
            {t.load_log}
          </Button>
          <span class="quiet small">{t.log_what}</span>
        </p>
      )}
    </section>
  );
}
