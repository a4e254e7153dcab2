import type {
  CallRow,
  CancellingShown,
  EnrolFileAnswer,
  Kind,
  PeriodShown,
  PersonShown,
  PlaceInSeries,
  SeasonDay,
  SeasonPerson,
  SeriesShown,
} from "@protocol/api";
import type { Answer } from "../connection/entrance";
import type { CancelRequests, PeopleRequests } from "../programme/people_requests";

/** The autumn of 2020 as people.html, person.html and cancel.html draw it: no person is real. */

export const ok = <T>(value: T): Promise<Answer<T>> => Promise.resolve({ kind: "ok", value });
export const UNREACHABLE = Promise.resolve({ kind: "unreachable" } as const);

const HOUR = 3_600_000;
/** Helsinki's 9 o'clock in the winter. */
const nine = (month: number, day: number) => Date.UTC(2020, month - 1, day, month < 11 && month > 3 ? 6 : 7);

export const CAFE = 1;
export const MOVING = 2;
export const COACHING = 3;
export const THURSDAYS = 11;
export const WITH_PHONE_DAY = 12;
export const CAFE_ALONE = 13;

export const KINDS: Kind[] = [
  ["work_activity", "Kuntouttava työtoiminta", "Work activity", "obligatory"],
  ["social_rehabilitation", "Sosiaalinen kuntoutus", "Social rehabilitation", "agreed"],
  ["disability_work_activity", "Vammaisten työtoiminta", "Disability work activity", "own_will"],
].map(([key = "", fi = "", en = "", duty]) => ({
  key,
  fi,
  sv: fi,
  en,
  duty: duty as Kind["duty"],
  reasons: [],
  is_used: true,
}));

const series = (id: number, name: string, kinds: string[] = []): SeriesShown => ({
  id,
  name,
  is_for_all: kinds.length === 0,
  kinds,
  start: "09:00",
  end: "13:00",
  agenda: [],
  sessions: 6,
});

export const SERIES: SeriesShown[] = [
  series(CAFE, "Etäkahvila"),
  series(MOVING, "Osallisuus ja liikunta"),
  series(COACHING, "Etätyövalmennus", ["work_activity"]),
];

export const PERIOD: PeriodShown = {
  id: 5,
  form: {
    name: "Syksy 2020",
    first_day: "2020-08-27",
    last_day: "2020-12-17",
    weekday: 4,
    start: "09:00",
    end: "13:00",
    doors_minutes: 30,
    series: [CAFE, MOVING, COACHING],
    skip_moves_turn: false,
  },
  days: [],
  packages: [
    {
      id: THURSDAYS,
      name: "Torstaipaketti",
      people: 24,
      parts: [CAFE, MOVING, COACHING].map((id) => ({ series: id, way: "room", instead: false })),
    },
    {
      id: WITH_PHONE_DAY,
      name: "Torstaipaketti ja etäpajapäivä",
      people: 13,
      parts: [
        { series: CAFE, way: "room", instead: false },
        { series: MOVING, way: "room", instead: false },
        { series: COACHING, way: "phone_day", instead: false },
      ],
    },
    {
      id: CAFE_ALONE,
      name: "Pelkkä Etäkahvila",
      people: 9,
      parts: [{ series: CAFE, way: "room", instead: false }],
    },
  ],
  people: 46,
  staff: [],
  todo: [],
};

const PLACES: Record<number, PlaceInSeries[]> = {
  [THURSDAYS]: [CAFE, MOVING, COACHING].map((id) => ({ series: id, place: "room" })),
  [WITH_PHONE_DAY]: [
    { series: CAFE, place: "room" },
    { series: MOVING, place: "room" },
    { series: COACHING, place: "phone_day" },
  ],
  [CAFE_ALONE]: [
    { series: CAFE, place: "room" },
    { series: MOVING, place: "not_in_package" },
    { series: COACHING, place: "not_in_package" },
  ],
};

