import type { ComponentChildren } from "preact";
import { classes } from "../view/button";

/** My place or my turn, as a queue ticket: a sign, a dotted line, two short sentences. */
export function Ticket(props: {
  look?: "idle" | "on" | "kept" | undefined;
  sign: ComponentChildren;
  title: ComponentChildren;
  children?: ComponentChildren;
}) {
  return (
    <div class={classes("ticket", props.look)}>
      <p class="n num" aria-hidden="true">
        {props.sign}
      </p>
      <p class="t">
        <b>{props.title}</b> {props.children}
      </p>
    </div>
  );
}
