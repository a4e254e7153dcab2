import { useComputed } from "@preact/signals";
import { HELP_KINDS, type HelpKind, type HelpRequest, TEXT_MAX } from "@protocol";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { openChime } from "../page/chime";
import { the } from "../state/room_state";
import { helpThread, myEndedHelp, myHelp, nameOf } from "../state/selectors";
import { runningTime } from "../text/times";
import { useApp, useCommon, useFromRoom, useLine, useRefusalSentence, useTexts } from "../view/app";
import { Button, Choice } from "../view/button";
import { Dialog } from "../view/dialog";
import {
  CheckIcon,
  EarOffIcon,
  HelpIcon,
  type IconComponent,
  MicOffIcon,
  MoreIcon,
  ReplyIcon,
  SearchIcon,
  SendIcon,
  WarnIcon,
} from "../view/icons";
import { isNumber, useKept } from "../view/kept";
import { Note } from "../view/marks";
import { PhoneLink } from "../view/phone";
import { ClockTime, Ticking } from "../view/times";
import { useVoice } from "../voice/use_voice";
import { useAsk } from "./dock";
import { useDrafts } from "./drafts";
import { roomTexts } from "./text/room";

const KIND_ICONS: Record<HelpKind, IconComponent> = {
  cannot_hear: EarOffIcon,
  not_heard: MicOffIcon,
  cannot_find: SearchIcon,
  something_else: MoreIcon,
};

/** A call for help that has not got through is known to its author within 5 s. */
const UNSENT_MS = 4000;

function useMyHelp(): HelpRequest | null {
  const line = useLine();
  useFromRoom((room) => room.things.help_request);
  return myHelp(line.room.peek(), line.me.value);
}

/** The newest message of my call for help, when it is not my own. */
function useHelpAnswer(help: HelpRequest | null) {
  const line = useLine();
  useFromRoom((room) => room.things.help_line);
  const last = help && helpThread(line.room.peek(), help.id).at(-1);
  return last && last.author !== line.me.value ? last : null;
}

/**
 * Those who help have written since I had the help sheet open: the bar says so, wherever the page is scrolled to.
 */
export function useHelpNews(is_open: boolean): boolean {
  const { keep } = useApp();
  const [read, setRead] = useKept(keep, "help_read", isNumber, null);
  const answer = useHelpAnswer(useMyHelp())?.id ?? 0;
  const is_new = answer > (read ?? 0);
  useEffect(() => {
    if (is_open && is_new) setRead(answer);
  }, [is_open, answer]);
  return is_new && !is_open;
}

/** A call for help of mine is on its way, and for so long that I must know. */
function useIsHelpUnsent(): boolean {
  const { tick } = useApp();
  const { pending, status } = useLine();
  const first_seen = useRef(new Map<string, number>());
  return useComputed(() => {
    const calls = pending.value.filter(({ command }) => command.type === "ask_for_help");
    return calls.some(({ id }) => {
      const since = first_seen.current.get(id) ?? tick.value;
      first_seen.current.set(id, since);
      return status.value.kind !== "online" || tick.value - since >= UNSENT_MS;
    });
  }).value;
}

