// Texts and names as someone would write them who means harm, the same ones for the same seed.

/** Numbers from 0 up to 1 that a seed decides (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What shows on the page when a script of theirs has run. */
export const MARK = "hostile_script_has_run";

const RUNS = [`${MARK}=1`, `window["${MARK}"]=1`, `document.title="${MARK}"`, `top.${MARK}=1`];

const MARKUP: readonly ((run: string) => string)[] = [
  (run) => `<script>${run}</script>`,
  (run) => `<img src=x onerror='${run}'>`,
  (run) => `<svg/onload=${run}>`,
  (run) => `<svg><script>${run}</script></svg>`,
  (run) => `"><details open ontoggle=${run}>`,
  (run) => `'><body onpageshow=${run}>`,
  (run) => `<iframe srcdoc="<script>parent.${run}</script>">`,
  (run) => `<a href="javascript:${run}">napsauta</a>`,
  (run) => `<math><mtext><table><mglyph><style><img src onerror=${run}>`,
  (run) => `</li></ol></textarea></title><script>${run}</script>`,
  (run) => `<template shadowrootmode=open><script>${run}</script></template>`,
  (run) => `<form action=javascript:${run}><button>Lähetä</button></form>`,
  (run) => `<base href=//evil.example/><link rel=stylesheet href=//evil.example/x.css onload=${run}>`,
  (run) => `<meta http-equiv=refresh content="0;url=javascript:${run}">`,
  (run) => `<input autofocus onfocus=${run}><video src onerror=${run}>`,
  (run) => `<style>*{background:url("javascript:${run}")}</style>`,
  (run) => `javascript:${run}`,
  (run) => `JaVaScRiPt:${run}//http://x.fi`,
  (run) => `data:text/html,<script>${run}</script>`,
  (run) => `vbscript:${run}`,
  (run) => `&lt;script&gt;${run}&lt;/script&gt; &#60;script&#62;${run}&#60;/script&#62;`,
  (run) => `\\u003cscript\\u003e${run}\\u003c/script\\u003e %3Cscript%3E${run}%3C/script%3E`,
  (run) => `{{constructor.constructor("${run}")()}} \${${run}} #{${run}} <%= ${run} %>`,
  (run) => `${"<b>".repeat(60)}<img src=x onerror=${run}>`,
  (run) => `<!--><img src=x onerror=${run}>--> <![CDATA[<script>${run}</script>]]>`,
  (run) => `{"type":"person","name":"${run}"} ],"to":9} </script><script>${run}</script>`,
];

const SCRIPTS = [
  "Hyvää huomenta",
  "Доброе утро",
  "Καλημέρα",
  "صباح الخير",
  "בוקר טוב",
  "おはようございます",
  "早上好",
  "안녕하세요",
  "สวัสดีตอนเช้า",
  "सुप्रभात",
  "শুভ সকাল",
  "გამარჯობა",
  "Բարի լույս",
  "እንደምን አደሩ",
  "မင်္ဂလာပါ",
  "ສະບາຍດີ",
  "བཀྲ་ཤིས་བདེ་ལེགས",
  "𐌷𐌰𐌹𐌻𐍃",
  "𓀀𓂀𓃰",
  "🫠👩🏽‍🚀🏳️‍🌈🇫🇮",
];
const UNSEEN = [
  "\u202e",
  "\u202d",
  "\u202a",
  "\u202b",
  "\u202c",
  "\u2066",
  "\u2067",
  "\u2068",
  "\u2069",
  "\u200e",
  "\u200f",
  "\u061c",
  "\u200b",
  "\u200c",
  "\u200d",
  "\u2060",
  "\ufeff",
  "\u00ad",
  "\u034f",
  "\u115f",
  "\u3164",
  "\uffa0",
  "\u180e",
  "\u2028",
  "\u2029",
  "\u0000",
  "\u0008",
  "\u001b[31m",
  "\u0085",
  "\ue000",
  "\u{e0001}",
  "\u{e0041}",
];
const MARKS = ["\u0301", "\u0336", "\u0489", "\u20dd", "\u0e47", "\u{1d167}", "\u0610"];

