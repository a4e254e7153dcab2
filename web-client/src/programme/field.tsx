import type { FormFault } from "@protocol/api";
import { useState } from "preact/hooks";
import { faultSentence } from "../coordinator/faults";
import { officeTexts } from "../coordinator/text";
import { useCommon, useTexts } from "../view/app";
import { WarnIcon } from "../view/icons";

/** What is wrong, each at its field; what has no field of its own is `rest`. */
export interface Faults<Name extends string> {
  readonly at: { readonly [N in Name]?: string };
  readonly rest: readonly string[];
}

/** Puts the server's faults into words at the fields that `nameOf` finds for them. */
export function useFaults<Name extends string>(nameOf: (fault: FormFault) => Name | null) {
  const t = useTexts(officeTexts);
  const [errors, setErrors] = useState<readonly FormFault[]>([]);
  const at: { [N in Name]?: string } = {};
  const rest: string[] = [];
  for (const fault of errors) {
    const name = nameOf(fault);
    const words = faultSentence(fault, t);
    if (name === null) rest.push(words);
    else at[name] = at[name] ? `${at[name]} ${words}` : words;
  }
  return { faults: { at, rest } as Faults<Name>, errors, setErrors };
}

/** Goes to the first field that is at fault. */
export function goToFault(form: HTMLElement | null): void {
  form?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
}

export function Fault({ id, words }: { id: string; words: string | undefined }) {
  if (!words) return null;
  return (
    <p class="with-i fault" id={id}>
      <WarnIcon /> <span>{words}</span>
    </p>
  );
}

/** One field with its name, a hint, and what is wrong with it. */
export function Field(props: {
  id: string;
  label: string;
  value: string;
  onWrite: (value: string) => void;
  fault?: string | undefined;
  hint?: string | undefined;
  /** A hint of several fields. */
  described_by?: string;
  is_optional?: boolean;
  rows?: number;
  max?: number;
}) {
  const { id, label, value, onWrite, fault, hint, described_by, is_optional, rows, max } = props;
  const c = useCommon();
  const described = [described_by, hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(" ");
  const shared = {
    id,
    value,
    maxLength: max,
    autocomplete: "off",
    "aria-invalid": fault ? true : undefined,
    "aria-describedby": described || undefined,
  };
  return (
    <div class="field">
      <label for={id}>
        {label} {is_optional && <span class="quiet">({c.optional})</span>}
      </label>
      {rows ? (
        <textarea
          dir="auto"
          {...shared}
          rows={rows}
          onInput={(event) => onWrite(event.currentTarget.value)}
        />
      ) : (
        <input dir="auto" {...shared} onInput={(event) => onWrite(event.currentTarget.value)} />
      )}
      {hint && (
        <p class="quiet small" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <Fault id={`${id}-fault`} words={fault} />
    </div>
  );
}
