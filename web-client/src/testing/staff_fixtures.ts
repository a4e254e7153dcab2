import type { Change, Contribution, HelpRequest, Person, ReviewItem } from "@protocol";
import type { Office } from "../coordinator/office";
import type { AccountDoor } from "../staff/account";
import { CLOCK } from "./fakes";
import * as make from "./fixtures";

/** The same room as the staff see it: 36 people, six in the queue, messages to check, people who wait for help. */

const NOW = CLOCK.room;
const SECOND = 1000;
const MINUTE = 60 * SECOND;

export const FACILITATOR = 1;
export const MODERATOR = 4;
export const OTHER_MODERATOR = 3;

const NAMES =
  "Mustikka Kuusi Kanerva Käpy Tikka Siili Vanamo Hauki Poro Kataja Sammal Lumikko Ahven Haapa Halla Harju Hilla Kaarna Karhu Kielo Koivu Korppi Kurki Lampi Leppä Lokki Muurahainen Mäyrä Naava Niitty Orava Paju Pihlaja Puro Ruoho Suo";

export const CROWD: readonly Person[] = NAMES.split(" ").map((name, index) => make.person(7 + index, name));

const id = (name: string) => CROWD.find((one) => one.name === name)?.id ?? 0;

export const MUSTIKKA = id("Mustikka");
export const KUUSI = id("Kuusi");
export const KANERVA = id("Kanerva");
export const KAPY = id("Käpy");
export const TIKKA = id("Tikka");
export const SIILI = id("Siili");
export const VANAMO = id("Vanamo");
export const HAUKI = id("Hauki");
export const PORO = id("Poro");
export const KATAJA = id("Kataja");
export const SAMMAL = id("Sammal");
export const LUMIKKO = id("Lumikko");

export const contribution = (person: number, change: Partial<Contribution> = {}): Contribution => ({
  type: "contribution",
  person,
  turns: 0,
  spoken_seconds: 0,
  written_turns: 0,
  item_heard: false,
  ...change,
});

export const review = (message: number, author: number, change: Partial<ReviewItem> = {}): ReviewItem => ({
  type: "review_item",
  message,
  author,
  text: "Naapurini ei nuku ollenkaan. Hän asuu kolmannessa kerroksessa.",
  reasons: ["all_held"],
  flags: 0,
  version: 1,
  since: NOW - 40 * SECOND,
  ...change,
});

const STAFF: readonly Person[] = [
  make.person(FACILITATOR, "Ohjaaja 1", { role: "facilitator" }),
  make.person(2, "Ohjaaja 2", { role: "facilitator" }),
  make.person(OTHER_MODERATOR, "Moderaattori 2", { role: "moderator" }),
  make.person(MODERATOR, "Moderaattori 1", { role: "moderator" }),
];

export const PEOPLE: readonly Person[] = [
  ...STAFF,
  ...CROWD.map((one) => {
    if (one.id === VANAMO)
      return { ...one, presence: "away" as const, since: NOW - 28 * SECOND, connections: 0, losses: 2 };
    if (one.id === KANERVA) return { ...one, connections: 2, device: "iPhone, Safari" };
    if (one.id === SAMMAL) return { ...one, connections: 1, device: "Android, Chrome", losses: 4 };
    if (one.id === PORO) return { ...one, connections: 1, device: "Windows, Firefox", losses: 0 };
    if (one.id === KAPY)
      return { ...one, connections: 1, device: "iPhone, Safari", losses: 1, second_name: "Käpykäpy" };
    return { ...one, connections: 1 };
  }),
  make.person(60, "Saukko", { presence: "gone", since: NOW - 16 * MINUTE }),
];

const HEARD: readonly Contribution[] = [
  contribution(KUUSI, { turns: 1, spoken_seconds: 60, item_heard: true }),
  contribution(SIILI, { turns: 1, spoken_seconds: 120 }),
  contribution(KANERVA, { turns: 1, spoken_seconds: 110, item_heard: true }),
  contribution(VANAMO, { turns: 2, spoken_seconds: 245 }),
  contribution(TIKKA, { turns: 3, spoken_seconds: 440, item_heard: true }),
  ...[18, 19, 20, 21, 22, 23, 24, 25, 26].map((person) =>
    contribution(person, { turns: 1, spoken_seconds: 90 }),
  ),
  ...[27, 28, 29].map((person) => contribution(person, { written_turns: 1 })),
];

