import type { Person } from "@protocol";
import { useState } from "preact/hooks";
import { useMay } from "../staff/may";
import { PickPerson } from "../staff/pick_person";
import { useRoomOf } from "../staff/room_of";
import { the } from "../state/room_state";
import { isAnonymous, people } from "../state/selectors";
import { useApp, useCommon, useLine, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CallIcon, MicIcon, PenIcon, PersonIcon } from "../view/icons";
import { addable } from "./floor_view";
import { PhoneCall } from "./phone_call";
import { floorTexts } from "./text";

/** Asks for the floor for somebody: who raised a hand, who told it to the staff, who calls. */
export function AddSomeone({ onClose }: { onClose: () => void }) {
  const t = useTexts(floorTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const line = useLine();
  const may = useMay();
  const room = useRoomOf("person", "floor_request", "turn");
  const [writing_for, setWritingFor] = useState<Person | null>(null);
  const [text, setText] = useState("");
  const [is_call, setCall] = useState(false);

  const may_add = new Set(addable(room).map(({ id }) => id));
  const found = people(room).filter(({ id }) => may_add.has(id));
  const is_turn_on = the(room, "turn") !== undefined;
  const add = (person: Person, written?: string) => {
    void line
      .send({
        type: "request_floor",
        kind: written ? "written" : "speak",
        beneficiary: person.id,
        ...(written ? { text: written } : {}),
      })
      .then((result) => {
        if (result.kind === "done") announcer.say(t.add_done(person.name));
      });
    onClose();
  };

  if (is_call) return <PhoneCall onBack={() => setCall(false)} onClose={onClose} />;
  if (writing_for) {
    return (
      <Dialog title={writing_for.name} onClose={onClose}>
        <form
          class="stack dialog-body"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim()) add(writing_for, text.trim());
          }}
        >
          <div class="field">
            <label for="written-for">{t.add_written_label}</label>
            <textarea
              dir="auto"
              id="written-for"
              rows={5}
              maxLength={1000}
              required
              value={text}
              onInput={(event) => setText(event.currentTarget.value)}
            />
          </div>
          <div class="row">
            <Button look="main" icon={PersonIcon} is_submit>
              {t.add}
            </Button>
            <Button onPress={() => setWritingFor(null)}>{c.back}</Button>
          </div>
        </form>
      </Dialog>
    );
  }
  return (
    <PickPerson
      title={t.add_title}
      search_id="add-search"
      people={found}
      keyOf={({ id }) => id}
      nobody={t.add_nobody}
      beside={(person) => (
        <span class="small quiet">{person.on_phone ? t.on_phone_small : t.presence[person.presence]}</span>
      )}
      acts={(person) => (
        <>
          <Button icon={PersonIcon} onPress={() => add(person)}>
            {t.add} <span class="vh">: {person.name}</span>
          </Button>
          {!isAnonymous(room) && (
            <Button icon={PenIcon} onPress={() => setWritingFor(person)}>
              {t.written} <span class="vh">: {person.name}</span>
            </Button>
          )}
          {may("grant_floor_to") && person.presence === "present" && (
            <Button
              icon={MicIcon}
              unusable_because={is_turn_on ? t.add_give_why : undefined}
              onPress={() => {
                void line.send({ type: "grant_floor_to", person: person.id });
                onClose();
              }}
            >
              {t.give} <span class="vh">: {person.name}</span>
            </Button>
          )}
        </>
      )}
      onClose={onClose}
    >
      <Button icon={CallIcon} onPress={() => setCall(true)}>
        {t.call}
      </Button>
      <Button onPress={onClose}>{c.close}</Button>
    </PickPerson>
  );
}
