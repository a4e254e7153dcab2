import type { ComponentChildren } from "preact";

export interface RadioOption<T extends string> {
  readonly value: T;
  readonly label: ComponentChildren;
}

/** One of a few, as native radios in the shape of buttons. */
export function Radios<T extends string>(props: {
  name: string;
  legend: string;
  /** The legend is for those who do not see the picture as a whole. */
  is_legend_hidden?: boolean;
  look?: "tight" | "grid" | "list";
  value: T | null;
  options: readonly RadioOption<T>[];
  onChoose: (value: T) => void;
}) {
  const { name, legend, is_legend_hidden, look, value, options, onChoose } = props;
  return (
    <fieldset class={look ? `seg ${look}` : "seg"}>
      <legend class={is_legend_hidden ? "vh" : undefined}>{legend}</legend>
      {look === "tight" && is_legend_hidden && <b aria-hidden="true">{legend}</b>}
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChoose(option.value)}
          />{" "}
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
