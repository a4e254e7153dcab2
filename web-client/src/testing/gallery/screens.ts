import type { Change, Command, Refusal } from "@protocol";
import type { LookAnswer, OwnFeedback, ShownImprovement } from "@protocol/api";
import { CLOCK, ME } from "../fakes";
import * as make from "../fixtures";
import { ASKING, FakeOwnPage, ownDay, ownPage, SEASON_NOW } from "../own_page_fixtures";
import { assignment, FakeWork, LETTER, MINUTE, submission, WRITTEN } from "../work_fixtures";

/** One screen to look at: what the room is like, and what the person has done. */
export interface Screen {
  readonly changes?: readonly Change[];
  /** Commands given and not answered. */
  readonly sends?: readonly Command[];
  /** What comes after the screen has been drawn, as one step. */
  readonly after?: readonly Change[];
  readonly ends?: number;
  readonly is_lost?: boolean;
  readonly saving?: "slow" | "stopped";
  readonly link?: LookAnswer | "unknown" | "none";
  /** The session has voice. */
  readonly has_voice?: boolean;
  /** What is being said in turn 40. */
  readonly speech?: string;
  /** The author's own work, as the server has it. */
  readonly work?: () => FakeWork;
  /** The person's season, as the server has it. */
  readonly season?: () => FakeOwnPage;
  /** Whether the person may give feedback, or has. */
  readonly feedback?: OwnFeedback;
  /** Feedback that is given does not arrive. */
  readonly loses_feedback?: boolean;
  /** What changed by earlier feedback, as the door told it. */
  readonly improvements?: readonly ShownImprovement[];
  /** Into which field, and what. */
  readonly writes?: readonly [field: string, words: string];
  /** A photo is chosen; what the server says to it. */
  readonly chooses_photo?: "ok" | "unreachable" | Refusal;
  /** To press after all that. */
  readonly then_press?: readonly string[];
  /** What the page is scrolled to. */
  readonly shows?: string;
  /** The button to press, by its words. */
  readonly press?: readonly string[];
}

const NOW = CLOCK.room;
const me = make.person(ME, "Mustikka");
const without = (...kinds: Change["type"][]) => make.LIVE.filter(({ type }) => !kinds.includes(type));
const idle = make.LIVE.filter((thing) => !(thing.type === "floor_request" && thing.beneficiary === ME));
const few = without("message").concat(make.MESSAGES.slice(0, 4));

const link = (
  change: Partial<LookAnswer> = {},
  phase: "planned" | "doors_open" = "doors_open",
): LookAnswer => ({
  role: "participant",
  standing: "open",
  now: CLOCK.utc,
  session: {
    id: 1,
    theme: "Uni",
    series: "Etäkahvila",
    starts_at: Date.UTC(2026, 11, 3, 7),
    ends_at: Date.UTC(2026, 11, 3, 11),
    phase,
    help_phone: "09 000 0000",
  },
  entered: false,
  ...change,
});

const SPEECH =
  "Laitan puhelimen toiseen huoneeseen. Sitten en katso sitä yöllä. " +
  "Ensin se tuntui vaikealta, mutta viikossa siihen tottui. " +
  "Nyt luen kirjaa ennen nukkumista, ja nukahdan aikaisemmin kuin ennen.";

const calm = without("turn", "floor_request");
const { counts: _counts, answered: _answered, ...fewAnswered } = make.shownPoll();
const quizShown = make.quiz({
  state: "shown",
  answered: 22,
  counts: [4, 15, 3],
  right: [1],
  why: "Jollekin riittää vähempi.",
  closed_at: NOW - 300_000,
  shown_at: NOW - 280_000,
});
const ITS_TIME: readonly Change[] = [
  ...idle.filter(({ type }) => type !== "turn" && type !== "floor_request" && type !== "agenda"),
  make.agenda({
    items: [
      {
        id: 9,
        kind: "assignment",
        title: "Päivän tehtävä",
        minutes: 60,
        question: "Millainen on sinun yösi?",
      },
      { id: 10, kind: "closing", title: "lopetus", minutes: 30 },
    ],
    current: 9,
  }),
  { type: "assignment", id: 5, state: "open", version: 1, minutes: 30 },
];
const letter = { text: LETTER, by: 1, name: "Aino", sent_at: CLOCK.utc + 20 * MINUTE };
const returned =
  (change: Parameters<typeof submission>[0] = {}) =>
  () =>
    new FakeWork(submission({ state: "returned", fields: WRITTEN, returned_at: CLOCK.utc, ...change }));
