import { computed } from "@preact/signals";
import { HELP_KINDS, type HelpKind, type HelpRequest, type Person } from "@protocol";
import { useEffect, useId, useMemo, useState } from "preact/hooks";
import { lengthText } from "../staff/durations";
import { listed, useKeptFocus } from "../staff/keep_focus";
import { KindIcon } from "../staff/kind_icon";
import { useRoomOf } from "../staff/room_of";
import { useSent } from "../staff/sent";
import { Radios } from "../staff/switch";
import type { RoomState } from "../state/room_state";
import { helpQueue, helpThread, isStaff, nameOf, person } from "../state/selectors";
import { useCommon, useFromRoom, useLine, useRoomNow, useTexts } from "../view/app";
import { Button, classes } from "../view/button";
import { Dialog } from "../view/dialog";
import {
  CallIcon,
  CheckIcon,
  DoorIcon,
  HelpIcon,
  LaterIcon,
  RoundIcon,
  SendIcon,
  WarnIcon,
} from "../view/icons";
import { Badge } from "../view/marks";
import { dialled } from "../view/phone";
import { region } from "../view/regions";
import { ClockTime, Ticking } from "../view/times";
import { NeedsOf } from "./needs";
import { messagesTexts } from "./text";
import { everyone, found, lineQuality, mayTakeHelp, WAIT_BAR, waitBar, waitMark } from "./view";

/** Those who wait for help, longest first. */
export function HelpColumn() {
  const t = useTexts(messagesTexts);
  const room = useRoomOf("help_request", "help_line", "person");
  const [is_raising, setRaising] = useState(false);
  const list = useKeptFocus<HTMLElement>();
  const helps = helpQueue(room);
  return (
    <section class="in-help" aria-labelledby="help-title" ref={list} {...region}>
      <div class="row col-h">
        <h2 id="help-title" tabIndex={-1} data-list-end="">
          {t.help}
        </h2>{" "}
        <span class="count num">{helps.length}</span>
        <span class="push">
          <Button icon={HelpIcon} onPress={() => setRaising(true)}>
            {t.help_raise}
          </Button>
        </span>
      </div>
      {helps.length === 0 ? (
        <p class="quiet">{t.help_none}</p>
      ) : (
        <div>
          {helps.map((help) => (
            <HelpCard key={help.id} room={room} help={help} />
          ))}
        </div>
      )}
      {is_raising && <RaiseFor person={null} onClose={() => setRaising(false)} />}
    </section>
  );
}

function HelpCard({ room, help }: { room: RoomState; help: HelpRequest }) {
  const t = useTexts(messagesTexts);
  const c = useCommon();
  const line = useLine();
  const id = useId();
  const [is_handing, setHanding] = useState(false);
  const who = person(room, help.person);
  const registered = useNameAtDoor(help, who);
  const name = who?.name ?? registered;
  const is_at_door = help.at_door === true;
  const is_mine = help.state === "claimed" && help.claimed_by === line.me.value;
  const is_theirs = help.state === "claimed" && !is_mine;
  const is_suggested = help.state === "suggested";
  const may_take = !is_mine && mayTakeHelp(room, help);
  const helper = nameOf(room, help.claimed_by) || t.somebody;
  return (
    <article
      class={classes("item", is_mine && "open", (is_theirs || is_suggested) && "theirs")}
      aria-labelledby={`${id}-kind`}
      tabIndex={-1}
      {...listed(help.id)}
    >
      <div class="row kind">
        <KindIcon kind={help.kind} />
        <div>
          <h3 id={`${id}-kind`}>
            {c.help_kinds[help.kind]} <span class="vh">: {name}</span>
          </h3>
          <p class="small quiet">
            <span aria-hidden="true">{name}</span>
            {help.raised_by !== undefined && help.raised_by !== help.person && (
              <> {t.help_raised(nameOf(room, help.raised_by))}</>
            )}
          </p>
        </div>
        {is_at_door && (
          <Badge look="help" icon={DoorIcon}>
            {t.at_door}
          </Badge>
        )}
        {is_suggested ? (
          <span class="push">
            <Badge look="wait">{t.help_suggested}</Badge>
          </span>
        ) : (
          <p class="push big-t num">
            <Ticking of={(now) => lengthText(now - help.since)} basis={[help.since]} />
          </p>
        )}
      </div>
      {is_suggested ? <p class="small">{t.help_suggested_why}</p> : <Waited since={help.since} />}
      {help.words && (
        <p>
          ”<bdi>{help.words}</bdi>”
        </p>
      )}
      <NeedsOf person={help.person} />
      <Facts who={who} />
      {is_at_door && <p class="small">{t.at_door_what}</p>}
      {is_mine && !is_at_door && <Thread room={room} help={help} name={name} />}
      {help.has_call_back && !is_mine && <p class="small quiet">{t.call_hidden}</p>}
      {is_theirs && <p class="small foot">{may_take ? t.help_theirs_lost(helper) : t.help_theirs(helper)}</p>}
      <div class="row foot">
        {is_suggested && (
          <>
            <Button
              look="main"
              onPress={() => void line.send({ type: "raise_help_for", person: help.person, kind: help.kind })}
            >
              {t.help_open_it}
            </Button>
            <Button onPress={() => void line.send({ type: "cancel_help", help: help.id })}>
              {t.help_no_need}
            </Button>
          </>
        )}
        {may_take && (
          <Button look="main" onPress={() => void line.send({ type: "claim_help", help: help.id })}>
            {t.take} <span class="vh">: {name}</span>
          </Button>
        )}
        {is_mine && (
          <>
            <Button
              look="main"
              icon={CheckIcon}
              onPress={() => void line.send({ type: "solve_help", help: help.id })}
            >
              {t.help_solve}
            </Button>
            {help.call_back && (
              <a class="btn help" href={dialled(help.call_back)}>
                <CallIcon /> {t.call} {help.call_back}
              </a>
            )}
            <Button icon={LaterIcon} onPress={() => setHanding(true)}>
              {t.help_hand}
            </Button>
            <Button icon={RoundIcon} onPress={() => void line.send({ type: "release_help", help: help.id })}>
              {t.help_release}
            </Button>
          </>
        )}
      </div>
      {is_handing && <HandOver help={help} onClose={() => setHanding(false)} />}
    </article>
  );
}

