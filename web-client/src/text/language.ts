import { type Signal, signal } from "@preact/signals";

export const LANGUAGES = ["fi", "sv", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language's name in itself. */
export const LANGUAGE_NAMES: Record<Language, string> = { fi: "Suomi", sv: "Svenska", en: "English" };

/** The same texts in every language: a text that one of them lacks does not compile. */
export type Dictionary<Texts> = Record<Language, Texts>;

const KEPT = "language";

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/** What was chosen before on this device; else the first of the browser's languages that we have; else Finnish. */
export function firstLanguage(kept: string | null, wished: readonly string[]): Language {
  if (isLanguage(kept)) return kept;
  return wished.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? "fi";
}

/** The language of the page, kept on this device. */
export function openLanguage(): Signal<Language> {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEPT);
  } catch {
    // Storage is forbidden here; the choice then lasts as long as the page.
  }
  const language = signal(firstLanguage(kept, navigator.languages));
  document.documentElement.lang = language.value;
  language.subscribe((chosen) => {
    document.documentElement.lang = chosen;
  });
  return language;
}

export function chooseLanguage(language: Signal<Language>, chosen: Language): void {
  language.value = chosen;
  try {
    localStorage.setItem(KEPT, chosen);
  } catch {
    // As above.
  }
}
