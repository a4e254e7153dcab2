import { useRef, useState } from "preact/hooks";
import { type Keep, readKept } from "../connection/parts";

/** A state that outlives a reload, on the shelf given. */
export function useKept<T>(
  keep: Keep,
  key: string,
  is_right: (value: unknown) => value is T,
  otherwise: T,
): [T, (value: T) => void] {
  const [value, setValue] = useState(() => readKept(keep, key, is_right, otherwise));
  const put = useRef((next: T) => {
    setValue(next);
    keep.set(key, JSON.stringify(next));
  });
  return [value, put.current];
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

export function isNumber(value: unknown): value is number | null {
  return value === null || typeof value === "number";
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}
