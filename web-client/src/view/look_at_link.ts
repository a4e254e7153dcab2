import type { Phase, Refusal, UtcTime } from "@protocol";
import type { LookAnswer } from "@protocol/api";
import { useEffect } from "preact/hooks";
import type { Key } from "../connection/entrance";
import type { Timers } from "../connection/parts";
import { isStaff } from "../state/person";
import { useApp } from "./app";
import type { Page } from "./start";

/** Looking at a link, on either page: what it has turned out to be, and when it is looked at again. */

/** For a participant: the staff may still be there. */
export const isOver = (phase: Phase | undefined) =>
  phase === "closed" || phase === "sealed" || phase === "debrief";

/** The server's clock and this page's own, at one moment. The wall clock of the device is not asked. */
export interface ServerNow {
  readonly utc: UtcTime;
  readonly page: number;
}

/** What was learnt of a link, and when. */
export interface Seen {
  readonly link: LookAnswer;
  readonly at: ServerNow;
}

export type LinkSeen =
  | { readonly kind: "unknown" }
  | { readonly kind: "unreachable" }
  | { readonly kind: "revoked" }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  /** It is for the other page. */
  | { readonly kind: "elsewhere"; readonly address: string }
  | ({ readonly kind: "open" | "early" | "over" } & Seen);

/** `here`: the address of the page that asks. */
export async function lookAtLink({ entrance, app }: Page, key: Key, here: "/" | "/staff"): Promise<LinkSeen> {
  const found = await entrance.look(key);
  if (found.kind !== "ok") return found;
  const link = found.value;
  const address = isStaff(link) ? "/staff" : "/";
  if (address !== here) return { kind: "elsewhere", address };
  const { standing, now, season } = link;
  // A ban is of its day: the link of a season still has a page. One that is revoked says nothing of a season.
  const kind = standing === "revoked" && season ? "over" : standing;
  return kind === "revoked" ? { kind } : { kind, link, at: { utc: now, page: app.timers.now() } };
}

/** What gives no answer is asked again this soon. */
export const CONNECT_AGAIN_MS = 5000;
/** Days ahead it is asked seldom; to the minute it is known when. */
const SELDOM_MS = 10 * 60_000;
/** So that all who wait do not ask in the same moment. */
const SPREAD_MS = 5000;

/** How long to wait before an early link is looked at again, by the server's clock. */
export function untilOpen({ link: { opens_at = Infinity }, at }: Seen, timers: Timers): number {
  const server_now = at.utc + timers.now() - at.page;
  return Math.min(SELDOM_MS, Math.max(0, opens_at - server_now) + SPREAD_MS * Math.random());
}

/**
 * Does it when the wait is over, and whenever the page is looked at again: timers sleep in a pocket. Null: never. What
 * stands in `waiting` is what waits: when it changes, the wait begins anew.
 */
export function useDoAgain(wait_ms: number | null, again: () => void, waiting: readonly unknown[]): void {
  const { timers } = useApp();
  useEffect(() => {
    if (wait_ms === null) return;
    const callOff = timers.after(wait_ms, again);
    const onSeen = () => {
      if (document.visibilityState === "visible") again();
    };
    document.addEventListener("visibilitychange", onSeen);
    return () => {
      callOff();
      document.removeEventListener("visibilitychange", onSeen);
    };
  }, waiting);
}
