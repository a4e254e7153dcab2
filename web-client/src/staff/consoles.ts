import type { Role } from "@protocol";
import type { ComponentType } from "preact";
import type { Key, LinkAnswer } from "../connection/entrance";
import type { RoomLine } from "../connection/room_line";
import type { Page } from "../view/start";

/** What a console is given. It is drawn inside an AppProvider and, when there is a line, a LineProvider. */
export interface ConsoleProps {
  readonly page: Page;
  readonly pass: Key;
  readonly link: LinkAnswer;
  /** Null for a coordinator, whose link opens no room. */
  readonly line: RoomLine | null;
}

export interface ConsoleModule {
  readonly Console: ComponentType<ConsoleProps>;
}

const room = () => import("./room_console").then(({ RoomConsole }) => ({ Console: RoomConsole }));
const office = () =>
  import("../coordinator/console").then(({ CoordinatorConsole }) => ({ Console: CoordinatorConsole }));

/** One console for each role of the staff, loaded when its link is opened. A role that is not here has none. */
export const consoles: { readonly [R in Role]?: () => Promise<ConsoleModule> } = {
  facilitator: room,
  moderator: room,
  coordinator: office,
};
