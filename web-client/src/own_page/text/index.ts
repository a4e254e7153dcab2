import { onDemand, pageLanguage } from "../../text/on_demand";
import type { OwnPageTexts } from "./own_page_fi";

export type { OwnPageTexts };

export const ownPageTexts = onDemand<OwnPageTexts>({
  fi: async () => (await import("./own_page_fi")).fi,
  sv: async () => (await import("./own_page_sv")).sv,
  en: async () => (await import("./own_page_en")).en,
});

/** To be waited for before anything of them is drawn. */
export const bringOwnTexts = () => ownPageTexts.bring(pageLanguage());
