/** Two soft notes, made in the browser: nothing to load. Answers when they have been played, or cannot be. */
export async function playTestSound(): Promise<"played" | "failed"> {
  try {
    const context = new AudioContext();
    await context.resume();
    const start = context.currentTime + 0.05;
    for (const [index, hertz] of [523.25, 659.25].entries()) {
      const note = context.createOscillator();
      const loudness = context.createGain();
      const from = start + index * 0.35;
      note.frequency.value = hertz;
      loudness.gain.setValueAtTime(0.0001, from);
      loudness.gain.exponentialRampToValueAtTime(0.3, from + 0.04);
      loudness.gain.exponentialRampToValueAtTime(0.0001, from + 0.6);
      note.connect(loudness).connect(context.destination);
      note.start(from);
      note.stop(from + 0.65);
      if (index === 1) await new Promise((resolve) => note.addEventListener("ended", resolve));
    }
    await context.close();
    return "played";
  } catch {
    return "failed";
  }
}
