import type { Mark, PersonId, SessionId } from "@protocol";
import type { Appointment, AppointmentKind, HoldAppointmentBody } from "@protocol/api";
import { APPOINTMENT_KINDS } from "@protocol/api";
import { useEffect, useRef, useState } from "preact/hooks";
import { useDayWords } from "../absences/day_words";
import { isoDate } from "../coordinator/dates";
import { DayField } from "../programme/day_field";
import { Radios } from "../staff/switch";
import { clockTime } from "../text/times";
import { useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, PersonIcon, SearchIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { KIND_ICONS } from "./kind_icon";
import { useOnce } from "./once";
import type { Saving } from "./sent";
import { meetingTexts } from "./text";
import { WordField } from "./word_field";

const OFFERED = ["30", "45", "60", "90"];
const MARKS: readonly Mark[] = ["present", "partial", "excused", "absent"];

/** Whom the meeting was with: somebody agreed with, or anybody. */
interface Who {
  readonly session?: SessionId;
  readonly person: PersonId;
  readonly name: string;
}

/** A meeting that was held, in three presses; what is not usual is folded away. */
export function HeldForm(props: {
  /** Those of today and before. */
  planned: readonly Appointment[];
  today: number;
  /** Somebody who was searched for. */
  found: { readonly person: PersonId; readonly name: string } | null;
  trouble: string;
  onSearch: () => void;
  /** Retold: other words may have been saved under the same name, by a try that was not answered. */
  onSave: (body: HoldAppointmentBody, name: string, is_retold: boolean) => Promise<Saving>;
}) {
  const { planned, today, found, trouble, onSearch, onSave } = props;
  const t = useTexts(meetingTexts);
  const dayWords = useDayWords();
  const [chosen, setChosen] = useState<SessionId | "found" | null>(null);
  const [choice, setChoice] = useState<string | null>(null);
  const [written, setWritten] = useState("");
  const [kind, setKind] = useState<AppointmentKind | null>(null);
  const [mark, setMark] = useState<Mark>("present");
  const [mark_minutes, setMarkMinutes] = useState("");
  const [words, setWords] = useState({ reason: "", place: "", note: "" });
  const [day, setDay] = useState("");
  const [start, setStart] = useState("");
  const [wrong, setWrong] = useState("");
  const is_busy = useRef(false);
  const once = useOnce();
  // What was sent under this name and not answered: any of it may have been saved.
  const unanswered = useRef<readonly string[]>([]);
  useEffect(() => {
    if (found) setChosen("found");
  }, [found]);

  const agreed = planned.find(({ session }) => session === chosen);
  const who: Who | null = agreed ?? (chosen === "found" || (found && chosen === null) ? found : null);
  const kind_now = kind ?? agreed?.kind ?? "face_to_face";
  const choice_now =
    choice ?? (agreed ? (OFFERED.includes(String(agreed.minutes)) ? String(agreed.minutes) : "other") : "60");
  const minutes = Number(choice_now === "other" ? written || agreed?.minutes : choice_now);
  const is_right = (count: number) => Number.isInteger(count) && count >= 5 && count <= 480;

  const save = async (event: Event) => {
    event.preventDefault();
    if (is_busy.current) return;
    if (!who) return setWrong(t.who_missing);
    if (!is_right(minutes)) return setWrong(t.minutes_wrong);
    const partial = Number(mark_minutes);
    if (mark === "partial" && !(Number.isInteger(partial) && partial >= 1 && partial <= minutes))
      return setWrong(t.minutes_wrong);
    setWrong("");
    is_busy.current = true;
    const { reason, place, note } = words;
    const body: HoldAppointmentBody = {
      once: once.name,
      person: who.person,
      kind: kind_now,
      minutes,
      mark,
      ...(who.session !== undefined && { session: who.session }),
      ...(mark === "partial" && { mark_minutes: partial }),
      ...(mark !== "present" && reason.trim() && { reason: reason.trim() }),
      // What was agreed on has its own day and time.
      ...(!agreed && day && { date: day }),
      ...(!agreed && start.trim() && { start: start.trim() }),
      ...(place.trim() && { place: place.trim() }),
      ...(note.trim() && { note: note.trim() }),
    };
    const sent = JSON.stringify(body);
    const saving = await onSave(
      body,
      who.name,
      unanswered.current.some((one) => one !== sent),
    );
    is_busy.current = false;
    if (saving === "unanswered") unanswered.current = [...unanswered.current, sent];
    if (saving === "unanswered" || saving === "refused") return;
    once.renew();
    unanswered.current = [];
    if (saving === "first_saved") {
      // The agreed one may be gone from the list, and what is chosen stays as it was sent.
      setChoice(choice_now);
      setKind(kind_now);
      if (choice_now === "other") setWritten(String(minutes));
      return;
    }
    setChosen(null);
    setChoice(null);
    setWritten("");
    setKind(null);
    setMark("present");
    setMarkMinutes("");
    setWords({ reason: "", place: "", note: "" });
    setDay("");
    setStart("");
  };
  const write = (name: keyof typeof words) => (value: string) => setWords({ ...words, [name]: value });
  const fault = wrong || trouble;
  return (
    <form class="sheet stack" onSubmit={(event) => void save(event)}>
      <fieldset class="picks">
        <legend>{t.who}</legend>
        <div class="shelf">
          {planned.map((one) => {
            const Icon = KIND_ICONS[one.kind];
            const is_today = isoDate(one.starts_at) === isoDate(today);
            return (
              <label class="pick" key={one.session}>
                <input
                  type="radio"
                  name="meeting-who"
                  checked={chosen === one.session}
                  onChange={() => setChosen(one.session)}
                />{" "}
                <span class="choice">
                  <Icon />
                  <span class="grow">
                    <b dir="auto">{one.name}</b>
                    {is_today
                      ? t.agreed_today(t.kinds[one.kind], clockTime(one.starts_at))
                      : t.agreed(t.kinds[one.kind], dayWords(one.starts_at), clockTime(one.starts_at))}
                  </span>
                </span>
              </label>
            );
          })}
          {found && (
            <label class="pick">
              <input
                type="radio"
                name="meeting-who"
                checked={who === found}
                onChange={() => setChosen("found")}
              />{" "}
              <span class="choice">
                <PersonIcon />
                <span class="grow">
                  <b dir="auto">{found.name}</b>
                </span>
              </span>
            </label>
          )}
          <button type="button" class="choice" onClick={onSearch}>
            <SearchIcon />{" "}
            <span class="grow">
              <b>{t.somebody}</b> {t.search}
            </span>
          </button>
        </div>
      </fieldset>
      <Radios
        name="meeting-minutes"
        legend={t.how_long}
        value={choice_now}
        options={[
          ...OFFERED.map((value) => ({ value, label: t.minutes(Number(value)) })),
          { value: "other", label: t.other_minutes },
        ]}
        onChoose={setChoice}
      />
      {choice_now === "other" && (
        <WordField
          id="meeting-written"
          label={t.minutes_field}
          value={written || String(agreed?.minutes ?? "")}
          is_number
          onWrite={setWritten}
        />
      )}
      <div class="stack">
        {who && is_right(minutes) && (
          <p class="lead">
            <b>3.</b> <span dir="auto">{t.sum(who.name, t.kinds[kind_now], minutes)}</span> {t.sum_mark}{" "}
            <b>{t.marks[mark].toLocaleLowerCase("fi")}</b>.
          </p>
        )}
        {fault && <Note look="stop" icon={WarnIcon} title={fault} />}
        <Button look="main" is_big is_submit icon={CheckIcon}>
          {t.save}
        </Button>
      </div>
      <details class="fold">
        <summary>{t.more}</summary>
        <div class="stack">
          <Radios
            name="meeting-kind"
            legend={t.kind}
            value={kind_now}
            options={APPOINTMENT_KINDS.map((value) => ({ value, label: t.kinds[value] }))}
            onChoose={setKind}
          />
          <Radios
            name="meeting-mark"
            legend={t.mark}
            value={mark}
            options={MARKS.map((value) => ({ value, label: t.marks[value] }))}
            onChoose={setMark}
          />
          {mark === "partial" && (
            <WordField
              id="meeting-partial"
              label={t.present_minutes}
              value={mark_minutes}
              is_number
              onWrite={setMarkMinutes}
            />
          )}
          {mark !== "present" && (
            <WordField
              id="meeting-reason"
              label={t.reason}
              hint={t.reason_what}
              value={words.reason}
              onWrite={write("reason")}
            />
          )}
          {!agreed && (
            <div class="halves">
              <DayField label={t.day} is_optional value={day} onChange={setDay} />
              <WordField
                id="meeting-start"
                label={t.start}
                hint={t.start_what}
                value={start}
                onWrite={setStart}
              />
            </div>
          )}
          <WordField
            id="meeting-place"
            label={t.place}
            max={120}
            value={words.place}
            onWrite={write("place")}
          />
          <WordField
            id="meeting-note"
            label={t.note}
            hint={t.note_what}
            value={words.note}
            onWrite={write("note")}
          />
        </div>
      </details>
    </form>
  );
}
