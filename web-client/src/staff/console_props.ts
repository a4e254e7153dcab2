import type { ComponentType } from "preact";
import type { Key, LinkAnswer } from "../connection/entrance";
import type { RoomLine } from "../connection/room_line";
import type { Page } from "../view/start";
import type { Me } from "./account";

/** What a console is given. It is drawn inside an AppProvider and, when there is a line, a LineProvider. */
export interface ConsoleProps {
  readonly page: Page;
  readonly pass: Key;
  readonly link: LinkAnswer;
  /** Null for a coordinator, whose link opens no room. */
  readonly line: RoomLine | null;
  /** Whose sign-in it is; null for whoever came by a link. */
  readonly me?: Me | null;
  /** Back to one's own sessions; not there for whoever came by a link. */
  readonly onDesk?: (() => void) | undefined;
}

export interface ConsoleModule {
  readonly Console: ComponentType<ConsoleProps>;
}
