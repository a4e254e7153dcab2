import type { PersonId } from "@protocol";
import { useEffect, useState } from "preact/hooks";
import type { ExpectedPerson } from "../connection/entrance";
import { useRoomOf } from "../staff/room_of";
import { all, type RoomState } from "../state/room_state";
import { people } from "../state/selectors";
import { useApp, useCommon, useLine, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CallIcon, SearchIcon } from "../view/icons";
import { callable, hasRequest } from "./floor_view";
import { floorTexts } from "./text";

const SHOWN_MAX = 12;

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
  const [wanted, setWanted] = useState("");
  const [caller, setCaller] = useState<ExpectedPerson | null>(null);
  const [name, setName] = useState("");

  useEffect(() => {
    void line.expected().then((found) => {
      setExpected(found ?? []);
      setKnown(found !== null);
    });
  }, [line]);

  const take = async (person: PersonId, shown: string, is_new: boolean) => {
    onClose();
    const came = await line.send({
      type: "set_on_phone",
      person,
      on: true,
      ...(is_new ? { name: shown } : {}),
    });
    if (came.kind !== "done" || hasRequest(line.room.peek(), person)) return;
    const asked = await line.send({ type: "request_floor", kind: "speak", beneficiary: person });
    if (asked.kind === "done") announcer.say(t.add_done(shown));
  };

  if (caller) {
    return (
      <Dialog title={t.call_title(caller.name)} onClose={onClose}>
        <form
          class="stack dialog-body"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim()) void take(caller.person, name.trim(), true);
          }}
        >
          <p>{t.call_netiquette}</p>
          <div class="field">
            <label for="call-name">{t.call_name}</label>
            <p class="hint" id="call-name-why">
              {t.call_name_why}
            </p>
            <input
              id="call-name"
              required
              maxLength={60}
              autocomplete="off"
              aria-describedby="call-name-why"
              value={name}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          </div>
          <div class="row">
            <Button look="main" icon={CallIcon} is_submit>
              {t.add}
            </Button>
            <Button onPress={() => setCaller(null)}>{c.back}</Button>
          </div>
        </form>
      </Dialog>
    );
  }
  const found = callers(room, expected ?? []).filter((one) =>
    one.name.toLocaleLowerCase("fi").includes(wanted.trim().toLocaleLowerCase("fi")),
  );
  return (
    <Dialog title={t.call} onClose={onClose}>
      <div class="stack dialog-body">
        <div class="field">
          <label for="call-search" class="with-i">
            <SearchIcon /> {t.add_search}
          </label>
          <input
            id="call-search"
            type="search"
            autocomplete="off"
            value={wanted}
            onInput={(event) => setWanted(event.currentTarget.value)}
          />
        </div>
        {!is_known && <p>{t.call_unknown}</p>}
        {expected !== null && found.length === 0 && <p>{t.call_nobody}</p>}
        <ul class="lines pick" aria-busy={expected === null}>
          {found.slice(0, SHOWN_MAX).map((one) => (
            <li key={one.person}>
              <p>
                <b>{one.name}</b> <span class="small quiet">{t.presence[one.presence]}</span>
              </p>
              <div class="row">
                <Button
                  icon={CallIcon}
                  onPress={() =>
                    one.presence === "expected" ? setCaller(one) : void take(one.person, one.name, false)
                  }
                >
                  {t.call_this} <span class="vh">: {one.name}</span>
                </Button>
              </div>
            </li>
          ))}
        </ul>
        {found.length > SHOWN_MAX && <p class="quiet small">{t.round_rest(found.length - SHOWN_MAX)}</p>}
        <div class="row">
          <Button onPress={onBack}>{c.back}</Button>
          <Button onPress={onClose}>{c.close}</Button>
        </div>
      </div>
    </Dialog>
  );
}

type Caller = ExpectedPerson & { readonly presence: "expected" | "present" | "away" | "gone" | "removed" };

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
