import { onDemand, pageLanguage } from "../../text/on_demand";
import type { WorkTexts } from "./work_fi";

export type { WorkTexts };

export const workTexts = onDemand<WorkTexts>({
  fi: async () => (await import("./work_fi")).fi,
  sv: async () => (await import("./work_sv")).sv,
  en: async () => (await import("./work_en")).en,
});

/** To be waited for before anything of them is drawn. */
export const bringWorkTexts = () => workTexts.bring(pageLanguage());