export const seasonPerson = (
  person: number,
  name: string,
  change: Partial<SeasonPerson> = {},
): SeasonPerson => ({
  person,
  name,
  supervisor: "Työnjohtaja 3",
  kind: "work_activity",
  package: THURSDAYS,
  state: "accepted",
  first_day: "2020-08-27",
  last_day: "2020-12-17",
  places: PLACES[change.package ?? THURSDAYS] ?? [],
  link: "mailed",
  link_at: nine(8, 25),
  has_email: true,
  has_phone: true,
  ...change,
});

/** Those of the drawing, not in the order in which they are shown. */
export const DRAWN: SeasonPerson[] = [
  seasonPerson(9, "Vanamo", { supervisor: "Työnjohtaja 1", package: WITH_PHONE_DAY }),
  seasonPerson(1, "Haapa", {
    supervisor: "Työnjohtaja 2",
    kind: "disability_work_activity",
    package: WITH_PHONE_DAY,
  }),
  seasonPerson(4, "Käpy", { link: "told" }),
  seasonPerson(2, "Kanerva"),
  seasonPerson(3, "Kielo", {
    supervisor: "Omatyöntekijä 1",
    kind: "social_rehabilitation",
    package: CAFE_ALONE,
    link: "none",
    has_email: false,
  }),
  seasonPerson(5, "Mustikka"),
  seasonPerson(6, "Pihlaja", {
    supervisor: "Omatyöntekijä 2",
    kind: "social_rehabilitation",
    package: CAFE_ALONE,
    last_day: "2020-11-30",
    places: [
      { series: CAFE, place: "room" },
      { series: MOVING, place: "not_in_package" },
      { series: COACHING, place: "not_eligible" },
    ],
  }),
  seasonPerson(7, "Poro", {
    supervisor: "Työnjohtaja 2",
    kind: "disability_work_activity",
    places: [
      { series: CAFE, place: "room" },
      { series: MOVING, place: "room" },
      {
        series: COACHING,
        place: "room",
        allowed_because: "kokeilee avotyötä.",
        allowed_by: "Koordinaattori",
        allowed_at: nine(11, 2),
      },
    ],
  }),
  seasonPerson(8, "Saukko", { supervisor: "Työnjohtaja 1", package: WITH_PHONE_DAY, link: "failed" }),
];

const MORE =
  "Ahven Halla Harju Hauki Hilla Kaarna Karhu Kataja Koivu Korppi Kuusi Kurki Lampi Leppä Lokki Lumikko Lumme " +
  "Mäyrä Naava Niitty Orava Paju Puro Ruoho Sammal Siili Suo Suopursu Tikka Tuomi Tyrni Vaahtera Vadelma " +
  "Valmu Varpu Visakoivu Ahomansikka Apila Ruusu Orvokki Vuokko Kissankello Lehto Metso Teeri Pyy " +
  "Riekko Kiuru Kuovi Tavi Sorsa";

/** Sixty: more than a page draws at once. */
export const MANY: SeasonPerson[] = [
  ...DRAWN,
  ...MORE.split(" ").map((name, at) =>
    seasonPerson(20 + at, name, {
      supervisor: `Työnjohtaja ${1 + (at % 2)}`,
      package: at % 3 === 0 ? WITH_PHONE_DAY : THURSDAYS,
    }),
  ),
];

const THEMES: readonly (readonly [month: number, day: number, series: number, theme: string])[] = [
  [8, 27, MOVING, "Syysshortoilu"],
  [9, 3, COACHING, "Työllisyyden palvelutori"],
  [9, 10, CAFE, "Ravinto"],
  [9, 17, MOVING, "Suunnittelija vai heittäytyjä?"],
  [9, 24, COACHING, "Rahat riittää"],
  [10, 1, CAFE, "Terveys"],
  [10, 8, MOVING, "OmaStadi"],
  [10, 15, COACHING, "Työsopimus"],
  [10, 22, CAFE, "Vuorovaikutus"],
  [10, 29, MOVING, "Kierrätys"],
  [11, 5, COACHING, "Mielenterveys ja päihteet"],
  [11, 12, CAFE, "Liikkuminen"],
  [11, 19, MOVING, "Vapaaehtoistoiminta"],
  [11, 26, COACHING, "Opiskelu ja työelämä"],
  [12, 3, CAFE, "Uni"],
  [12, 10, MOVING, "Erilainen joululoma"],
  [12, 17, COACHING, "Pikkujoulukerta"],
];