/** How my call for help goes, in the room. */
export function HelpNote({ onOpen }: { onOpen: () => void }) {
  const t = useTexts(roomTexts);
  const { keep, device } = useApp();
  const line = useLine();
  const help = useMyHelp();
  const is_unsent = useIsHelpUnsent();
  const phone = useFromRoom((room) => the(room, "room")?.help_phone);
  const [dismissed, setDismissed] = useKept(keep, "dismissed", isNumber, null);
  const ended = myEndedHelp(line.room.peek(), line.me.value);
  const answer = useHelpAnswer(help);

  const heard = useRef(answer?.id ?? 0);
  const chime = useMemo(openChime, []);
  useEffect(() => {
    if (!answer || answer.id <= heard.current) return;
    heard.current = answer.id;
    if (device.get("help_sound") !== "false") chime("help");
  }, [answer?.id]);

  if (is_unsent)
    return (
      <Note look="stop" icon={WarnIcon} title={t.help_unsent}>
        {t.help_unsent_what}
        {phone && (
          <>
            {" "}
            {t.help_unsent_call}
            <PhoneLink phone={phone} />
          </>
        )}
      </Note>
    );
  if (help)
    return (
      <Note look="help" icon={HelpIcon} title={helpTitle(help, nameOf(line.room.peek(), help.claimed_by), t)}>
        {answer ? (
          <>
            <p>{t.help_new_line(nameOf(line.room.peek(), answer.author) || t.help_somebody)}</p>
            <p class="lead said-text" dir="auto">
              {answer.text}
            </p>
          </>
        ) : help.state === "claimed" ? (
          t.help_seen_what
        ) : (
          t.help_sent_what
        )}
        <p class="note-acts">
          <Button look={answer ? "main" : "help"} icon={answer ? ReplyIcon : undefined} onPress={onOpen}>
            {answer ? t.reply : t.help_open}
          </Button>
        </p>
      </Note>
    );
  if (ended && ended.id !== dismissed)
    return (
      <Note
        look="good"
        icon={CheckIcon}
        title={
          ended.state === "handed_over" ? t.help_handed(ended.handed_to ?? t.help_somebody) : t.help_solved
        }
      >
        {t.help_solved_what}
        <p class="note-acts">
          <Button onPress={() => setDismissed(ended.id)}>{t.ok}</Button>
        </p>
      </Note>
    );
  return null;
}

function helpTitle(help: HelpRequest, by: string, t: (typeof roomTexts)["fi"]): string {
  return help.state === "claimed" ? t.help_seen(by || t.help_somebody) : t.help_sent;
}

