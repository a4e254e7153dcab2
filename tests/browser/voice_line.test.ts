import { afterAll, expect, test } from "vitest";
import { openRawTab } from "./raw_tab";
import { barriers, comeIn, complaints, DESK, Devices, PHONE, picture, RunningSite } from "./running_site";
import { BEATS, figuresOf, listenAnew, microphone, putEar, Recording, waitForSound } from "./sound";
import { comeToListen, comeToSpeak, links, listens, speak } from "./speakers";
import { beginSession, openStage } from "./story";

// Somebody speaks without end: what becomes of the sound when something around it fails.

const recording = new Recording(BEATS);
const stage = openStage(microphone(recording, false));
afterAll(() => recording.remove());

/** A session in which Mustikka speaks and Kanerva hears it. */
async function begin() {
  const { site, devices } = stage;
  const plan = await site.plan(["Osallistuja 1", "Osallistuja 2", "Osallistuja 3"]);
  const [first, second, third] = links(plan.people, 3) as [never, never, never];
  const facilitator = await beginSession(devices, plan);
  devices.scripts.push(putEar);
  const ear = await comeToListen(devices, second, "Kanerva");
  const mouth = await comeToSpeak(devices, facilitator, first, "Mustikka");
  await speak(mouth);
  await waitForSound(ear, true);
  return { facilitator, ear, mouth, second, third };
}

test("when the turn ends the room is silent, whoever ends it", async () => {
  const { facilitator, ear, mouth } = await begin();
  await facilitator.getByRole("button", { name: "Lopeta vuoro" }).click();
  await waitForSound(ear, false);
  await mouth.getByRole("button", { name: "Pyydä puheenvuoro" }).waitFor();
});

test("without a press the browser keeps the sound back, and a press brings it", async () => {
  const { ear, second } = await begin();
  // The same tab as a browser brings it back after a restart: what it kept, and nobody has pressed anything in it.
  const shelf = await ear.evaluate(() =>
    JSON.stringify(
      Array.from({ length: sessionStorage.length }, (_, index) => {
        const key = sessionStorage.key(index) ?? "";
        return [key, sessionStorage.getItem(key)];
      }),
    ),
  );
  await ear.close();
  const tab = await openRawTab(
    [],
    putEar,
    `for (const [key, value] of ${shelf}) sessionStorage.setItem(key, value)`,
  );
  try {
    await tab.open(second);
    await tab.until(() => document.body?.textContent?.includes("Ääni on tauolla.") ?? false);
    expect(await tab.evaluate(() => globalThis.ear.context?.state)).toBe("suspended");
    await tab.press("Jatka kuuntelua");
    await tab.until(() => (globalThis.ear.listen()?.rms ?? 0) > 0.02);
  } finally {
    await tab.close();
  }
});

test("after a reload the sound goes on", async () => {
  const { ear } = await begin();
  await ear.reload();
  await waitForSound(ear, true);
});

test("a sound that the device has taken away comes back by a press", async () => {
  const { ear } = await begin();
  // As after a call: the context is not running, and the page is told.
  await ear.evaluate(() => globalThis.ear.context?.suspend());
  await ear.getByText("Ääni on tauolla.").waitFor();
  expect(await barriers(ear)).toEqual([]);
  await picture(ear, "voice-press-1280");
  await ear.getByRole("button", { name: "Jatka kuuntelua" }).click();
  await listens(ear);
  await waitForSound(ear, true);
});

test("a server that stood still for 300 ms is heard again, without more delay than before", async () => {
  const { ear } = await begin();
  await stage.site.freeze(300);
  await listenAnew(ear);
  await waitForSound(ear, true);
  await expect
    .poll(async () => {
      const { fill_ms, margin_ms } = await figuresOf(ear);
      return fill_ms <= margin_ms + 20 + 40;
    })
    .toBe(true);
  expect((await figuresOf(ear)).lost).toBe(0);
});

