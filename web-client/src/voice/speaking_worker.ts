import { CaptureClock } from "./capture_clock";
import type { FromCapture, ToCapture } from "./messages";
import { encoderConfig } from "./opus_config";
import { Downsampler } from "./pcm";
import { BEGINS, ENDS, MUTED, OPUS, OPUS_BYTES_MAX, PCM, SAMPLE_RATE, writeFrame } from "./wire";
import { onPage, openVoiceSocket, type Start } from "./worker_scope";

/** The server takes PCM in frames of this length alone. */
const PCM_FRAME_MS = 20;
/** A packet of two bytes says only "still silent", and need not be sent (RFC 6716, 2.1.9). */
const SILENT_BYTES = 2;
const NOTHING = new Uint8Array(0);

interface Encoder {
  readonly type: typeof OPUS | typeof PCM;
  readonly frame_ms: number;
  give(cut: FromCapture): void;
  /** What is given next begins a spurt. */
  breakOff(): void;
}

type Put = (clock: number, begins: boolean, packet: Uint8Array) => void;

function opusEncoder(frame_ms: number, put: Put): Encoder {
  const clocks = new CaptureClock((frame_ms * SAMPLE_RATE) / 1000, frame_ms);
  const encoder = new AudioEncoder({
    output(chunk) {
      const { clock, begins_spurt } = clocks.came(performance.now());
      if (chunk.byteLength <= SILENT_BYTES || chunk.byteLength > OPUS_BYTES_MAX) return;
      const packet = new Uint8Array(chunk.byteLength);
      chunk.copyTo(packet);
      put(clock, begins_spurt, packet);
    },
    error: (fault) => reportError(fault),
  });
  encoder.configure(encoderConfig(frame_ms));
  return {
    type: OPUS,
    frame_ms,
    give({ clock, samples }) {
      clocks.given(clock, performance.now());
      const sound = new AudioData({
        format: "f32-planar",
        sampleRate: SAMPLE_RATE,
        numberOfFrames: samples.length,
        numberOfChannels: 1,
        timestamp: Math.round((clock * 1e6) / SAMPLE_RATE),
        data: samples,
      });
      encoder.encode(sound);
      sound.close();
    },
    breakOff: () => clocks.breakOff(),
  };
}

function pcmEncoder(put: Put): Encoder {
  const down = new Downsampler();
  let begins = true;
  return {
    type: PCM,
    frame_ms: PCM_FRAME_MS,
    give({ clock, samples }) {
      put(clock, begins, down.take(samples));
      begins = false;
    },
    breakOff() {
      begins = true;
    },
  };
}

/** Frames of the microphone come past the page, and go out on a socket of their own while the floor lets them. */
class SpeakingSocket {
  #is_open: boolean;
  #may = false;
  #encoder: Encoder | null = null;
  #seq = 0;
  #clock = 0;
  readonly #socket;

  constructor({ url, port }: Start, codec: "opus" | "pcm", is_open: boolean) {
    this.#is_open = is_open;
    port.onmessage = ({ data }: MessageEvent<FromCapture>) => {
      if (this.#is_heard) this.#encoder?.give(data);
    };
    const put: Put = (clock, begins, packet) => {
      // What the encoder still held when the microphone was closed is not said.
      if (!this.#is_heard) return;
      this.#clock = clock;
      this.#put(begins ? BEGINS : 0, packet);
    };
    this.#socket = openVoiceSocket(url, "speak", {
      welcomed: (frame_ms) => {
        this.#may = false;
        if (codec === "opus" && this.#encoder?.frame_ms !== frame_ms)
          this.#encoder = opusEncoder(frame_ms, put);
        if (codec === "pcm") this.#encoder ??= pcmEncoder(put);
        const length_ms = this.#encoder?.frame_ms ?? frame_ms;
        port.postMessage({ frame_samples: (length_ms * SAMPLE_RATE) / 1000 } satisfies ToCapture);
      },
      maySpeak: (may) => {
        this.#may = may;
        if (!may) this.#encoder?.breakOff();
      },
      lost: () => {
        this.#may = false;
        this.#encoder?.breakOff();
      },
    });
  }

  /** Opens or closes the microphone to the others; a closed one says so. */
  speak(is_open: boolean): void {
    if (this.#is_open && !is_open && this.#may) this.#put(ENDS | MUTED, NOTHING);
    this.#is_open = is_open;
    this.#encoder?.breakOff();
  }

  get #is_heard(): boolean {
    return this.#is_open && this.#may;
  }

  #put(flags: number, packet: Uint8Array): void {
    // A frame that is left out counts: the listeners then know that it is lost.
    this.#seq += 1;
    const type = this.#encoder?.type ?? OPUS;
    this.#socket.send(writeFrame({ type, flags, seq: this.#seq, clock: this.#clock, packet }));
  }
}

let socket: SpeakingSocket | null = null;
onPage({
  start(message) {
    if (message.task === "speak") socket = new SpeakingSocket(message, message.codec, message.is_open);
  },
  speak: (is_open) => socket?.speak(is_open),
});
