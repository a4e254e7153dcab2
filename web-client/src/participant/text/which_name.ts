import type { Dictionary } from "../../text/language";

const fi = {
  title: (one: string, other: string) => `Onko nimesi ${one} vai ${other}?`,
  what: "Linkkisi on käytössä kahdella nimellä. Valitse nimi, jonka muut näkevät.",
  mine: (name: string) => `Nimeni on ${name}`,
  shared: "Joku muu käyttää tätä linkkiä kanssani",
  shared_words: "Joku muu käyttää samaa linkkiä kanssani.",
  thanks: (name: string) => `Kiitos. Nimesi on ${name}.`,
};

export type WhichNameTexts = typeof fi;

const sv: WhichNameTexts = {
  title: (one, other) => `Heter du ${one} eller ${other}?`,
  what: "Din länk används med två namn. Välj det namn som de andra ser.",
  mine: (name) => `Jag heter ${name}`,
  shared: "Någon annan använder den här länken tillsammans med mig",
  shared_words: "Någon annan använder samma länk som jag.",
  thanks: (name) => `Tack. Du heter ${name}.`,
};

const en: WhichNameTexts = {
  title: (one, other) => `Is your name ${one} or ${other}?`,
  what: "Your link is in use with two names. Choose the name that the others see.",
  mine: (name) => `My name is ${name}`,
  shared: "Somebody else uses this link with me",
  shared_words: "Somebody else uses the same link as I do.",
  thanks: (name) => `Thank you. Your name is ${name}.`,
};

/** All three languages: they are short, and come with the question. */
export const whichNameTexts: Dictionary<WhichNameTexts> = { fi, sv, en };
