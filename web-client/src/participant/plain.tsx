import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useApp, useTexts } from "../view/app";
import { HelpContext } from "../view/dialog";
import { CallIcon } from "../view/icons";
import { Languages } from "../view/languages";
import { TopBar } from "../view/top_bar";
import { doorTexts } from "./text/door";

type Aside = typeof import("./aside");

const BRING_AGAIN_MS = 5000;
let brought: Aside | null = null;

/** The pages and dialogs beside the way in: they come after the first paint, and are there when the line is not. */
export async function bringAside(): Promise<Aside> {
  const aside = await import("./aside");
  await aside.bringAsideTexts();
  brought = aside;
  return aside;
}

/** Null until it has come; it is asked for again until it does. */
export function useAside(): Aside | null {
  const { timers } = useApp();
  const [aside, setAside] = useState(brought);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (aside) return;
    let callOff: () => void = () => undefined;
    void bringAside().then(setAside, () => {
      callOff = timers.after(BRING_AGAIN_MS, () => setAttempt(attempt + 1));
    });
    return () => callOff();
  }, [aside, attempt]);
  return aside;
}

/** The number to call: the session's own, or the site's; empty when there is neither. */
export function useHelpPhone(own: string | undefined): string {
  const { site_phone } = useApp();
  return own || site_phone.value;
}

/** A page outside the room, with a way to help in its bar. */
export function Outside(props: {
  help: (onClose: () => void) => ComponentChildren;
  children: ComponentChildren;
}) {
  const [is_help_open, setHelpOpen] = useState(false);
  return (
    <HelpContext.Provider value={() => setHelpOpen(true)}>
      <header class="top">
        <TopBar end={<Languages />} />
      </header>
      {props.children}
      {is_help_open && props.help(() => setHelpOpen(false))}
    </HelpContext.Provider>
  );
}

/** A page with one thing to say, and whom to call. */
export function Plain(props: {
  title: string;
  what?: string;
  phone?: string | undefined;
  children?: ComponentChildren;
}) {
  const phone = useHelpPhone(props.phone);
  const aside = useAside();
  return (
    <Outside help={(onClose) => aside && <aside.HelpAtDoor phone={phone} onClose={onClose} />}>
      <main class="page stack">
        <h1>{props.title}</h1>
        {props.what && <p>{props.what}</p>}
        {props.children}
        {phone && <CallUs phone={phone} />}
      </main>
    </Outside>
  );
}

/** A number that a phone calls when it is pressed. */
export function PhoneNumber({ phone }: { phone: string }) {
  return (
    <a class="phone-no" href={`tel:${phone.replace(/[^+\d]/g, "")}`}>
      <CallIcon /> {phone}
    </a>
  );
}

export function PhoneLink({ phone }: { phone: string }) {
  return (
    <p>
      <PhoneNumber phone={phone} />
    </p>
  );
}

export function CallUs({ phone }: { phone: string }) {
  const t = useTexts(doorTexts);
  return (
    <section aria-labelledby="call-title">
      <h2 id="call-title">{t.call_title}</h2>
      <PhoneLink phone={phone} />
      <p class="quiet">{t.call_what}</p>
    </section>
  );
}
