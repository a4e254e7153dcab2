import type { PhotoId, Refusal, RefusalWord } from "@protocol";
import type { PhotoShown } from "@protocol/api";
import { useRef, useState } from "preact/hooks";
import { refusalSentence } from "../text/common";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { focusWhenLost } from "../view/focus";
import { CrossIcon, HourglassIcon, icon, RoundIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { madeSmall, SENT_BYTES_MAX } from "./make_small";
import { Picture } from "./picture";
import type { Task, WorkScreen } from "./screen";
import { photoTexts } from "./text/photos";

/** An author's photos: a file of its own, for an assignment that has them. */

const PhotoIcon = /*#__PURE__*/ icon(
  "M3.5 7h4l1.6-2.5h5.8L16.5 7h4v12.5h-17zM8.5 13a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z",
);

const PHOTOS_MAX = 3;
const DESCRIPTION_MAX = 200;
/** The same may go a while later. */
const LATER: readonly RefusalWord[] = ["busy", "not_saving", "too_fast"];

/** How an author's photos are: seen, said what is in them, removed; and one more, while there is room for one. */
export function Photos(props: {
  screen: WorkScreen;
  task: Task;
  photos: readonly PhotoShown[];
  may_add: boolean;
}) {
  const { screen, task, photos, may_add } = props;
  const t = useTexts(photoTexts);
  const c = useCommon();
  const { announcer, timers } = useApp();
  const { assignment } = task.own;
  const input = useRef<HTMLInputElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const waiting = task.photo.value;
  /** It is made small, which takes a moment on an old phone. */
  const [is_drawing, setDrawing] = useState(false);
  const [trouble, setTrouble] = useState("");
  const is_sending = is_drawing || waiting?.trouble === "";

  const tell = (refusal: Refusal | "unsent" | null): string => {
    const words =
      refusal === null
        ? ""
        : refusal === "unsent"
          ? t.unsent
          : (t.photo_refusals[refusal.word] ?? refusalSentence(c, refusal, () => ""));
    setTrouble(words);
    if (words) announcer.say(words);
    return words;
  };
  const send = async (bytes: Blob) => {
    task.photo.value = { bytes, trouble: "" };
    setTrouble("");
    // The button that was pressed is not there meanwhile.
    timers.after(0, () => focusWhenLost(heading.current));
    const before = new Set(photos.map(({ id }) => id));
    const refusal = await screen.work.act(({ addPhoto }) => addPhoto(bytes, { assignment: assignment.id }));
    const words = tell(refusal);
    const may_go_later = refusal === "unsent" || (refusal && LATER.includes(refusal.word));
    task.photo.value = may_go_later ? { bytes, trouble: words } : null;
    if (refusal !== null) return;
    announcer.say(t.photo_added);
    const own = screen.work.answer.peek()?.work.find(({ assignment: { id } }) => id === assignment.id);
    const added = own?.submission?.photos?.find(({ id }) => !before.has(id));
    if (added) screen.work.pictures.set(added.id, bytes);
  };
  const choose = async (file: Blob) => {
    setDrawing(true);
    const small = await madeSmall(file);
    setDrawing(false);
    if (small.size > SENT_BYTES_MAX) tell({ word: "picture_too_large" });
    else await send(small);
  };
  const remove = async (photo: PhotoId) => {
    tell(await screen.work.act(({ removePhoto }) => removePhoto({ photo })));
    focusWhenLost(heading.current);
  };
  const told = waiting?.trouble || trouble;

  return (
    <section class="stack-s" aria-labelledby="work-photos">
      <h2 id="work-photos" tabIndex={-1} ref={heading}>
        {t.photos}
      </h2>
      {photos.map((photo, at) => (
        <OnePhoto
          key={photo.id}
          screen={screen}
          photo={photo}
          at={at}
          onRemove={() => void remove(photo.id)}
          onTold={tell}
        />
      ))}
      {told && (
        <Note look="stop" icon={WarnIcon} title={told}>
          {waiting && (
            <p class="note-acts">
              <Button icon={RoundIcon} onPress={() => void send(waiting.bytes)}>
                {c.try_now}
              </Button>
              <Button
                icon={CrossIcon}
                onPress={() => {
                  task.photo.value = null;
                  setTrouble("");
                }}
              >
                {c.cancel}
              </Button>
            </p>
          )}
        </Note>
      )}
      {is_sending && (
        <p class="st" role="status">
          <HourglassIcon /> {t.photo_sending}
        </p>
      )}
      {may_add && !waiting && !is_sending && photos.length < PHOTOS_MAX && (
        <p>
          <Button icon={PhotoIcon} onPress={() => input.current?.click()}>
            {t.add_photo}
          </Button>
        </p>
      )}
      {photos.length >= PHOTOS_MAX && <p class="quiet">{t.photos_full}</p>}
      <p class="quiet small">{t.photo_what}</p>
      <input
        ref={input}
        type="file"
        accept="image/jpeg,image/png"
        hidden
        aria-label={t.add_photo}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same picture may be chosen again.
          event.currentTarget.value = "";
          if (file) void choose(file);
        }}
      />
    </section>
  );
}

function OnePhoto(props: {
  screen: WorkScreen;
  photo: PhotoShown;
  at: number;
  onRemove: () => void;
  onTold: (refusal: Refusal | "unsent" | null) => void;
}) {
  const { screen, photo, at, onRemove, onTold } = props;
  const t = useTexts(photoTexts);
  const [words, setWords] = useState(photo.description);
  const field = `work-photo-${photo.id}`;
  const save = async () => {
    const description = words.trim();
    if (description === photo.description) return;
    onTold(await screen.work.act(({ describePhoto }) => describePhoto({ photo: photo.id, description })));
  };
  return (
    <div class="item stack-s">
      <Picture
        load={() => screen.work.picture(photo.id)}
        description={photo.description || t.photo(at + 1)}
        missing={t.photo_missing}
      />
      <div class="field">
        <label for={field}>{t.photo_describe}</label>
        <input
          id={field}
          dir="auto"
          maxLength={DESCRIPTION_MAX}
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
          onBlur={() => void save()}
        />
      </div>
      <p>
        <Button icon={CrossIcon} label={t.remove_photo(at + 1)} onPress={onRemove}>
          {t.remove}
        </Button>
      </p>
    </div>
  );
}

/** To look at alone: what was returned. */
export function PhotosSeen({ screen, photos }: { screen: WorkScreen; photos: readonly PhotoShown[] }) {
  const t = useTexts(photoTexts);
  return (
    <>
      {photos.map((photo, at) => (
        <figure key={photo.id}>
          <Picture
            load={() => screen.work.picture(photo.id)}
            description={photo.description || t.photo(at + 1)}
            missing={t.photo_missing}
          />
          {photo.description && <figcaption dir="auto">{photo.description}</figcaption>}
        </figure>
      ))}
    </>
  );
}
