import { staffDictionary } from "../../staff/dictionary";
import { en } from "./feedback_en";
import { type FeedbackDeskTexts, fi } from "./feedback_fi";

export type { FeedbackDeskTexts };

export const feedbackDeskTexts = staffDictionary<FeedbackDeskTexts>(fi, en);
