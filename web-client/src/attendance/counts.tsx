import type { Mark } from "@protocol";
import type { ComponentChildren } from "preact";
import { useTexts } from "../view/app";
import { MARKS } from "./row";
import { attendanceTexts } from "./text";

/** Of an experience-story day paper has how many have each mark. The names are on the screen alone. */
export function NamesOffPaper(props: {
  is_anonymous: boolean;
  /** One of each person; none where nobody has decided. */
  marks: readonly (Mark | null | undefined)[];
  children: ComponentChildren;
}) {
  const { is_anonymous, marks, children } = props;
  const t = useTexts(attendanceTexts);
  if (!is_anonymous) return <>{children}</>;
  const count = (wanted: Mark | null) => marks.filter((mark) => (mark ?? null) === wanted).length;
  return (
    <>
      <div class="no-print">{children}</div>
      <div class="on-paper">
        <p>{t.counts_only}</p>
        <dl class="tally">
          {[...MARKS, null].map((mark) => (
            <div key={mark}>
              <dt>{mark ? t.marks[mark] : t.no_mark}</dt>
              <dd>
                <b class="num">{count(mark)}</b>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </>
  );
}
