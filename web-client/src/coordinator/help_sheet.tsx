import type { SessionId } from "@protocol";
import { lengthText } from "../staff/durations";
import { useCommon, useTexts } from "../view/app";
import { useAsked } from "./asked";
import type { Office } from "./office";
import { officeTexts } from "./text";

/** How many asked for help in the session, and how long they waited: by the kind of trouble, and of nobody by name. */
export function HelpSheet({ office, id }: { office: Office; id: SessionId }) {
  const t = useTexts(officeTexts);
  const c = useCommon();
  const help = useAsked(() => office.help(id), [office, id]);
  if (!help.value || help.value.lines.length === 0) return null;
  return (
    <section class="sheet" aria-labelledby="help-figures">
      <h2 id="help-figures">{t.help_figures}</h2>
      <table class="small">
        <thead>
          <tr>
            <th scope="col">{t.help_kind}</th>
            <th scope="col">{t.help_count}</th>
            <th scope="col">{t.help_median}</th>
            <th scope="col">{t.help_longest}</th>
          </tr>
        </thead>
        <tbody>
          {help.value.lines.map((figures) => (
            <tr key={figures.kind}>
              <th scope="row">{c.help_kinds[figures.kind]}</th>
              <td class="num">{figures.count}</td>
              <td class="num">{lengthText(figures.median_seconds * 1000)}</td>
              <td class="num">{lengthText(figures.longest_seconds * 1000)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
