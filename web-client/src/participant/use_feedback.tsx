import type { ShownImprovement } from "@protocol/api";
import { later } from "../view/later";

/** The feedback of the day, and what changed by it, with their words. */
export const feedback = later(() => import("./feedback"));

/** Asks for it where there is something to ask: comes by itself, and shows nothing until it knows. */
export function AskFeedback(props: { is_wanted?: boolean; onOpen?: (is: boolean) => void }) {
  const code = feedback.use(props.is_wanted);
  return code && <code.Feedback onOpen={props.onOpen} />;
}

/** What changed by earlier feedback, where something has. */
export function WhatChanged(props: { shown: readonly ShownImprovement[] | undefined; is_in_room?: boolean }) {
  const { shown, is_in_room } = props;
  const code = feedback.use(shown !== undefined);
  if (!code || !shown) return null;
  return is_in_room ? <code.ImprovementsInRoom shown={shown} /> : <code.Improvements shown={shown} />;
}
