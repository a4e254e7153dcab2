import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useCommon, useTexts } from "../view/app";
import { Button, IconButton } from "../view/button";
import { Dialog } from "../view/dialog";
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
  /** Pages that are behind "…", beside the settings; one of them that is open stands in the bar too. */
  more?: readonly Tab[];
  onSettings: () => void;
  /** To one's own account, behind the name. */
  onAccount?: (() => void) | undefined;
  children?: ComponentChildren;
}) {
  const { tabs, tab, counts = {}, name, more = [], onSettings, onAccount, children } = props;
  const t = useTexts(shellTexts);
  const c = useCommon();
  const [is_more_open, setMoreOpen] = useState(false);
  const in_bar = more.includes(tab) ? [...tabs, tab] : tabs;
  // The order is that of the pictures for everyone, whichever is the first page of the role.
  const order: readonly Tab[] = [
    "floor",
    "messages",
    "work",
    "programme",
    "people",
    "attendance",
    "feedback",
    "reports",
    "kinds",
    "keeping",
    "absences",
    "phone_days",
    "meetings",
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
              <OwnName name={name} onAccount={onAccount} />
            </span>
            <IconButton
              class="plain"
              icon={MoreIcon}
              name={more.length > 0 ? t.more_pages : c.settings}
              onPress={more.length > 0 ? () => setMoreOpen(true) : onSettings}
            />
          </>
        }
      >
        {in_bar.length > 0 && (
          <nav class={more.length > 0 ? "tabs many" : "tabs"} aria-label={t.pages}>
            {order
              .filter((one) => in_bar.includes(one))
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
      {is_more_open && (
        <Dialog title={t.more_pages} onClose={() => setMoreOpen(false)}>
          <nav class="dialog-body more-pages" aria-label={t.more_pages}>
            {more.map((one) => (
              <a class="btn" key={one} href={`#${one}`} onClick={() => setMoreOpen(false)}>
                {t.tabs[one]}
              </a>
            ))}
            <Button
              onPress={() => {
                setMoreOpen(false);
                onSettings();
              }}
            >
              {c.settings}
            </Button>
            <Button look="plain" onPress={() => setMoreOpen(false)}>
              {c.close}
            </Button>
          </nav>
        </Dialog>
      )}
    </header>
  );
}

/** Who I am; a press opens one's own account, where there is one. */
export function OwnName({ name, onAccount }: { name: string; onAccount?: (() => void) | undefined }) {
  const t = useTexts(shellTexts);
  if (!onAccount) {
    return (
      <Badge look="staff" icon={StaffIcon}>
        {name}
      </Badge>
    );
  }
  return (
    <Button look="plain" icon={StaffIcon} onPress={onAccount}>
      {name} <span class="vh">: {t.own_account}</span>
    </Button>
  );
}

/** A button, not a link: the address names the tab. */
function skip(): void {
  document.querySelector<HTMLElement>("main")?.focus();
}
