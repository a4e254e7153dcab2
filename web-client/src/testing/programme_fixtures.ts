import type { Phase } from "@protocol";
import type {
  GroupListed,
  PeriodBody,
  PeriodDay,
  PeriodListed,
  PeriodShown,
  SeriesShown,
  Todo,
} from "@protocol/api";
import type { Answer } from "../connection/entrance";
import type { ProgrammeRequests } from "../programme/requests";
import { fakeOffice } from "./staff_fixtures";

/** The autumn of 2020: three series on Thursdays. */

const HOURS = { start: "09:00", end: "13:00", agenda: [] };
export const SERIES: readonly SeriesShown[] = [
  { id: 1, name: "Etäkahvila", is_for_all: true, kinds: [], sessions: 6, ...HOURS },
  { id: 3, name: "Etätyövalmennus", is_for_all: false, kinds: ["work_activity"], sessions: 6, ...HOURS },
  { id: 2, name: "Osallisuus ja liikunta", is_for_all: true, kinds: [], sessions: 7, ...HOURS },
];

const DAYS: readonly (readonly [date: string, series: number | string, theme?: string])[] = [
  ["08-06", 2, "Asiakkaiden lomakuvat, alueliikunnan syksy, työväenopiston kurssit"],
  ["08-13", "Väliviikko"],
  ["08-20", 1, "Mielenterveyden keskusliiton palvelut"],
  ["08-27", 2, "Syysshortoilu, Martat, kierrätys"],
  ["09-03", 3, "Työllisyyden palvelutori"],
  ["09-10", 1, "Ravinto"],
  ["09-17", 2, "Oletko luonteeltasi suunnittelija vai heittäytyjä?"],
  ["09-24", 3, "Rahat riittää -hanke"],
  ["10-01", 1, "Terveys"],
  ["10-08", 2, "Mitä OmaStadi-hankkeelle kuuluu?"],
  ["10-15", 3, "Työsopimus ja työehtosopimus"],
  ["10-22", 1, "Vuorovaikutus"],
  ["10-29", 2, "Kierrätys monelta eri kantilta"],
  ["11-05", 3, "Mielenterveys ja päihteet"],
  ["11-12", 1, "Liikkuminen"],
  ["11-19", 2, "Kiinnostaako kokemusasiantuntijuus? Entä vapaaehtoistoiminta?"],
  ["11-26", 3, "Opiskelu ja työelämä"],
  ["12-03", 1, "Uni"],
  ["12-10", 2, "Erilainen joululoma"],
  ["12-17", 3, "Pikkujoulukerta ja palautteiden purku"],
];
/** Sealed to 19.11.; on 26.11. the attendance is unfinished; the rest is to come. */
const NEXT = DAYS.findIndex(([date]) => date === "12-03");

const phaseOf = (at: number): Phase => (at < NEXT - 1 ? "sealed" : at < NEXT ? "closed" : "planned");
const CREW: Record<string, readonly [number, number]> = { "12-03": [2, 1], "12-17": [1, 1] };

const day = ([date, series, theme]: (typeof DAYS)[number], at: number): PeriodDay => {
  const none = { registered: 0, absences: 0, facilitators: 0, moderators: 0 };
  if (typeof series === "string") return { day: `2020-${date}`, why_skipped: series, ...none };
  const [facilitators, moderators] = CREW[date] ?? [2, 2];
  // Helsinki's clock goes back on 25 October.
  const nine = Date.parse(`2020-${date}T${date < "10-25" ? "06" : "07"}:00Z`);
  return {
    day: `2020-${date}`,
    series,
    session: at + 1,
    ...(theme ? { theme } : {}),
    starts_at: nine,
    ends_at: nine + 4 * 3_600_000,
    phase: phaseOf(at),
    registered: 46,
    absences: at === NEXT ? 1 : 0,
    facilitators,
    moderators,
  };
};

export const FORM: PeriodBody = {
  name: "Syksy 2020",
  first_day: "2020-08-06",
  last_day: "2020-12-17",
  weekday: 4,
  start: "09:00",
  end: "13:00",
  doors_minutes: 30,
  series: [1, 2, 3],
  skipped: [{ day: "2020-08-13", why: "Väliviikko" }],
  skip_moves_turn: false,
};

export const TODO: readonly Todo[] = [
  { kind: "attendance_open", session: NEXT, count: 11, names: [] },
  { kind: "staff_missing", session: NEXT + 1, count: 2, names: [] },
  { kind: "links_missing", count: 2, names: ["Kielo", "Saukko"] },
  { kind: "decisions_end", count: 7, names: ["Hauki", "Kanerva", "Kuusi", "Käpy", "Mustikka"] },
];

