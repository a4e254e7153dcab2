import type { FoundPerson } from "@protocol/api";
import { useId, useState } from "preact/hooks";
import { dateText } from "../coordinator/dates";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { SearchIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import type { KeepingRequests } from "./requests";
import { keepingTexts } from "./text";

/** Who is meant: written, looked for, chosen. It is noted who was looked for. */
export function FindPerson(props: {
  requests: KeepingRequests;
  label: string;
  chosen: FoundPerson | null;
  onChoose: (person: FoundPerson | null) => void;
}) {
  const { requests, label, chosen, onChoose } = props;
  const t = useTexts(keepingTexts);
  const { announcer } = useApp();
  const id = useId();
  const [name, setName] = useState("");
  const [found, setFound] = useState<readonly FoundPerson[] | null>(null);
  const [trouble, setTrouble] = useState("");
  const find = async (event: Event) => {
    event.preventDefault();
    onChoose(null);
    setTrouble("");
    const answer = await requests.find({ name });
    if (answer.kind !== "ok") return setTrouble(t.unreachable);
    const { people } = answer.value;
    setFound(people);
    announcer.say(t.found_count(people.length));
    const [only] = people;
    if (only && people.length === 1) onChoose(only);
  };
  return (
    <div class="stack-s">
      <form class="field" onSubmit={(event) => void find(event)}>
        <label for={id}>{label}</label>
        <div class="row">
          <input
            id={id}
            class="grow"
            dir="auto"
            autocomplete="off"
            value={name}
            onInput={(event) => {
              setName(event.currentTarget.value);
              setFound(null);
              onChoose(null);
            }}
          />
          <Button icon={SearchIcon} is_submit unusable_because={name.trim() ? undefined : t.name_first}>
            {t.find}
          </Button>
        </div>
      </form>
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      {found?.length === 0 && <p class="quiet">{t.found_count(0)}</p>}
      {found && found.length > 0 && (
        <fieldset class="seg list">
          <legend>{t.who_is_it}</legend>
          {found.map((one) => (
            <label key={one.person}>
              <input
                type="radio"
                name={`${id}-found`}
                checked={one.person === chosen?.person}
                onChange={() => onChoose(one)}
              />{" "}
              <span dir="auto">
                {[one.name, one.supervisor, one.last_day && t.last_seen(dateText(one.last_day))]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}
