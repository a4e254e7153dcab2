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
  "people",
  "reports",
  "kinds",
  "keeping",
  "absences",
  "phone_days",
  "meetings",
  "accounts",
] as const;
export type Tab = (typeof TABS)[number];

/** What a role of the room sees, the first of them first; the coordinator's desk has its own. */
export function tabsOf(role: Role): readonly Tab[] {
  if (role === "facilitator") return ["floor", "messages", "work", "attendance", "feedback"];
  return ["messages", "floor", "work", "attendance", "feedback"];
}

/** The tab that the address names, as #attendance or #attendance/12. */
export function tabIn(hash: string, tabs: readonly Tab[]): Tab {
  const [wanted] = hash.replace(/^#/, "").split("/", 1);
  return tabs.find((tab) => tab === wanted) ?? tabs[0] ?? "floor";
}

/** What it names within the tab: 12. */
export function withinTab(hash: string): string {
  const end = hash.indexOf("/");
  return end < 0 ? "" : hash.slice(end + 1);
}

/** The tab that the address names; the browser's back button goes to the one before. */
export function useTab(tabs: readonly Tab[]): Tab {
  return tabIn(useHash(), tabs);
}

/** What stands in the address after the #. */
export function useHash(): string {
  const [hash, setHash] = useState(() => location.hash);
  useEffect(() => {
    const move = () => setHash(location.hash);
    addEventListener("hashchange", move);
    move();
    return () => removeEventListener("hashchange", move);
  }, []);
  return hash;
}
