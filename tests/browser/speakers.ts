import type { Page } from "playwright-core";
import { comeIn, DESK, type Devices, type Link, PHONE } from "./running_site";
import { nth } from "./story";

// How people of a story listen and come to speak.

/** Comes in and presses "Listen". */
export async function comeToListen(
  devices: Devices,
  link: Link,
  name: string,
  viewport = DESK,
): Promise<Page> {
  const page = await comeIn(devices, link, name, viewport);
  await page.getByRole("button", { name: "Kuuntele", exact: true }).click();
  await listens(page);
  return page;
}

/** Until the sound is on, and its line is up. */
export async function listens(page: Page): Promise<void> {
  await page.getByRole("switch", { name: "Kuuntelu", checked: true }).filter({ hasText: "päällä" }).waitFor();
}

/** Comes in, asks for the floor, and is given it: the dialog is open. */
export async function comeToSpeak(
  devices: Devices,
  facilitator: Page,
  link: Link,
  name: string,
  viewport = PHONE,
): Promise<Page> {
  const page = await comeIn(devices, link, name, viewport);
  await takeFloor(facilitator, page, name);
  return page;
}

export async function takeFloor(facilitator: Page, page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Pyydä puheenvuoro" }).click();
  await facilitator
    .getByRole("button", { name: `Anna vuoro: ${name}` })
    .first()
    .click();
  await page.getByRole("dialog", { name: "On sinun vuorosi" }).waitFor();
}

/** Presses "Speak now", and is heard. */
export async function speak(page: Page): Promise<void> {
  await page
    .getByRole("dialog", { name: "On sinun vuorosi" })
    .getByRole("button", { name: /^Puhu nyt/ })
    .click();
  await page.getByText("Sinut kuullaan nyt.").first().waitFor();
}

/** Frames of Opus that a page without the floor sends all the same, over sockets of its own. Counts those sent. */
export async function intrude(page: Page, link: Link): Promise<void> {
  await page.evaluate(async (secret) => {
    const { ticket } = await (
      await fetch("/api/enter", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ secret, netiquette: true }),
      })
    ).json();
    const open = (path: string, hello: object) => {
      const socket = new WebSocket(`wss://${location.host}${path}`);
      socket.binaryType = "arraybuffer";
      socket.onopen = () => socket.send(JSON.stringify(hello));
      return socket;
    };
    const told = <T>(socket: WebSocket, type: string) =>
      new Promise<T>((answer) =>
        socket.addEventListener("message", ({ data }) => {
          if (typeof data !== "string") return;
          const frame = JSON.parse(data);
          if (frame.type === type) answer(frame);
        }),
      );
    const room = open("/room", { type: "hello", version: 1, ticket });
    await told(room, "welcome");
    const given = told<{ ticket: string }>(room, "voice_ticket");
    room.send(JSON.stringify({ type: "ask_voice_ticket" }));
    const voice = open("/voice", {
      type: "voice_hello",
      version: 1,
      ticket: (await given).ticket,
      listen: false,
    });
    await told(voice, "voice_welcome");

    let seq = 0;
    const encoder = new AudioEncoder({
      output(chunk) {
        const bytes = new Uint8Array(8 + chunk.byteLength);
        const view = new DataView(bytes.buffer);
        view.setUint8(0, 0x11);
        view.setUint16(2, ++seq & 0xffff);
        view.setUint32(4, seq * 960);
        chunk.copyTo(bytes.subarray(8));
        if (voice.readyState === WebSocket.OPEN) voice.send(bytes);
      },
      error: (fault) => console.error(fault),
    });
    encoder.configure({
      codec: "opus",
      sampleRate: 48_000,
      numberOfChannels: 1,
      bitrate: 24_000,
      opus: { frameDuration: 20_000 },
    });
    let at = 0;
    setInterval(() => {
      const data = Float32Array.from(
        { length: 960 },
        (_, index) => 0.5 * Math.sin((2 * Math.PI * 440 * (at + index)) / 48_000),
      );
      encoder.encode(
        new AudioData({
          format: "f32-planar",
          sampleRate: 48_000,
          numberOfFrames: 960,
          numberOfChannels: 1,
          timestamp: at * 20,
          data,
        }),
      );
      at += 960;
      Object.assign(globalThis, { sent: seq });
    }, 20);
  }, link.link.split("#")[1]);
  await page.waitForFunction(() => (globalThis as unknown as { sent: number }).sent > 50);
}

/** The first so many links of those who take part. */
export function links(people: readonly Link[], count: number): Link[] {
  return Array.from({ length: count }, (_, index) => nth(people, index));
}
