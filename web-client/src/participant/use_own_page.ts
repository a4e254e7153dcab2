import { later } from "../view/later";

/** The person's own page: for those whose door is shut, and those whose link is of a season. */
export const { bring: bringOwnPage, use: useOwnPage } = later(async () => {
  const own = await import("../own_page/own_page");
  await own.bringOwnTexts();
  return own;
});
