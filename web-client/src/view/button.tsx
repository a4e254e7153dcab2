import type { ComponentChildren, Ref } from "preact";
import type { IconComponent } from "./icons";

export type ButtonLook = "main" | "turn" | "help" | "stop" | "plain";

export interface ButtonProps {
  children: ComponentChildren;
  onPress?: (() => void) | undefined;
  look?: ButtonLook | undefined;
  icon?: IconComponent | undefined;
  is_big?: boolean;
  is_submit?: boolean;
  /** Why it cannot be used now: it stays visible, dashed, can be found with the keyboard, and does nothing. */
  unusable_because?: string | undefined;
  described_by?: string | undefined;
  /**
   * Its name for those who do not see what it stands beside; it begins with the words that are shown, or holds them.
   */
  label?: string | undefined;
  class?: string;
  buttonRef?: Ref<HTMLButtonElement>;
}

export function Button(props: ButtonProps) {
  const {
    children,
    onPress,
    look,
    icon: Icon,
    is_big,
    is_submit,
    unusable_because,
    described_by,
    buttonRef,
  } = props;
  const is_usable = unusable_because === undefined;
  return (
    <button
      ref={buttonRef ?? null}
      type={is_submit && is_usable ? "submit" : "button"}
      class={classes("btn", look, is_big && "big", props.class)}
      aria-disabled={is_usable ? undefined : "true"}
      aria-describedby={described_by}
      aria-label={props.label}
      title={unusable_because}
      onClick={is_usable ? onPress : undefined}
    >
      {Icon && <Icon />} {children}
    </button>
  );
}

/**
 * A square button with a picture alone; its name is for those who do not see the picture, and for those who wait over
 * it.
 */
export function IconButton(props: {
  icon: IconComponent;
  name: string;
  onPress: () => void;
  is_expanded?: boolean;
  is_pressed?: boolean;
  /** False where a list decides which of its buttons the Tab key stops at. */
  is_stop?: boolean;
  class?: string;
}) {
  const { icon: Icon, name, onPress, is_expanded, is_pressed, is_stop = true } = props;
  return (
    <button
      type="button"
      class={classes("btn square", props.class)}
      aria-label={name}
      title={name}
      aria-expanded={is_expanded}
      aria-pressed={is_pressed}
      tabIndex={is_stop ? undefined : -1}
      onClick={onPress}
    >
      <Icon />
    </button>
  );
}

/** A button with a picture and a reason, one of a few. */
export function Choice(props: {
  icon: IconComponent;
  title: string;
  children?: ComponentChildren;
  is_turn?: boolean;
  is_main?: boolean;
  onPress: () => void;
}) {
  const { icon: Icon, title, children, is_turn, is_main, onPress } = props;
  return (
    <button type="button" class={classes("choice", is_turn && "turn", is_main && "main")} onClick={onPress}>
      <Icon />{" "}
      <span>
        <b>{title}</b> {children}
      </span>
    </button>
  );
}

export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
