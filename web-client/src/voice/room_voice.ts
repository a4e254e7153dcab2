import { effect } from "@preact/signals";
import type { PersonId } from "@protocol";
import type { Keep } from "../connection/parts";
import { readKept } from "../connection/parts";
import type { RoomLine } from "../connection/room_line";
import { socketUrl } from "../connection/socket";
import { type RoomState, the } from "../state/room_state";
import { Listening } from "./listening";
import { Speaking } from "./speaking";

/** Those who may be heard without a turn. */
export function isOnStage(room: RoomState, me: PersonId): boolean {
  return the(room, "floor")?.stage.includes(me) ?? false;
}

/** The turn that is on is mine, to be spoken. */
export function hasTurn(room: RoomState, me: PersonId): boolean {
  const turn = the(room, "turn");
  return turn?.speaker === me && turn.kind !== "written";
}

const WANTED = "listening";
const VOLUME = "volume";
const isVolume = (value: unknown): value is number => typeof value === "number" && value >= 0 && value <= 1;

/** The sound of one room: hearing, being heard, and what of it this tab and this device remember. */
export class RoomVoice {
  readonly listening: Listening;
  readonly speaking: Speaking;
  readonly #stopFollowing: () => void;

  constructor(
    line: RoomLine,
    private readonly tab: Keep,
    private readonly device: Keep,
    first_ticket: string,
  ) {
    /** The answer by which the page learnt that there is voice is good for the first to ask. */
    let spare: string | null = first_ticket;
    const parts = {
      url: socketUrl(location, "/voice"),
      askTicket() {
        if (spare === null) return line.askVoiceTicket();
        const ticket = spare;
        spare = null;
        return Promise.resolve(ticket);
      },
    };
    this.listening = new Listening(parts);
    this.speaking = new Speaking(parts);
    this.listening.setVolume(readKept(device, VOLUME, isVolume, 1));
    // A reload goes on as it was; the browser may want a press first.
    if (tab.get(WANTED) === "on") void this.listening.start();
    this.#stopFollowing = effect(() => {
      const room = line.room.value;
      const me = line.me.value;
      // The turn is over: the microphone is given back to the device.
      if (!isOnStage(room, me) && !hasTurn(room, me)) this.speaking.close();
    });
  }

  /** The person has not said yet whether they want to listen. */
  get is_new(): boolean {
    return this.tab.get(WANTED) === null;
  }

  listen(): void {
    this.tab.set(WANTED, "on");
    void this.listening.start();
  }

  beQuiet(): void {
    this.tab.set(WANTED, "off");
    this.listening.stop();
  }

  setVolume(volume: number): void {
    this.listening.setVolume(volume);
    this.device.set(VOLUME, JSON.stringify(volume));
  }

  close(): void {
    this.#stopFollowing();
    this.listening.close();
    this.speaking.close();
  }
}