export const AGENDA = make.agenda({
  items: [
    { id: 1, kind: "talk", title: "Tervetuloa", minutes: 20 },
    { id: 2, kind: "guest", title: "Vieras: unihoitaja", minutes: 40 },
    {
      id: 3,
      kind: "discussion",
      title: "Keskustelu",
      minutes: 30,
      question: "Mikä auttaa sinua nukahtamaan?",
    },
    { id: 4, kind: "break", title: "Tauko", minutes: 15 },
    { id: 5, kind: "round", title: "Kierros", minutes: 45, question: "Mitä teet ennen nukkumaanmenoa?" },
    { id: 6, kind: "assignment", title: "Oma tehtävä", minutes: 60 },
    { id: 7, kind: "closing", title: "Lopetus", minutes: 30 },
  ],
  current: 3,
});

export const MESSAGES = [
  ...make.MESSAGES.filter(({ author }) => author !== MUSTIKKA),
  make.message(11, MUSTIKKA, "Huomenta!", { at: NOW - 12 * MINUTE }),
  make.message(12, MUSTIKKA, "Minä kuuntelen sateen ääntä.", { at: NOW - 6 * MINUTE }),
  make.message(21, MUSTIKKA, "Naapurini ei nuku ollenkaan. Hän asuu kolmannessa kerroksessa.", {
    state: "held",
  }),
  make.message(22, HAUKI, "Turha tästä on puhua, kukaan ei kuitenkaan kuuntele."),
  make.message(23, PORO, "Tässä on se ohjelma: esimerkki.fi/uni", { state: "held" }),
  make.message(24, KATAJA, "Moikka kaikille, olen täällä ensimmäistä kertaa.", { state: "held" }),
  make.message(31, OTHER_MODERATOR, "Sammalen ääni pätkii. Soitan hänelle tauolla.", { channel: "staff" }),
];

export const REVIEWS: readonly ReviewItem[] = [
  review(21, MUSTIKKA, { since: NOW - 240 * SECOND }),
  review(22, HAUKI, {
    text: "Turha tästä on puhua, kukaan ei kuitenkaan kuuntele.",
    reasons: ["flagged"],
    flags: 2,
    since: NOW - 80 * SECOND,
  }),
  review(23, PORO, {
    text: "Tässä on se ohjelma: esimerkki.fi/uni",
    reasons: ["link"],
    caught: "esimerkki.fi/uni",
    since: NOW - 70 * SECOND,
  }),
  review(24, KATAJA, {
    text: "Moikka kaikille, olen täällä ensimmäistä kertaa.",
    reasons: ["first_message"],
    since: NOW - 60 * SECOND,
    claimed_by: OTHER_MODERATOR,
    claimed_until: NOW + 40 * SECOND,
    version: 2,
  }),
];

export const HELPS: readonly HelpRequest[] = [
  make.help({ id: 1, person: SAMMAL, kind: "cannot_hear", since: NOW - 340 * SECOND, has_call_back: true }),
  make.help({ id: 2, person: PORO, kind: "not_heard", since: NOW - 165 * SECOND }),
  make.help({
    id: 3,
    person: KAPY,
    kind: "cannot_find",
    since: NOW - 70 * SECOND,
    words: "Missä se tehtävä on?",
    state: "claimed",
    claimed_by: OTHER_MODERATOR,
  }),
];

/** As facilitator.html and moderator.html draw it. */
export const ROOM: readonly Change[] = [
  make.info(),
  AGENDA,
  make.floor({ soft_limit_seconds: 180 }),
  make.chat({ mode: "all_held" }),
  ...PEOPLE,
  make.turn(KUUSI, { soft_limit_seconds: 180 }),
  make.request(51, KANERVA, { since: NOW - 4 * MINUTE }),
  make.request(52, KAPY, { since: NOW - 3 * MINUTE }),
  make.request(53, MUSTIKKA, {
    since: NOW - 3 * MINUTE,
    kind: "written",
    text: "Minua auttaa, kun kirjoitan huolet paperille ennen nukkumaanmenoa.",
  }),
  make.request(54, VANAMO, { since: NOW - 2 * MINUTE, away_until: NOW + 92 * SECOND }),
  make.request(55, TIKKA, { since: NOW - MINUTE }),
  make.request(56, SIILI, { since: NOW - 40 * SECOND, kind: "reply" }),
  ...HEARD,
  ...MESSAGES,
  ...REVIEWS,
  ...HELPS,
  {
    type: "parked_question",
    id: 1,
    text: "Miten haen asumistukea?",
    asked_by: TIKKA,
    state: "waiting",
    at: NOW - 8 * MINUTE,
  },
];

