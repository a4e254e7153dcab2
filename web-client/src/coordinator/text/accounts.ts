import type { AccountActKind, AskedOf, HeldBack } from "@protocol/api";
import { staffDictionary } from "../../staff/dictionary";
import { useTexts } from "../../view/app";
import { officeTexts } from "./index";

const fi = {
  accounts: "Henkilökunnan tilit",
  accounts_what: "Nimi näkyy huoneessa, ja sillä kirjaudutaan. Salasanan jokainen tekee itse.",
  accounts_not_yours: "Tilejä hoitaa se, joka koordinoi kaikkia sarjoja.",
  account_new: "Uusi tili",
  account_of: (name: string) => `Tili: ${name}`,
  account_edit: "Muokkaa",
  account_save: "Tallenna tili",
  account_link: "Salasanalinkki",
  account_lock: "Lukitse",
  account_unlock: "Avaa lukitus",
  account_locked: "Lukittu",
  account_no_password: "Ei vielä salasanaa",
  account_taken: "Tällä nimellä on jo tili, tai nimi ei kelpaa.",
  account_own: "Omaa tiliä ei voi lukita, eikä omaa koordinaattorin roolia poistaa.",
  account_name_hint: "Oma nimi tai nimi, jolla osallistujat tuntevat ihmisen.",
  staff_roles: {
    facilitator: "Ohjaaja",
    moderator: "Moderaattori",
    coordinator: "Koordinaattori",
    supervisor: "Työnjohtaja tai omatyöntekijä",
  },
  all_series: "kaikki sarjat",
  role_of_group: (name: string) => `ryhmä ${name}`,
  role_not: "Ei",
  role_all: "Kyllä, kaikki sarjat",
  role_in: (series: string) => `Kyllä, vain ${series}`,
  supervises: "Nimi ilmoittautumisissa",
  supervises_hint: "Näkee ne, joiden työnjohtajana on tämä nimi. Monta nimeä erotetaan puolipisteellä.",
  step: "Kaksivaiheinen kirjautuminen",
  step_what:
    "Salasanan lisäksi kysytään puhelimen sovelluksen koodi. Jokainen ottaa sen käyttöön itse: " +
    "sivu neuvoo, ja siihen menee muutama minuutti. Koodi kysytään aina siltä, jolla toinen vaihe jo on.",
  step_whom: "Keneltä toinen vaihe vaaditaan?",
  step_of: {
    coordinators_and_supervisors: "Koordinaattorit ja työnjohtajat",
    everyone: "Koko henkilökunta",
    nobody: "Ei vaadita",
  } as Record<AskedOf, string>,
  step_from: (day: string) => `Vaaditaan ${day} alkaen.`,
  step_grace: "Aikaa ottaa käyttöön",
  step_days: (days: number) => (days === 0 ? "Heti" : `${days} päivää`),
  step_turn_on: "Ota käyttöön",
  step_change: "Muuta",
  step_save: "Tallenna",
  step_cancel: "Peru",
  step_saved: "Tallennettu",
  account_step: "Kaksi vaihetta",
  account_bound: "Yhdistetty",
  account_bind: "Yhdistä",
  account_bind_title: (name: string) => `Yhdistä kaupungin tunnukseen: ${name}`,
  account_bind_what:
    "Työntekijä kirjautuu ensin kaupungin tunnuksella ja saa koodin. Varmista puhelimessa, että soittaja on " +
    "tämän tilin omistaja. Kirjoita sitten koodi, jonka hän lukee.",
  account_bind_code: "Koodi",
  account_bind_hint: "Kahdeksan merkkiä. Koodi toimii 15 minuuttia.",
  account_bind_wrong: "Koodi ei kelpaa. Se voi olla väärin tai vanhentunut. Pyydä uusi koodi.",
  account_unbind: "Poista yhteys",
  account_unbind_what: (name: string) =>
    `${name} ei pääse enää sisään kaupungin tunnuksella, ja hänet kirjataan ulos. Salasana toimii edelleen.`,
  account_step_reset: "Poista toinen vaihe",
  account_step_reset_what: (name: string) =>
    `${name}: puhelimen koodi ja varakoodit lakkaavat toimimasta, ja hänet kirjataan ulos. ` +
    "Tee näin, kun puhelin on kadonnut. Varmista ensin, että pyytäjä on oikea ihminen.",
  acts: "Mitä tileille on tehty",
  acts_show: "Näytä",
  acts_none: "Ei vielä mitään.",
  act_of_site: "Sivusto",
  act_when: (day: string, clock: string) => `${day} kello ${clock}`,
  act_by_user: (user: number) => `palvelimen komentorivillä, käyttäjä ${user}`,
  act_by_nobody: "avaimella ilman nimeä",
  act_kinds: {
    added: "tili tehtiin",
    changed: "tiliä muutettiin",
    roles_changed: "rooleja muutettiin",
    locked: "lukittiin",
    unlocked: "lukitus avattiin",
    link_made: "salasanalinkki tehtiin",
    password_set: "salasana tehtiin linkillä",
    password_changed: "salasana vaihdettiin",
    sign_ins_ended: "laitteita kirjattiin ulos",
    step_set_up: "toinen vaihe otettiin käyttöön",
    step_dropped: "toinen vaihe poistettiin",
    step_reset: "toinen vaihe poistettiin häneltä",
    bound: "yhdistettiin kaupungin tunnukseen",
    unbound: "yhteys kaupungin tunnukseen poistettiin",
    spare_codes_made: "varakoodit tehtiin uudelleen",
    spare_code_used: "kirjauduttiin varakoodilla",
    step_rule_changed: "kaksivaiheisen kirjautumisen sääntöä muutettiin",
  } as Record<AccountActKind, string>,
  guesses: "Hidastetut yritykset",
  guesses_what:
    "Joku on arvannut monta kertaa väärin. Palvelin hidasti arvaajaa, ei muita. " +
    "Kerro ylläpidolle, jos yrityksiä on satoja.",
  guess_kinds: {
    password: (name) => (name ? `Salasana: ${name}` : "Salasana, tuntematon nimi"),
    code: () => "Puhelinkoodi",
    link: () => "Kutsulinkki",
    password_link: () => "Salasanalinkki",
    second_step: (name) => (name ? `Toisen vaiheen koodi: ${name}` : "Toisen vaiheen koodi"),
  } as Record<HeldBack["kind"], (name?: string) => string>,
  guess_when: (day: string, from: string, to: string) =>
    from === to ? `${day} kello ${from}` : `${day} kello ${from}–${to}`,
  guess_times: (times: number, networks: number) =>
    `${times === 1 ? "1 yritys" : `${times} yritystä`}, ${networks === 1 ? "1 verkosta" : `${networks} eri verkosta`}`,
};
type AccountTexts = typeof fi;

