import type { PersonId, Refusal } from "@protocol";
import type { AssignmentShown, DeskAnswer, DeskRow, OpenedWork, WorkBody } from "@protocol/api";
import type { Answer } from "../connection/entrance";
import type { DeskRequests } from "../work_desk/requests";
import { CLOCK } from "./fakes";
import { assignment, LETTER, MINUTE, WRITTEN } from "./work_fixtures";

/** The desk of a session in which the work on sleep has been returned, as the server keeps it. */

const NOW = CLOCK.utc;
/** Of staff_fixtures; named here, since those have a desk too. */
const AINO = 1;
const EERO = 2;
const OTSO = 4;

export const deskRow = (person: PersonId, change: Partial<DeskRow> = {}): DeskRow => ({
  person,
  assignment: 5,
  id: 100 + person,
  state: "returned",
  version: 1,
  source: "own",
  returned_at: NOW - 10 * MINUTE,
  ...change,
});

/** Mustikka, Poro, Käpy, Vanamo, Hauki, Tikka, and some who have not returned. */
export const DESK_ROWS: readonly DeskRow[] = [
  deskRow(7, {
    state: "answered",
    claimed_by: AINO,
    claimed_until: NOW + 552_000,
    returned_at: NOW - 22 * MINUTE,
    sharing: "without_name",
  }),
  deskRow(11, { returned_at: NOW - 18 * MINUTE, wants_call: true, claimed_by: AINO, state: "assigned" }),
  deskRow(15, { returned_at: NOW - 41 * MINUTE, claimed_by: AINO, state: "assigned" }),
  deskRow(10, {
    returned_at: NOW - 17 * MINUTE,
    source: "phone",
    claimed_by: OTSO,
    claimed_until: NOW + 8 * MINUTE,
    state: "assigned",
  }),
  deskRow(13, { returned_at: NOW - 9 * MINUTE, source: "paper" }),
  deskRow(14, { returned_at: NOW - 2 * MINUTE }),
  deskRow(9, {
    state: "read",
    claimed_by: EERO,
    returned_at: NOW - 50 * MINUTE,
    sent_at: NOW - 20 * MINUTE,
    has_thanks: true,
  }),
  { person: 8, assignment: 5, state: "draft", id: 108, version: 1 },
  { person: 12, assignment: 5, answers_by_phone: true },
];

/** What coordinators and supervisors are told of it: twelve people, nine of whom have returned. */
export const RETURNS: DeskAnswer = {
  now: NOW,
  assignments: [assignment({ text: "", questions: [] })],
  rows: [
    ...[31, 32, 33, 34].map((person, index) =>
      deskState(person, { state: "read", returned_at: NOW - (60 - index) * MINUTE }),
    ),
    deskState(35, { state: "sent", returned_at: NOW - 31 * MINUTE, source: "phone" }),
    deskState(36, { state: "answered", returned_at: NOW - 22 * MINUTE }),
    deskState(37, { state: "assigned", returned_at: NOW - 18 * MINUTE, source: "paper" }),
    deskState(38, { returned_at: NOW - 4 * MINUTE }),
    deskState(39, { returned_at: NOW + 20 * 60 * MINUTE, late: true }),
    { person: 40, assignment: 5, state: "draft" },
    { person: 41, assignment: 5 },
    { person: 42, assignment: 5 },
  ],
  staff: [],
};

/** How it stands, and no more. */
function deskState(person: PersonId, change: Partial<DeskRow>): DeskRow {
  return { person, assignment: 5, state: "returned", source: "own", ...change };
}

const OPENINGS = ["Hei! Kiitos, että kerroit.", "Hyvä, että jaoit tämän kanssamme."];

/**
 * What the routes promise, and no more. `next`: answers given before the server's own, in their order. "lost": done,
 * and the answer is lost.
 */
