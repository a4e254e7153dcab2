/** One line of words, with what is to be known before it is written. */
export function WordField(props: {
  id: string;
  label: string;
  hint?: string;
  value: string;
  max?: number;
  is_number?: boolean;
  onWrite: (value: string) => void;
}) {
  const { id, label, hint, value, max = 200, is_number, onWrite } = props;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint small" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        dir="auto"
        id={id}
        autocomplete="off"
        inputMode={is_number ? "numeric" : undefined}
        maxLength={is_number ? 3 : max}
        aria-describedby={hint ? `${id}-hint` : undefined}
        value={value}
        onInput={(event) => onWrite(event.currentTarget.value)}
      />
    </div>
  );
}
