import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";

// A microphone made of tones, and an ear at the loudspeaker of a page.

const RATE = 48_000;

export interface Tone {
  /** 0 is silence. */
  readonly hertz: number;
  readonly seconds: number;
}

/** Silence, three tones that are told apart, silence. */
export const THREE_TONES: readonly Tone[] = [
  { hertz: 0, seconds: 3 },
  { hertz: 440, seconds: 1.5 },
  { hertz: 1000, seconds: 1.5 },
  { hertz: 2500, seconds: 1.5 },
  { hertz: 0, seconds: 30 },
];

/** A tone that never ends, in short beats: a steady one would be taken for noise and suppressed. */
export const BEATS: readonly Tone[] = [
  { hertz: 1000, seconds: 0.4 },
  { hertz: 0, seconds: 0.1 },
];

/** A WAV file in a folder of its own: 16 bits, mono. */
export class Recording {
  readonly #folder = mkdtempSync(join(tmpdir(), "etakahvila-sound-"));

  constructor(tones: readonly Tone[]) {
    const samples = tones.flatMap(({ hertz, seconds }) =>
      Array.from(
        { length: Math.round(RATE * seconds) },
        (_, index) => 0.5 * Math.sin((2 * Math.PI * hertz * index) / RATE),
      ),
    );
    const bytes = Buffer.alloc(44 + 2 * samples.length);
    bytes.write("RIFF", 0);
    bytes.writeUInt32LE(36 + 2 * samples.length, 4);
    bytes.write("WAVEfmt ", 8);
    bytes.writeUInt32LE(16, 16);
    bytes.writeUInt16LE(1, 20); // PCM
    bytes.writeUInt16LE(1, 22); // mono
    bytes.writeUInt32LE(RATE, 24);
    bytes.writeUInt32LE(2 * RATE, 28);
    bytes.writeUInt16LE(2, 32);
    bytes.writeUInt16LE(16, 34);
    bytes.write("data", 36);
    bytes.writeUInt32LE(2 * samples.length, 40);
    for (const [index, sample] of samples.entries())
      bytes.writeInt16LE(Math.round(sample * 32_767), 44 + 2 * index);
    writeFileSync(this.file, bytes);
  }

  get file(): string {
    return join(this.#folder, "microphone.wav");
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

/** A browser whose microphone plays the recording, once or without end, and whose people say yes to it. */
export function microphone(recording: Recording, is_once: boolean): string[] {
  return [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-audio-capture=${recording.file}${is_once ? "%noloop" : ""}`,
  ];
}

/** What an ear has heard at one moment. */
export interface Heard {
  readonly hertz: number;
  /** Of the last 85 ms. */
  readonly rms: number;
  /** The loudest sample of the last 5 ms. */
  readonly loud_now: number;
}

/** What the buffers say of themselves, of one speaker. */
export interface Figures {
  readonly margin_ms: number;
  readonly fill_ms: number;
  readonly underruns: number;
  readonly lost: number;
}

interface Ear {
  /** One every 50 ms. */
  heard: Heard[];
  figures: Figures[];
  /** Of the page's sound; its own state is the page's. */
  context: AudioContext | null;
  listen(): Heard | null;
}

declare global {
  // eslint-disable-next-line no-var
  var ear: Ear;
}

/** Puts an ear to whatever a page plays. Given to a device before its page; the page knows nothing of it. */
export function putEar(): void {
  let tap: AnalyserNode | null = null;
  const connect = AudioNode.prototype.connect as (this: AudioNode, ...to: unknown[]) => AudioNode;
  // biome-ignore lint/suspicious/noExplicitAny: it stands for all of the overloads.
  (AudioNode.prototype as any).connect = function (this: AudioNode, to: unknown, ...more: unknown[]) {
    if (to instanceof AudioDestinationNode) {
      tap = new AnalyserNode(this.context, { fftSize: 4096, smoothingTimeConstant: 0 });
      connect.call(this, tap);
    }
    return connect.call(this, to, ...more);
  };
  const Node = AudioWorkletNode;
  globalThis.AudioWorkletNode = class extends Node {
    constructor(context: BaseAudioContext, name: string, options?: AudioWorkletNodeOptions) {
      super(context, name, options);
      this.port.addEventListener("message", ({ data }) => {
        if (data.speakers)
          globalThis.ear.figures = data.speakers.map((one: { figures: Figures }) => one.figures);
      });
    }
  };
  const listen = () => {
    if (tap?.context.state !== "running") return null;
    const spectrum = new Float32Array(tap.frequencyBinCount);
    tap.getFloatFrequencyData(spectrum);
    const wave = new Float32Array(tap.fftSize);
    tap.getFloatTimeDomainData(wave);
    const peak = spectrum.indexOf(Math.max(...spectrum));
    return {
      hertz: (peak * tap.context.sampleRate) / tap.fftSize,
      rms: Math.sqrt(wave.reduce((sum, sample) => sum + sample * sample, 0) / wave.length),
      loud_now: Math.max(...wave.subarray(-256).map(Math.abs)),
    };
  };
  globalThis.ear = {
    heard: [],
    figures: [],
    get context() {
      return (tap?.context as AudioContext | undefined) ?? null;
    },
    listen,
  };
  setInterval(() => {
    const now = listen();
    if (now) globalThis.ear.heard.push(now);
  }, 50);
}

/** A browser without WebCodecs' decoder, as older phones have. */
export function takeDecoder(): void {
  Reflect.deleteProperty(globalThis, "AudioDecoder");
}

/** A browser without WebCodecs' encoder. */
export function takeEncoder(): void {
  Reflect.deleteProperty(globalThis, "AudioEncoder");
}

const LOUD = 0.02;
const NEAR_HERTZ = 15;

/** What was heard, as a row: "silence", a tone by its pitch, "something" else; each once, however long it lasted. */
export async function rowOf(page: Page): Promise<string[]> {
  const heard = await page.evaluate(() => globalThis.ear.heard);
  const pitches = [440, 1000, 2500];
  const names = heard.map(({ hertz, rms }) => {
    if (rms <= LOUD) return "silence";
    const pitch = pitches.find((one) => Math.abs(one - hertz) <= NEAR_HERTZ);
    return pitch === undefined ? "something" : String(pitch);
  });
  // A moment in which one tone goes over into another is neither.
  const lasting = names.filter((name, index) => name !== "something" || names[index + 1] === name);
  return lasting.filter((name, index) => name !== lasting[index - 1]);
}

/**
 * The tones of a row, in their order. One that broke off for a moment and went on is one: machines that run tests are
 * busy.
 */
export function tonesOf(row: readonly string[]): string[] {
  const tones = row.filter((name) => name !== "silence");
  return tones.filter((name, index) => name !== tones[index - 1]);
}

/** Forgets what was heard before. */
export async function listenAnew(page: Page): Promise<void> {
  await page.evaluate(() => {
    globalThis.ear.heard = [];
  });
}

/** Waits until the last half second was all loud, or all silent. */
export async function waitForSound(page: Page, is_loud: boolean): Promise<void> {
  await page.waitForFunction(
    ({ is_loud, LOUD }) => {
      const last = globalThis.ear.heard.slice(-10);
      const loud = last.filter(({ rms }) => rms > LOUD).length;
      return last.length === 10 && (is_loud ? loud >= 7 : loud === 0);
    },
    { is_loud, LOUD },
    { polling: 50 },
  );
}

export async function figuresOf(page: Page): Promise<Figures> {
  const [figures] = await page.evaluate(() => globalThis.ear.figures);
  if (!figures) throw new Error("nobody has been heard here");
  return figures;
}
