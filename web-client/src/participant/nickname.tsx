import type { Refusal } from "@protocol";
import type { LookAnswer } from "@protocol/api";
import type { Ref } from "preact";
import type { Language } from "../text/language";
import { useTexts } from "../view/app";
import { InfoIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { nicknameTexts } from "./text/nickname";

/** Why a nickname was not taken; nothing where it was not for the name. */
export function nicknameTrouble(refusal: Refusal, language: Language): string | undefined {
  const t = nicknameTexts[language];
  if (refusal.word === "name_empty") return t.choose_first;
  return refusal.word === "name_not_offered" ? t.taken : undefined;
}

/** On an experience-story day: one name out of those that are offered. Whoever has one keeps it. */
export function Nickname(props: {
  link: Pick<LookAnswer, "entered" | "name">;
  offered: readonly string[];
  name: string;
  trouble: string;
  first: Ref<HTMLInputElement>;
  onChoose: (name: string) => void;
}) {
  const { link, offered, name, trouble, first, onChoose } = props;
  const t = useTexts(nicknameTexts);
  return (
    <div class="stack-s">
      <Note icon={InfoIcon} title={t.what}>
        {t.who_knows} {t.not_kept}
      </Note>
      {link.entered && link.name ? (
        <p class="lead">{t.yours(link.name)}</p>
      ) : (
        <fieldset class="seg" aria-describedby={trouble ? "name-trouble" : undefined}>
          <legend>{t.choose}</legend>
          {offered.map((each, place) => (
            <label key={each}>
              <input
                {...(place === 0 ? { ref: first } : {})}
                type="radio"
                name="nickname"
                value={each}
                checked={each === name}
                onChange={() => onChoose(each)}
              />{" "}
              <span lang="fi">{each}</span>
            </label>
          ))}
        </fieldset>
      )}
      {trouble && (
        <div id="name-trouble" class="trouble">
          <Note look="stop" icon={WarnIcon} title={trouble} />
        </div>
      )}
    </div>
  );
}
