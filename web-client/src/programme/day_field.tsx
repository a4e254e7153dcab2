import { useId } from "preact/hooks";
import { useCommon } from "../view/app";

/** A day as people write it: the server reads it. */
export function DayField(props: {
  label: string;
  hint?: string;
  is_optional?: boolean;
  value: string;
  onChange: (day: string) => void;
}) {
  const { label, hint, is_optional, value, onChange } = props;
  const c = useCommon();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>
        {label} {is_optional && <span class="quiet">({c.optional})</span>}
      </label>
      {hint && (
        <p class="hint small" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        id={id}
        type="date"
        aria-describedby={hint ? `${id}-hint` : undefined}
        required={!is_optional}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
