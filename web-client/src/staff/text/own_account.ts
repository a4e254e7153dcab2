import type { BrowserKind, DeviceKind } from "@protocol/api";
import type { Dictionary } from "../../text/language";

const wait_fi = (seconds: number) =>
  seconds > 90 ? `${Math.ceil(seconds / 60)} minuutin` : `${seconds} sekunnin`;
const wait_sv = (seconds: number) =>
  seconds > 90 ? `${Math.ceil(seconds / 60)} minuter` : `${seconds} sekunder`;
const wait_en = (seconds: number) =>
  seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`;

const fi = {
  title: "Oma tili",
  name: "Kirjaudut nimellä",
  loading: "Haetaan tietoja.",
  unreachable: "Palvelin ei vastaa. Tarkista verkkoyhteys ja yritä uudelleen.",
  try_again: "Yritä uudelleen",
  not_done: "Ei onnistunut. Yritä uudelleen.",
  cancel: "Peru",

  steps: "Kaksivaiheinen kirjautuminen",
  steps_off: "Kirjaudut nyt pelkällä salasanalla. Toinen vaihe on puhelimen sovelluksen koodi.",
  steps_on: "Käytössä",
  steps_since: (day: string) => `${day} alkaen`,
  steps_asked: (day: string) => `Toisen vaiheen pitää olla käytössä viimeistään ${day}.`,
  steps_set_up: "Ota käyttöön",
  steps_renew: "Vaihda puhelin tai sovellus",
  steps_drop: "Poista toinen vaihe",
  steps_drop_what: "Sen jälkeen tilille pääsee pelkällä salasanalla. Varakoodit eivät enää toimi.",
  spare_left: (count: number) =>
    count === 0
      ? "Varakoodeja ei ole jäljellä. Tee uudet."
      : `Varakoodeja jäljellä: ${count}. Niillä pääset sisään, jos puhelin katoaa.`,
  spare_new: "Tee uudet varakoodit",

  sign_ins: "Kirjautumiset",
  sign_ins_what: "Jos joukossa on laite, jota et tunne, kirjaa se ulos. Vaihda sitten salasana.",
  this_one: "Tämä laite",
  by: (browser: string, device: string) => `${browser}, ${device}`,
  moment: (day: string, clock: string) => `${day} kello ${clock}`,
  since: (moment: string) => `Kirjautunut ${moment}.`,
  from: (network: string) => `Verkosta ${network}.`,
  used: (moment: string) => `Viimeksi käytössä ${moment}.`,
  end: "Kirjaa ulos",
  end_others: "Kirjaa ulos kaikki muut",
  ended: "Laite on kirjattu ulos.",
  browsers: {
    chrome: "Chrome",
    edge: "Edge",
    firefox: "Firefox",
    safari: "Safari",
    samsung: "Samsungin selain",
    other: "Muu selain",
  } as Record<BrowserKind, string>,
  devices: {
    android: "Android-laite",
    iphone: "iPhone",
    ipad: "iPad",
    windows: "Windows-kone",
    mac: "Mac",
    linux_pc: "Linux-kone",
    other: "muu laite",
  } as Record<DeviceKind, string>,

  password: "Salasana",
  password_change: "Vaihda salasana",
  password_what: "Muut laitteesi kirjataan ulos, kun vaihdat salasanan.",
  password_save: "Vaihda salasana",
  password_changed: "Salasana on vaihdettu.",
  old_password: "Nykyinen salasana",
  new_password: "Uusi salasana",
  again: "Uusi salasana uudelleen",
  hint: (least: number) => `Vähintään ${least} merkkiä. Kolme tai neljä sanaa on hyvä ja helppo muistaa.`,
  too_short: (least: number) => `Salasana on liian lyhyt. Siinä pitää olla vähintään ${least} merkkiä.`,
  not_the_same: "Uudet salasanat eivät ole samat. Kirjoita ne uudelleen.",
  not_taken: "Tätä salasanaa ei voi käyttää. Valitse toinen.",
  wrong_old: "Nykyinen salasana on väärin. Kirjoita se uudelleen.",
  too_fast: (seconds: number) => `Yrityksiä oli liian monta. Yritä uudelleen ${wait_fi(seconds)} kuluttua.`,
  busy: "Palvelimella on kiire. Yritä hetken kuluttua.",
};

const sv: typeof fi = {
  title: "Mitt konto",
  name: "Du loggar in med namnet",
  loading: "Vi hämtar uppgifter.",
  unreachable: "Servern svarar inte. Kontrollera nätet och försök igen.",
  try_again: "Försök igen",
  not_done: "Det lyckades inte. Försök igen.",
  cancel: "Avbryt",

  steps: "Inloggning i två steg",
  steps_off: "Nu loggar du in med bara lösenord. Det andra steget är en kod i telefonens app.",
  steps_on: "I bruk",
  steps_since: (day) => `sedan ${day}`,
  steps_asked: (day) => `Det andra steget ska vara i bruk senast ${day}.`,
  steps_set_up: "Ta i bruk",
  steps_renew: "Byt telefon eller app",
  steps_drop: "Ta bort det andra steget",
  steps_drop_what:
    "Efter det kommer man in på kontot med bara lösenordet. Reservkoderna fungerar inte längre.",
  spare_left: (count) =>
    count === 0
      ? "Det finns inga reservkoder kvar. Gör nya."
      : `Reservkoder kvar: ${count}. Med dem kommer du in om telefonen försvinner.`,
  spare_new: "Gör nya reservkoder",

  sign_ins: "Inloggningar",
  sign_ins_what: "Om du inte känner igen en enhet, logga ut den. Byt sedan lösenord.",
  this_one: "Den här enheten",
  by: (browser, device) => `${browser}, ${device}`,
  moment: (day, clock) => `${day} klockan ${clock}`,
  since: (moment) => `Inloggad ${moment}.`,
  from: (network) => `Från nätet ${network}.`,
  used: (moment) => `Senast använd ${moment}.`,
  end: "Logga ut",
  end_others: "Logga ut alla andra",
  ended: "Enheten är utloggad.",
  browsers: {
    chrome: "Chrome",
    edge: "Edge",
    firefox: "Firefox",
    safari: "Safari",
    samsung: "Samsungs webbläsare",
    other: "Annan webbläsare",
  },
  devices: {
    android: "Android-enhet",
    iphone: "iPhone",
    ipad: "iPad",
    windows: "Windows-dator",
    mac: "Mac",
    linux_pc: "Linux-dator",
    other: "annan enhet",
  },

  password: "Lösenord",
  password_change: "Byt lösenord",
  password_what: "Dina andra enheter loggas ut när du byter lösenord.",
  password_save: "Byt lösenord",
  password_changed: "Lösenordet är bytt.",
  old_password: "Nuvarande lösenord",
  new_password: "Nytt lösenord",
  again: "Nya lösenordet igen",
  hint: (least) => `Minst ${least} tecken. Tre eller fyra ord är bra och lätta att minnas.`,
  too_short: (least) => `Lösenordet är för kort. Det behöver minst ${least} tecken.`,
  not_the_same: "De nya lösenorden är inte lika. Skriv dem igen.",
  not_taken: "Det här lösenordet kan inte användas. Välj ett annat.",
  wrong_old: "Det nuvarande lösenordet är fel. Skriv det igen.",
  too_fast: (seconds) => `För många försök. Försök igen om ${wait_sv(seconds)}.`,
  busy: "Servern är upptagen. Försök om en stund.",
};

const en: typeof fi = {
  title: "My account",
  name: "You sign in as",
  loading: "Loading.",
  unreachable: "The server does not answer. Check the network and try again.",
  try_again: "Try again",
  not_done: "It did not work. Try again.",
  cancel: "Cancel",

  steps: "Sign-in in two steps",
  steps_off: "You sign in by the password alone now. The second step is a code of an app on your phone.",
  steps_on: "On",
  steps_since: (day) => `since ${day}`,
  steps_asked: (day) => `The second step has to be on by ${day}.`,
  steps_set_up: "Set it up",
  steps_renew: "Change the phone or the app",
  steps_drop: "Remove the second step",
  steps_drop_what: "After that the password alone lets in. The spare codes stop working.",
  spare_left: (count) =>
    count === 0
      ? "No spare codes are left. Make new ones."
      : `Spare codes left: ${count}. With them you come in when the phone is lost.`,
  spare_new: "Make new spare codes",

  sign_ins: "Sign-ins",
  sign_ins_what: "If there is a device that you do not know, sign it out. Then change the password.",
  this_one: "This device",
  by: (browser, device) => `${browser}, ${device}`,
  moment: (day, clock) => `${day} at ${clock}`,
  since: (moment) => `Signed in ${moment}.`,
  from: (network) => `From the network ${network}.`,
  used: (moment) => `Last used ${moment}.`,
  end: "Sign out",
  end_others: "Sign out all others",
  ended: "The device is signed out.",
  browsers: {
    chrome: "Chrome",
    edge: "Edge",
    firefox: "Firefox",
    safari: "Safari",
    samsung: "Samsung's browser",
    other: "Another browser",
  },
  devices: {
    android: "Android device",
    iphone: "iPhone",
    ipad: "iPad",
    windows: "Windows computer",
    mac: "Mac",
    linux_pc: "Linux computer",
    other: "another device",
  },

  password: "Password",
  password_change: "Change the password",
  password_what: "Your other devices are signed out when you change the password.",
  password_save: "Change the password",
  password_changed: "The password has been changed.",
  old_password: "Present password",
  new_password: "New password",
  again: "The new password again",
  hint: (least) => `At least ${least} characters. Three or four words are good and easy to remember.`,
  too_short: (least) => `The password is too short. It needs at least ${least} characters.`,
  not_the_same: "The new passwords are not the same. Type them again.",
  not_taken: "This password cannot be used. Choose another.",
  wrong_old: "The present password is wrong. Type it again.",
  too_fast: (seconds) => `There were too many tries. Try again in ${wait_en(seconds)}.`,
  busy: "The server is busy. Try again in a moment.",
};

export const ownAccountTexts: Dictionary<typeof fi> = { fi, sv, en };
