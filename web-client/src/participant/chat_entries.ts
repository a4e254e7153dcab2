import type { Message, PersonId, SendMessage } from "@protocol";
import type { PendingCommand, RefusedCommand } from "../connection/outbox";

/** One entry of the chat as its reader sees it: what the room has, and what of mine it does not have yet. */
export type ChatEntry =
  | { readonly kind: "message"; readonly key: string; readonly message: Message }
  | {
      readonly kind: "unsent";
      readonly key: string;
      readonly item: PendingCommand;
      readonly command: SendMessage;
    }
  | {
      readonly kind: "refused";
      readonly key: string;
      readonly item: RefusedCommand;
      readonly command: SendMessage;
    };

/**
 * The room's messages in their order, then mine that were refused or have not got through, oldest first. A message of
 * mine carries the id of its command, so that it is shown once even while its outcome is on the way.
 */
export function chatEntries(
  messages: readonly Message[],
  pending: readonly PendingCommand[],
  refused: readonly RefusedCommand[],
  me: PersonId,
): ChatEntry[] {
  const arrived = new Set(messages.filter(({ author }) => author === me).map(({ command }) => command));
  const mine: (ChatEntry & { kind: "unsent" | "refused" })[] = [];
  for (const item of refused)
    if (item.command.type === "send_message" && item.command.channel === "room")
      mine.push({ kind: "refused", key: item.id, item, command: item.command });
  for (const item of pending)
    if (item.command.type === "send_message" && item.command.channel === "room" && !arrived.has(item.id))
      mine.push({ kind: "unsent", key: item.id, item, command: item.command });
  mine.sort((a, b) => a.item.given_at - b.item.given_at);
  return [
    ...messages.map((message): ChatEntry => ({ kind: "message", key: `m${message.id}`, message })),
    ...mine,
  ];
}
