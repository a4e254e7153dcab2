import { afterEach, expect, test, vi } from "vitest";
import { Speaking } from "./speaking";

/** A microphone, and the sound of the device, which a telephone call takes away. */
class FakeContext {
  state: AudioContextState | "interrupted" = "suspended";
  onstatechange: (() => void) | null = null;
  asked = 0;
  destination = {};

  createMediaStreamSource() {
    return { connect: <T>(to: T) => to };
  }
  async resume() {
    this.asked += 1;
    this.be("running");
  }
  async close() {
    this.be("closed");
  }
  be(state: FakeContext["state"]) {
    if (this.state === state) return;
    this.state = state;
    this.onstatechange?.();
  }
}

const made = vi.hoisted(() => ({ context: null as unknown }));

vi.mock("./opus_config", () => ({ canEncode: async () => false }));
vi.mock("./voice_worker", () => ({ startWorker: () => ({ send() {}, close() {} }) }));
vi.mock("./own_audio", () => ({
  obstacle: () => null,
  openAudio: async () => ({
    context: made.context,
    node: { port: {}, connect: <T>(to: T) => to },
    port: {},
  }),
}));

function stand() {
  const context = new FakeContext();
  made.context = context;
  const track = { enabled: false, onended: null, onunmute: null as (() => void) | null, stop() {} };
  vi.stubGlobal("navigator", {
    mediaDevices: { getUserMedia: async () => ({ getTracks: () => [track] }) },
  });
  return { context, track, speaking: new Speaking({} as never) };
}

afterEach(() => vi.unstubAllGlobals());

test("after a telephone call the microphone is woken, and not while the call lasts", async () => {
  const { context, speaking } = stand();
  await speaking.speak();
  expect(context.state).toBe("running");
  const before = context.asked;
  context.be("interrupted");
  expect(context.asked).toBe(before);
  context.be("suspended");
  expect(context.asked).toBe(before + 1);
  expect(context.state).toBe("running");
});

test("a track that sounds again wakes what sleeps", async () => {
  const { context, track, speaking } = stand();
  await speaking.speak();
  context.state = "suspended";
  track.onunmute?.();
  expect(context.state).toBe("running");
});

test("a press on 'speak' wakes it too, and a closed one is left alone", async () => {
  const { context, track, speaking } = stand();
  await speaking.speak();
  speaking.mute();
  context.state = "suspended";
  await speaking.speak();
  expect(context.state).toBe("running");
  speaking.close();
  const asked = context.asked;
  track.onunmute?.();
  expect(context.asked).toBe(asked);
  expect(context.state).toBe("closed");
});
