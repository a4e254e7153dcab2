import "../style/absences.css";
import type { AbsenceReason, AbsenceShown, AbsentDay, AbsentPerson } from "@protocol/api";
import { useState } from "preact/hooks";
import { KnowKinds } from "../attendance/kinds";
import { useAsked } from "../coordinator/asked";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Failed } from "../view/failed";
import { CrossIcon, LockIcon, PenIcon, WarnIcon } from "../view/icons";
import { Badge, Note } from "../view/marks";
import { PhoneLink } from "../view/phone";
import { AbsenceForm, type Draft, EMPTY } from "./absence_form";
import { useDayWords } from "./day_words";
import { reasonWords } from "./reason_words";
import type { AbsenceRequests } from "./requests";
import { absencesTexts } from "./text";

export { absenceRequests } from "./requests";

/** A notice, and whose. */
interface Told {
  readonly one: AbsentPerson;
  readonly day: AbsentDay;
  readonly absence: AbsenceShown;
}

/**
 * Who does not come, when and why: of a supervisor's own people, or of all for who coordinates all. The reasons are
 * health data: they are on this page alone. Nobody counts them here.
 */
export function AbsencesPage({ requests }: { requests: AbsenceRequests }) {
  const t = useTexts(absencesTexts);
  const dayWords = useDayWords();
  const { announcer } = useApp();
  const asked = useAsked(() => requests.list(), [requests]);
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [unsaved, setUnsaved] = useState("");
  const people = asked.value?.people ?? [];
  const told = people
    .flatMap((one) =>
      one.days.flatMap((day): Told[] => (day.absence ? [{ one, day, absence: day.absence }] : [])),
    )
    .sort((one, other) => other.day.starts_at - one.day.starts_at);
  const unexplained = people.flatMap((one) =>
    one.days.filter(({ mark, absence }) => mark === "absent" && !absence).map((day) => ({ one, day })),
  );

  const takeBack = async ({ one, day }: Told) => {
    const answer = await requests.note(day.session, one.person, { told: false });
    const is_done = answer.kind === "ok";
    const date = dayWords(day.starts_at);
    setUnsaved(is_done ? "" : t.unsaved(`${one.name}, ${date}`));
    announcer.say(is_done ? t.taken_back(one.name, date) : t.unsaved(`${one.name}, ${date}`));
    asked.ask();
  };
  return (
    <>
      <div>
        <h1>{t.title}</h1>
        <p class="quiet">{t.what}</p>
      </div>
      {asked.answer !== null && asked.answer.kind !== "ok" && <Failed title={t.failed} onAgain={asked.ask} />}
      {asked.value && people.length === 0 && (
        <p>
          <b>{t.nobody}</b> {t.nobody_what}
        </p>
      )}
      {people.length > 0 && (
        <div class="absences">
          <KnowKinds ask={requests.kinds}>
            <AbsenceForm
              people={people}
              draft={draft}
              onChange={setDraft}
              note={requests.note}
              onSaved={asked.ask}
            />
          </KnowKinds>
          <div class="stack">
            <section class="sheet" aria-labelledby="told-title">
              <div class="sheet-h">
                <h2 id="told-title">{t.told}</h2>
              </div>
              {unsaved && <Note look="stop" icon={WarnIcon} title={unsaved} />}
              {told.length === 0 && <p class="quiet">{t.told_none}</p>}
              <ul class="lines told">
                {told.map((one) => (
                  <ToldRow
                    key={`${one.one.person} ${one.day.session}`}
                    told={one}
                    onChange={() => {
                      setDraft(draftOf(one));
                      document.getElementById("absence-form-title")?.focus();
                    }}
                    onTakeBack={() => void takeBack(one)}
                  />
                ))}
              </ul>
            </section>
            {unexplained.length > 0 && (
              <section class="sheet" aria-labelledby="unexplained-title">
                <div class="sheet-h">
                  <h2 id="unexplained-title">{t.asks}</h2> <span class="count num">{unexplained.length}</span>
                </div>
                <ul class="lines told">
                  {unexplained.map(({ one, day }) => (
                    <li key={`${one.person} ${day.session}`}>
                      <p>
                        <b>
                          <span dir="auto">{one.name}</span>, {dayWords(day.starts_at)}
                        </b>{" "}
                        {t.asks_what(t.marks.absent)}
                      </p>
                      {one.phone && <PhoneLink phone={one.phone} />}
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </div>
        </div>
      )}
    </>
  );
}

/** The form as the notice stands. */
const draftOf = ({ one, day, absence }: Told): Draft => ({
  person: one.person,
  days: [day.session],
  reason: absence.reason ?? null,
  note: absence.note ?? "",
  is_change: true,
});

function ToldRow(props: { told: Told; onChange: () => void; onTakeBack: () => void }) {
  const { one, day, absence } = props.told;
  const t = useTexts(absencesTexts);
  const reasonName = useTexts(reasonWords);
  const dayWords = useDayWords();
  const date = dayWords(day.starts_at);
  const told_at = dayWords(absence.told_at);
  const reason: AbsenceReason | undefined = absence.reason;
  return (
    <li>
      <div class="grow">
        <h3>
          <span dir="auto">{one.name}</span>, {date}
        </h3>
        <p class="quiet">
          {reason && `${reasonName[reason]}. `}
          {absence.told_by ? t.by_other(absence.told_by, told_at) : t.by_self(told_at)}
        </p>
        {absence.note && <p dir="auto">{absence.note}</p>}
      </div>
      {day.mark ? (
        <Badge icon={LockIcon}>{t.marks[day.mark]}</Badge>
      ) : (
        <div class="row">
          <Button icon={PenIcon} label={t.named(t.change, one.name, date)} onPress={props.onChange}>
            {t.change}
          </Button>
          <Button icon={CrossIcon} label={t.named(t.take_back, one.name, date)} onPress={props.onTakeBack}>
            {t.take_back}
          </Button>
        </div>
      )}
    </li>
  );
}
