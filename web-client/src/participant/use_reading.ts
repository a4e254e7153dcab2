import type { Message } from "@protocol";
import { useEffect, useReducer, useRef } from "preact/hooks";
import { readKept } from "../connection/parts";
import { MESSAGES_KEPT } from "../state/room_state";
import { useApp, useLine } from "../view/app";
import { isNumber } from "../view/kept";
import { inWindow, type WindowStart, windowFollows, windowGrows } from "./message_window";
import { endReached, firstSight, listChanged, type Unseen } from "./unseen";

interface Reading {
  readonly unseen: Unseen;
  readonly start: WindowStart;
}

/**
 * Where the reader is in the list: what they have seen of it, over a reload too, and which of it is drawn. It is found
 * while the list is drawn and not after it, so that the list is drawn once for each message.
 */
export function useReading(messages: readonly Message[]) {
  const { keep } = useApp();
  const line = useLine();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const list = useRef<HTMLOListElement>(null);
  /** Stand before the first message and after the last. */
  const top = useRef<HTMLLIElement>(null);
  const end = useRef<HTMLLIElement>(null);
  const is_at_end = useRef(true);
  const is_past_top = useRef(false);
  const has_asked_for_older = useRef(false);
  const known = useRef(messages);
  const reading = useRef<Reading | null>(null);

  const isReadInTheMidst = () => {
    const focused = document.activeElement;
    if (focused !== list.current && list.current?.contains(focused)) return true;
    return !is_at_end.current && (is_past_top.current || has_asked_for_older.current);
  };
  reading.current ??= {
    unseen: firstSight(messages, readKept(keep, "seen", isNumber, null)),
    start: windowFollows(messages, null, false),
  };
  if (known.current !== messages) {
    known.current = messages;
    const { unseen, start } = reading.current;
    reading.current = {
      unseen: listChanged(unseen, messages, is_at_end.current && !document.hidden),
      start: windowFollows(messages, start, isReadInTheMidst()),
    };
  }
  const now = reading.current;

  const become = (next: Partial<Reading>) => {
    reading.current = { ...(reading.current ?? now), ...next };
    redraw(0);
  };
  useEffect(() => {
    if (!top.current || !end.current) return;
    // Whoever has the list's top in the lower half of the screen, or below it, looks at the stage.
    const watchTop = new IntersectionObserver(
      ([entry]) => {
        is_past_top.current = (entry?.boundingClientRect.top ?? 0) < innerHeight / 2;
      },
      { rootMargin: "0px 0px -50% 0px" },
    );
    const see = () => {
      const unseen = reading.current?.unseen;
      if (!unseen || !is_at_end.current || document.hidden) return;
      const seen = endReached(unseen, known.current);
      if (seen !== unseen) become({ unseen: seen });
    };
    const watchEnd = new IntersectionObserver(([entry]) => {
      is_at_end.current = entry?.isIntersecting ?? false;
      if (is_at_end.current) has_asked_for_older.current = false;
      see();
    });
    watchTop.observe(top.current);
    watchEnd.observe(end.current);
    // Whoever comes back to the tab at the end of the list sees what came meanwhile: the end itself has not moved.
    document.addEventListener("visibilitychange", see);
    return () => {
      watchTop.disconnect();
      watchEnd.disconnect();
      document.removeEventListener("visibilitychange", see);
    };
  }, []);
  useEffect(() => keep.set("seen", JSON.stringify(now.unseen.seen)), [now.unseen.seen]);

  const drawn = inWindow(messages, now.start);
  const older = line.olderMessages.value;
  const has_more_here = drawn.length < messages.length;

  return {
    unseen: now.unseen,
    drawn,
    list,
    top,
    end,
    is_at_end,
    older: has_more_here ? "here" : messages.length >= MESSAGES_KEPT ? older : "none",
    showOlder() {
      has_asked_for_older.current = true;
      if (has_more_here) become({ start: windowGrows(messages, now.start) });
      else void line.showOlderMessages();
    },
    /** The reader has written: they are at the end, and nothing is new to them. */
    seenAll: () => become({ unseen: { ...endReached(now.unseen, messages), divider: null } }),
  };
}
