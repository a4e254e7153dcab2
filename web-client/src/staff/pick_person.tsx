import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useTexts } from "../view/app";
import { Dialog } from "../view/dialog";
import { SearchIcon } from "../view/icons";
import { shellTexts } from "./text/shell";

const SHOWN_MAX = 12;

/** One of many, found by a part of the name: a dialog with a few of them, and what can be done with each. */
export function PickPerson<T extends { readonly name: string }>(props: {
  title: string;
  /** Of the field, in the page. */
  search_id: string;
  /** Null while they are being asked for. */
  people: readonly T[] | null;
  keyOf: (one: T) => number;
  /** When nobody has such a name. */
  nobody: string;
  /** Beside the name. */
  beside: (one: T) => ComponentChildren;
  acts: (one: T) => ComponentChildren;
  /** Above the list. */
  note?: ComponentChildren;
  /** Below it: what else there is to do. */
  children: ComponentChildren;
  onClose: () => void;
}) {
  const { title, search_id, people, keyOf, nobody, beside, acts, note, children, onClose } = props;
  const t = useTexts(shellTexts);
  const [wanted, setWanted] = useState("");
  const part = wanted.trim().toLocaleLowerCase("fi");
  const found = (people ?? []).filter(({ name }) => name.toLocaleLowerCase("fi").includes(part));
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="stack dialog-body">
        <div class="field">
          <label for={search_id} class="with-i">
            <SearchIcon /> {t.pick_search}
          </label>
          <input
            dir="auto"
            id={search_id}
            type="search"
            autocomplete="off"
            value={wanted}
            onInput={(event) => setWanted(event.currentTarget.value)}
          />
        </div>
        {note}
        {people !== null && found.length === 0 && <p>{nobody}</p>}
        <ul class="lines pick" aria-busy={people === null}>
          {found.slice(0, SHOWN_MAX).map((one) => (
            <li key={keyOf(one)}>
              <p>
                <b dir="auto">{one.name}</b> {beside(one)}
              </p>
              <div class="row">{acts(one)}</div>
            </li>
          ))}
        </ul>
        {found.length > SHOWN_MAX && <p class="quiet small">{t.pick_rest(found.length - SHOWN_MAX)}</p>}
        <div class="row">{children}</div>
      </div>
    </Dialog>
  );
}
