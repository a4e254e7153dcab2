import type { DoorTexts } from "./door_fi";

export const sv: DoorTexts = {
  opening: "Vi öppnar dörren.",
  welcome: "Välkommen. Du är på rätt ställe.",
  welcome_back: (name) => `Välkommen tillbaka, ${name}.`,
  day_at: (day, hours) => `${day} klockan ${hours}`,
  name_label: "Namnet som andra ser",
  name_hint: "Ett smeknamn går bra.",
  together: "Så här är vi tillsammans",
  manners: [
    "Vi talar en i taget.",
    "Vi är vänliga mot varandra.",
    "Vi berättar inte andras saker för någon.",
    "Du får också bara lyssna.",
    "Du får be om hjälp när som helst.",
  ],
  call_title: "Ring, vi hjälper",
  call_what: "Vi hjälper dig in.",
  promise: "När du kommer in lovar du att göra så här.",
  come_in: "Kom in",
  coming_in: "Du kommer in…",
  come_in_label: "Kom in",
  doors_open_button: "Dörrarna öppnas strax före början",
  is_on: "Kaféet pågår.",
  unreachable: "Vi får ingen kontakt",
  unreachable_what: "Vi försöker igen av oss själva. Kontrollera att enheten har nät.",
};
