import type {
  AttendanceRow,
  Change,
  Contribution,
  HelpRequest,
  Mark,
  Person,
  Proposal,
  ReviewItem,
} from "@protocol";
import type {
  DayAnswer,
  DeskAnswer,
  Kind,
  PersonDay,
  RegistrationsAnswer,
  ReportsAnswer,
} from "@protocol/api";
import type { DayRequests } from "../attendance/requests";
import type { Answer } from "../connection/entrance";
import type { Office } from "../coordinator/office";
import type { ReportRequests } from "../reports/requests";
import type { AccountRequests } from "../staff/account";
import { FakeDesk, RETURNS } from "./desk_fixtures";
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
  "Mustikka Kuusi Kanerva Käpy Tikka Siili Vanamo Hauki Poro Kataja Sammal Lumikko Ahven Haapa Halla Harju Hilla " +
  "Kaarna Karhu Kielo Koivu Korppi Kurki Lampi Leppä Lokki Muurahainen Mäyrä Naava Niitty Orava Paju Pihlaja Puro " +
  "Ruoho Suo";

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
  shown: false,
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
    shown: true,
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
    seen_by: "staff",
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

const row = (
  person: number,
  minutes: number,
  proposal: Proposal | null,
  change: Partial<AttendanceRow> = {},
): AttendanceRow => ({
  type: "attendance_line",
  person,
  connected_seconds: minutes * 60,
  window_seconds: 240 * 60,
  ...(minutes > 0 ? { arrived: NOW - 240 * MINUTE, left: NOW - (240 - minutes) * MINUTE } : {}),
  gaps: 0,
  took_part: minutes > 0,
  ...(proposal === null ? {} : { proposal }),
  version: 1,
  ...change,
});

export const CLOSED: readonly Change[] = [
  make.info({ phase: "closed", since: NOW - MINUTE }),
  AGENDA,
  make.floor({ policy: "closed" }),
  make.chat(),
  ...PEOPLE,
  row(MUSTIKKA, 240, "present"),
  row(KUUSI, 236, "present", { gaps: 2 }),
  row(KANERVA, 103, "check", { gaps: 1 }),
  row(KAPY, 167, "check", { gaps: 6, took_part: false }),
  row(SIILI, 0, "not_seen"),
];

/** One of each kind: present, short, not seen, told of, of their own will and not seen; two of them decided. */
export const DECIDING: readonly Change[] = [
  make.info({ phase: "closed", since: NOW - MINUTE }),
  AGENDA,
  make.floor({ policy: "closed" }),
  make.chat(),
  ...PEOPLE,
  {
    type: "attendance_day",
    version: 57,
    windows: [{ from: NOW - 240 * MINUTE, to: NOW }],
    to_decide: 6,
    clear: 3,
  },
  row(MUSTIKKA, 240, "present", { decision_type: "work_activity", why: ["time_enough", "outage_not_held"] }),
  row(KUUSI, 236, "present", { decision_type: "work_activity", gaps: 2, why: ["time_enough"] }),
  row(KANERVA, 103, "check", { decision_type: "work_activity", gaps: 1, why: ["time_short"] }),
  row(KAPY, 200, "check", {
    decision_type: "disability_work_activity",
    gaps: 6,
    took_part: false,
    why: ["time_enough", "two_names", "no_sign"],
  }),
  row(SIILI, 0, "not_seen", { decision_type: "work_activity", why: ["never_connected"] }),
  row(TIKKA, 0, "excused", { decision_type: "work_activity", absence_told: true, why: ["absence_told"] }),
  row(PORO, 0, null, { decision_type: "social_rehabilitation", duty: "own_will", why: ["own_will"] }),
  row(HAUKI, 228, "present", {
    decision_type: "social_rehabilitation",
    duty: "own_will",
    why: ["time_enough"],
    mark: "present",
    source: "connection",
    marked_by: OTHER_MODERATOR,
    marked_at: NOW - 30 * SECOND,
    marked_in: 55,
    version: 2,
  }),
];

export const SEALED: readonly Change[] = [
  ...DECIDING.filter(
    (change) =>
      change.type !== "room" && change.type !== "attendance_day" && change.type !== "attendance_line",
  ),
  make.info({ phase: "sealed", since: NOW - MINUTE }),
  {
    type: "attendance_day",
    version: 70,
    windows: [{ from: NOW - 240 * MINUTE, to: NOW }],
    to_decide: 0,
    clear: 0,
    sealed_at: NOW - MINUTE,
    sealed_by: MODERATOR,
  },
  row(MUSTIKKA, 240, "present", { ...marked("present"), why: ["time_enough"] }),
  row(KANERVA, 103, "check", { ...marked("partial"), minutes: 103, gaps: 1, why: ["time_short"] }),
  row(SIILI, 0, "not_seen", {
    ...marked("absent"),
    decision_type: "work_activity",
    duty: "obligatory",
    why: ["never_connected"],
    came_late_at: NOW - 20 * SECOND,
    correction_proposed: true,
  }),
];

