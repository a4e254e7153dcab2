import type { SitePages } from "../text/site_pages/fi";
import { useApp } from "./app";

const PAGES = ["instructions", "accessibility", "privacy"];

/** The way to the pages that anyone may read. They are no part of this one. */
export function SiteLinks({ names }: { names: SitePages }) {
  const language = useApp().language.value;
  return (
    <nav class="row">
      {names.map((name, place) => (
        <a key={name} href={`/${PAGES[place]}${language === "fi" ? "" : `-${language}`}`}>
          {name}
        </a>
      ))}
    </nav>
  );
}
