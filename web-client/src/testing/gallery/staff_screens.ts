import type { Change, Poll } from "@protocol";
import { CLOCK } from "../fakes";
import * as feedback from "../feedback_fixtures";
import * as make from "../fixtures";
import * as season from "../programme_fixtures";
import * as staff from "../staff_fixtures";
import { KEEPING_SCREENS } from "./keeping_screens";
import { PEOPLE_SCREENS } from "./people_screens";
import type { StaffScreen } from "./staff_screen";

const NOW = CLOCK.room;
const facilitator = (change: Partial<StaffScreen> = {}): StaffScreen => ({
  role: "facilitator",
  tab: "floor",
  changes: staff.ROOM,
  ...change,
});
const moderator = (change: Partial<StaffScreen> = {}): StaffScreen => ({
  role: "moderator",
  tab: "messages",
  changes: staff.ROOM,
  ...change,
});
const coordinator = (change: Partial<StaffScreen> = {}): StaffScreen => ({
  role: "coordinator",
  tab: "programme",
  ...change,
});
const programme = (change: Partial<StaffScreen> = {}) =>
  coordinator({ programme: season.fakeProgramme, ...change });
const phase = (change: Parameters<typeof make.info>[0]) => [
  ...staff.without("room", "turn", "floor_request"),
  make.info(change),
];
const mine = (change: Partial<ReturnType<typeof staff.review>> = {}) =>
  staff.review(21, staff.MUSTIKKA, {
    since: NOW - 240_000,
    claimed_by: staff.MODERATOR,
    claimed_until: NOW + 48_000,
    version: 2,
    ...change,
  });

const FULL = staff.fullDay(300);

const pollDraft = (change: Partial<Poll>) => {
  const { answered: _answered, opened_at: _opened, ...draft } = make.poll({ state: "draft", ...change });
  return draft;
};
const POLLS: readonly Change[] = [
  ...staff.ROOM,
  make.poll({ answered: 14 }),
  make.quiz({
    state: "closed",
    answered: 22,
    counts: [4, 15, 3],
    right: [1],
    why: "Jollekin riittää vähempi.",
    closed_at: NOW - 400_000,
  }),
  pollDraft({ id: 62, question: "Mikä teema kiinnostaa keväällä?", choices_max: 2 }),
  pollDraft({ id: 63, question: "Mikä piristää iltapäivällä parhaiten?", quiz: true, right: [0] }),
  make.shownPoll({ id: 58, question: "Kuinka nukuit viime yönä?" }),
];

