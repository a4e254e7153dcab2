// The room as npm's ws joins it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { createRequire } from "node:module";

const WebSocket = createRequire(new URL("../../web-client/package.json", import.meta.url))("ws");
const [origin, certificate, facilitator_secret, guest_secret] = process.argv.slice(2);
const ca = readFileSync(certificate);

const ticketOf = (secret, name) =>
  new Promise((resolve, reject) => {
    const asks = request(
      `${origin}/api/enter`,
      { method: "POST", ca, headers: { "Content-Type": "application/json", Origin: origin } },
      (answer) => {
        let text = "";
        answer.on("data", (piece) => (text += piece));
        answer.on("end", () =>
          answer.statusCode === 200
            ? resolve(JSON.parse(text).ticket)
            : reject(new Error(`${answer.statusCode} ${text}`)),
        );
      },
    );
    asks.on("error", reject);
    asks.end(JSON.stringify({ secret, netiquette: true, name }));
  });

class Line {
  constructor(socket) {
    this.socket = socket;
    this.waiting = [];
    socket.on("message", (data, is_binary) => {
      assert.equal(is_binary, false);
      const frame = JSON.parse(String(data));
      const [told, waiting] = [[], []];
      for (const one of this.waiting) (one.is_wanted(frame) ? told : waiting).push(one);
      this.waiting = waiting;
      for (const { resolve } of told) resolve(frame);
    });
  }
  expect(is_wanted) {
    return new Promise((resolve) => this.waiting.push({ is_wanted, resolve }));
  }
  send(frame) {
    this.socket.send(JSON.stringify(frame));
  }
  async ask(id, command) {
    const outcome = this.expect((frame) => frame.type === "outcome" && frame.id === id);
    this.send({ type: "command", id, command });
    assert.equal((await outcome).refusal, undefined);
  }
  closed() {
    return new Promise((resolve) => this.socket.on("close", resolve));
  }
}

const comeIn = async (secret, name) => {
  const ticket = await ticketOf(secret, name);
  // Its usual offer of compression, which the server passes over.
  const socket = new WebSocket(`${origin.replace("https", "wss")}/room`, { origin, ca });
  const line = new Line(socket);
  await new Promise((resolve, reject) => socket.on("open", resolve).on("error", reject));
  assert.equal(socket.extensions, "");
  const welcome = line.expect((frame) => frame.type === "welcome");
  const snapshot = line.expect((frame) => frame.type === "batch");
  line.send({ type: "hello", version: 1, ticket });
  assert.equal((await snapshot).to, (await welcome).seq);
  return line;
};

setTimeout(() => process.exit(1), 30_000).unref();
const facilitator = await comeIn(facilitator_secret, "Ohjaaja");
await facilitator.ask("1", { type: "open_doors" });
await facilitator.ask("2", { type: "go_live" });
const guest = await comeIn(guest_secret, "Vieras");
const text = "Hei, täällä Node 🟢";
const told = facilitator.expect(
  (frame) => frame.type === "batch" && frame.changes.some((change) => change.text === text),
);
await guest.ask("1", { type: "send_message", channel: "room", text });
await told;
const answered = new Promise((resolve) => guest.socket.on("pong", resolve));
guest.socket.ping("?");
await answered;
const left = guest.closed();
guest.send({ type: "leave" });
assert.equal(await left, 4506);
const closed = facilitator.closed();
facilitator.socket.close(1000);
assert.equal(await closed, 1000);
