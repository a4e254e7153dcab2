import type { HelpKind } from "@protocol";
import { EarOffIcon, HelpIcon, type IconComponent, MicOffIcon, SearchIcon } from "../view/icons";

const ICONS: Record<HelpKind, IconComponent> = {
  cannot_hear: EarOffIcon,
  not_heard: MicOffIcon,
  cannot_find: SearchIcon,
  something_else: HelpIcon,
};

/** The picture that the person pressed when asking for help. */
export function KindIcon({ kind }: { kind: HelpKind }) {
  const Icon = ICONS[kind];
  return <Icon />;
}
