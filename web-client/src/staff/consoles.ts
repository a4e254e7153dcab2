import type { Role } from "@protocol";
import type { ConsoleModule } from "./console_props";

const room = () => import("./room_console").then(({ RoomConsole }) => ({ Console: RoomConsole }));
const office = () =>
  import("../coordinator/console").then(({ CoordinatorConsole }) => ({ Console: CoordinatorConsole }));

/** Of a supervisor, who has a page and no room: loaded when they sign in. */
export const supervisorConsole = () => import("../reports/console");

/** One console for each role of the staff, loaded when its link is opened. A role that is not here has none. */
export const consoles: { readonly [R in Role]?: () => Promise<ConsoleModule> } = {
  facilitator: room,
  moderator: room,
  coordinator: office,
};
