import { computed, type ReadonlySignal, signal, batch as together } from "@preact/signals";
import type { CaptureLevel } from "./messages";
import { canEncode } from "./opus_config";
import { type Obstacle, obstacle, openAudio } from "./own_audio";
import { startWorker, type VoiceWorker, type WorkerParts } from "./voice_worker";

/** `refused`: the person, or the device, said no. `none`: there is no microphone. */
export type NoMicrophone = Obstacle | "refused" | "none" | "failed";

/**
 * `asking`: the browser asks the person. `trying`: the microphone is on, and nothing of it leaves this device. `muted`:
 * it is off, and can be opened again. `no_line`: it is on, and nobody hears it: the line is away, or the floor is not
 * ours.
 */
export type SpeakingState =
  | { readonly kind: "closed" }
  | { readonly kind: "asking" }
  | { readonly kind: "trying" }
  | { readonly kind: "heard" }
  | { readonly kind: "no_line" }
  | { readonly kind: "muted" }
  | { readonly kind: "cannot"; readonly because: NoMicrophone };

interface Microphone {
  readonly stream: MediaStream;
  readonly context: AudioContext;
  readonly worker: VoiceWorker;
}

/** Being heard. The microphone is asked for by `open` and by nothing else. */
export class Speaking {
  readonly #stage = signal<"closed" | "asking" | "trying" | "open" | "muted">("closed");
  readonly #cannot = signal<NoMicrophone | null>(null);
  readonly #is_line_up = signal(false);
  readonly #may = signal(false);
  readonly #level = signal(0);
  #microphone: Microphone | null = null;

  constructor(private readonly parts: WorkerParts) {}

  readonly state: ReadonlySignal<SpeakingState> = computed(() => {
    const because = this.#cannot.value;
    if (because) return { kind: "cannot", because };
    const stage = this.#stage.value;
    if (stage !== "open") return { kind: stage };
    return { kind: this.#is_line_up.value && this.#may.value ? "heard" : "no_line" };
  });

  /** How loud the microphone is, 0 to 1. */
  get level(): ReadonlySignal<number> {
    return this.#level;
  }

  /** Asks for the microphone; then it is tried, and nobody hears it. Whether it is on. */
  async open(): Promise<boolean> {
    if (this.#microphone) return true;
    if (this.#stage.peek() === "asking") return false;
    together(() => {
      this.#cannot.value = obstacle();
      this.#stage.value = this.#cannot.value ? "closed" : "asking";
    });
    if (this.#cannot.peek()) return false;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
      });
      return await this.#connect(stream);
    } catch (fault) {
      this.#giveUp(why(fault));
      return false;
    }
  }

  /** The others hear from now on, as far as the floor lets them. Asks for the microphone when it is not on. */
  async speak(): Promise<void> {
    if (!(await this.open())) return;
    if (this.#microphone) wake(this.#microphone.context);
    this.#setTracks(true);
    this.#stage.value = "open";
    this.#microphone?.worker.send({ kind: "speak", is_open: true });
  }

  /** The microphone is off, for this page too. */
  mute(): void {
    if (!this.#microphone) return;
    this.#microphone.worker.send({ kind: "speak", is_open: false });
    this.#setTracks(false);
    together(() => {
      this.#stage.value = "muted";
      this.#level.value = 0;
    });
  }

  /** Gives the microphone back to the device: its light goes out. */
  close(): void {
    const microphone = this.#microphone;
    this.#microphone = null;
    if (microphone) {
      microphone.worker.close();
      stopTracks(microphone.stream);
      void microphone.context.close();
    }
    together(() => {
      this.#stage.value = "closed";
      this.#cannot.value = null;
      this.#is_line_up.value = false;
      this.#may.value = false;
      this.#level.value = 0;
    });
  }

  async #connect(stream: MediaStream): Promise<boolean> {
    const codec = (await canEncode()) ? "opus" : "pcm";
    const audio = await openAudio("capture").catch((fault) => {
      stopTracks(stream);
      throw fault;
    });
    const { context, node, port } = audio;
    // Given up while the browser was asking: the turn is over.
    if (this.#stage.peek() !== "asking" || this.#microphone) {
      stopTracks(stream);
      void context.close();
      return this.#microphone !== null;
    }
    const task = { task: "speak", codec, is_open: false } as const;
    const worker = startWorker("speaking", this.parts, task, port, (message) => {
      if (message.kind === "line")
        together(() => {
          this.#is_line_up.value = message.is_up;
          if (!message.is_up) this.#may.value = false;
        });
      else if (message.kind === "may_speak") this.#may.value = message.may;
      else if (message.kind === "over") this.close();
    });
    this.#microphone = { stream, context, worker };
    node.port.onmessage = ({ data }: MessageEvent<CaptureLevel>) => {
      if (this.#stage.peek() !== "muted") this.#level.value = data.level;
    };
    for (const track of stream.getTracks()) {
      // The device was unplugged, or taken by a call.
      track.onended = () => this.#giveUp("none");
      track.onunmute = () => wake(context);
    }
    context.onstatechange = () => wake(context);
    // It plays nothing; some browsers run only what leads to the loudspeaker.
    context.createMediaStreamSource(stream).connect(node).connect(context.destination);
    wake(context);
    this.#stage.value = "trying";
    return true;
  }

  #giveUp(because: NoMicrophone): void {
    this.close();
    this.#cannot.value = because;
  }

  #setTracks(is_on: boolean): void {
    for (const track of this.#microphone?.stream.getTracks() ?? []) track.enabled = is_on;
  }
}

/**
 * A telephone call, or Siri, takes the sound away and gives it back without a word: the page says that it is heard, and
 * nobody hears it. Not while it is "interrupted": what is asked for then leaves Safari's context dead.
 */
function wake(context: AudioContext): void {
  if (context.state === "suspended") void context.resume().catch(() => undefined);
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function why(fault: unknown): NoMicrophone {
  const name = fault instanceof DOMException ? fault.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  return name === "NotFoundError" || name === "NotReadableError" ? "none" : "failed";
}
