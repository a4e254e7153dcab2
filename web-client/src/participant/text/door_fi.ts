/**
 * What a person reads before the room, and after it. Plain Finnish: one sentence, one thing. A refusal says why and
 * what next.
 */

export const fi = {
  opening: "Avaamme kahvilan ovea.",
  welcome: "Tervetuloa. Olet oikeassa paikassa.",
  welcome_back: (name: string) => `Tervetuloa takaisin, ${name}.`,
  day_at: (day: string, hours: string) => `${day} kello ${hours}`,
  name_label: "Nimi, jonka muut näkevät",
  name_hint: "Lempinimi käy hyvin.",
  together: "Näin olemme yhdessä",
  manners: [
    "Puhumme yksi kerrallaan.",
    "Olemme ystävällisiä toisillemme.",
    "Emme kerro toisten asioita muille.",
    "Saat myös vain kuunnella.",
    "Saat pyytää apua milloin vain.",
  ] as readonly [string, string, string, string, string],
  call_title: "Soita, autamme",
  call_what: "Autamme sinut mukaan.",
  promise: "Kun tulet mukaan, lupaat toimia näin.",
  come_in: "Tule kahvilaan",
  coming_in: "Tulet sisään…",
  come_in_label: "Tule mukaan",
  doors_open_button: "Ovet avataan vähän ennen alkua",
  is_on: "Kahvila on käynnissä.",
  unreachable: "Emme saa yhteyttä",
  unreachable_what: "Yritämme itsestään uudelleen. Tarkista, että laitteella on verkko.",
};

export type DoorTexts = typeof fi;
