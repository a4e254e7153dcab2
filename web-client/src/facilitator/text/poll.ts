import { staffDictionary } from "../../staff/dictionary";
import { en } from "./poll_en";
import { fi, type PollDeskTexts } from "./poll_fi";

export type { PollDeskTexts };

export const pollDeskTexts = staffDictionary<PollDeskTexts>(fi, en);
