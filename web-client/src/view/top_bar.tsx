import type { ComponentChildren } from "preact";
import { useContext } from "preact/hooks";
import { useCommon } from "./app";
import { Button } from "./button";
import { HelpContext } from "./dialog";
import { CupIcon, HelpIcon } from "./icons";

/**
 * The bar of every page. Listening comes first where there is something to hear; help is always the last thing in it.
 */
export function TopBar(props: {
  start?: ComponentChildren;
  children?: ComponentChildren;
  end?: ComponentChildren;
  /** What the button of help says, when it is not its usual words. */
  help?: string | undefined;
}) {
  const { start, children, end, help } = props;
  const t = useCommon();
  const openHelp = useContext(HelpContext);
  return (
    <div class="bar">
      {start ?? (
        <span class="brand">
          <CupIcon /> <span class="brand-word">{t.app}</span>
        </span>
      )}
      {children}
      {end}
      {openHelp && (
        <Button look="help" icon={HelpIcon} onPress={openHelp}>
          {help ?? t.ask_for_help}
        </Button>
      )}
    </div>
  );
}