const en: AccountTexts = {
  accounts: "Accounts of the staff",
  accounts_what:
    "The name is shown in the room, and is typed when signing in. Everyone makes their own password.",
  accounts_not_yours: "Accounts are looked after by whoever coordinates all series.",
  account_new: "New account",
  account_of: (name) => `Account: ${name}`,
  account_edit: "Change",
  account_save: "Save the account",
  account_link: "Password link",
  account_lock: "Lock",
  account_unlock: "Unlock",
  account_locked: "Locked",
  account_no_password: "No password yet",
  account_taken: "There is an account of this name already, or the name cannot be used.",
  account_own: "You cannot lock your own account, nor take your own coordinator's role away.",
  account_name_hint: "Their own name, or the one by which participants know them.",
  staff_roles: {
    facilitator: "Facilitator",
    moderator: "Moderator",
    coordinator: "Coordinator",
    supervisor: "Supervisor or own worker",
  },
  all_series: "all series",
  role_of_group: (name) => `group ${name}`,
  role_not: "No",
  role_all: "Yes, all series",
  role_in: (series) => `Yes, only ${series}`,
  supervises: "Name in registrations",
  supervises_hint: "Sees those whose supervisor has this name. More names: with semicolons between.",
  step: "Sign-in in two steps",
  step_what:
    "Beside the password a code of an app on the phone is asked for. Everyone sets it up themselves: " +
    "the page leads through it in a few minutes. Whoever has the step already is always asked for it.",
  step_whom: "Of whom is the second step asked?",
  step_of: {
    coordinators_and_supervisors: "Coordinators and supervisors",
    everyone: "All staff",
    nobody: "Of nobody",
  },
  step_from: (day) => `Asked from ${day} on.`,
  step_grace: "Time to set it up",
  step_days: (days) => (days === 0 ? "At once" : `${days} days`),
  step_turn_on: "Turn it on",
  step_change: "Change",
  step_save: "Save",
  step_cancel: "Cancel",
  step_saved: "Saved",
  account_step: "Two steps",
  account_bound: "Connected",
  account_bind: "Connect",
  account_bind_title: (name) => `Connect to the city's sign-in: ${name}`,
  account_bind_what:
    "The person first signs in by the city's sign-in and is given a code. Make sure on the phone that it is the one " +
    "whose account this is. Then type the code that they read.",
  account_bind_code: "Code",
  account_bind_hint: "Eight characters. The code works for 15 minutes.",
  account_bind_wrong: "This code does not work. It may be wrong or too old. Ask for a new one.",
  account_unbind: "Disconnect",
  account_unbind_what: (name) =>
    `${name} can no longer come in by the city's sign-in, and is signed out. The password goes on working.`,
  account_step_reset: "Remove the second step",
  account_step_reset_what: (name) =>
    `${name}: the codes of the phone and the spare codes stop working, and they are signed out. ` +
    "Do this when the phone is lost. First make sure that who asks is the right person.",
  acts: "What was done with accounts",
  acts_show: "Show",
  acts_none: "Nothing yet.",
  act_of_site: "The site",
  act_when: (day, clock) => `${day} at ${clock}`,
  act_by_user: (user) => `on the server's command line, user ${user}`,
  act_by_nobody: "by a key without a name",
  act_kinds: {
    added: "the account was made",
    changed: "the account was changed",
    roles_changed: "roles were changed",
    locked: "was locked",
    unlocked: "was unlocked",
    link_made: "a password link was made",
    password_set: "the password was set by a link",
    password_changed: "the password was changed",
    sign_ins_ended: "devices were signed out",
    step_set_up: "the second step was set up",
    step_dropped: "the second step was removed",
    step_reset: "the second step was removed for them",
    bound: "was connected to the city's sign-in",
    unbound: "was disconnected from the city's sign-in",
    spare_codes_made: "new spare codes were made",
    spare_code_used: "signed in by a spare code",
    step_rule_changed: "the rule of the second step was changed",
  },
  guesses: "Tries that were slowed down",
  guesses_what:
    "Somebody has guessed wrong many times. The server slowed them down, and nobody else. " +
    "Tell whoever runs the server when there are hundreds.",
  guess_kinds: {
    password: (name) => (name ? `Password: ${name}` : "Password, unknown name"),
    code: () => "Phone code",
    link: () => "Invitation link",
    password_link: () => "Password link",
    second_step: (name) => (name ? `Code of the second step: ${name}` : "Code of the second step"),
  },
  guess_when: (day, from, to) => (from === to ? `${day} at ${from}` : `${day}, ${from}–${to}`),
  guess_times: (times, networks) =>
    `${times === 1 ? "1 try" : `${times} tries`} from ${networks === 1 ? "1 network" : `${networks} networks`}`,
};

const accountTexts = staffDictionary<AccountTexts>(fi, en);

/** What the page of accounts says, beside the words of the whole desk. */
export function useAccountTexts() {
  const of_desk = useTexts(officeTexts);
  return { ...of_desk, ...useTexts(accountTexts) };
}
export type AccountPageTexts = ReturnType<typeof useAccountTexts>;
