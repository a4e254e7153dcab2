/**
 * Two short soft notes. Different for help (rising) and for a message to check (one note), so that one need not look.
 */
export type ChimeKind = "help" | "review";

export type Chime = (kind: ChimeKind) => void;

const LOUDNESS = 0.12;
const NOTES: Record<ChimeKind, readonly number[]> = { help: [587.33, 880], review: [659.25] };

/**
 * Made in the browser, nothing to load. A browser that has no sound, or that forbids it until something has been
 * pressed, stays silent: the title and the screen say the same.
 */
export function openChime(): Chime {
  let context: AudioContext | null = null;
  return (kind) => {
    try {
      context ??= new AudioContext();
      const sound = context;
      void sound.resume().then(
        () => play(sound, NOTES[kind]),
        () => undefined,
      );
    } catch {
      context = null;
    }
  };
}

function play(context: AudioContext, notes: readonly number[]): void {
  for (const [index, hertz] of notes.entries()) {
    const from = context.currentTime + 0.02 + index * 0.16;
    const note = context.createOscillator();
    const loudness = context.createGain();
    note.frequency.value = hertz;
    loudness.gain.setValueAtTime(0.0001, from);
    loudness.gain.exponentialRampToValueAtTime(LOUDNESS, from + 0.03);
    loudness.gain.exponentialRampToValueAtTime(0.0001, from + 0.4);
    note.connect(loudness).connect(context.destination);
    note.start(from);
    note.stop(from + 0.45);
  }
}
