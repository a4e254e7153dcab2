/** The binary frames of /voice: protocol/voice.md. Big-endian. */

export const SAMPLE_RATE = 48_000;
/** What the server takes; the largest Opus packet seen at 24 kbit/s and 60 ms is 247 bytes. */
export const OPUS_BYTES_MAX = 400;

const VERSION = 1;
const HEADER_BYTES = 8;
const SPEAKER_BYTES = 2;

export const OPUS = 1;
/** 20 ms of 16 kHz mono in 16 bits, little-endian: for browsers without an encoder; the server encodes it. */
export const PCM = 2;

/** A talk spurt begins with this frame: what is missing before it was never said. */
export const BEGINS = 1;
/** The spurt has ended; the packet may be empty. */
export const ENDS = 2;
/** The microphone has been closed; the packet may be empty. */
export const MUTED = 4;

export interface VoiceFrame {
  readonly type: typeof OPUS | typeof PCM;
  readonly flags: number;
  /** Counts the frames of a speaker, modulo 2^16. */
  readonly seq: number;
  /** The number of the frame's first sample since the microphone was opened, at 48 kHz, modulo 2^32. */
  readonly clock: number;
  readonly packet: Uint8Array;
}

export interface HeardFrame extends VoiceFrame {
  /** The server's short id of who speaks. */
  readonly speaker: number;
}

const NOTHING = new Uint8Array(0);

export function writeFrame({ type, flags, seq, clock, packet }: VoiceFrame): ArrayBuffer {
  const bytes = new Uint8Array(HEADER_BYTES + packet.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, (VERSION << 4) | type);
  view.setUint8(1, flags);
  view.setUint16(2, seq & 0xffff);
  view.setUint32(4, clock >>> 0);
  bytes.set(packet, HEADER_BYTES);
  return bytes.buffer;
}

/** A frame as the server passes it on; null for what is none, or is of a later version. */
export function readFrame(data: ArrayBuffer): HeardFrame | null {
  if (data.byteLength < SPEAKER_BYTES + HEADER_BYTES) return null;
  const view = new DataView(data);
  const kind = view.getUint8(2);
  if (kind !== ((VERSION << 4) | OPUS)) return null;
  const start = SPEAKER_BYTES + HEADER_BYTES;
  return {
    speaker: view.getUint16(0),
    type: OPUS,
    flags: view.getUint8(3),
    seq: view.getUint16(4),
    clock: view.getUint32(6),
    packet: data.byteLength > start ? new Uint8Array(data, start) : NOTHING,
  };
}

/** How many samples `later` is after `earlier`, over the wrap of the clock; negative when it is before. */
export function clockGap(earlier: number, later: number): number {
  return (later - earlier) | 0;
}

/** How many frames `later` is after `earlier`, over the wrap of the count. */
export function seqGap(earlier: number, later: number): number {
  return ((later - earlier) << 16) >> 16;
}
