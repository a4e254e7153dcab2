import type { Dictionary } from "../../text/language";

/** A wait that is longer than people count seconds; 0: it is not. */
const in_minutes = (seconds: number) => (seconds > 90 ? Math.ceil(seconds / 60) : 0);

const fi = {
  title: "Kirjaudu sisään",
  what: "Tämä sivu on henkilökunnalle.",
  name: "Nimi",
  password: "Salasana",
  go: "Kirjaudu",
  wrong: "Nimi tai salasana on väärin. Tarkista molemmat.",
  too_fast: (seconds: number) =>
    "Yrityksiä oli liian monta. Yritä uudelleen " +
    `${in_minutes(seconds) ? `${in_minutes(seconds)} minuutin` : `${seconds} sekunnin`} kuluttua.`,
  busy: "Moni kirjautuu nyt. Yritä hetken kuluttua.",
  unreachable: "Palvelin ei vastaa. Tarkista verkkoyhteys ja yritä uudelleen.",
  link_too: "Sinulla voi olla myös linkki",
  link_too_what: "Jos sait huoneeseen oman linkin, avaa se. Silloin et tarvitse salasanaa.",
  forgotten: "Unohditko salasanan? Koordinaattori antaa linkin, jolla teet uuden.",
  loading: "Haetaan tietoja.",
  set_title: "Tee salasana",
  your_name: "Nimi, jolla kirjaudut:",
  new_password: "Uusi salasana",
  hint: (least: number) => `Vähintään ${least} merkkiä. Kolme tai neljä sanaa on hyvä ja helppo muistaa.`,
  again: "Sama salasana uudelleen",
  set: "Tallenna salasana",
  too_short: (least: number) => `Salasana on liian lyhyt. Siinä pitää olla vähintään ${least} merkkiä.`,
  not_the_same: "Salasanat eivät ole samat. Kirjoita ne uudelleen.",
  not_taken: "Tätä salasanaa ei voi käyttää. Valitse toinen.",
  bad_link: "Tämä linkki ei toimi enää",
  bad_link_what: "Linkkiä voi käyttää kerran, ja se vanhenee viikossa. Pyydä koordinaattorilta uusi.",
  hello: (name: string) => `Hei, ${name}`,
  own_sessions: "Omat teemakertasi",
  none: "Sinulla ei ole vielä teemakertoja. Kysy koordinaattorilta.",
  none_coordinator: "Avaa työpöytä ja tee ensimmäinen teemakerta.",
  enter: (role: string) => `Tule huoneeseen: ${role}`,
  office: "Avaa koordinaattorin työpöytä",
  own_people: "Omien asiakkaitteni läsnäolo",
  calls: "Avaa soittolista",
  sign_out: "Kirjaudu ulos",
  everywhere: "Kirjaudu ulos kaikilla laitteilla",
  later: "Tulevat kerrat",
  earlier: "Päättyneet kerrat",
};
export type SignInTexts = typeof fi;

const sv: SignInTexts = {
  title: "Logga in",
  what: "Den här sidan är för personalen.",
  name: "Namn",
  password: "Lösenord",
  go: "Logga in",
  wrong: "Namnet eller lösenordet är fel. Kontrollera båda.",
  too_fast: (seconds) =>
    "För många försök. Försök igen om " +
    (in_minutes(seconds)
      ? `${in_minutes(seconds)} minuter.`
      : `${seconds} ${seconds === 1 ? "sekund" : "sekunder"}.`),
  busy: "Många loggar in nu. Försök om en stund.",
  unreachable: "Servern svarar inte. Kontrollera nätet och försök igen.",
  link_too: "Du kan också ha en länk",
  link_too_what: "Om du har fått en egen länk till rummet, öppna den. Då behövs inget lösenord.",
  forgotten: "Har du glömt lösenordet? Koordinatorn ger en länk med vilken du gör ett nytt.",
  loading: "Vi hämtar uppgifter.",
  set_title: "Gör ett lösenord",
  your_name: "Ditt namn vid inloggning:",
  new_password: "Nytt lösenord",
  hint: (least) => `Minst ${least} tecken. Tre eller fyra ord är bra och lätta att minnas.`,
  again: "Samma lösenord igen",
  set: "Spara lösenordet",
  too_short: (least) => `Lösenordet är för kort. Det behöver minst ${least} tecken.`,
  not_the_same: "Lösenorden är inte lika. Skriv dem igen.",
  not_taken: "Det här lösenordet kan inte användas. Välj ett annat.",
  bad_link: "Den här länken fungerar inte längre",
  bad_link_what: "Länken kan användas en gång och går ut om en vecka. Be koordinatorn om en ny.",
  hello: (name) => `Hej, ${name}`,
  own_sessions: "Dina träffar",
  none: "Du har inga träffar ännu. Fråga koordinatorn.",
  none_coordinator: "Öppna skrivbordet och gör den första träffen.",
  enter: (role) => `Kom till rummet: ${role}`,
  office: "Öppna koordinatorns skrivbord",
  own_people: "Mina personers närvaro",
  calls: "Öppna ringlistan",
  sign_out: "Logga ut",
  everywhere: "Logga ut på alla enheter",
  later: "Kommande gångar",
  earlier: "Avslutade gångar",
};

const en: SignInTexts = {
  title: "Sign in",
  what: "This page is for staff.",
  name: "Name",
  password: "Password",
  go: "Sign in",
  wrong: "The name or the password is wrong. Check both.",
  too_fast: (seconds) =>
    "There were too many tries. Try again in " +
    (in_minutes(seconds)
      ? `${in_minutes(seconds)} minutes.`
      : `${seconds} ${seconds === 1 ? "second" : "seconds"}.`),
  busy: "Many people are signing in now. Try again in a moment.",
  unreachable: "The server does not answer. Check the network and try again.",
  link_too: "You may have a link as well",
  link_too_what: "If you were given a link to the room, open it. Then no password is needed.",
  forgotten: "Forgotten the password? The coordinator gives a link by which you make a new one.",
  loading: "Loading.",
  set_title: "Make a password",
  your_name: "Your name when signing in:",
  new_password: "New password",
  hint: (least) => `At least ${least} characters. Three or four words are good and easy to remember.`,
  again: "The same password again",
  set: "Save the password",
  too_short: (least) => `The password is too short. It needs at least ${least} characters.`,
  not_the_same: "The passwords are not the same. Type them again.",
  not_taken: "This password cannot be used. Choose another.",
  bad_link: "This link no longer works",
  bad_link_what: "The link works once, and for a week. Ask the coordinator for a new one.",
  hello: (name) => `Hello, ${name}`,
  own_sessions: "Your sessions",
  none: "You have no sessions yet. Ask the coordinator.",
  none_coordinator: "Open the desk and make the first session.",
  enter: (role) => `Come into the room: ${role}`,
  office: "Open the coordinator's desk",
  own_people: "Attendance of my people",
  calls: "Open the call list",
  sign_out: "Sign out",
  everywhere: "Sign out on all devices",
  later: "Coming sessions",
  earlier: "Past sessions",
};

export const signInTexts: Dictionary<SignInTexts> = { fi, sv, en };