const room = (series: number) => ({ series, way: "room" as const, instead: false });

export const AUTUMN: PeriodShown = {
  id: 1,
  form: FORM,
  days: DAYS.map(day),
  packages: [
    { id: 1, name: "Torstaipaketti", parts: [1, 2, 3].map(room), people: 24 },
    {
      id: 2,
      name: "Torstaipaketti ja etäpajapäivä",
      parts: [room(1), room(2), { series: 3, way: "phone_day", instead: false }],
      people: 13,
    },
    { id: 3, name: "Pelkkä Etäkahvila", parts: [room(1)], people: 9 },
  ],
  people: 46,
  next: NEXT + 1,
  staff: [
    { person: 1, role: "facilitator", name: "Ohjaaja 1" },
    { person: 2, role: "facilitator", name: "Ohjaaja 2" },
    { person: 4, role: "moderator", name: "Moderaattori 1" },
    { person: 5, role: "moderator", name: "Moderaattori 2" },
    { person: 6, role: "moderator", name: "Moderaattori 3" },
  ],
  todo: [...TODO],
};

export const LISTED: PeriodListed = {
  id: 1,
  name: FORM.name,
  first_day: FORM.first_day,
  last_day: FORM.last_day,
  sessions: 19,
  people: 46,
};
export const DRAFT: PeriodListed = {
  id: 2,
  name: "Kevät 2021",
  first_day: "2021-01-14",
  last_day: "2021-06-10",
  sessions: 0,
  people: 0,
};

/** A partner's group on Mondays, and as its period is shown. */
export const GROUP: GroupListed = {
  period: {
    id: 9,
    name: "Maanantairyhmä",
    first_day: "2020-09-07",
    last_day: "2020-11-30",
    sessions: 13,
    people: 11,
  },
  series: 1,
  package: 4,
  weekday: 1,
  start: "12:00",
  end: "14:00",
  leaders: [
    {
      account: 2,
      name: "Aino Ahonen",
      role: "facilitator",
      is_partner: false,
      has_password: true,
      has_ended: false,
    },
    {
      account: 7,
      name: "Pia Partneri",
      role: "moderator",
      is_partner: true,
      has_password: false,
      has_ended: false,
    },
  ],
};
export const GROUP_SHOWN: PeriodShown = {
  ...AUTUMN,
  id: 9,
  form: {
    ...FORM,
    name: "Maanantairyhmä",
    first_day: "2020-09-07",
    last_day: "2020-11-30",
    weekday: 1,
    start: "12:00",
    end: "14:00",
    series: [1],
    skipped: [],
  },
  packages: [{ id: 4, name: "Maanantairyhmä", parts: [room(1)], people: 11 }],
  people: 11,
  todo: [{ kind: "links_missing", count: 1, names: ["Kielo"] }],
  is_closed: true,
};

/** Thursdays of the spring of 2021 that are days to think of. */
export const EXCEPTIONS = [
  { day: "2021-04-01", name: "Kiirastorstai", is_holiday: false },
  { day: "2021-05-13", name: "Helatorstai", is_holiday: true },
];

/** A small server's rules: each week a day, series in turn, a skipped day leaves its turn or takes it along. */
export function preview(body: PeriodBody) {
  const iso = (text: string) =>
    /^\d{4}/.test(text)
      ? text
      : text
          .replace(/\.$/, "")
          .split(".")
          .reverse()
          .map((part) => part.padStart(2, "0"))
          .join("-");
  const [first, last] = [iso(body.first_day), iso(body.last_day)];
  const exceptions = EXCEPTIONS.filter((one) => first <= one.day && one.day <= last);
  const skipped =
    body.skipped ??
    exceptions.filter((one) => one.is_holiday).map((one) => ({ day: one.day, why: one.name }));
  const days = [];
  let turn = 0;
  for (let at = Date.parse(first); at <= Date.parse(last); at += 7 * 86_400_000) {
    const date = new Date(at).toISOString().slice(0, 10);
    const skip = skipped.find((one) => one.day === date);
    const series = body.series[turn % body.series.length];
    if (skip) days.push({ day: date, why: skip.why });
    else days.push({ day: date, ...(series === undefined ? {} : { series }) });
    if (!skip || !body.skip_moves_turn) turn += 1;
  }
  const new_days = days.filter((one) => "series" in one).length;
  return { days, exceptions, new_days, made_days: 0 };
}

export const REFUSED: Answer<never> = { kind: "refused", refusal: { word: "not_permitted" } };

