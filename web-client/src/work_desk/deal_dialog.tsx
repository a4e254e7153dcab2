import type { PersonId } from "@protocol";
import type { DeskStaff } from "@protocol/api";
import { useState } from "preact/hooks";
import { useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { SplitIcon } from "../work/icons";
import type { Figures } from "./desk_view";
import { deskTexts } from "./text";

/** "Jaa tasan": what nobody has, among those who are chosen. */
export function DealDialog(props: {
  staff: readonly DeskStaff[];
  figures: Figures;
  onDeal: (among: PersonId[]) => void;
  onClose: () => void;
}) {
  const { staff, figures, onDeal, onClose } = props;
  const t = useTexts(deskTexts);
  const c = useCommon();
  const has = new Map(figures.each);
  const [chosen, setChosen] = useState<ReadonlySet<PersonId>>(new Set(staff.map(({ person }) => person)));
  return (
    <Dialog title={t.deal_title(figures.free)} onClose={onClose}>
      <form
        class="stack dialog-body"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.size > 0) onDeal([...chosen]);
        }}
      >
        <fieldset class="seg many">
          <legend>{t.deal_whom}</legend>
          {staff.map(({ person, name }) => (
            <label key={person}>
              <input
                type="checkbox"
                checked={chosen.has(person)}
                onChange={(event) => {
                  const next = new Set(chosen);
                  if (event.currentTarget.checked) next.add(person);
                  else next.delete(person);
                  setChosen(next);
                }}
              />{" "}
              <span>{t.deal_has(name, has.get(person) ?? 0)}</span>
            </label>
          ))}
        </fieldset>
        <p class="quiet">{t.deal_what}</p>
        <div class="row">
          <Button
            look="main"
            icon={SplitIcon}
            is_submit
            unusable_because={chosen.size === 0 ? t.deal_whom : undefined}
          >
            {t.deal_act}
          </Button>
          <Button onPress={onClose}>{c.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