function marked(mark: Mark) {
  const marking = { source: "connection" as const, marked_by: MODERATOR, marked_at: NOW - 2 * MINUTE };
  return { mark, ...marking, marked_in: 60, version: 2 };
}

/** As a site begins with them, and one that it has ended. */
export const KINDS: readonly Kind[] = [
  kind("social_rehabilitation", "Sosiaalinen kuntoutus", "Social rehabilitation", { duty: "own_will" }),
  kind("work_activity", "Kuntouttava työtoiminta", "Rehabilitative work activity", {
    reasons: ["own_illness", "child_ill", "job_interview", "public_duty", "other"],
  }),
  kind("disability_work_activity", "Vammaisten työtoiminta", "Work activity for disabled persons", {
    duty: "agreed",
    reasons: ["own_illness", "other"],
  }),
  kind("paihdekuntoutus", "Päihdekuntoutus", "Rehabilitation of substance use", {
    duty: "agreed",
    last_day: "2020-12-31",
    is_used: false,
  }),
];

function kind(key: string, fi: string, en: string, change: Partial<Kind>): Kind {
  return { key, fi, sv: fi, en, duty: "obligatory", reasons: [], is_used: true, ...change };
}

/** The records of the same day: names of the registration, a break, an outage, a notice. */
export function fakeDays(change: Partial<DayRequests> = {}): DayRequests {
  const ok = <T>(value: T) => Promise.resolve({ kind: "ok" as const, value });
  return {
    day: () => ok(RECORDS),
    kinds: () => ok({ kinds: [...KINDS] }),
    file: () => ok(new Blob(["\uFEFFNimi;Minuutit\r\n"])),
    expected: () =>
      ok({
        people: [
          { person: 90, name: "Osallistuja 90", absence_told: false },
          { person: 91, name: "Osallistuja 91", absence_told: true },
        ],
      }),
    needs: () => ok({ people: [{ person: SAMMAL, needs: "Tarvitsee apua ääneen. Puhelin on vanha." }] }),
    absence: (_, person) => ok({ person }),
    audit: (person) =>
      ok({
        person,
        name: "Osallistuja 1",
        accesses: [
          {
            at: day(11, 26, 11),
            act: "attendance_viewed" as const,
            by: "Moderaattori 1",
            session: 3,
            theme: "Uni",
          },
          { at: day(11, 25, 9), act: "people_listed" as const },
        ],
        decisions: [
          {
            at: day(11, 26, 12),
            what: "marked",
            by: "Moderaattori 1",
            session: 3,
            theme: "Uni",
            mark: "present" as const,
          },
        ],
      }),
    ...change,
  };
}

const START = CLOCK.utc - 240 * MINUTE;
const at = (minute: number) => START + minute * MINUTE;
const recorded = (
  person: number,
  name: string,
  spans: readonly [number, number][],
  more: Partial<PersonDay> = {},
): PersonDay => ({
  person,
  name,
  decision_type: "work_activity",
  absence_told: false,
  connected_seconds: spans.reduce((sum, [from, to]) => sum + (to - from) * 60, 0),
  window_seconds: 14_400,
  ...(spans[0] ? { arrived: at(spans[0][0]), left: at(spans.at(-1)?.[1] ?? 0) } : {}),
  gaps: Math.max(0, spans.length - 1),
  intervals: spans.map(([from, to]) => ({ from: at(from), to: at(to) })),
  took_part: spans.length > 0,
  turns: 0,
  written_turns: 0,
  messages: 0,
  why: [],
  corrections: [],
  ...more,
});

