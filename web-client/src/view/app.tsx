import type { ReadonlySignal, Signal } from "@preact/signals";
import { computed, useComputed } from "@preact/signals";
import type { Refusal, RoomTime } from "@protocol";
import { type ComponentChildren, createContext } from "preact";
import { useContext, useMemo } from "preact/hooks";
import { roomTimeAt } from "../connection/clock";
import type { Keep, Timers } from "../connection/parts";
import type { RoomLine } from "../connection/room_line";
import { nameOf } from "../state/person";
import type { RoomState } from "../state/room_state";
import { type CommonTexts, common, refusalSentence } from "../text/common";
import type { Dictionary, Language } from "../text/language";
import type { Announcer } from "./announcer";

/** What every page has, made once in its main file and handed down. */
export interface App {
  readonly language: Signal<Language>;
  readonly announcer: Announcer;
  /** This tab's shelf. */
  readonly keep: Keep;
  /** This device's shelf, for preferences. */
  readonly device: Keep;
  /** Whom to call where there is no session: the site's number, as it was last told; empty when there is none. */
  readonly site_phone: ReadonlySignal<string>;
  readonly timers: Timers;
  /**
   * The page's clock, in ms, told once a second. Read it in a computed, not in a component, so that only a text
   * changes.
   */
  readonly tick: ReadonlySignal<number>;
  /** Help is open: it stays so when the page goes on from the door to the room. */
  readonly asks_help: Signal<boolean>;
}

const AppContext = createContext<App | null>(null);
const LineContext = createContext<RoomLine | null>(null);

export function AppProvider({ app, children }: { app: App; children: ComponentChildren }) {
  return <AppContext.Provider value={app}>{children}</AppContext.Provider>;
}

export function LineProvider({ line, children }: { line: RoomLine; children: ComponentChildren }) {
  return <LineContext.Provider value={line}>{children}</LineContext.Provider>;
}

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error("a page has an AppProvider around it");
  return app;
}

export function useLine(): RoomLine {
  const line = useContext(LineContext);
  if (!line) throw new Error("a room has a LineProvider around it");
  return line;
}

/** The texts of the chosen language. */
export function useTexts<Texts>(dictionary: Dictionary<Texts>): Texts {
  return dictionary[useApp().language.value];
}

export function useCommon(): CommonTexts {
  return useTexts(common);
}

/**
 * What `read` finds in the room. The component draws again only when the answer is another one (`===`). A `read` that
 * depends on anything but the room names it in `basis`.
 */
export function useFromRoom<T>(read: (room: RoomState) => T, basis: readonly unknown[] = []): T {
  const line = useLine();
  return useMemo(() => computed(() => read(line.room.value)), [line, ...basis]).value;
}

/** The room's time now; null before the first welcome. For computeds: it changes every second. */
export function useRoomNow(): ReadonlySignal<RoomTime | null> {
  const { tick } = useApp();
  const { clock } = useLine();
  return useComputed(() => (clock.value ? roomTimeAt(clock.value, tick.value) : null));
}

/** Says a refusal in words. */
export function useRefusalSentence(): (refusal: Refusal) => string {
  const t = useCommon();
  const line = useLine();
  return (refusal) => refusalSentence(t, refusal, (id) => nameOf(line.room.peek(), id));
}

/** A clock that ticks once a second, and not while nobody looks. */
export function openTick(tick: Signal<number>, timers: Timers, page: Document): void {
  const beat = () => {
    if (page.visibilityState !== "hidden") tick.value = timers.now();
    timers.after(1000, beat);
  };
  page.addEventListener("visibilitychange", () => {
    tick.value = timers.now();
  });
  beat();
}
