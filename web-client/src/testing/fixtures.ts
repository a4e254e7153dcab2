import type {
  Agenda,
  Change,
  ChatInfo,
  FloorInfo,
  FloorRequest,
  HelpRequest,
  Message,
  Person,
  Poll,
  RoomInfo,
  Turn,
  TurnText,
} from "@protocol";
import { applyBatch, EMPTY_ROOM, type RoomState } from "../state/room_state";
import { CLOCK, ME } from "./fakes";

/** The things of a room in which people talk about sleep, for tests and for looking at screens. */

const NOW = CLOCK.room;

export const info = (change: Partial<RoomInfo> = {}): RoomInfo => ({
  type: "room",
  session: 1,
  theme: "Uni",
  series: "Etäkahvila",
  starts_at: Date.UTC(2026, 11, 3, 7),
  ends_at: Date.UTC(2026, 11, 3, 11),
  phase: "live",
  since: NOW - 4_440_000,
  help_phone: "09 000 0000",
  where_we_are: [
    "Moni valvoo, kun huolet pyörivät mielessä.",
    "Iltakävely on auttanut viittä meistä.",
    "Seuraavaksi puhumme kahvista ja unesta.",
  ],
  ...change,
});

export const agenda = (change: Partial<Agenda> = {}): Agenda => ({
  type: "agenda",
  items: [
    { id: 1, kind: "talk", title: "Mitä uni on", minutes: 30 },
    {
      id: 2,
      kind: "discussion",
      title: "Nukahtaminen",
      minutes: 30,
      question: "Mikä auttaa sinua nukahtamaan?",
    },
    { id: 3, kind: "break", title: "tauko", minutes: 15 },
    { id: 4, kind: "round", title: "Kierros", minutes: 45, question: "Mitä teet ennen nukkumaanmenoa?" },
  ],
  current: 2,
  since: NOW - 14 * 60_000,
  ...change,
});

export const floor = (change: Partial<FloorInfo> = {}): FloorInfo => ({
  type: "floor",
  policy: "open",
  line_up: [],
  limit_is_hard: false,
  stage: [1, 2],
  usual_turn_seconds: 150,
  ...change,
});

export const chat = (change: Partial<ChatInfo> = {}): ChatInfo => ({
  type: "chat",
  mode: "open",
  slow_seconds: 0,
  ...change,
});

export const person = (id: number, name: string, change: Partial<Person> = {}): Person => ({
  type: "person",
  id,
  name,
  role: "participant",
  presence: "present",
  since: NOW - 3_600_000,
  ...change,
});

export const request = (
  id: number,
  beneficiary: number,
  change: Partial<FloorRequest> = {},
): FloorRequest => ({
  type: "floor_request",
  id,
  kind: "speak",
  beneficiary,
  requested_by: beneficiary,
  state: "accepted",
  since: NOW - 60_000 * (10 - (id % 10)),
  ...change,
});

export const turn = (speaker: number, change: Partial<Turn> = {}): Turn => ({
  type: "turn",
  id: 40,
  speaker,
  kind: "speak",
  state: "speaking",
  since: NOW - 134_000,
  spoken_ms: 0,
  limit_is_hard: false,
  reply_count: 0,
  ...change,
});

export const turnText = (turn: number, speaker: number, text: string): TurnText => ({
  type: "turn_text",
  turn,
  speaker,
  text,
  by: speaker,
  at: NOW,
});

export const message = (
  id: number,
  author: number,
  text: string,
  change: Partial<Message> = {},
): Message => ({
  type: "message",
  id,
  place: id,
  author,
  channel: "room",
  state: "published",
  text,
  at: NOW - (20 - (id % 20)) * 45_000,
  ...change,
});

export const help = (change: Partial<HelpRequest> = {}): HelpRequest => ({
  type: "help_request",
  id: 1,
  person: ME,
  kind: "not_heard",
  state: "open",
  since: NOW - 70_000,
  has_call_back: false,
  ...change,
});

export const poll = (change: Partial<Poll> = {}): Poll => ({
  type: "poll",
  id: 60,
  question: "Missä nukahdat helpoimmin?",
  options: ["Omassa sängyssä", "Mökillä tai matkalla", "Sohvalla", "Bussissa tai junassa", "En osaa sanoa"],
  choices_max: 1,
  state: "open",
  version: 1,
  answered: 4,
  opened_at: NOW - 180_000,
  ...change,
});

/** Closed, and shown to everyone. */
export const shownPoll = (change: Partial<Poll> = {}): Poll =>
  poll({
    state: "shown",
    answered: 22,
    counts: [9, 6, 4, 2, 1],
    closed_at: NOW - 90_000,
    shown_at: NOW - 60_000,
    ...change,
  });

export const quiz = (change: Partial<Poll> = {}): Poll =>
  poll({
    id: 61,
    question: "Kuinka monta tuntia aikuinen yleensä nukkuu?",
    options: ["5–6 tuntia", "7–9 tuntia", "10–11 tuntia"],
    quiz: true,
    ...change,
  });

export const PEOPLE: readonly Person[] = [
  person(1, "Ohjaaja 1", { role: "facilitator" }),
  person(2, "Ohjaaja 2", { role: "facilitator" }),
  person(3, "Moderaattori 2", { role: "moderator" }),
  person(ME, "Mustikka"),
  person(8, "Kuusi"),
  person(9, "Kanerva"),
  person(10, "Käpy"),
  person(11, "Tikka"),
  person(12, "Siili"),
  person(13, "Vanamo"),
  person(14, "Hauki"),
  person(15, "Poro"),
];

export const MESSAGES: readonly Message[] = [
  message(1, 1, "Hyvää huomenta! Voit puhua tai kirjoittaa. Molemmat ovat yhtä hyviä tapoja olla mukana."),
  message(2, 9, "Minua auttaa kirja. Luen joka ilta pari sivua.", {
    reactions: [{ reaction: "heart", count: 2 }],
  }),
  { ...message(3, 12, "", { state: "retracted" }), text: "" },
  message(4, ME, "Minä kuuntelen sateen ääntä."),
  message(5, ME, "Katsoin hyvän ohjelman unesta. Laitan siitä linkin.", { state: "held" }),
  message(6, ME, "Naapurini ei nuku ollenkaan.", {
    state: "rejected",
    reason: "viesti kertoo toisesta ihmisestä",
  }),
  message(7, 13, "Minä juon kahvia vain aamulla. Se auttoi heti."),
  message(8, 14, "Hyvä ajatus, Kuusi!", { reply_to: 2 }),
  message(9, 15, "Minun puhelimeni on herätyskello. En voi viedä sitä pois."),
  message(10, 10, "Ostin kirpputorilta vanhan herätyskellon."),
];

/** A room in which Kuusi speaks and I am third. */
export const LIVE: readonly Change[] = [
  info(),
  agenda(),
  floor(),
  chat(),
  ...PEOPLE,
  turn(8),
  request(1, 9),
  request(2, 10),
  request(3, ME),
  request(4, 11),
  ...MESSAGES,
];

/** The room that these changes make, by the real reducer, at step `to`. */
export function roomOf(changes: readonly Change[], to = 1, before: RoomState = EMPTY_ROOM): RoomState {
  const applied = applyBatch(before, { type: "batch", from: before.seq, to, changes: [...changes] });
  if (applied.kind !== "applied") throw new Error(`the batch was ${applied.kind}`);
  return applied.room;
}
