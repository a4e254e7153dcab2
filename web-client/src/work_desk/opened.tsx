import type { PersonId, PhotoId, Refusal, SessionId, UtcTime } from "@protocol";
import type { DeskRow, DeskRowAnswer, OpenedWork } from "@protocol/api";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import { ReasonDialog } from "../staff/reason_dialog";
import { useStaffRefusalText } from "../staff/refusal_text";
import { useRoomOf } from "../staff/room_of";
import { the } from "../state/room_state";
import { clockTime, dayText, runningTime } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button, IconButton } from "../view/button";
import {
  CallIcon,
  CheckIcon,
  ClockIcon,
  CrossIcon,
  FlagIcon,
  HandIcon,
  HeartIcon,
  HourglassIcon,
  InfoIcon,
  MailIcon,
  PenIcon,
  RoundIcon,
  SendIcon,
  SoundIcon,
  WarnIcon,
} from "../view/icons";
import { Badge, Note } from "../view/marks";
import { PhoneNumber } from "../view/phone";
import { EyeIcon, LetterIcon, PaperIcon } from "../work/icons";
import { Picture } from "../work/picture";
import { deviceShelf, markOf, type Shelf } from "../work/shelf";
import { AnswerDraft } from "./answer_draft";
import { holderOf, isLeaving, isReturned, waited, waits, whose } from "./desk_view";
import { leftOf, printLetter } from "./letter";
import { OpeningsDialog } from "./openings_dialog";
import type { DeskRequests } from "./requests";
import { deskTexts } from "./text";

const TEXT_MAX = 2000;

interface Props {
  readonly session: SessionId;
  readonly requests: DeskRequests;
  readonly row: DeskRow;
  readonly now: UtcTime;
  readonly me: PersonId;
  readonly name: string;
  readonly staffName: (person: PersonId) => string;
  readonly onRow: (row: DeskRow) => void;
  readonly onClose: () => void;
  readonly onSent: (row: DeskRow, goes_on: boolean) => void;
  readonly shelf?: Shelf;
}

