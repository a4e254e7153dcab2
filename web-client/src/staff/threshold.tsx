import { useRef, useState } from "preact/hooks";
import { site_pages as en } from "../text/site_pages/en";
import { site_pages as fi } from "../text/site_pages/fi";
import { site_pages as sv } from "../text/site_pages/sv";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { type IconComponent, WarnIcon } from "../view/icons";
import { Languages } from "../view/languages";
import { Note } from "../view/marks";
import { SiteLinks } from "../view/site_links";
import { TopBar } from "../view/top_bar";
import { SitePhone } from "./site_phone";

const site_pages = { fi, sv, en };

export const PASSWORD_LEAST = 12;
const PASSWORD_MOST = 256;

/** A page of one form, before anyone is in. */
export function Threshold({ title, children }: { title: string; children: preact.ComponentChildren }) {
  return (
    <>
      <header class="top">
        <TopBar end={<Languages />} />
      </header>
      <main class="page stack">
        <h1>{title}</h1>
        {children}
        <SitePhone />
        <SiteLinks names={useTexts(site_pages)} />
      </main>
    </>
  );
}

interface Field {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly autocomplete: "username" | "current-password" | "new-password" | "one-time-code";
}

/** The fields of a sign-in. What is typed is in the fields alone; what is wrong is said above the button, and aloud. */
export function Form<Id extends string>(props: {
  fields: readonly (Field & { id: Id })[];
  go: string;
  icon: IconComponent;
  /** What is wrong, in words; nothing when it is done. */
  onGive: (typed: Readonly<Record<Id, string>>) => Promise<string>;
  /** To be typed anew after that. */
  again?: Id;
  is_small?: boolean;
  children?: preact.ComponentChildren;
}) {
  const { fields, go, icon, onGive, again, is_small, children } = props;
  const { announcer } = useApp();
  const [trouble, setTrouble] = useState("");
  const [is_busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (is_busy || !form.current) return;
    setBusy(true);
    const input = (id: Id) => form.current?.querySelector<HTMLInputElement>(`#${id}`);
    const typed = Object.fromEntries(fields.map(({ id }) => [id, input(id)?.value ?? ""]));
    const words = await onGive(typed as Record<Id, string>);
    setBusy(false);
    setTrouble(words);
    if (!words) return;
    announcer.say(words);
    const field = again && input(again);
    if (!field) return;
    field.value = "";
    field.focus();
  };
  return (
    <form ref={form} class={is_small ? "stack" : "sheet stack"} onSubmit={(event) => void submit(event)}>
      {children}
      {fields.map(({ id, label, hint, autocomplete }) => {
        const common = { id, autocomplete, required: true, "aria-describedby": hint && `${id}-hint` };
        return (
          <div key={id} class="field">
            <label for={id}>{label}</label>
            {hint && (
              <p class="hint" id={`${id}-hint`}>
                {hint}
              </p>
            )}
            {autocomplete === "username" ? (
              <input dir="auto" maxLength={80} {...common} />
            ) : autocomplete === "one-time-code" ? (
              <input dir="auto" maxLength={40} autocapitalize="characters" spellcheck={false} {...common} />
            ) : (
              <input type="password" maxLength={PASSWORD_MOST} {...common} />
            )}
          </div>
        );
      })}
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      <Button look="main" is_big={!is_small} is_submit icon={icon}>
        {go}
      </Button>
    </form>
  );
}
