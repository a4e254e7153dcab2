import type { MessageId, PersonId, ReviewItem, RoomTime } from "@protocol";

/** A claim is the moderator's for 60 s from when it was last renewed. */
const RENEW_WHEN_LEFT_MS = 30_000;
/** In use: something was pressed, typed or pointed at in the item this recently. */
const IN_USE_MS = 40_000;
/** A renewal that was asked for and has not come is asked for again after this. */
const ASK_AGAIN_MS = 5_000;

/** Who has an item now. A lease that has run out holds nobody, whether or not the room has said so yet. */
export type Holder = "nobody" | "me" | "other";

export function holderOf(item: ReviewItem, me: PersonId, now: RoomTime | null): Holder {
  if (item.claimed_by === undefined) return "nobody";
  if (now !== null && item.claimed_until !== undefined && now >= item.claimed_until) return "nobody";
  return item.claimed_by === me ? "me" : "other";
}

/**
 * Which of my claims to renew. Told the time and told of use; asks for nothing by itself, so that a claim of somebody
 * who has gone to fetch coffee runs out, and the other moderator gets the message.
 */
export class LeaseKeeper {
  readonly #used = new Map<MessageId, RoomTime>();
  readonly #asked = new Map<MessageId, RoomTime>();

  used(message: MessageId, now: RoomTime): void {
    this.#used.set(message, now);
  }

  /** The claims to renew now; each is then counted as asked for. */
  due(items: readonly ReviewItem[], me: PersonId, now: RoomTime): MessageId[] {
    const mine = items.filter((item) => holderOf(item, me, now) === "me");
    const kept = new Set(mine.map(({ message }) => message));
    for (const message of this.#used.keys()) if (!kept.has(message)) this.#forget(message);

    const due = mine.filter(({ message, claimed_until }) => {
      const left = (claimed_until ?? now) - now;
      const used = this.#used.get(message);
      const asked = this.#asked.get(message);
      return (
        left <= RENEW_WHEN_LEFT_MS &&
        used !== undefined &&
        now - used <= IN_USE_MS &&
        (asked === undefined || now - asked >= ASK_AGAIN_MS)
      );
    });
    for (const { message } of due) this.#asked.set(message, now);
    return due.map(({ message }) => message);
  }

  #forget(message: MessageId): void {
    this.#used.delete(message);
    this.#asked.delete(message);
  }
}
