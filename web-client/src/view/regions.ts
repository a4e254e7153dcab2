import { useEffect } from "preact/hooks";

/** Put on what F6 stops at. */
export const region = { "data-region": "", tabIndex: -1 } as const;

/** F6 moves to the next region of the page, Shift+F6 to the one before, as in a browser's own window. */
export function useRegions(): void {
  useEffect(() => {
    const move = (event: KeyboardEvent) => {
      if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return;
      const scope = document.querySelector("dialog[open]") ?? document;
      const regions = [...scope.querySelectorAll<HTMLElement>("[data-region]")];
      if (regions.length === 0) return;
      event.preventDefault();
      const here = regions.findIndex((element) => element.contains(document.activeElement));
      const step = event.shiftKey ? -1 : 1;
      const next =
        here < 0
          ? event.shiftKey
            ? regions.length - 1
            : 0
          : (here + step + regions.length) % regions.length;
      regions[next]?.focus();
    };
    document.addEventListener("keydown", move);
    return () => document.removeEventListener("keydown", move);
  }, []);
}
