import type { SitePages } from "./fi";

export const site_pages: SitePages = ["Anvisningar", "Tillgänglighet", "Dataskydd"];