export const DAYS: SeasonDay[] = THEMES.map(([month, day, series_id, theme], at) => ({
  session: 100 + at,
  series: series_id,
  theme,
  starts_at: nine(month, day),
  ends_at: nine(month, day) + 4 * HOUR,
  phase: at < 13 ? "sealed" : at === 13 ? "closed" : "planned",
  place: "room",
  ...(at < 13 && at !== 5 ? { mark: "present" } : {}),
  ...(at === 5
    ? {
        mark: "excused",
        absence: { reason: "own_illness", told_by: "", told_at: Date.UTC(2020, 8, 30, 15, 12) },
      }
    : {}),
}));

export const personShown = (change: Partial<PersonShown> = {}): PersonShown => ({
  person: 5,
  name: "Mustikka",
  decision_type: "work_activity",
  supervisor: "Työnjohtaja 3",
  phone: "000 000 0012",
  best_time: "kello 8.30–9, ei iltaisin",
  needs: "Tarvitsee apua ääneen. Puhelin on vanha. Selkokieli auttaa.",
  sms_allowed: true,
  needs_shown: true,
  enrolments: [
    { id: 1, package: THURSDAYS, state: "accepted", first_day: "2020-08-27", last_day: "2020-12-17" },
  ],
  places: PLACES[THURSDAYS] ?? [],
  days: DAYS,
  link: "mailed",
  link_at: nine(8, 25),
  link_until: Date.UTC(2021, 0, 31, 12),
  ...change,
});

/** A file of ninety with nothing to ask. */
export const fileAnswer = (change: Partial<EnrolFileAnswer> = {}): EnrolFileAnswer => ({
  columns: [
    { heading: "Nimi", field: "name", example: "Raita" },
    { heading: "Päätös", field: "decision_type", example: "Sosiaalinen kuntoutus" },
  ],
  rows: 90,
  errors: [],
  same: [],
  not_eligible: [],
  moves: [],
  new_people: 90,
  changed: 0,
  unchanged: 0,
  is_stored: false,
  ...change,
});

/** The file of the drawing: three rows that ask. */
export const ASKING = fileAnswer({
  rows: 23,
  new_people: 17,
  unchanged: 3,
  not_eligible: [
    { line: 9, name: "Raita", kind: "social_rehabilitation", series: COACHING },
    { line: 14, name: "Tyrni", kind: "disability_work_activity", series: COACHING },
  ],
  moves: [{ line: 21, name: "Siili", now: CAFE_ALONE, told: THURSDAYS }],
});

export function fakePeople(change: Partial<PeopleRequests> = {}): PeopleRequests {
  const invitation = (person: number) => ({
    person,
    name: MANY.find((one) => one.person === person)?.name ?? "",
    role: "participant" as const,
    link: `https://etakahvila.example/#k=${`${person}`.padStart(22, "s")}`,
    code: "K7PM4RXT",
  });
  return {
    period: () => ok(PERIOD),
    kinds: () => ok({ kinds: KINDS }),
    series: () => ok({ series: SERIES }),
    people: () => ok({ people: DRAWN }),
    file: (_, { dry_run }) => ok(fileAnswer({ is_stored: !dry_run })),
    add: () => ok({ person: 90, not_eligible: [] }),
    person: () => ok(personShown()),
    details: () => ok(personShown()),
    enrolment: () => ok(personShown()),
    allow: () => ok(personShown()),
    makeLinks: (_, { people = [] }) => ok({ invitations: people.map(invitation) }),
    sheet: () => ok(new Blob(["x"])),
    mails: () =>
      ok({
        configured: true,
        mails: [
          { person: 5, state: "sent", tries: 1, sent_at: nine(8, 25) },
          { person: 8, state: "failed", tries: 6, trouble: "550 no such mailbox" },
        ],
      }),
    mail: () => ok({ queued: 84, without_address: [] }),
    revoke: () => ok({}),
    told: () => ok({}),
    audit: (person) => ok({ person, name: "Mustikka", accesses: [], decisions: [] }),
    ...change,
  };
}

