import { onDemand, pageLanguage } from "../../text/on_demand";
import type { RoomTexts } from "./room_fi";

export type { RoomTexts };

export const roomTexts = onDemand<RoomTexts>({
  fi: async () => (await import("./room_fi")).fi,
  sv: async () => (await import("./room_sv")).sv,
  en: async () => (await import("./room_en")).en,
});

/** To be waited for before anything of them is drawn. */
export const bringRoomTexts = () => roomTexts.bring(pageLanguage());
