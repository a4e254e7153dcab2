import { SAMPLE_RATE } from "./wire";

const BITS_PER_SECOND = 24_000;

/**
 * TypeScript does not know these two of the registration's members yet; a browser that does not either passes over
 * them.
 */
interface VoiceOpusConfig extends OpusEncoderConfig {
  application: "voip";
  signal: "voice";
}

/** Speech, and nothing sent in silence (DTX). */
export function encoderConfig(frame_ms: number): AudioEncoderConfig {
  const opus: VoiceOpusConfig = {
    frameDuration: frame_ms * 1000,
    usedtx: true,
    application: "voip",
    signal: "voice",
  };
  return { codec: "opus", sampleRate: SAMPLE_RATE, numberOfChannels: 1, bitrate: BITS_PER_SECOND, opus };
}

export const DECODER_CONFIG: AudioDecoderConfig = {
  codec: "opus",
  sampleRate: SAMPLE_RATE,
  numberOfChannels: 1,
};

/** Whether this browser makes Opus itself. */
export async function canEncode(frame_ms = 20): Promise<boolean> {
  return supports(() => AudioEncoder.isConfigSupported(encoderConfig(frame_ms)));
}

/** Whether this browser reads Opus itself. */
export async function canDecode(): Promise<boolean> {
  return supports(() => AudioDecoder.isConfigSupported(DECODER_CONFIG));
}

/** A browser without WebCodecs throws before it can answer. */
async function supports(ask: () => Promise<{ supported?: boolean }>): Promise<boolean> {
  try {
    return (await ask()).supported === true;
  } catch {
    return false;
  }
}
