import { type Batch, type Change, type ChangeKind, KEY_OF, type Message, type Thing } from "@protocol";

export type ThingOf<K extends ChangeKind> = Extract<Thing, { type: K }>;

/** Kinds of which a room has one at most, and kinds of which it has many, by what the wire says of their keys. */
export type SingleKind = { [K in ChangeKind]: (typeof KEY_OF)[K] extends null ? K : never }[ChangeKind];
export type ManyKind = Exclude<ChangeKind, SingleKind>;

/** A client keeps the newest 200 messages; asking for older ones makes room for them. */
export const MESSAGES_KEPT = 200;

/** The room as this client may see it, after the step `seq`. Never changed in place. */
export interface RoomState {
  readonly seq: number;
  readonly things: { readonly [K in ChangeKind]: ReadonlyMap<number, ThingOf<K>> };
  readonly messages_kept: number;
}

export const EMPTY_ROOM: RoomState = {
  seq: 0,
  things: Object.fromEntries(
    Object.keys(KEY_OF).map((kind) => [kind, new Map()]),
  ) as unknown as RoomState["things"],
  messages_kept: MESSAGES_KEPT,
};

/** The thing of a kind of which there is one at most. */
export function the<K extends SingleKind>(room: RoomState, kind: K): ThingOf<K> | undefined {
  return room.things[kind].get(0);
}

/** One thing of many by its key. */
export function one<K extends ManyKind>(
  room: RoomState,
  kind: K,
  key: number | undefined,
): ThingOf<K> | undefined {
  return key === undefined ? undefined : room.things[kind].get(key);
}

/** All things of a kind. In the order in which they came, which means nothing: see selectors.ts. */
export function all<K extends ManyKind>(room: RoomState, kind: K): ThingOf<K>[] {
  return [...room.things[kind].values()];
}

/** `gap`: the batch does not follow from what is here; connect anew with resume. */
export type Applied = { kind: "applied"; room: RoomState } | { kind: "already" } | { kind: "gap" };

/** The one rule of the stream: put, or drop. Ranges are as protocol/room.md says; a batch from 0 is a snapshot. */
export function applyBatch(room: RoomState, batch: Batch): Applied {
  if (batch.to <= room.seq && batch.to !== 0) return { kind: "already" };
  if (batch.from > room.seq) return { kind: "gap" };

  const touched = new Map<ChangeKind, Map<number, Thing>>();
  const opened = (kind: ChangeKind) => {
    let things = touched.get(kind);
    if (!things) {
      things = new Map<number, Thing>(room.things[kind]);
      touched.set(kind, things);
    }
    return things;
  };
  for (const change of batch.changes) {
    const kind = change.type === "dropped" ? change.kind : change.type;
    // A kind that this version does not know yet.
    if (!(kind in KEY_OF)) continue;
    if (change.type === "dropped") opened(kind).delete(change.id);
    else opened(kind).set(keyOf(change), change);
  }
  const messages_kept = mayLeaveOut(room, batch) ? MESSAGES_KEPT : room.messages_kept;
  const messages = touched.get("message") as Map<number, Message> | undefined;
  if (messages) dropOldest(messages, messages_kept);

  return {
    kind: "applied",
    room: {
      ...room,
      seq: batch.to,
      messages_kept,
      things: { ...room.things, ...Object.fromEntries(touched) },
    },
  };
}

/**
 * Whoever was away for long is told the newest messages only: between them and those that are here there may be a hole.
 */
export function mayLeaveOut(room: RoomState, batch: Batch): boolean {
  const made_meanwhile = batch.changes.filter((change) => change.type === "message" && change.id > room.seq);
  return made_meanwhile.length >= MESSAGES_KEPT;
}

/** Messages that were here have made room for newer ones. */
export function hasLetMessagesGo(before: RoomState, after: RoomState): boolean {
  const { message: here } = after.things;
  return here !== before.things.message && [...before.things.message.keys()].some((id) => !here.has(id));
}

/** Older messages that were asked for, kept beside the newest from now on, so that what becomes of them shows too. */
export function withOlderMessages(room: RoomState, older: readonly Message[]): RoomState {
  const messages = new Map(room.things.message);
  for (const message of older) if (!messages.has(message.id)) messages.set(message.id, message);
  const messages_kept = room.messages_kept + messages.size - room.things.message.size;
  return { ...room, things: { ...room.things, message: messages }, messages_kept };
}

function keyOf(change: Exclude<Change, { type: "dropped" }>): number {
  const field = KEY_OF[change.type];
  return field === null ? 0 : ((change as unknown as Record<string, number>)[field] ?? 0);
}

function dropOldest(messages: Map<number, Message>, kept: number): void {
  if (messages.size <= kept) return;
  const by_place = [...messages.values()].sort((a, b) => a.place - b.place || a.id - b.id);
  for (const { id } of by_place.slice(0, messages.size - kept)) messages.delete(id);
}
