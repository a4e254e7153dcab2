import type { ToPlayback } from "./messages";
import { BEGINS, ENDS, type HeardFrame, MUTED } from "./wire";

export interface Decoder {
  decode(packet: Uint8Array): void;
  close(): void;
}

/**
 * Makes a decoder for one speaker. It answers each packet once, in order, by `heard`; with null when that packet could
 * not be read. After `broke` it answers nothing more.
 */
export type MakeDecoder = (
  heard: (samples: Float32Array<ArrayBuffer> | null) => void,
  broke: () => void,
) => Decoder;

/** One speaker's way from frames to sound. */
export class HeardSpeaker {
  /** Frames whose sound has not come out of the decoder. A packet in is a sound out: a queue, not a table. */
  #waiting: HeardFrame[] = [];
  #decoder: Decoder;

  constructor(
    private readonly play: (message: ToPlayback) => void,
    private readonly makeDecoder: MakeDecoder,
  ) {
    this.#decoder = this.#newDecoder();
  }

  hear(frame: HeardFrame): void {
    this.#waiting.push(frame);
    if (frame.packet.length > 0) this.#decoder.decode(frame.packet);
    else this.#passEnds();
  }

  close(): void {
    this.#decoder.close();
  }

  #newDecoder(): Decoder {
    return this.makeDecoder(
      (samples) => this.#heard(samples),
      () => {
        // What was inside it is a hole in the sound; the next packet goes to a new one.
        this.#waiting = this.#waiting.filter(({ packet }) => packet.length === 0);
        this.#passEnds();
        this.#decoder = this.#newDecoder();
      },
    );
  }

  #heard(samples: Float32Array<ArrayBuffer> | null): void {
    const frame = this.#waiting.shift();
    if (!frame) return;
    if (samples) {
      const { speaker, seq, clock, flags } = frame;
      this.play({ kind: "heard", speaker, seq, clock, begins_spurt: (flags & BEGINS) !== 0, samples });
    }
    if (frame.flags & (ENDS | MUTED)) this.play({ kind: "ended", speaker: frame.speaker });
    this.#passEnds();
  }

  #passEnds(): void {
    for (;;) {
      const first = this.#waiting[0];
      if (!first || first.packet.length > 0) return;
      this.#waiting.shift();
      this.play({ kind: "ended", speaker: first.speaker });
    }
  }
}
