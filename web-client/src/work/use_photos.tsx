import { later } from "../view/later";
import type { Task, WorkScreen } from "./screen";

/** An author's photos, with their words: they come where the assignment has them. */
export const photos = later(() => import("./photos"));

interface Props {
  readonly screen: WorkScreen;
  readonly task: Task;
}

/** To add, to describe and to remove. */
export function Photos({ screen, task }: Props) {
  const { assignment, submission } = task.own;
  const may_add = assignment.ways.includes("photo") && screen.work.answer.value?.takes_photos === true;
  const shown = submission?.photos ?? [];
  // One that waits stays with its ways out, whatever is taken by now: without it nothing can be returned.
  const code = photos.use(may_add || task.photo.value !== null || shown.length > 0);
  return code && <code.Photos screen={screen} task={task} photos={shown} may_add={may_add} />;
}

/** To look at alone: what was returned. */
export function PhotosSeen({ screen, task }: Props) {
  const shown = task.own.submission?.photos ?? [];
  const code = photos.use(shown.length > 0);
  return code && <code.PhotosSeen screen={screen} photos={shown} />;
}
