import type { Dictionary } from "../../text/language";
import { en } from "./room_en";
import { fi, type RoomTexts } from "./room_fi";
import { sv } from "./room_sv";

export type { RoomTexts };

export const roomTexts: Dictionary<RoomTexts> = { fi, sv, en };
