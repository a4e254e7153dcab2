import { HeardSpeaker, type MakeDecoder } from "./heard_speaker";
import type { ToPlayback } from "./messages";
import { readFrame } from "./wire";
import { onPage, openVoiceSocket } from "./worker_scope";

/** More speakers than the stage holds: the one who has been silent longest gives up their decoder. */
const DECODERS_MAX = 8;

/** A worker that hears /voice, decodes, and hands the sound to the audio thread, past the page. */
export function serveListener(makeDecoder: MakeDecoder): void {
  onPage({
    start({ url, port }) {
      /** The one heard last is last. */
      const speakers = new Map<number, HeardSpeaker>();
      const play = (message: ToPlayback) =>
        port.postMessage(message, message.kind === "heard" ? [message.samples.buffer] : []);
      const speakerOf = (id: number) => {
        const speaker = speakers.get(id) ?? new HeardSpeaker(play, makeDecoder);
        speakers.delete(id);
        speakers.set(id, speaker);
        if (speakers.size > DECODERS_MAX) {
          for (const [oldest, silent] of speakers) {
            silent.close();
            speakers.delete(oldest);
            break;
          }
        }
        return speaker;
      };
      openVoiceSocket(url, "listen", {
        frame(data) {
          const frame = readFrame(data);
          if (frame) speakerOf(frame.speaker).hear(frame);
        },
      });
    },
  });
}
