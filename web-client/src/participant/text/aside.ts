import { onDemand, pageLanguage } from "../../text/on_demand";
import type { AsideTexts } from "./aside_fi";

export type { AsideTexts };

export const asideTexts = onDemand<AsideTexts>({
  fi: async () => (await import("./aside_fi")).fi,
  sv: async () => (await import("./aside_sv")).sv,
  en: async () => (await import("./aside_en")).en,
});

/** To be waited for before anything of them is drawn. */
export const bringAsideTexts = () => asideTexts.bring(pageLanguage());
