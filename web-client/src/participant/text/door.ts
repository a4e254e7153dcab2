import type { Dictionary } from "../../text/language";
import { en } from "./door_en";
import { type DoorTexts, fi } from "./door_fi";
import { sv } from "./door_sv";

export type { DoorTexts };

export const doorTexts: Dictionary<DoorTexts> = { fi, sv, en };