export const RECORDS: DayAnswer = {
  session: 3,
  theme: "Uni",
  series: "Etäkahvila",
  starts_at: START,
  phase: "closed",
  windows: [{ from: START, to: at(240) }],
  breaks: [{ from: at(90), to: at(105) }],
  outages: [{ from: at(160), to: at(166) }],
  lines: [
    recorded(MUSTIKKA, "Osallistuja 1", [[0, 240]], {
      turns: 3,
      messages: 5,
      proposal: "present",
      why: ["time_enough", "outage_not_held"],
    }),
    recorded(
      KANERVA,
      "Osallistuja 3",
      [
        [0, 71],
        [96, 128],
      ],
      { messages: 1, proposal: "check", why: ["time_short"] },
    ),
    recorded(
      KAPY,
      "Osallistuja 18",
      [
        [2, 40],
        [47, 88],
        [109, 121],
        [133, 151],
        [168, 190],
        [204, 240],
      ],
      {
        decision_type: "disability_work_activity",
        took_part: false,
        proposal: "check",
        why: ["time_enough", "two_names"],
      },
    ),
    recorded(SIILI, "Osallistuja 12", [], { proposal: "not_seen", why: ["never_connected"] }),
    recorded(TIKKA, "Osallistuja 6", [], {
      absence_told: true,
      absence_note: "sairas",
      proposal: "excused",
      why: ["absence_told"],
    }),
    recorded(PORO, "Osallistuja 9", [], { decision_type: "social_rehabilitation", why: ["own_will"] }),
  ],
  statistics: {
    registered: 14,
    attended: 11,
    returners: 9,
    first_timers: 2,
    peak: 11,
    average_tenths: 94,
    voices_heard: 7,
    turns: 12,
    written_turns: 2,
    messages: 31,
    help: [{ kind: "cannot_hear", count: 2, median_wait_seconds: 70, longest_wait_seconds: 95 }],
  },
};

/** A full room: so many people, each with a day in three pieces. */
export function fullDay(people: number): { changes: readonly Change[]; records: DayAnswer } {
  const ids = Array.from({ length: people }, (_, index) => 1000 + index);
  const spans = [
    [0, 80],
    [85, 160],
    [161, 240],
  ] as const;
  return {
    changes: [
      ...DECIDING.filter((change) => change.type !== "attendance_line"),
      ...ids.map((id) => make.person(id, `Marja ${id}`, { presence: "gone" })),
      ...ids.map((id) =>
        row(id, 234, id % 9 === 0 ? "check" : "present", {
          decision_type: "work_activity",
          gaps: 2,
          why: [id % 9 === 0 ? "time_short" : "time_enough", "outage_not_held"],
        }),
      ),
    ],
    records: {
      ...RECORDS,
      lines: ids.map((id) =>
        recorded(
          id,
          `Osallistuja ${id}`,
          spans.map(([from, to]) => [from, to]),
          { turns: 1, messages: id % 7 },
        ),
      ),
    },
  };
}

const day = (month: number, date: number, hour: number) => Date.UTC(2026, month - 1, date, hour);

