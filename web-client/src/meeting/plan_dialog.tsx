import type { FormFault, MyPerson, PlanAppointmentBody } from "@protocol/api";
import { APPOINTMENT_KINDS, type AppointmentKind } from "@protocol/api";
import { useState } from "preact/hooks";
import { faultSentence } from "../coordinator/faults";
import { officeTexts } from "../coordinator/text";
import { DayField } from "../programme/day_field";
import { Radios } from "../staff/switch";
import { useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CheckIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { useOnce } from "./once";
import { meetingTexts } from "./text";
import { WordField } from "./word_field";

/** A meeting is agreed with somebody: when, how, for how long, and where. */
export function PlanDialog(props: {
  one: MyPerson;
  /** What is wrong; null: it is saved. */
  onPlan: (body: PlanAppointmentBody) => Promise<readonly FormFault[] | string | null>;
  onClose: () => void;
}) {
  const { one, onPlan, onClose } = props;
  const t = useTexts(meetingTexts);
  const o = useTexts(officeTexts);
  const [kind, setKind] = useState<AppointmentKind>("face_to_face");
  const [date, setDate] = useState("");
  const [start, setStart] = useState("");
  const [minutes, setMinutes] = useState("60");
  const [place, setPlace] = useState("");
  const once = useOnce();
  const [wrong, setWrong] = useState<readonly string[]>([]);

  const plan = async (event: Event) => {
    event.preventDefault();
    const length = Number(minutes);
    if (!Number.isInteger(length) || length < 5 || length > 480) return setWrong([t.minutes_wrong]);
    const answer = await onPlan({
      once: once.name,
      person: one.person,
      kind,
      date,
      start,
      minutes: length,
      ...(place.trim() && { place: place.trim() }),
    });
    if (answer === null) return;
    setWrong(typeof answer === "string" ? [answer] : answer.map((fault) => faultSentence(fault, o)));
  };
  return (
    <Dialog title={t.plan_title} onClose={onClose}>
      <form class="stack dialog-body" onSubmit={(event) => void plan(event)}>
        <p dir="auto">{t.plan_who(one.name)}</p>
        <Radios
          name="plan-kind"
          legend={t.kind}
          value={kind}
          options={APPOINTMENT_KINDS.map((value) => ({ value, label: t.kinds[value] }))}
          onChoose={setKind}
        />
        <DayField label={t.day} value={date} onChange={setDate} />
        <WordField id="plan-start" label={t.plan_start} max={20} value={start} onWrite={setStart} />
        <WordField id="plan-minutes" label={t.minutes_field} value={minutes} is_number onWrite={setMinutes} />
        <WordField id="plan-place" label={t.place} max={120} value={place} onWrite={setPlace} />
        {wrong.map((words) => (
          <Note key={words} look="stop" icon={WarnIcon} title={words} />
        ))}
        <div class="row">
          <Button look="main" is_submit icon={CheckIcon}>
            {t.plan_save}
          </Button>
          <Button onPress={onClose}>{t.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