/** One person's work, opened: the words at the start, the answer at the end, so that both stay in view. */
export function OpenedSheet(props: Props) {
  const { session, requests, row, now, me, name, staffName, onRow, onClose } = props;
  const t = useTexts(deskTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText(staffName);
  const [work, setWork] = useState<OpenedWork | null>(null);
  const [is_unreachable, setUnreachable] = useState(false);
  const [trouble, setTrouble] = useState("");
  const [is_taking_over, setTakingOver] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const body = whose(row);
  const show = async () => {
    const answer = await requests.open(session, row.person, { assignment: row.assignment });
    setUnreachable(answer.kind !== "ok");
    if (answer.kind === "ok") setWork(answer.value);
    return answer.kind === "ok" ? answer.value : null;
  };
  // Opened once, and again when the author has done something about it: the words may be others then.
  useEffect(() => {
    void show();
  }, [row.returned_at, row.wants_call, row.has_thanks, row.state === "sent", row.state === "read"]);
  useEffect(() => {
    // On a phone it is below the list.
    heading.current?.scrollIntoView?.({ block: "nearest" });
    heading.current?.focus({ preventScroll: true });
  }, []);
  const does = async (asking: Promise<Answer<DeskRowAnswer>>): Promise<boolean> => {
    const answer = await asking;
    if (answer.kind === "ok") {
      setTrouble("");
      onRow(answer.value.row);
      return true;
    }
    const words = answer.kind === "refused" ? refusalText(answer.refusal) : t.unreachable;
    setTrouble(words);
    announcer.say(words);
    return false;
  };

  const holder = holderOf(row, now);
  const is_mine = holder === me;
  // What was dealt out has no lease until it is opened.
  const is_dealt = is_mine && waits(row) && row.claimed_until === undefined;
  useEffect(() => {
    if (is_dealt) void does(requests.claim(session, body));
  }, [is_dealt]);
  const is_lapsed = waits(row) && holder === null && row.claimed_by === me;

  return (
    <section
      class={holder !== null && !is_mine && waits(row) ? "item theirs" : "item open"}
      aria-labelledby="opened"
    >
      <div class="sheet-h">
        <div class="row grow">
          <h2 id="opened" ref={heading} tabIndex={-1} dir="auto">
            {name}
          </h2>
          {waits(row) && row.returned_at !== undefined && (
            <Badge icon={ClockIcon}>{t.waited(waited(row.returned_at, now))}</Badge>
          )}
          {waits(row) && is_mine && (
            <Badge look="good" icon={CheckIcon}>
              {row.claimed_until === undefined ? t.dealt : t.until(runningTime(row.claimed_until - now))}
            </Badge>
          )}
          {waits(row) && holder !== null && !is_mine && (
            <Badge look="wait" icon={HourglassIcon}>
              {t.theirs(staffName(holder))}
            </Badge>
          )}
        </div>
        <div class="row push">
          {!row.wants_call && (
            <Button
              look="help"
              icon={FlagIcon}
              onPress={() => void does(requests.worry(session, { ...body, wants_call: true }))}
            >
              {t.worry}
            </Button>
          )}
          <IconButton class="plain" icon={CrossIcon} name={t.close} onPress={onClose} />
        </div>
      </div>
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      {is_unreachable && (
        <Note look="stop" icon={WarnIcon} title={t.unreachable}>
          <Button icon={RoundIcon} onPress={() => void show()}>
            {c.try_now}
          </Button>
        </Note>
      )}
      {!work ? (
        <p class="quiet" role="status">
          {t.opening}
        </p>
      ) : (
        <>
          {row.wants_call && <Worry {...props} call_back={work.call_back} does={does} />}
          {!row.wants_call && row.answers_by_phone && work.call_back && (
            <Note look="help" icon={CallIcon} title={t.by_phone_wish}>
              <PhoneNumber phone={work.call_back} />
            </Note>
          )}
          <div class="beside">
            <div class="stack">
              <Words work={work} />
              <Photos {...props} work={work} />
              {work.worry_done && !row.wants_call && (
                <p class="small">
                  <b>{t.was_done}</b> {work.worry_done}
                </p>
              )}
              {isReturned(row) && <Sharing {...props} does={does} />}
              <Earlier work={work} />
            </div>
            {!isReturned(row) ? null : waits(row) && !is_mine ? (
              <div class="stack-s">
                {is_lapsed && <p>{t.lapsed}</p>}
                {holder === null ? (
                  <Button
                    look="main"
                    icon={HandIcon}
                    onPress={() => void does(requests.claim(session, body))}
                  >
                    {t.take}
                  </Button>
                ) : (
                  <>
                    <p>{t.theirs_what}</p>
                    <SecondLook {...props} work={work} onLooked={() => void show()} />
                    <p>
                      <Button onPress={() => setTakingOver(true)}>{t.take_over}</Button>
                    </p>
                  </>
                )}
              </div>
            ) : (
              <Answering {...props} work={work} show={show} does={does} />
            )}
          </div>
        </>
      )}
      {is_taking_over && (
        <ReasonDialog
          title={t.take_over}
          label={t.take_over_label}
          act={t.take}
          icon={HandIcon}
          onGive={(reason) => void does(requests.takeOver(session, { ...body, reason }))}
          onClose={() => setTakingOver(false)}
        />
      )}
    </section>
  );
}

type Does = (asking: Promise<Answer<DeskRowAnswer>>) => Promise<boolean>;

function Words({ work }: { work: OpenedWork }) {
  const t = useTexts(deskTexts);
  const { assignment, fields, thanks } = work;
  if (!fields) return <p class="quiet">{t.draft_hidden}</p>;
  const questions = assignment.questions.length > 0 ? assignment.questions : [assignment.title];
  return (
    <>
      <dl class="qa">
        {questions.map((question, at) => {
          const text = fields[at]?.trim();
          return (
            <div key={question}>
              <dt dir="auto">{question}</dt>{" "}
              <dd class={text ? "as-written" : "quiet"} dir="auto">
                {text || t.no_answer}
              </dd>
            </div>
          );
        })}
      </dl>
      {thanks && (
        <Note look="good" icon={HeartIcon} title={t.thanks}>
          <span class="as-written" dir="auto">
            {thanks}
          </span>
        </Note>
      )}
    </>
  );
}

/** Each comes when the work is opened, and is noted as seen. */
function Photos({ session, requests, row, work }: Props & { work: OpenedWork }) {
  const t = useTexts(deskTexts);
  if (!work.photos) return null;
  const load = async (photo: PhotoId) => {
    const answer = await requests.photo(session, row.person, { photo });
    return answer.kind === "ok" ? answer.value : null;
  };
  return (
    <>
      {work.photos.map(({ id, description }, at) => (
        <figure key={id}>
          <Picture
            load={() => load(id)}
            description={description || t.photo(at + 1)}
            missing={t.photo_missing}
          />
          <figcaption class="small" dir="auto">
            {description || t.photo(at + 1)}
          </figcaption>
        </figure>
      ))}
    </>
  );
}

/** The author's last three, in sessions of which one is staff too. */
function Earlier({ work }: { work: OpenedWork }) {
  const t = useTexts(deskTexts);
  const { language } = useApp();
  if (work.earlier.length === 0) return null;
  return (
    <section aria-labelledby="earlier">
      <h3 id="earlier">{t.earlier}</h3>
      {work.earlier.map((one, at) => (
        <details class="fold" key={`${one.session} ${one.title}`} open={at === 0}>
          <summary>
            {dayText(one.starts_at, language.value)} {one.theme}
          </summary>
          <div class="before">
            {one.fields.map(
              (text) =>
                text.trim() && (
                  <p key={text} class="as-written" dir="auto">
                    {text}
                  </p>
                ),
            )}
            {one.answer && (
              <p class="as-written" dir="auto">
                <b>{t.answered_by(one.answered_by || t.staff)}</b> {one.answer}
              </p>
            )}
          </div>
        </details>
      ))}
    </section>
  );
}

function Sharing({ session, requests, row, does }: Props & { does: Does }) {
  const t = useTexts(deskTexts);
  if (row.is_shared) return <p class="small quiet">{t.shared}</p>;
  if (!row.sharing || row.sharing === "no") return <p class="small quiet">{t.sharings.no}</p>;
  return (
    <p class="row">
      <Badge>{t.sharings[row.sharing]}</Badge>
      <Button icon={SoundIcon} onPress={() => void does(requests.shared(session, whose(row)))}>
        {t.tell_shared}
      </Button>
    </p>
  );
}

/** On top, with the number, until somebody says what was done. */
function Worry(props: Props & { call_back: string | undefined; does: Does }) {
  const { session, requests, row, call_back, does } = props;
  const t = useTexts(deskTexts);
  const [done, setDone] = useState("");
  return (
    <Note look="help" icon={CallIcon} title={t.call_now}>
      {call_back ? <PhoneNumber phone={call_back} /> : t.call_no_number}
      <p>{t.call_what}</p>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          const words = done.trim();
          if (words) void does(requests.worry(session, { ...whose(row), wants_call: false, done: words }));
        }}
      >
        <div class="field grow">
          <label for="worry-done">{t.done_label}</label>
          <input
            id="worry-done"
            dir="auto"
            required
            maxLength={300}
            value={done}
            onInput={(event) => setDone(event.currentTarget.value)}
          />
        </div>
        <Button icon={CheckIcon} is_submit>
          {t.done}
        </Button>
      </form>
    </Note>
  );
}

