import { staffDictionary } from "../../staff/dictionary";
import { en } from "./en";
import { fi, type MessagesTexts } from "./fi";

export type { MessagesTexts };

export const messagesTexts = staffDictionary<MessagesTexts>(fi, en);
