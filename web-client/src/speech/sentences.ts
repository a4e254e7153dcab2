/** A sentence and the mark that ends it, when a space or the end of the text follows. */
const SENTENCE = /[^.!?…]*[.!?…]+(?=\s|$)/gu;

/** How much of the text is whole sentences. */
function finishedLength(text: string): number {
  let end = 0;
  for (const match of text.matchAll(SENTENCE)) end = match.index + match[0].length;
  return end;
}

/** The sentences that have been finished between two states of a text that grows; none when it was written anew. */
export function newSentences(before: string, after: string): string {
  const said = before.slice(0, finishedLength(before));
  if (!after.startsWith(said)) return "";
  return after.slice(said.length, Math.max(said.length, finishedLength(after))).trim();
}

/** The last of a long text, from the beginning of a word, at most `most` code points. */
export function tailOf(text: string, most: number): string {
  const letters = [...text];
  if (letters.length <= most) return text;
  const tail = letters.slice(letters.length - most + 1).join("");
  const word = tail.search(/\s/u);
  return `…${word < 0 ? tail : tail.slice(word)}`;
}
