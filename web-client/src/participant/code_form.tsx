import type { Refusal } from "@protocol";
import { useRef, useState } from "preact/hooks";
import { CODE_LENGTH, findCode } from "../connection/code_in_text";
import type { Key } from "../connection/entrance";
import { findSecret } from "../connection/found_in_text";
import { refusalSentence } from "../text/common";
import { useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { DoorIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { asideTexts } from "./text/aside";

/** Tries a key; "moved_on" when the page has gone to where it leads. */
export type OnKey = (key: Key) => Promise<"unknown" | Refusal | "moved_on">;

/** What of a text can be in a code: letters and figures, in capitals. Look-alikes are the server's to forgive. */
export function codeCharacters(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "")
    .slice(0, CODE_LENGTH);
}

/**
 * The code that was read aloud: eight big boxes. A code that is pasted, or typed on in one box, fills those that
 * follow.
 */
export function CodeForm({ onKey }: { onKey: OnKey }) {
  const t = useTexts(asideTexts);
  const c = useCommon();
  const [typed, setTyped] = useState<readonly string[]>(() => Array.from({ length: CODE_LENGTH }, () => ""));
  const [trouble, setTrouble] = useState("");
  const boxes = useRef<(HTMLInputElement | null)[]>([]);
  const focus = (at: number) => boxes.current[Math.max(0, Math.min(at, CODE_LENGTH - 1))]?.select();

  const write = (at: number, text: string) => {
    const characters = codeCharacters(text);
    const next = [...typed];
    if (characters === "") next[at] = "";
    for (let index = 0; index < characters.length && at + index < CODE_LENGTH; index += 1)
      next[at + index] = characters.charAt(index);
    setTyped(next);
    if (characters !== "") focus(at + characters.length);
  };
  /** A message with the code in it, or a whole link, is understood; anything else fills the boxes as it comes. */
  const paste = (at: number, text: string) => {
    const secret = /#|%23/.test(text) ? findSecret(text) : null;
    const code = secret ? null : findCode(text);
    const found = secret ?? (code ? null : findSecret(text));
    if (found) void ask({ secret: found });
    else if (code) write(0, code);
    else write(at, text);
  };
  const ask = async (asked: Key) => {
    const answer = await onKey(asked);
    if (answer === "moved_on") return;
    const unknown = "secret" in asked ? t.bad_link_what : t.code_unknown;
    setTrouble(answer === "unknown" ? unknown : refusalSentence(c, answer, () => ""));
    focus(0);
  };
  const key = (at: number, event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") focus(at - 1);
    else if (event.key === "ArrowRight") focus(at + 1);
    else if (event.key === "Backspace" && typed[at] === "") {
      const next = [...typed];
      if (at > 0) next[at - 1] = "";
      setTyped(next);
      focus(at - 1);
    } else return;
    event.preventDefault();
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    const code = typed.join("");
    if (code.length !== CODE_LENGTH) {
      setTrouble(t.code_short);
      return focus(typed.indexOf(""));
    }
    await ask({ code });
  };
  return (
    <form class="stack" onSubmit={(event) => void submit(event)}>
      <fieldset
        class="code-boxes"
        aria-describedby={trouble ? "code-trouble code-hint" : "code-hint"}
        aria-invalid={trouble !== ""}
      >
        <legend>{t.code_label}</legend>
        <p class="hint" id="code-hint">
          {t.code_hint}
        </p>
        <div class="boxes">
          {typed.map((character, at) => (
            <input
              dir="auto"
              key={at}
              ref={(box) => {
                boxes.current[at] = box;
              }}
              aria-label={t.code_box(at + 1)}
              value={character}
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              onInput={(event) => {
                const { value } = event.currentTarget;
                // One more character in a box that is full takes its place.
                if (value.length > CODE_LENGTH) paste(at, value);
                else write(at, character !== "" && value.length === 2 ? value.replace(character, "") : value);
                event.currentTarget.value = codeCharacters(value).charAt(0);
              }}
              onKeyDown={(event) => key(at, event)}
              onPaste={(event) => {
                event.preventDefault();
                paste(at, event.clipboardData?.getData("text") ?? "");
              }}
              onFocus={(event) => event.currentTarget.select()}
            />
          ))}
        </div>
      </fieldset>
      {trouble && (
        <div id="code-trouble" role="alert">
          <Note look="stop" icon={WarnIcon} title={trouble} />
        </div>
      )}
      <Button look="main" is_big is_submit icon={DoorIcon}>
        {t.code_go}
      </Button>
    </form>
  );
}