export class FakeDesk {
  readonly asked: { readonly what: keyof DeskRequests; readonly body: unknown }[] = [];
  readonly next: ("unreachable" | "lost" | Refusal)[] = [];
  readonly rows = new Map<PersonId, DeskRow>();
  readonly opened = new Map<PersonId, Partial<OpenedWork>>();
  openings: string[] = [...OPENINGS];
  assignments: AssignmentShown[];
  /** Whether pictures can be read here. */
  takes_photos = true;
  picture: (photo: number) => Promise<Blob> = async () => new Blob(["kuva"], { type: "image/jpeg" });

  constructor(
    readonly me: PersonId = AINO,
    rows: readonly DeskRow[] = DESK_ROWS,
    assignments: readonly AssignmentShown[] = [assignment()],
  ) {
    for (const row of rows) this.rows.set(row.person, row);
    this.assignments = [...assignments];
    this.opened.set(7, { answer: { text: LETTER, version: 2, by: AINO, saved_at: NOW } });
    this.opened.set(11, { call_back: "000 000 0012" });
  }

  count(what: keyof DeskRequests): number {
    return this.asked.filter((one) => one.what === what).length;
  }

  get desk(): DeskAnswer {
    return {
      now: NOW,
      assignments: this.assignments,
      rows: [...this.rows.values()],
      staff: [
        { person: AINO, name: "Ohjaaja 1" },
        { person: EERO, name: "Ohjaaja 2" },
        { person: OTSO, name: "Moderaattori 1" },
      ],
    };
  }

