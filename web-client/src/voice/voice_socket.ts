import type { PersonId } from "@protocol";
import { CLOSE, mayComeBack } from "../connection/close_codes";
import type { Dice, Timers } from "../connection/parts";
import { retryDelay } from "../connection/retry";

const VERSION = 1;
/** More than this waits to be sent, and a new frame is left out: late sound helps nobody. */
const WAITING_BYTES_MAX = 8 * 1024;

/** Text frames of /voice that the server sends. */
type VoiceFrameIn =
  | { type: "voice_welcome"; frame_ms: number; me?: number }
  | { type: "voice_speaker"; speaker: number; person: PersonId }
  | { type: "voice_may_speak"; may: boolean };

export interface VoiceSocketEvents {
  /** Null: no voice in this session. Asked for again before each attempt: a ticket works once. */
  askTicket(): Promise<string | null>;
  welcomed(frame_ms: number): void;
  lost(): void;
  speaker(speaker: number, person: PersonId): void;
  maySpeak(may: boolean): void;
  frame(data: ArrayBuffer): void;
  over(): void;
}

export interface VoiceSocketParts {
  readonly url: string;
  readonly listen: boolean;
  readonly openWire: (url: string) => WebSocket;
  readonly timers: Timers;
  readonly dice: Dice;
}

/** One person's way to /voice, over as many sockets as it takes. */
export class VoiceSocket {
  #wire: WebSocket | null = null;
  #is_welcome = false;
  #attempt = 0;

  constructor(
    private readonly parts: VoiceSocketParts,
    private readonly events: VoiceSocketEvents,
  ) {
    void this.#connect();
  }

  /** Sends a frame, or leaves it out. */
  send(frame: ArrayBuffer): "sent" | "left_out" {
    const wire = this.#wire;
    if (!wire || !this.#is_welcome || wire.bufferedAmount > WAITING_BYTES_MAX) return "left_out";
    wire.send(frame);
    return "sent";
  }

  async #connect(): Promise<void> {
    const ticket = await this.events.askTicket();
    if (ticket === null) return this.events.over();
    const wire = this.parts.openWire(this.parts.url);
    this.#wire = wire;
    wire.binaryType = "arraybuffer";
    wire.onopen = () =>
      wire.send(JSON.stringify({ type: "voice_hello", version: VERSION, ticket, listen: this.parts.listen }));
    wire.onmessage = ({ data }) => {
      if (data instanceof ArrayBuffer) this.events.frame(data);
      else if (typeof data === "string") this.#hear(data);
    };
    wire.onclose = ({ code }) => this.#lose(code);
  }

  /** A frame of a later version is passed over. */
  #hear(text: string): void {
    const frame = JSON.parse(text) as VoiceFrameIn;
    switch (frame.type) {
      case "voice_welcome":
        this.#is_welcome = true;
        this.#attempt = 0;
        return this.events.welcomed(frame.frame_ms);
      case "voice_speaker":
        return this.events.speaker(frame.speaker, frame.person);
      case "voice_may_speak":
        return this.events.maySpeak(frame.may);
    }
  }

  #lose(code: number): void {
    this.#wire = null;
    this.#is_welcome = false;
    // A ticket that came too late is no reason to stay away: the next one is fresh.
    if (!mayComeBack(code) && code !== CLOSE.bad_ticket) return this.events.over();
    this.events.lost();
    this.parts.timers.after(retryDelay(this.#attempt, this.parts.dice), () => void this.#connect());
    this.#attempt += 1;
  }
}
