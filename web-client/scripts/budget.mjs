// Says what each page weighs over the line (brotli), and ends with 1 when one is heavier than it may be.
// A page is its html and all that the html names; a room or a console is the page and every chunk it may still load,
// but voice: its code comes only where a session has voice, and the decoder in WebAssembly only where a browser has
// none; but polls and feedback, which come where something is asked of everyone; but the programme and its people,
// which come only to who coordinates all series, and a session as it is prepared, or cancelled; but the work, which
// comes only where there is an assignment, or to the staff who answer it, and its photos, where it has them; but the
// own page, which comes where the door is shut, and the page of a link that opens nothing; but the question of two
// names, and a nickname, which come where they are asked for; and but absences, days by phone and meetings, to those of
// the staff who have them, and accounts, one's own, and keeping, which are opened now and then, and what is wrong with
// the server, which comes where something is. Of the texts that come by language a person brings one: the heaviest
// counts.
import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

const dist = resolve(import.meta.dirname, "../dist");
const budgets = [
  { name: "participant: join", page: "index.html", bytes_max: 30_000 },
  { name: "participant: join and room", page: "index.html", whole: true, bytes_max: 60_000 },
  { name: "participant: voice, beside them", page: "index.html", part: "voice", bytes_max: 20_000 },
  { name: "participant: polls, beside them", page: "index.html", part: "polls", bytes_max: 5_000 },
  { name: "participant: the assignment, beside them", page: "index.html", part: "work", bytes_max: 12_000 },
  {
    name: "participant: photos of it, beside them",
    page: "index.html",
    part: "photos",
    beyond: "work",
    bytes_max: 4_000,
  },
  { name: "participant: the own page, beside them", page: "index.html", part: "own_page", bytes_max: 8_000 },
  { name: "participant: a shut door, beside them", page: "index.html", part: "closed", bytes_max: 2_000 },
  { name: "participant: two names, beside them", page: "index.html", part: "names", bytes_max: 2_000 },
  { name: "participant: a nickname, beside them", page: "index.html", part: "nickname", bytes_max: 2_000 },
  { name: "participant: feedback, beside them", page: "index.html", part: "feedback", bytes_max: 5_000 },
  { name: "participant: the decoder in WebAssembly", page: "index.html", part: "decoder", bytes_max: 62_000 },
  { name: "staff: all consoles", page: "staff.html", whole: true, bytes_max: 120_000 },
  { name: "staff: voice, beside them", page: "staff.html", part: "voice", bytes_max: 20_000 },
  { name: "staff: polls, beside them", page: "staff.html", part: "polls", bytes_max: 9_000 },
  { name: "staff: the day's work, beside them", page: "staff.html", part: "work", bytes_max: 20_000 },
  { name: "staff: feedback, beside them", page: "staff.html", part: "feedback", bytes_max: 10_000 },
  {
    name: "staff: one session prepared, beside them",
    page: "staff.html",
    part: "sessions",
    bytes_max: 16_000,
  },
  { name: "staff: the programme, beside them", page: "staff.html", part: "programme", bytes_max: 27_000 },
  { name: "staff: absences, beside them", page: "staff.html", part: "absences", bytes_max: 5_000 },
  { name: "staff: a day by phone, beside them", page: "staff.html", part: "phone_day", bytes_max: 10_000 },
  { name: "staff: one's own account, beside them", page: "staff.html", part: "account", bytes_max: 11_000 },
  { name: "staff: accounts, beside them", page: "staff.html", part: "accounts", bytes_max: 9_000 },
  { name: "staff: keeping, beside them", page: "staff.html", part: "keeping", bytes_max: 12_000 },
  { name: "staff: what is wrong, beside them", page: "staff.html", part: "health", bytes_max: 2_000 },
  { name: "staff: meetings, beside them", page: "staff.html", part: "meetings", bytes_max: 7_000 },
  {
    name: "staff: people of a season, beside them",
    page: "staff.html",
    part: "people",
    beyond: "programme",
    bytes_max: 25_000,
  },
  {
    name: "staff: a cancelled day, beside them",
    page: "staff.html",
    part: "cancel",
    beyond: "programme",
    bytes_max: 8_000,
  },
];
const VOICE = /^assets\/voice-/;
const POLLS = /^assets\/poll[-_]/;
const WORK = /^assets\/work(_desk|_returns)?-/;
const FEEDBACK = /^assets\/feedback[-_]/;
const PHOTOS = /^assets\/photos-/;
const SESSIONS = /^assets\/(sessions_page|mail_sheet|file_import|qr)-/;
const PROGRAMME = /^assets\/(programme|kinds)-/;
const PEOPLE = /^assets\/(people|mail_sheet|file_import|qr)-/;
const CANCEL = /^assets\/cancel-/;
const OWN_PAGE = /^assets\/own_page[-_]/;
const ABSENCES = /^assets\/absences[-_]/;
const PHONE_DAY = /^assets\/phone_day_page-/;
const MEETINGS = /^assets\/meetings_page-/;
const ACCOUNT = /^assets\/(use_own_account|set_up_step|qr)-/;
const KEEPING = /^assets\/keeping_page-/;
const HEALTH = /^assets\/health_notes-/;
const ACCOUNTS = /^assets\/accounts-/;
const CLOSED = /^assets\/closed-/;
const NICKNAME = /^assets\/nickname-/;
const NAMES = /^assets\/which_name-/;
const APART = [
  VOICE,
  POLLS,
  WORK,
  FEEDBACK,
  PHOTOS,
  SESSIONS,
  PROGRAMME,
  PEOPLE,
  CANCEL,
  OWN_PAGE,
  CLOSED,
  NAMES,
  NICKNAME,
  ABSENCES,
  PHONE_DAY,
  MEETINGS,
  ACCOUNT,
  ACCOUNTS,
  KEEPING,
  HEALTH,
];
/** By which files each part is come to; one beyond another is come to by that. */
const ENTRANCE = {
  voice: VOICE,
  decoder: VOICE,
  polls: POLLS,
  work: WORK,
  feedback: FEEDBACK,
  photos: PHOTOS,
  sessions: SESSIONS,
  programme: PROGRAMME,
  own_page: OWN_PAGE,
  closed: CLOSED,
  names: NAMES,
  nickname: NICKNAME,
  absences: ABSENCES,
  phone_day: PHONE_DAY,
  meetings: MEETINGS,
  account: ACCOUNT,
  accounts: ACCOUNTS,
  keeping: KEEPING,
  health: HEALTH,
  people: PEOPLE,
  cancel: CANCEL,
};
const LANGUAGES = ["fi", "sv", "en"];
const isOfAnother = (language) => {
  const others = LANGUAGES.filter((one) => one !== language).join("|");
  return (file) => new RegExp(`^assets/\\w+_(${others})-`).test(file);
};
const DECODER = /^assets\/listening_wasm_worker-/;

