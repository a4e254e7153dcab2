import type { Ref } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** Put on each item of a list whose focus is kept. */
export function listed(key: number | string): { "data-listed": string } {
  return { "data-listed": String(key) };
}

/**
 * Keeps the keyboard where it was when a list changes under it. When the item that had the focus moves, the focus
 * moves along; when it goes, the focus goes to the item that took its place, else to the one before it, else to the
 * element with `data-list-end` (the heading). Pointer users lose nothing by it: only a focus that was inside is kept.
 */
export function useKeptFocus<E extends HTMLElement>(): Ref<E> {
  const list = useRef<E>(null);
  const last = useRef<{ element: HTMLElement; key: string; index: number } | null>(null);

  useLayoutEffect(() => {
    const root = list.current;
    if (!root) return;
    const come = (event: FocusEvent) => {
      const element = event.target as HTMLElement;
      const item = element.closest<HTMLElement>("[data-listed]");
      const key = item?.dataset["listed"];
      last.current = item && key !== undefined ? { element, key, index: itemsOf(root).indexOf(item) } : null;
    };
    const go = (event: FocusEvent) => {
      const to = event.relatedTarget;
      if (to instanceof Node && !root.contains(to)) last.current = null;
    };
    const press = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.contains(event.target)) last.current = null;
    };
    root.addEventListener("focusin", come);
    root.addEventListener("focusout", go);
    document.addEventListener("pointerdown", press);
    return () => {
      root.removeEventListener("focusin", come);
      root.removeEventListener("focusout", go);
      document.removeEventListener("pointerdown", press);
    };
  }, []);

  useLayoutEffect(() => {
    const root = list.current;
    const was = last.current;
    if (!root || !was) return;
    const active = document.activeElement;
    if (active && active !== document.body && active !== document.documentElement) return;
    if (document.querySelector("dialog[open]")) return;
    const items = itemsOf(root);
    const same = items.find((item) => item.dataset["listed"] === was.key);
    if (same) {
      (was.element.isConnected && same.contains(was.element) ? was.element : focusable(same)).focus();
      return;
    }
    const neighbour = items[Math.min(was.index, items.length - 1)];
    const target = neighbour ? focusable(neighbour) : root.querySelector<HTMLElement>("[data-list-end]");
    target?.focus();
  });

  return list;
}

function itemsOf(root: HTMLElement): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("[data-listed]")];
}

/** The item itself when it can have the focus, else the first thing in it that can. */
function focusable(item: HTMLElement): HTMLElement {
  if (item.tabIndex >= 0 || item.hasAttribute("tabindex")) return item;
  return item.querySelector<HTMLElement>("button, a[href], input, select, textarea, summary") ?? item;
}
