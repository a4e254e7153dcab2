import type { UtcTime } from "@protocol";
import type { PhoneRow } from "@protocol/api";
import { useState } from "preact/hooks";
import { Radios } from "../staff/switch";
import { clockTime } from "../text/times";
import { useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, ClockIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { PhoneLink } from "../view/phone";
import { ClockChoice, clockOf, NO_CLOCK } from "./clock_choice";
import { checkClocks } from "./next_call";
import { phoneDayTexts } from "./text";

/** How it went: what a worker has heard. */
export type Checked =
  | { readonly is_done: true; readonly minutes: number; readonly note?: string; readonly agreed?: string }
  | { readonly is_done: false; readonly check_at: string };

const OFFERED = ["30", "60", "90", "120"];
const MINUTES_MAX = 480;
const NOTE_MAX = 200;

/** Somebody has a task: how long they did it, or when they are asked again. */
export function CheckForm(props: {
  row: PhoneRow;
  now: UtcTime;
  ends_at: UtcTime;
  onCheck: (checked: Checked) => void;
}) {
  const { row, now, ends_at, onCheck } = props;
  const t = useTexts(phoneDayTexts);
  const known = row.minutes ?? row.task?.minutes;
  const is_offered = OFFERED.includes(String(known));
  const [choice, setChoice] = useState<string | null>(
    known === undefined ? null : is_offered ? String(known) : "other",
  );
  const [written, setWritten] = useState(is_offered || known === undefined ? "" : String(known));
  const [note, setNote] = useState(row.note ?? "");
  const [agreed, setAgreed] = useState(row.agreed ?? "");
  const [is_later, setLater] = useState(false);
  const [clock, setClock] = useState(NO_CLOCK);
  const [wrong, setWrong] = useState("");
  const id = `check-${row.person}`;

  const done = () => {
    const minutes = Number(choice === "other" ? written : choice);
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > MINUTES_MAX) return setWrong(t.minutes_wrong);
    setWrong("");
    onCheck({
      is_done: true,
      minutes,
      // What was there and is emptied is told as well.
      ...((note.trim() || row.note) && { note: note.trim() }),
      ...((agreed.trim() || row.agreed) && { agreed: agreed.trim() }),
    });
  };
  const later = () => {
    const check_at = clockOf(clock);
    if (!check_at) return setWrong(t.clock_missing);
    setWrong("");
    onCheck({ is_done: false, check_at });
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (is_later) later();
        else done();
      }}
    >
      {row.phone && <PhoneLink phone={row.phone} />}
      <div>
        {row.task && <h3 dir="auto">{row.task.title}</h3>}
        <p class="quiet">{t.ask}</p>
      </div>
      {is_later ? (
        <ClockChoice
          id={`${id}-again`}
          legend={t.when_again}
          clocks={checkClocks(now, ends_at)}
          chosen={clock}
          onChoose={setClock}
        />
      ) : (
        <>
          <Radios
            name={`${id}-minutes`}
            legend={t.how_long}
            value={choice}
            options={[
              ...OFFERED.map((value) => ({ value, label: t.minutes(Number(value)) })),
              { value: "other", label: t.other_minutes },
            ]}
            onChoose={setChoice}
          />
          {choice === "other" && (
            <div class="field">
              <label for={`${id}-written`}>{t.minutes_field}</label>
              <input
                id={`${id}-written`}
                autocomplete="off"
                inputMode="numeric"
                maxLength={3}
                value={written}
                onInput={(event) => setWritten(event.currentTarget.value)}
              />
            </div>
          )}
          <Words id={`${id}-note`} label={t.note} hint={t.note_what} value={note} onWrite={setNote} />
          <Words
            id={`${id}-agreed`}
            label={t.agreed}
            hint={t.agreed_what}
            value={agreed}
            onWrite={setAgreed}
          />
        </>
      )}
      {wrong && <Note look="stop" icon={WarnIcon} title={wrong} />}
      <div class="dock halves thumb">
        <Button look="main" is_submit icon={CheckIcon}>
          {is_later ? t.save_clock : t.done}
        </Button>
        <Button icon={is_later ? undefined : ClockIcon} onPress={() => setLater(!is_later)}>
          {is_later ? t.back_to_list : t.not_yet}
        </Button>
      </div>
      {row.checked_at !== undefined && <p class="quiet small">{t.of_checked(clockTime(row.checked_at))}</p>}
    </form>
  );
}

function Words(props: {
  id: string;
  label: string;
  hint: string;
  value: string;
  onWrite: (value: string) => void;
}) {
  const { id, label, hint, value, onWrite } = props;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <p class="hint small" id={`${id}-hint`}>
        {hint}
      </p>
      <input
        dir="auto"
        id={id}
        autocomplete="off"
        maxLength={NOTE_MAX}
        aria-describedby={`${id}-hint`}
        value={value}
        onInput={(event) => onWrite(event.currentTarget.value)}
      />
    </div>
  );
}
