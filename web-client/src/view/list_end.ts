/**
 * Shows the end of a list that scrolls by itself, as far as what has the focus in it stays in view: who answers a
 * message with the keyboard does not lose it to those that come.
 */
export function followEnd(box: HTMLElement): void {
  const focused = document.activeElement;
  const row = focused !== box && box.contains(focused) ? focused?.closest("li") : null;
  const end = box.scrollHeight;
  if (!row) box.scrollTop = end;
  else {
    const row_top = row.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
    box.scrollTop = Math.min(end, Math.max(box.scrollTop, row_top));
  }
}
