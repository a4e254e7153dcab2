import type { UtcTime } from "@protocol";
import type { UtcSpan } from "@protocol/api";
import { useState } from "preact/hooks";
import { clockTime } from "../text/times";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { attendanceTexts } from "./text";

const DAY_MINUTES = 24 * 60;

const minutesOf = (clock: string): number => {
  const [hour = "", minute = ""] = clock.split(/[.:]/);
  return Number(hour) * 60 + Number(minute);
};

/** The moment nearest to `known` at which the clock shows this. A clock that was not touched changes no seconds. */
export function momentAt(known: UtcTime, clock: string): UtcTime | null {
  if (!/^\d{1,2}[.:]\d{2}$/.test(clock) || minutesOf(clock) >= DAY_MINUTES) return null;
  let shift = minutesOf(clock) - minutesOf(clockTime(known));
  if (shift === 0) return known;
  if (shift > DAY_MINUTES / 2) shift -= DAY_MINUTES;
  if (shift < -DAY_MINUTES / 2) shift += DAY_MINUTES;
  return (Math.floor(known / 60_000) + shift) * 60_000;
}

const forInput = (utc: UtcTime) => clockTime(utc).replace(".", ":").padStart(5, "0");

export function WindowDialog(props: {
  window: UtcSpan;
  onSave: (window: UtcSpan) => void;
  onClose: () => void;
}) {
  const { window, onSave, onClose } = props;
  const t = useTexts(attendanceTexts);
  const { announcer } = useApp();
  const [from, setFrom] = useState(forInput(window.from));
  const [to, setTo] = useState(forInput(window.to));
  const [trouble, setTrouble] = useState("");
  const save = (event: Event) => {
    event.preventDefault();
    const [first, last] = [momentAt(window.from, from), momentAt(window.to, to)];
    if (first === null || last === null || first >= last) {
      setTrouble(t.window_wrong);
      return announcer.say(t.window_wrong);
    }
    onSave({ from: first, to: last });
  };
  return (
    <Dialog title={t.window_dialog} onClose={onClose}>
      <form class="stack" noValidate onSubmit={save}>
        <p>{t.window_what}</p>
        <div class="row">
          <div class="field">
            <label for="window-from">{t.window_from}</label>
            <input
              id="window-from"
              type="time"
              value={from}
              onInput={(event) => setFrom(event.currentTarget.value)}
            />
          </div>
          <div class="field">
            <label for="window-to">{t.window_to}</label>
            <input
              id="window-to"
              type="time"
              value={to}
              onInput={(event) => setTo(event.currentTarget.value)}
            />
          </div>
        </div>
        {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
        <div class="row">
          <Button look="main" is_submit>
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
