import type { ErasureShown, KeepingAnswer, KeepingRuleShown, PersonData } from "@protocol/api";
import type { KeepingRequests } from "../keeping/requests";
import { ok } from "./people_fixtures";

/** The last of November 2020 as retention.html draws it: no person is real. */

const DAY = 86_400_000;
/** Ten past three in Helsinki. */
export const LAST_NIGHT = Date.UTC(2020, 10, 30, 1, 10);

const rule = (
  name: KeepingRuleShown["rule"],
  from: KeepingRuleShown["from"],
  last_night = 0,
  change: Partial<KeepingRuleShown> = {},
): KeepingRuleShown => ({
  rule: name,
  time: 30,
  usual: 30,
  least: 14,
  most: 90,
  unit: "days",
  from,
  afterwards: "words_erased",
  last_night,
  ...change,
});

export function keepingPage(change: Partial<KeepingAnswer> = {}): KeepingAnswer {
  return {
    rules: [
      rule("room_words", "seal", 3, { afterwards: "compacted" }),
      rule("carried_words", "end_of_period"),
      rule("work_words", "read", 31),
      rule("call_words", "end_of_period"),
      rule("absence_words", "end_of_period"),
      rule("day_records", "case_closed", 0, {
        time: 10,
        usual: 10,
        least: 1,
        most: 50,
        unit: "years",
        afterwards: "deleted",
      }),
      rule("feedback_words", "feedback_closed", 0, { time: 365, usual: 365, least: 30, most: 1095 }),
      rule("pictures", "end_of_period", 0, { time: 0, usual: 0, least: 0, afterwards: "deleted" }),
      rule("contacts", "end_of_period", 2, { afterwards: "deleted" }),
      rule("links", "end_of_period", 1, { afterwards: "deleted" }),
      rule("access_log", "noted", 0, {
        time: 12,
        usual: 12,
        least: 12,
        most: 50,
        unit: "years",
        afterwards: "deleted",
      }),
      rule("holds", "hold_ended", 0, {
        time: 365,
        usual: 365,
        least: 365,
        most: 1095,
        afterwards: "deleted",
      }),
    ],
    kinds: [
      { kind: "social_rehabilitation", name: "Sosiaalinen kuntoutus", years: 10 },
      { kind: "work_activity", name: "Kuntouttava työtoiminta", years: 12 },
    ],
    last_run_at: LAST_NIGHT,
    is_time_doubted: false,
    log: [
      {
        id: 9,
        at: LAST_NIGHT,
        by: "night",
        is_whole: true,
        counts: [
          { rule: "room_words", count: 3 },
          { rule: "work_words", count: 31 },
          { rule: "contacts", count: 2 },
          { rule: "links", count: 1 },
        ],
      },
      {
        id: 8,
        at: LAST_NIGHT - 3 * DAY,
        by: "request",
        is_whole: true,
        counts: [{ rule: "contacts", count: 1 }],
      },
      { id: 7, at: LAST_NIGHT - 4 * DAY, by: "night", is_whole: true, counts: [] },
    ],
    holds: [
      {
        id: 2,
        session: 3,
        theme: "Vuorovaikutus",
        starts_at: Date.UTC(2020, 9, 22, 6),
        reason: "Kantelu.",
        last_day: "2021-01-31",
        by: "Aino Ahonen",
      },
    ],
    unsealed: [],
    ...change,
  };
}

export const SAUKKO = {
  person: 17,
  name: "Sari Saukko",
  supervisor: "Päivi Virtanen",
  last_day: "2020-12-31",
};

export function erasureShown(change: Partial<ErasureShown> = {}): ErasureShown {
  return {
    person: 17,
    name: "Sari Saukko",
    goes: [
      { thing: "name", count: 1 },
      { thing: "contacts", count: 2 },
      { thing: "room_words", count: 47 },
      { thing: "work_words", count: 12 },
      { thing: "pictures", count: 2 },
    ],
    stays: [
      { thing: "marks", count: 11 },
      { thing: "access_log", count: 62 },
      { thing: "feedback", count: 0 },
    ],
    waiting_days: 0,
    is_held: false,
    is_on_now: false,
    is_staff: false,
    is_erased: false,
    ...change,
  };
}

export function personData(change: Partial<PersonData> = {}): PersonData {
  const at = Date.UTC(2020, 10, 26, 7);
  return {
    made_at: LAST_NIGHT,
    person: 17,
    name: "Sari Saukko",
    decision: "Kuntouttava työtoiminta",
    phone: "040 000 0017",
    has_supervisor: true,
    sms_allowed: false,
    links: 1,
    letters: 1,
    enrolments: [
      {
        period: "Syksy 2020",
        package: "Torstaipaketti",
        first_day: "2020-09-03",
        last_day: "2020-12-31",
        state: "accepted",
        reasons: [],
      },
    ],
    days: [
      {
        starts_at: at,
        theme: "Uni ja lepo",
        series: "Etäkahvila",
        mark: "present",
        minutes: 240,
        connected_seconds: 14_000,
        turns: 3,
        messages: 5,
      },
    ],
    said: [{ at, theme: "Uni ja lepo", kind: "message", text: "Hei kaikille" }],
    work: [
      {
        saved_at: at,
        title: "Millainen on yösi?",
        texts: ["Hyvä"],
        other_texts: [],
        answers: ["Kiitos, Sari."],
        photos: [{ added_at: at, description: "Kissa", jpeg: "AAAA" }],
      },
    ],
    calls: [{ starts_at: at, task: "Kävely" }],
    looks: [
      { at, act: "people_listed", role: "moderator" },
      { at, act: "attendance_viewed" },
    ],
    ...change,
  };
}

export function fakeKeeping(change: Partial<KeepingRequests> = {}): KeepingRequests {
  return {
    show: () => ok(keepingPage()),
    tryIt: () =>
      ok({
        counts: [
          { rule: "room_words", count: 2 },
          { rule: "contacts", count: 0 },
        ],
      }),
    putRule: () => ok(keepingPage()),
    confirmTime: () => ok(keepingPage()),
    makeHold: () => ok(keepingPage()),
    endHold: () => ok(keepingPage({ holds: [] })),
    find: () => ok({ people: [SAUKKO] }),
    erasure: () => ok(erasureShown()),
    erase: () => ok({ run: 10, rooms: 6, waiting_days: 1 }),
    data: () => ok(personData()),
    ...change,
  };
}
