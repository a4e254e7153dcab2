import type { AccountId, AccountListed, GroupLeader, LeaderBody } from "@protocol/api";

/** Who leads a group, as it is chosen: pure. A place for each of the room's two tasks. */

export const LEADER_ROLES = ["facilitator", "moderator"] as const;
export type LeaderRole = (typeof LEADER_ROLES)[number];

/** Nobody; an account; or a partner's leader, who gets one. */
export type Choice =
  | { readonly kind: "nobody" }
  | { readonly kind: "account"; readonly account: AccountId }
  | { readonly kind: "new"; readonly name: string };

export type Chosen = Readonly<Record<LeaderRole, Choice>>;

const NOBODY: Choice = { kind: "nobody" };

export function chosenOf(leaders: readonly GroupLeader[]): Chosen {
  const of = (role: LeaderRole): Choice => {
    const found = leaders.find((one) => one.role === role);
    return found ? { kind: "account", account: found.account } : NOBODY;
  };
  return { facilitator: of("facilitator"), moderator: of("moderator") };
}

/** What the server is told. */
export function bodyOfLeaders(chosen: Chosen): LeaderBody[] {
  return LEADER_ROLES.flatMap((role): LeaderBody[] => {
    const choice = chosen[role];
    if (choice.kind === "account") return [{ account: choice.account, role }];
    return choice.kind === "new" ? [{ name: choice.name.trim(), role }] : [];
  });
}

/** What stands in the way before anything is sent. */
export function leadersFault({ facilitator, moderator }: Chosen): "name_missing" | "twice" | null {
  const lacksName = (choice: Choice) => choice.kind === "new" && !choice.name.trim();
  if (lacksName(facilitator) || lacksName(moderator)) return "name_missing";
  const is_twice =
    facilitator.kind === "account" &&
    moderator.kind === "account" &&
    facilitator.account === moderator.account;
  return is_twice ? "twice" : null;
}

/** Who may be chosen: whoever can sign in has a right to. */
export const mayLead = (accounts: readonly AccountListed[]) => accounts.filter(({ locked }) => !locked);
