import type { SessionId } from "@protocol";
import type { AbsencesAnswer, AbsentDay, AbsentPerson, OwnDay, OwnPageAnswer } from "@protocol/api";
import type { AbsenceRequests } from "../absences/requests";
import type { Answer } from "../connection/entrance";
import type { OwnPageRequests } from "../own_page/requests";
import { fakeDays } from "./staff_fixtures";

/** A season on Thursdays, and a server of one person's part in it. */

/** A Thursday afternoon in Helsinki, when that day's session is over. */
export const SEASON_NOW = Date.UTC(2026, 11, 3, 12);

const thursday = (month: number, day: number, hour: number) =>
  Date.UTC(month === 1 ? 2027 : 2026, month - 1, day, hour);

export const ownDay = (
  session: SessionId,
  month: number,
  day: number,
  theme: string,
  change: Partial<OwnDay> = {},
): OwnDay => ({
  session,
  theme,
  series: "Etäkahvila",
  starts_at: thursday(month, day, 7),
  ends_at: thursday(month, day, 11),
  is_today: false,
  is_door_open: false,
  cannot_come: false,
  ...change,
});

export const ownPage = (change: Partial<OwnPageAnswer> = {}): OwnPageAnswer => ({
  name: "Mustikka",
  now: SEASON_NOW,
  days: [
    ownDay(2, 12, 10, "Erilainen joululoma"),
    ownDay(3, 12, 17, "Pikkujoulut ja palaute", { cannot_come: true }),
    ownDay(4, 1, 7, "Hyvä mieli"),
  ],
  help_phone: "09 000 0000",
  asks: [],
  ...change,
});

/** All reasons, and who sees them. */
export const ASKING = {
  asks: ["own_illness", "child_ill", "job_interview", "public_duty", "other"],
  supervisor: "Työnjohtaja 3",
} satisfies Partial<OwnPageAnswer>;

/** What the routes promise, and no more. While it is away nothing gets through; what it loses is what is told. */
export class FakeOwnPage {
  readonly told: unknown[] = [];
  is_away = false;
  loses = false;

  constructor(public page: OwnPageAnswer = ownPage()) {}

  readonly requests: OwnPageRequests = {
    own: () => this.#answer(this.page),
    tell: (body) => {
      if (this.is_away || this.loses) return Promise.resolve({ kind: "unreachable" });
      this.told.push(body);
      const days = this.page.days.map((day): OwnDay => {
        if (day.session !== body.session) return day;
        const { reason: _, ...rest } = day;
        return { ...rest, cannot_come: body.cannot_come, ...(body.reason && { reason: body.reason }) };
      });
      this.page = { ...this.page, days };
      return this.#answer(this.page);
    },
    calendar: () =>
      this.#answer({ address: "https://kahvila.esimerkki.fi/calendar/4rXtK7pMzQ9wB2nVd8sLhA.ics" }),
  };

  #answer<T>(value: T): Promise<Answer<T>> {
    return Promise.resolve(this.is_away ? { kind: "unreachable" } : { kind: "ok", value });
  }
}

const absentDay = (
  session: SessionId,
  month: number,
  day: number,
  theme: string,
  change: Partial<AbsentDay> = {},
): AbsentDay => ({
  session,
  theme,
  series: "Etäkahvila",
  starts_at: thursday(month, day, 7),
  ends_at: thursday(month, day, 11),
  ...change,
});

/** Three of one supervisor's own people. */
export const absencesAnswer = (): AbsencesAnswer => {
  const coming = [
    absentDay(2, 12, 10, "Erilainen joululoma"),
    absentDay(3, 12, 17, "Pikkujoulut ja palaute"),
  ];
  const people: AbsentPerson[] = [
    { person: 11, name: "Kanerva", kind: "work_activity", asks: [...ASKING.asks], days: coming },
    {
      person: 12,
      name: "Käpy",
      kind: "work_activity",
      asks: [...ASKING.asks],
      days: [
        absentDay(1, 11, 26, "Opiskelu ja työelämä", {
          mark: "excused",
          absence: { reason: "own_illness", told_by: "", told_at: thursday(11, 25, 9) },
        }),
        absentDay(2, 12, 10, "Erilainen joululoma", {
          absence: {
            reason: "job_interview",
            told_by: "Työnjohtaja 3",
            told_at: thursday(12, 3, 9),
            note: "Soitti aamulla.",
          },
        }),
        absentDay(3, 12, 17, "Pikkujoulut ja palaute"),
      ],
    },
    {
      person: 13,
      name: "Poro",
      phone: "000 000 0014",
      asks: [],
      days: [absentDay(1, 11, 26, "Opiskelu ja työelämä", { mark: "absent" }), ...coming],
    },
  ];
  return { people };
};

/** The server of the page of absences; `fails`: the sessions of which nothing can be saved. */
export class FakeAbsences {
  readonly noted: unknown[] = [];
  readonly fails = new Set<SessionId>();

  constructor(public answer: AbsencesAnswer = absencesAnswer()) {}

  readonly requests: AbsenceRequests = {
    kinds: () => fakeDays().kinds(),
    list: () => Promise.resolve({ kind: "ok", value: this.answer }),
    note: (session, person, body) => {
      if (this.fails.has(session)) return Promise.resolve({ kind: "unreachable" });
      this.noted.push({ session, person, ...body });
      const absence = {
        told_by: "Työnjohtaja 3",
        told_at: SEASON_NOW,
        ...(body.reason && { reason: body.reason }),
        ...(body.note && { note: body.note }),
      };
      const people = this.answer.people.map((one) =>
        one.person !== person
          ? one
          : {
              ...one,
              days: one.days.map((day) => {
                if (day.session !== session) return day;
                const { absence: _, ...rest } = day;
                return body.told ? { ...rest, absence } : rest;
              }),
            },
      );
      this.answer = { people };
      return Promise.resolve({ kind: "ok", value: { person } });
    },
  };
}
