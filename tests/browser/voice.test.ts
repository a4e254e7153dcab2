import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { barriers, comeIn, DESK, PHONE, picture } from "./running_site";
import {
  figuresOf,
  listenAnew,
  microphone,
  putEar,
  Recording,
  rowOf,
  THREE_TONES,
  takeDecoder,
  takeEncoder,
  tonesOf,
  waitForSound,
} from "./sound";
import { comeToListen, comeToSpeak, intrude, links, listens, speak } from "./speakers";
import { beginSession, nth, openStage } from "./story";

// A microphone that says three tones once. Who hears them, and who does not.

const recording = new Recording(THREE_TONES);
const stage = openStage(microphone(recording, true));
afterAll(() => recording.remove());

/** Hears silence, the three tones, silence. */
async function hearsAll(ear: Page) {
  await expect
    .poll(async () => tonesOf(await rowOf(ear)), { interval: 200 })
    .toEqual(["440", "1000", "2500"]);
  await waitForSound(ear, false);
  const row = await rowOf(ear);
  expect([row.at(0), row.at(-1)]).toEqual(["silence", "silence"]);
}
const people = ["Osallistuja 1", "Osallistuja 2", "Osallistuja 3"];

test("three tones are heard in their order by all who listen, by the browser's decoder and by ours", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(people);
  const [first, second, third] = links(plan.people, 3) as [never, never, never];
  devices.scripts.push(putEar);
  const facilitator = await beginSession(devices, plan);
  await facilitator.getByRole("button", { name: "Kuuntele", exact: true }).click();
  await listens(facilitator);
  const desk = await comeToListen(devices, second, "Kanerva", DESK);
  devices.scripts.push(takeDecoder);
  const phone = await comeToListen(devices, third, "Käpy", PHONE);
  devices.scripts.pop();
  expect(await phone.evaluate(() => "AudioDecoder" in globalThis)).toBe(false);

  const mouth = await comeToSpeak(devices, facilitator, first, "Mustikka");
  await picture(mouth, "voice-your-turn-360");
  expect(await barriers(mouth)).toEqual([]);
  const ears = [facilitator, desk, phone];
  for (const ear of ears) await listenAnew(ear);
  await speak(mouth);
  await picture(mouth, "voice-speaking-360");
  expect(await barriers(mouth)).toEqual([]);

  await waitForSound(desk, true);
  await desk.getByRole("img", { name: "Ääni kuuluu: Mustikka" }).waitFor();
  await picture(desk, "voice-listening-1280");
  await picture(phone, "voice-listening-360");
  await picture(facilitator, "voice-facilitator-1280");
  for (const ear of ears) await hearsAll(ear);
  await desk.getByRole("img", { name: "Hiljaista" }).waitFor();
  for (const ear of ears) expect(await barriers(ear)).toEqual([]);
});

test("a browser that makes no Opus is heard too: the server makes it", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(people);
  const [first, second] = links(plan.people, 2) as [never, never];
  const facilitator = await beginSession(devices, plan);
  devices.scripts.push(putEar);
  const ear = await comeToListen(devices, second, "Kanerva");
  devices.scripts.push(takeEncoder);
  const mouth = await comeToSpeak(devices, facilitator, first, "Mustikka");
  await listenAnew(ear);
  await speak(mouth);
  await hearsAll(ear);
  expect((await figuresOf(ear)).lost).toBe(0);
});

test("who has no turn is heard by nobody, whatever their browser sends", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(people);
  const [first, second] = links(plan.people, 2) as [never, never];
  const facilitator = await beginSession(devices, plan);
  devices.scripts.push(putEar);
  const ear = await comeToListen(devices, second, "Kanerva");
  const intruder = await comeIn(devices, first, "Mustikka");
  await intruder.getByRole("button", { name: "Pyydä puheenvuoro" }).click();
  await listenAnew(ear);
  await intrude(intruder, first);
  await waitForSound(ear, false);
  expect(await rowOf(ear)).toEqual(["silence"]);
  // The same frames, once the floor is theirs.
  await facilitator.getByRole("button", { name: "Anna vuoro: Mustikka" }).click();
  await waitForSound(ear, true);
  expect(tonesOf(await rowOf(ear))).toEqual(["440"]);
  await facilitator.getByRole("button", { name: "Lopeta vuoro" }).click();
  await waitForSound(ear, false);
});

test("the microphone is tried before it is heard, closed, opened, and given back when the turn ends", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(people);
  const [first, second] = links(plan.people, 2) as [never, never];
  const facilitator = await beginSession(devices, plan);
  devices.scripts.push(putEar, () => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wish) => {
      const stream = await ask(wish);
      Object.assign(globalThis, { asked: wish, tracks: stream.getTracks() });
      return stream;
    };
  });
  const ear = await comeToListen(devices, second, "Kanerva");
  const mouth = await comeToSpeak(devices, facilitator, first, "Mustikka");
  const microphoneOf = () =>
    mouth.evaluate(() => {
      const { tracks } = globalThis as unknown as { tracks?: MediaStreamTrack[] };
      return tracks?.map(({ readyState, enabled }) => `${readyState} ${enabled ? "open" : "closed"}`).join();
    });
  expect(await microphoneOf()).toBeUndefined();
  await mouth.getByRole("button", { name: /^Kokeilen mikrofonia/ }).click();
  const trial = mouth.getByRole("dialog", { name: "Kokeilen mikrofonia" });
  await trial.getByText("Mikrofoni toimii.").waitFor();
  expect(await mouth.evaluate(() => (globalThis as unknown as { asked: object }).asked)).toEqual({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
  });
  await picture(mouth, "voice-trial-360");
  expect(await barriers(mouth)).toEqual([]);
  expect(await rowOf(ear)).toEqual(["silence"]);

  await trial.getByRole("button", { name: "Puhu nyt" }).click();
  await mouth.getByText("Sinut kuullaan nyt.").first().waitFor();
  await mouth.getByRole("button", { name: "Sulje mikrofoni" }).click();
  await mouth.getByText("Mikrofoni on kiinni.").first().waitFor();
  expect(await microphoneOf()).toBe("live closed");
  await picture(mouth, "voice-muted-360");
  expect(await barriers(mouth)).toEqual([]);
  await mouth.getByRole("button", { name: "Avaa mikrofoni" }).click();
  await mouth.getByText("Sinut kuullaan nyt.").first().waitFor();
  expect(await microphoneOf()).toBe("live open");
  await mouth.getByRole("button", { name: "Lopeta vuoroni" }).click();
  await mouth.getByRole("button", { name: "Pyydä puheenvuoro" }).waitFor();
  await expect.poll(microphoneOf).toBe("ended open");
});

