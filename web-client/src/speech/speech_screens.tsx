import { TEXT_MAX, type Turn } from "@protocol";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { keepSpeechDraft, speechDraft } from "../connection/speech_draft";
import { one } from "../state/room_state";
import { isAnonymous, nameOf, turnTexts } from "../state/selectors";
import { useApp, useFromRoom, useLine, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, CrossIcon } from "../view/icons";
import { newSentences, tailOf } from "./sentences";
import { SpeechSender } from "./speech_sender";
import { speechTexts } from "./text";

const LETTERS_MAX = TEXT_MAX.keep_turn_text.text;

/** What is being said in the turn, as it is written; else what was kept of it. */
function useSpeech(turn: Turn): string {
  const { speech } = useLine();
  const kept = useFromRoom((room) => one(room, "turn_text", turn.id)?.text ?? "", [turn.id]);
  const now = speech.value;
  return now?.turn === turn.id && now.text !== "" ? now.text : kept;
}

/** Under the speaker's name: their words as they are written. The last of them stay in view. In no live region. */
export function Caption({ turn }: { turn: Turn }) {
  const t = useTexts(speechTexts);
  const text = useSpeech(turn);
  if (text === "") return null;
  return (
    <div class="line speech">
      <small>{t.as_text}</small>
      <div class="speech-text">
        <p dir="auto">{text}</p>
      </div>
    </div>
  );
}

/**
 * Tells finished sentences to a screen reader whose person wants to hear everything and does not hear the speaker.
 */
export function useSpokenSentences(is_wanted: () => boolean, basis: readonly unknown[]): void {
  const { announcer, language } = useApp();
  const line = useLine();
  useEffect(() => {
    let before = line.speech.peek();
    return line.speech.subscribe((after) => {
      const was = before;
      before = after;
      if (!after || after === was || after.by === line.me.peek() || !is_wanted()) return;
      const said = newSentences(was?.turn === after.turn ? was.text : "", after.text);
      const name = nameOf(line.room.peek(), line.room.peek().things.turn.get(0)?.speaker);
      if (said !== "") announcer.tell(speechTexts[language.peek()].say(name, said));
    });
  }, [line, ...basis]);
}

/**
 * Where the words of a turn are written, by its holder or by staff for them. What another writes shows here too. What
 * is typed outlives a lost line and a reload, and not its turn.
 */
export function SpeechWriter({ turn, onClose }: { turn: Turn; onClose: () => void }) {
  const t = useTexts(speechTexts);
  const { keep, timers } = useApp();
  const line = useLine();
  const newest = () => {
    const now = line.speech.peek();
    const told = now?.turn === turn.id ? now : null;
    if (told && told.by !== line.me.peek()) return told.text;
    return speechDraft(keep, turn.id) ?? told?.text ?? "";
  };
  const [text, setText] = useState(newest);
  const field = useRef<HTMLTextAreaElement>(null);
  const kept = useFromRoom((room) => one(room, "turn_text", turn.id)?.text ?? "", [turn.id]);
  const sender = useMemo(
    () => new SpeechSender(timers, (words) => line.writeSpeech(turn.id, tailOf(words, LETTERS_MAX))),
    [line, turn.id],
  );
  const is_mine = turn.speaker === line.me.value;
  const is_never_kept = useFromRoom(isAnonymous);

  // Before anything can be typed: later it would take the first letters back.
  useLayoutEffect(() => {
    const follow = (speech = line.speech.value) => {
      if (speech?.turn === turn.id && speech.by !== line.me.peek()) setText(speech.text);
    };
    setText(newest());
    const stop = line.speech.subscribe((speech) => follow(speech));
    return () => {
      stop();
      sender.finish();
    };
  }, [line, turn.id]);
  useEffect(() => field.current?.focus(), []);

  const trimmed = tailOf(text.trim(), LETTERS_MAX);
  const is_kept = kept !== "" && kept === trimmed;
  return (
    <div class="field writer">
      <label for="speech">{is_mine ? t.label : t.label_for(nameOf(line.room.peek(), turn.speaker))}</label>
      <textarea
        dir="auto"
        ref={field}
        id="speech"
        rows={2}
        value={text}
        aria-describedby="speech-hint"
        onInput={(event) => {
          setText(event.currentTarget.value);
          keepSpeechDraft(keep, { turn: turn.id, text: event.currentTarget.value });
          sender.write(event.currentTarget.value);
        }}
      />
      <p class="small quiet" id="speech-hint">
        {is_never_kept && t.never_kept}{" "}
        {is_kept ? t.kept : trimmed === "" ? t.hint : !is_never_kept && t.not_kept}
      </p>
      <div class="row">
        <Button icon={CrossIcon} onPress={onClose}>
          {t.write_stop}
        </Button>
        {trimmed !== "" && !is_kept && !is_never_kept && (
          <Button
            icon={CheckIcon}
            onPress={() => void line.send({ type: "keep_turn_text", turn: turn.id, text: trimmed })}
          >
            {t.keep}
          </Button>
        )}
      </div>
    </div>
  );
}

/** The turns that were kept in writing, newest first. */
export function KeptTexts() {
  const t = useTexts(speechTexts);
  const line = useLine();
  useFromRoom((room) => room.things.turn_text);
  const texts = turnTexts(line.room.peek());
  if (texts.length === 0) return null;
  return (
    <details class="fold after">
      <summary>{t.kept_texts(texts.length)}</summary>
      <ul class="stack-s">
        {texts.map(({ turn, speaker, text }) => (
          <li key={turn}>
            <b dir="auto">{nameOf(line.room.peek(), speaker)}</b>{" "}
            <span class="said-text" dir="auto">
              {text}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
