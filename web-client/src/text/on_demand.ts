import { type Signal, signal } from "@preact/signals";
import { type Dictionary, isLanguage, LANGUAGES, type Language } from "./language";

/** A dictionary of which the page brings one language, as a file of its own. */
export interface OnDemand<Texts> extends Dictionary<Texts> {
  /** Until it is here. Fails where there is no line. */
  bring(language: Language): Promise<void>;
}

/** The language in which the page begins. */
export function pageLanguage(): Language {
  const { lang } = document.documentElement;
  return isLanguage(lang) ? lang : "fi";
}

/**
 * A language that is asked for and is not here yet is brought, and until then the words are those of another that is:
 * whoever reads the texts while drawing is drawn again when they have come.
 */
export function onDemand<Texts>(files: Record<Language, () => Promise<Texts>>): OnDemand<Texts> {
  const here = {} as Record<Language, Signal<Texts | null>>;
  for (const language of LANGUAGES) here[language] = signal<Texts | null>(null);
  const bring = async (language: Language) => {
    here[language].value ??= await files[language]();
  };
  const read = (language: Language): Texts => {
    const texts = here[language].value;
    if (texts) return texts;
    void bring(language).catch(() => undefined);
    for (const other of LANGUAGES) {
      const instead = here[other].peek();
      if (instead) return instead;
    }
    throw new Error("a dictionary is read before its first language has come");
  };
  const dictionary = { bring } as OnDemand<Texts>;
  for (const language of LANGUAGES)
    Object.defineProperty(dictionary, language, { enumerable: true, get: () => read(language) });
  return dictionary;
}
