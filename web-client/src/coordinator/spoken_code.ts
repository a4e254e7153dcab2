import type { Language } from "../text/language";

/** How a code is read aloud: the Finnish letter names that the post office taught, and NATO's in English. */
const LETTERS: Record<"fi" | "en", Record<string, string>> = {
  fi: {
    A: "Aarne",
    B: "Bertta",
    C: "Celsius",
    D: "Daavid",
    E: "Eemeli",
    F: "Faarao",
    G: "Gideon",
    H: "Heikki",
    I: "Iivari",
    J: "Jussi",
    K: "Kalle",
    L: "Lauri",
    M: "Matti",
    N: "Niilo",
    O: "Otto",
    P: "Paavo",
    Q: "Kuu",
    R: "Risto",
    S: "Sakari",
    T: "Tyyne",
    U: "Urho",
    V: "Vihtori",
    W: "Viski",
    X: "Äksä",
    Y: "Yrjö",
    Z: "Tseta",
    0: "nolla",
    1: "yksi",
    2: "kaksi",
    3: "kolme",
    4: "neljä",
    5: "viisi",
    6: "kuusi",
    7: "seitsemän",
    8: "kahdeksan",
    9: "yhdeksän",
  },
  en: {
    A: "Alfa",
    B: "Bravo",
    C: "Charlie",
    D: "Delta",
    E: "Echo",
    F: "Foxtrot",
    G: "Golf",
    H: "Hotel",
    I: "India",
    J: "Juliett",
    K: "Kilo",
    L: "Lima",
    M: "Mike",
    N: "November",
    O: "Oscar",
    P: "Papa",
    Q: "Quebec",
    R: "Romeo",
    S: "Sierra",
    T: "Tango",
    U: "Uniform",
    V: "Victor",
    W: "Whiskey",
    X: "X-ray",
    Y: "Yankee",
    Z: "Zulu",
    0: "zero",
    1: "one",
    2: "two",
    3: "three",
    4: "four",
    5: "five",
    6: "six",
    7: "seven",
    8: "eight",
    9: "nine",
  },
};

const GROUP = 4;

function groups(code: string): string[] {
  const letters = code.toUpperCase().replace(/[^A-Z0-9]/g, "");
  return letters.match(new RegExp(`.{1,${GROUP}}`, "g")) ?? [];
}

/** K7PM 4RXT */
export function codeText(code: string): string {
  return groups(code).join(" ");
}

/** Kalle, seitsemän, Paavo, Matti. Neljä, Risto, Äksä, Tyyne. */
export function spokenCode(code: string, language: Language): string {
  const words = LETTERS[language === "en" ? "en" : "fi"];
  return groups(code)
    .map((group) => [...group].map((letter) => words[letter] ?? letter).join(", "))
    .map((sentence) => `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`)
    .join(" ");
}
