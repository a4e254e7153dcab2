import type { FromWorker, ToWorker, WorkerTask } from "./messages";
import { VoiceSocket } from "./voice_socket";

export type Start = Extract<ToWorker, { kind: "start" }>;

/** A worker has timers of its own, that a hidden page does not slow down. */
const workerTimers = {
  now: () => performance.now(),
  after(ms: number, call: () => void) {
    const id = setTimeout(call, ms);
    return () => clearTimeout(id);
  },
};

let giveTicket: ((ticket: string | null) => void) | null = null;

/** What a worker hears from its page. The first message starts it. */
export function onPage(hear: { start(message: Start): void; speak?(is_open: boolean): void }): void {
  addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
    if (data.kind === "start") hear.start(data);
    else if (data.kind === "ticket") giveTicket?.(data.ticket);
    else hear.speak?.(data.is_open);
  });
}

/**
 * The socket of this worker. The page, which holds the line to the room, is asked for tickets, and told how it goes.
 */
export function openVoiceSocket(
  url: string,
  task: WorkerTask["task"],
  events: {
    welcomed?(frame_ms: number): void;
    lost?(): void;
    maySpeak?(may: boolean): void;
    frame?(data: ArrayBuffer): void;
  },
): VoiceSocket {
  const tell = (message: FromWorker) => postMessage(message);
  return new VoiceSocket(
    {
      url,
      listen: task === "listen",
      openWire: (address) => new WebSocket(address),
      timers: workerTimers,
      dice: Math.random,
    },
    {
      askTicket() {
        tell({ kind: "ask_ticket" });
        return new Promise((answer) => {
          giveTicket = answer;
        });
      },
      welcomed(frame_ms) {
        events.welcomed?.(frame_ms);
        tell({ kind: "line", is_up: true });
      },
      lost() {
        events.lost?.();
        tell({ kind: "line", is_up: false });
      },
      speaker: (speaker, person) => tell({ kind: "speaker", speaker, person }),
      maySpeak(may) {
        events.maySpeak?.(may);
        tell({ kind: "may_speak", may });
      },
      frame: (data) => events.frame?.(data),
      over: () => tell({ kind: "over" }),
    },
  );
}
