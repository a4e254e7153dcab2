/** The options of a poll, big, under one another: one of them, or some. */
export function PollOptions(props: {
  options: readonly string[];
  choices_max: number;
  chosen: readonly number[];
  /** Of the group, in the page. */
  name: string;
  onChoose: (places: readonly number[]) => void;
}) {
  const { options, choices_max, chosen, name, onChoose } = props;
  const is_one = choices_max === 1;
  return (
    <>
      {options.map((option, place) => {
        const checked = chosen.includes(place);
        const id = `${name}-${place}`;
        const input = {
          id,
          name,
          checked,
          disabled: !is_one && !checked && chosen.length >= choices_max,
          onChange: (event: { currentTarget: { checked: boolean } }) => {
            const others = is_one ? [] : chosen.filter((one) => one !== place);
            onChoose(event.currentTarget.checked ? [...others, place].sort((a, b) => a - b) : others);
          },
        };
        return (
          <label key={option} for={id}>
            {is_one ? <input type="radio" {...input} /> : <input type="checkbox" {...input} />}{" "}
            <span dir="auto">{option}</span>
          </label>
        );
      })}
    </>
  );
}
