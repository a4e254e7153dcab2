import { staffDictionary } from "../dictionary";

const fi = {
  title: "Anna salasana uudelleen",
  what: "Varmistamme, että asialla olet sinä.",
  password: "Salasana",
  code: "Sovelluksen koodi",
  go: "Jatka",
  by_code: "Käytä sovelluksen koodia",
  by_password: "Käytä salasanaa",
  by_provider: "Tai kirjaudu sisään uudelleen. Sivu aukeaa sen jälkeen alusta.",
  wrong_password: "Salasana on väärin. Kirjoita se uudelleen.",
  wrong_code: "Koodi on väärin tai vanhentunut. Kirjoita seuraava koodi.",
  too_fast: (seconds: number) => {
    const wait = seconds > 90 ? `${Math.ceil(seconds / 60)} minuutin` : `${seconds} sekunnin`;
    return `Yrityksiä oli liian monta. Yritä uudelleen ${wait} kuluttua.`;
  },
  busy: "Palvelimella on kiire. Yritä hetken kuluttua.",
  unreachable: "Palvelin ei vastaa. Tarkista verkkoyhteys ja yritä uudelleen.",
};

const en: typeof fi = {
  title: "Give your password again",
  what: "We make sure that it is you.",
  password: "Password",
  code: "Code of the app",
  go: "Go on",
  by_code: "Use a code of the app",
  by_password: "Use the password",
  by_provider: "Or sign in again. The page opens from its beginning then.",
  wrong_password: "The password is wrong. Type it again.",
  wrong_code: "The code is wrong or old. Type the next one.",
  too_fast: (seconds) => {
    const wait = seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`;
    return `There were too many tries. Try again in ${wait}.`;
  },
  busy: "The server is busy. Try again in a moment.",
  unreachable: "The server does not answer. Check the network and try again.",
};

export const proofTexts = staffDictionary(fi, en);