test("the words of a turn are seen as they are written, by speaker or staff, and can be kept", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(people);
  const [first, second, third] = links(plan.people, 3) as [never, never, never];
  const facilitator = await beginSession(devices, plan);
  const reader = await comeIn(devices, second, "Kanerva");
  const writer = await comeToSpeak(devices, facilitator, first, "Mustikka");
  await writer.keyboard.press("Escape");
  await writer.getByRole("button", { name: "Kirjoita", exact: true }).click();
  await writer.getByLabel("Kirjoita, mitä haluat sanoa").pressSequentially("Minua auttaa kirja.");
  await reader.getByText("Minua auttaa kirja.").waitFor();
  await picture(writer, "speech-writing-360");
  await picture(reader, "speech-reading-360");
  expect(await barriers(writer)).toEqual([]);
  expect(await barriers(reader)).toEqual([]);

  await facilitator.getByRole("button", { name: "Kirjoita puhe tekstiksi" }).click();
  const captions = facilitator.getByLabel("Kirjoita, mitä Mustikka sanoo");
  expect(await captions.inputValue()).toBe("Minua auttaa kirja.");
  await captions.pressSequentially(" Luen joka ilta.");
  await reader.getByText("Minua auttaa kirja. Luen joka ilta.").waitFor();
  await picture(facilitator, "speech-facilitator-1280");
  expect(await barriers(facilitator)).toEqual([]);
  // Who comes late sees what is being said.
  const late = await comeIn(devices, third, "Käpy", DESK);
  await late.getByText("Minua auttaa kirja. Luen joka ilta.").waitFor();
  await picture(late, "speech-reading-1280");

  await expect
    .poll(() => writer.getByLabel("Kirjoita, mitä haluat sanoa").inputValue())
    .toBe("Minua auttaa kirja. Luen joka ilta.");
  await writer.getByRole("button", { name: "Säilytä teksti" }).click();
  await writer.getByText("Teksti on säilytetty.").waitFor();
  await writer.getByRole("button", { name: "Lopeta vuoroni" }).click();
  await reader.getByText("Puheenvuoroja tekstinä: 1").click();
  await reader.getByText("Minua auttaa kirja. Luen joka ilta.").waitFor();
  await picture(reader, "speech-kept-360");
});

test("where a session has no voice nothing of it is shown, and none of its code is brought", async () => {
  const { site, devices } = stage;
  const traces = async (has_voice: boolean) => {
    const plan = await site.plan(people, "Uni", { voice: has_voice });
    const facilitator = await beginSession(devices, plan);
    const page = await comeIn(devices, nth(plan.people), "Mustikka");
    // The answer whether there is voice comes before the answer to this.
    await page.getByRole("button", { name: "Pyydä puheenvuoro" }).click();
    await page.getByText("Olet seuraava.").first().waitFor();
    const on_desk = facilitator.getByRole("button", { name: "Kuuntele", exact: true });
    if (has_voice)
      await Promise.all([page.getByRole("switch", { name: "Kuuntelu" }).waitFor(), on_desk.waitFor()]);
    const is_brought = await page.evaluate(() =>
      performance.getEntriesByType("resource").some(({ name }) => name.includes("/assets/voice-")),
    );
    const switches = await Promise.all([
      page.getByRole("switch", { name: "Kuuntelu" }).count(),
      on_desk.count(),
    ]);
    await page.getByRole("button", { name: "Asetukset" }).click();
    const sliders = await page.getByLabel("Äänen voimakkuus").count();
    return { is_brought, switches, sliders };
  };
  expect(await traces(true)).toEqual({ is_brought: true, switches: [1, 1], sliders: 1 });
  expect(await traces(false)).toEqual({ is_brought: false, switches: [0, 0], sliders: 0 });
});

test("who cannot hear with the listening off is told so first, and needs nobody when it is on", async () => {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1"]);
  await beginSession(devices, plan);
  const page = await comeIn(devices, nth(plan.people), "Mustikka");
  await page.getByRole("switch", { name: "Kuuntelu" }).waitFor();
  await page.getByRole("button", { name: "Pyydä apua" }).click();
  await page.getByRole("button", { name: "En kuule" }).click();
  const help = page.getByRole("dialog", { name: "En kuule" });
  expect(await barriers(page)).toEqual([]);
  await picture(page, "help-listening-off-360");
  await help.getByRole("button", { name: /Kuuntelu on pois\. Paina tästä\./ }).click();
  await help.getByText("Kuuntelu on päällä. Kuuletko nyt?").waitFor();
  await help.getByRole("button", { name: "Kuulen nyt" }).click();
  await help.waitFor({ state: "hidden" });
});
