import type { Dictionary } from "../text/language";

const fi = {
  title: "Henkilökunta",
  opening: "Avaamme huonetta.",
  bad_link: "Tämä linkki ei toimi",
  bad_link_what: "Linkki on vanhentunut tai peruttu. Pyydä koordinaattorilta uusi linkki.",
  no_link: "Avaa oma linkkisi",
  no_link_what: "Henkilökunta tulee huoneeseen omalla linkillään. Sen saa koordinaattorilta.",
  unreachable: "Palvelin ei vastaa",
  unreachable_what: "Tarkista verkkoyhteys. Yritä sitten uudelleen.",
  no_console: "Tällä linkillä ei ole omaa näkymää",
  no_console_what: "Kysy koordinaattorilta, onko linkki tarkoitettu sinulle.",
};
export type StaffTexts = typeof fi;

const sv: StaffTexts = {
  title: "Personal",
  opening: "Vi öppnar rummet.",
  bad_link: "Den här länken fungerar inte",
  bad_link_what: "Länken har gått ut eller dragits in. Be koordinatorn om en ny.",
  no_link: "Öppna din egen länk",
  no_link_what: "Personalen kommer till rummet med sin egen länk. Den fås av koordinatorn.",
  unreachable: "Servern svarar inte",
  unreachable_what: "Kontrollera nätet. Försök sedan igen.",
  no_console: "Den här länken har ingen egen vy",
  no_console_what: "Fråga koordinatorn om länken är avsedd för dig.",
};

const en: StaffTexts = {
  title: "Staff",
  opening: "Opening the room.",
  bad_link: "This link does not work",
  bad_link_what: "It has expired or been revoked. Ask the coordinator for a new one.",
  no_link: "Open your own link",
  no_link_what: "Staff come into the room by their own link. The coordinator gives it.",
  unreachable: "The server does not answer",
  unreachable_what: "Check the network. Then try again.",
  no_console: "There is no console for this link",
  no_console_what: "Ask the coordinator whether the link is meant for you.",
};

export const staffTexts: Dictionary<StaffTexts> = { fi, sv, en };
