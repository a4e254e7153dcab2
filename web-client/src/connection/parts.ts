/**
 * What the pieces of the connection are given from outside, so that a test can be the clock, the dice and the shelf.
 */

/** Time. `now` is monotonic, in ms; `after` calls once and answers with the way to call it off. */
export interface Timers {
  now(): number;
  after(ms: number, call: () => void): () => void;
}

/** A number in [0, 1). */
export type Dice = () => number;

/** A place that outlives a reload of this tab and nothing more. */
export interface Keep {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

export const browserTimers: Timers = {
  now: () => performance.now(),
  after(ms, call) {
    const id = setTimeout(call, ms);
    return () => clearTimeout(id);
  },
};

/** This tab's shelf: the secret, what is typed, what is not sent. */
export function tabKeep(): Keep {
  return storageKeep(() => sessionStorage);
}

/** This device's shelf: how the person wants the page to be, and nothing about who they are. */
export function deviceKeep(): Keep {
  return storageKeep(() => localStorage);
}

/** Where storage is forbidden or full, memory does until the reload. */
function storageKeep(storage: () => Storage): Keep {
  const memory = new Map<string, string>();
  return {
    get(key) {
      if (memory.has(key)) return memory.get(key) ?? null;
      try {
        return storage().getItem(key);
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        storage().setItem(key, value);
        memory.delete(key);
      } catch {
        memory.set(key, value);
      }
    },
    remove(key) {
      memory.delete(key);
      try {
        storage().removeItem(key);
      } catch {
        // Nothing was kept there.
      }
    },
  };
}

/** What was kept as JSON, or `otherwise` when nothing was, or nothing that `is_right`. */
export function readKept<T>(
  keep: Keep,
  key: string,
  is_right: (value: unknown) => value is T,
  otherwise: T,
): T {
  const text = keep.get(key);
  if (text === null) return otherwise;
  try {
    const value: unknown = JSON.parse(text);
    return is_right(value) ? value : otherwise;
  } catch {
    return otherwise;
  }
}
