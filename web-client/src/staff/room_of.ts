import { computed } from "@preact/signals";
import type { ChangeKind } from "@protocol";
import { useMemo } from "preact/hooks";
import type { RoomState } from "../state/room_state";
import { useLine } from "../view/app";

/** The room, for a view that is made from these kinds of things only: it draws again when one of them has changed. */
export function useRoomOf(...kinds: readonly ChangeKind[]): RoomState {
  const line = useLine();
  const basis = kinds.join();
  return useMemo(() => {
    let known: RoomState | null = null;
    return computed(() => {
      const room = line.room.value;
      if (known === null || kinds.some((kind) => known?.things[kind] !== room.things[kind])) known = room;
      return known;
    });
  }, [line, basis]).value;
}