/** Another reads the answer before it leaves, where the assignment asks for it. */
function SecondLook(props: Props & { work: OpenedWork; onLooked: () => void }) {
  const { session, requests, row, work, staffName, onLooked } = props;
  const t = useTexts(deskTexts);
  const { assignment, answer } = work;
  if (!assignment.second_look || !answer?.text) return null;
  return (
    <div class="stack-s">
      <p class="as-written before" dir="auto">
        {answer.text}
      </p>
      {answer.looked_at_by === undefined ? (
        <Button
          icon={EyeIcon}
          onPress={() =>
            void requests.look(session, { ...whose(row), version: answer.version }).then(() => onLooked())
          }
        >
          {t.look}
        </Button>
      ) : (
        <p>{t.looked(staffName(answer.looked_at_by))}</p>
      )}
    </div>
  );
}

/** The answer: written, sent, or sent and corrected. */
function Answering(props: Props & { work: OpenedWork; show: () => Promise<OpenedWork | null>; does: Does }) {
  const { row, now, work } = props;
  const t = useTexts(deskTexts);
  const [is_correcting, setCorrecting] = useState(false);
  if (waits(row) || is_correcting)
    return <Editor {...props} onDone={() => setCorrecting(false)} key={String(is_correcting)} />;
  return (
    <div class="stack-s">
      {work.sent.map(({ text, sent_at }) => (
        <div key={sent_at}>
          <p class="small quiet">{t.sent_on(clockTime(sent_at))}</p>
          <p class="as-written" dir="auto">
            {text}
          </p>
        </div>
      ))}
      {work.sent.length === 0 && work.answer && (
        <p class="as-written" dir="auto">
          {work.answer.text}
        </p>
      )}
      {!isLeaving(row, now) && <Delivered {...props} onCorrect={() => setCorrecting(true)} />}
    </div>
  );
}

