import type { RefusalWord } from "@protocol";
import type { Tab } from "../tabs";

const somebody = (who: string) => who || "Joku muu";

/** What every page of the staff says. */
export const fi = {
  skip: "Siirry sisältöön",
  /** The net lets pages through and no sockets. */
  blocked: {
    title: "Tämä verkko estää yhteyden kahvilaan",
    what:
      "Vika ei ole sinun laitteessasi. Kokeile toista verkkoa, esimerkiksi puhelimen omaa nettiä. " +
      "Yritämme koko ajan uudelleen.",
    call: "Soita, autamme:",
  },
  pages: "Sivut",
  more_pages: "Lisää sivuja",
  own_account: "Oma tili",
  tabs: {
    floor: "Puheenvuorot",
    messages: "Viestit ja apu",
    work: "Tehtävät",
    attendance: "Läsnäolo",
    feedback: "Palaute",
    programme: "Ohjelma",
    people: "Ihmiset",
    kinds: "Päätösten lajit",
    keeping: "Säilytys",
    accounts: "Tilit",
    reports: "Raportit",
    absences: "Poissaolot",
    phone_days: "Etäpaja",
    meetings: "Tapaamiset",
  } as Record<Tab, string>,
  waiting: "odottaa",
  present: "Paikalla",
  anonymous_day: "Kokemustarinapäivä: nimet eivät näy",
  clock: "Kello",
  enter: "Tule huoneeseen",
  your_name: "Nimesi näkyy näin",
  not_done: "Ei onnistunut.",
  refused: "Mikä ei onnistunut",
  only_facilitator: "Ohjaaja jakaa puheenvuorot. Sinä voit lisätä jonoon.",

  pick_search: "Hae nimellä",
  pick_rest: (count: number) => `ja ${count} muuta`,

  settings_awake: "Näyttö pysyy päällä",
  settings_sound: "Äänimerkki, kun apupyyntö tai tarkistettava viesti tulee",
  settings_sound_try: "Kokeile ääntä",
  settings_badge: "Odottavien määrä ikkunan otsikossa",
  settings_spoken: "Ruudunlukija kertoo tapahtumista",
  settings_keys: "Päätän viesteistä näppäimillä J, E ja P",
  keys: "Näppäimet",
  key_region: "seuraava alue",
  key_tab: "seuraava painike",
  key_decide: "julkaise, älä julkaise, pysäköi, kun viesti on valittuna",
  key_close: "sulje ikkuna",
  desk: "Omat teemakerrat",
  leave: "Poistu huoneesta",
  leave_what: "Voit palata samalla linkillä.",

  help_title: "Mitä apua tarvitset?",
  help_what: "Apupyyntö tulee moderaattoreille.",
  help_words: "Kerro omilla sanoilla",
  help_send: "Lähetä apupyyntö",
  help_open: "Apupyyntösi on lähetetty.",
  help_seen: (name: string) => `${name} näki apupyyntösi.`,
  help_add: "Kirjoita lisää",
  help_cancel: "En tarvitse enää apua",
  help_call: "Voit myös soittaa:",

  ended_removed: "Sinut on poistettu huoneesta",
  ended_removed_what: "Kysy koordinaattorilta.",
  ended_over: "Teemakerta on päättynyt",
  ended_over_what: "Koordinaattori näkee läsnäolon omalla linkillään.",
  ended_version: "Sivu on vanhentunut",
  ended_version_what: "Lataa sivu uudelleen.",
  ended_many: "Huone on auki liian monessa paikassa",
  ended_many_what: "Sulje huone muissa välilehdissä tai laitteissa. Lataa sitten sivu uudelleen.",
  ended_left: "Poistuit huoneesta",
  ended_left_what: "Voit palata samalla linkillä.",
  ended_link: "Et pääse enää tähän huoneeseen",
  ended_link_what: "Linkki tai oikeutesi ei ole enää voimassa. Kysy koordinaattorilta.",
  reload: "Lataa uudelleen",
  come_back: "Palaa huoneeseen",

  say_at_door: "Joku ovella",
  say_help: (kind: string, name: string) => `Uusi apupyyntö: ${kind}, ${name}.`,
  say_helps: (count: number) => `${count} uutta apupyyntöä.`,
  say_review: (name: string) => `Tarkistettava viesti: ${name}.`,
  say_reviews: (count: number) => `${count} uutta tarkistettavaa viestiä.`,
  say_pending: (name: string) => `${name} pyytää puheenvuoroa.`,
  say_speaks: (name: string) => `Nyt puhuu ${name}.`,
  say_turn_over: "Puheenvuoro päättyi.",
  say_suspended: (name: string) => `Puhujan yhteys katkesi: ${name}.`,
  say_staff_message: (name: string, text: string) => `Henkilökunta, ${name}: ${text}`,

  refusals: {
    not_permitted: () => "Tätä ei voi tehdä sinun roolillasi.",
    not_now: () => "Tätä ei voi tehdä tässä vaiheessa.",
    not_found: (who) => `${somebody(who)} ehti jo hoitaa tämän.`,
    already_requested: () => "Hän on jo jonossa.",
    queue_closed: () => "Jono on kiinni. Avaa jono ensin.",
    queue_stale: (who) =>
      `${who ? `${who} muutti jonoa.` : "Jono ehti muuttua."} Katso järjestys ja siirrä uudelleen.`,
    no_turn: () => "Vuoro on jo päättynyt.",
    not_your_turn: () => "Vuoro on jo päättynyt.",
    turn_is_on: (who) =>
      who
        ? `${who} ehti jo antaa vuoron. Katso, kuka puhuu nyt.`
        : "Vuoro vaihtui juuri. Katso, kuka puhuu nyt.",
    replies_full: () => "Tähän vuoroon on jo kolme vastausta.",
    person_gone: () => "Hän ei ole nyt paikalla.",
    nobody_waiting: () => "Jonossa ei ole nyt ketään, joka on paikalla.",
    not_in_round: () => "Hän ei ole mukana tässä kierroksessa.",
    later_used: () => "Hän on jo kerran siirtänyt vuoroaan.",
    already_open: () => "Hänellä on jo avoin apupyyntö.",
    add_your_own_words: () => "Teksti on sama kuin aloituslause. Lisää omia sanoja.",
    needs_second_look: () => "Toisen pitää lukea vastaus ennen lähettämistä.",
    name_not_offered: () => "Nimi ei ole päivän listalla, tai se on jo käytössä.",
    anonymous_day: () => "Kokemustarinapäivä: nimiä ja tekstejä ei säilytetä eikä viedä tiedostoon.",
    text_empty: () => "Teksti puuttuu. Kirjoita ensin.",
    text_too_long: () => "Teksti on liian pitkä. Lyhennä sitä.",
    text_not_allowed: () => "Tekstissä on merkkejä, joita ei voi näyttää. Kirjoita se uudelleen.",
  } as Partial<Record<RefusalWord, (who: string) => string>>,
};

export type ShellTexts = typeof fi;