/** An office with an autumn's programme. Each answer can be put in another's place. */
/** A file of registrations in which there is nothing. */
export const NO_REGISTRATIONS: RegistrationsAnswer = {
  columns: [],
  rows: 0,
  errors: [],
  imported: 0,
  changed: 0,
  known: 0,
  questions: [],
  kept_as_was: [],
};

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
    health: () => ok({ troubles: [] }),
    session: (wanted) => {
      const found = sessions.find((one) => one.id === wanted);
      if (!found) return Promise.resolve({ kind: "unknown" });
      const { registered: _, roles: __, ...session } = found;
      return ok({
        ...session,
        question: "Mikä auttaa sinua nukahtamaan?",
        help_phone: "09 000 0000",
        settings: {
          voice: true,
          many_listeners: false,
          present_percent: 75,
          grace_seconds: 120,
          words: [],
        },
        agenda: [
          { id: 1, kind: "talk" as const, title: "Alku", minutes: 30 },
          { id: 2, kind: "closing" as const, title: "Lopetus", minutes: 15 },
        ],
        people: [
          {
            person: 11,
            name: "Osallistuja 1",
            role: "participant" as const,
            decision_type: "work_activity",
            supervisor: "Työnjohtaja 3",
            phone: "000 000 0001",
            invited: true,
          },
          {
            person: 12,
            name: "Osallistuja 2",
            role: "participant" as const,
            decision_type: "social_rehabilitation",
            invited: false,
          },
          { person: 13, name: "Osallistuja 3", role: "participant" as const, invited: false },
          { person: 1, name: "Ohjaaja 1", role: "facilitator" as const, invited: true },
          { person: 4, name: "Moderaattori 1", role: "moderator" as const, invited: false },
        ],
      });
    },
    help: () =>
      ok({
        theme: "Uni",
        lines: [
          { kind: "cannot_hear" as const, count: 3, median_seconds: 40, longest_seconds: 310 },
          { kind: "cannot_find" as const, count: 1, median_seconds: 65, longest_seconds: 65 },
        ],
      }),
    kinds: () => ok({ kinds: [...KINDS] }),
    putKind: () => ok({ kinds: [...KINDS] }),
    removeKind: () => ok({ kinds: [...KINDS] }),
    plan: () => ok({ id: 4 }),
    change: (id) => ok({ id }),
    copy: () => ok({ id: 4 }),
    addPerson: () => ok({ person: 14 }),
    samePeople: () => ok({ pairs: [] }),
    answerSame: (person) => ok({ person }),
    changePerson: (_, person) => ok({ person }),
    addStaff: () => ok({ person: 15 }),
    removePerson: (_, person) => ok({ person }),
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
            has_second_step: true,
            is_bound: false,
          },
          {
            account: 2,
            name: "Aino Ahonen",
            roles: [{ role: "facilitator" as const, series: "Etäkahvila" }],
            supervises: [],
            locked: false,
            has_password: false,
            has_second_step: false,
            is_bound: false,
          },
        ],
        series: ["Etäkahvila"],
        supervisors: ["Työnjohtaja 3"],
        held_back: [
          {
            kind: "password" as const,
            account: 2,
            began_at: Date.UTC(2026, 11, 3, 7, 5),
            last_at: Date.UTC(2026, 11, 3, 7, 21),
            times: 214,
            networks: 6,
          },
        ],
        second_step: { asked_of: "nobody" as const, asked_from: 0 },
      }),
    resetStep: (account) => ok({ account }),
    putStepRule: ({ asked_of }) => ok({ asked_of, asked_from: Date.UTC(2026, 11, 10, 7, 0) }),
    bindAccount: (account) => ok({ account }),
    unbindAccount: (account) => ok({ account }),
    accountActs: () =>
      ok({
        acts: [
          {
            at: Date.UTC(2026, 11, 3, 7, 5),
            act: "locked" as const,
            account: "Aino Ahonen",
            by: "Koordinaattori",
          },
          { at: Date.UTC(2026, 11, 2, 7, 0), act: "added" as const, account: "Aino Ahonen", by_user: 0 },
        ],
      }),
    addAccount: () => ok({ account: 3, link: "https://kahvila.esimerkki.fi/staff#password=x" }),
    changeAccount: (account) => ok({ account }),
    passwordLink: (account) => ok({ account, link: "https://kahvila.esimerkki.fi/staff#password=x" }),
    lockAccount: (account) => ok({ account }),
    programme: () => ok({ columns: [], rows: 2, errors: [], created: [5, 6] }),
    registrations: () =>
      ok<RegistrationsAnswer>({
        ...NO_REGISTRATIONS,
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
    days: fakeDays(),
    reports: fakeReports(),
    work: new FakeDesk().requests,
    ...change,
  };
}

const found = <T>(value: T): Promise<Answer<T>> => Promise.resolve({ kind: "ok", value });

const AINO = {
  person: 12,
  name: "Aino Aalto",
  decision_type: "work_activity",
  supervisor: "Olli Ohjaaja",
  phone: "040 1234567",
  email: "aino@posti.example",
  series: ["Etäkahvila"],
};

/** Twelve people of a session, and how their work on its assignment stands. */
export const withReturns = (
  role: "coordinator" | "supervisor",
  returns: DeskAnswer = RETURNS,
): Partial<Office> => {
  const base = fakeOffice();
  return {
    async sessions() {
      const all = await base.sessions();
      if (all.kind !== "ok") return all;
      return found({ sessions: all.value.sessions.map((one) => ({ ...one, roles: [role] })) });
    },
    async session(id) {
      const one = await base.session(id);
      if (one.kind !== "ok") return one;
      const people = RETURNS.rows.map(({ person }, index) => ({
        person,
        name: `Osallistuja ${index + 1}`,
        role: "participant" as const,
        supervisor: "Työnjohtaja 3",
        invited: true,
      }));
      return found({ ...one.value, people });
    },
    work: { ...new FakeDesk().requests, desk: () => found(returns) },
  };
};

/** A file of which some people may be known, and two of the records who may be one. */
export const askingSame: Partial<Office> = {
  registrations: () =>
    found({
      ...NO_REGISTRATIONS,
      columns: [{ heading: "Asiakas", field: "name", example: "Aino Aalto" }],
      rows: 42,
      known: 38,
      questions: [
        {
          line: 5,
          told: { name: "Aino Aalto", supervisor: "Siv Öhman", phone: "050 7654321" },
          people: [AINO],
          lines: [],
        },
        { line: 19, told: { name: "Matti Virtanen", phone: "000 000 0001" }, people: [], lines: [12] },
      ],
      kept_as_was: [31],
    }),
  samePeople: () =>
    found({
      pairs: [
        {
          one: AINO,
          other: { person: 31, name: "Aalto Aino", phone: "040 1234567", series: ["Kevätkahvila"] },
        },
      ],
    }),
};

