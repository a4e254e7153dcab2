import type { PersonId } from "@protocol";
import type { ExpectedPerson } from "@protocol/api";
import { useEffect, useState } from "preact/hooks";
import { PickPerson } from "../staff/pick_person";
import { useStaffRefusalText } from "../staff/refusal_text";
import { useRoomOf } from "../staff/room_of";
import { all, type RoomState } from "../state/room_state";
import { isAnonymous, nameOf, people } from "../state/selectors";
import { useApp, useCommon, useLine, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CallIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { callable, hasRequest } from "./floor_view";
import { floorTexts } from "./text";

/**
 * Somebody is on the phone with us. Who has been here today is put into the queue at once. Who has not is asked for the
 * name that the others will see, and for the netiquette.
 */
export function PhoneCall({ onBack, onClose }: { onBack: () => void; onClose: () => void }) {
  const t = useTexts(floorTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const line = useLine();
  const room = useRoomOf("person", "floor_request", "turn");
  const [expected, setExpected] = useState<readonly ExpectedPerson[] | null>(null);
  const [is_known, setKnown] = useState(true);
  const [caller, setCaller] = useState<Caller | null>(null);

  useEffect(() => {
    void line.expected().then((found) => {
      setExpected(found ?? []);
      setKnown(found !== null);
    });
  }, [line]);

  /** Puts who is on the phone into the queue. */
  const queue = async (person: PersonId, shown: string) => {
    if (hasRequest(line.room.peek(), person)) return;
    const asked = await line.send({ type: "request_floor", kind: "speak", beneficiary: person });
    if (asked.kind === "done") announcer.say(t.add_done(shown));
  };
  const take = async ({ person, name }: Caller) => {
    onClose();
    const came = await line.send({ type: "set_on_phone", person, on: true });
    if (came.kind === "done") await queue(person, name);
  };

  if (caller) {
    return (
      <NameOfCaller
        caller={caller}
        onNamed={(name) => {
          onClose();
          void queue(caller.person, name);
        }}
        onBack={() => setCaller(null)}
        onClose={onClose}
      />
    );
  }
  return (
    <PickPerson
      title={t.call}
      search_id="call-search"
      people={expected && callers(room, expected)}
      keyOf={({ person }) => person}
      nobody={t.call_nobody}
      note={!is_known && <p>{t.call_unknown}</p>}
      beside={({ presence }) => <span class="small quiet">{t.presence[presence]}</span>}
      acts={(one) => (
        <Button
          icon={CallIcon}
          onPress={() => (one.presence === "expected" ? setCaller(one) : void take(one))}
        >
          {t.call_this} <span class="vh">: {one.name}</span>
        </Button>
      )}
      onClose={onClose}
    >
      <Button onPress={onBack}>{c.back}</Button>
      <Button onPress={onClose}>{c.close}</Button>
    </PickPerson>
  );
}

/** The name of somebody new. One that is refused stays in the field, with the reason beside it. */
function NameOfCaller(props: {
  caller: Caller;
  onNamed: (name: string) => void;
  onBack: () => void;
  onClose: () => void;
}) {
  const { caller, onNamed, onBack, onClose } = props;
  const t = useTexts(floorTexts);
  const c = useCommon();
  const line = useLine();
  const refusalText = useStaffRefusalText();
  const [name, setName] = useState("");
  const [trouble, setTrouble] = useState("");
  const [is_asking, setAsking] = useState(false);
  // A nickname is given to them.
  const is_anonymous = isAnonymous(line.room.peek());

  const ask = async (event: Event) => {
    event.preventDefault();
    const wanted = name.trim();
    if ((!wanted && !is_anonymous) || is_asking) return;
    setAsking(true);
    const came = await line.send({
      type: "set_on_phone",
      person: caller.person,
      on: true,
      ...(is_anonymous ? {} : { name: wanted }),
    });
    setAsking(false);
    if (came.kind === "done") return onNamed(wanted || nameOf(line.room.peek(), caller.person));
    setTrouble(came.kind === "refused" ? refusalText(came.refusal) : c.line_lost);
    // It has been said aloud, and stands beside the name: not in the corner as well.
    for (const { id, command } of line.refused.peek())
      if (command.type === "set_on_phone" && command.person === caller.person) line.dismiss(id);
  };
  return (
    <Dialog title={t.call_title(caller.name)} onClose={onClose}>
      <form class="stack dialog-body" onSubmit={(event) => void ask(event)}>
        <p>{t.call_netiquette}</p>
        {is_anonymous ? (
          <p>{t.call_nickname}</p>
        ) : (
          <div class="field">
            <label for="call-name">{t.call_name}</label>
            <p class="hint" id="call-name-why">
              {t.call_name_why}
            </p>
            <input
              dir="auto"
              id="call-name"
              required
              maxLength={60}
              autocomplete="off"
              aria-describedby="call-name-why"
              value={name}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          </div>
        )}
        {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
        <div class="row">
          <Button look="main" icon={CallIcon} is_submit>
            {t.add}
          </Button>
          <Button onPress={onBack}>{c.back}</Button>
        </div>
      </form>
    </Dialog>
  );
}

type Caller = Omit<ExpectedPerson, "absence_told"> & {
  readonly presence: "expected" | "present" | "away" | "gone" | "removed";
};

/** Those without a line come first: it is they who call. */
function callers(room: RoomState, expected: readonly ExpectedPerson[]): Caller[] {
  const known = new Set(all(room, "person").map(({ id }) => id));
  const here = callable(people(room)).map(({ id, name, presence }) => ({ person: id, name, presence }));
  return [
    ...here.filter(({ presence }) => presence !== "present"),
    ...expected
      .filter(({ person }) => !known.has(person))
      .map((one) => ({ ...one, presence: "expected" as const })),
    ...here.filter(({ presence }) => presence === "present"),
  ];
}
