import type { ParkedQuestion } from "@protocol";
import { useState } from "preact/hooks";
import { dateOf } from "../own_page/days";
import { listed, useKeptFocus } from "../staff/keep_focus";
import { useMay } from "../staff/may";
import { useRoomOf } from "../staff/room_of";
import { useSent } from "../staff/sent";
import { isDayOver } from "../state/phase";
import { all, the } from "../state/room_state";
import { nameOf } from "../state/selectors";
import { useApp, useLine, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, LaterIcon, LockIcon, ParkIcon, PenIcon } from "../view/icons";
import { floorTexts } from "./text";

/** Questions off the theme, kept for later. */
export function ParkedSheet() {
  const t = useTexts(floorTexts);
  const { language } = useApp();
  const line = useLine();
  const room = useRoomOf("parked_question", "person", "room");
  const list = useKeptFocus<HTMLElement>();
  const words = useSent();
  const may = useMay();
  const [rewriting, setRewriting] = useState(0);
  const phase = the(room, "room")?.phase;
  const waiting = all(room, "parked_question")
    .filter(({ state }) => state === "waiting")
    .sort((a, b) => a.id - b.id);
  const may_add = phase !== "planned" && !isDayOver(phase);
  if (waiting.length === 0 && !may_add) return null;
  return (
    <section class="sheet" aria-labelledby="parked-title" ref={list}>
      <div class="sheet-h">
        <h2 id="parked-title" tabIndex={-1} data-list-end="">
          {t.parked}
        </h2>{" "}
        <span class="count num">{waiting.length}</span>
      </div>
      {waiting.length === 0 && <p class="quiet">{t.parked_none}</p>}
      <ul class="lines parked">
        {waiting.map((question) => (
          <li key={question.id} {...listed(question.id)}>
            <p dir="auto">{question.text}</p>
            {question.asked_by !== undefined && (
              <p class="quiet small">{t.parked_from(nameOf(room, question.asked_by))}</p>
            )}
            {question.carried_from !== undefined && (
              <p class="quiet small">{t.parked_came(dateOf(question.carried_from, language.value))}</p>
            )}
            {question.seen_by === "staff" && (
              <p class="small with-i">
                <LockIcon /> <span>{t.parked_for_staff}</span>
              </p>
            )}
            {question.shown_as !== undefined && <p class="small">{t.parked_shown_as(question.shown_as)}</p>}
            {question.seen_by === "staff" && may("show_parked") && (
              <ForEveryone question={question} is_open={rewriting === question.id} onOpen={setRewriting} />
            )}
            <div class="row">
              <Button
                icon={CheckIcon}
                onPress={() =>
                  void line.send({ type: "resolve_parked", parked: question.id, state: "answered" })
                }
              >
                {t.parked_answered}
              </Button>
              <Button
                icon={LaterIcon}
                onPress={() =>
                  void line.send({ type: "resolve_parked", parked: question.id, state: "carried" })
                }
              >
                {t.parked_carried}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {may_add && (
        <form
          class="field stack-s foot"
          onSubmit={(event) => {
            event.preventDefault();
            const text = words.text.trim();
            if (text) void words.send({ type: "park_question", text });
          }}
        >
          <label for="park-text">{t.parked_add}</label>
          <input dir="auto" id="park-text" maxLength={300} {...words.field} />
          <Button icon={ParkIcon} is_submit>
            {t.parked_add_yes}
          </Button>
        </form>
      )}
    </section>
  );
}

/** In the staff's own words: what its author wrote is not everyone's, and is not put into the field. */
function ForEveryone(props: { question: ParkedQuestion; is_open: boolean; onOpen: (id: number) => void }) {
  const { question, is_open, onOpen } = props;
  const t = useTexts(floorTexts);
  const words = useSent();
  const [is_refused, setRefused] = useState(false);
  if (!is_open)
    return (
      <Button icon={PenIcon} onPress={() => onOpen(question.id)}>
        {t.parked_rewrite}
      </Button>
    );
  return (
    <form
      class="field stack-s"
      onSubmit={async (event) => {
        event.preventDefault();
        const text = words.text.trim();
        if (!text) return;
        const result = await words.send({ type: "show_parked", parked: question.id, text });
        setRefused(result.kind === "refused" && result.refusal.word === "invalid");
        if (result.kind === "done") onOpen(0);
      }}
    >
      <label for={`rewrite-${question.id}`}>{t.parked_rewrite_what}</label>
      <input dir="auto" id={`rewrite-${question.id}`} maxLength={300} autofocus {...words.field} />
      {is_refused && <p role="alert">{t.parked_same_words}</p>}
      <div class="row">
        <Button look="main" is_submit>
          {t.parked_show}
        </Button>
        <Button onPress={() => onOpen(0)}>{t.parked_show_not}</Button>
      </div>
    </form>
  );
}
