import type { Person, Role } from "@protocol";
import type { ComponentChildren } from "preact";
import { isStaff } from "../state/person";
import { useCommon, useLine } from "./app";
import { classes } from "./button";
import { type IconComponent, StaffIcon } from "./icons";

export type BadgeLook = "staff" | "turn" | "help" | "stop" | "good" | "strong" | "wait";

export function Badge(props: { look?: BadgeLook; icon?: IconComponent; children: ComponentChildren }) {
  const { look, icon: Icon, children } = props;
  return (
    <span class={classes("badge", look)}>
      {Icon && <Icon />} {children}
    </span>
  );
}

/** Who is staff is said by the server only, and here only by this. */
export function StaffBadge({ person }: { person: Pick<Person, "role"> | undefined }) {
  const t = useCommon();
  const role = useLine().role.value;
  const is_for_staff = role !== null && isStaff({ role });
  if (!person || !isStaff(person)) return null;
  return (
    <Badge look="staff" icon={StaffIcon}>
      {person.role === "moderator" && !is_for_staff ? t.helper : t.roles[person.role satisfies Role]}
    </Badge>
  );
}

/** A notice in the page. It is spoken by the announcer, never by being a live region. */
export function Note(props: {
  look?: "stop" | "good" | "help";
  icon: IconComponent;
  title: string;
  children?: ComponentChildren;
}) {
  const { look, icon: Icon, title, children } = props;
  return (
    <div class={classes("note", look)}>
      <Icon />
      <div class="note-body">
        <b>{title}</b> {children}
      </div>
    </div>
  );
}
