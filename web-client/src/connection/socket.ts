import type { ClientFrame, ServerFrame } from "@protocol";
import { CLOSE } from "./close_codes";

/** What one attempt tells. After `closed` it tells nothing more. */
export interface SocketEvents {
  opened(): void;
  frame(frame: ServerFrame): void;
  closed(code: number): void;
}

/** One attempt at a connection. */
export interface Socket {
  send(frame: ClientFrame): void;
  /** Gives the attempt up; `closed` is told at once with this code, whatever the network does. */
  giveUp(code: number): void;
}

export type OpenSocket = (events: SocketEvents) => Socket;

/** One WebSocket to `url`. */
export function openWebSocket(url: string): OpenSocket {
  return (events) => {
    const wire = new WebSocket(url);
    let is_over = false;

    const end = (code: number) => {
      if (is_over) return;
      is_over = true;
      events.closed(code);
    };

    wire.onopen = () => {
      if (!is_over) events.opened();
    };
    wire.onmessage = (message) => {
      if (is_over) return;
      const frame = decode(message.data);
      if (frame) events.frame(frame);
      else {
        wire.close(CLOSE.bad_frame);
        // Not the server's bad_frame, which says that ours was one.
        end(CLOSE.gap);
      }
    };
    wire.onclose = (event) => end(event.code);

    return {
      send(frame) {
        if (wire.readyState === WebSocket.OPEN) wire.send(JSON.stringify(frame));
      },
      giveUp(code) {
        wire.close(code);
        end(code);
      },
    };
  };
}

/** The server is ours and its frames are checked where they are made; here they need only be frames. */
function decode(data: unknown): ServerFrame | null {
  if (typeof data !== "string") return null;
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null && "type" in value ? (value as ServerFrame) : null;
  } catch {
    return null;
  }
}

/** The address of a WebSocket beside the page's own. */
export function socketUrl(page: Pick<Location, "protocol" | "host">, path: "/room" | "/voice"): string {
  return `${page.protocol === "https:" ? "wss:" : "ws:"}//${page.host}${path}`;
}
