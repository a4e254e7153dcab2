import { chooseLanguage, LANGUAGE_NAMES, LANGUAGES } from "../text/language";
import { useApp, useCommon } from "./app";

/** The page's language, in a native select: it is small, and every phone knows how to show it. */
export function Languages() {
  const t = useCommon();
  const { language, device } = useApp();
  return (
    <select
      class="languages push"
      aria-label={t.language}
      value={language.value}
      onChange={(event) => {
        const chosen = LANGUAGES.find((one) => one === event.currentTarget.value);
        if (chosen) chooseLanguage(language, device, chosen);
      }}
    >
      {LANGUAGES.map((one) => (
        <option key={one} value={one} lang={one}>
          {LANGUAGE_NAMES[one]}
        </option>
      ))}
    </select>
  );
}
