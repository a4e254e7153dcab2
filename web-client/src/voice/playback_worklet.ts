import { JitterBuffer } from "./jitter_buffer";
import { Meter } from "./loudness";
import type { FromPlayback, ToPlayback } from "./messages";
import { SAMPLE_RATE } from "./wire";

const TOLD_EVERY = SAMPLE_RATE / 10;
/** A speaker of whom nothing has come for so long is forgotten, with the margin that was learnt. */
const FORGOTTEN_AFTER = 120 * SAMPLE_RATE;

interface Voice {
  readonly buffer: JitterBuffer;
  readonly meter: Meter;
  heard_at: number;
}

/** Plays all speakers at once, each from a buffer of its own. */
class Playback extends AudioWorkletProcessor {
  readonly #voices = new Map<number, Voice>();
  readonly #part = new Float32Array(128);
  #tell_at = 0;
  #is_told_silent = true;

  constructor() {
    super();
    this.port.onmessage = ({ data: port }: MessageEvent<MessagePort>) => {
      port.onmessage = ({ data }: MessageEvent<ToPlayback>) => this.#hear(data);
    };
  }

  #hear(message: ToPlayback): void {
    let voice = this.#voices.get(message.speaker);
    if (!voice) {
      voice = { buffer: new JitterBuffer(), meter: new Meter(), heard_at: 0 };
      this.#voices.set(message.speaker, voice);
    }
    voice.heard_at = currentFrame;
    if (message.kind === "heard") voice.buffer.push(message);
    else voice.buffer.end();
  }

  process(_: Float32Array[][], [output]: Float32Array[][]): boolean {
    const out = output?.[0];
    if (!out) return true;
    const part = out.length === this.#part.length ? this.#part : new Float32Array(out.length);
    for (const [speaker, { buffer, meter, heard_at }] of this.#voices) {
      part.fill(0);
      buffer.read(part);
      meter.add(part);
      for (let index = 0; index < out.length; index += 1) out[index] = (out[index] ?? 0) + (part[index] ?? 0);
      if (currentFrame - heard_at > FORGOTTEN_AFTER) this.#voices.delete(speaker);
    }
    if (currentFrame >= this.#tell_at) this.#tell();
    return true;
  }

  #tell(): void {
    this.#tell_at = currentFrame + TOLD_EVERY;
    const speakers = [...this.#voices].map(([speaker, { buffer, meter }]) => ({
      speaker,
      level: meter.take(),
      figures: buffer.figures,
    }));
    const is_silent = [...this.#voices.values()].every(({ buffer }) => buffer.is_empty);
    if (is_silent && this.#is_told_silent) return;
    this.#is_told_silent = is_silent;
    this.port.postMessage({ speakers } satisfies FromPlayback);
  }
}

registerProcessor("playback", Playback);
