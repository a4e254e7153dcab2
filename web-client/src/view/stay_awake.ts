import { useEffect } from "preact/hooks";
import { useApp } from "./app";
import { isBoolean, useKept } from "./kept";

/** On this device's shelf: false where the person lets the screen go dark. */
const KEPT = "awake";

/**
 * Keeps the screen on while it is wanted and the page is looked at: a phone that goes dark loses its line. The browser
 * takes it back when the page is hidden, so that it is asked for anew each time the page is seen again. A browser that
 * cannot, or will not (a low battery), leaves things as they are.
 */
export function keepAwake(page: Document, screen: WakeLock | undefined): () => void {
  let lock: WakeLockSentinel | null = null;
  let is_over = false;
  let is_asking = false;
  const ask = async () => {
    if (is_asking || page.visibilityState !== "visible" || lock?.released === false) return;
    is_asking = true;
    try {
      lock = (await screen?.request("screen")) ?? null;
    } catch {
      // Not now; the next time that the page is seen it is asked again.
    }
    is_asking = false;
    if (is_over) void lock?.release();
  };
  const look = () => void ask();
  page.addEventListener("visibilitychange", look);
  look();
  return () => {
    is_over = true;
    page.removeEventListener("visibilitychange", look);
    void lock?.release();
  };
}

/**
 * The screen stays on while this is drawn and `is_wanted`, unless the person has chosen otherwise: answers their
 * choice.
 */
export function useStayAwake(is_wanted = true): [boolean, (is_on: boolean) => void] {
  const { device } = useApp();
  const [is_on, turn] = useKept(device, KEPT, isBoolean, true);
  useEffect(
    () => (is_on && is_wanted ? keepAwake(document, navigator.wakeLock) : undefined),
    [is_on, is_wanted],
  );
  return [is_on, turn];
}
