import { computed, type ReadonlySignal, signal, batch as together } from "@preact/signals";
import {
  type ClientFrame,
  type Command,
  FRAME_BYTES_MAX,
  type LineFigure,
  type Outcome,
  type PersonId,
  type Refusal,
  type Role,
  type SavingState,
  type SavingTrouble,
  type ServerFrame,
  type Speech,
  type TurnId,
  type UtcTime,
  type Welcome,
} from "@protocol";
import type { ExpectedPerson } from "@protocol/api";
import { applyBatch, EMPTY_ROOM, type RoomState, the } from "../state/room_state";
import { type ClockReading, readClock } from "./clock";
import { CLOSE, mayComeBack } from "./close_codes";
import type { Entrance, Key } from "./entrance";
import { OlderMessages, type OlderState } from "./older_messages";
import { isPendingList, Outbox, type PendingCommand, type RefusedCommand } from "./outbox";
import { type Dice, type Keep, readKept, type Timers } from "./parts";
import { retryDelay } from "./retry";
import { SilenceWatch } from "./silence_watch";
import type { OpenSocket, Socket } from "./socket";
import { TurnSpeech } from "./turn_speech";
import { VoiceTickets } from "./voice_tickets";

const VERSION = 1;

/** A command that has closed the line so often is not sent again: its author is told. */
const CLOSED_BY_MAX = 2;

/** After so many sockets without a sign of life it is asked whether the net forbids them. */
const MUTE_SOCKETS = 4;

/** `offline`: no line, since that moment of the page's clock, and it is tried again by itself. `ended`: it is not. */
export type LineStatus =
  | { readonly kind: "connecting" }
  | { readonly kind: "online" }
  | { readonly kind: "offline"; readonly since: number }
  | { readonly kind: "ended"; readonly code: number };

/** `unsent`: the line ended for good before an answer came. */
export type OutcomeResult =
  | { readonly kind: "done" }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "unsent" };

export interface RoomLineParts {
  openSocket: OpenSocket;
  entrance: Entrance;
  timers: Timers;
  dice: Dice;
  keep: Keep;
  /** Wall clock of this device, for showing when an unsent message was written. */
  wallClock(): UtcTime;
  /** 24 random bits in hexadecimal, new for every page load. */
  prefix: string;
  key: Key;
  /** The name given at the door, to give it again when the ticket has run out. */
  name: string | undefined;
  /** From the door; without it the one that is kept in this tab, or a new one is asked for. */
  ticket: string | undefined;
  device: string;
}

/** One person's line to the room, over as many sockets as it takes. */
export interface RoomLine {
  readonly status: ReadonlySignal<LineStatus>;
  readonly room: ReadonlySignal<RoomState>;
  /** 0 before the first welcome. */
  readonly me: ReadonlySignal<PersonId>;
  readonly role: ReadonlySignal<Role | null>;
  readonly clock: ReadonlySignal<ClockReading | null>;
  /**
   * The server answers over HTTP and no socket gets through: something between forbids it. It is tried again all the
   * same.
   */
  readonly isBlocked: ReadonlySignal<boolean>;
  readonly saving: ReadonlySignal<SavingState>;
  /** Why saving is stopped, for staff. */
  readonly savingTrouble: ReadonlySignal<SavingTrouble | null>;
  readonly lineFigures: ReadonlySignal<ReadonlyMap<PersonId, LineFigure>>;
  /** Commands of which the room does not show yet what became of them, oldest first. */
  readonly pending: ReadonlySignal<readonly PendingCommand[]>;
  /** Commands that were answered with no and not dismissed since. */
  readonly refused: ReadonlySignal<readonly RefusedCommand[]>;
  readonly olderMessages: ReadonlySignal<OlderState>;
  /** What is being said in a turn, as it is written; it means nothing when that turn is no longer on. */
  readonly speech: ReadonlySignal<Speech | null>;

