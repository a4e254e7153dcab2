import { type Signal, signal } from "@preact/signals";
import type { Keep } from "../connection/parts";

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
export function openLanguage(device: Keep, page: Document): Signal<Language> {
  const language = signal(firstLanguage(device.get(KEPT), navigator.languages));
  language.subscribe((chosen) => {
    page.documentElement.lang = chosen;
  });
  return language;
}

export function chooseLanguage(language: Signal<Language>, device: Keep, chosen: Language): void {
  language.value = chosen;
  device.set(KEPT, chosen);
}
