import type { ComponentChildren } from "preact";
import { useApp } from "../view/app";
import { HelpContext } from "../view/dialog";
import { Languages } from "../view/languages";
import { TopBar } from "../view/top_bar";
import { CallUs, useHelpPhone } from "./phone";

/** A page outside the room, with a way to help in its bar. */
export function Outside(props: {
  help: (onClose: () => void) => ComponentChildren;
  children: ComponentChildren;
}) {
  const { asks_help } = useApp();
  return (
    <HelpContext.Provider value={() => (asks_help.value = true)}>
      <header class="top">
        <TopBar end={<Languages />} />
      </header>
      {props.children}
      {asks_help.value && props.help(() => (asks_help.value = false))}
    </HelpContext.Provider>
  );
}

/** What a page with one thing to say is made of. */
export interface OneThing {
  readonly title: string;
  readonly what?: string;
  readonly phone?: string | undefined;
  readonly children?: ComponentChildren;
}

/** A page with one thing to say, and whom to call; the help of its bar is given the same number. */
export function OneThingPage(
  props: OneThing & { help: (phone: string, onClose: () => void) => ComponentChildren },
) {
  const phone = useHelpPhone(props.phone);
  return (
    <Outside help={(onClose) => props.help(phone, onClose)}>
      <main class="page stack">
        <h1>{props.title}</h1>
        {props.what && <p>{props.what}</p>}
        {props.children}
        {phone && <CallUs phone={phone} />}
      </main>
    </Outside>
  );
}
