import type { PersonId } from "@protocol";
import type { AssignmentShown, WriteDownBody } from "@protocol/api";
import { useState } from "preact/hooks";
import { Radios } from "../staff/switch";
import { useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CheckIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { deskTexts } from "./text";

/** What somebody told on the phone, or wrote on paper. It stays in the fields until it has been written down. */
export function WriteDownDialog(props: {
  assignment: AssignmentShown;
  people: readonly { readonly person: PersonId; readonly name: string }[];
  onWrite: (body: WriteDownBody) => Promise<boolean>;
  trouble: string;
  onClose: () => void;
}) {
  const { assignment, people, onWrite, trouble, onClose } = props;
  const t = useTexts(deskTexts);
  const c = useCommon();
  const [person, setPerson] = useState(people[0]?.person ?? 0);
  const [source, setSource] = useState<"phone" | "paper">("phone");
  const questions = assignment.questions.length > 0 ? assignment.questions : [t.said];
  const [fields, setFields] = useState<readonly string[]>(questions.map(() => ""));
  const [is_busy, setBusy] = useState(false);
  const is_empty = fields.every((text) => !text.trim());
  const write = async () => {
    if (is_busy || is_empty || !person) return;
    setBusy(true);
    const is_done = await onWrite({ person, assignment: assignment.id, source, fields: [...fields] });
    setBusy(false);
    if (is_done) onClose();
  };
  const by_name = [...people].sort((a, b) => a.name.localeCompare(b.name, "fi"));
  return (
    <Dialog title={t.write_down} onClose={onClose}>
      <form
        class="stack dialog-body"
        onSubmit={(event) => {
          event.preventDefault();
          void write();
        }}
      >
        {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
        <div class="field">
          <label for="written-who">{t.who}</label>
          <select
            id="written-who"
            value={person}
            onChange={(event) => setPerson(Number(event.currentTarget.value))}
          >
            {by_name.map((one) => (
              <option key={one.person} value={one.person}>
                {one.name}
              </option>
            ))}
          </select>
        </div>
        <Radios
          name="written-how"
          legend={t.how}
          value={source}
          onChoose={setSource}
          options={[
            { value: "phone", label: t.by_phone },
            { value: "paper", label: t.on_paper },
          ]}
        />
        {questions.map((question, at) => (
          <div class="field" key={question}>
            <label for={`written-${at}`} dir="auto">
              {question}
            </label>
            <textarea
              id={`written-${at}`}
              dir="auto"
              rows={3}
              maxLength={4000}
              value={fields[at] ?? ""}
              onInput={(event) =>
                setFields(fields.map((text, index) => (index === at ? event.currentTarget.value : text)))
              }
            />
          </div>
        ))}
        <div class="row">
          <Button look="main" icon={CheckIcon} is_submit unusable_because={is_empty ? t.said : undefined}>
            {t.write_down_act}
          </Button>
          <Button onPress={onClose}>{c.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
