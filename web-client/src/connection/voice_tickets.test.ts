import { expect, it } from "vitest";
import { FakeTimers } from "../testing/fakes";
import { VoiceTickets } from "./voice_tickets";

function stand() {
  const timers = new FakeTimers();
  const server = { has_line: true, asked: 0 };
  const tickets = new VoiceTickets(timers, () => {
    if (server.has_line) server.asked += 1;
    return server.has_line;
  });
  return { timers, server, tickets };
}

it("asks nothing as long as nobody waits", () => {
  const { server, tickets, timers } = stand();
  tickets.goOn();
  expect([server.asked, timers.waiting]).toEqual([0, 0]);
});

it("keeps no time without a line, and whoever waits waits on", async () => {
  const { server, tickets, timers } = stand();
  const ticket = tickets.ask();
  server.has_line = false;
  timers.pass(5000);
  expect([server.asked, timers.waiting]).toEqual([1, 0]);
  server.has_line = true;
  tickets.goOn();
  expect(server.asked).toBe(2);
  tickets.give("a");
  expect(await ticket).toBe("a");
  expect(timers.waiting).toBe(0);
});

it("keeps no ticket that nobody waits for", async () => {
  const { server, tickets } = stand();
  tickets.give("late");
  const ticket = tickets.ask();
  expect(server.asked).toBe(1);
  tickets.give("own");
  expect(await ticket).toBe("own");
});
