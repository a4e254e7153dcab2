import type { ComponentChildren } from "preact";
import { classes } from "../view/button";
import type { IconComponent } from "../view/icons";

/** A link to another page of the desk, as a button: the address names the page, and the browser goes back from it. */
export function LinkButton(props: {
  to: string;
  look?: "main" | "plain" | undefined;
  icon?: IconComponent | undefined;
  label?: string | undefined;
  class?: string;
  children: ComponentChildren;
}) {
  const { to, look, icon: Icon, label, children } = props;
  return (
    <a class={classes("btn", look, props.class)} href={`#${to}`} aria-label={label}>
      {Icon && <Icon />} {children}
    </a>
  );
}
