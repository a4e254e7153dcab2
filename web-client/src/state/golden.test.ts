// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Batch, KEY_OF, type ServerFrame } from "@protocol";
import { describe, expect, it } from "vitest";
import { applyBatch, EMPTY_ROOM } from "./room_state";

// The golden frames that the server's tests read too (protocol/examples/README.md).

interface Example {
  name: string;
  frame: "client" | "server";
  text?: object | string;
  ok: boolean;
}

const folder = fileURLToPath(new URL("../../../protocol/examples", import.meta.url));
const examples: Example[] = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .flatMap((file) => JSON.parse(readFileSync(`${folder}/${file}`, "utf8")));

const frames = examples
  .filter((example) => example.ok && example.frame === "server")
  .map(({ name, text }) => ({
    name,
    frame: (typeof text === "string" ? JSON.parse(text) : text) as ServerFrame,
  }));
const batches = frames.filter((each): each is { name: string; frame: Batch } => each.frame.type === "batch");

describe("the golden frames", () => {
  it("have a batch with each kind of thing", () => {
    const kinds = new Set(batches.flatMap(({ frame }) => frame.changes.map((change) => change.type)));
    expect([...kinds].filter((kind) => kind !== "dropped").sort()).toEqual(Object.keys(KEY_OF).sort());
  });

  it.each(batches)("$name: every thing is put under its key, and dropped by it", ({ frame }) => {
    const put = applyBatch(EMPTY_ROOM, { ...frame, from: 0 });
    if (put.kind !== "applied") throw new Error(put.kind);
    const dropped: Batch = { type: "batch", from: frame.to, to: frame.to + 1, changes: [] };
    for (const change of frame.changes) {
      if (change.type === "dropped") continue;
      const key = KEY_OF[change.type];
      const id = key === null ? 0 : (change as unknown as Record<string, number>)[key];
      if (id === undefined) throw new Error(`${change.type} has no ${key}`);
      expect(put.room.things[change.type].get(id)).toEqual(change);
      dropped.changes.push({ type: "dropped", kind: change.type, id });
    }
    const gone = applyBatch(put.room, dropped);
    if (gone.kind !== "applied") throw new Error(gone.kind);
    for (const things of Object.values(gone.room.things)) expect(things.size).toBe(0);
  });
});
