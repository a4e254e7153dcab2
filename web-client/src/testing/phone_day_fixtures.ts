import type { PersonId } from "@protocol";
import type {
  Appointment,
  AppointmentsAnswer,
  HoldAppointmentBody,
  PhoneDayShown,
  PhoneRow,
} from "@protocol/api";
import type { Answer } from "../connection/entrance";
import type { MeetingRequests } from "../meeting/requests";
import type { PhoneDayRequests } from "../phone_day/requests";

/** Thursday 17.12.2020 as phone-day.html draws it, and a Monday's meetings as meeting.html does: no person is real. */

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** Helsinki's midnight of the 17th of December. */
const MIDNIGHT = Date.UTC(2020, 11, 16, 22);
export const at = (hour: number, minute = 0) => MIDNIGHT + hour * HOUR + minute * MINUTE;
export const PHONE_NOW = at(9, 42);

export const phoneRow = (person: PersonId, name: string, change: Partial<PhoneRow> = {}): PhoneRow => ({
  person,
  name,
  supervisor: "Työnjohtaja 2",
  is_own: false,
  phone: `000 000 00${person}`,
  state: "to_call",
  version: 0,
  tries: [],
  can_undo: false,
  ...change,
});

export const VANAMO_27 = phoneRow(27, "Vanamo", {
  supervisor: "Työnjohtaja 1",
  is_own: true,
  best_time: "kello 9–11",
  last: { day: "2020-11-26", title: "kierrätyskävely", minutes: 90 },
  agreed_before: "Haluan kokeilla kädentaitoja.",
});
const SAUKKO = phoneRow(31, "Saukko", { tries: [at(8, 20)], version: 1 });
const HAAPA = phoneRow(11, "Haapa", {
  state: "doing",
  version: 3,
  task: { title: "Kierrätyskävely", minutes: 90 },
  check_at: at(9, 30),
  can_undo: true,
});
const KATAJA = phoneRow(12, "Kataja", {
  state: "doing",
  version: 2,
  task: { title: "Kirjoita työhakemus", minutes: 120 },
  check_at: at(14),
});
const RAITA = phoneRow(13, "Raita", {
  state: "checked",
  version: 4,
  task: { title: "Ruokapäiväkirja", minutes: 60 },
  minutes: 60,
  checked_at: at(9, 35),
});
const AHOMANSIKKA = phoneRow(14, "Ahomansikka", {
  state: "not_reached",
  version: 3,
  tries: [at(8, 15), at(9), at(9, 36)],
});
const HAUKI_15 = phoneRow(15, "Hauki", { state: "excused", absence_told_at: at(-8, 10) });

export const phoneDayShown = (change: Partial<PhoneDayShown> = {}): PhoneDayShown => ({
  session: 40,
  starts_at: at(8),
  ends_at: at(16),
  phase: "planned",
  period: "Syksy 2020",
  sees_all: true,
  can_end: true,
  workers: [{ person: 3, name: "Olli" }],
  free: [],
  people: [VANAMO_27, SAUKKO, HAAPA, KATAJA, RAITA, AHOMANSIKKA, HAUKI_15],
  tasks: [
    { title: "Pannulapun alku", minutes: 60 },
    { title: "Paikkaa yksi vaate", minutes: 90 },
  ],
  ...change,
});

/** What the routes promise. `conflicts`: of whom a row has been changed by another by then. */
export class FakePhoneDay {
  readonly noted: unknown[] = [];
  readonly conflicts = new Map<PersonId, PhoneRow>();
  is_away = false;
  /** The day is answered when this is over. */
  day_comes: Promise<void> | null = null;

  constructor(public shown: PhoneDayShown = phoneDayShown()) {}

