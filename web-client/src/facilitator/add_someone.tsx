import type { Person } from "@protocol";
import { useState } from "preact/hooks";
import { useMay } from "../staff/may";
import { useRoomOf } from "../staff/room_of";
import { the } from "../state/room_state";
import { people } from "../state/selectors";
import { useApp, useCommon, useLine, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CallIcon, MicIcon, PenIcon, PersonIcon, SearchIcon } from "../view/icons";
import { addable } from "./floor_view";
import { PhoneCall } from "./phone_call";
import { floorTexts } from "./text";

const SHOWN_MAX = 12;

/** Asks for the floor for somebody: who raised a hand, who told it to the staff, who calls. */
export function AddSomeone({ onClose }: { onClose: () => void }) {
  const t = useTexts(floorTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const line = useLine();
  const may = useMay();
  const room = useRoomOf("person", "floor_request", "turn");
  const [wanted, setWanted] = useState("");
  const [writing_for, setWritingFor] = useState<Person | null>(null);
  const [text, setText] = useState("");
  const [is_call, setCall] = useState(false);

  const may_add = new Set(addable(room).map(({ id }) => id));
  const found = people(room).filter(
    ({ id, name }) =>
      may_add.has(id) && name.toLocaleLowerCase("fi").includes(wanted.trim().toLocaleLowerCase("fi")),
  );
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
    <Dialog title={t.add_title} onClose={onClose}>
      <div class="stack dialog-body">
        <div class="field">
          <label for="add-search" class="with-i">
            <SearchIcon /> {t.add_search}
          </label>
          <input
            id="add-search"
            type="search"
            autocomplete="off"
            value={wanted}
            onInput={(event) => setWanted(event.currentTarget.value)}
          />
        </div>
        {found.length === 0 && <p>{t.add_nobody}</p>}
        <ul class="lines pick">
          {found.slice(0, SHOWN_MAX).map((person) => (
            <li key={person.id}>
              <p>
                <b>{person.name}</b>{" "}
                <span class="small quiet">
                  {person.on_phone ? t.on_phone_small : t.presence[person.presence]}
                </span>
              </p>
              <div class="row">
                <Button icon={PersonIcon} onPress={() => add(person)}>
                  {t.add} <span class="vh">: {person.name}</span>
                </Button>
                <Button icon={PenIcon} onPress={() => setWritingFor(person)}>
                  {t.written} <span class="vh">: {person.name}</span>
                </Button>
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
              </div>
            </li>
          ))}
        </ul>
        {found.length > SHOWN_MAX && <p class="quiet small">{t.round_rest(found.length - SHOWN_MAX)}</p>}
        <div class="row">
          <Button icon={CallIcon} onPress={() => setCall(true)}>
            {t.call}
          </Button>
          <Button onPress={onClose}>{c.close}</Button>
        </div>
      </div>
    </Dialog>
  );
}
