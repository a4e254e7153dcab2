import type { Dictionary } from "../../text/language";
import { en } from "./en";
import { fi, type VoiceTexts } from "./fi";
import { sv } from "./sv";

export type { VoiceTexts };

export const voiceTexts: Dictionary<VoiceTexts> = { fi, sv, en };
