import { useTexts } from "../view/app";
import { CheckIcon } from "../view/icons";
import { STEPS, type Step } from "./step";
import { programmeTexts } from "./text";

/** Where one is on the way to a season. */
export function Steps({ now }: { now: Step }) {
  const t = useTexts(programmeTexts);
  const at = STEPS.indexOf(now);
  return (
    <ol class="steps" aria-label={t.steps}>
      {STEPS.map((step, index) => (
        <li key={step} aria-current={step === now ? "step" : undefined}>
          {index < at && <CheckIcon />} {t.step_names[step]}
        </li>
      ))}
    </ol>
  );
}
