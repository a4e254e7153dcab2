import { DECODER_CONFIG } from "./opus_config";
import { serveListener } from "./serve_listener";

/** The listener's worker where the browser decodes Opus itself. */
serveListener((heard, broke) => {
  const decoder = new AudioDecoder({
    output(sound) {
      const samples = new Float32Array(sound.numberOfFrames);
      sound.copyTo(samples, { planeIndex: 0, format: "f32-planar" });
      sound.close();
      heard(samples);
    },
    error: broke,
  });
  decoder.configure(DECODER_CONFIG);
  return {
    // Every packet stands by itself. The timestamps are not used: browsers count them anew over a pause.
    decode: (packet) => decoder.decode(new EncodedAudioChunk({ type: "key", timestamp: 0, data: packet })),
    close: () => decoder.close(),
  };
});
