import { describe, expect, it } from "vitest";
import { keepAwake } from "./stay_awake";

/** A page that is seen or hidden, and a screen that counts who wants it on. */
function stand() {
  const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
  const locks: { released: boolean; release(): Promise<void> }[] = [];
  let refuses = false;
  const screen = {
    request: async () => {
      if (refuses) throw new DOMException("low battery", "NotAllowedError");
      const lock = {
        released: false,
        async release() {
          lock.released = true;
        },
      };
      locks.push(lock);
      return lock;
    },
  };
  return {
    page: page as unknown as Document,
    screen: screen as unknown as WakeLock,
    locks,
    held: () => locks.filter(({ released }) => !released).length,
    refuse(yes: boolean) {
      refuses = yes;
    },
    async become(state: "visible" | "hidden") {
      page.visibilityState = state;
      // As browsers do: who hides the page gets the screen back.
      if (state === "hidden") for (const lock of locks) await lock.release();
      page.dispatchEvent(new Event("visibilitychange"));
      await settled();
    },
  };
}

const settled = async () => {
  for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
};

describe("the screen", () => {
  it("stays on from the start, and again each time that the page is seen", async () => {
    const { page, screen, held, locks, become } = stand();
    keepAwake(page, screen);
    await settled();
    expect(held()).toBe(1);
    await become("hidden");
    expect(held()).toBe(0);
    await become("visible");
    expect(held()).toBe(1);
    await become("visible");
    expect(locks).toHaveLength(2);
  });

  it("may go dark when it is no longer wanted, also while the browser thinks", async () => {
    const { page, screen, held, become } = stand();
    const stop = keepAwake(page, screen);
    stop();
    await settled();
    expect(held()).toBe(0);
    await become("visible");
    expect(held()).toBe(0);
  });

  it("is asked for again after a refusal, once the page is seen anew", async () => {
    const { page, screen, held, become, refuse } = stand();
    refuse(true);
    keepAwake(page, screen);
    await settled();
    expect(held()).toBe(0);
    refuse(false);
    await become("hidden");
    await become("visible");
    expect(held()).toBe(1);
  });

  it("is let be where the browser lacks it", async () => {
    const { page, become } = stand();
    const stop = keepAwake(page, undefined);
    await become("hidden");
    await become("visible");
    expect(stop).not.toThrow();
  });
});
