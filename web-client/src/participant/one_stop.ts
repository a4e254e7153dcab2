import type { RefObject } from "preact";
import { useEffect, useLayoutEffect } from "preact/hooks";

/** What a person acts on in a row of the list. */
const STOP = ".msg-more";

/**
 * Makes the buttons of a list's rows one stop of the Tab key (the feed of the ARIA practices): the last row's, or where
 * the focus was. Page Up and Page Down, and the arrows, go from row to row. The rows are drawn with no stop at all, so
 * that none of them is drawn again when the stop moves.
 */
export function useOneStop(list: RefObject<HTMLElement | null>, basis: unknown): void {
  const stops = () => [...(list.current?.querySelectorAll<HTMLElement>(STOP) ?? [])];
  const stopAt = (here: HTMLElement | undefined) => {
    for (const one of stops()) one.tabIndex = one === here ? 0 : -1;
  };
  useLayoutEffect(() => {
    const all = stops();
    const focused = all.find((one) => one === document.activeElement);
    stopAt(focused ?? all.at(-1));
  }, [basis]);
  useEffect(() => {
    const box = list.current;
    if (!box) return;
    const follow = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && target.matches(STOP)) stopAt(target);
    };
    const move = (event: KeyboardEvent) => {
      const all = stops();
      const here = all.indexOf(event.target as HTMLElement);
      if (here < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
      const next =
        event.key === "PageUp" || event.key === "ArrowUp"
          ? here - 1
          : event.key === "PageDown" || event.key === "ArrowDown"
            ? here + 1
            : event.key === "Home"
              ? 0
              : event.key === "End"
                ? all.length - 1
                : null;
      if (next === null) return;
      event.preventDefault();
      all[next]?.focus();
    };
    box.addEventListener("focusin", follow);
    box.addEventListener("keydown", move);
    return () => {
      box.removeEventListener("focusin", follow);
      box.removeEventListener("keydown", move);
    };
  }, []);
}
