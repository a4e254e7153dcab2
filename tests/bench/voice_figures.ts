import { loadavg } from "node:os";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";
import { Devices as Browser, type Devices, RunningSite } from "../browser/running_site";
import { figuresOf, microphone, putEar, Recording, waitForSound } from "../browser/sound";
import { comeToListen, comeToSpeak, links, speak } from "../browser/speakers";
import { beginSession } from "../browser/story";

// How late voice is heard, and what a stall and a silence cost: real pages in Chromium, the real server over TLS, all
// on this machine. Run by `tests/bench/voice.sh`; prints, and asserts nothing.

let site: RunningSite;
beforeAll(async () => {
  site = await RunningSite.open();
  say(
    `load of the machine at the start: ${loadavg()
      .map((one) => one.toFixed(1))
      .join(" ")}`,
  );
});
afterAll(() => site.close());

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function share(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** Moments, on the wall's clock, at which sound begins after a silence: at the microphone, and at the loudspeaker. */
function putOnsets(): void {
  const QUIET_MS = 150;
  const LOUD = 0.02;
  const follow = (node: AudioNode, name: "mouth" | "ear") => {
    const tap = new AnalyserNode(node.context, { fftSize: 256 });
    node.connect(tap);
    const wave = new Float32Array(256);
    const onsets: number[] = [];
    Object.assign(globalThis, { [name]: onsets });
    let loud_at = 0;
    setInterval(() => {
      tap.getFloatTimeDomainData(wave);
      if (Math.max(...wave.map(Math.abs)) < LOUD) return;
      const now = performance.timeOrigin + performance.now();
      if (now - loud_at > QUIET_MS) onsets.push(now);
      loud_at = now;
    }, 1);
  };
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wish) => {
    const stream = await ask(wish);
    follow(new AudioContext({ sampleRate: 48_000 }).createMediaStreamSource(stream), "mouth");
    return stream;
  };
  const connect = AudioNode.prototype.connect as (this: AudioNode, ...to: unknown[]) => AudioNode;
  // biome-ignore lint/suspicious/noExplicitAny: it stands for all of the overloads.
  (AudioNode.prototype as any).connect = function (this: AudioNode, to: unknown, ...more: unknown[]) {
    if (to instanceof AudioDestinationNode) follow(this, "ear");
    return connect.call(this, to, ...more);
  };
}

const onsetsOf = (page: Page, name: string) =>
  page.evaluate((name) => (globalThis as unknown as Record<string, number[]>)[name] ?? [], name);

/** A room in which Mustikka speaks and Kanerva hears it. */
async function talk(devices: Devices, many_listeners: boolean) {
  const plan = await site.plan(["Osallistuja 1", "Osallistuja 2"], "Uni", { many_listeners });
  const [first, second] = links(plan.people, 2) as [never, never];
  const facilitator = await beginSession(devices, plan);
  const ear = await comeToListen(devices, second, "Kanerva");
  const mouth = await comeToSpeak(devices, facilitator, first, "Mustikka");
  await speak(mouth);
  return { ear, mouth };
}

const BEEPS = 80;

test.each([
  ["20 ms frames", false],
  ["60 ms frames", true],
])("mouth to ear, %s", async (name, many_listeners) => {
  // Chromium's own fake microphone beeps twice a second.
  const devices = await Browser.open([
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
  ]);
  try {
    devices.scripts.push(putOnsets);
    const { ear, mouth } = await talk(devices, many_listeners);
    await ear.waitForFunction(
      (count) => (globalThis as unknown as { ear: number[] }).ear.length >= count,
      BEEPS,
      { timeout: 120_000 },
    );
    const said = await onsetsOf(mouth, "mouth");
    const delays = (await onsetsOf(ear, "ear"))
      .map((heard) => heard - Math.max(...said.filter((one) => one <= heard)))
      .filter((delay) => delay < 480)
      .sort((a, b) => a - b);
    say(
      `mouth to ear, ${name}: median ${share(delays, 0.5).toFixed(0)} ms, p95 ${share(delays, 0.95).toFixed(0)} ms, ` +
        `worst ${share(delays, 1).toFixed(0)} ms, of ${delays.length} beeps (load ${loadavg()[0]?.toFixed(1)})`,
    );
  } finally {
    await devices.close();
  }
});

/** Sound without a hole, that is not taken for noise: it changes its pitch four times a second. */
const WARBLE = [
  { hertz: 700, seconds: 0.25 },
  { hertz: 1100, seconds: 0.25 },
];

test("after the server stood still for 300 ms", async () => {
  const recording = new Recording(WARBLE);
  const devices = await Browser.open(microphone(recording, false));
  try {
    devices.scripts.push(putEar);
    const { ear } = await talk(devices, false);
    await waitForSound(ear, true);
    const fills = async () => {
      const seen: number[] = [];
      for (let count = 0; count < 20; count += 1) {
        seen.push((await figuresOf(ear)).fill_ms);
        await new Promise((soon) => setTimeout(soon, 50));
      }
      return seen.sort((a, b) => a - b);
    };
    const [backs, growths]: [number[], number[]] = [[], []];
    for (let round = 0; round < 10; round += 1) {
      const before = share(await fills(), 0.5);
      await site.freeze(300);
      const went_on = Date.now();
      const back = await ear.evaluate(async () => {
        for (;;) {
          if ((globalThis.ear.listen()?.loud_now ?? 0) > 0.02)
            return performance.timeOrigin + performance.now();
          await new Promise((soon) => setTimeout(soon, 2));
        }
      });
      backs.push(back - went_on);
      await new Promise((later) => setTimeout(later, 2000));
      growths.push(share(await fills(), 0.5) - before);
    }
    backs.sort((a, b) => a - b);
    growths.sort((a, b) => a - b);
    say(
      `after a stall of 300 ms: sound is back after ${share(backs, 0.5).toFixed(0)} ms (median), ` +
        `${share(backs, 1).toFixed(0)} ms (worst of ${backs.length})`,
    );
    say(
      `3 s later the buffer holds ${share(growths, 0.5).toFixed(0)} ms more than before (median), ` +
        `${share(growths, 1).toFixed(0)} ms (worst)`,
    );
  } finally {
    await devices.close();
    recording.remove();
  }
});

/** How many frames the server has received. */
async function framesReceived(): Promise<number> {
  const answer = await fetch(site.figures);
  const found = /^\S*voice_frames_received_total(?:\{[^}]*\})? (\d+)/m.exec(await answer.text());
  if (!found) throw new Error(`no such figure: ${answer.status}`);
  return Number(found[1]);
}

test("silence", async () => {
  const recording = new Recording([{ hertz: 0, seconds: 5 }]);
  const devices = await Browser.open(microphone(recording, false));
  try {
    const { mouth } = await talk(devices, false);
    const over = async (what: string) => {
      await new Promise((later) => setTimeout(later, 2000));
      const [before, from] = [await framesReceived(), Date.now()];
      await new Promise((later) => setTimeout(later, 10_000));
      const rate = ((await framesReceived()) - before) / ((Date.now() - from) / 1000);
      say(`${what}: ${rate.toFixed(1)} messages a second`);
    };
    await over("an open microphone in a silent room");
    await mouth.getByRole("button", { name: "Sulje mikrofoni" }).click();
    await over("a closed microphone");
  } finally {
    await devices.close();
    recording.remove();
  }
});
