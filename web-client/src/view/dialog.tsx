import { type ComponentChildren, createContext } from "preact";
import { useContext, useId, useLayoutEffect, useRef } from "preact/hooks";
import { LiveRegions } from "./announcer";
import { useApp, useCommon } from "./app";
import { Button } from "./button";
import { focusWhenLost } from "./focus";
import { HelpIcon } from "./icons";

/** How help is opened on this page; null where there is nobody to call yet. */
export const HelpContext = createContext<(() => void) | null>(null);

/**
 * A native modal dialog. Escape and the browser's back gesture call `onClose`; the focus goes back where it was. When
 * its content gives way to another, under another title, the title has the focus that was lost with it. Help is inside
 * it too, since all outside is inert; `has_help` is false only in the help dialog itself.
 */
export function Dialog(props: {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  has_help?: boolean;
}) {
  const { title, onClose, children, has_help = true } = props;
  const { announcer } = useApp();
  const openHelp = useContext(HelpContext);
  const t = useCommon();
  const id = useId();
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (!dialog.open) dialog.showModal();
    return () => dialog.close();
  }, []);
  useLayoutEffect(() => focusWhenLost(heading.current), [title]);

  return (
    <dialog
      ref={ref}
      class="ask"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div class="row">
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {has_help && openHelp && (
          <Button look="help" icon={HelpIcon} onPress={openHelp}>
            {t.ask_for_help}
          </Button>
        )}
      </div>
      {children}
      <LiveRegions announcer={announcer} />
    </dialog>
  );
}
