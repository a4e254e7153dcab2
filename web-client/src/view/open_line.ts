import type { Key } from "../connection/entrance";
import { randomPrefix } from "../connection/outbox";
import { openRoomLine, type RoomLine } from "../connection/room_line";
import { openWebSocket, socketUrl } from "../connection/socket";
import { deviceName } from "../page/device_name";
import type { Page } from "./start";

/** Opens the line of the person whose key it is. With no ticket the tab's own is used, or a new one is asked for. */
export function openLine(
  page: Page,
  key: Key,
  name: string | undefined,
  ticket: string | undefined,
): RoomLine {
  const line = openRoomLine({
    openSocket: openWebSocket(socketUrl(location, "/room")),
    entrance: page.entrance,
    timers: page.app.timers,
    dice: Math.random,
    keep: page.keep,
    wallClock: Date.now,
    prefix: randomPrefix(),
    key,
    name,
    ticket,
    device: deviceName(navigator.userAgent),
  });
  addEventListener("online", () => line.retryNow());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") line.retryNow();
  });
  return line;
}
