import { describe, expect, it } from "vitest";
import { BEGINS, clockGap, MUTED, OPUS, PCM, readFrame, seqGap, writeFrame } from "./wire";

const hex = (data: ArrayBuffer) =>
  [...new Uint8Array(data)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");

/** As the server passes it on: the speaker's id before it. */
function passedOn(speaker: number, frame: ArrayBuffer): ArrayBuffer {
  const bytes = new Uint8Array(2 + frame.byteLength);
  new DataView(bytes.buffer).setUint16(0, speaker);
  bytes.set(new Uint8Array(frame), 2);
  return bytes.buffer;
}

describe("a voice frame", () => {
  it("is version and type, flags, count, clock, packet", () => {
    const packet = Uint8Array.of(0xfc, 0x01);
    expect(hex(writeFrame({ type: OPUS, flags: BEGINS, seq: 0x10203, clock: 0xfedcba98, packet }))).toBe(
      "11 01 02 03 fe dc ba 98 fc 01",
    );
    expect(
      hex(writeFrame({ type: PCM, flags: MUTED, seq: 7, clock: 2 ** 32 + 960, packet: new Uint8Array(0) })),
    ).toBe("12 04 00 07 00 00 03 c0");
  });

  it("is read as it was written, with the speaker before it", () => {
    const frame = {
      type: OPUS,
      flags: MUTED,
      seq: 65_535,
      clock: 4_000_000_000,
      packet: Uint8Array.of(1, 2, 3),
    } as const;
    expect(readFrame(passedOn(513, writeFrame(frame)))).toEqual({ speaker: 513, ...frame });
  });

  it("that is cut short, of another version or kind, is none", () => {
    const whole = passedOn(
      1,
      writeFrame({ type: OPUS, flags: 0, seq: 1, clock: 1, packet: new Uint8Array(0) }),
    );
    expect(readFrame(whole)).not.toBeNull();
    for (let length = 0; length < whole.byteLength; length += 1)
      expect(readFrame(whole.slice(0, length))).toBeNull();
    for (const kind of [0x21, 0x12, 0x01, 0x10]) {
      const other = whole.slice(0);
      new Uint8Array(other)[2] = kind;
      expect(readFrame(other)).toBeNull();
    }
  });
});

describe("counts", () => {
  it("go on over their wrap", () => {
    expect(seqGap(65_535, 0)).toBe(1);
    expect(seqGap(0, 65_535)).toBe(-1);
    expect(clockGap(2 ** 32 - 960, 0)).toBe(960);
    expect(clockGap(0, 2 ** 32 - 960)).toBe(-960);
  });
});
