/** What the pages are called that anyone may read (view/site_links.tsx). */
export const site_pages = ["Käyttöohjeet", "Saavutettavuus", "Tietosuoja"];

export type SitePages = typeof site_pages;
