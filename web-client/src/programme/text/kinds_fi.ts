import type { Duty } from "@protocol";

export const fi = {
  title: "Päätösten lajit",
  what:
    "Lajista näkee, mihin ihmisen osallistuminen perustuu. Kun lajin nimi muuttuu tai laji päättyy, " +
    "vanhat päivät pysyvät ennallaan.",
  add: "Uusi laji",
  edit: "Muokkaa",
  remove: "Poista",
  remove_title: (name: string) => `Poistetaanko ${name}?`,
  remove_what: "Lajia ei käytetä missään. Se poistuu valinnoista.",
  is_used: "Laji on käytössä, eikä sitä voi poistaa. Anna sille viimeinen päivä.",
  removed: (name: string) => `${name} on poistettu.`,
  saved: (name: string) => `${name} on tallennettu.`,
  save: "Tallenna laji",
  kind_of: (name: string) => `Päätöksen laji: ${name}`,
  names: { fi: "Nimi suomeksi", sv: "Nimi ruotsiksi", en: "Nimi englanniksi" },
  as_finnish: "Jos kohta on tyhjä, käytämme suomenkielistä nimeä.",
  duty: "Osallistuminen",
  duties: {
    obligatory: "Velvollisuus",
    agreed: "Sovittu yhdessä",
    own_will: "Oma tahto: ketään ei merkitä poissaolevaksi",
  } as Record<Duty, string>,
  reasons_asked: "Mitä syitä kysytään, kun ihminen ei pääse?",
  reasons_none: "Jos et valitse mitään, syytä ei kysytä.",
  no_reasons: "syytä ei kysytä",
  reasons_of: (reasons: readonly string[]) => `poissaolon syyt: ${reasons.join(", ")}`,
  first_day: "Ensimmäinen päivä",
  last_day: "Viimeinen päivä",
  last_day_what: "Sen jälkeen lajia ei voi enää valita uusille ihmisille.",
  begins: (day: string) => `Alkaa ${day}`,
  ends: (day: string) => `Päättyy ${day}`,
  ended: (day: string) => `Päättynyt ${day}`,
};

export type KindsTexts = typeof fi;
