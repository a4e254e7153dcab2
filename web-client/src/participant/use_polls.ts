import { useFromRoom } from "../view/app";
import { later } from "../view/later";

/** The screens of polls, with their words. */
export const polls = later(() => import("./poll"));

/** Null: nothing has been asked in this room, or they have not come yet. */
export function usePolls() {
  return polls.use(useFromRoom((room) => room.things.poll.size > 0));
}