  readonly requests: DeskRequests = {
    desk: () => this.#answer("desk", {}, () => this.desk),
    open: (_, person) =>
      this.#answer("open", { person }, () => {
        const row = this.#row(person);
        const is_returned = row.state !== undefined && row.state !== "draft";
        return {
          assignment: this.assignments[0] ?? assignment(),
          row,
          ...(is_returned && { fields: WRITTEN }),
          sent: [],
          earlier: [
            {
              session: 2,
              theme: "Opiskelu ja työelämä",
              starts_at: Date.UTC(2026, 10, 26, 7),
              title: "Mitä haluat oppia?",
              fields: ["Pelkäsin, etten jaksa lukea. Nyt luen bussissa."],
              answer: "Hieno keino! Puoli tuntia päivässä on jo paljon.",
              answered_by: "Eero",
            },
          ],
          ...this.opened.get(person),
        };
      }),
    photo: async (_session, _person, { photo }) => ({ kind: "ok", value: await this.picture(photo) }),
    claim: (_, body) =>
      this.#change("claim", body, {
        claimed_by: this.me,
        claimed_until: NOW + 10 * MINUTE,
        ...(this.#row(body.person).state === "returned" && { state: "assigned" }),
      }),
    release: (_, body) => this.#change("release", body, { claimed_by: undefined, claimed_until: undefined }),
    takeOver: (_, body) =>
      this.#change("takeOver", body, { claimed_by: this.me, claimed_until: NOW + 10 * MINUTE }),
    deal: (_, body) =>
      this.#answer("deal", body, () => {
        const among = body.among ?? [AINO];
        let turn = 0;
        for (const row of this.rows.values()) {
          if (row.state !== "returned") continue;
          const to = among[turn % among.length] ?? AINO;
          this.rows.set(row.person, { ...row, state: "assigned", claimed_by: to });
          turn += 1;
        }
        return { dealt: among.map((person) => ({ person, count: Math.ceil(turn / among.length) })) };
      }),
    save: (_, body) =>
      this.#answer("save", body, () => {
        const answer = this.#write(body);
        if ("word" in answer) return answer;
        const row = this.#put(body.person, {
          state: "answered",
          claimed_by: this.me,
          claimed_until: NOW + 10 * MINUTE,
        });
        return { row, answer };
      }),
    look: (_, body) =>
      this.#answer("look", body, () => {
        const answer = { text: LETTER, version: body.version, looked_at_by: this.me };
        this.opened.set(body.person, { ...this.opened.get(body.person), answer });
        return { row: this.#row(body.person), answer };
      }),
    send: (_, body) =>
      this.#answer("send", body, () => {
        // The words are saved before it is seen whether they may go.
        const words = this.#write(body);
        if ("word" in words) return words;
        if (this.openings.includes(body.text.trim())) return { word: "add_your_own_words" as const };
        return {
          row: this.#put(body.person, {
            state: "sent",
            claimed_by: this.me,
            claimed_until: undefined,
            sent_at: NOW + 30_000,
          }),
        };
      }),
    unsend: (_, body) =>
      this.#change("unsend", body, {
        state: "answered",
        sent_at: undefined,
        claimed_until: NOW + 10 * MINUTE,
      }),
    worry: (_, body) =>
      this.#answer("worry", body, () => {
        if (body.done)
          this.opened.set(body.person, { ...this.opened.get(body.person), worry_done: body.done });
        return { row: this.#put(body.person, { wants_call: body.wants_call }) };
      }),
    writeDown: (_, body) =>
      this.#change("writeDown", body, { state: "returned", source: body.source, returned_at: NOW }),
    delivered: (_, body) => this.#change("delivered", body, { state: "read", read_at: NOW }),
    shared: (_, body) => this.#change("shared", body, { is_shared: true }),
    openings: () => this.#answer("openings", {}, () => ({ openings: this.openings })),
    setOpenings: (_, body) =>
      this.#answer("setOpenings", body, () => {
        this.openings = body.openings;
        return { openings: this.openings };
      }),
    assignments: () => this.#answer("assignments", {}, () => this.#plan()),
    plan: (_, body) =>
      this.#answer("plan", body, () => {
        const known = this.assignments.find(({ id }) => id === body.id);
        if (known && known.version !== body.version) return { word: "version_conflict" as const };
        const { id = 6, version: _version, ways = ["text"], ...words } = body;
        const made = {
          ...words,
          id,
          ways,
          version: (known?.version ?? 0) + 1,
          state: known?.state ?? "draft",
        };
        this.assignments = known
          ? this.assignments.map((one) => (one.id === id ? made : one))
          : [...this.assignments, made];
        return { ...this.#plan(), changed: id };
      }),
    drop: (_, body) =>
      this.#answer("drop", body, () => {
        this.assignments = this.assignments.filter(({ id }) => id !== body.assignment);
        return this.#plan();
      }),
  };

  #plan() {
    return { assignments: this.assignments, ...(this.takes_photos && { takes_photos: true }) };
  }

  /** An answer as it is saved, on the words that its writer knew. */
  #write({ person, text, version }: { person: PersonId; text: string; version: number }) {
    const opened = this.opened.get(person);
    const known = opened?.answer ?? { text: "", version: 0 };
    if (known.text === text) return known;
    if (known.version !== version) {
      this.opened.set(person, { ...opened, answer: { ...known, other: text } });
      return { word: "version_conflict" as const };
    }
    const answer = { text, version: version + 1, by: this.me, saved_at: NOW + MINUTE };
    this.opened.set(person, { ...opened, answer });
    return answer;
  }

  #row(person: PersonId): DeskRow {
    return this.rows.get(person) ?? { person, assignment: 5 };
  }

  #put(person: PersonId, change: { [K in keyof DeskRow]?: DeskRow[K] | undefined }): DeskRow {
    const all = { ...this.#row(person), ...change };
    const row = Object.fromEntries(
      Object.entries(all).filter(([, value]) => value !== undefined),
    ) as unknown as DeskRow;
    this.rows.set(person, row);
    return row;
  }

  #change(
    what: keyof DeskRequests,
    body: WorkBody,
    change: { [K in keyof DeskRow]?: DeskRow[K] | undefined },
  ): Promise<Answer<{ row: DeskRow }>> {
    return this.#answer(what, body, () => ({ row: this.#put(body.person, change) }));
  }

  async #answer<T extends object>(
    what: keyof DeskRequests,
    body: object,
    act: () => T | Refusal,
  ): Promise<Answer<Exclude<T, Refusal>>> {
    this.asked.push({ what, body });
    const next = this.next.shift();
    if (next === "unreachable") return { kind: "unreachable" };
    const value = next === "lost" || !next ? act() : next;
    if (next === "lost") return { kind: "unreachable" };
    if ("word" in value) return { kind: "refused", refusal: value as Refusal };
    return { kind: "ok", value: value as Exclude<T, Refusal> };
  }
}
