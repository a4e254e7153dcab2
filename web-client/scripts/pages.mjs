// Makes the pages that anyone may read: each of pages/*.html in the frame that Vite has made of pages.html, in every
// language. They have no script. The server puts the site's own words into their places (server/pages).
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const here = resolve(import.meta.dirname, "..");
const dist = join(here, "dist");

/** Plain Finnish is a language of its own here; its letters are read as Finnish. */
const LANGUAGES = { fi: "Suomi", selko: "Selkosuomi", sv: "Svenska", en: "English" };
const NAMES = ["instructions", "accessibility", "privacy"];
const WORDS = {
  fi: {
    titles: ["Käyttöohjeet", "Saavutettavuus", "Tietosuoja"],
    skip: "Siirry sisältöön",
    languages: "Kieli",
    about: "Tietoa palvelusta",
  },
  sv: {
    titles: ["Anvisningar", "Tillgänglighet", "Dataskydd"],
    skip: "Gå till innehållet",
    languages: "Språk",
    about: "Om tjänsten",
  },
  en: {
    titles: ["Instructions", "Accessibility", "Privacy"],
    skip: "To the content",
    languages: "Language",
    about: "About the service",
  },
};
WORDS.selko = WORDS.fi;

const read = (...path) => readFileSync(join(here, ...path), "utf8").trim();
const address = (name, language) => (language === "fi" ? `/${name}` : `/${name}-${language}`);
const spoken = (language) => (language === "selko" ? "fi" : language);

/** Of the symbols those that the page shows. */
function iconsOf(page) {
  return read("pages", "icons.svg")
    .split("\n")
    .filter((line) => {
      const name = /<symbol id="([^"]+)"/.exec(line)?.[1];
      return name === undefined || page.includes(`"#${name}"`);
    })
    .join("\n");
}

function pageOf(frame, name, language) {
  const words = WORDS[language];
  const link = (to, label, is_here, more = "") =>
    `<a href="${to}"${more}${is_here ? ' aria-current="page"' : ""}>${label}</a>`;
  const filling = {
    lang: spoken(language),
    title: words.titles[NAMES.indexOf(name)],
    skip: words.skip,
    languages: words.languages,
    about: words.about,
    in_languages: Object.entries(LANGUAGES)
      .map(([one, label]) => link(address(name, one), label, one === language, ` lang="${spoken(one)}"`))
      .join("\n"),
    // The site may have a page of its own in its place.
    main: `<!--place:${name}-->\n${read("pages", `${name}.${language}.html`)}\n<!--/place-->`,
    pages: NAMES.map((one, index) => link(address(one, language), words.titles[index], one === name)).join(
      "\n",
    ),
  };
  const page = frame.replace(/\[\[(\w+)\]\]/g, (place, which) => filling[which] ?? place);
  return page.replace("[[icons]]", () => iconsOf(page));
}

const frame = readFileSync(join(dist, "pages.html"), "utf8");
rmSync(join(dist, "pages.html"));
mkdirSync(join(dist, "pages"), { recursive: true });
for (const name of NAMES) {
  for (const language of Object.keys(LANGUAGES)) {
    const page = pageOf(frame, name, language);
    const rest = /\[\[\w+\]\]|<script/.exec(page);
    if (rest) throw new Error(`${address(name, language)} has ${rest[0]} left in it.`);
    writeFileSync(join(dist, "pages", `${address(name, language).slice(1)}.html`), page);
  }
}
