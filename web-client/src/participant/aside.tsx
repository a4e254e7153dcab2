import type { HelpState } from "@protocol";
import type { LookAnswer } from "@protocol/api";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Key } from "../connection/entrance";
import { playTestSound } from "../page/test_sound";
import { refusalSentence } from "../text/common";
import { clockShort } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CalendarIcon, CheckIcon, HelpIcon, InfoIcon, MicIcon, SoundIcon, WarnIcon } from "../view/icons";
import type { Seen } from "../view/look_at_link";
import { Note } from "../view/marks";
import { PhoneLink } from "../view/phone";
import { SiteLinks as Links } from "../view/site_links";
import type { Page } from "../view/start";
import { listenOnce, type MicOutcome } from "./mic_test";
import { asideTexts } from "./text/aside";
import { doorTexts } from "./text/door";

export { bringAsideTexts } from "./text/aside";

/** What stands beside the way in: shut doors, help, and the trying of sound. */

type Session = NonNullable<LookAnswer["session"]>;

export function SiteLinks() {
  return <Links names={useTexts(asideTexts).site_pages} />;
}

/** The staff come this long before the start. */
const STAFF_BEFORE_MS = 15 * 60_000;

/**
 * Before it begins: when the doors open by themselves, and when somebody is there. Whose link is of a season comes from
 * here to its days.
 */
export function Waiting(props: {
  page: Page;
  seen: Seen & { readonly pass: Key; readonly session: Session };
  onOwn: () => void;
}) {
  const { page, seen, onOwn } = props;
  const { link, session, pass, at } = seen;
  const t = useTexts(asideTexts);
  const { announcer } = useApp();
  const is_shut = session.phase === "planned";
  const was_shut = useRef(is_shut);
  useEffect(() => {
    if (was_shut.current && !is_shut) announcer.tell(t.doors_open);
    was_shut.current = is_shut;
  }, [is_shut]);
  const staff_at = session.starts_at - STAFF_BEFORE_MS;
  return (
    <>
      {is_shut && (
        <Note
          icon={InfoIcon}
          title={link.opens_at ? t.doors_open_at(clockShort(link.opens_at)) : t.doors_closed}
        >
          {t.doors_closed_what}
          {!link.season && (
            <p class="note-acts">
              <CalendarButton page={page} pass={pass} />
            </p>
          )}
        </Note>
      )}
      {!is_shut && session.is_staff_here === false && (
        <Note
          icon={InfoIcon}
          title={at.utc < staff_at ? t.staff_come_at(clockShort(staff_at)) : t.staff_come_soon}
        >
          {t.staff_come_what}
        </Note>
      )}
      {link.season && (
        <div class="row">
          <Button icon={CalendarIcon} onPress={onOwn}>
            {t.own_page}
          </Button>{" "}
          <span class="quiet">{t.own_page_what}</span>
        </div>
      )}
    </>
  );
}

/** The session as an entry of one's calendar. */
export function CalendarButton({ page, pass }: { page: Page; pass: Key }) {
  const t = useTexts(asideTexts);
  const d = useTexts(doorTexts);
  const [trouble, setTrouble] = useState(false);
  const keepDate = async () => {
    const entry = await page.entrance.calendar(pass);
    setTrouble(!entry);
    const { saveFile } = await import("../page/save_file");
    if (entry) saveFile(entry, "tapaaminen.ics");
  };
  return (
    <>
      <Button icon={CalendarIcon} onPress={() => void keepDate()}>
        {t.calendar}
      </Button>
      <span role="status">{trouble && d.unreachable}</span>
    </>
  );
}

/**
 * Whether one hears and is heard, tried before it matters. The microphone is asked for after a press and its reason.
 */
