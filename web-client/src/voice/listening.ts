import { computed, type ReadonlySignal, signal, batch as together } from "@preact/signals";
import type { PersonId } from "@protocol";
import type { FromPlayback, SpeakerLevel } from "./messages";
import { canDecode } from "./opus_config";
import { type Obstacle, obstacle, openAudio } from "./own_audio";
import { startWorker, type VoiceWorker, type WorkerParts } from "./voice_worker";

/**
 * `press`: the browser wants a press first: after a reload, or when a call or a lock screen has taken the sound away.
 * `no_line`: the sound is on, and its line comes back by itself.
 */
export type ListeningState =
  | { readonly kind: "off" }
  | { readonly kind: "starting" }
  | { readonly kind: "on" }
  | { readonly kind: "no_line" }
  | { readonly kind: "press" }
  | { readonly kind: "cannot"; readonly because: Obstacle | "failed" };

/** Somebody whose voice is in the room now. */
export interface Voice {
  readonly person: PersonId;
  /** 0 to 1. */
  readonly level: number;
}

/** How long a browser may take to begin to play; longer, and it wants a press. */
const RESUME_MS = 1000;

/** Until the context plays, or does not want to. */
function resumed(context: AudioContext): Promise<void> {
  return Promise.race([
    context.resume().catch(() => undefined),
    new Promise<void>((late) => setTimeout(late, RESUME_MS)),
  ]);
}

interface Sound {
  readonly context: AudioContext;
  readonly gain: GainNode;
  readonly worker: VoiceWorker;
}

/** Hearing the others. One for a page; started and stopped as the person wishes. */
export class Listening {
  readonly #wanted = signal(false);
  readonly #context = signal<AudioContextState | "none">("none");
  readonly #is_line_up = signal(false);
  /** What keeps this page from sound is known before anybody presses. */
  readonly #cannot = signal<Obstacle | "failed" | null>(obstacle());
  readonly #levels = signal<readonly SpeakerLevel[]>([]);
  readonly #volume = signal(1);
  /** Whose a speaker's id is. */
  readonly #people = new Map<number, PersonId>();
  #sound: Sound | null = null;
  /** Counts starts and stops: what was being built for an earlier one is given up. */
  #turn = 0;

  constructor(private readonly parts: WorkerParts) {}

  readonly state: ReadonlySignal<ListeningState> = computed(() => {
    const because = this.#cannot.value;
    if (because) return { kind: "cannot", because };
    if (!this.#wanted.value) return { kind: "off" };
    const context = this.#context.value;
    if (context === "none") return { kind: "starting" };
    if (context !== "running") return { kind: "press" };
    return { kind: this.#is_line_up.value ? "on" : "no_line" };
  });

  /** Those who can be heard now, softly or loudly. */
  readonly voices: ReadonlySignal<readonly Voice[]> = computed(() =>
    this.#levels.value.flatMap(({ speaker, level }) => {
      const person = this.#people.get(speaker);
      return person === undefined || level === 0 ? [] : [{ person, level }];
    }),
  );

  /**
   * How late the speaker is heard by the buffer's doing, and how often the sound broke off; null when nobody has been
   * heard.
   */
  readonly figures: ReadonlySignal<{ delay_ms: number; breaks: number } | null> = computed(() => {
    const all = this.#levels.value.map(({ figures }) => figures);
    if (all.length === 0) return null;
    return {
      delay_ms: Math.max(...all.map(({ margin_ms }) => margin_ms)),
      breaks: all.reduce((sum, { underruns }) => sum + underruns, 0),
    };
  });

  /** 0 to 1. */
  get volume(): ReadonlySignal<number> {
    return this.#volume;
  }

  setVolume(volume: number): void {
    this.#volume.value = volume;
    const sound = this.#sound;
    // As the ear measures: half of the way is half as loud. In 30 ms, so that it does not crackle.
    sound?.gain.gain.setTargetAtTime(volume ** 2, sound.context.currentTime, 0.01);
  }

  /** To be called from a press: without one the browser may keep the sound back, and then the state is `press`. */
  async start(): Promise<void> {
    if (obstacle()) return;
    if (this.#sound) return this.resume();
    if (this.#wanted.peek()) return;
    const turn = ++this.#turn;
    together(() => {
      this.#wanted.value = true;
      this.#cannot.value = null;
    });
    try {
      await this.#build(turn);
    } catch {
      if (turn !== this.#turn) return;
      together(() => {
        this.#wanted.value = false;
        this.#cannot.value = "failed";
      });
    }
  }

  /** "Continue listening", from a press. What does not come back in a second is built anew. */
  async resume(): Promise<void> {
    const sound = this.#sound;
    if (!sound) return this.start();
    await resumed(sound.context);
    if (this.#sound !== sound || sound.context.state === "running") return;
    this.stop();
    await this.start();
  }

  stop(): void {
    this.#turn += 1;
    this.#sound?.worker.close();
    void this.#sound?.context.close();
    this.#sound = null;
    together(() => {
      this.#wanted.value = false;
      this.#cannot.value = obstacle();
      this.#context.value = "none";
      this.#is_line_up.value = false;
      this.#levels.value = [];
    });
  }

  close(): void {
    this.stop();
  }

  async #build(turn: number): Promise<void> {
    const script = (await canDecode()) ? "listening" : "listening_wasm";
    const { context, node, port } = await openAudio("playback");
    if (turn !== this.#turn) return context.close();
    const gain = new GainNode(context, { gain: this.#volume.peek() ** 2 });
    node.connect(gain).connect(context.destination);
    node.port.onmessage = ({ data }: MessageEvent<FromPlayback>) => {
      this.#levels.value = data.speakers;
    };
    const worker = startWorker(script, this.parts, { task: "listen" }, port, (message) => {
      if (message.kind === "line") this.#is_line_up.value = message.is_up;
      else if (message.kind === "speaker") this.#people.set(message.speaker, message.person);
      else if (message.kind === "over") this.stop();
    });
    this.#sound = { context, gain, worker };
    await resumed(context);
    const follow = () => {
      if (this.#sound?.context === context) this.#context.value = context.state;
    };
    context.onstatechange = follow;
    follow();
  }
}
