import { useSignalEffect } from "@preact/signals";
import type { Command } from "@protocol";
import { useRef } from "preact/hooks";
import { nameOf } from "../state/selectors";
import { useApp, useCommon, useLine, useTexts } from "../view/app";
import { Button } from "../view/button";
import { WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { useStaffRefusalText } from "./refusal_text";
import { shellTexts } from "./text/shell";

const SHOWN_MAX = 3;

/** What was written in it: it can be copied from here, and is in no field any more. */
function wordsOf(command: Command): string {
  if ("text" in command) return command.text ?? "";
  if ("reason" in command) return command.reason ?? "";
  if ("words" in command) return command.words ?? "";
  return "lines" in command ? command.lines.join("\n") : "";
}

/** What was answered with no, in a corner that is always the same, until it has been read. */
export function Refusals() {
  const t = useTexts(shellTexts);
  const c = useCommon();
  const line = useLine();
  const { announcer } = useApp();
  const sentence = useStaffRefusalText((id) => nameOf(line.room.peek(), id));
  const told = useRef(new Set(line.refused.peek().map(({ id }) => id)));

  useSignalEffect(() => {
    for (const { id, refusal } of line.refused.value) {
      if (told.current.has(id)) continue;
      told.current.add(id);
      announcer.tell(`${t.not_done} ${sentence(refusal)}`);
    }
  });

  const refused = line.refused.value.slice(-SHOWN_MAX);
  if (refused.length === 0) return null;
  return (
    <section class="refusals" aria-label={t.refused}>
      {refused.map(({ id, command, refusal }) => (
        <Note key={id} look="stop" icon={WarnIcon} title={t.not_done}>
          {wordsOf(command) && <p class="said-text">{wordsOf(command)}</p>}
          <div class="row">
            <span class="grow">{sentence(refusal)}</span>
            <Button onPress={() => line.dismiss(id)}>{c.close}</Button>
          </div>
        </Note>
      ))}
    </section>
  );
}
