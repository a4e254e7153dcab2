import type { SessionId } from "@protocol";
import { useState } from "preact/hooks";
import { useAsked } from "../coordinator/asked";
import { useStaffRefusalText } from "../staff/refusal_text";
import { useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CheckIcon, PenIcon, RoundIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import type { DeskRequests } from "./requests";
import { deskTexts } from "./text";

const OPENINGS_MAX = 20;

/** Ready openings: one fills the field, and is never sent as it stands. */
export function OpeningsDialog(props: {
  session: SessionId;
  requests: DeskRequests;
  onChoose: (opening: string) => void;
  onClose: () => void;
}) {
  const { session, requests, onChoose, onClose } = props;
  const t = useTexts(deskTexts);
  const c = useCommon();
  const refusalText = useStaffRefusalText();
  const asked = useAsked(() => requests.openings(session), [requests, session]);
  const [text, setText] = useState<string | null>(null);
  const [trouble, setTrouble] = useState("");
  const openings = asked.value?.openings ?? [];
  const save = async (words: string) => {
    const lines = words
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
    const answer = await requests.setOpenings(session, { openings: lines.slice(0, OPENINGS_MAX) });
    if (answer.kind !== "ok")
      return setTrouble(answer.kind === "refused" ? refusalText(answer.refusal) : t.unreachable);
    // What did not fit stays in the field.
    setText(lines.length > OPENINGS_MAX ? lines.slice(OPENINGS_MAX).join("\n") : null);
    setTrouble("");
    asked.ask();
  };
  return (
    <Dialog title={t.openings} onClose={onClose}>
      <div class="stack dialog-body">
        {asked.answer && asked.answer.kind !== "ok" && (
          <Note look="stop" icon={WarnIcon} title={t.unreachable}>
            <Button icon={RoundIcon} onPress={asked.ask}>
              {c.try_now}
            </Button>
          </Note>
        )}
        {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
        {text === null ? (
          <>
            {asked.value && openings.length === 0 && <p class="quiet">{t.openings_none}</p>}
            {openings.map((opening) => (
              <button key={opening} type="button" class="choice" dir="auto" onClick={() => onChoose(opening)}>
                {opening}
              </button>
            ))}
            <div class="row">
              <Button icon={PenIcon} onPress={() => setText(openings.join("\n"))}>
                {t.openings_edit}
              </Button>
              <Button onPress={onClose}>{c.close}</Button>
            </div>
          </>
        ) : (
          <form
            class="stack-s"
            onSubmit={(event) => {
              event.preventDefault();
              void save(text);
            }}
          >
            <div class="field">
              <label for="openings">{t.openings_label}</label>
              <textarea
                id="openings"
                dir="auto"
                rows={8}
                value={text}
                onInput={(event) => setText(event.currentTarget.value)}
              />
            </div>
            <div class="row">
              <Button look="main" icon={CheckIcon} is_submit>
                {c.save}
              </Button>
              <Button onPress={() => setText(null)}>{c.cancel}</Button>
            </div>
          </form>
        )}
      </div>
    </Dialog>
  );
}
