import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { useCommon } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import type { IconComponent } from "../view/icons";

/**
 * An act that somebody may not like, and the reason for it in words. Who reads the reason is said in `label`; ready
 * sentences are a press away. `children` stand before the reason: what else there is to choose.
 */
export function ReasonDialog(props: {
  title: string;
  label: string;
  /** What the button does, as a verb. */
  act: string;
  icon: IconComponent;
  onGive: (reason: string) => void;
  onClose: () => void;
  is_optional?: boolean;
  ready?: readonly string[];
  children?: ComponentChildren;
}) {
  const { title, label, act, icon, onGive, onClose, is_optional, ready = [], children } = props;
  const c = useCommon();
  const id = useId();
  const [reason, setReason] = useState("");
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        class="stack dialog-body"
        onSubmit={(event) => {
          event.preventDefault();
          const words = reason.trim();
          if (!words && !is_optional) return;
          onGive(words);
          onClose();
        }}
      >
        {children}
        <div class="field">
          <label for={id}>
            {label} {is_optional && <span class="quiet">({c.optional})</span>}
          </label>
          <input
            dir="auto"
            id={id}
            required={!is_optional}
            maxLength={200}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </div>
        {ready.length > 0 && (
          <div class="row">
            {ready.map((words) => (
              <Button key={words} onPress={() => setReason(words)}>
                {words}
              </Button>
            ))}
          </div>
        )}
        <div class="row">
          <Button look="stop" icon={icon} is_submit>
            {act}
          </Button>
          <Button onPress={onClose}>{c.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