/** The day that is cancelled. */
export const CANCELLED_DAY = {
  id: 115,
  theme: "Erilainen joululoma",
  series: "Osallisuus ja liikunta",
  starts_at: nine(12, 10),
  ends_at: nine(12, 10) + 4 * HOUR,
};

const NOTED = (hour: number, minute: number) => Date.UTC(2020, 10, 30, hour - 2, minute);

export const CALLS: CallRow[] = [
  {
    person: 3,
    name: "Kielo",
    phone: "000 000 0031",
    supervisor: "Omatyöntekijä 1",
    tries: 1,
    told_at: NOTED(9, 4),
    told_by: "Liisa",
  },
  {
    person: 8,
    name: "Saukko",
    phone: "000 000 0008",
    supervisor: "Työnjohtaja 1",
    tries: 1,
    told_at: NOTED(9, 7),
    told_by: "Liisa",
  },
  {
    person: 27,
    name: "Kataja",
    phone: "000 000 0019",
    supervisor: "Työnjohtaja 2",
    tries: 1,
    told_at: NOTED(9, 11),
    told_by: "Koordinaattori",
  },
  {
    person: 9,
    name: "Vanamo",
    phone: "000 000 0027",
    supervisor: "Työnjohtaja 1",
    tries: 1,
    tried_at: NOTED(9, 12),
  },
  { person: 36, name: "Lumme", phone: "000 000 0040", supervisor: "Työnjohtaja 2", tries: 0 },
  { person: 47, name: "Suopursu", supervisor: "Omatyöntekijä 2", tries: 0 },
  { person: 48, name: "Tikka", phone: "000 000 0023", supervisor: "Työnjohtaja 3", tries: 0 },
];

const CANCEL_WORDS =
  "Torstain 10.12. ryhmä on peruttu. Ohjaajat ovat sairaana. Sinun ei tarvitse tehdä mitään. " +
  "Seuraava kerta on torstaina 17.12. kello 9.";

export const cancelling = (change: Partial<CancellingShown> = {}): CancellingShown => ({
  people: 37,
  by_mail: 21,
  by_text: 9,
  by_call: 7,
  supervisors: 6,
  opened: 0,
  next_starts_at: nine(12, 17),
  calls: [],
  texts: [],
  ...change,
});

export const cancelledDay = (change: Partial<CancellingShown> = {}): CancellingShown =>
  cancelling({
    opened: 12,
    cancelled: { why: "staff_ill", words: CANCEL_WORDS, by: "Koordinaattori", at: NOTED(9, 2) },
    calls: CALLS,
    texts: [
      { person: 2, name: "Kanerva", phone: "+358 00 000 0002", text: CANCEL_WORDS },
      { person: 4, name: "Käpy", phone: "+358 00 000 0004", text: CANCEL_WORDS },
    ],
    ...change,
  });

export function fakeCancelling(change: Partial<CancelRequests> = {}): CancelRequests {
  return {
    show: () => ok(cancelling()),
    cancel: () => ok(cancelledDay()),
    call: (_, { person, answered }) =>
      ok(
        cancelledDay({
          calls: CALLS.map((row) =>
            row.person !== person
              ? row
              : answered
                ? { ...row, told_at: NOTED(9, 20), told_by: "Koordinaattori" }
                : { ...row, tries: row.tries + 1, tried_at: NOTED(9, 20) },
          ),
        }),
      ),
    ...change,
  };
}