export interface Hostile {
  readonly texts: readonly string[];
  readonly names: readonly string[];
  /** Names that look like one of the staff's; none may be taken. */
  readonly like_staff: readonly string[];
}

/** Of the texts and names together there are `count`; `staff` are the names that are imitated. */
export function hostile(seed: number, count: number, staff: readonly string[]): Hostile {
  const dice = chance(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(dice() * from.length)] as T;
  const times = (most: number) => 1 + Math.floor(dice() * most);
  const word = () => pick(SCRIPTS);
  const spoiled = (text: string, with_what: string) => {
    // Between characters: half of one is no Unicode, and ends a connection by its number.
    const letters = [...text];
    letters.splice(Math.floor(dice() * (letters.length + 1)), 0, with_what);
    return letters.join("");
  };
  const kinds: readonly (() => string)[] = [
    () => pick(MARKUP)(pick(RUNS)),
    () => `${word()} ${pick(MARKUP)(pick(RUNS))} ${word()}`,
    () => spoiled(pick(MARKUP)(pick(RUNS)), pick(UNSEEN)),
    () => spoiled(word(), pick(UNSEEN).repeat(times(3))),
    () => `${word()}${pick(MARKS).repeat(pick([1, 4, 5, 40, 1000]))}`,
    () => pick(SCRIPTS).repeat(times(40)),
    () => "M".repeat(times(1000)),
    () => `${word()}\n${"\n".repeat(times(60))}${word()}`,
    () =>
      `https://esimerkki.fi/${pick(UNSEEN)}${"%2e%2e/".repeat(times(20))}?q=${encodeURIComponent(pick(MARKUP)("1"))}`,
    () => `${word()} @${word()} #${times(1e9)} \t|\t=HYPERLINK("x") -- ; DROP TABLE messages`,
  ];
  const texts: string[] = [];
  const names: string[] = [];
  while (texts.length + names.length < count) {
    const made = pick(kinds)();
    if (texts.length + names.length < count * 0.7) texts.push(made);
    // A name has 40 letters: what is dangerous about it must be at its beginning.
    else names.push(dice() < 0.7 ? [...made].slice(0, 40).join("") : made);
  }
  return { texts, names, like_staff: staff.flatMap((name) => imitations(name, pick, dice)) };
}

const LOOK_ALIKES: Record<string, readonly string[]> = {
  a: ["а", "ａ", "𝐚", "ɑ"],
  e: ["е", "ｅ", "𝐞"],
  o: ["о", "ο", "０", "𝐨"],
  i: ["і", "ｉ", "𝐢"],
  j: ["ј", "ｊ"],
  M: ["М", "Μ", "Ｍ", "𝐌"],
  O: ["О", "Ο", "Ｏ", "0"],
  r: ["𝐫", "ｒ"],
  t: ["𝐭", "ｔ"],
  d: ["ԁ", "ｄ"],
  h: ["һ", "ｈ"],
  s: ["ѕ", "ｓ"],
  l: ["ｌ", "𝐥"],
};

/** A name of the staff in other letters, other widths, other cases, and with spaces and points between. */
function imitations(name: string, pick: <T>(from: readonly T[]) => T, dice: () => number): string[] {
  const made = new Set<string>([
    name,
    name.toUpperCase(),
    name.toLowerCase(),
    [...name].join(" "),
    [...name].join("."),
    `${name}.`,
    `_${name}_`,
    `  ${name}  `,
  ]);
  for (let tries = 0; tries < 12; ++tries)
    made.add(
      [...name]
        .map((letter) => (LOOK_ALIKES[letter] && dice() < 0.5 ? pick(LOOK_ALIKES[letter]) : letter))
        .join(""),
    );
  return [...made];
}
