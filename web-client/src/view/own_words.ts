/** Stands for words that are shown translated: it is no letter, takes no room, and no program translates it. */
const STAND_IN = "\ufeff";

/**
 * Keeps a page true that a browser translates, against the page's wish. Such a program takes a text out and puts a
 * `<font>` with its own words in; what the page then writes into its text is not seen, and the words before stay for
 * good. So each text goes back to its place, empty, beside the translation: when the page writes into it or takes it
 * away, the translation goes. The new words are the translator's to take again, once.
 */
export function keepOwnWords(root: Node): () => void {
  /** The translation that is shown in place of a text. */
  const shown = new Map<Text, Element>();
  const taken = new Set<Node>();
  const settle = (text: Text) => {
    const font = shown.get(text);
    if (!font) return;
    font.remove();
    taken.delete(font);
    shown.delete(text);
  };
  /** The translation that came when the text went, in one step or beside it in two. */
  const translationIn = ({ addedNodes, previousSibling, nextSibling }: MutationRecord) =>
    [...addedNodes, previousSibling, nextSibling].find(
      (node): node is Element =>
        node instanceof Element && node.localName === "font" && node.isConnected && !taken.has(node),
    );

  const observer = new MutationObserver((records) => {
    for (const record of records) {
      const { target } = record;
      if (target instanceof Text && target.data !== STAND_IN) settle(target);
      for (const text of record.removedNodes) {
        if (!(text instanceof Text) || text.isConnected) continue;
        const font = text.data === STAND_IN ? undefined : translationIn(record);
        settle(text);
        if (!font) continue;
        font.before(text);
        text.data = STAND_IN;
        shown.set(text, font);
        taken.add(font);
      }
    }
    // What the page has put behind its text stands behind the translation too.
    for (const [text, font] of shown) if (text.nextSibling !== font) text.after(font);
  });
  observer.observe(root, { childList: true, characterData: true, subtree: true });
  return () => observer.disconnect();
}
