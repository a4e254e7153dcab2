import { useState } from "preact/hooks";
import { useRoomOf } from "../staff/room_of";
import { isDayOver } from "../state/phase";
import { the } from "../state/room_state";
import { useApp, useCommon, useLine, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon } from "../view/icons";
import { floorTexts } from "./text";

const LINES = [0, 1, 2] as const;

/** Up to three lines that a latecomer reads first. What is being typed here stays when a colleague saves theirs. */
export function WhereSheet() {
  const t = useTexts(floorTexts);
  const c = useCommon();
  const line = useLine();
  const { announcer } = useApp();
  const room = useRoomOf("room");
  const info = the(room, "room");
  const [draft, setDraft] = useState<readonly string[] | null>(null);
  if (!info || info.phase === "planned" || isDayOver(info.phase)) return null;
  const saved = info.where_we_are;
  const texts = draft ?? saved;
  const save = (event: Event) => {
    event.preventDefault();
    const lines = texts.map((text) => text.trim()).filter((text) => text !== "");
    void line.send({ type: "set_where_we_are", lines }).then((result) => {
      if (result.kind !== "done") return;
      setDraft(null);
      announcer.say(t.where_saved);
    });
  };
  return (
    <section class="sheet" aria-labelledby="where-title">
      <div class="sheet-h">
        <h2 id="where-title">{t.where}</h2>
      </div>
      <p class="quiet small">{t.where_what}</p>
      <form class="field stack-s" onSubmit={save}>
        {LINES.map((index) => (
          <input
            dir="auto"
            key={index}
            aria-label={t.where_line(index + 1)}
            maxLength={120}
            value={texts[index] ?? ""}
            onInput={(event) => {
              const typed = event.currentTarget.value;
              setDraft(LINES.map((other) => (other === index ? typed : (texts[other] ?? ""))));
            }}
          />
        ))}
        <div class="row">
          <Button icon={CheckIcon} is_submit>
            {c.save}
          </Button>
          {draft && (
            <Button look="plain" onPress={() => setDraft(null)}>
              {c.cancel}
            </Button>
          )}
        </div>
      </form>
    </section>
  );
}
