/** Somebody's words, closed with a full stop if they are not, to stand among sentences. */
export function sentence(words: string): string {
  const trimmed = words.trim();
  return /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** The first words of a text, enough to know it by. */
export function firstWords(text: string): string {
  const words = text.trim().split(/\s+/);
  const first = words.slice(0, 5).join(" ");
  const letters = [...first];
  if (letters.length > 40) return `${letters.slice(0, 40).join("")}…`;
  return words.length > 5 ? `${first}…` : first;
}
