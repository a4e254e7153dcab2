import { expect, test } from "vitest";
import { sendAs } from "./own_client";
import { barriers, comeIn, DESK, picture } from "./running_site";
import { beginSession, nth, openStage } from "./story";

// A poll in real pages against the real server.

const stage = openStage();

test("a poll of 23: the server is killed in its midst, nobody answers twice, and nobody's choice is told", async () => {
  const { site, devices } = stage;
  const names = Array.from({ length: 23 }, (_, index) => `Osallistuja ${index + 1}`);
  const plan = await site.plan(names);
  const facilitator = await beginSession(devices, plan);
  const mustikka = await comeIn(devices, nth(plan.people), "Mustikka");
  const kanerva = await comeIn(devices, nth(plan.people, 1), "Kanerva", DESK);
  await kanerva.getByRole("button", { name: "Pyydä puheenvuoro" }).waitFor();

  // Made ahead by the facilitator, and opened.
  await facilitator.getByRole("button", { name: "Tee kysely" }).click();
  const form = facilitator.getByRole("dialog", { name: "Uusi kysely" });
  await form.getByLabel("Kysymys").fill("Missä nukahdat helpoimmin?");
  await form.getByLabel("Vaihtoehto 1").fill("Omassa sängyssä");
  await form.getByLabel("Vaihtoehto 2").fill("Mökillä tai matkalla");
  await form.getByLabel("Vaihtoehto 3").fill("Sohvalla");
  await form.getByRole("button", { name: "Tallenna valmiiksi" }).click();
  await facilitator.getByRole("button", { name: /^Avaa.*Missä/ }).click();

  // The next question's number is what the pages say; the others ask the room as clients of their own.
  await mustikka.getByRole("heading", { name: "Missä nukahdat helpoimmin?" }).waitFor();
  expect(await barriers(mustikka)).toEqual([]);
  await picture(mustikka, "poll-360");
  await picture(kanerva, "poll-1280");
  await mustikka.getByLabel("Mökillä tai matkalla").check();
  await mustikka.getByRole("button", { name: "Vastaa", exact: true }).click();
  await mustikka.getByText("Vastasit: Mökillä tai matkalla.").first().waitFor();

  const poll = await pollOf(kanerva, nth(plan.people, 2));
  const answerAs = (from: number, to: number) =>
    Promise.all(
      plan.people
        .slice(from, to)
        .map((link, index) =>
          sendAs(kanerva, link, `Marja ${from + index}`, [
            { type: "answer_poll", poll, options: [(from + index) % 3] },
          ]),
        ),
    );
  for (const answers of await answerAs(2, 13)) expect(answers).toEqual([null]);
  await facilitator.getByText("12 / ").first().waitFor();

  // Tickets die with the server. Who reloads before there is a new one comes back in all the same.
  await kanerva.route("**/api/enter", (route) => route.abort());
  const without_ticket = kanerva.waitForRequest("**/api/enter");
  await site.end("SIGKILL");
  await kanerva.getByText("Yhteys katkesi. Yritämme uudelleen.").first().waitFor();
  await site.start();
  await without_ticket;
  await kanerva.unroute("**/api/enter");
  await kanerva.reload();
  await kanerva.getByRole("button", { name: "Vastaa", exact: true }).waitFor();
  await mustikka
    .getByText(/^12 \//)
    .first()
    .waitFor();

  // The page that was there all the time knows what was chosen; one that is new does not.
  await mustikka.getByText("Vastasit: Mökillä tai matkalla.").first().waitFor();
  await mustikka.reload();
  await mustikka.getByText("Olet vastannut.").first().waitFor();

  for (const answers of await answerAs(13, 23)) expect(answers).toEqual([null]);
  await kanerva.getByLabel("Sohvalla").check();
  await kanerva.getByRole("button", { name: "Vastaa", exact: true }).click();
  await kanerva.getByText("Vastasit: Sohvalla.").first().waitFor();
  await facilitator.getByText("23 / 23").first().waitFor();
  expect(await barriers(facilitator)).toEqual([]);
  await picture(facilitator, "poll-desk-1280");

  await facilitator.getByRole("button", { name: "Sulje kysely" }).click();
  await mustikka.getByText("Kysely on suljettu.").first().waitFor();
  await facilitator.getByRole("button", { name: "Näytä kaikille" }).click();
  await kanerva.getByText("23 meistä vastasi.").first().waitFor();
  const shown = await kanerva.locator(".figures tbody tr").allInnerTexts();
  // 2 to 22 chose by their place, Mustikka the second option, Kanerva the third.
  expect(shown.map((row) => /(\d+) \(/.exec(row.replaceAll("\u00a0", " "))?.[1])).toEqual(["7", "8", "8"]);
  expect(await barriers(kanerva)).toEqual([]);
  await picture(kanerva, "poll-result-1280");
  await picture(mustikka, "poll-result-360");
  // Kanerva's page knows what Kanerva chose; Mustikka's is new.
  expect(await kanerva.locator(".figures .badge").allInnerTexts()).toEqual(["Sinä"]);
  expect(await mustikka.locator(".figures .badge").count()).toBe(0);
});

/** The number of the poll that is open, as the room tells a client of its own. */
async function pollOf(
  page: Parameters<typeof sendAs>[0],
  link: Parameters<typeof sendAs>[1],
): Promise<number> {
  return page.evaluate(async (secret) => {
    const entered = await fetch("/api/enter", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ secret, netiquette: true, name: "Marja 2" }),
    });
    const { ticket } = await entered.json();
    const socket = new WebSocket(`wss://${location.host}/room`);
    return new Promise<number>((found) => {
      socket.onopen = () => socket.send(JSON.stringify({ type: "hello", version: 1, ticket }));
      socket.onmessage = ({ data }) => {
        const frame = JSON.parse(data);
        const poll = frame.changes?.find((change: { type: string }) => change.type === "poll");
        if (!poll) return;
        socket.close();
        found(poll.id);
      };
    });
  }, link.link.split("#")[1] as string);
}
