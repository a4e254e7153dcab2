import { later } from "../view/later";

/** The feedback of the day, and what changed by it, with their words. */
export const feedback = later(() => import("./feedback"));

/** Asks for it where there is something to ask: comes by itself, and shows nothing until it knows. */
export function AskFeedback({ is_wanted = true }: { is_wanted?: boolean }) {
  const code = feedback.use(is_wanted);
  return code && is_wanted ? <code.Feedback /> : null;
}
