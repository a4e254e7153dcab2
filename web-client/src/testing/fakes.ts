import type { ClientFrame, Clock, ServerFrame } from "@protocol";
import type { ExpectedAnswer, LookAnswer } from "@protocol/api";
import type { Answer, Entrance } from "../connection/entrance";
import type { Keep, Timers } from "../connection/parts";
import { openRoomLine, type RoomLine, type RoomLineParts } from "../connection/room_line";
import type { OpenSocket, SocketEvents } from "../connection/socket";

/** Time that passes when the test says so. */
export class FakeTimers implements Timers {
  #now = 0;
  #calls: { at: number; call: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, call: () => void): () => void {
    const entry = { at: this.#now + ms, call };
    this.#calls.push(entry);
    return () => {
      this.#calls = this.#calls.filter((other) => other !== entry);
    };
  }

  /** Lets `ms` pass; what is due on the way is called in its order. */
  pass(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const due = this.#calls.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#calls = this.#calls.filter((other) => other !== due);
      this.#now = Math.max(this.#now, due.at);
      due.call();
    }
    this.#now = until;
  }

  get waiting(): number {
    return this.#calls.length;
  }
}

export class FakeKeep implements Keep {
  readonly kept = new Map<string, string>();
  get(key: string): string | null {
    return this.kept.get(key) ?? null;
  }
  set(key: string, value: string): void {
    this.kept.set(key, value);
  }
  remove(key: string): void {
    this.kept.delete(key);
  }
}

/** One attempt at a connection, seen from the server's end. */
export class FakeSocket {
  readonly sent: ClientFrame[] = [];
  #is_over = false;

  constructor(private readonly events: SocketEvents) {}

  send(frame: ClientFrame): void {
    this.sent.push(frame);
  }

  giveUp(code: number): void {
    if (this.#is_over) return;
    this.#is_over = true;
    this.events.closed(code);
  }

  // What the server does.
  open(): void {
    this.events.opened();
  }
  say(...frames: ServerFrame[]): void {
    for (const frame of frames) this.events.frame(frame);
  }
  close(code: number): void {
    this.giveUp(code);
  }

  get is_over(): boolean {
    return this.#is_over;
  }
}

/** The door as the test wants it. */
export class FakeEntrance implements Entrance {
  link: Answer<LookAnswer> = { kind: "unknown" };
  about: Awaited<ReturnType<Entrance["site"]>> = { kind: "ok", value: { now: 0 } };
  help: Awaited<ReturnType<Entrance["askHelp"]>> = { kind: "ok", value: { help: "open" } };
  readonly helped: unknown[] = [];
  tickets: Answer<{ ticket: string }>[] = [];
  older: Awaited<ReturnType<Entrance["messages"]>> = { kind: "ok", value: { messages: [] } };
  awaited: Answer<ExpectedAnswer> = { kind: "ok", value: { people: [] } };
  readonly entered: (string | undefined)[] = [];

  site(): ReturnType<Entrance["site"]> {
    return Promise.resolve(this.about);
  }
  askHelp(_: unknown, asked: unknown): ReturnType<Entrance["askHelp"]> {
    this.helped.push(asked);
    return Promise.resolve(this.help);
  }
  look(): Promise<Answer<LookAnswer>> {
    return Promise.resolve(this.link);
  }
  enter(_: unknown, name: string | undefined): Promise<Answer<{ ticket: string }>> {
    this.entered.push(name);
    return Promise.resolve(
      this.tickets.shift() ?? { kind: "ok", value: { ticket: `entered-${this.entered.length}` } },
    );
  }
  calendar(): Promise<Blob | null> {
    return Promise.resolve(new Blob(["BEGIN:VCALENDAR"]));
  }
  messages(): ReturnType<Entrance["messages"]> {
    return Promise.resolve(this.older);
  }
  expected(): Promise<Answer<ExpectedAnswer>> {
    return Promise.resolve(this.awaited);
  }
}

export const CLOCK: Clock = { room: 1_000_000, utc: Date.UTC(2026, 11, 3, 8, 14) };

export interface Stand {
  line: RoomLine;
  sockets: FakeSocket[];
  timers: FakeTimers;
  keep: FakeKeep;
  entrance: FakeEntrance;
  /** The socket that is open now, or was last. */
  readonly socket: FakeSocket;
}

/** A line of person 7 with everything around it faked, not yet connected. */
export function standLine(change: Partial<RoomLineParts> = {}): Stand {
  const sockets: FakeSocket[] = [];
  const openSocket: OpenSocket = (events) => {
    const socket = new FakeSocket(events);
    sockets.push(socket);
    return socket;
  };
  const timers = (change.timers as FakeTimers | undefined) ?? new FakeTimers();
  const keep = (change.keep as FakeKeep | undefined) ?? new FakeKeep();
  const entrance = (change.entrance as FakeEntrance | undefined) ?? new FakeEntrance();
  const line = openRoomLine({
    openSocket,
    dice: () => 1,
    wallClock: () => CLOCK.utc,
    prefix: "abcdef",
    key: { secret: "s".repeat(22) },
    name: "Mustikka",
    ticket: "first",
    device: "Android, Chrome",
    ...change,
    timers,
    keep,
    entrance,
  });
  return {
    line,
    sockets,
    timers,
    keep,
    entrance,
    get socket() {
      const last = sockets.at(-1);
      if (!last) throw new Error("no socket has been opened");
      return last;
    },
  };
}

export const ME = 7;

/** What the server answers to hello, with the room at step `seq`. */
export function welcome(
  seq: number,
  change: Partial<Extract<ServerFrame, { type: "welcome" }>> = {},
): ServerFrame {
  return {
    type: "welcome",
    version: 1,
    epoch: "e1",
    seq,
    resumed: false,
    me: ME,
    role: "participant",
    connection: 1,
    clock: CLOCK,
    next_ticket: "next",
    ...change,
  };
}
