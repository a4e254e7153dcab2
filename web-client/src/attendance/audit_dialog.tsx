import type { Mark } from "@protocol";
import { useAsked } from "../coordinator/asked";
import { clockTime, dayText } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { RoundIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import type { DayRow } from "./day_view";
import type { DayRequests } from "./requests";
import { attendanceTexts } from "./text";

/** "Who has seen my data": every look of the staff at one person, and every decision about them. */
export function AuditDialog(props: {
  row: Pick<DayRow, "person" | "name">;
  days: Pick<DayRequests, "audit">;
  onClose: () => void;
}) {
  const { row, days, onClose } = props;
  const t = useTexts(attendanceTexts);
  const c = useCommon();
  const { language } = useApp();
  const asked = useAsked(() => days.audit(row.person), [days, row.person]);
  const when = (at: number) => `${dayText(at, language.value)} ${clockTime(at)}`;
  const audit = asked.value;
  return (
    <Dialog title={t.audit_title(row.name)} onClose={onClose}>
      {asked.answer && asked.answer.kind !== "ok" && (
        <Note look="stop" icon={WarnIcon} title={t.records_missing}>
          <Button icon={RoundIcon} onPress={asked.ask}>
            {t.records_again}
          </Button>
        </Note>
      )}
      {audit && (
        <div class="stack-s dialog-body">
          <h3>{t.audit_seen}</h3>
          <ul class="audit">
            {audit.accesses.map((each) => (
              <li key={`${each.at} ${each.act} ${each.by}`}>
                <b>{each.by ?? t.audit_key}</b> {t.audit_acts[each.act] ?? each.act}
                {each.theme && (
                  <>
                    , <bdi>{each.theme}</bdi>
                  </>
                )}
                <span class="small quiet line">{when(each.at)}</span>
              </li>
            ))}
          </ul>
          <h3>{t.audit_decided}</h3>
          {audit.decisions.length === 0 && <p class="quiet">{t.audit_nothing}</p>}
          <ul class="audit">
            {audit.decisions.map((each) => (
              <li key={`${each.at} ${each.what} ${each.theme}`}>
                <b>{each.by ?? t.audit_by_itself}</b> {t.audit_what[each.what] ?? each.what}
                {each.mark && `: ${t.marks[each.mark satisfies Mark]}`}
                {each.minutes !== undefined && ` ${t.minutes(each.minutes)}`}, {each.theme}
                <span class="small quiet line">{when(each.at)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      <div class="row foot">
        <Button onPress={onClose}>{c.close}</Button>
      </div>
    </Dialog>
  );
}
