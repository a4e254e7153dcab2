import type { Dictionary } from "../text/language";

const fi = {
  title: "Henkilökunta",
  opening: "Avaamme huonetta.",
  bad_link: "Tämä linkki ei toimi",
  bad_link_what:
    "Linkistä puuttuu ehkä pala. Avaa se uudelleen kutsustasi, tai pyydä koordinaattorilta uusi.",
  no_link: "Avaa oma linkkisi",
  no_link_what: "Henkilökunta tulee huoneeseen omalla linkillään. Sen saa koordinaattorilta.",
  unreachable: "Palvelin ei vastaa",
  unreachable_what: "Yritämme itsestään uudelleen. Tarkista verkkoyhteys.",
  no_console: "Tällä linkillä ei ole omaa näkymää",
  no_console_what: "Kysy koordinaattorilta, onko linkki tarkoitettu sinulle.",
  early: "Olet oikeassa paikassa",
  early_what: (day: string, clock: string) =>
    `Kahvila on ${day.toLowerCase()} kello ${clock}. Linkkisi toimii edellisestä päivästä alkaen. ` +
    "Sivu avautuu itsestään.",
  over: "Tämä kerta on päättynyt",
  over_what: "Linkki ei enää toimi. Kirjaudu sisään, niin löydät läsnäolot ja raportit.",
  late_what: "Linkillä näet vielä palautteen.",
  revoked: "Tämä linkki ei ole enää käytössä",
  revoked_what: "Sinulle on ehkä tehty uusi linkki. Avaa uusin kutsusi tai kysy koordinaattorilta.",
  calendar: "Lisää kalenteriin",
  call: "Apua saat soittamalla",
};
export type StaffTexts = typeof fi;

const sv: StaffTexts = {
  title: "Personal",
  opening: "Vi öppnar rummet.",
  bad_link: "Den här länken fungerar inte",
  bad_link_what:
    "Kanske saknas en bit av länken. Öppna den på nytt i inbjudan, eller be koordinatorn om en ny.",
  no_link: "Öppna din egen länk",
  no_link_what: "Personalen kommer till rummet med sin egen länk. Den fås av koordinatorn.",
  unreachable: "Servern svarar inte",
  unreachable_what: "Vi försöker igen av oss själva. Kontrollera nätet.",
  no_console: "Den här länken har ingen egen vy",
  no_console_what: "Fråga koordinatorn om länken är avsedd för dig.",
  early: "Du är på rätt ställe",
  early_what: (day, clock) =>
    `Kaféet är ${day.toLowerCase()} klockan ${clock}. Din länk fungerar från dagen innan. Sidan öppnas av sig själv.`,
  over: "Den här gången är slut",
  over_what: "Länken fungerar inte längre. Närvaro och rapporter hittar du med ditt konto.",
  late_what: "Med länken ser du ännu responsen.",
  revoked: "Den här länken används inte längre",
  revoked_what: "Kanske har du fått en ny länk. Öppna din senaste inbjudan eller fråga koordinatorn.",
  calendar: "Lägg till i kalendern",
  call: "Ring så får du hjälp",
};

const en: StaffTexts = {
  title: "Staff",
  opening: "Opening the room.",
  bad_link: "This link does not work",
  bad_link_what:
    "A part of the link may be missing. Open it again from the invitation, or ask the coordinator for a new one.",
  no_link: "Open your own link",
  no_link_what: "Staff come into the room by their own link. The coordinator gives it.",
  unreachable: "The server does not answer",
  unreachable_what: "We try again by ourselves. Check the network.",
  no_console: "There is no console for this link",
  no_console_what: "Ask the coordinator whether the link is meant for you.",
  early: "You are in the right place",
  early_what: (day, clock) =>
    `The café is on ${day} at ${clock}. Your link works from the day before. The page opens by itself.`,
  over: "This session is over",
  over_what: "The link no longer works. You find attendance and reports by your account.",
  late_what: "With the link you still see the feedback.",
  revoked: "This link is no longer in use",
  revoked_what: "You may have been sent a new one. Open your latest invitation, or ask the coordinator.",
  calendar: "Add to the calendar",
  call: "Help by telephone",
};

export const staffTexts: Dictionary<StaffTexts> = { fi, sv, en };
