/** Somebody's words, closed with a full stop if they are not, to stand among sentences. */
export function sentence(words: string): string {
  const trimmed = words.trim();
  return /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