/** Two days of three people, over a day of hours together. */
export function fakeReports(change: Partial<ReportRequests> = {}): ReportRequests {
  const row = (person: number, name: string, minutes: number): PersonDay => ({
    person,
    name,
    supervisor: "Työnjohtaja 3",
    decision_type: "work_activity",
    absence_told: false,
    connected_seconds: minutes * 60,
    window_seconds: 14_400,
    arrived: day(11, 12, 7),
    left: day(11, 12, 7) + minutes * 60_000,
    gaps: 0,
    intervals: [],
    took_part: true,
    turns: 0,
    written_turns: 0,
    messages: 0,
    proposal: "present",
    why: ["time_enough"],
    mark: "present",
    source: "connection",
    marked_by: "Moderaattori 1",
    corrections: [],
  });
  const { arrived: _, left: __, ...absent } = row(13, "Osallistuja 3", 0);
  const corrections = [
    {
      was: "absent" as const,
      mark: "excused" as const,
      reason: "Ilmoitti työnjohtajalle",
      by: "Moderaattori 1",
      at: day(11, 13, 9),
    },
  ];
  const answer: ReportsAnswer = {
    days: [
      {
        session: 1,
        theme: "Liikkuminen",
        series: "Etäkahvila",
        starts_at: day(11, 12, 7),
        phase: "sealed",
        windows: [],
        breaks: [],
        outages: [],
        sealed_at: day(11, 12, 12),
        sealed_by: "Moderaattori 1",
        lines: [
          row(11, "Osallistuja 1", 240),
          row(12, "Osallistuja 2", 200),
          { ...absent, mark: "excused", corrections },
        ],
      },
      {
        session: 2,
        theme: "Opiskelu ja työelämä",
        series: "Etäkahvila",
        starts_at: day(11, 26, 7),
        phase: "closed",
        windows: [],
        breaks: [],
        outages: [],
        lines: [
          row(11, "Osallistuja 1", 235),
          { ...row(12, "Osallistuja 2", 120), mark: "partial", minutes: 120, source: "phone" },
        ],
      },
    ],
    totals: [
      {
        person: 11,
        name: "Osallistuja 1",
        decision_type: "work_activity",
        supervisor: "Työnjohtaja 3",
        days: 2,
        present: 2,
        partial: 0,
        excused: 0,
        absent: 0,
        unmarked: 0,
        minutes: 1565,
      },
      {
        person: 12,
        name: "Osallistuja 2",
        decision_type: "work_activity",
        supervisor: "Työnjohtaja 3",
        days: 2,
        present: 1,
        partial: 1,
        excused: 0,
        absent: 0,
        unmarked: 0,
        minutes: 320,
      },
      {
        person: 13,
        name: "Osallistuja 3",
        decision_type: "work_activity",
        supervisor: "Työnjohtaja 4",
        days: 1,
        present: 0,
        partial: 0,
        excused: 1,
        absent: 0,
        unmarked: 0,
        minutes: 0,
      },
    ],
    series: [{ mark: "5a5a", name: "Etäkahvila" }],
    supervisors: [
      { mark: "0303", name: "Työnjohtaja 3" },
      { mark: "0404", name: "Työnjohtaja 4" },
    ],
  };
  return {
    report: () => Promise.resolve({ kind: "ok", value: answer }),
    file: () => Promise.resolve({ kind: "ok", value: new Blob(["x"]) }),
    ...change,
  };
}

/** Requests from where nobody is signed in. */
export function fakeAccountRequests(change: Partial<AccountRequests> = {}): AccountRequests {
  const refused = () =>
    Promise.resolve({ kind: "refused" as const, refusal: { word: "not_permitted" as const } });
  return {
    me: refused,
    signIn: refused,
    giveStep: refused,
    beginFirstStep: refused,
    confirmFirstStep: refused,
    prove: refused,
    site: () => Promise.resolve({ kind: "ok", value: { now: Date.UTC(2026, 11, 3, 7, 0) } }),
    bindingCode: () => Promise.resolve({ kind: "unknown" }),
    signOut: () => Promise.resolve({ kind: "ok", value: { ended: 1 } }),
    ownerOf: () => Promise.resolve({ kind: "unknown" }),
    setPassword: refused,
    ...change,
  };
}
