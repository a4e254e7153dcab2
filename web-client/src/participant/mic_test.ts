/** `silent`: it is open, and nothing was heard of it. */
export type MicOutcome = "works" | "silent" | "denied" | "missing";

const LISTEN_MS = 6000;
const LOOK_MS = 100;
/** Of a full swing: above the hiss of a microphone that is on, below a quiet word. */
const HEARD_FROM = 0.03;

/**
 * Opens the microphone until something is heard, for six seconds at most. Nothing is kept, and nothing leaves the
 * device.
 */
export async function listenOnce(): Promise<MicOutcome> {
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (refused) {
    return refused instanceof DOMException && refused.name === "NotAllowedError" ? "denied" : "missing";
  }
  const context = new AudioContext();
  try {
    await context.resume();
    const ear = context.createAnalyser();
    ear.fftSize = 2048;
    context.createMediaStreamSource(stream).connect(ear);
    const samples = new Float32Array(ear.fftSize);
    for (let waited = 0; waited < LISTEN_MS; waited += LOOK_MS) {
      await new Promise((over) => setTimeout(over, LOOK_MS));
      ear.getFloatTimeDomainData(samples);
      if (samples.some((sample) => Math.abs(sample) > HEARD_FROM)) return "works";
    }
    return "silent";
  } catch {
    return "missing";
  } finally {
    for (const track of stream.getTracks()) track.stop();
    void context.close();
  }
}
