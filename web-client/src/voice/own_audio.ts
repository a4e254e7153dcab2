import { addressOf, type OwnScript } from "./own_scripts";
import { SAMPLE_RATE } from "./wire";

/** What keeps a browser from voice: `insecure` is mended by opening the page over https. */
export type Obstacle = "insecure" | "too_old";

export function obstacle(): Obstacle | null {
  // Over plain http browsers hide microphone, worklets and codecs all together.
  if (!isSecureContext) return "insecure";
  return "AudioWorkletNode" in globalThis && "Worker" in globalThis ? null : "too_old";
}

/**
 * An audio context at 48 kHz with the worklet in it, which is given one end of a channel; the other end is for its
 * worker.
 */
export async function openAudio(
  script: Extract<OwnScript, "capture" | "playback">,
): Promise<{ context: AudioContext; node: AudioWorkletNode; port: MessagePort }> {
  const context = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: "interactive" });
  try {
    await context.audioWorklet.addModule(addressOf(script));
    const node = new AudioWorkletNode(context, script, {
      numberOfInputs: script === "capture" ? 1 : 0,
      channelCount: 1,
      channelCountMode: "explicit",
      outputChannelCount: [1],
    });
    const { port1, port2 } = new MessageChannel();
    node.port.postMessage(port1, [port1]);
    return { context, node, port: port2 };
  } catch (fault) {
    await context.close();
    throw fault;
  }
}
