import type { PersonId } from "@protocol";
import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { DayRequestsContext } from "../attendance/requests";
import { useRoomOf } from "../staff/room_of";
import { the } from "../state/room_state";
import { useApp, useLine, useTexts } from "../view/app";
import { InfoIcon } from "../view/icons";
import { messagesTexts } from "./text";

type Needs = ReadonlyMap<PersonId, string>;
const NOBODY: Needs = new Map();

const NeedsContext = createContext<Needs>(NOBODY);

/** Asked no more often than this: each answer is a look at people, which is noted. */
const ASK_EVERY_MS = 30_000;

/**
 * What help people need, for the moderators whom they let see it. It is no part of the room: it is asked for, and asked
 * for anew when somebody has come in or asks for help. Whoever has taken the permission back is in no later answer.
 */
export function KnowNeeds({ children }: { children: ComponentChildren }) {
  const line = useLine();
  const { timers } = useApp();
  const requests = useContext(DayRequestsContext);
  const room = useRoomOf("room", "person", "help_request");
  const session = the(room, "room")?.session;
  const is_moderator = line.role.value === "moderator";
  const [needs, setNeeds] = useState(NOBODY);
  const next_at = useRef(timers.now());
  const basis = `${room.things.person.size} ${Math.max(0, ...room.things.help_request.keys())}`;
  useEffect(() => {
    if (!requests || session === undefined || !is_moderator) return setNeeds(NOBODY);
    let is_last = true;
    const ask = async () => {
      next_at.current = timers.now() + ASK_EVERY_MS;
      const answer = await requests.needs(session);
      // Without a line what was known stays; whoever may not ask any more knows nothing.
      if (!is_last || answer.kind === "unreachable") return;
      const people = answer.kind === "ok" ? answer.value.people : [];
      setNeeds(new Map(people.map((one) => [one.person, one.needs])));
    };
    const wait_ms = next_at.current - timers.now();
    const callOff = wait_ms > 0 ? timers.after(wait_ms, () => void ask()) : void ask();
    return () => {
      is_last = false;
      callOff?.();
    };
  }, [requests, session, is_moderator, basis]);
  return <NeedsContext.Provider value={needs}>{children}</NeedsContext.Provider>;
}

/** What help somebody needs; nothing where it is not known. */
export function NeedsOf({ person }: { person: PersonId }) {
  const t = useTexts(messagesTexts);
  const needs = useContext(NeedsContext).get(person);
  if (!needs) return null;
  return (
    <span class="small with-i">
      <InfoIcon />
      <span>
        {t.needs}: <bdi>{needs}</bdi>
      </span>
    </span>
  );
}