export const without = (...kinds: Change["type"][]) => ROOM.filter(({ type }) => !kinds.includes(type));

export const ROUND: Change = {
  type: "round",
  id: 1,
  seed: 4127,
  places: [
    { person: KUUSI, mark: "spoken" },
    { person: KANERVA, mark: "spoken" },
    { person: PORO, mark: "spoken" },
    { person: HAUKI, mark: "passed" },
    { person: KATAJA, mark: "spoken" },
    { person: LUMIKKO, mark: "speaking" },
    { person: MUSTIKKA, mark: "waiting" },
    { person: KAPY, mark: "waiting" },
    { person: VANAMO, mark: "waiting" },
    { person: SIILI, mark: "waiting" },
    { person: SAMMAL, mark: "waiting" },
    ...CROWD.slice(12).map(({ id: person }) => ({ person, mark: "waiting" as const })),
    { person: TIKKA, mark: "later" },
  ],
};

export const IN_ROUND: readonly Change[] = [
  ...without("turn", "floor_request", "floor"),
  make.floor({ policy: "round", soft_limit_seconds: 180 }),
  make.turn(LUMIKKO, { since: NOW - 48 * SECOND, soft_limit_seconds: 180 }),
  ROUND,
];

const line = (
  person: number,
  minutes: number,
  proposal: "present" | "check" | "not_seen",
  change: { gaps?: number; took_part?: boolean } = {},
): Change => ({
  type: "attendance_line",
  person,
  connected_seconds: minutes * 60,
  window_seconds: 240 * 60,
  ...(minutes > 0 ? { arrived: NOW - 240 * MINUTE, left: NOW - (240 - minutes) * MINUTE } : {}),
  gaps: 0,
  took_part: minutes > 0,
  proposal,
  version: 1,
  ...change,
});

export const CLOSED: readonly Change[] = [
  make.info({ phase: "closed", since: NOW - MINUTE }),
  AGENDA,
  make.floor({ policy: "closed" }),
  make.chat(),
  ...PEOPLE,
  line(MUSTIKKA, 240, "present"),
  line(KUUSI, 236, "present", { gaps: 2 }),
  line(KANERVA, 103, "check", { gaps: 1 }),
  line(KAPY, 167, "check", { gaps: 6, took_part: false }),
  line(SIILI, 0, "not_seen"),
];

const day = (month: number, date: number, hour: number) => Date.UTC(2026, month - 1, date, hour);