test("a page that is busy does not break the sound", async () => {
  const { ear, mouth } = await begin();
  // A page that carried the sound itself would break off at each of the six: a margin is 200 ms at most.
  const underruns = async () => (await figuresOf(ear)).underruns;
  const breaksOff = async () => {
    const before = await underruns();
    for (let count = 0; count < 6; count += 1)
      await Promise.all(
        [ear, mouth].map((page) =>
          page.evaluate(() => {
            const end = performance.now() + 250;
            while (performance.now() < end);
          }),
        ),
      );
    await waitForSound(ear, true);
    return (await underruns()) - before;
  };
  // Other work on this machine may break it as well, now and then: once in four it does not.
  await expect.poll(breaksOff, { interval: 1 }).toBe(0);
});

test("listening can be switched off and on, and the volume goes with the device", async () => {
  const { ear } = await begin();
  await ear.getByRole("switch", { name: "Kuuntelu" }).click();
  await ear.getByRole("switch", { name: "Kuuntelu", checked: false }).waitFor();
  await ear.getByRole("button", { name: "Asetukset" }).click();
  await ear.getByLabel("Äänen voimakkuus").fill("0");
  await picture(ear, "voice-settings-1280");
  expect(await barriers(ear)).toEqual([]);
  await ear.getByRole("dialog").getByRole("button", { name: "Sulje" }).click();
  await ear.getByRole("switch", { name: "Kuuntelu" }).click();
  await listens(ear);
  // Mustikka is seen to speak, and is not heard.
  await ear.getByRole("img", { name: "Ääni kuuluu: Mustikka" }).waitFor();
  await waitForSound(ear, false);
  await ear.getByRole("button", { name: "Asetukset" }).click();
  await ear.getByLabel("Äänen voimakkuus").fill("100");
  await waitForSound(ear, true);
});

test("who is on the stage is heard without a turn, beside the speaker", async () => {
  const { facilitator, ear } = await begin();
  await facilitator.getByRole("button", { name: "Avaa mikrofoni" }).click();
  await facilitator.getByText("Sinut kuullaan nyt.").first().waitFor();
  await ear.getByText(/^Kuuluu myös/).waitFor();
  await picture(ear, "voice-stage-1280");
  await picture(facilitator, "voice-facilitator-speaks-1280");
  expect(await barriers(facilitator)).toEqual([]);
  await facilitator.setViewportSize(PHONE);
  await picture(facilitator, "voice-facilitator-speaks-360");
  await facilitator.getByRole("button", { name: "Sulje mikrofoni" }).click();
  await facilitator.getByText("Mikrofoni on kiinni.").first().waitFor();
});

test("a tab that nobody looks at goes on playing", async () => {
  const { mouth, third, ear } = await begin();
  await ear.close();
  const tab = await openRawTab(microphone(recording, false), putEar);
  try {
    await tab.open(third);
    await tab.press("Tule kahvilaan");
    await tab.press("Kuuntele");
    await tab.until(() => (globalThis.ear.listen()?.rms ?? 0) > 0.02);
    await tab.hide();
    // Silent for a while, then spoken to: nobody saw it, and it did not sleep.
    await mouth.getByRole("button", { name: "Sulje mikrofoni" }).click();
    await tab.until(() => (globalThis.ear.listen()?.rms ?? 1) < 0.001);
    await mouth.getByRole("button", { name: "Avaa mikrofoni" }).click();
    await tab.until(() => (globalThis.ear.listen()?.rms ?? 0) > 0.02);
    expect(await tab.evaluate(() => document.visibilityState)).toBe("hidden");
  } finally {
    await tab.close();
  }
});

test("over plain http under another name the page says that a secure connection is needed", async () => {
  const site = await RunningSite.open("kahvila.test");
  const devices = await Devices.open(["--host-resolver-rules=MAP kahvila.test 127.0.0.1"]);
  try {
    const plan = await site.plan(["Osallistuja 1"]);
    await beginSession(devices, plan);
    const page = await comeIn(devices, links(plan.people, 1)[0] as never, "Mustikka", PHONE);
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
    await page.getByText("Ääni ei toimi tällä sivulla.").waitFor();
    await picture(page, "voice-insecure-360");
    await page.setViewportSize(DESK);
    await picture(page, "voice-insecure-1280");
    expect(await barriers(page)).toEqual([]);
  } finally {
    await devices.close();
    await site.close();
  }
  // Over plain http Chromium passes over a header, and says so: that is the trouble this site is in.
  expect(complaints.splice(0).filter((one) => !one.includes("Cross-Origin-Opener-Policy"))).toEqual([]);
});
