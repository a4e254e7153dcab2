import type { Dictionary } from "../text/language";

/** The consoles speak Finnish and English. Who has chosen Swedish for the page reads them in Finnish. */
export function staffDictionary<Texts>(fi: Texts, en: Texts): Dictionary<Texts> {
  return { fi, sv: fi, en };
}
