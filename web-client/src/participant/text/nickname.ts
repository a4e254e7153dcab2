import type { Dictionary } from "../../text/language";

/** What is said at the door of an experience-story day. */
const fi = {
  what:
    "Tänään jokaisella on lempinimi. Muut osallistujat eivät näe oikeaa nimeäsi. " +
    "He eivät näe listaa ihmisistä.",
  not_kept: "Puheenvuorojen tekstejä ei säilytetä.",
  who_knows: "Läsnäolosi merkitään oikealla nimelläsi. Muut osallistujat eivät näe sitä.",
  choose: "Valitse nimi, jonka muut näkevät",
  choose_first: "Valitse ensin nimi.",
  taken: "Joku muu ehti valita tämän nimen. Valitse toinen.",
  yours: (name: string) => `Nimesi tänään: ${name}`,
};

type NicknameTexts = typeof fi;

const sv: NicknameTexts = {
  what: "I dag har alla ett smeknamn. De andra deltagarna ser inte ditt riktiga namn. De ser ingen lista.",
  not_kept: "Inga texter av det som sägs sparas.",
  who_knows: "Din närvaro antecknas med ditt riktiga namn. De andra deltagarna ser det inte.",
  choose: "Välj det namn som de andra ser",
  choose_first: "Välj först ett namn.",
  taken: "Någon annan hann välja det här namnet. Välj ett annat.",
  yours: (name) => `Ditt namn i dag: ${name}`,
};

const en: NicknameTexts = {
  what: "Today everyone has a nickname. The other participants do not see your real name. They see no list of people.",
  not_kept: "Texts of turns are not kept.",
  who_knows: "Your attendance is marked under your real name. The other participants do not see it.",
  choose: "Choose the name that the others see",
  choose_first: "Choose a name first.",
  taken: "Somebody else has just chosen this name. Choose another.",
  yours: (name) => `Your name today: ${name}`,
};

export const nicknameTexts: Dictionary<NicknameTexts> = { fi, sv, en };
