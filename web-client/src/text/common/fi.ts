import type { AgendaKind, HelpKind, Phase, Reaction, RefusalWord, Role, SavingTrouble } from "@protocol";

/** What a sentence about a refusal may name. `wait` is empty when nothing is known about when. */
export interface RefusalDetails {
  readonly wait_seconds: number | undefined;
  readonly who: string;
}

type Sentence = (about: RefusalDetails) => string;
/** Words that are given in one place alone: what is brought for that place has the sentences. */
type OwnPlaceWord =
  | "add_your_own_words"
  | "needs_second_look"
  | "not_a_picture"
  | "picture_too_large"
  | "picture_cut_off"
  | "picture_not_read"
  | "photos_off"
  | "name_not_offered"
  | "anonymous_day"
  | "step_asked"
  | "step_to_set_up"
  | "password_asked";
type RefusalSentences = Record<Exclude<RefusalWord, OwnPlaceWord>, Sentence> &
  Partial<Record<OwnPlaceWord, Sentence>>;

const wait = ({ wait_seconds }: RefusalDetails) =>
  wait_seconds
    ? `Odota ${wait_seconds === 1 ? "1 sekunti" : `${wait_seconds} sekuntia`} ja yritä uudelleen.`
    : "Odota hetki ja yritä uudelleen.";
const somebody = ({ who }: RefusalDetails) => who || "Joku muu";

