import type { PhotoId, Refusal, RefusalWord } from "@protocol";
import type { OwnSubmission, PhotoShown } from "@protocol/api";
import { useRef, useState } from "preact/hooks";
import { refusalSentence } from "../text/common";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CrossIcon, HourglassIcon, RoundIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { PhotoIcon } from "./icons";
import { madeSmall, SENT_BYTES_MAX } from "./make_small";
import { Picture } from "./picture";
import type { Task, WorkScreen } from "./screen";
import { workTexts } from "./text";

const PHOTOS_MAX = 3;
const DESCRIPTION_MAX = 200;
/** The same may go a while later. */
const LATER: readonly RefusalWord[] = ["busy", "not_saving", "too_fast"];

interface Props {
  readonly screen: WorkScreen;
  readonly task: Task;
}

export const photosOf = (submission: OwnSubmission | undefined): readonly PhotoShown[] =>
  submission?.photos ?? [];

/** How an author's photos are: seen, said what is in them, removed; and one more, while there is room for one. */
export function Photos({ screen, task }: Props) {
  const t = useTexts(workTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const { assignment, submission } = task.own;
  const photos = photosOf(submission);
  const input = useRef<HTMLInputElement>(null);
  /** Chosen, and not on the server: it stays until it is, or is given up. */
  const [waiting, setWaiting] = useState<Blob | null>(null);
  const [is_sending, setSending] = useState(false);
  const [trouble, setTrouble] = useState("");
  const may_add = assignment.ways.includes("photo") && screen.work.answer.value?.takes_photos === true;
  if (!may_add && photos.length === 0) return null;

  const tell = (refusal: Refusal | "unsent" | null) => {
    const words =
      refusal === null
        ? ""
        : refusal === "unsent"
          ? t.unsent
          : (t.photo_refusals[refusal.word] ?? refusalSentence(c, refusal, () => ""));
    setTrouble(words);
    if (words) announcer.say(words);
  };
  const send = async (photo: Blob) => {
    setWaiting(photo);
    setTrouble("");
    setSending(true);
    const before = new Set(photos.map(({ id }) => id));
    const refusal = await screen.work.act(({ addPhoto }) => addPhoto(photo, { assignment: assignment.id }));
    setSending(false);
    tell(refusal);
    if (refusal === "unsent" || (refusal && LATER.includes(refusal.word))) return;
    setWaiting(null);
    if (refusal !== null) return;
    announcer.say(t.photo_added);
    const own = screen.work.answer.peek()?.work.find(({ assignment: { id } }) => id === assignment.id);
    const added = photosOf(own?.submission).find(({ id }) => !before.has(id));
    if (added) screen.work.pictures.set(added.id, photo);
  };
  const choose = async (file: Blob) => {
    setSending(true);
    const small = await madeSmall(file);
    if (small.size > SENT_BYTES_MAX) {
      setSending(false);
      tell({ word: "picture_too_large" });
      return;
    }
    await send(small);
  };
  const remove = async (photo: PhotoId) => {
    tell(await screen.work.act(({ removePhoto }) => removePhoto({ photo })));
    input.current?.focus();
  };

  return (
    <section class="stack-s" aria-labelledby="work-photos">
      <h2 id="work-photos">{t.photos}</h2>
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
      {trouble && (
        <Note look="stop" icon={WarnIcon} title={trouble}>
          {waiting && !is_sending && (
            <p class="note-acts">
              <Button icon={RoundIcon} onPress={() => void send(waiting)}>
                {c.try_now}
              </Button>
              <Button
                icon={CrossIcon}
                onPress={() => {
                  setWaiting(null);
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
  const t = useTexts(workTexts);
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
export function PhotosSeen({ screen, task }: Props) {
  const t = useTexts(workTexts);
  return (
    <>
      {photosOf(task.own.submission).map((photo, at) => (
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
