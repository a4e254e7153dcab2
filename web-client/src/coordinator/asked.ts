import { useEffect, useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";

export interface Asked<T> {
  /** Null until it has been answered the first time. */
  readonly answer: Answer<T> | null;
  /** What was answered last, kept in view while it is asked again. */
  readonly value: T | null;
  ask(): void;
}

/** Something that the server is asked for when the page opens, and again on demand. The last question wins. */
export function useAsked<T>(question: () => Promise<Answer<T>>, basis: readonly unknown[]): Asked<T> {
  const [count, setCount] = useState(0);
  const [answer, setAnswer] = useState<Answer<T> | null>(null);
  const [value, setValue] = useState<T | null>(null);
  useEffect(() => {
    let is_last = true;
    void question().then((next) => {
      if (!is_last) return;
      setAnswer(next);
      if (next.kind === "ok") setValue(next.value);
    });
    return () => {
      is_last = false;
    };
  }, [...basis, count]);
  return { answer, value, ask: () => setCount((now) => now + 1) };
}