/** An office with an autumn's programme. Each answer can be put in another's place. */
export function fakeOffice(change: Partial<Office> = {}): Office {
  const ok = <T>(value: T) => Promise.resolve({ kind: "ok" as const, value });
  const sessions = [
    { id: 1, theme: "Liikkuminen", month: 11, date: 12, phase: "sealed" as const, registered: 31 },
    { id: 2, theme: "Opiskelu ja työelämä", month: 11, date: 26, phase: "closed" as const, registered: 5 },
    { id: 3, theme: "Uni", month: 12, date: 3, phase: "planned" as const, registered: 3 },
    { id: 4, theme: "Erilainen joululoma", month: 12, date: 10, phase: "planned" as const, registered: 0 },
  ].map(({ month, date, ...rest }) => ({
    ...rest,
    roles: ["coordinator" as const],
    series: "Etäkahvila",
    starts_at: day(month, date, 7),
    ends_at: day(month, date, 11),
  }));
  return {
    sessions: () => ok({ sessions }),
    session: (wanted) => {
      const found = sessions.find((one) => one.id === wanted);
      if (!found) return Promise.resolve({ kind: "unknown" });
      const { registered: _, roles: __, ...session } = found;
      return ok({
        ...session,
        question: "Mikä auttaa sinua nukahtamaan?",
        help_phone: "09 000 0000",
        people: [
          {
            person: 11,
            name: "Osallistuja 1",
            role: "participant" as const,
            decision_type: "work_activity" as const,
            supervisor: "Työnjohtaja 3",
            phone: "000 000 0001",
            invited: true,
          },
          {
            person: 12,
            name: "Osallistuja 2",
            role: "participant" as const,
            decision_type: "social_rehabilitation" as const,
            invited: false,
          },
          { person: 13, name: "Osallistuja 3", role: "participant" as const, invited: false },
          { person: 1, name: "Ohjaaja 1", role: "facilitator" as const, invited: true },
          { person: 4, name: "Moderaattori 1", role: "moderator" as const, invited: false },
        ],
      });
    },
    plan: () => ok({ id: 4 }),
    change: (id) => ok({ id }),
    copy: () => ok({ id: 4 }),
    addPerson: () => ok({ person: 14 }),
    changePerson: (_, person) => ok({ person }),
    removePerson: () => ok({}),
    absence: () => ok({}),
    revoke: () => ok({}),
    sheet: () => ok(new Blob(["x"])),
    mail: () => ok({ configured: false, mails: [] }),
    sendMail: () => ok({ queued: 1, without_address: [] }),
    accounts: () =>
      ok({
        accounts: [
          {
            account: 1,
            name: "Koordinaattori",
            roles: [{ role: "coordinator" as const }],
            supervises: [],
            locked: false,
            has_password: true,
          },
          {
            account: 2,
            name: "Aino Ahonen",
            roles: [{ role: "facilitator" as const, series: "Etäkahvila" }],
            supervises: [],
            locked: false,
            has_password: false,
          },
        ],
        series: ["Etäkahvila"],
        supervisors: ["Työnjohtaja 3"],
      }),
    addAccount: () => ok({ account: 3, link: "https://kahvila.esimerkki.fi/staff#password=x" }),
    changeAccount: () => ok({}),
    passwordLink: () => ok({ link: "https://kahvila.esimerkki.fi/staff#password=x" }),
    lockAccount: () => ok({}),
    programme: () => ok({ columns: [], rows: 2, errors: [], created: [5, 6] }),
    registrations: () =>
      ok({
        columns: [
          { heading: "Asiakas", field: "name", example: "Osallistuja 1" },
          { heading: "Palvelu", field: "decision_type", example: "Kuntouttava työtoiminta" },
          { heading: "Oma työntekijä", field: "supervisor", example: "Työnjohtaja 3" },
          { heading: "Puh.", field: "phone", example: "000 000 0001" },
          { heading: "Kengännumero", example: "41" },
        ],
        rows: 42,
        errors: [
          { line: 7, reason: "name_missing" },
          { line: 19, reason: "decision_type_unclear", value: "kuntoutus" },
          { line: 31, reason: "duplicate_of_line", value: "12" },
        ],
        imported: 0,
      }),
    invite: (_, people) =>
      ok({
        invitations: (people ?? [12]).map((person) => ({
          person,
          name: person === 4 ? "Moderaattori 1" : `Osallistuja ${person - 10}`,
          role: person === 4 ? ("moderator" as const) : ("participant" as const),
          link: `https://kahvila.esimerkki.fi/${person === 4 ? "staff" : ""}#4rXtK7pMzQ9wB2nVd8sLhA${person}`,
          code: person === 4 ? "" : "K7PM4RXT",
        })),
      }),
    attendance: () =>
      ok({
        window: { starts_at: day(11, 26, 7), ends_at: day(11, 26, 11) },
        lines: [
          {
            person: 11,
            name: "Osallistuja 1",
            decision_type: "work_activity" as const,
            connected_seconds: 14_000,
            window_seconds: 14_400,
            arrived: day(11, 26, 7),
            left: day(11, 26, 11),
            gaps: 1,
            took_part: true,
            proposal: "present" as const,
          },
          {
            person: 12,
            name: "Osallistuja 2",
            decision_type: "work_activity" as const,
            connected_seconds: 6180,
            window_seconds: 14_400,
            arrived: day(11, 26, 7),
            left: day(11, 26, 9),
            gaps: 2,
            took_part: true,
            proposal: "check" as const,
          },
          {
            person: 13,
            name: "Osallistuja 3",
            decision_type: "social_rehabilitation" as const,
            connected_seconds: 0,
            window_seconds: 14_400,
            gaps: 0,
            took_part: false,
          },
        ],
      }),
    attendanceFile: () => ok(new Blob(["\uFEFFNimi;Minuutit\r\n"])),
    ...change,
  };
}

/** A door at which nobody is signed in. */
export function fakeAccountDoor(change: Partial<AccountDoor> = {}): AccountDoor {
  const refused = () =>
    Promise.resolve({ kind: "refused" as const, refusal: { word: "not_permitted" as const } });
  return {
    me: refused,
    signIn: refused,
    signOut: () => Promise.resolve({ kind: "ok", value: { ended: 1 } }),
    ownerOf: () => Promise.resolve({ kind: "unknown" }),
    setPassword: refused,
    ...change,
  };
}