export function DeviceTests() {
  const t = useTexts(asideTexts);
  const [sound, setSound] = useState<"played" | "failed" | null>(null);
  const [mic, setMic] = useState<MicOutcome | "listening" | null>(null);
  const tryMic = () => {
    setMic("listening");
    void listenOnce().then(setMic);
  };
  return (
    <section class="sheet stack-s" aria-labelledby="sound-title">
      <h2 id="sound-title">{t.test_title}</h2>
      <p class="quiet" role="status">
        {sound === null ? t.sound_try : sound === "played" ? t.sound_played : t.sound_failed}
      </p>
      <p class="row acts-2">
        <Button icon={SoundIcon} onPress={() => void playTestSound().then(setSound)}>
          {t.sound_play}
        </Button>
      </p>
      <p class="quiet" role="status">
        {mic === null ? t.mic_why : t.mic[mic]}
      </p>
      <p class="row acts-2">
        <Button
          icon={MicIcon}
          onPress={tryMic}
          unusable_because={mic === "listening" ? t.mic.listening : undefined}
        >
          {t.mic_try}
        </Button>
      </p>
    </section>
  );
}

/** A call for help that was made here, and whether it has been seen. */
export function HelpWaits({ state }: { state: HelpState }) {
  const t = useTexts(asideTexts);
  const is_seen = state === "claimed";
  return (
    <Note look="help" icon={is_seen ? CheckIcon : HelpIcon} title={is_seen ? t.help_seen : t.help_sent}>
      {t.help_wait}
    </Note>
  );
}

/**
 * Help outside the room. Whoever has a right link and finds the doors open calls those who help in the room; the others
 * have a number, or those who invited them.
 */
export function HelpAtDoor(props: {
  phone: string;
  /** Where a call can be made: with whose key. */
  asks?: { page: Page; pass: Key; state: HelpState | undefined; onAsked: (state: HelpState) => void };
  onClose: () => void;
}) {
  const { phone, asks, onClose } = props;
  const t = useTexts(asideTexts);
  const d = useTexts(doorTexts);
  const c = useCommon();
  return (
    <Dialog title={asks ? c.ask_for_help : d.call_title} has_help={false} onClose={onClose}>
      <div class="stack dialog-body">
        {asks && (asks.state ? <HelpWaits state={asks.state} /> : <HelpForm {...asks} />)}
        {phone ? (
          <div>
            {asks && <h3>{d.call_title}</h3>}
            <PhoneLink phone={phone} />
            <p class="quiet">{d.call_what}</p>
          </div>
        ) : (
          !asks && <p>{t.call_inviter}</p>
        )}
        <Button onPress={onClose}>{c.close}</Button>
      </div>
    </Dialog>
  );
}

function HelpForm(props: { page: Page; pass: Key; onAsked: (state: HelpState) => void }) {
  const { page, pass, onAsked } = props;
  const t = useTexts(asideTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const form = useRef<HTMLFormElement>(null);
  const [trouble, setTrouble] = useState("");
  const [is_busy, setBusy] = useState(false);
  const send = async (event: Event) => {
    event.preventDefault();
    if (is_busy) return;
    const typed = (id: string) => form.current?.querySelector<HTMLInputElement>(`#${id}`)?.value.trim();
    const words = typed("door-help-words");
    const call_back = typed("door-help-phone");
    setBusy(true);
    const answer = await page.entrance.askHelp(pass, {
      kind: "something_else",
      ...(words ? { words } : {}),
      ...(call_back ? { call_back } : {}),
    });
    setBusy(false);
    if (answer.kind === "ok") {
      announcer.say(t.help_sent);
      return onAsked(answer.value.help);
    }
    const why =
      answer.kind !== "refused"
        ? t.help_unsent
        : answer.refusal.word === "invalid"
          ? t.help_phone_wrong
          : refusalSentence(c, answer.refusal, () => "");
    setTrouble(why);
    announcer.say(why);
  };
  return (
    <form class="stack" ref={form} onSubmit={(event) => void send(event)}>
      <p>{t.help_what}</p>
      <div class="field">
        <label for="door-help-words">
          {t.help_words} <span class="hint">({c.optional})</span>
        </label>
        <textarea dir="auto" id="door-help-words" rows={2} maxLength={500} />
      </div>
      <div class="field">
        <label for="door-help-phone">
          {t.help_phone} <span class="hint">({c.optional})</span>
        </label>
        <input id="door-help-phone" type="tel" autocomplete="tel" maxLength={40} />
      </div>
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      <Button look="main" is_submit icon={HelpIcon}>
        {c.ask_for_help}
      </Button>
    </form>
  );
}