/** A site with the autumn, unless something else is told. */
export function fakeProgramme(change: Partial<ProgrammeRequests> = {}): ProgrammeRequests {
  const ok = <T>(value: T) => Promise.resolve({ kind: "ok" as const, value });
  return {
    series: () => ok({ series: [...SERIES] }),
    addSeries: () => ok({ series: [...SERIES] }),
    changeSeries: () => ok({ series: [...SERIES] }),
    periods: () => ok({ periods: [DRAFT, LISTED] }),
    period: (id) =>
      ok(
        id === 9
          ? GROUP_SHOWN
          : id === 2
            ? {
                ...AUTUMN,
                id: 2,
                form: {
                  ...FORM,
                  name: DRAFT.name,
                  first_day: DRAFT.first_day,
                  last_day: DRAFT.last_day,
                  skipped: [
                    { day: "2021-02-25", why: "Talviloma" },
                    { day: "2021-05-13", why: "Helatorstai" },
                  ],
                  skip_moves_turn: true,
                },
                days: [],
                packages: [],
                people: 0,
                todo: [],
              }
            : AUTUMN,
      ),
    preview: (body) => ok(preview(body)),
    save: () => ok({ id: 2 }),
    change: (id) => ok({ id }),
    make: () => ok({ created: [30, 31], made_before: 0 }),
    remove: () => ok({ periods: [LISTED] }),
    days: () => ok(new Blob(["date;theme"])),
    themes: () => ok({ columns: [], rows: 19, errors: [], changed: 3, unchanged: 16 }),
    putPackage: () => ok({ packages: [...AUTUMN.packages] }),
    removePackage: () => ok({ packages: [] }),
    putSubstitute: () => ok(AUTUMN),
    groups: () => ok({ groups: [GROUP] }),
    saveGroup: () => ok({ id: 9 }),
    changeGroup: (id) => ok({ id }),
    putLeaders: () => ok({ leaders: [...GROUP.leaders], links: [] }),
    accounts: () => fakeOffice().accounts(),
    session: () => fakeOffice().session(3),
    ...change,
  };
}

/** A coordinator of some series, who has no periods. */
export const ofSomeSeries = () => fakeProgramme({ periods: () => Promise.resolve(REFUSED) });

/** A site on which nothing has been made: what is made stays. */
export function emptySite(): ProgrammeRequests & { steps: string[] } {
  const ok = <T>(value: T) => Promise.resolve({ kind: "ok" as const, value });
  const steps: string[] = [];
  let series: SeriesShown[] = [];
  let period: PeriodShown | null = null;
  let is_made = false;
  const listed = (): PeriodListed[] =>
    period
      ? [
          {
            id: 7,
            name: period.form.name,
            first_day: "",
            last_day: "",
            sessions: is_made ? period.days.length : 0,
            people: 0,
          },
        ]
      : [];
  return {
    ...fakeProgramme(),
    steps,
    series: () => ok({ series }),
    addSeries: (body) => {
      steps.push(`series ${body.name}`);
      series = [...series, { ...body, id: series.length + 1, agenda: [], sessions: 0 }];
      return ok({ series });
    },
    periods: () => ok({ periods: listed() }),
    save: (form) => {
      steps.push(`save ${form.name}`);
      period = { id: 7, form, days: [], packages: [], people: 0, staff: [], todo: [] };
      return ok({ id: 7 });
    },
    make: () => {
      if (!period) return Promise.resolve({ kind: "unknown" });
      is_made = true;
      const { days } = preview(period.form);
      period = {
        ...period,
        days: days.map((one, at) => ({
          ...one,
          ...("series" in one ? { session: 100 + at, phase: "planned" as const, theme: "Teema" } : {}),
          registered: 0,
          absences: 0,
          facilitators: 0,
          moderators: 0,
        })),
      };
      steps.push("make");
      return ok({ created: period.days.map((_, at) => 100 + at), made_before: 0 });
    },
    period: () => (period ? ok(period) : Promise.resolve({ kind: "unknown" })),
    putPackage: (_, body) => {
      steps.push(`package ${body.name}`);
      if (period)
        period = {
          ...period,
          packages: [...period.packages, { ...body, id: period.packages.length + 1, people: 0 }],
        };
      return ok({ packages: period?.packages ?? [] });
    },
  };
}

/** One on which the series and the days are made. */
export function madeSite(): ProgrammeRequests {
  const site = emptySite();
  for (const { id: _, agenda: __, sessions: ___, ...one } of [...SERIES].sort((a, b) => a.id - b.id))
    void site.addSeries(one);
  void site.save(FORM);
  void site.make(7);
  return site;
}