  /** Keeps the command until its outcome is known, over lost lines and reloads, and answers with it. */
  send(command: Command): Promise<OutcomeResult>;
  /** The author has seen the refusal. */
  dismiss(id: string): void;
  /** Who has not come in yet; null when it cannot be told now. The staff only. */
  expected(): Promise<readonly ExpectedPerson[] | null>;
  /** Asks for up to 200 messages that are older than the oldest here. */
  showOlderMessages(): Promise<void>;
  /** Tells the others what is being said in the turn. Without a line it is not told: the next words bring it. */
  writeSpeech(turn: TurnId, text: string): void;
  /** A ticket for one connection to /voice; null when the session has no voice. Waits for the line when it is away. */
  askVoiceTicket(): Promise<string | null>;
  /** Tries at once, instead of when the wait is over. */
  retryNow(): void;
  /** Says goodbye. */
  leave(): void;
  /** Gives up everything without a word: for when the page is torn down. */
  close(): void;
}

export function openRoomLine(parts: RoomLineParts): RoomLine {
  const { timers, keep, entrance, key } = parts;

  const status = signal<LineStatus>({ kind: "connecting" });
  const room = signal<RoomState>(EMPTY_ROOM);
  const me = signal<PersonId>(0);
  const role = signal<Role | null>(null);
  const clock = signal<ClockReading | null>(null);
  const isBlocked = signal(false);
  const saving = signal<SavingState>("ok");
  const savingTrouble = signal<SavingTrouble | null>(null);
  const lineFigures = signal<ReadonlyMap<PersonId, LineFigure>>(new Map());
  const refused = signal<readonly RefusedCommand[]>(readKept(keep, "refused", isRefusedList, []));

  const outbox = new Outbox(keep, parts.prefix);
  const waiting = signal(outbox.pending);
  /** Done, but the step that did it has not come yet: shown as pending until then, so that nothing blinks. */
  const acknowledged = signal<readonly { item: PendingCommand; seq: number }[]>([]);
  const pending = computed(() => [...acknowledged.value.map(({ item }) => item), ...waiting.value]);
  const answers = new Map<string, (result: OutcomeResult) => void>();

  let ticket = parts.ticket ?? keep.get("ticket") ?? "";
  let epoch: string | null = null;
  let is_snapshot_due = true;
  let socket: Socket | null = null;
  let silence: SilenceWatch | null = null;
  let callOffRetry: (() => void) | null = null;
  let attempt = 0;
  let wait_at_least_ms = 0;
  /** What was sent on this socket and has no outcome yet. */
  let under_way: string[] = [];
  /**
   * A frame of ours has closed the line. Commands go one at a time then, so that another close tells which one it was,
   * until nothing waits; a call for help goes first.
   */
  let is_careful = false;
  const closed_by = new Map<string, number>();
  /** Sockets in a row of which nothing was heard. */
  let mute_sockets = 0;
  let is_entering = false;

  const voice_tickets = new VoiceTickets(timers, () => tell({ type: "ask_voice_ticket" }));
  const older = new OlderMessages(room, (before) => entrance.messages(key, before));
  const speech = new TurnSpeech(keep, tell);

  function end(code: number): void {
    status.value = { kind: "ended", code };
    for (const answer of answers.values()) answer({ kind: "unsent" });
    answers.clear();
    voice_tickets.deny();
  }

  function isEnded(): boolean {
    return status.value.kind === "ended";
  }

  /** Sends what is of no use later; false without a line. */
  function tell(frame: ClientFrame): boolean {
    if (status.value.kind !== "online") return false;
    socket?.send(frame);
    return true;
  }

  async function connect(): Promise<void> {
    callOffRetry = null;
    if (isEnded() || socket || is_entering) return;
    if (!ticket) {
      is_entering = true;
      const answer = await entrance.enter(key, parts.name);
      is_entering = false;
      if (isEnded()) return;
      if (answer.kind === "unknown") return end(CLOSE.bad_ticket);
      // An account that was locked, or has no part in this session any more.
      if (answer.kind === "refused" && answer.refusal.word === "not_permitted") return end(CLOSE.bad_ticket);
      if (answer.kind === "refused" && answer.refusal.word === "removed") return end(CLOSE.removed);
      if (answer.kind === "refused" && ["too_early", "over", "revoked"].includes(answer.refusal.word))
        return end(CLOSE.bad_ticket);
      if (answer.kind === "refused" && answer.refusal.word === "not_now") return end(CLOSE.session_over);
      if (answer.kind === "refused") wait_at_least_ms = (answer.refusal.wait_seconds ?? 0) * 1000;
      if (answer.kind !== "ok") return retryLater();
      useTicket(answer.value.ticket);
    }
    socket = parts.openSocket({ opened: greet, frame: hear, closed: lose });
    silence = new SilenceWatch(timers, () => socket?.giveUp(CLOSE.silent));
  }

  /** One that is used up is kept empty: a tab that was in goes back in after a reload, and not to the door. */
  function useTicket(next: string): void {
    ticket = next;
    keep.set("ticket", next);
  }

  function greet(): void {
    socket?.send({
      type: "hello",
      version: VERSION,
      ticket,
      ...(epoch === null || is_snapshot_due ? {} : { resume: { epoch, seq: room.value.seq } }),
      device: parts.device,
    });
  }

  function hear(frame: ServerFrame): void {
    silence?.heard();
    mute_sockets = 0;
    isBlocked.value = false;
    switch (frame.type) {
      case "welcome":
        return beWelcomed(frame);
      case "batch": {
        const base = is_snapshot_due ? EMPTY_ROOM : room.value;
        const applied = applyBatch(base, frame);
        if (applied.kind === "gap") return socket?.giveUp(CLOSE.gap);
        if (applied.kind === "already") return;
        return together(() => {
          older.follow(frame, base, applied.room, is_snapshot_due);
          speech.follow(base, applied.room, is_snapshot_due);
          is_snapshot_due = false;
          room.value = applied.room;
          acknowledged.value = acknowledged.value.filter(({ seq }) => seq > applied.room.seq);
        });
      }
      case "outcome":
        return settle(frame);
      case "heartbeat":
        return together(() => {
          clock.value = readClock(clock.value, frame.clock, timers.now());
          // Whatever a step showed us came before this; a step that shows us nothing never comes.
          if (acknowledged.value.length > 0) acknowledged.value = [];
        });
      case "line_figures":
        lineFigures.value = new Map(frame.lines.map((line) => [line.person, line]));
        return;
      case "saving": {
        saving.value = frame.state;
        savingTrouble.value = frame.trouble ?? null;
        // What was under way may not have been saved, though the trouble was over before it was told.
        if (frame.state === "ok") sendPending();
        return;
      }
      case "speech":
        speech.heard.value = frame;
        return;
      case "voice_ticket":
        return voice_tickets.give(frame.ticket);
      case "voice_off":
        return voice_tickets.deny();
      case "goodbye":
        wait_at_least_ms = frame.retry_after_ms ?? 0;
        if (!mayComeBack(frame.code)) socket?.giveUp(frame.code);
        return;
    }
  }

  function beWelcomed(welcome: Welcome): void {
    startAnewWhenSettled();
    wait_at_least_ms = 0;
    useTicket(welcome.next_ticket);
    together(() => {
      is_snapshot_due = !welcome.resumed;
      epoch = welcome.epoch;
      me.value = welcome.me;
      role.value = welcome.role;
      clock.value = readClock(null, welcome.clock, timers.now());
      saving.value = "ok";
      savingTrouble.value = null;
      status.value = { kind: "online" };
    });
    sendPending();
  }

  /** A line that is lost again before all is settled is tried less and less often: it may be our own doing. */
  function startAnewWhenSettled(): void {
    if (outbox.pending.length > 0) return;
    attempt = 0;
    is_careful = false;
    closed_by.clear();
  }

  function sendPending(): void {
    const is_call = ({ command }: PendingCommand) => command.type === "ask_for_help";
    const items = outbox.pending;
    const first = items.find(is_call) ?? items[0];
    for (const item of is_careful && first ? [first] : items) sendCommand(item);
    voice_tickets.goOn();
  }

  /** What does not fit a frame is not sent: it would end the line, and come back with the next one. */
  function sendCommand({ id, command }: PendingCommand): void {
    const frame = { type: "command" as const, id, command };
    if (new TextEncoder().encode(JSON.stringify(frame)).length > FRAME_BYTES_MAX)
      return settle({ type: "outcome", id, seq: 0, refusal: { word: "text_too_long" } });
    if (!under_way.includes(id)) under_way.push(id);
    socket?.send(frame);
  }

  function settle(outcome: Outcome): void {
    under_way = under_way.filter((id) => id !== outcome.id);
    const item = outbox.take(outcome.id);
    if (!item) return;
    const { refusal } = outcome;
    together(() => {
      waiting.value = outbox.pending;
      if (refusal) keepRefused([...refused.value, { ...item, refusal }]);
      else if (outcome.seq > room.value.seq)
        acknowledged.value = [...acknowledged.value, { item, seq: outcome.seq }];
    });
    answers.get(item.id)?.(refusal ? { kind: "refused", refusal } : { kind: "done" });
    answers.delete(item.id);
    if (is_careful && under_way.length === 0 && socket && status.value.kind === "online") sendPending();
    startAnewWhenSettled();
  }

  /** The server closed the line because of a frame of ours. */
  function lookForBadCommand(): void {
    const [id] = under_way;
    if (id === undefined) return;
    is_careful = true;
    if (under_way.length > 1) return;
    const times = (closed_by.get(id) ?? 0) + 1;
    closed_by.set(id, times);
    if (times >= CLOSED_BY_MAX) settle({ type: "outcome", id, seq: 0, refusal: { word: "invalid" } });
  }

  function lose(code: number): void {
    socket = null;
    silence?.stop();
    silence = null;
    if (isEnded()) return;
    if (code === CLOSE.bad_frame || code === CLOSE.not_utf8 || code === CLOSE.too_large) lookForBadCommand();
    under_way = [];
    if (code === CLOSE.bad_ticket) {
      useTicket("");
      return retryLater();
    }
    if (!mayComeBack(code)) return end(code);
    mute_sockets += 1;
    if (mute_sockets % MUTE_SOCKETS === 0) void askWhetherBlocked();
    retryLater();
  }

  /** A server that is away answers nothing; a net that lets no socket through lets a question through. */
  async function askWhetherBlocked(): Promise<void> {
    const answer = await entrance.site();
    if (!isEnded() && mute_sockets >= MUTE_SOCKETS) isBlocked.value = answer.kind === "ok";
  }

  function retryLater(): void {
    together(() => {
      acknowledged.value = [];
      if (status.value.kind !== "offline") status.value = { kind: "offline", since: timers.now() };
    });
    const delay = Math.max(wait_at_least_ms, retryDelay(attempt, parts.dice));
    attempt += 1;
    callOffRetry?.();
    callOffRetry = timers.after(delay, () => void connect());
  }

  function keepRefused(list: readonly RefusedCommand[]): void {
    refused.value = list;
    if (list.length > 0) keep.set("refused", JSON.stringify(list));
    else keep.remove("refused");
  }

  void connect();

  return {
    status,
    room,
    me,
    role,
    clock,
    isBlocked,
    saving,
    savingTrouble,
    lineFigures,
    pending,
    refused,
    olderMessages: older.state,
    speech: speech.heard,

    send(command) {
      if (isEnded()) return Promise.resolve({ kind: "unsent" });
      const item = outbox.add(command, parts.wallClock());
      waiting.value = outbox.pending;
      const answered = new Promise<OutcomeResult>((answer) => answers.set(item.id, answer));
      if (status.value.kind === "online" && (!is_careful || under_way.length === 0)) sendCommand(item);
      return answered;
    },

    dismiss(id) {
      keepRefused(refused.value.filter((item) => item.id !== id));
    },

    showOlderMessages() {
      return older.show();
    },

    async expected() {
      const session = the(room.value, "room")?.session;
      if (session === undefined) return null;
      const answer = await entrance.expected?.(key, session);
      return answer?.kind === "ok" ? answer.value.people : null;
    },

    writeSpeech(turn, text) {
      speech.write(turn, text);
    },

    askVoiceTicket() {
      return isEnded() ? Promise.resolve(null) : voice_tickets.ask();
    },

    retryNow() {
      if (!callOffRetry) return;
      callOffRetry();
      wait_at_least_ms = 0;
      void connect();
    },

    leave() {
      socket?.send({ type: "leave" });
      end(CLOSE.left);
      keep.remove("ticket");
      socket?.giveUp(1000);
    },

    close() {
      end(CLOSE.left);
      callOffRetry?.();
      socket?.giveUp(1000);
    },
  };
}

function isRefusedList(value: unknown): value is RefusedCommand[] {
  return isPendingList(value) && value.every((item) => "refusal" in item);
}
