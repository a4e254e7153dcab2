import type { ComponentChildren } from "preact";
import { useCommon, useTexts } from "../view/app";
import { IconButton } from "../view/button";
import { MoreIcon, StaffIcon } from "../view/icons";
import { Badge } from "../view/marks";
import { region } from "../view/regions";
import { TopBar } from "../view/top_bar";
import type { Tab } from "./tabs";
import { shellTexts } from "./text/shell";

/** The top of every page of the staff: tabs, who I am, settings, help; below it what the page keeps in view. */
export function StaffTop(props: {
  tabs: readonly Tab[];
  tab: Tab;
  counts?: Partial<Record<Tab, number>>;
  name: string;
  onSettings: () => void;
  children?: ComponentChildren;
}) {
  const { tabs, tab, counts = {}, name, onSettings, children } = props;
  const t = useTexts(shellTexts);
  const c = useCommon();
  // The order is that of the pictures for everyone, whichever is the first page of the role.
  const order: readonly Tab[] = [
    "floor",
    "messages",
    "work",
    "attendance",
    "feedback",
    "reports",
    "programme",
    "accounts",
  ];
  return (
    <header class="top" {...region}>
      <button type="button" class="skip" onClick={skip}>
        {t.skip}
      </button>
      <TopBar
        end={
          <>
            <span class="push">
              <Badge look="staff" icon={StaffIcon}>
                {name}
              </Badge>
            </span>
            <IconButton class="plain" icon={MoreIcon} name={c.settings} onPress={onSettings} />
          </>
        }
      >
        {tabs.length > 0 && (
          <nav class="tabs" aria-label={t.pages}>
            {order
              .filter((one) => tabs.includes(one))
              .map((one) => {
                const count = counts[one] ?? 0;
                return (
                  <a key={one} href={`#${one}`} aria-current={one === tab ? "page" : undefined}>
                    {t.tabs[one]}{" "}
                    {count > 0 && (
                      <span class="count num">
                        {count} <span class="vh">{t.waiting}</span>
                      </span>
                    )}
                  </a>
                );
              })}
          </nav>
        )}
      </TopBar>
      {children}
    </header>
  );
}

/** A button, not a link: the address names the tab. */
function skip(): void {
  document.querySelector<HTMLElement>("main")?.focus();
}
