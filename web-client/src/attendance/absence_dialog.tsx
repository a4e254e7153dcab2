import type { PersonId } from "@protocol";
import { useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import { useAsked } from "../coordinator/asked";
import { PickPerson } from "../staff/pick_person";
import { useStaffRefusalText } from "../staff/refusal_text";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CalendarIcon, CheckIcon, CrossIcon, WarnIcon } from "../view/icons";
import { Badge, Note } from "../view/marks";
import { attendanceTexts } from "./text";

/** One who may not come. */
export interface AbsencePerson {
  readonly person: PersonId;
  readonly name: string;
  readonly absence_told: boolean;
}

/** Somebody has told that they do not come: who, and what they said. Those who are there are not asked for. */
export function AbsenceDialog(props: {
  /** Those who are registered and have not come in. */
  people: () => Promise<Answer<readonly AbsencePerson[]>>;
  /** Not `told`: the notice is taken back. */
  tell: (person: PersonId, told: boolean, note: string) => Promise<Answer<unknown>>;
  onDone: () => void;
  onClose: () => void;
}) {
  const { people, tell, onDone, onClose } = props;
  const t = useTexts(attendanceTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const asked = useAsked(people, []);
  const [chosen, setChosen] = useState<AbsencePerson | null>(null);
  const [note, setNote] = useState("");
  const [trouble, setTrouble] = useState("");

  const send = async (who: AbsencePerson, told: boolean) => {
    setTrouble("");
    const answer = await tell(who.person, told, note.trim());
    if (answer.kind !== "ok") {
      setTrouble(answer.kind === "refused" ? refusalText(answer.refusal) : t.absence_failed);
      return;
    }
    announcer.say(told ? t.absence_noted(who.name) : t.absence_taken_back(who.name));
    setChosen(null);
    setNote("");
    asked.ask();
    onDone();
  };
  const wrong = trouble && <Note look="stop" icon={WarnIcon} title={trouble} />;
  if (chosen) {
    return (
      <Dialog title={t.absence_of(chosen.name)} onClose={onClose}>
        <form
          class="stack dialog-body"
          onSubmit={(event) => {
            event.preventDefault();
            void send(chosen, true);
          }}
        >
          <p>{t.absence_what}</p>
          <div class="field">
            <label for="absence-note">
              {t.absence_note} <span class="quiet">({c.optional})</span>
            </label>
            <input
              dir="auto"
              id="absence-note"
              autocomplete="off"
              maxLength={500}
              value={note}
              onInput={(event) => setNote(event.currentTarget.value)}
            />
          </div>
          {wrong}
          <div class="row">
            <Button look="main" icon={CheckIcon} is_submit>
              {t.absence_save}
            </Button>
            <Button onPress={() => setChosen(null)}>{c.back}</Button>
          </div>
        </form>
      </Dialog>
    );
  }
  const is_failed = asked.answer !== null && asked.answer.kind !== "ok";
  return (
    <PickPerson
      title={t.absence_who}
      search_id="absence-search"
      people={asked.value ?? (is_failed ? [] : null)}
      keyOf={({ person }) => person}
      nobody={t.absence_nobody}
      note={
        <>
          {is_failed && <Note look="stop" icon={WarnIcon} title={t.records_missing} />}
          {wrong}
        </>
      }
      beside={({ absence_told }) =>
        absence_told && (
          <Badge look="wait" icon={CalendarIcon}>
            {t.absence_badge}
          </Badge>
        )
      }
      acts={(one) =>
        one.absence_told ? (
          <Button icon={CrossIcon} onPress={() => void send(one, false)}>
            {t.absence_take_back} <span class="vh">: {one.name}</span>
          </Button>
        ) : (
          <Button icon={CalendarIcon} onPress={() => setChosen(one)}>
            {t.absence_this} <span class="vh">: {one.name}</span>
          </Button>
        )
      }
      onClose={onClose}
    >
      <Button onPress={onClose}>{c.close}</Button>
    </PickPerson>
  );
}
