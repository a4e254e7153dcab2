import { describe, expect, it } from "vitest";
import { HeardSpeaker } from "./heard_speaker";
import type { ToPlayback } from "./messages";
import { BEGINS, ENDS, MUTED, OPUS } from "./wire";

/** A decoder that answers when the test says so. */
function stand() {
  const played: string[] = [];
  const decoders: {
    heard: (samples: Float32Array<ArrayBuffer> | null) => void;
    broke: () => void;
  }[] = [];
  const play = (message: ToPlayback) =>
    played.push(
      message.kind === "ended"
        ? "ended"
        : `${message.seq} at ${message.clock}${message.begins_spurt ? " begins" : ""}`,
    );
  const speaker = new HeardSpeaker(play, (heard, broke) => {
    const made = { heard, broke };
    decoders.push(made);
    return { decode: () => undefined, close: () => undefined };
  });
  const frame = (seq: number, flags = 0, bytes = 3) =>
    speaker.hear({ speaker: 1, type: OPUS, flags, seq, clock: seq * 960, packet: new Uint8Array(bytes) });
  const sound = () => new Float32Array(960);
  return { played, decoders, frame, sound, speaker };
}

describe("a speaker's sound", () => {
  it("has the clock of its own frame, whatever the decoder counts", () => {
    const { played, decoders, frame, sound } = stand();
    frame(1, BEGINS);
    frame(20);
    decoders[0]?.heard(sound());
    decoders[0]?.heard(sound());
    expect(played).toEqual(["1 at 960 begins", "20 at 19200"]);
  });

  it("ends after what was said before the end, also when the decoder is late", () => {
    const { played, decoders, frame, sound } = stand();
    frame(1);
    frame(2, ENDS | MUTED, 0);
    expect(played).toEqual([]);
    decoders[0]?.heard(sound());
    expect(played).toEqual(["1 at 960", "ended"]);
    frame(3, MUTED, 0);
    expect(played.at(-1)).toBe("ended");
    frame(4, ENDS);
    decoders[0]?.heard(sound());
    expect(played.slice(-2)).toEqual(["4 at 3840", "ended"]);
  });

  it("goes on after a packet that cannot be read, with that packet's time left out", () => {
    const { played, decoders, frame, sound } = stand();
    frame(1);
    frame(2);
    decoders[0]?.heard(null);
    decoders[0]?.heard(sound());
    expect(played).toEqual(["2 at 1920"]);
  });

  it("goes on in a new decoder after the old one broke, and loses only what was inside it", () => {
    const { played, decoders, frame, sound } = stand();
    frame(1);
    frame(2);
    frame(3, ENDS, 0);
    decoders[0]?.broke();
    expect(played).toEqual(["ended"]);
    frame(4);
    expect(decoders).toHaveLength(2);
    decoders[1]?.heard(sound());
    expect(played).toEqual(["ended", "4 at 3840"]);
  });
});
