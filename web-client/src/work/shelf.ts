import type { UtcTime } from "@protocol";
import type { ReturnBody } from "@protocol/api";

/** What is on its way, so that a reload sends it again. */
export type Returning = Pick<ReturnBody, "sharing" | "wants_call"> & { readonly call_back?: string };

/** What was written on this device and is not yet the server's. */
export interface KeptDraft {
  readonly fields: readonly string[];
  /** Of the words on which they were made. */
  readonly version: number;
  /** By the clock of the device: only to throw away what is a day old. */
  readonly at: UtcTime;
  readonly returning?: Returning;
  /** Sent to be saved, and not answered: the server may have them, as newer ones than `version`. */
  readonly unanswered?: readonly string[];
}

/** A place on the device that outlives the browser. It never throws: what it cannot do it answers with. */
export interface Shelf {
  get(key: string): Promise<KeptDraft | null>;
  /** False: there is no room, or no shelf. */
  put(key: string, draft: KeptDraft): Promise<boolean>;
  remove(key: string): Promise<void>;
  /** Takes away all that is older, whoever wrote it. */
  sweep(before: UtcTime): Promise<void>;
}

const STORE = "work";

/** The shelf of the browser. `factory`: not there where the browser keeps nothing, as in some private windows. */
export function deviceShelf(factory: IDBFactory | undefined): Shelf {
  let opened: Promise<IDBDatabase> | null = null;
  const open = () => {
    opened ??= new Promise<IDBDatabase>((done, fail) => {
      if (!factory) throw new Error("no shelf");
      const asked = factory.open("etakahvila", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
      asked.onsuccess = () => done(asked.result);
      asked.onerror = fail;
      asked.onblocked = fail;
    });
    return opened;
  };
  /** One transaction, until it is on the disk. */
  const run = async <T>(
    mode: IDBTransactionMode,
    act: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> => {
    const base = await open();
    return new Promise((done, fail) => {
      const transaction = base.transaction(STORE, mode);
      const asked = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => done(asked.result);
      transaction.onabort = fail;
      transaction.onerror = fail;
    });
  };
  const quietly = <T>(act: Promise<T>, otherwise: T) =>
    act.catch(() => {
      // Perhaps the browser has closed it: the next one opens it anew.
      opened = null;
      return otherwise;
    });
  return {
    get: (key) =>
      quietly(
        run<KeptDraft | undefined>("readonly", (store) => store.get(key)),
        undefined,
      ).then(sound),
    put: (key, draft) =>
      quietly(
        run("readwrite", (store) => store.put(draft, key)).then(() => true),
        false,
      ),
    remove: (key) =>
      quietly<unknown>(
        run("readwrite", (store) => store.delete(key)),
        0,
      ).then(() => undefined),
    sweep: (before) =>
      quietly<unknown>(
        run("readwrite", (store) => {
          const asked = store.openCursor();
          asked.onsuccess = () => {
            const cursor = asked.result;
            if (!cursor) return;
            if ((sound(cursor.value)?.at ?? 0) < before) cursor.delete();
            cursor.continue();
          };
          return asked;
        }),
        0,
      ).then(() => undefined),
  };
}

/** Null for what another version of the page has put there. */
function sound(value: KeptDraft | null | undefined): KeptDraft | null {
  const is_right =
    Array.isArray(value?.fields) &&
    value.fields.every((one) => typeof one === "string") &&
    typeof value.version === "number" &&
    typeof value.at === "number";
  return is_right && value ? value : null;
}

/**
 * Which person a draft belongs to, on a device that two may share. It tells people apart and leads to no link: of a
 * secret of 128 bits it holds 32.
 */
export function markOf(text: string): string {
  let mark = 0x811c9dc5;
  for (const sign of text) mark = Math.imul(mark ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  return (mark >>> 0).toString(36);
}
