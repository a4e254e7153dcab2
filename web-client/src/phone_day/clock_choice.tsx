import type { UtcTime } from "@protocol";
import { Radios } from "../staff/switch";
import { clockTime } from "../text/times";
import { useTexts } from "../view/app";
import { phoneDayTexts } from "./text";

/** What is chosen: one of the clocks that are offered, or one that is written. */
export interface ClockChosen {
  readonly choice: string;
  readonly written: string;
}

export const NO_CLOCK: ClockChosen = { choice: "", written: "" };

/** The clock as it is sent: 14.00; empty when none is chosen. */
export const clockOf = ({ choice, written }: ClockChosen): string =>
  choice === "other" ? written.trim() : choice;

/** When somebody is asked how it went: three clocks, or another one. */
export function ClockChoice(props: {
  id: string;
  legend: string;
  clocks: readonly UtcTime[];
  chosen: ClockChosen;
  onChoose: (chosen: ClockChosen) => void;
}) {
  const { id, legend, clocks, chosen, onChoose } = props;
  const t = useTexts(phoneDayTexts);
  return (
    <>
      <Radios
        name={id}
        legend={legend}
        value={chosen.choice || null}
        options={[
          ...clocks.map((clock) => ({ value: clockTime(clock), label: clockTime(clock) })),
          { value: "other", label: t.other_clock },
        ]}
        onChoose={(choice) => onChoose({ ...chosen, choice })}
      />
      {chosen.choice === "other" && (
        <div class="field">
          <label for={`${id}-clock`}>{t.clock}</label>
          <input
            id={`${id}-clock`}
            autocomplete="off"
            inputMode="decimal"
            maxLength={20}
            placeholder="14.00"
            value={chosen.written}
            onInput={(event) => onChoose({ ...chosen, written: event.currentTarget.value })}
          />
        </div>
      )}
    </>
  );
}
