import type { Dictionary } from "../text/language";

/** What is said about a turn in writing. */
const fi = {
  as_text: "Puhe tekstinä",
  write: "Kirjoita",
  write_for: "Kirjoita puhe tekstiksi",
  write_stop: "Sulje",
  label: "Kirjoita, mitä haluat sanoa",
  hint: "Kaikki näkevät tekstin heti.",
  label_for: (name: string) => `Kirjoita, mitä ${name} sanoo`,
  keep: "Säilytä teksti",
  kept: "Teksti on säilytetty.",
  not_kept: "Teksti häviää, kun vuoro loppuu.",
  never_kept: "Tänään tekstejä ei säilytetä.",
  kept_texts: (count: number) => `Puheenvuoroja tekstinä: ${count}`,
  say: (name: string, text: string) => `${name}: ${text}`,
};

export type SpeechTexts = typeof fi;

const sv: SpeechTexts = {
  as_text: "Talet som text",
  write: "Skriv",
  write_for: "Skriv talet som text",
  write_stop: "Stäng",
  label: "Skriv det du vill säga",
  hint: "Alla ser texten genast.",
  label_for: (name) => `Skriv det som ${name} säger`,
  keep: "Spara texten",
  kept: "Texten är sparad.",
  not_kept: "Texten försvinner när turen är slut.",
  never_kept: "I dag sparas inga texter.",
  kept_texts: (count) => `Turer som text: ${count}`,
  say: (name, text) => `${name}: ${text}`,
};

const en: SpeechTexts = {
  as_text: "Speech as text",
  write: "Write",
  write_for: "Write the speech as text",
  write_stop: "Close",
  label: "Write what you want to say",
  hint: "Everyone sees the text at once.",
  label_for: (name) => `Write what ${name} says`,
  keep: "Keep the text",
  kept: "The text is kept.",
  not_kept: "The text goes when the turn ends.",
  never_kept: "Today no texts are kept.",
  kept_texts: (count) => `Turns as text: ${count}`,
  say: (name, text) => `${name}: ${text}`,
};

export const speechTexts: Dictionary<SpeechTexts> = { fi, sv, en };
