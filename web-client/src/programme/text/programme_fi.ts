import type { TodoKind } from "@protocol/api";
import type { Step } from "../step";
import type { Crew, TileLook } from "../strip_day";

/** The coordinator's words of the programme. */

const WEEKDAYS = ["maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai"];
const weekday = (at: number) => WEEKDAYS[at - 1] ?? "päivä";
/** 20 torstaita; keskiviikkoa. */
const someOf = (at: number) => `${weekday(at)}${at === 3 ? "a" : at > 0 && at < 8 ? "ta" : "ä"}`;
const days = (count: number, at: number) => (count === 1 ? `1 ${weekday(at)}` : `${count} ${someOf(at)}`);
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

interface TodoWords {
  title(count: number, when: string): string;
  what(count: number, names: string): string;
  readonly act: string;
}

export const fi = {
  loading: "Haetaan tietoja.",
  lost: "Palvelin ei vastaa.",
  again: "Yritä uudelleen",
  back: "Takaisin ohjelmaan",
  change: "Muokkaa",
  take: "Ota tämä",
  remove: "Poista",
  name: "Nimi",
  saved: "Tallessa.",
  form_wrong: "Tarkista merkityt kohdat.",
  not_saved_here: "Ei tallessa: palvelin ei vastaa. Kaikki on yhä tässä. Yritä uudelleen.",
  steps: "Vaiheet",
  step_names: { series: "Sarjat", period: "Päivät", packages: "Paketit", people: "Ihmiset" } as Record<
    Step,
    string
  >,

  // The strip.
  season: "Jakson päivät",
  crew_short: "Väki",
  crew: ({ facilitators, moderators }: Crew) => {
    const chosen = Math.min(2, facilitators) + Math.min(2, moderators);
    const missing = [facilitators < 2 && "ohjaaja", moderators < 2 && "moderaattori"].filter(Boolean);
    if (missing.length === 0) return `Väki\u00a0${chosen}/4`;
    return `Väki\u00a0${chosen}/4, ${missing.join(" ja ")} ${missing.length > 1 ? "puuttuvat" : "puuttuu"}`;
  },
  show_past: (count: number) => (count === 1 ? "Näytä 1 mennyt päivä" : `Näytä ${count} mennyttä päivää`),
  key: "Merkit",
  looks: {
    sealed: "vahvistettu",
    waits: "läsnäolo kesken",
    planned: "suunniteltu",
    unmade: "ei vielä tehty",
    away: "poissa tai peruttu",
    off: "ei teemakertaa",
    cancelled: "peruttu",
  } as Record<TileLook | "cancelled", string>,
  look_next: "seuraava",
  place_taken: "väki valittu",
  place_free: "puuttuu",
  nothing_held: "Ei teemakertaa",
  skipped: "Jää väliin",
  made_already: "On jo tehty",
  times: (count: number) => (count === 1 ? "1 kerta" : `${count} kertaa`),
  each_time: (count: number) => (count === 1 ? "joka kerta" : `joka ${count}. kerta`),

  // The season.
  season_told: (at: number, first: string, last: string, tally: { all: number; over: number }) =>
    `${capital(weekday(at))}t ${first}–${last} ` +
    (tally.all === 1 ? "1 kerta" : `${tally.all} kertaa`) +
    `: ${tally.over} pidetty, ${tally.all - tally.over} tulossa.`,
  week_by_week: "Jakso viikoittain",
  next: "Seuraavaksi",
  next_session: "Seuraava teemakerta",
  day_at: (day: string, span: string) => `${day} kello\u00a0${span}`,
  registered: (count: number) => (count === 1 ? "1 ilmoittautunut" : `${count} ilmoittautunutta`),
  cannot_come: (count: number) => `${count} ei pääse`,
  new_period: "Uusi jakso",
  draft_of: (name: string) => `${name} (luonnos)`,
  one_session: "Uusi teemakerta",
  from_file: "Tuo ohjelma tiedostosta",
  all_sessions: "Kaikki teemakerrat",
  season_acts: "Muuta ohjelmaa",
  change_days: "Päivät ja vuorot",
  all_series: "Sarjat",
  themes: "Teemat tiedostosta",
  packages: "Paketit",
  packages_none: "Paketteja ei ole vielä.",
  change_packages: "Muokkaa paketteja",
  people_word: "ihmistä",
  phone_day: "Etäpajapäivä",
  skipped_title: "Vapaat ja välit",

  // What is left to do.
  todo: "Tee seuraavaksi",
  todo_none: "Kaikki on tehty tältä erää.",
  names: (names: readonly string[], count: number) => {
    const more = count - names.length;
    if (more > 0 && names.length > 0) return `${names.join(", ")} ja ${more} muuta.`;
    const last = names.at(-1);
    if (last === undefined) return "";
    return names.length === 1 ? `${last}.` : `${names.slice(0, -1).join(", ")} ja ${last}.`;
  },
  todos: {
    nobody_of_staff: {
      title: (_, when) => `Kukaan ohjaajista ei ole paikalla: ${when}`,
      what: () => "Alku on jo mennyt. Soita väelle tai valitse sijainen.",
      act: "Valitse väki",
    },
    attendance_open: {
      title: (_, when) => `Vahvista läsnäolo: ${when}`,
      what: (count) => (count === 1 ? "1 päätös puuttuu." : `${count} päätöstä puuttuu.`),
      act: "Avaa läsnäolo",
    },
    calls_waiting: {
      title: (_, when) => `Soita perutusta kerrasta: ${when}`,
      what: (count, names) => names || (count === 1 ? "1 puhelu odottaa." : `${count} puhelua odottaa.`),
      act: "Avaa soittolista",
    },
    staff_missing: {
      title: (count, when) =>
        count === 1 ? `Väkeä puuttuu: ${when}` : `Väkeä puuttuu ${count} kerralta, ensin: ${when}`,
      what: (_, names) => names,
      act: "Valitse väki",
    },
    letters_failed: {
      title: (count) => (count === 1 ? "1 kirje ei mennyt perille" : `${count} kirjettä ei mennyt perille`),
      what: (_, names) => names,
      act: "Katso ihmiset",
    },
    links_missing: {
      title: (count) =>
        count === 1 ? "Kausilinkki puuttuu yhdeltä" : `Kausilinkki puuttuu ${count} ihmiseltä`,
      what: (_, names) => names,
      act: "Tee linkit",
    },
    no_package: {
      title: () => "Paketit puuttuvat",
      what: () => "Paketti kertoo, mihin sarjoihin kukin voi tulla.",
      act: "Tee paketti",
    },
    no_people: {
      title: () => "Ihmiset puuttuvat",
      what: () => "Lisää ihmiset yksitellen tai tiedostosta.",
      act: "Lisää ihmiset",
    },
    unmade: {
      title: (count) => (count === 1 ? "1 päivä on vielä tekemättä" : `${count} päivää on vielä tekemättä`),
      what: () => "Jakso on luonnos, tai siihen on tullut päiviä.",
      act: "Jatka jaksoa",
    },
    decisions_end: {
      title: (count) =>
        count === 1 ? "1 päätös päättyy kesken jakson" : `${count} päätöstä päättyy kesken jakson`,
      what: (_, names) => names,
      act: "Katso ihmiset",
    },
  } as Record<TodoKind, TodoWords>,

  // The first time.
  first_period: "Tehdään ensimmäinen jakso",
  first_period_what:
    "Neljä vaihetta. Kaikki tallentuu, ja voit jatkaa huomenna. Kukaan ei saa viestiä, ennen kuin lähetät sen.",
  step_titles: {
    series: "Mitä sarjoja pidätte?",
    period: "Milloin kokoonnutte?",
    packages: "Mihin kukin voi tulla?",
    people: "Ketkä tulevat?",
  } as Record<Step, string>,
  step_what: {
    series: "Sarja on ryhmä, joka toistuu. Valmiina on kolme: ota ne, muuta niitä tai tee omat.",
    period: "Kerro ensimmäinen ja viimeinen päivä. Ohjelma ehdottaa päivät ja jättää pyhät väliin.",
    packages: "Paketti kertoo sarjat ja sen, mitä tehdään niiden tilalla.",
    people:
      "Lisää ihmiset yksitellen tai tiedostosta. Jokainen saa yhden linkin ja yhden koodin koko jaksoksi.",
  } as Record<Step, string>,
  step_acts: {
    series: "Ota sarjat",
    period: "Tee jakso",
    packages: "Tee paketit",
    people: "Lisää ihmiset",
  } as Record<Step, string>,
  step_first: (step: number) => `Tee ensin vaihe ${step}.`,
  step_done: "Tehty",
  look_again: "Katso",
  take_series: "Ota valmiit kolme",
  own_series: "Katso ja muuta",
  make_period: "Tee jakso",
  go_on_draft: "Jatka luonnosta",
  take_packages: "Ota valmiit paketit",
  packages_ready: (names: string) => `Valmiina ovat: ${names}.`,
  own_packages: "Katso ja muuta",
  add_people: "Lisää ihmiset",
  period_told: (name: string, count: number) => `${name}, ${count === 1 ? "1 kerta" : `${count} kertaa`}`,
  look_at_season: "Avaa jakso",
  usual_packages: (at: number) => ({
    all: `${capital(weekday(at))}paketti`,
    by_phone: `${capital(weekday(at))}paketti ja etäpajapäivä`,
    only: (name: string) => `Pelkkä ${name}`,
  }),

  // A period.
  season_name: (is_spring: boolean, year: string) => `${is_spring ? "Kevät" : "Syksy"} ${year}`,
  draft_what: "Luonnos. Kukaan muu ei näe tätä vielä.",
  changes_what: "Tehdyt teemakerrat pysyvät ennallaan. Uusia voi lisätä.",
  period_facts: "Jakson tiedot",
  first_day: "Ensimmäinen päivä",
  last_day: "Viimeinen päivä",
  day_hint: "Esimerkiksi 14.1.2021",
  weekday: "Viikonpäivä",
  weekdays_short: ["ma", "ti", "ke", "to", "pe", "la", "su"],
  start: "Alkaa kello",
  end: "Päättyy kello",
  doors: "Ovet aukeavat itsestään",
  doors_before: (minutes: number) => `${minutes} minuuttia ennen alkua`,
  doors_by_hand: "Pois päältä: ohjaaja avaa ovet",
  turns: "Sarjat vuorottelevat näin",
  up: (name: string) => `Siirrä ylös: ${name}`,
  down: (name: string) => `Siirrä alas: ${name}`,
  moved: (name: string, place: number) => `${name} on nyt ${place}.`,
  leave_out: (name: string) => `Jätä pois: ${name}`,
  take_in: (name: string) => `Ota mukaan: ${name}`,
  preview: "Näin monta päivää syntyy",
  preview_what: "Kirjoita ensimmäinen ja viimeinen päivä. Näet päivät tässä, ennen kuin mitään tallentuu.",
  preview_lost: "Päiviä ei saatu laskettua: palvelin ei vastaa.",
  days_come: (count: number, at: number, made: number) =>
    made === 0
      ? `${days(count, at)} syntyy`
      : count === 0
        ? `${days(made, at)} on tehty`
        : `${days(count, at)} syntyy lisää, ${made} on jo tehty`,
  not_saved: "Ei vielä tallennettu",
  of_series: (name: string, count: number) => `${name} ${count}`,
  skipped_count: (count: number, at: number) => `${days(count, at)} jää väliin.`,
  exceptions: "Poikkeukset",
  exceptions_none: "Päiviin ei osu pyhiä.",
  holiday: "Pyhäpäivä.",
  to_think_of: "Arkipäivä. Valitse itse.",
  own_exception: "Lisäsit tämän itse.",
  is_held: "Pidetään",
  is_skipped: "Jää väliin",
  add_exception: "Lisää poikkeus",
  exception_day: "Mikä päivä?",
  exception_why: "Miksi?",
  skip_usual: "Väliviikko",
  skip_day: "Jätä väliin",
  skip_moves: "Väliin jäävän päivän vuoro siirtyy",
  skip_moves_on: "Seuraavalla kerralla jatkuu siitä, mihin jäätiin",
  skip_moves_off: "Pois päältä: sarjan vuoro jää väliin päivän mukana",
  all_days: (count: number, at: number) =>
    count === 1 ? "Ainoa päivä luettelona" : `Kaikki ${days(count, at)} luettelona`,
  day: "Päivä",
  one_series: "Sarja",
  mind: "Huomaa",
  make_title: "Tee teemakerrat",
  make_days: (count: number) => (count === 1 ? "Tee 1 teemakerta" : `Tee ${count} teemakertaa`),
  made: (count: number) => (count === 1 ? "1 teemakerta on tehty." : `${count} teemakertaa on tehty.`),
  nothing_saved: "Mitään ei ole vielä tallennettu.",
  only_missing: "Voit tehdä tämän myöhemmin uudestaan: se lisää vain puuttuvat kerrat.",
  draft_saved: "Jakso on tallessa.",
  save_draft: "Tallenna luonnos",
  remove_draft: "Poista luonnos",
  remove_period: "Poista jakso",
  remove_title: (name: string) => `Poistetaanko luonnos ${name}?`,
  remove_goes: "Jakson päivät, sarjojen vuorot ja paketit poistuvat. Niitä ei saa takaisin.",
  remove_stays: "Sarjat, ihmiset ja muut jaksot säilyvät.",
  remove_has_days: "Jaksossa on teemakertoja. Sitä ei voi poistaa. Peru kerrat yksitellen.",
  remove_has_people: "Jaksossa on ihmisiä. Ota heidät ensin pois jaksosta.",
  remove_not_now: "Jaksoon on juuri lisätty teemakertoja tai ihmisiä. Sitä ei voi poistaa.",
  draft_removed: (name: string) => `Luonnos ${name} on poistettu.`,
  save_changes: "Tallenna muutokset",
  days_missing: "Kirjoita ensin ensimmäinen ja viimeinen päivä.",
  no_days: "Näillä tiedoilla ei synny yhtään päivää.",
  saved_not_made: "Jakso on tallessa, mutta kertoja ei tehty: palvelin ei vastaa. Yritä uudelleen.",

  // Series.
  series_what: "Sarja on ryhmä, joka toistuu.",
  new_series: "Tee oma sarja",
  for_all: "Avoin kaikille",
  only_for: (kinds: string) => `Vain: ${kinds}`,
  hours: (start: string, end: string) => `Kello ${start}–${end}`,
  short_name: "Lyhyt nimi",
  short_name_hint: "Kirjeen otsikkoon ja tekstiviestiin.",
  who_may: "Kuka voi tulla?",
  everyone: "Kaikki",
  by_kind: "Päätöksen lajin mukaan",
  letter_and_instructions: "Kirje ja ohjeet",
  letter: "Kirjeen alku",
  instructions: "Käyttöohje",
  netiquette: "Säännöt",
  usual_agenda: "Tavallinen ohjelma",
  usual_agenda_none: "Ilman kohtia ohjelma syntyy keston mukaan.",
  series_keeps: "Jo suunnitellut teemakerrat pitävät aikansa ja ohjelmansa.",
  save_series: "Tallenna sarja",
  series_saved: (name: string) => `${name} on tallessa.`,

  // Packages.
  packages_of: (period: string) => `Paketit: ${period}`,
  new_package: "Tee oma paketti",
  people_in: (count: number) => (count === 1 ? "1 ihminen" : `${count} ihmistä`),
  phone_in_place: (series: string) => `Etäpajapäivä (${series})`,
  or_by_phone: (series: string) => `${series}, tai etäpajapäivä`,
  ways: { room: "Ryhmässä", phone_day: "Etäpajapäivä tilalla", none: "Ei kuulu" },
  instead: "Etäpajapäivä niille, joille sarja ei ole avoin",
  package_moves: (count: number) =>
    count === 1
      ? "Paketissa on 1 ihminen. Hänen tulevat päivänsä muuttuvat."
      : `Paketissa on ${count} ihmistä. Heidän tulevat päivänsä muuttuvat.`,
  save_package: "Tallenna paketti",
  package_saved: (name: string) => `${name} on tallessa.`,
  package_removed: (name: string) => `${name} on poistettu.`,
  package_has_people: "Paketissa on ihmisiä. Siirrä heidät ensin toiseen pakettiin.",

  // Groups.
  groups: "Ryhmät",
  groups_what: "Ryhmä kokoontuu viikoittain. Siihen pääsevät vain sen omat jäsenet, enintään 12.",
  groups_none: "Ryhmiä ei ole vielä.",
  new_group: "Uusi ryhmä",
  back_to_groups: "Takaisin ryhmiin",
  group_told: (at: number, first: string, last: string, span: string) =>
    `${capital(weekday(at))}t ${first}–${last} kello\u00a0${span}`,
  members: (count: number) => `${count}/12 jäsentä`,
  draft: "Luonnos",
  group_days: "Päivät",
  group_members: "Jäsenet ja linkit",
  leaders: "Ohjaajat",
  leaders_none: "Ohjaajaa ei ole valittu.",
  leader_roles: { facilitator: "Ohjaaja", moderator: "Moderaattori" },
  leader_hints: {
    facilitator: "Antaa puheenvuorot.",
    moderator: "Hoitaa viestit ja merkitsee läsnäolon.",
  },
  is_partner: "Yhteistyökumppani",
  leader_no_password: "Ei ole vielä kirjautunut",
  leader_ended: "Oikeus on päättynyt",
  leader_nobody: "Ei vielä kukaan",
  leader_new: "Uusi ohjaaja yhteistyökumppanilta",
  leader_name: "Uuden ohjaajan nimi",
  leader_name_hint: "Hän näkee vain tämän ryhmän ja sen ihmiset. Saat linkin, jolla hän tekee salasanan.",
  leader_name_missing: "Kirjoita uuden ohjaajan nimi.",
  leader_twice: "Valitse kaksi eri ihmistä.",
  leaders_not_saved: "Ryhmä tallentui, mutta ohjaajat eivät: palvelin ei vastaa. Yritä uudelleen.",

  // Themes from a file.
  themes_of: (period: string) => `Teemat: ${period}`,
  themes_what: "CSV-tiedosto: päivä, alku, loppu, sarja, teema, kysymys, vieraat.",
  days_file: "Lataa päivät tiedostona",
  themes_done: (count: number) =>
    count === 0 ? "Mikään ei muuttunut." : count === 1 ? "1 päivä muuttui." : `${count} päivää muuttui.`,

  // The staff of a day.
  places: {
    facilitator: (chosen: number, all: number) => `Ohjaajat ${chosen}/${all}`,
    moderator: (chosen: number, all: number) => `Moderaattorit ${chosen}/${all}`,
  },
  is_away: "Ei pääse",
  who_instead: (name: string) => `Kuka tulee tilalle? (${name})`,
  who_comes: "Paikka on vapaa. Kuka tulee?",
  nobody_yet: "Ei vielä kukaan",
  nobody_free: "Kaikki, joilla on tähän tili, ovat jo mukana.",
  comes: (name: string) => `${name} on nyt mukana.`,
  leaves: (name: string) => `${name} ei ole enää mukana.`,
  all_to_come: "Koskee kaikkia tulevia kertoja",
  all_to_come_on: "Muutos tulee jokaiseen tulevaan kertaan",
  all_to_come_off: "Pois päältä: vain tätä kertaa",
};

export type ProgrammeTexts = typeof fi;
