import { type Cut, FrameCutter } from "./frame_cutter";
import { Meter } from "./loudness";
import type { CaptureLevel, ToCapture } from "./messages";
import { SAMPLE_RATE } from "./wire";

const TOLD_EVERY = SAMPLE_RATE / 10;

/** The microphone's sound in frames to the speaker's worker, past the page; to the page only how loud it is. */
class Capture extends AudioWorkletProcessor {
  #worker: MessagePort | null = null;
  #cutter: FrameCutter | null = null;
  readonly #meter = new Meter();

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<MessagePort>) => {
      this.#worker = data;
      data.onmessage = ({ data }: MessageEvent<ToCapture>) => {
        this.#cutter = new FrameCutter(data.frame_samples);
      };
    };
  }

  process([input]: Float32Array[][]): boolean {
    const samples = input?.[0];
    if (!samples) return true;
    this.#meter.add(samples);
    if (this.#meter.count >= TOLD_EVERY)
      this.port.postMessage({ level: this.#meter.take() } satisfies CaptureLevel);
    for (const cut of this.#cutter?.take(samples, currentFrame) ?? [])
      this.#worker?.postMessage(cut satisfies Cut, [cut.samples.buffer]);
    return true;
  }
}

registerProcessor("capture", Capture);
