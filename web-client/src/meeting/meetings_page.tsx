import "../style/programme.css";
import type { Appointment, AppointmentsAnswer, HoldAppointmentBody, MyPerson } from "@protocol/api";
import { useState } from "preact/hooks";
import { useDayWords } from "../absences/day_words";
import type { Answer } from "../connection/entrance";
import { useAsked } from "../coordinator/asked";
import { isoDate } from "../coordinator/dates";
import { faultSentence } from "../coordinator/faults";
import { officeTexts } from "../coordinator/text";
import { PickPerson } from "../staff/pick_person";
import { useStaffRefusalText } from "../staff/refusal_text";
import { clockTime } from "../text/times";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Failed } from "../view/failed";
import { CalendarIcon, CheckIcon, LockIcon, WarnIcon } from "../view/icons";
import { Badge, Note } from "../view/marks";
import { HeldForm } from "./held_form";
import { KIND_ICONS } from "./kind_icon";
import { PlanDialog } from "./plan_dialog";
import type { MeetingRequests } from "./requests";
import { isSavedAsSent, type Saving } from "./sent";
import { meetingTexts } from "./text";

export { meetingRequests } from "./requests";

/** A worker's meetings with one person: those that were held today, those that wait for the seal, those to come. */
export function MeetingsPage(props: { requests: MeetingRequests; now?: () => number }) {
  const { requests, now = Date.now } = props;
  const t = useTexts(meetingTexts);
  const o = useTexts(officeTexts);
  const dayWords = useDayWords();
  const refusalText = useStaffRefusalText();
  const { announcer } = useApp();
  const asked = useAsked(() => requests.list(), [requests]);
  const [acted, setActed] = useState<AppointmentsAnswer | null>(null);
  const [found, setFound] = useState<MyPerson | null>(null);
  const [picking, setPicking] = useState<"held" | "plan" | null>(null);
  const [planning, setPlanning] = useState<MyPerson | null>(null);
  const [trouble, setTrouble] = useState("");
  const shown = acted ?? asked.value;
  const today = now();
  const is_of_today = ({ starts_at }: Appointment) => isoDate(starts_at) === isoDate(today);
  const planned = shown?.planned ?? [];
  const due = planned.filter((one) => is_of_today(one) || one.starts_at < today);
  const coming = planned.filter((one) => !due.includes(one));
  const unsealed = shown?.unsealed ?? [];

  const wordsOf = (answer: Answer<unknown>): string => {
    if (answer.kind !== "refused") return t.not_saved;
    const [fault] = answer.errors ?? [];
    return fault ? faultSentence(fault, o) : refusalText(answer.refusal);
  };
  const fail = (words: string) => {
    setTrouble(words);
    announcer.say(words);
  };
  const act = async (question: Promise<Answer<AppointmentsAnswer>>, said: string) => {
    setTrouble("");
    const answer = await question;
    if (answer.kind !== "ok") return fail(wordsOf(answer));
    setActed(answer.value);
    announcer.say(said);
  };
  const hold = async (
    body: HoldAppointmentBody,
    name: string,
    is_retold: boolean,
    before: AppointmentsAnswer,
  ): Promise<Saving> => {
    setTrouble("");
    const answer = await requests.hold(body);
    if (answer.kind !== "ok") {
      fail(wordsOf(answer));
      if (answer.kind !== "refused") return "unanswered";
      const is_other_saved = answer.errors?.some(({ reason }) => reason === "another_session_then");
      if (!is_retold || !is_other_saved) return "refused";
      // The first try is in the way: it is shown, so that it can be taken back.
      const list = await requests.list();
      if (list.kind !== "ok") return "refused";
      setActed(list.value);
      return "first_saved";
    }
    setActed(answer.value);
    if (is_retold && !isSavedAsSent(body, before, answer.value)) {
      fail(t.first_saved);
      return "first_saved";
    }
    announcer.say(t.saved(name, body.minutes));
    setFound(null);
    return "saved";
  };
  const drop = (one: Appointment, said: string) => void act(requests.drop({ session: one.session }), said);
  return (
    <>
      <div class="sheet-h">
        <div>
          <h1>{t.title}</h1>
          <p class="quiet">{t.what(dayWords(today))}</p>
        </div>
        <span class="push">
          <Button icon={CalendarIcon} onPress={() => setPicking("plan")}>
            {t.plan}
          </Button>
        </span>
      </div>
      {asked.answer !== null && asked.answer.kind !== "ok" && <Failed title={t.failed} onAgain={asked.ask} />}
      {shown && (
        <div class="split">
          <HeldForm
            planned={due}
            today={today}
            found={found}
            trouble={trouble}
            onSearch={() => setPicking("held")}
            onSave={(body, name, is_retold) => hold(body, name, is_retold, shown)}
          />
          <div>
            {unsealed.length > 0 && (
              <section class="sheet" aria-labelledby="unsealed-title">
                <div class="sheet-h">
                  <h2 id="unsealed-title">{t.unsealed(unsealed.length)}</h2>
                </div>
                <p class="quiet">{t.unsealed_what}</p>
                <ul class="lines">
                  {unsealed
                    .filter((one) => !is_of_today(one))
                    .map(({ session, starts_at, name, minutes }) => (
                      <li key={session} dir="auto">
                        {t.of_unsealed(dayWords(starts_at), name, minutes)}
                      </li>
                    ))}
                </ul>
                <p>
                  <Button
                    icon={LockIcon}
                    onPress={() =>
                      void act(
                        requests.seal({ sessions: unsealed.map(({ session }) => session) }),
                        t.sealed_done,
                      )
                    }
                  >
                    {t.seal(unsealed.length)}
                  </Button>
                </p>
              </section>
            )}
            <section class="sheet" aria-labelledby="held-title">
              <div class="sheet-h">
                <h2 id="held-title">{t.held_today}</h2> <span class="count num">{shown.held.length}</span>
              </div>
              {shown.held.length === 0 && <p class="quiet">{t.held_none}</p>}
              <ul class="todo lines">
                {shown.held.map((one) => (
                  <HeldRow key={one.session} one={one} onUndo={() => drop(one, t.undone(one.name))} />
                ))}
              </ul>
            </section>
            <section class="sheet" aria-labelledby="coming-title">
              <div class="sheet-h">
                <h2 id="coming-title">{t.coming}</h2> <span class="count num">{planned.length}</span>
              </div>
              {planned.length === 0 && <p class="quiet">{t.coming_none}</p>}
              <ul class="todo lines">
                {[...due, ...coming].map((one) => (
                  <li key={one.session}>
                    <div class="grow">
                      <h3 dir="auto">{one.name}</h3>
                      <p class="quiet" dir="auto">
                        {t.agreed(t.kinds[one.kind], dayWords(one.starts_at), clockTime(one.starts_at))}
                        {one.place && `, ${one.place}`}
                      </p>
                    </div>
                    <Button label={t.not_held_of(one.name)} onPress={() => drop(one, t.dropped(one.name))}>
                      {t.not_held}
                    </Button>
                  </li>
                ))}
              </ul>
            </section>
            <Note icon={LockIcon} title={t.where}>
              {t.where_what}
            </Note>
          </div>
        </div>
      )}
      {picking && (
        <PickOne
          title={picking === "held" ? t.pick : t.pick_plan}
          ask={requests.people}
          onPick={(one) => {
            if (picking === "held") setFound(one);
            else setPlanning(one);
            setPicking(null);
          }}
          onClose={() => setPicking(null)}
        />
      )}
      {planning && (
        <PlanDialog
          one={planning}
          onPlan={async (body) => {
            const answer = await requests.plan(body);
            if (answer.kind !== "ok") {
              if (answer.kind === "refused" && answer.errors?.length) return answer.errors;
              return wordsOf(answer);
            }
            setActed(answer.value);
            setPlanning(null);
            announcer.say(t.planned(planning.name));
            return null;
          }}
          onClose={() => setPlanning(null)}
        />
      )}
    </>
  );
}

