import { OpusDecoder } from "opus-decoder";
import { serveListener } from "./serve_listener";
import { SAMPLE_RATE } from "./wire";

/** The listener's worker where the browser has no decoder: libopus as WebAssembly. Loaded only there. */
serveListener((heard) => {
  const decoder = new OpusDecoder({
    sampleRate: SAMPLE_RATE,
    channels: 1,
    streamCount: 1,
    coupledStreamCount: 0,
    channelMappingTable: [0],
  });
  let is_ready = false;
  const early: Uint8Array[] = [];
  const decode = (packet: Uint8Array) => {
    const { channelData, samplesDecoded } = decoder.decodeFrame(packet);
    heard(samplesDecoded > 0 ? (channelData[0]?.slice(0, samplesDecoded) ?? null) : null);
  };
  void decoder.ready.then(() => {
    is_ready = true;
    for (const packet of early.splice(0)) decode(packet);
  });
  return {
    decode(packet) {
      if (is_ready) decode(packet);
      else early.push(packet);
    },
    close: () => void decoder.ready.then(() => decoder.free()),
  };
});
