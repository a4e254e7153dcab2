import type { PersonId } from "@protocol";
import type { PhoneDayShown } from "@protocol/api";
import { useState } from "preact/hooks";
import { useTexts } from "../view/app";
import { Button } from "../view/button";
import { PersonIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { Switch } from "../view/switch";
import { phoneDayTexts } from "./text";

/** Who works in the day. Who coordinates all places them, in this day or in all that are to come. */
export function Workers(props: {
  day: PhoneDayShown;
  /** False: it could not be saved. Not there: one may not. */
  onPlace?: ((person: PersonId, is_away: boolean, is_all: boolean) => Promise<boolean>) | undefined;
}) {
  const { day, onPlace } = props;
  const t = useTexts(phoneDayTexts);
  const [is_all, setAll] = useState(false);
  const [is_failed, setFailed] = useState(false);
  if (!onPlace && day.workers.length === 0) return null;
  const place = async (person: PersonId, is_away: boolean) => {
    if (onPlace) setFailed(!(await onPlace(person, is_away, is_all)));
  };
  return (
    <section class="sheet" aria-labelledby="phone-workers">
      <div class="sheet-h">
        <h2 id="phone-workers">{t.workers}</h2>
      </div>
      {day.workers.length === 0 && <p class="quiet">{t.workers_none}</p>}
      <ul class="lines">
        {day.workers.map(({ person, name }) => (
          <li class="row pad-row" key={person}>
            <PersonIcon />
            <span class="grow" dir="auto">
              {name}
            </span>
            {onPlace && (
              <Button label={t.worker_away_of(name)} onPress={() => void place(person, true)}>
                {t.worker_away}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {onPlace && day.free.length > 0 && (
        <>
          <p class="foot">{t.worker_add}</p>
          <div class="row">
            {day.free.map(({ person, name }) => (
              <Button key={person} onPress={() => void place(person, false)}>
                {name}
              </Button>
            ))}
          </div>
          <Switch is_on={is_all} onTurn={setAll}>
            {t.worker_all}
          </Switch>
        </>
      )}
      {is_failed && <Note look="stop" icon={WarnIcon} title={t.not_saved} />}
    </section>
  );
}
