import type { Dictionary } from "./language";

/** A net that lets pages through and no sockets. */
const fi = {
  title: "Tämä verkko estää yhteyden kahvilaan",
  what: "Vika ei ole sinun laitteessasi. Kokeile toista verkkoa, esimerkiksi puhelimen omaa nettiä. Yritämme koko ajan uudelleen.",
  call: "Soita, autamme:",
};

const sv: typeof fi = {
  title: "Det här nätet släpper inte in dig i kaféet",
  what: "Det är inget fel på din enhet. Prova ett annat nät, till exempel telefonens eget. Vi försöker igen hela tiden.",
  call: "Ring, vi hjälper:",
};

const en: typeof fi = {
  title: "This network blocks the connection to the café",
  what: "Nothing is wrong with your device. Try another network, such as your phone's own. We go on trying.",
  call: "Call, we will help:",
};

export const blockedTexts: Dictionary<typeof fi> = { fi, sv, en };