/** The files of one budget. */
function filesFor({ page, whole, part, beyond }, language) {
  const isForeign = isOfAnother(language);
  const isApart = (file) => APART.some((each) => each.test(file)) || isForeign(file);
  const room = filesOf(page, whole || part !== undefined, (file) => !isApart(file));
  if (!part) return room;
  const isEntrance = (file) => ENTRANCE[part].test(file) || (beyond && ENTRANCE[beyond].test(file));
  const before = beyond ? [...room, ...filesFor({ page, part: beyond }, language)] : room;
  const isOfPart = (file) => !isForeign(file) && (isEntrance(file) || !isApart(file));
  const beside = filesOf(page, true, isOfPart).filter((file) => !before.includes(file));
  return beside.filter((file) => DECODER.test(file) === (part === "decoder"));
}

/** The page, and all that it names and that may be followed. */
function filesOf(page, whole, may_follow) {
  const found = new Set([page]);
  const wait = [...readFileSync(join(dist, page), "utf8").matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(
    (m) => m[1],
  );
  while (wait.length > 0) {
    const file = wait.pop();
    if (found.has(file) || !may_follow(file)) continue;
    found.add(file);
    if (!file.endsWith(".js")) continue;
    const code = readFileSync(join(dist, file), "utf8");
    for (const [, name] of code.matchAll(/\bfrom\s*["']\.\/([^"']+)["']|\bimport\s*["']\.\/([^"']+)["']/g)) {
      if (name) wait.push(`assets/${name}`);
    }
    if (!whole) continue;
    for (const [, name] of code.matchAll(/["'`](?:\.\/|\/?assets\/)([\w.-]+\.(?:js|css))["'`]/g))
      wait.push(`assets/${name}`);
  }
  return [...found];
}

let too_heavy = false;
for (const budget of budgets) {
  const { name, bytes_max } = budget;
  const weights = LANGUAGES.map((language) => {
    const files = filesFor(budget, language);
    return { files, bytes: files.reduce((sum, file) => sum + statSync(join(dist, `${file}.br`)).size, 0) };
  });
  const { files, bytes } = weights.reduce((heavy, one) => (one.bytes > heavy.bytes ? one : heavy));
  const over = bytes > bytes_max;
  too_heavy ||= over;
  console.log(
    `${name}: ${(bytes / 1000).toFixed(1)} kB of ${bytes_max / 1000} kB in ${files.length} ` +
      `files${over ? ": TOO HEAVY" : ""}`,
  );
}
process.exitCode = too_heavy ? 1 : 0;