export const fi = {
  app: "Etäkahvila",
  you: "Sinä",
  ask_for_help: "Pyydä apua",
  cancel: "Peru",
  close: "Sulje",
  back: "Takaisin",
  send: "Lähetä",
  save: "Tallenna",
  try_now: "Yritä nyt",
  more: "Lisää",
  language: "Kieli",
  settings: "Asetukset",
  optional: "ei pakollinen",
  coming_next: "Seuraavaksi",
  theme: "Teema",
  at_clock: (time: string) => `kello ${time}`,
  comes_at: (time: string) => `Kello ${time}:`,
  /** What a moderator is to those who take part. */
  helper: "Auttaja",
  break_until: (time: string) => `Tauko. Jatkamme kello ${time}.`,
  break_now: "Tauko",
  break_left: (minutes: number) =>
    `Taukoa jäljellä noin ${minutes === 1 ? "1 minuutti" : `${minutes} minuuttia`}`,
  starts_in: (minutes: number) =>
    minutes === 1 ? "Alkaa minuutin päästä." : `Alkaa ${minutes} minuutin päästä.`,
  starts_soon: "Alkaa pian.",
  minutes: (count: number) => (count === 1 ? "1 minuutti" : `${count} minuuttia`),
  new_messages: (count: number) => (count === 1 ? "1 uusi viesti" : `${count} uutta viestiä`),
  line_lost: "Yhteys katkesi. Yritämme uudelleen.",
  line_back: "Yhteys palasi.",
  saving_stopped: "Palvelin ei voi nyt tallentaa.",
  saving_stopped_what: "Voit lukea. Mitään ei voi lähettää juuri nyt. Korjaamme asiaa.",
  saving_troubles: {
    disk_full:
      "Palvelimen levy on täynnä. Apupyynnöt ja läsnäolo tallentuvat silti. Muu tallentuu, kun tilaa on.",
    disk_failed: "Palvelimen levyssä on vika. Soita ylläpitoon: palvelin on käynnistettävä uudelleen.",
    damaged: "Tämän teemakerran tiedoissa on vaurio. Näet sen, mikä on ehjää. Soita ylläpitoon.",
  } satisfies Record<SavingTrouble, string>,
  saving_slow: "Palvelin on nyt hidas. Kaikki menee perille, mutta se voi kestää.",
  roles: {
    participant: "Osallistuja",
    guest: "Vieras",
    facilitator: "Ohjaaja",
    moderator: "Moderaattori",
    coordinator: "Koordinaattori",
  } as Record<Role, string>,
  phases: {
    planned: "Ei vielä alkanut",
    rehearsal: "Harjoitus",
    doors_open: "Ovet ovat auki",
    live: "Käynnissä",
    paused: "Tauko",
    debrief: "Purku",
    closed: "Päättynyt",
    sealed: "Vahvistettu",
    cancelled: "Peruttu",
  } as Record<Phase, string>,
  agenda_kinds: {
    talk: "Esitys",
    discussion: "Keskustelu",
    round: "Kierros",
    guest: "Vieras",
    break: "Tauko",
    assignment: "Tehtävä",
    quiz: "Tietovisa",
    closing: "Lopetus",
  } as Record<AgendaKind, string>,
  help_kinds: {
    cannot_hear: "En kuule",
    not_heard: "Minua ei kuulla",
    cannot_find: "En löydä jotain",
    something_else: "Jokin muu",
  } as Record<HelpKind, string>,
  reactions: { heart: "Sydän", thanks: "Kiitos", same_here: "Minulla myös", strength: "Voimia" } as Record<
    Reaction,
    string
  >,
  refusals: {
    not_permitted: () => "Tätä ei voi tehdä sinun linkilläsi. Kysy ohjaajalta.",
    not_now: () => "Tätä ei voi tehdä juuri nyt. Yritä myöhemmin.",
    not_found: () => "Tätä ei enää ole. Joku on ehtinyt poistaa sen.",
    invalid: () => "Jokin jäi väärin. Tarkista ja yritä uudelleen.",
    too_fast: (about) => `Painoit monta kertaa peräkkäin. ${wait(about)}`,
    busy: (about) => `Palvelin on nyt ruuhkainen. ${wait(about)}`,
    not_saving: () => "Palvelin ei voi nyt tallentaa. Odota hetki ja yritä uudelleen.",
    room_full: () => "Huone on täynnä. Soita kutsussa olevaan numeroon, niin autamme.",
    already_requested: () => "Olet jo jonossa. Paikkasi säilyy.",
    queue_closed: () => "Jono on nyt kiinni. Ohjaaja avaa sen uudelleen.",
    queue_stale: () => "Jono ehti muuttua. Katso järjestys ja tee siirto uudelleen.",
    no_turn: () => "Nyt ei puhu kukaan. Pyydä puheenvuoro.",
    not_your_turn: () => "Nyt ei ole sinun vuorosi. Odota omaa vuoroasi.",
    turn_is_on: () => "Puheenvuoro on jo käynnissä. Odota, että se päättyy.",
    replies_full: () => "Tähän on jo kolme vastausta. Pyydä puheenvuoro.",
    person_gone: () => "Hän ei ole nyt paikalla. Anna vuoro seuraavalle.",
    nobody_waiting: () => "Jonossa ei ole ketään. Odota, että joku pyytää puheenvuoron.",
    not_in_round: () => "Et ole mukana tässä kierroksessa. Pyydä puheenvuoro kierroksen jälkeen.",
    later_used: () => "Olet jo kerran siirtänyt vuoroasi. Voit puhua tai jättää väliin.",
    limit_reached: () => "Tätä on jo niin monta kuin voi olla. Odota hetki.",
    chat_paused: () => "Viestit ovat nyt tauolla. Vain ohjaajat kirjoittavat.",
    slow_mode: (about) => `Odota vähän viestien välissä. ${wait(about)}`,
    silenced: () => "Et voi nyt kirjoittaa viestejä. Voit kuunnella ja pyytää apua.",
    text_empty: () => "Viesti on tyhjä. Kirjoita ensin jotain.",
    text_too_long: () => "Viesti on liian pitkä. Lyhennä sitä tai lähetä kahdessa osassa.",
    text_not_allowed: () => "Viestissä on merkkejä, joita ei voi näyttää. Kirjoita se uudelleen.",
    already_handled: (about) => `${somebody(about)} ehti jo hoitaa tämän.`,
    already_claimed: (about) => `${somebody(about)} ehti jo ottaa tämän.`,
    claim_lost: () => "Varauksesi ehti päättyä. Ota tämä uudelleen.",
    poll_is_open: () => "Toinen kysely on jo auki.",
    already_open: () => "Apupyyntösi on jo lähetetty. Voit kirjoittaa siihen lisää.",
    version_conflict: (about) =>
      `${somebody(about)} ehti muuttaa tätä. Katso uusi tilanne ja yritä uudelleen.`,
    name_empty: () => "Nimi puuttuu. Kirjoita nimi. Lempinimi käy hyvin.",
    name_too_long: () => "Nimi on liian pitkä. Kirjoita lyhyempi nimi.",
    name_not_allowed: () => "Nimessä on merkkejä, joita ei voi käyttää. Kirjoita nimi tavallisin kirjaimin.",
    name_like_staff: () => "Nimi ei käy. Se muistuttaa ohjaajan nimeä. Valitse toinen nimi.",
    netiquette_not_accepted: () => "Lue ensin, miten olemme yhdessä. Paina sitten Tule kahvilaan.",
    removed: () => "Et voi tulla tähän huoneeseen. Soita kutsussa olevaan numeroon.",
    marks_missing: () => "Päätöksiä puuttuu vielä.",
    never_absent: () => "Hän osallistuu omasta tahdostaan. Poissaoloa ei merkitä.",
    too_early: () => "Ovi ei ole vielä auki. Se avautuu kutsusi aikaan.",
    over: () => "Tämä kerta on päättynyt. Kysy seuraavasta kerrasta.",
    revoked: () => "Tämä linkki ei ole enää käytössä. Avaa uusin kutsusi.",
  } as RefusalSentences,
};

export type CommonTexts = typeof fi;
