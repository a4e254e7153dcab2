import { signal } from "@preact/signals";
import type { Change } from "@protocol";
import { expect, it } from "vitest";
import { applyBatch, EMPTY_ROOM, type RoomState } from "../state/room_state";
import { messagesInOrder } from "../state/selectors";
import * as make from "../testing/fixtures";
import type { Entrance } from "./entrance";
import { OlderMessages } from "./older_messages";

type Fetched = Awaited<ReturnType<Entrance["messages"]>>;

function stand(room: RoomState) {
  const shown = signal(room);
  const asked: { before: number; answer: (fetched: Fetched) => void }[] = [];
  const older = new OlderMessages(shown, (before) => new Promise((answer) => asked.push({ before, answer })));
  const take = (is_snapshot: boolean, ...changes: Change[]) => {
    const batch = { type: "batch" as const, from: shown.value.seq, to: shown.value.seq + 1, changes };
    const applied = applyBatch(shown.value, batch);
    if (applied.kind !== "applied") throw new Error(applied.kind);
    older.follow(batch, shown.value, applied.room, is_snapshot);
    shown.value = applied.room;
  };
  return { shown, asked, older, take };
}

const none: Fetched = { kind: "ok", value: { messages: [] } };

it("are not asked for before there is a message", async () => {
  const { asked, older } = stand(EMPTY_ROOM);
  await older.show();
  expect(asked).toEqual([]);
  expect(older.state.value).toBe("ask");
});

it("are asked for once at a time, from before the oldest here", async () => {
  const { shown, asked, older } = stand(
    make.roomOf([make.message(20, 8, "uusi"), make.message(12, 8, "vanha")]),
  );
  const first = older.show();
  await older.show();
  expect(asked.map(({ before }) => before)).toEqual([12]);
  expect(older.state.value).toBe("asking");
  asked[0]?.answer({ kind: "ok", value: { messages: [make.message(3, 8, "eilinen")] } });
  await first;
  expect(older.state.value).toBe("ask");
  expect(messagesInOrder(shown.value, "room").map(({ text }) => text)).toEqual(["eilinen", "vanha", "uusi"]);
});

it("can be asked for again after a snapshot, and not after any other step", async () => {
  const { asked, older, take } = stand(make.roomOf([make.message(20, 8, "uusi")]));
  const all = older.show();
  asked[0]?.answer(none);
  await all;
  take(false, make.message(21, 8, "uudempi"));
  expect(older.state.value).toBe("none");
  take(true, make.message(22, 8, "uusin"));
  expect(older.state.value).toBe("ask");
});

it("can be asked for again after a step that may have left some out", async () => {
  const { asked, older, take } = stand(make.roomOf([make.message(20, 8, "uusi")]));
  const failed = older.show();
  asked[0]?.answer({ kind: "unreachable" });
  await failed;
  expect(older.state.value).toBe("failed");
  take(false, ...Array.from({ length: 200 }, (_, i) => make.message(100 + i, 8, `viesti ${i}`)));
  expect(older.state.value).toBe("ask");
});
