import type { FormFault } from "@protocol/api";
import { useTexts } from "../view/app";
import { WarnIcon } from "../view/icons";
import { type OfficeTexts, officeTexts } from "./text";

/** A fault in a sentence. A field's name is said as the screen calls it. */
export function faultSentence(fault: FormFault, t: OfficeTexts): string {
  const value = fault.value ?? "";
  const said = t.fields[value] ?? value;
  return (t.faults[fault.reason] ?? t.fault_other)(said);
}

/** What has to be mended in a file, by its rows. */
export function FaultsOfRows({ errors }: { errors: readonly (FormFault & { line: number })[] }) {
  const t = useTexts(officeTexts);
  return (
    <ul class="errors lines foot">
      {errors.map((error, index) => (
        <li key={`${error.line} ${index}`}>
          <b class="num">{t.line(error.line)}</b>{" "}
          <span class="with-i">
            <WarnIcon /> <span>{faultSentence(error, t)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
