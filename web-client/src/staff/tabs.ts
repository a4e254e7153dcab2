import type { Role } from "@protocol";
import { useEffect, useState } from "preact/hooks";

/** The pages of the staff, as they stand in the address after the #. */
export const TABS = [
  "floor",
  "messages",
  "work",
  "attendance",
  "feedback",
  "programme",
  "reports",
  "accounts",
] as const;
export type Tab = (typeof TABS)[number];

/** What a role sees, the first of them first. */
export function tabsOf(role: Role): readonly Tab[] {
  if (role === "facilitator") return ["floor", "messages", "work", "attendance", "feedback"];
  if (role === "moderator") return ["messages", "floor", "work", "attendance", "feedback"];
  return ["programme", "attendance", "feedback", "reports", "accounts"];
}

export function tabIn(hash: string, tabs: readonly Tab[]): Tab {
  const wanted = hash.replace(/^#/, "");
  return tabs.find((tab) => tab === wanted) ?? tabs[0] ?? "floor";
}

/** The tab that the address names; the browser's back button goes to the one before. */
export function useTab(tabs: readonly Tab[]): Tab {
  const [tab, setTab] = useState(() => tabIn(location.hash, tabs));
  useEffect(() => {
    const move = () => setTab(tabIn(location.hash, tabs));
    addEventListener("hashchange", move);
    move();
    return () => removeEventListener("hashchange", move);
  }, [tabs]);
  return tab;
}