export const STAFF_SCREENS: Record<string, StaffScreen> = {
  absences: {
    role: "coordinator",
    is_supervisor: true,
    tab: "absences",
    picks: ["#absence-who", "11"],
    then_press: ["to 10.12. Erilainen joululoma", "Alle 10-vuotiaan lapsen sairaus"],
  },
  "absences-change": {
    role: "coordinator",
    is_supervisor: true,
    tab: "absences",
    press: ["Muuta: Käpy to 10.12."],
  },
  "phone-day-check": { role: "coordinator", is_supervisor: true, tab: "phone_days" },
  "phone-day": { role: "coordinator", is_supervisor: true, tab: "phone_days", press: ["Avaa: Vanamo"] },
  "phone-day-task": {
    role: "coordinator",
    is_supervisor: true,
    tab: "phone_days",
    press: ["Avaa: Vanamo", "Vastasi"],
  },
  meeting: { role: "coordinator", is_supervisor: true, tab: "meetings" },
  "task-desk": facilitator({ tab: "work" }),
  "task-desk-open": facilitator({ tab: "work", press: ["22 min Mustikka"] }),
  "task-desk-worry": facilitator({ tab: "work", press: ["18 min Tikka"] }),
  "task-desk-theirs": facilitator({ tab: "work", press: ["Kaikki", "17 min Käpy"] }),
  "task-desk-deal": facilitator({ tab: "work", press: ["Jaa vapaat tasan"] }),
  "task-desk-note": facilitator({ tab: "work", press: ["Kirjaa puhelu"] }),
  "task-plan": facilitator({ tab: "work", press: ["Suunnittele tehtävä"] }),
  "task-plan-no-photos": facilitator({ tab: "work", no_photos: true, press: ["Suunnittele tehtävä"] }),
  "task-desk-photos": facilitator({ tab: "work", has_photos: true, press: ["22 min Mustikka"] }),
  "feedback-results": moderator({ tab: "feedback", feedback: feedback.helped(), shows: ".figures" }),
  "feedback-results-few": facilitator({ tab: "feedback", feedback: feedback.ofFew() }),
  "feedback-results-open": facilitator({
    tab: "feedback",
    changes: [
      ...staff.ROOM,
      { type: "feedback", state: "open", closes_at: CLOCK.utc + 97_200_000 },
      { ...make.person(staff.MUSTIKKA, "Mustikka"), on_phone: true },
    ],
    feedback: feedback.whileOpen(),
  }),
  "feedback-by-phone": facilitator({
    tab: "feedback",
    changes: [
      ...staff.ROOM,
      { type: "feedback", state: "open", closes_at: CLOCK.utc + 97_200_000 },
      { ...make.person(staff.MUSTIKKA, "Mustikka"), on_phone: true },
    ],
    feedback: feedback.whileOpen(),
    press: ["Kirjaa palaute puhelusta: Mustikka"],
  }),
  "feedback-words": moderator({ tab: "feedback", press: ["Näytä kaikki"], shows: "#feedback-said" }),
  "feedback-strike": moderator({ tab: "feedback", press: ["Poista nimi"] }),
  "feedback-improvement": facilitator({
    tab: "feedback",
    writes: ["#improvement-text", "Tauko on nyt 20 minuuttia. Sanoitte, että 15 minuuttia oli liian vähän."],
    shows: "#improvement-title",
  }),
  "feedback-improvement-shown": facilitator({
    tab: "feedback",
    feedback: feedback.ofOneShown(),
    shows: "#improvement-title",
  }),
  "feedback-improvement-two": facilitator({
    tab: "feedback",
    feedback: feedback.ofTwoWriters(),
    writes: ["#improvement-text", "Tauko on nyt puoli tuntia."],
    then_press: ["Tallenna luonnos"],
    shows: "#improvement-title",
  }),
  "feedback-coordinator": coordinator({ tab: "feedback" }),
  facilitator: facilitator(),
  "poll-desk": facilitator({ changes: POLLS }),
  "poll-form": facilitator({ changes: POLLS, press: ["Omat vaihtoehdot"] }),
  "facilitator-round": facilitator({ changes: staff.IN_ROUND }),
  "facilitator-nobody": facilitator({ changes: staff.without("turn") }),
  "facilitator-written": facilitator({
    changes: [
      ...staff.without("turn"),
      make.turn(staff.MUSTIKKA, {
        kind: "written",
        text: "Minua auttaa, kun kirjoitan huolet paperille ennen nukkumaanmenoa. Silloin ne eivät pyöri mielessä.",
        since: NOW - 20_000,
      }),
    ],
  }),
  "facilitator-suspended": facilitator({
    changes: [
      ...staff.without("turn"),
      make.turn(staff.KUUSI, {
        state: "suspended",
        spoken_ms: 134_000,
        suspended_until: NOW + 92_000,
        soft_limit_seconds: 180,
      }),
    ],
  }),
  "facilitator-approval": facilitator({
    changes: [
      ...staff.without("floor"),
      make.floor({ policy: "approval", soft_limit_seconds: 180 }),
      make.request(61, staff.HAUKI, { state: "pending", note: "Kysyisin kahvista." }),
      make.request(62, staff.PORO, { state: "expired" }),
    ],
    press: ["Muut toiminnot: Kanerva", "Vuoron pituus 3 minuuttia"],
  }),
  "facilitator-planned": facilitator({ changes: phase({ phase: "planned" }) }),
  "facilitator-doors": facilitator({ changes: phase({ phase: "doors_open" }) }),
  "facilitator-break": facilitator({ changes: phase({ phase: "paused", break_ends_at: NOW + 760_000 }) }),
  "facilitator-closed": facilitator({ changes: staff.CLOSED }),
  "facilitator-close": facilitator({ press: ["Lopeta teemakerta"] }),
  "facilitator-add": facilitator({ press: ["Lisää jonoon"] }),
  "facilitator-deny": facilitator({ press: ["Muut toiminnot: Kanerva", "Poista jonosta"] }),
  "facilitator-start-round": facilitator({ press: ["Kierros"] }),
  "facilitator-offline": facilitator({ is_lost: true }),
  "facilitator-refused": facilitator({ refuses: { word: "turn_is_on", by: 2 }, press: ["Seuraava: Siili"] }),
  "facilitator-moderator": { role: "moderator", tab: "floor", changes: staff.ROOM },
  moderator: moderator({ after: [mine()], press: ["Älä julkaise"] }),
  "moderator-free": moderator(),
  "moderator-quiet": moderator({
    changes: staff.without("review_item", "help_request", "message"),
  }),
  "moderator-chat": moderator({ press: ["Viestit"] }),
  "moderator-help": moderator({
    after: [
      make.help({
        id: 1,
        person: staff.SAMMAL,
        kind: "cannot_hear",
        since: NOW - 340_000,
        has_call_back: true,
        call_back: "000 000 0000",
        state: "claimed",
        claimed_by: staff.MODERATOR,
      }),
      {
        type: "help_line",
        id: 1,
        help: 1,
        author: staff.MODERATOR,
        text: "Hei! Soitanko?",
        at: NOW - 30_000,
      },
      { type: "help_line", id: 2, help: 1, author: staff.SAMMAL, text: "Kyllä kiitos.", at: NOW - 10_000 },
      make.help({ id: 9, person: staff.VANAMO, kind: "something_else", state: "suggested" }),
    ],
    press: ["Apu 4"],
  }),
  "moderator-people": moderator({ press: ["Ihmiset", "Toiminnot: Käpy"] }),
  "moderator-rules": moderator({ press: ["Kaikki tarkistetaan"] }),
  "moderator-silence": moderator({ press: ["Toiminnot: Hauki", "Mykistä"] }),
  "moderator-remove": moderator({ press: ["Toiminnot: Hauki", "Poista huoneesta"] }),
  "moderator-raise": moderator({ press: ["Toiminnot: Hauki", "Lisää apupyyntö"] }),
  "staff-settings": moderator({ press: ["Asetukset"] }),
  "staff-help": moderator({ press: ["Pyydä apua"] }),
  attendance: { role: "moderator", tab: "attendance", changes: staff.DECIDING },
  "attendance-mark": {
    role: "moderator",
    tab: "attendance",
    changes: staff.DECIDING,
    press: ["Osan aikaa"],
  },
  "attendance-300": {
    role: "moderator",
    tab: "floor",
    changes: FULL.changes,
    records: FULL.records,
  },
  "attendance-sealed": { role: "moderator", tab: "attendance", changes: staff.SEALED },
  "attendance-absence": {
    role: "moderator",
    tab: "attendance",
    changes: staff.ROOM,
    press: ["Poissaoloilmoitus"],
  },
  "attendance-before": { role: "moderator", tab: "attendance", changes: staff.ROOM },
  coordinator: coordinator(),
  "coordinator-new": coordinator({ press: ["Uusi teemakerta"] }),
  "coordinator-change": coordinator({
    press: ["Muokkaa", "Ohjelma", "Läsnäolon rajat ja sanalista"],
  }),
  "coordinator-invited": coordinator({ press: ["Tee 3 kutsua"] }),
  "coordinator-import": coordinator({ file: "ilmoittautuneet-uni.csv" }),
  "coordinator-same": coordinator({ file: "ilmoittautuneet-uni.csv", asks_same: true }),
  "coordinator-attendance": coordinator({ tab: "attendance", press: ["26.11."] }),
  "coordinator-audit": coordinator({ tab: "attendance", press: ["26.11.", "Kuka on nähnyt? Osallistuja 3"] }),
  "coordinator-reports": coordinator({ tab: "reports", press: ["Näytä päivät: Osallistuja 3"] }),
  "coordinator-report-days": coordinator({ tab: "reports", press: ["Päivittäin"] }),
  "coordinator-accounts": coordinator({ tab: "accounts" }),
  "coordinator-returns": coordinator({ has_returns: true, press: ["26.11.", "Tehtävän palautukset"] }),
  programme: programme(),
  "programme-trouble": programme({
    troubles: [
      { what: "disk_full", severity: "urgent", since: NOW - 240_000 },
      { what: "certificate_ends", severity: "soon", since: NOW - 240_000, at: NOW + 864_000_000 },
    ],
  }),
  "programme-empty": coordinator({ programme: season.emptySite }),
  "programme-empty-packages": coordinator({ programme: season.madeSite }),
  "programme-staff": programme({ press: ["Valitse väki: Väkeä puuttuu 2 kerralta, ensin: to 3.12."] }),
  period: programme({ within: "period/2" }),
  "period-new": programme({ within: "period", writes: ["#period-first", "14.1.2021"] }),
  series: programme({ within: "series" }),
  "series-form": programme({ within: "series", press: ["Muokkaa: Etätyövalmennus"] }),
  packages: programme({ within: "packages/1" }),
  "packages-form": programme({ within: "packages/1", press: ["Muokkaa: Torstaipaketti"] }),
  "programme-session": programme({ within: "session/3" }),
  "programme-more": programme({ press: ["Lisää sivuja"] }),
  kinds: programme({ tab: "kinds" }),
  "kinds-form": programme({ tab: "kinds", press: ["Muokkaa : Kuntouttava työtoiminta"] }),
  "kinds-remove": programme({ tab: "kinds", press: ["Poista"] }),
  "absences-all": programme({ tab: "absences" }),
  supervisor: coordinator({ tab: "reports", is_supervisor: true }),
  "supervisor-returns": coordinator({
    tab: "reports",
    is_supervisor: true,
    has_returns: true,
    press: ["26.11.2026 Opiskelu"],
  }),
  ...KEEPING_SCREENS,
  ...PEOPLE_SCREENS,
};
