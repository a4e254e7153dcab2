import type { Command, Role } from "@protocol";
import { useLine } from "../view/app";

/**
 * Which commands a console of the staff does not offer to a role. The server's table decides (domain/room/permission);
 * this only keeps buttons away that it would always refuse.
 */
const FACILITATOR_ONLY: ReadonlySet<Command["type"]> = new Set([
  "approve_floor_request",
  "deny_floor_request",
  "restore_floor_request",
  "grant_floor",
  "grant_floor_to",
  "revoke_turn",
  "pause_turn",
  "continue_turn",
  "nudge_speaker",
  "set_floor_policy",
  "set_turn_limit",
  "reorder_line_up",
  "order_least_heard_first",
  "start_round",
  "end_round",
  "set_on_stage",
] satisfies Command["type"][]);

const MODERATOR_ONLY: ReadonlySet<Command["type"]> = new Set([
  "silence_person",
  "end_silence",
  "mark_attendance",
  "mark_all_clear",
  "take_back_marks",
  "correct_window",
  "seal_attendance",
  "correct_attendance",
  "dismiss_late_join",
] satisfies Command["type"][]);

export function may(role: Role | null, command: Command["type"]): boolean {
  if (FACILITATOR_ONLY.has(command)) return role === "facilitator";
  if (MODERATOR_ONLY.has(command)) return role === "moderator";
  return role === "facilitator" || role === "moderator";
}

export function useMay(): (command: Command["type"]) => boolean {
  const role = useLine().role.value;
  return (command) => may(role, command);
}
