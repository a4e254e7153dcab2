import { describe, expect, it } from "vitest";
import { CLOSE } from "../connection/close_codes";
import { FakeTimers } from "../testing/fakes";
import { VoiceSocket } from "./voice_socket";

/** The browser's side of a WebSocket, with the server's end in the test's hand. */
class FakeWire {
  readonly sent: unknown[] = [];
  bufferedAmount = 0;
  binaryType = "";
  onopen: () => void = () => undefined;
  onmessage: (event: { data: unknown }) => void = () => undefined;
  onclose: (event: { code: number }) => void = () => undefined;
  send(data: unknown): void {
    this.sent.push(data);
  }
  say(...frames: object[]): void {
    for (const frame of frames) this.onmessage({ data: JSON.stringify(frame) });
  }
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

async function stand(tickets: (string | null)[] = ["t1", "t2", "t3"], listen = true) {
  const wires: FakeWire[] = [];
  const told: string[] = [];
  const timers = new FakeTimers();
  const openWire = () => {
    const wire = new FakeWire();
    wires.push(wire);
    return wire as unknown as WebSocket;
  };
  const socket = new VoiceSocket(
    { url: "wss://site/voice", listen, openWire, timers, dice: () => 1 },
    {
      askTicket: () => Promise.resolve(tickets.shift() ?? null),
      welcomed: (frame_ms) => told.push(`welcomed ${frame_ms}`),
      lost: () => told.push("lost"),
      speaker: (speaker, person) => told.push(`${speaker} is ${person}`),
      maySpeak: (may) => told.push(`may ${may}`),
      frame: (data) => told.push(`${data.byteLength} bytes`),
      over: () => told.push("over"),
    },
  );
  await settled();
  const wire = () => wires.at(-1) as FakeWire;
  return { socket, wires, wire, told, timers };
}

describe("the way to /voice", () => {
  it("says hello with a ticket of its own, and tells what comes", async () => {
    const { wire, told } = await stand();
    wire().onopen();
    expect(JSON.parse(String(wire().sent[0]))).toEqual({
      type: "voice_hello",
      version: 1,
      ticket: "t1",
      listen: true,
    });
    wire().say(
      { type: "voice_welcome", frame_ms: 20, me: 4 },
      { type: "voice_speaker", speaker: 2, person: 8 },
      { type: "voice_may_speak", may: true },
      { type: "voice_of_a_later_version" },
    );
    wire().onmessage({ data: new ArrayBuffer(12) });
    expect(told).toEqual(["welcomed 20", "2 is 8", "may true", "12 bytes"]);
  });

  it("leaves a new frame out while 8 kB wait, and before it is welcome", async () => {
    const { socket, wire } = await stand();
    const frame = new ArrayBuffer(70);
    wire().onopen();
    expect(socket.send(frame)).toBe("left_out");
    wire().say({ type: "voice_welcome", frame_ms: 20 });
    expect(socket.send(frame)).toBe("sent");
    wire().bufferedAmount = 8 * 1024 + 1;
    expect(socket.send(frame)).toBe("left_out");
    wire().bufferedAmount = 0;
    expect(socket.send(frame)).toBe("sent");
    expect(wire().sent).toHaveLength(3);
  });

  it.each([1006, CLOSE.room_line_gone, CLOSE.flood, CLOSE.bad_ticket])(
    "comes back with a fresh ticket after %i",
    async (code) => {
      const { socket, wires, wire, told, timers } = await stand();
      wire().onopen();
      wire().say({ type: "voice_welcome", frame_ms: 20 });
      wire().onclose({ code });
      expect(told.at(-1)).toBe("lost");
      expect(socket.send(new ArrayBuffer(70))).toBe("left_out");
      timers.pass(250);
      await settled();
      expect(wires).toHaveLength(2);
      wire().onopen();
      expect(JSON.parse(String(wire().sent[0])).ticket).toBe("t2");
    },
  );

  it("waits longer the oftener it fails, and begins anew once it was welcome", async () => {
    const { wires, wire, timers } = await stand(["a", "b", "c", "d", "e"]);
    wire().onclose({ code: 1006 });
    timers.pass(250);
    await settled();
    wire().onclose({ code: 1006 });
    timers.pass(250);
    await settled();
    expect(wires).toHaveLength(2);
    timers.pass(250);
    await settled();
    expect(wires).toHaveLength(3);
    wire().onopen();
    wire().say({ type: "voice_welcome", frame_ms: 20 });
    wire().onclose({ code: 1006 });
    timers.pass(250);
    await settled();
    expect(wires).toHaveLength(4);
  });

  it("is over when the session has no voice, or has none any more", async () => {
    expect((await stand([null])).told).toEqual(["over"]);
    const { wire, told, timers, wires } = await stand();
    wire().onclose({ code: CLOSE.voice_off });
    timers.pass(60_000);
    expect([told, wires.length]).toEqual([["over"], 1]);
  });
});
