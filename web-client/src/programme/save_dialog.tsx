import type { FormFault } from "@protocol/api";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import { faultSentence } from "../coordinator/faults";
import { officeTexts } from "../coordinator/text";
import { useStaffRefusalText } from "../staff/refusal_text";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button, type ButtonLook } from "../view/button";
import { Dialog } from "../view/dialog";
import { CheckIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { peopleTexts } from "./text/people";

/** What became of a form: null: it is done, and the dialog may close; words: why it cannot be sent yet. */
export type Saved = Answer<unknown> | { readonly kind: "waits"; readonly words: string } | null;

/**
 * A form of a person in a dialog. It closes when it is done; until then all that was written stays, with what is wrong
 * below it.
 */
export function SaveDialog(props: {
  title: string;
  act: string;
  look?: ButtonLook;
  /** What a screen reader is told when it is done. */
  said: string;
  save: () => Promise<Saved>;
  onClose: () => void;
  children: ComponentChildren;
}) {
  const { title, act, look = "main", said, save, onClose, children } = props;
  const t = useTexts(peopleTexts);
  const o = useTexts(officeTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const [faults, setFaults] = useState<readonly FormFault[]>([]);
  const [trouble, setTrouble] = useState("");
  const [is_busy, setBusy] = useState(false);
  const send = async (event: Event) => {
    event.preventDefault();
    if (is_busy) return;
    setBusy(true);
    const answer = await save();
    setBusy(false);
    setFaults([]);
    setTrouble("");
    if (answer === null || answer.kind === "ok") {
      announcer.say(said);
      return onClose();
    }
    if (answer.kind === "refused" && answer.errors?.length) return setFaults(answer.errors);
    const words =
      answer.kind === "waits"
        ? answer.words
        : answer.kind === "refused"
          ? answer.refusal.word === "not_now"
            ? t.not_now
            : refusalText(answer.refusal)
          : t.not_saved;
    announcer.say(words);
    setTrouble(words);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="stack dialog-body" onSubmit={(event) => void send(event)}>
        {children}
        {(faults.length > 0 || trouble) && (
          <Note look="stop" icon={WarnIcon} title={trouble || t.form_wrong}>
            <ul>
              {faults.map((fault) => (
                <li key={`${fault.reason} ${fault.value ?? ""}`}>{faultSentence(fault, o)}</li>
              ))}
            </ul>
          </Note>
        )}
        <div class="row stays">
          <Button look={look} icon={CheckIcon} is_submit>
            {act}
          </Button>
          <Button onPress={onClose}>{c.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
