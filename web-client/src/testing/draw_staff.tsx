import type { Change, Command, PersonId, Refusal, Role, ServerFrame } from "@protocol";
import type { ExpectedPerson } from "@protocol/api";
import type { ComponentChildren } from "preact";
import { LineProvider } from "../view/app";
import { type Drawn, draw } from "./draw";
import { CLOCK, standLine, welcome } from "./fakes";
import { FACILITATOR, MODERATOR, ROOM } from "./staff_fixtures";

const HEARTBEAT_MS = 5000;

export interface StaffPage extends Drawn {
  /** The commands that this page has sent and the server has not answered, oldest first. */
  sent(): Command[];
  /** The server does what was sent last, with these changes. */
  done(...changes: Change[]): Promise<void>;
  refuse(refusal: Refusal): Promise<void>;
  step(...changes: Change[]): Promise<void>;
  hear(frame: ServerFrame): Promise<void>;
  lose(): Promise<void>;
  /** Time without a line. */
  passAway(ms: number): Promise<void>;
  comeBack(): Promise<void>;
  /** A key, where the focus is. */
  key(key: string, more?: KeyboardEventInit): Promise<void>;
  choose(label: string): Promise<void>;
  submit(form: string): Promise<void>;
}

/** A page of one of the staff in the room with these things, online, at step 1. */
export async function drawForStaff(
  children: ComponentChildren,
  change: {
    role?: Role;
    me?: PersonId;
    changes?: readonly Change[];
    expected?: readonly ExpectedPerson[] | null;
  } = {},
): Promise<StaffPage> {
  const role = change.role ?? "facilitator";
  const me = change.me ?? (role === "moderator" ? MODERATOR : FACILITATOR);
  const stand = standLine();
  const { expected = [] } = change;
  stand.entrance.awaited = expected
    ? { kind: "ok", value: { people: [...expected] } }
    : { kind: "unreachable" };
  stand.socket.open();
  stand.socket.say(welcome(1, { me, role }), {
    type: "batch",
    from: 0,
    to: 1,
    changes: [...(change.changes ?? ROOM)],
  });
  const drawn = await draw(() => <LineProvider line={stand.line}>{children}</LineProvider>, {
    keep: stand.keep,
    timers: stand.timers,
  });
  const frames = () => stand.socket.sent.flatMap((frame) => (frame.type === "command" ? [frame] : []));
  const answered = new Set<string>();
  const open = () => frames().filter(({ id }) => !answered.has(id));
  const answer = (refusal?: Refusal) => {
    const frame = open().at(-1);
    if (!frame) throw new Error("nothing has been sent");
    answered.add(frame.id);
    const seq = stand.line.room.peek().seq + 1;
    return { type: "outcome" as const, id: frame.id, seq, ...(refusal ? { refusal } : {}) };
  };
  const batch = (changes: readonly Change[]): ServerFrame => {
    const from = stand.line.room.peek().seq;
    return { type: "batch", from, to: from + 1, changes: [...changes] };
  };
  return {
    ...drawn,
    // As on a line that works: the server's heartbeat comes every 5 s.
    async pass(ms) {
      for (let left = ms; left > 0; left -= HEARTBEAT_MS) {
        await drawn.pass(Math.min(left, HEARTBEAT_MS));
        const now = stand.timers.now();
        const clock = { room: CLOCK.room + now, utc: CLOCK.utc + now };
        await drawn.does(() => stand.socket.say({ type: "heartbeat", clock }));
      }
    },
    sent: () => open().map(({ command }) => command),
    done: (...changes) => drawn.does(() => stand.socket.say(answer(), batch(changes))),
    refuse: (refusal) => drawn.does(() => stand.socket.say(answer(refusal))),
    step: (...changes) => drawn.does(() => stand.socket.say(batch(changes))),
    hear: (frame) => drawn.does(() => stand.socket.say(frame)),
    lose: () => drawn.does(() => stand.socket.close(1006)),
    passAway: drawn.pass,
    comeBack: () =>
      drawn.does(() => {
        stand.socket.open();
        const { seq } = stand.line.room.peek();
        stand.socket.say(welcome(seq, { me, role, resumed: true }));
      }),
    key: (key, more) =>
      drawn.does(() => {
        document.activeElement?.dispatchEvent(
          new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }),
        );
      }),
    submit: (form) =>
      drawn.does(() => {
        drawn.root
          .querySelector(form)
          ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
      }),
    choose: (label) =>
      drawn.does(() => {
        const scope = [...drawn.root.querySelectorAll("dialog[open]")].at(-1) ?? drawn.root;
        const found = [...scope.querySelectorAll<HTMLElement>(".seg label")].find(
          (one) => (one.textContent ?? "").trim() === label,
        );
        const input = found?.querySelector("input");
        if (!input) throw new Error(`no choice ${label}`);
        input.click();
      }),
  };
}
