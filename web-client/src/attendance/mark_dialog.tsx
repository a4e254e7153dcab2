import type { Mark, MarkSource } from "@protocol";
import { useState } from "preact/hooks";
import { Radios } from "../staff/switch";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { LockIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { type DayRow, mayBeAbsent, needsSource } from "./day_view";
import { MARKS } from "./row";
import { attendanceTexts } from "./text";

export interface MarkForm {
  readonly mark: Mark;
  readonly minutes: number | null;
  readonly source: MarkSource | null;
  readonly reason: string;
}

/**
 * All that a mark may need: minutes, how the person took part, a remark; after the seal the reason, which then must be
 * there.
 */
export function MarkDialog(props: {
  row: DayRow;
  mark: Mark;
  is_correction: boolean;
  onSave: (form: MarkForm) => void;
  onClose: () => void;
}) {
  const { row, is_correction, onSave, onClose } = props;
  const t = useTexts(attendanceTexts);
  const { announcer } = useApp();
  const [mark, setMark] = useState(props.mark);
  const [minutes, setMinutes] = useState(
    String(row.mark?.minutes ?? (Math.floor((row.connected_seconds + row.work_seconds) / 60) || "")),
  );
  const [source, setSource] = useState<MarkSource>(
    row.mark && row.mark.source !== "connection"
      ? row.mark.source
      : needsSource(row)
        ? "phone"
        : "connection",
  );
  const [reason, setReason] = useState(is_correction ? "" : (row.mark?.reason ?? ""));
  const [trouble, setTrouble] = useState("");
  const most = Math.ceil(row.window_seconds / 60);
  const is_there = mark === "present" || mark === "partial";
  const sources: readonly MarkSource[] = needsSource(row)
    ? ["phone", "shared_device", "in_person"]
    : ["connection", "phone", "shared_device", "in_person"];

  const save = (event: Event) => {
    event.preventDefault();
    const count = Number(minutes);
    const wrong = (what: string) => {
      setTrouble(what);
      announcer.say(what);
    };
    if (mark === "partial" && !(Number.isInteger(count) && count >= 1 && count <= most))
      return wrong(t.minutes_wrong(most));
    if (is_correction && reason.trim() === "") return wrong(t.reason_missing);
    onSave({
      mark,
      minutes: mark === "partial" ? count : null,
      source: is_there ? source : null,
      reason: reason.trim(),
    });
  };

  return (
    <Dialog title={is_correction ? t.dialog_correct(row.name) : t.dialog_mark(row.name)} onClose={onClose}>
      <form class="stack" noValidate onSubmit={save}>
        <Radios
          name="mark"
          legend={t.which_mark}
          look="grid"
          value={mark}
          onChoose={setMark}
          options={MARKS.filter((each) => mayBeAbsent(row) || each === "present" || each === "partial").map(
            (each) => ({ value: each, label: t.marks[each] }),
          )}
        />
        {!mayBeAbsent(row) && <p class="small quiet">{t.never_absent}</p>}
        {mark === "partial" && (
          <div class="field">
            <label for="mark-minutes">{t.how_many}</label>
            <input
              id="mark-minutes"
              class="num"
              inputMode="numeric"
              value={minutes}
              onInput={(event) => setMinutes(event.currentTarget.value)}
            />
          </div>
        )}
        {is_there && (
          <Radios
            name="source"
            legend={t.how}
            value={source}
            onChoose={setSource}
            options={sources.map((each) => ({ value: each, label: t.sources[each] }))}
          />
        )}
        <div class="field">
          <label for="mark-reason">{is_correction ? t.reason_needed : t.reason}</label>
          <textarea
            dir="auto"
            id="mark-reason"
            rows={2}
            maxLength={200}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </div>
        {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
        <div class="row">
          <Button look="main" icon={LockIcon} is_submit>
            {t.save}
          </Button>
          <Button look="plain" onPress={onClose}>
            {t.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
