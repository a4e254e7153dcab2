import type { FromWorker, ToWorker, WorkerTask } from "./messages";
import { addressOf, type OwnScript } from "./own_scripts";

export interface WorkerParts {
  /** Of /voice. */
  readonly url: string;
  /** A fresh one; null when this session has no voice. */
  askTicket(): Promise<string | null>;
}

export interface VoiceWorker {
  send(message: Extract<ToWorker, { kind: "speak" }>): void;
  close(): void;
}

/** Starts a worker with its task and its end of the channel to the audio thread. */
export function startWorker(
  script: OwnScript,
  parts: WorkerParts,
  task: WorkerTask,
  port: MessagePort,
  hear: (message: Exclude<FromWorker, { kind: "ask_ticket" }>) => void,
): VoiceWorker {
  const worker = new Worker(addressOf(script));
  const tell = (message: ToWorker, transfer: Transferable[] = []) => worker.postMessage(message, transfer);
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (data.kind !== "ask_ticket") return hear(data);
    void parts.askTicket().then((ticket) => tell({ kind: "ticket", ticket }));
  };
  tell({ kind: "start", url: parts.url, port, ...task }, [port]);
  return { send: tell, close: () => worker.terminate() };
}