/** Asking for help; and when it has been asked for, how it goes. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts(roomTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const line = useLine();
  const help = useMyHelp();
  const [kind, setKind] = useState<HelpKind | null>(null);
  const [trouble, setTrouble] = useState("");
  const inWords = useRefusalSentence();
  const is_sending = line.pending.value.some(({ command }) => command.type === "ask_for_help");
  const phone = useFromRoom((room) => the(room, "room")?.help_phone);
  const sound = useVoice();
  const [has_tried, setTried] = useState(false);

  const choose = (one: HelpKind) => {
    setTried(sound?.voice.listening.state.peek().kind === "on");
    setKind(one);
  };

  if (help) return <HelpThread help={help} onClose={onClose} />;
  if (is_sending)
    return (
      <Dialog title={t.help_request} has_help={false} onClose={onClose}>
        <div class="stack dialog-body">
          <p>
            <b>{t.help_unsent}</b> {t.help_unsent_what}
          </p>
          {phone && (
            <div>
              <p>{t.help_unsent_call}</p>
              <PhoneLink phone={phone} />
            </div>
          )}
          <Button onPress={onClose}>{c.close}</Button>
        </div>
      </Dialog>
    );
  if (kind === null)
    return (
      <Dialog title={t.help_title} has_help={false} onClose={onClose}>
        <div class="choices help-choices">
          {HELP_KINDS.map((one) => (
            <Choice key={one} icon={KIND_ICONS[one]} title={c.help_kinds[one]} onPress={() => choose(one)} />
          ))}
          <Button onPress={onClose}>{c.cancel}</Button>
        </div>
      </Dialog>
    );
  // What the page itself can mend comes first: most often it is this.
  if (kind === "cannot_hear" && sound && !has_tried)
    return (
      <Dialog title={c.help_kinds[kind]} has_help={false} onClose={onClose}>
        <sound.ListenFirst onHeard={onClose} onStill={() => setTried(true)} />
      </Dialog>
    );
  return (
    <Dialog title={c.help_kinds[kind]} has_help={false} onClose={onClose}>
      <HelpDetails
        trouble={trouble}
        onBack={() => setKind(null)}
        onSend={(words, call_back) => {
          const command = {
            type: "ask_for_help" as const,
            kind,
            ...(words ? { words } : {}),
            ...(call_back ? { call_back } : {}),
          };
          setTrouble("");
          void line.send(command).then((outcome) => {
            if (outcome.kind === "refused") setTrouble(inWords(outcome.refusal));
            if (outcome.kind === "done") announcer.say(t.help_sent);
          });
        }}
      />
    </Dialog>
  );
}

function HelpDetails(props: {
  trouble: string;
  onBack: () => void;
  onSend: (words: string, phone: string) => void;
}) {
  const t = useTexts(roomTexts);
  const c = useCommon();
  const { help_words, help_phone } = useDrafts();
  return (
    <form
      class="stack dialog-body"
      onSubmit={(event) => {
        event.preventDefault();
        const [words, phone] = [help_words.value.trim(), help_phone.value.trim()];
        help_words.value = "";
        help_phone.value = "";
        props.onSend(words, phone);
      }}
    >
      <p class="quiet">{t.help_details}</p>
      <div class="field">
        <label for="help-words">
          {t.help_words} <span class="hint">({c.optional})</span>
        </label>
        <textarea
          dir="auto"
          id="help-words"
          rows={2}
          maxLength={TEXT_MAX.ask_for_help.words}
          value={help_words.value}
          onInput={(event) => {
            help_words.value = event.currentTarget.value;
          }}
        />
      </div>
      <div class="field">
        <label for="help-phone">
          {t.help_phone} <span class="hint">({c.optional})</span>
        </label>
        <input
          id="help-phone"
          type="tel"
          autocomplete="tel"
          maxLength={TEXT_MAX.ask_for_help.call_back}
          value={help_phone.value}
          onInput={(event) => {
            help_phone.value = event.currentTarget.value;
          }}
        />
      </div>
      {props.trouble && <Note look="stop" icon={WarnIcon} title={props.trouble} />}
      <Button look="main" is_big is_submit icon={HelpIcon}>
        {t.help_send}
      </Button>
      <Button onPress={props.onBack}>{c.back}</Button>
    </form>
  );
}

function HelpThread({ help, onClose }: { help: HelpRequest; onClose: () => void }) {
  const t = useTexts(roomTexts);
  const c = useCommon();
  const line = useLine();
  const { help_words } = useDrafts();
  const [trouble, setTrouble] = useState("");
  const ask = useAsk(setTrouble);
  useFromRoom((room) => room.things.help_line);
  const room = line.room.peek();
  const messages = helpThread(room, help.id);
  const waiting = line.pending.value.flatMap(({ id, command }) =>
    command.type === "add_help_line" && command.help === help.id ? [{ id, text: command.text }] : [],
  );
  return (
    <Dialog title={t.help_request} has_help={false} onClose={onClose}>
      <div class="stack dialog-body">
        <Note look="help" icon={HelpIcon} title={helpTitle(help, nameOf(room, help.claimed_by), t)}>
          {help.state === "claimed" ? (
            t.help_seen_what
          ) : (
            <Ticking of={(now) => t.help_waited(runningTime(now - help.since))} basis={[help, t]} />
          )}
          {help.call_back && <p>{t.help_call_back(help.call_back)}</p>}
        </Note>
        <ol class="lines thread">
          <li>
            <b>{c.help_kinds[help.kind]}</b> <bdi>{help.words}</bdi>
          </li>
          {messages.map((one) => (
            <li key={one.id}>
              <b dir="auto">
                {one.author === line.me.value ? c.you : nameOf(room, one.author) || t.help_somebody}
              </b>{" "}
              <span class="quiet small">
                <ClockTime at={one.at} />
              </span>
              <p class="said-text" dir="auto">
                {one.text}
              </p>
            </li>
          ))}
          {waiting.map((one) => (
            <li key={one.id}>
              <b>{c.you}</b>
              <p class="said-text" dir="auto">
                {one.text}
              </p>
              <p class="quiet small">{t.unsent}</p>
            </li>
          ))}
        </ol>
        <form
          class="field"
          onSubmit={(event) => {
            event.preventDefault();
            const text = help_words.value.trim();
            if (text === "") return;
            help_words.value = "";
            setTrouble("");
            ask({ type: "add_help_line", help: help.id, text });
          }}
        >
          <label for="help-line">{t.help_line_label}</label>
          <textarea
            dir="auto"
            id="help-line"
            rows={2}
            maxLength={TEXT_MAX.add_help_line.text}
            value={help_words.value}
            onInput={(event) => {
              help_words.value = event.currentTarget.value;
            }}
          />
          <p class="row acts-2">
            <Button is_submit icon={SendIcon} class="push">
              {c.send}
            </Button>
          </p>
        </form>
        {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
        <div class="row">
          <Button
            look="stop"
            onPress={() => {
              ask({ type: "cancel_help", help: help.id });
              onClose();
            }}
          >
            {t.help_cancel}
          </Button>
          <Button class="push" onPress={onClose}>
            {c.close}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