  readonly requests: PhoneDayRequests = {
    days: () => {
      const { session, starts_at, ends_at, phase, people } = this.shown;
      const count = (state: PhoneRow["state"]) => people.filter((one) => one.state === state).length;
      const day = { session, starts_at, ends_at, phase, people: people.length, to_call: count("to_call") };
      const rest = {
        doing: count("doing"),
        checked: count("checked"),
        not_reached: count("not_reached"),
        excused: count("excused"),
      };
      return this.#answer({ days: [{ ...day, ...rest }] });
    },
    day: async () => {
      await this.day_comes;
      return this.#answer(this.shown);
    },
    call: (_, body) =>
      this.#note(body, (row) =>
        body.answered
          ? { ...row, state: "called", tries: [], answered_at: PHONE_NOW, by: "Työnjohtaja 1" }
          : {
              ...row,
              tries: [...row.tries, PHONE_NOW],
              state: row.tries.length > 1 ? "not_reached" : "to_call",
            },
      ),
    task: (_, body) =>
      this.#note(body, (row) => ({
        ...row,
        state: "doing",
        task: { title: body.title, minutes: body.minutes },
        check_at: at(14),
      })),
    check: (_, body) =>
      this.#note(body, (row) =>
        body.is_done
          ? { ...row, state: "checked", minutes: body.minutes ?? 0, checked_at: PHONE_NOW }
          : { ...row, check_at: at(12, 30) },
      ),
    undo: (_, body) => this.#note(body, (row) => ({ ...row, state: "to_call" })),
    place: (period, body) => {
      this.noted.push({ period, ...body });
      return this.#answer({ period } as never);
    },
    end: () => {
      this.shown = { ...this.shown, phase: "closed", can_end: false };
      return this.#answer(this.shown);
    },
  };

  #note(
    body: { readonly person: PersonId; readonly version: number },
    change: (row: PhoneRow) => PhoneRow,
  ): Promise<Answer<PhoneDayShown>> {
    if (this.is_away) return Promise.resolve({ kind: "unreachable" });
    const other = this.conflicts.get(body.person);
    if (other) {
      this.conflicts.delete(body.person);
      this.#put(other);
      return Promise.resolve({ kind: "refused", refusal: { word: "version_conflict" } });
    }
    this.noted.push(body);
    const row = this.shown.people.find(({ person }) => person === body.person);
    if (row) this.#put({ ...change(row), version: row.version + 1, can_undo: true });
    return this.#answer(this.shown);
  }

  #put(row: PhoneRow): void {
    const people = this.shown.people.map((one) => (one.person === row.person ? row : one));
    this.shown = { ...this.shown, people };
  }

  #answer<T>(value: T): Promise<Answer<T>> {
    return Promise.resolve(this.is_away ? { kind: "unreachable" } : { kind: "ok", value });
  }
}

const meeting = (session: number, name: string, change: Partial<Appointment> = {}): Appointment => ({
  session,
  person: session + 100,
  name,
  kind: "face_to_face",
  starts_at: at(10),
  minutes: 60,
  phase: "planned",
  ...change,
});

/** What the routes promise: what is told again under the same name is saved once, as it was told first. */
export class FakeMeetings {
  readonly asked: unknown[] = [];
  is_away = false;
  /** What is held is saved, and the answer does not come. */
  loses_answer = false;
  /** What is held is refused: another one is saved for that time. */
  has_another = false;
  readonly #saved = new Set<string>();
  answer: AppointmentsAnswer = {
    planned: [
      meeting(51, "Kanerva"),
      meeting(52, "Käpy", { kind: "phone", starts_at: at(11, 30), minutes: 25 }),
      meeting(53, "Saukko", { kind: "home", starts_at: at(37), place: "Kotona" }),
    ],
    held: [meeting(54, "Vanamo", { kind: "phone", minutes: 30, phase: "closed", mark: "present" })],
    unsealed: [meeting(54, "Vanamo", { kind: "phone", minutes: 30, phase: "closed", mark: "present" })],
  };

  readonly requests: MeetingRequests = {
    list: () => this.#answer(this.answer),
    people: () =>
      this.#answer({
        people: [
          { person: 7, name: "Mustikka" },
          { person: 8, name: "Poro" },
        ],
      }),
    plan: (body) => this.#ask(body),
    hold: (body) => this.#hold(body),
    drop: (body) => this.#ask(body),
    seal: (body) => this.#ask(body),
  };

  #hold(body: HoldAppointmentBody): Promise<Answer<AppointmentsAnswer>> {
    this.asked.push(body);
    if (this.has_another) {
      const fault = { reason: "another_session_then", value: "9.00" } as const;
      return Promise.resolve({ kind: "refused", refusal: { word: "invalid" }, errors: [fault] });
    }
    const {
      once = "",
      session = 60 + this.#saved.size,
      person,
      kind,
      minutes,
      mark,
      mark_minutes,
      note,
    } = body;
    if (!this.is_away && !this.#saved.has(once)) {
      this.#saved.add(once);
      const { planned, held, unsealed } = this.answer;
      const agreed = planned.find((one) => one.session === session);
      const saved = meeting(session, agreed?.name ?? "Poro", {
        ...agreed,
        person,
        kind,
        minutes,
        phase: "closed",
        mark,
        ...(mark_minutes !== undefined && { mark_minutes }),
        ...(note !== undefined && { note }),
      });
      this.answer = {
        planned: planned.filter((one) => one !== agreed),
        held: [...held, saved],
        unsealed: [...unsealed, saved],
      };
    }
    return this.loses_answer ? Promise.resolve({ kind: "unreachable" }) : this.#answer(this.answer);
  }

  #ask(body: unknown): Promise<Answer<AppointmentsAnswer>> {
    this.asked.push(body);
    return this.#answer(this.answer);
  }

  #answer<T>(value: T): Promise<Answer<T>> {
    return Promise.resolve(this.is_away ? { kind: "unreachable" } : { kind: "ok", value });
  }
}