const drafted =
  (change: Parameters<typeof submission>[0] = {}) =>
  () =>
    new FakeWork(submission({ fields: WRITTEN, saved_at: CLOCK.utc, ...change }));

const IMPROVEMENTS: ShownImprovement[] = [
  {
    text: "Tauko on nyt 20 minuuttia. Sanoitte, että 15 minuuttia oli liian vähän.",
    days: [CLOCK.utc],
  },
  { text: "Aloitamme kierroksella. Moni ei päässyt viimeksi ääneen.", days: [CLOCK.utc] },
];
const withImprovements = (answer: LookAnswer): LookAnswer => ({
  ...answer,
  ...(answer.session && { session: { ...answer.session, improvements: IMPROVEMENTS } }),
});
const DOORS: readonly Change[] = [
  make.info({ phase: "doors_open", starts_at: CLOCK.utc + 18 * 60_000, where_we_are: [] }),
  make.agenda({ current: undefined as never, since: undefined as never }),
  make.floor({ policy: "closed" }),
  make.chat(),
  ...make.PEOPLE,
  make.message(1, 1, "Hyvää huomenta! Aloitamme pian."),
];

const DESCRIBED = [
  { id: 1, description: "Ikkuna illalla" },
  { id: 2, description: "" },
  { id: 3, description: "Kissa ikkunalla" },
];
/** An assignment that takes photos, and how many there are. */
const photographed =
  (count: number, change: Parameters<typeof submission>[0] = {}) =>
  () => {
    const photos = DESCRIBED.slice(0, count);
    const shown = assignment({ ways: ["text", "photo", "phone"] });
    const fields = WRITTEN.map((text) => text || "Kävelyä illalla.");
    const work = new FakeWork(submission({ fields, saved_at: CLOCK.utc, photos, ...change }), [shown]);
    work.takes_photos = true;
    return work;
  };
const photo = (change: Partial<Screen>, count = 0): Screen => ({
  changes: ITS_TIME,
  work: photographed(count),
  press: ["Jatka päivän tehtävää"],
  shows: "#work-photos",
  ...change,
});
const OVER = [...idle, make.info({ phase: "closed" })];

/** The link of a season between its days: the next one is in a week. */
const seasonLink = (
  change: Partial<LookAnswer> = {},
  session: Partial<NonNullable<LookAnswer["session"]>> = {},
) => ({
  ...link({ standing: "early", now: SEASON_NOW, name: "Mustikka", entered: true, season: true, ...change }),
  session: {
    id: 2,
    theme: "Erilainen joululoma",
    series: "Etäkahvila",
    starts_at: Date.UTC(2026, 11, 10, 7),
    ends_at: Date.UTC(2026, 11, 10, 11),
    phase: "planned" as const,
    help_phone: "09 000 0000",
    ...session,
  },
});
const CANCELLED = "Ohjaaja on sairaana.";
const cancelledNext = (first: Parameters<typeof ownDay>[4] = {}) =>
  new FakeOwnPage(
    ownPage({
      days: [
        ownDay(2, 12, 10, "Erilainen joululoma", { cancelled: CANCELLED, ...first }),
        ownDay(3, 12, 17, "Pikkujoulut ja palaute"),
      ],
    }),
  );
const asking = () => new FakeOwnPage(ownPage(ASKING));
const MORNING = Date.UTC(2026, 11, 10, 6, 20);