function Delivered(
  props: Props & { show: () => Promise<OpenedWork | null>; does: Does; onCorrect: () => void },
) {
  const { session, requests, row, now, me, name, staffName, show, does, onCorrect } = props;
  const t = useTexts(deskTexts);
  const { language } = useApp();
  const phone = the(useRoomOf("room"), "room")?.help_phone;
  // Opened once more: the words are those that stand, and that they were seen is noted before they are on paper.
  const print = async () => {
    const work = await show();
    const left = work ? leftOf(work, now) : [];
    const last = left.at(-1);
    if (!work || !last) return;
    printLetter({
      date: dayText(now, language.value),
      name,
      about: t.letter_about(work.assignment.title),
      texts: left.map(({ text }) => text),
      by: staffName(last.by),
      call: phone ? t.letter_call(phone) : "",
    });
  };
  const tell = (way: "read_aloud" | "letter") =>
    void does(requests.delivered(session, { ...whose(row), way }));
  return (
    <div class="row">
      {row.state === "sent" && (
        <>
          <Button icon={SoundIcon} onPress={() => tell("read_aloud")}>
            {t.delivered_aloud}
          </Button>
          <Button icon={MailIcon} onPress={() => tell("letter")}>
            {t.delivered_letter}
          </Button>
        </>
      )}
      <Button icon={LetterIcon} onPress={() => void print()}>
        {t.print_letter}
      </Button>
      {row.claimed_by === me && (
        <Button look="plain" icon={PenIcon} onPress={onCorrect}>
          {t.correct}
        </Button>
      )}
    </div>
  );
}

