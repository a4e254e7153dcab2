import { ownPageTexts } from "../own_page/text";
import { asideTexts } from "../participant/text/aside";
import { roomTexts } from "../participant/text/room";
import { LANGUAGES } from "../text/language";
import { workTexts } from "../work/text";

// A test may choose any language, and waits for none.
for (const language of LANGUAGES)
  await Promise.all([
    roomTexts.bring(language),
    asideTexts.bring(language),
    workTexts.bring(language),
    ownPageTexts.bring(language),
  ]);