function HeldRow({ one, onUndo }: { one: Appointment; onUndo: () => void }) {
  const t = useTexts(meetingTexts);
  const Icon = KIND_ICONS[one.kind];
  const title = `${one.name}, ${t.minutes(one.minutes)}`;
  return (
    <li>
      <Icon />
      <div class="grow">
        <h3 dir="auto">{title}</h3>
        <p class="quiet num">
          {t.of_held(t.kinds[one.kind], clockTime(one.starts_at), one.mark ? t.marks[one.mark] : "")}
        </p>
      </div>
      {one.phase === "sealed" ? (
        <Badge look="good" icon={CheckIcon}>
          {t.sealed}
        </Badge>
      ) : (
        <Button label={`${t.undo}: ${title}`} onPress={onUndo}>
          {t.undo}
        </Button>
      )}
    </li>
  );
}

/** One of those whom a worker may meet. */
function PickOne(props: {
  title: string;
  ask: MeetingRequests["people"];
  onPick: (one: MyPerson) => void;
  onClose: () => void;
}) {
  const { title, ask, onPick, onClose } = props;
  const t = useTexts(meetingTexts);
  const asked = useAsked(ask, []);
  const is_failed = asked.answer !== null && asked.answer.kind !== "ok";
  return (
    <PickPerson
      title={title}
      search_id="meeting-search"
      people={asked.value?.people ?? (is_failed ? [] : null)}
      keyOf={({ person }) => person}
      nobody={t.nobody}
      beside={() => null}
      note={is_failed && <Note look="stop" icon={WarnIcon} title={t.people_failed} />}
      acts={(one) => (
        <Button onPress={() => onPick(one)}>
          {t.choose} <span class="vh">: {one.name}</span>
        </Button>
      )}
      onClose={onClose}
    >
      <Button onPress={onClose}>{t.cancel}</Button>
    </PickPerson>
  );
}
