import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

/**
 * Keeps the focus in a region when the button that had it goes away with the region's state (`basis`): it moves to the
 * region itself instead of being lost to the top of the page.
 */
export function useKeptFocus(area: RefObject<HTMLElement | null>, basis: unknown): void {
  const was_inside = useRef(false);
  useEffect(() => {
    const follow = (event: FocusEvent) => {
      was_inside.current = area.current?.contains(event.target as Node) ?? false;
    };
    document.addEventListener("focusin", follow);
    return () => document.removeEventListener("focusin", follow);
  }, []);
  useLayoutEffect(() => {
    if (was_inside.current) focusWhenLost(area.current);
  }, [basis]);
}

/** Gives the focus to an element when nothing has it. */
export function focusWhenLost(element: HTMLElement | null | undefined): void {
  if (document.activeElement === null || document.activeElement === document.body)
    element?.focus({ preventScroll: true });
}