export const SCREENS: Record<string, Screen> = {
  "feedback-room": {
    changes: [...idle, { type: "feedback", state: "open", closes_at: CLOCK.utc }],
    feedback: "open",
  },
  "feedback-room-form": {
    changes: [...idle, { type: "feedback", state: "open", closes_at: CLOCK.utc }],
    feedback: "open",
    press: ["Anna palautetta"],
  },
  "feedback-asked": { changes: OVER, feedback: "open" },
  "feedback-form": { changes: OVER, feedback: "open", press: ["Anna palautetta"] },
  "feedback-filled": {
    changes: OVER,
    feedback: "open",
    press: ["Anna palautetta", "Melko hyväl\u00adtä", "En osaa sanoa", "Joku auttoi minua vastaamaan."],
    writes: ["#feedback-words", "Tauko oli liian lyhyt. En ehtinyt käydä kahvilla."],
  },
  "feedback-nothing": {
    changes: OVER,
    feedback: "open",
    press: ["Anna palautetta", "Lähetä palaute"],
    shows: ".note.stop",
  },
  "feedback-unsent": {
    changes: OVER,
    feedback: "open",
    loses_feedback: true,
    press: ["Anna palautetta", "Hyväl\u00adtä", "Lähetä palaute"],
    shows: ".note.stop",
  },
  "feedback-sent": {
    changes: OVER,
    feedback: "open",
    press: ["Anna palautetta", "Hyväl\u00adtä", "Lähetä palaute"],
  },
  "feedback-answered": { changes: OVER, feedback: "answered" },
  "feedback-closed": { changes: OVER, feedback: "closed" },
  "feedback-own-page": { link: link({ standing: "over" }), feedback: "open", press: ["Anna palautetta"] },
  "changed-door": { link: withImprovements(link()) },
  "changed-planned": { link: withImprovements(link({}, "planned")) },
  "changed-own-page": {
    link: withImprovements(link({ standing: "early", opens_at: CLOCK.utc + 86_400_000 }, "planned")),
  },
  "changed-room": { changes: DOORS, improvements: IMPROVEMENTS },
  "photo-none": photo({ press: ["Jatka päivän tehtävää", "Muuta vastauksia"] }),
  "photo-one": photo({}, 1),
  "photo-three": photo({}, 3),
  "photo-heic": photo({ chooses_photo: { word: "picture_not_read" } }),
  "photo-too-big": photo({ chooses_photo: { word: "picture_too_large" } }),
  "photo-cut-off": photo({ chooses_photo: { word: "picture_cut_off" } }),
  "photo-unsent": photo({ chooses_photo: "unreachable" }, 1),
  "photo-added": photo({ chooses_photo: "ok" }),
  "photo-returned": {
    changes: ITS_TIME,
    work: photographed(2, { state: "returned", returned_at: CLOCK.utc }),
    press: ["Päivän tehtävä", "Mitä kirjoitin?"],
  },
  poll: { changes: [...calm, make.poll()] },
  "poll-many": { changes: [...calm, make.poll({ choices_max: 2 })] },
  "poll-answered": { changes: [...calm, make.poll(), { type: "poll_answer", person: ME, poll: 60 }] },
  "poll-in-queue": { changes: [...make.LIVE, make.poll()] },
  "poll-break": {
    changes: [...calm, make.info({ phase: "paused", break_ends_at: NOW + 760_000 }), make.poll()],
  },
  "poll-closed": { changes: [...calm, make.poll({ state: "closed", answered: 22, closed_at: NOW })] },
  "poll-result": { changes: [...calm, quizShown, make.shownPoll()] },
  "poll-few": { changes: [...calm, fewAnswered] },
  "poll-quiz": { changes: [...calm, quizShown] },
  "task-way": { changes: ITS_TIME, work: () => new FakeWork() },
  task: { changes: ITS_TIME, work: () => new FakeWork(), press: ["Tee päivän tehtävä"] },
  "task-poll": {
    changes: [...ITS_TIME, make.poll()],
    work: () => new FakeWork(),
    press: ["Tee päivän tehtävä"],
  },
  "task-poll-asked": { changes: [...ITS_TIME, make.poll()], work: () => new FakeWork() },
  "task-next": { changes: ITS_TIME, work: drafted(), press: ["Jatka päivän tehtävää", "Edellinen"] },
  "task-two": {
    changes: ITS_TIME,
    work: drafted({ other: { fields: ["Herään usein.", "", ""], saved_at: CLOCK.utc - 16 * MINUTE } }),
    press: ["Jatka päivän tehtävää"],
  },
  "task-return": { changes: ITS_TIME, work: drafted(), press: ["Jatka päivän tehtävää", "Seuraava"] },
  "task-returned": {
    changes: ITS_TIME,
    work: returned({
      state: "assigned",
      claimed_by: 1,
      claimed_name: "Aino",
      wants_call: true,
      call_back: "000 000 0007",
    }),
    press: ["Päivän tehtävä"],
  },
  "task-news": { changes: ITS_TIME, work: returned({ state: "sent", answers: [letter] }) },
  "task-answer": {
    changes: ITS_TIME,
    work: returned({ state: "sent", answers: [letter] }),
    press: ["Lue vastaus"],
  },
  "own-page": {
    link: link({ standing: "early", opens_at: CLOCK.utc + 86_400_000 }, "planned"),
    work: returned({ state: "sent", answers: [letter] }),
  },
  "own-page-task": { link: link({ standing: "over" }), work: drafted() },
  "season-page": {
    link: seasonLink(),
    season: () => new FakeOwnPage(),
    work: returned({ state: "sent", answers: [letter] }),
  },
  "season-cancelled": { link: seasonLink({}, { cancelled: CANCELLED }), season: () => cancelledNext() },
  "season-call-cancelled": { link: seasonLink({}), season: () => cancelledNext({ way: "phone_day" }) },
  "season-meeting-cancelled": {
    link: seasonLink({}),
    season: () => cancelledNext({ appointment: "face_to_face", cancelled: "Tapaaminen on peruttu." }),
  },
  "season-over": {
    link: seasonLink({ standing: "over" }, { phase: "closed" }),
    season: () => new FakeOwnPage(ownPage({ days: [] })),
  },
  "season-calendar": {
    link: seasonLink(),
    season: () => new FakeOwnPage(),
    press: ["Lisää puhelimen kalenteriin"],
    shows: ".address",
  },
  "season-told": {
    link: seasonLink(),
    season: () => new FakeOwnPage(),
    press: ["En pääse 10.12.", "Kerro, että en pääse"],
  },
  "season-unsent": {
    link: seasonLink(),
    season: () => {
      const server = asking();
      server.loses = true;
      return server;
    },
    press: ["En pääse 10.12.", "Olen sairas", "Kerro, että en pääse"],
  },
  absence: { link: seasonLink(), season: asking, press: ["En pääse 10.12.", "Olen sairas"] },
  "absence-no-reason": { link: seasonLink(), season: () => new FakeOwnPage(), press: ["En pääse 7.1."] },
  "season-which": {
    link: {
      ...seasonLink({ standing: "open", now: MORNING }),
      next: [
        { ...seasonLink().session, phase: "doors_open" },
        {
          ...seasonLink().session,
          id: 9,
          theme: "Opiskelu ja työelämä",
          starts_at: Date.UTC(2026, 11, 10, 12),
          ends_at: Date.UTC(2026, 11, 10, 14),
        },
      ],
    },
    season: () => new FakeOwnPage(),
  },
  "season-doors": {
    link: seasonLink({ standing: "open", now: MORNING, opens_at: Date.UTC(2026, 11, 10, 6, 30) }),
    season: () => new FakeOwnPage(),
  },
  "season-staff": {
    link: seasonLink(
      { standing: "open", now: Date.UTC(2026, 11, 10, 6, 35) },
      { phase: "doors_open", is_staff_here: false },
    ),
    season: () => new FakeOwnPage(),
  },
  "link-cancelled": { link: { ...seasonLink({}, { cancelled: CANCELLED }), season: false } },
  join: { link: link() },
  "join-planned": { link: link({}, "planned") },
  "join-back": { link: link({ entered: true, name: "Mustikka" }) },
  "no-link": { link: "none" },
  "bad-link": { link: "unknown" },

  waiting: {
    changes: make.LIVE,
    sends: [{ type: "send_message", channel: "room", text: "Sama täällä!" }],
  },
  "waiting-new": { changes: few, after: make.MESSAGES.slice(6) },
  ask: { changes: idle },
  "ask-otherwise": { changes: idle, press: ["Kirjoita vuoro"] },
  "ask-written": { changes: idle, press: ["Kirjoita vuoro", "Kirjoitan vuoroni"] },
  "your-turn": { changes: [...without("turn"), make.turn(ME, { since: NOW - 3000 })] },
  speaking: { changes: [...without("turn"), make.turn(ME, { since: NOW - 42_000 })], press: ["Puhu nyt"] },
  writing: {
    changes: [...without("turn"), make.turn(ME, { since: NOW - 42_000 })],
    press: ["Puhu nyt", "Kirjoita"],
    speech: SPEECH,
  },
  speech: { changes: make.LIVE, speech: SPEECH },
  "voice-offer": { changes: make.LIVE, has_voice: true },
  "voice-your-turn": {
    changes: [...without("turn"), make.turn(ME, { since: NOW - 3000 })],
    has_voice: true,
  },
  "voice-refused": {
    changes: [...without("turn"), make.turn(ME, { since: NOW - 42_000 })],
    has_voice: true,
    press: ["Puhu nyt"],
  },
  "voice-settings": { changes: make.LIVE, has_voice: true, press: ["Asetukset"] },
  "time-is-up": {
    changes: [...without("turn"), make.turn(ME, { since: NOW - 190_000, soft_limit_seconds: 180 })],
    press: ["Puhu nyt"],
  },
  offline: {
    changes: make.LIVE,
    is_lost: true,
    sends: [{ type: "send_message", channel: "room", text: "Sama täällä!" }],
  },
  break: {
    changes: [
      ...idle.filter(({ type }) => type !== "turn" && type !== "floor_request" && type !== "agenda"),
      make.info({ phase: "paused", since: NOW - 140_000, break_ends_at: NOW + 760_000 }),
      make.agenda({ current: 3 }),
    ],
  },
  approval: { changes: [...idle, make.request(9, ME, { state: "pending" })] },
  closed: { changes: [...idle, make.floor({ policy: "closed" })] },
  denied: { changes: [...idle, make.request(9, ME, { state: "denied", note: "Jatketaan tauon jälkeen." })] },
  doors: { changes: DOORS },
  round: {
    changes: [
      ...without("floor_request"),
      make.floor({ policy: "round" }),
      {
        type: "round",
        id: 1,
        places: [
          { person: 9, mark: "spoken" },
          { person: 8, mark: "speaking" },
          { person: 10, mark: "waiting" },
          { person: ME, mark: "waiting" },
          { person: 11, mark: "waiting" },
        ],
      },
    ],
  },
  "round-turn": {
    changes: [
      ...without("floor_request", "turn"),
      make.turn(ME, { since: NOW - 2000 }),
      { type: "round", id: 1, places: [{ person: ME, mark: "speaking" }] },
    ],
  },
  written: {
    changes: [
      ...without("turn"),
      make.turn(9, {
        kind: "written",
        text: "Minua auttaa, kun kirjoitan huolet paperille ennen nukkumaanmenoa.",
      }),
    ],
  },
  help: { changes: make.LIVE, press: ["Pyydä apua"] },
  "help-details": { changes: make.LIVE, press: ["Pyydä apua", "Minua ei kuulla"] },
  "help-seen": { changes: [...make.LIVE, make.help({ state: "claimed", claimed_by: 3 })] },
  "help-thread": {
    changes: [
      ...make.LIVE,
      make.help({ state: "claimed", claimed_by: 3, has_call_back: true, call_back: "040 000 0000" }),
      {
        type: "help_line",
        id: 1,
        help: 1,
        author: 3,
        text: "Hei! Paina mikrofonin kuvaa. Näkyykö se?",
        at: NOW - 30_000,
      },
      { type: "help_line", id: 2, help: 1, author: ME, text: "Näkyy, mutta se on harmaa.", at: NOW - 10_000 },
    ],
    press: ["Näytä apupyyntö"],
  },
  "help-unsent": {
    changes: make.LIVE,
    is_lost: true,
    sends: [{ type: "ask_for_help", kind: "not_heard" }],
  },
  "help-solved": { changes: [...make.LIVE, make.help({ state: "solved", ended_at: NOW })] },
  silenced: {
    changes: [
      ...make.LIVE,
      { ...me, silenced_until: NOW + 600_000, silence_reason: "Monta viestiä peräkkäin" },
    ],
  },
  "two-names": { changes: [...make.LIVE, { ...me, second_name: "Pihla" }] },
  "saving-stopped": { changes: make.LIVE, saving: "stopped" },
  checkpoint: { changes: [...idle, { type: "checkpoint", id: 1, at: NOW, answered: false }] },
  "message-acts": { changes: few, press: ["Toiminnot: viesti, Kanerva, Minua auttaa kirja. Luen joka…"] },
  announcement: {
    changes: [
      ...make.LIVE,
      make.chat({ announcement: "Tehtävä palautetaan tänään kello 16 mennessä.", slow_seconds: 30 }),
    ],
  },
  settings: { changes: make.LIVE, press: ["Asetukset"] },
  removed: { changes: make.LIVE, ends: 4503 },
  over: { changes: make.LIVE, ends: 4504 },
  left: { changes: make.LIVE, ends: 4506 },
};