function Editor(
  props: Props & { work: OpenedWork; show: () => Promise<OpenedWork | null>; does: Does; onDone: () => void },
) {
  const { session, requests, row, now, me, work, staffName, onRow, onSent, onDone, show, does } = props;
  const t = useTexts(deskTexts);
  const { announcer, timers } = useApp();
  const refusalText = useStaffRefusalText(staffName);
  const [are_openings_open, setOpeningsOpen] = useState(false);
  const [is_unsent, setUnsent] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const rowed = useRef(onRow);
  rowed.current = onRow;
  const shown = useRef(show);
  shown.current = show;
  const draft = useMemo(
    () =>
      new AnswerDraft(whose(row), work.answer, {
        requests,
        session,
        shelf: props.shelf ?? deviceShelf(globalThis.indexedDB),
        timers,
        wallClock: () => Date.now(),
        key: `${markOf(`staff ${me}`)}-${session}-${row.assignment}-${row.person}`,
        onRow: (next) => rowed.current(next),
        onConflict: async () => (await shown.current())?.answer,
      }),
    [],
  );
  useEffect(() => {
    void draft.begin();
    const onHide = () => {
      if (document.visibilityState === "hidden") draft.leave();
    };
    document.addEventListener("visibilitychange", onHide);
    return () => {
      document.removeEventListener("visibilitychange", onHide);
      draft.close();
    };
  }, [draft]);
  useEffect(() => draft.keepClaim(row, now), [draft, row.claimed_until]);

  const text = draft.text.value;
  const left = TEXT_MAX - [...text.trim()].length;
  const kept = draft.kept.value;
  const refusal: Refusal | null = draft.trouble.value;
  const needs_look = work.assignment.second_look === true && draft.looked_at_by.value === undefined;
  const send = async (goes_on: boolean) => {
    if (!text.trim() || left < 0) return field.current?.focus();
    const told = await draft.send();
    setUnsent(told.kind === "unsent");
    if (told.kind === "done") {
      onDone();
      return onSent(told.row, goes_on);
    }
    announcer.say(told.kind === "unsent" ? t.unsent : ownWords(told.refusal) || refusalText(told.refusal));
    if (told.kind === "refused" && told.refusal.word === "add_your_own_words") field.current?.focus();
  };
  const ownWords = ({ word }: Refusal) =>
    word === "add_your_own_words" ? t.own_words : word === "needs_second_look" ? t.second_look : "";
  if (draft.other.value !== null) return <TwoAnswers draft={draft} other={draft.other.value} />;
  return (
    <div>
      <form
        class="stack-s"
        onSubmit={(event) => {
          event.preventDefault();
          void send(true);
        }}
      >
        {refusal && (
          <Note look="stop" icon={WarnIcon} title={ownWords(refusal) || refusalText(refusal)}>
            {refusal.word === "add_your_own_words" && t.own_words_what}
          </Note>
        )}
        {is_unsent && <Note icon={InfoIcon} title={t.unsent} />}
        <div class="field">
          <label for="answer">{t.answer_to}</label>
          <textarea
            ref={field}
            id="answer"
            dir="auto"
            rows={8}
            value={text}
            aria-describedby="answer-kept answer-left"
            aria-invalid={left < 0}
            onInput={(event) => draft.type(event.currentTarget.value)}
            onBlur={() => draft.leave()}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
              event.preventDefault();
              void send(true);
            }}
          />
        </div>
        <p class="st" id="answer-kept">
          {kept.kind === "saved" ? (
            <>
              <CheckIcon /> {t.saved(clockTime(kept.at))}
            </>
          ) : (
            t.kept[kept.kind]
          )}{" "}
          {t.unseen}
        </p>
        <p class="small" id="answer-left">
          {left < 200 ? t.left(left) : ""}
        </p>
        {needs_look && <p class="small quiet">{t.second_look}</p>}
        {draft.looked_at_by.value !== undefined && (
          <p class="small">{t.looked(staffName(draft.looked_at_by.value))}</p>
        )}
        <div class="row">
          <Button look="main" icon={SendIcon} is_submit>
            {t.send_next} <kbd>Ctrl Enter</kbd>
          </Button>
          <Button onPress={() => void send(false)}>{t.send}</Button>
        </div>
        <div class="row">
          <Button icon={PaperIcon} onPress={() => setOpeningsOpen(true)}>
            {t.openings}
          </Button>
          {waits(row) && (
            <Button
              look="plain"
              onPress={() => {
                draft.leave();
                void does(requests.release(session, whose(row)));
              }}
            >
              {t.release}
            </Button>
          )}
        </div>
      </form>
      {are_openings_open && (
        <OpeningsDialog
          session={session}
          requests={requests}
          onChoose={(opening) => {
            // What has been written stays, before it.
            draft.type(text.trim() ? `${text.trimEnd()}\n\n${opening}` : opening);
            setOpeningsOpen(false);
            field.current?.focus();
          }}
          onClose={() => setOpeningsOpen(false)}
        />
      )}
    </div>
  );
}

function TwoAnswers({ draft, other }: { draft: AnswerDraft; other: string }) {
  const t = useTexts(deskTexts);
  const [is_mine, setMine] = useState(true);
  const texts = [
    { is_this: true, title: t.this_text, text: draft.text.value },
    { is_this: false, title: t.theirs_text, text: other },
  ];
  return (
    <div class="stack-s">
      <fieldset class="seg one">
        <legend>{t.other_text}</legend>
        {texts.map(({ is_this, title, text }) => (
          <div class="stack-s" key={title}>
            <label>
              <input
                type="radio"
                name="which-answer"
                checked={is_mine === is_this}
                onChange={() => setMine(is_this)}
              />{" "}
              <span>{title}</span>
            </label>
            <p class="as-written before" dir="auto">
              {text}
            </p>
          </div>
        ))}
      </fieldset>
      <Button look="main" onPress={() => void draft.settle(is_mine ? draft.text.peek() : other)}>
        {t.keep_chosen}
      </Button>
    </div>
  );
}