/** Whoever is at the door has no name in the room: the registration's is asked for, and that it was is noted. */
function useNameAtDoor(help: HelpRequest, who: Person | undefined): string {
  const line = useLine();
  const [name, setName] = useState("");
  const is_asked = help.at_door === true && who === undefined;
  useEffect(() => {
    if (!is_asked) return;
    void line.expected().then((people) => {
      setName(people?.find(({ person }) => person === help.person)?.name ?? "");
    });
  }, [line, help.person, is_asked]);
  return name;
}

/** The bar of the wait, with its marks. Drawn anew every ten seconds; the figure beside it runs. */
function Waited({ since }: { since: number }) {
  const t = useTexts(messagesTexts);
  const now = useRoomNow();
  const waited = useMemo(
    () => computed(() => Math.floor(((now.value ?? since) - since) / 10_000) * 10_000),
    [now, since],
  ).value;
  const mark = waitMark(waited);
  return (
    <>
      <svg
        class="wait-bar"
        viewBox={`0 0 ${WAIT_BAR.width} 28`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t.help_bar(lengthText(waited))}
      >
        <rect class="track" x="0" y="2" width={WAIT_BAR.width} height="10" />
        <rect class="fill" x="0" y="2" width={waitBar(waited)} height="10" />
        <path class="tick" d={`M${WAIT_BAR.two} 0v16M${WAIT_BAR.five} 0v16`} />
      </svg>
      <p class="wait-k" aria-hidden="true">
        <span>2 min</span>
        <span>5 min</span>
      </p>
      {mark > 0 && (
        <p>
          {mark === 5 ? (
            <Badge look="strong" icon={WarnIcon}>
              {t.help_over(5)}
            </Badge>
          ) : (
            <Badge icon={WarnIcon}>{t.help_over(2)}</Badge>
          )}
        </p>
      )}
    </>
  );
}

/** What the line and the device tell about the trouble. */
function Facts({ who }: { who: Person | undefined }) {
  const t = useTexts(messagesTexts);
  const line = useLine();
  const figures = useMemo(
    () => computed(() => line.lineFigures.value.get(who?.id ?? 0)),
    [line, who?.id],
  ).value;
  if (!who) return null;
  const is_here = who.presence === "present";
  return (
    <dl class="facts">
      {who.device && (
        <>
          <dt>{t.help_device}</dt>
          <dd>{who.device}</dd>
        </>
      )}
      {figures && (
        <>
          <dt>{t.help_delay}</dt>
          <dd class="num">
            {t.delay(
              figures.rtt_median_ms,
              figures.rtt_worst_ms,
              t.quality[lineQuality(figures.rtt_median_ms)],
            )}
          </dd>
        </>
      )}
      <dt>{t.help_line}</dt>
      <dd>
        {t.losses(who.losses ?? 0)}
        {!is_here && `. ${t.not_here}`}
      </dd>
    </dl>
  );
}

