import { useRef } from "preact/hooks";

/** A name that this form gives to what it sends: the same with each try, so that it is saved once; then another. */
export function useOnce(): { readonly name: string; renew(): void } {
  const once = useRef("");
  once.current ||= made();
  return {
    get name() {
      return once.current;
    },
    renew() {
      once.current = made();
    },
  };
}

function made(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
