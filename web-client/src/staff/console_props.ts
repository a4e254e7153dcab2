import type { LookAnswer, MeAnswer } from "@protocol/api";
import type { ComponentType } from "preact";
import type { Key } from "../connection/entrance";
import type { RoomLine } from "../connection/room_line";
import type { Page } from "../view/start";

/** What a console is told of whoever opens it, by a link or by a sign-in. */
export type ConsoleLink = Omit<LookAnswer, "standing" | "now">;

/** What a console is given. It is drawn inside an AppProvider and, when there is a line, a LineProvider. */
export interface ConsoleProps {
  readonly page: Page;
  readonly pass: Key;
  readonly link: ConsoleLink;
  /** Null for a coordinator, whose link opens no room. */
  readonly line: RoomLine | null;
  /** Whose sign-in it is; null for whoever came by a link. */
  readonly me?: MeAnswer | null;
  /** To one's own account; not there in a room, nor for whoever came by a link. */
  readonly onAccount?: (() => void) | undefined;
  /** Back to one's own sessions; not there for whoever came by a link. */
  readonly onDesk?: (() => void) | undefined;
}

export interface ConsoleModule {
  readonly Console: ComponentType<ConsoleProps>;
}