function Thread({ room, help, name }: { room: RoomState; help: HelpRequest; name: string }) {
  const t = useTexts(messagesTexts);
  const c = useCommon();
  const id = useId();
  const words = useSent();
  const messages = helpThread(room, help.id);
  return (
    <div class="foot">
      {messages.length > 0 && (
        <ul class="thread" aria-label={t.thread}>
          {messages.map((one) => (
            <li key={one.id}>
              <b dir="auto">{nameOf(room, one.author)}</b>{" "}
              <span class="small quiet">
                <ClockTime at={one.at} />
              </span>{" "}
              <bdi>{one.text}</bdi>
            </li>
          ))}
        </ul>
      )}
      <form
        class="field"
        onSubmit={(event) => {
          event.preventDefault();
          const text = words.text.trim();
          if (text) void words.send({ type: "add_help_line", help: help.id, text });
        }}
      >
        <label for={id}>{t.thread_write(name)}</label>
        <div class="row one-line">
          <input dir="auto" id={id} maxLength={500} {...words.field} />
          <Button icon={SendIcon} is_submit>
            {c.send}
          </Button>
        </div>
      </form>
    </div>
  );
}

function HandOver({ help, onClose }: { help: HelpRequest; onClose: () => void }) {
  const t = useTexts(messagesTexts);
  const c = useCommon();
  const line = useLine();
  const [to, setTo] = useState("");
  return (
    <Dialog title={t.help_hand_title} onClose={onClose}>
      <form
        class="stack dialog-body"
        onSubmit={(event) => {
          event.preventDefault();
          const words = to.trim();
          if (!words) return;
          void line.send({ type: "hand_over_help", help: help.id, to: words });
          onClose();
        }}
      >
        <div class="field">
          <label for="hand-to">{t.help_hand_label}</label>
          <input
            dir="auto"
            id="hand-to"
            required
            maxLength={120}
            value={to}
            onInput={(event) => setTo(event.currentTarget.value)}
          />
        </div>
        <div class="row">
          <Button look="main" icon={LaterIcon} is_submit>
            {t.help_hand_yes}
          </Button>
          <Button onPress={onClose}>{c.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}

const FOUND_MAX = 8;

/** Raises a help request for somebody who does not find the button. */
export function RaiseFor({ person: given, onClose }: { person: Person | null; onClose: () => void }) {
  const t = useTexts(messagesTexts);
  const c = useCommon();
  const line = useLine();
  const [who, setWho] = useState<Person | null>(given);
  const [wanted, setWanted] = useState("");
  const [kind, setKind] = useState<HelpKind>("something_else");
  const [words, setWords] = useState("");
  const things = useFromRoom((room) => room.things.person);
  const choices = useMemo(
    () =>
      found(
        everyone(line.room.peek()).filter((one) => !isStaff(one) && one.presence !== "removed"),
        "all",
        wanted,
      ).slice(0, FOUND_MAX),
    [things, wanted],
  );
  if (!who) {
    return (
      <Dialog title={t.raise_title} onClose={onClose}>
        <div class="stack dialog-body">
          <div class="field">
            <label for="raise-search">{t.search}</label>
            <input
              dir="auto"
              id="raise-search"
              type="search"
              autocomplete="off"
              value={wanted}
              onInput={(event) => setWanted(event.currentTarget.value)}
            />
          </div>
          {choices.length === 0 && <p>{t.nobody_found}</p>}
          <ul class="stack-s">
            {choices.map((one) => (
              <li key={one.id}>
                <Button onPress={() => setWho(one)}>{one.name}</Button>
              </li>
            ))}
          </ul>
          <Button onPress={onClose}>{c.cancel}</Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={t.raise_for(who.name)} onClose={onClose}>
      <form
        class="stack dialog-body"
        onSubmit={(event) => {
          event.preventDefault();
          const text = words.trim();
          void line.send({
            type: "raise_help_for",
            person: who.id,
            kind,
            ...(text ? { words: text } : {}),
          });
          onClose();
        }}
      >
        <Radios
          name="raise-kind"
          legend={t.raise_kind}
          look="grid"
          value={kind}
          onChoose={setKind}
          options={HELP_KINDS.map((one) => ({
            value: one,
            label: (
              <>
                <KindIcon kind={one} /> {c.help_kinds[one]}
              </>
            ),
          }))}
        />
        <div class="field">
          <label for="raise-words">
            {t.raise_words} <span class="quiet">({c.optional})</span>
          </label>
          <input
            dir="auto"
            id="raise-words"
            maxLength={500}
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
        </div>
        <div class="row">
          <Button look="main" icon={HelpIcon} is_submit>
            {t.raise_yes}
          </Button>
          <Button onPress={onClose}>{c.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
