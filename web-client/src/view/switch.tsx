import type { ComponentChildren } from "preact";

/** On or off, at once. */
export function Switch(props: {
  is_on: boolean;
  onTurn: (is_on: boolean) => void;
  children: ComponentChildren;
}) {
  const { is_on, onTurn, children } = props;
  return (
    <button type="button" class="switch" role="switch" aria-checked={is_on} onClick={() => onTurn(!is_on)}>
      <span class="knob" /> <span>{children}</span>
    </button>
  );
}
