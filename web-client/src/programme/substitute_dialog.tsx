import type { PersonId } from "@protocol";
import type { PeriodDay, PeriodShown, SubstituteBody } from "@protocol/api";
import { useState } from "preact/hooks";
import { useAsked } from "../coordinator/asked";
import { useStaffRefusalText } from "../staff/refusal_text";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CheckIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { Switch } from "../view/switch";
import { dayOf } from "./days";
import { PlusIcon } from "./icons";
import type { ProgrammeRequests } from "./requests";
import { PLACES } from "./strip_day";
import { programmeTexts } from "./text";

const ROLES = ["facilitator", "moderator"] as const;
type StaffRole = (typeof ROLES)[number];

/** Who has the places of one day, and who takes them: of this day, or of all that are to come. */
export function SubstituteDialog(props: {
  requests: ProgrammeRequests;
  period: PeriodShown;
  day: PeriodDay;
  onChange: () => void;
  onClose: () => void;
}) {
  const { requests, period, day, onChange, onClose } = props;
  const t = useTexts(programmeTexts);
  const c = useCommon();
  const { announcer, language } = useApp();
  const refusalText = useStaffRefusalText();
  const session = useAsked(() => requests.session(day.session ?? 0), [requests, day.session]);
  const [is_all, setAll] = useState(false);
  const [away, setAway] = useState<{ person: PersonId; role: StaffRole; name: string } | null>(null);
  const [trouble, setTrouble] = useState("");
  const [is_saving, setSaving] = useState(false);
  const people = session.value?.people ?? [];

  const put = async (body: SubstituteBody, words: string) => {
    if (is_saving) return;
    setSaving(true);
    setTrouble("");
    const answer = await requests.putSubstitute(period.id, {
      ...body,
      ...(is_all || day.session === undefined ? {} : { session: day.session }),
    });
    setSaving(false);
    if (answer.kind !== "ok")
      return setTrouble(answer.kind === "refused" ? refusalText(answer.refusal) : t.not_saved_here);
    setAway(null);
    announcer.say(words);
    session.ask();
    onChange();
  };

  return (
    <Dialog title={`${t.crew_short}: ${dayOf(day.day, language.value)}`} onClose={onClose}>
      <div class="dialog-body stack">
        <p class="quiet" dir="auto">
          {day.theme}
        </p>
        {session.answer !== null && session.answer.kind !== "ok" && (
          <Note look="stop" icon={WarnIcon} title={t.lost}>
            <Button onPress={session.ask}>{c.try_now}</Button>
          </Note>
        )}
        {session.value &&
          ROLES.map((role) => {
            const chosen = people.filter((one) => one.role === role);
            const free = period.staff.filter(
              (one) => one.role === role && !people.some(({ person }) => person === one.person),
            );
            const leaving = away?.role === role ? away : null;
            return (
              <section key={role} aria-labelledby={`crew-${role}`}>
                <h3 id={`crew-${role}`}>{t.places[role](Math.min(chosen.length, PLACES), PLACES)}</h3>
                <ul class="lines">
                  {chosen.map(({ person, name }) => (
                    <li class="row pad-row" key={person}>
                      <CheckIcon />
                      <b class="grow" dir="auto">
                        {name}
                      </b>
                      <Button
                        label={`${t.is_away}: ${name}`}
                        onPress={() => setAway(leaving?.person === person ? null : { person, role, name })}
                      >
                        {t.is_away}
                      </Button>
                    </li>
                  ))}
                </ul>
                {(leaving || chosen.length < PLACES) && (
                  <>
                    <p class="foot">{leaving ? t.who_instead(leaving.name) : t.who_comes}</p>
                    <div class="row">
                      {free.map(({ person, name }) => (
                        <Button
                          key={person}
                          icon={PlusIcon}
                          onPress={() =>
                            void put(
                              { person, role, ...(leaving ? { in_place_of: leaving.person } : {}) },
                              t.comes(name),
                            )
                          }
                        >
                          {name}
                        </Button>
                      ))}
                      {leaving && (
                        <Button
                          onPress={() =>
                            void put({ person: leaving.person, role, is_away: true }, t.leaves(leaving.name))
                          }
                        >
                          {t.nobody_yet}
                        </Button>
                      )}
                    </div>
                    {free.length === 0 && <p class="quiet">{t.nobody_free}</p>}
                  </>
                )}
              </section>
            );
          })}
        <Switch is_on={is_all} onTurn={setAll}>
          {t.all_to_come} <small>{is_all ? t.all_to_come_on : t.all_to_come_off}</small>
        </Switch>
        {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
        <p>
          <Button onPress={onClose}>{c.close}</Button>
        </p>
      </div>
    </Dialog>
  );
}
