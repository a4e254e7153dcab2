import type { PhoneRow } from "@protocol/api";
import { dateText } from "../coordinator/dates";
import { clockTime } from "../text/times";
import { useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, ClockIcon } from "../view/icons";
import { PhoneLink } from "../view/phone";
import { phoneDayTexts } from "./text";

/** Somebody to call: the number, what is known of them, and the two ways a call ends. */
export function CallCard(props: { row: PhoneRow; onCalled: (answered: boolean) => void }) {
  const { row, onCalled } = props;
  const t = useTexts(phoneDayTexts);
  const { best_time, last, agreed_before, tries } = row;
  return (
    <>
      {row.phone ? <PhoneLink phone={row.phone} /> : <p>{t.no_phone}</p>}
      {(best_time || last || agreed_before || tries.length > 0) && (
        <dl class="facts">
          {best_time && (
            <>
              <dt>{t.best_time}</dt>
              <dd dir="auto">{best_time}</dd>
            </>
          )}
          {last && (
            <>
              <dt>{t.last}</dt>
              <dd dir="auto">{t.last_task(dateText(last.day), last.title, last.minutes)}</dd>
            </>
          )}
          {agreed_before && (
            <>
              <dt>{t.agreed_before}</dt>
              <dd dir="auto">{t.quoted(agreed_before)}</dd>
            </>
          )}
          {tries.length > 0 && (
            <>
              <dt>{t.tries}</dt>
              <dd>{tries.map(clockTime).join(", ")}</dd>
            </>
          )}
        </dl>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form of two buttons */}
      <div class="dock halves thumb" role="group" aria-label={t.how}>
        <Button look="main" icon={CheckIcon} onPress={() => onCalled(true)}>
          {t.answered}
        </Button>
        <Button icon={ClockIcon} onPress={() => onCalled(false)}>
          {t.not_answered}
        </Button>
      </div>
    </>
  );
}
