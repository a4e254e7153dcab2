import { computed } from "@preact/signals";
import type { Person } from "@protocol";
import { useMemo, useState } from "preact/hooks";
import { utcOf } from "../connection/clock";
import { waitedText } from "../staff/durations";
import { listed, useKeptFocus } from "../staff/keep_focus";
import { useMay } from "../staff/may";
import { ReasonDialog } from "../staff/reason_dialog";
import { useRoomOf } from "../staff/room_of";
import { Radios } from "../staff/switch";
import type { RoomState } from "../state/room_state";
import { isStaff, nameOf } from "../state/selectors";
import { clockTime } from "../text/times";
import { useCommon, useLine, useRoomNow, useTexts } from "../view/app";
import { Button, IconButton } from "../view/button";
import {
  CallIcon,
  CheckIcon,
  CrossIcon,
  DoorIcon,
  HelpIcon,
  type IconComponent,
  MicIcon,
  MicOffIcon,
  MoreIcon,
  OfflineIcon,
  RoundIcon,
  StaffIcon,
  WarnIcon,
} from "../view/icons";
import { region } from "../view/regions";
import { Ticking } from "../view/times";
import { RaiseFor } from "./help_column";
import { NeedsOf } from "./needs";
import { messagesTexts } from "./text";
import { countIn, everyone, FILTERS, type Filter, found, isSilenced, type Today, today } from "./view";

type Asked = { readonly about: "silence" | "remove" | "help"; readonly person: Person };

/** Everyone: who is here, what they have done today, and what may have to be done about them. */
export function PeopleColumn() {
  const t = useTexts(messagesTexts);
  const room = useRoomOf(
    "person",
    "contribution",
    "message",
    "help_request",
    "turn",
    "floor_request",
    "floor",
  );
  const [wanted, setWanted] = useState("");
  const [filter, setFilter] = useState<Filter>("all");
  const [opened, setOpened] = useState<number | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const list = useKeptFocus<HTMLElement>();
  const all_people = everyone(room);
  const shown = found(all_people, filter, wanted);
  return (
    <section class="in-people" aria-labelledby="people-title" ref={list} {...region}>
      <div class="row col-h">
        <h2 id="people-title" tabIndex={-1} data-list-end="">
          {t.people}
        </h2>{" "}
        <span class="count num">{all_people.length}</span>
      </div>
      <div class="sheet">
        <div class="field">
          <label for="people-search">{t.search}</label>
          <input
            dir="auto"
            id="people-search"
            type="search"
            autocomplete="off"
            value={wanted}
            onInput={(event) => setWanted(event.currentTarget.value)}
          />
        </div>
        <div class="foot">
          <Radios
            name="people-filter"
            legend={t.filter}
            is_legend_hidden
            look="grid"
            value={filter}
            onChoose={setFilter}
            options={FILTERS.map((value) => ({
              value,
              label: t.filters[value](countIn(all_people, value)),
            }))}
          />
        </div>
        {shown.length === 0 && <p class="quiet foot">{t.nobody_found}</p>}
        <ul class="folk lines foot">
          {shown.map((one) => (
            <Row
              key={one.id}
              room={room}
              who={one}
              is_open={opened === one.id}
              onOpen={() => setOpened(opened === one.id ? null : one.id)}
              onAsk={(about) => setAsked({ about, person: one })}
            />
          ))}
        </ul>
      </div>
      {asked?.about === "silence" && <Silence who={asked.person} onClose={() => setAsked(null)} />}
      {asked?.about === "remove" && <Remove who={asked.person} onClose={() => setAsked(null)} />}
      {asked?.about === "help" && <RaiseFor person={asked.person} onClose={() => setAsked(null)} />}
    </section>
  );
}

function Row(props: {
  room: RoomState;
  who: Person;
  is_open: boolean;
  onOpen: () => void;
  onAsk: (about: Asked["about"]) => void;
}) {
  const { room, who, is_open, onOpen, onAsk } = props;
  const t = useTexts(messagesTexts);
  const done = today(room, who.id);
  const is_out = who.presence === "gone" || who.presence === "removed";
  const Icon = iconOf(who, done);
  return (
    <li class={is_out ? "gone" : undefined} {...listed(who.id)}>
      <Icon />
      <span>
        <b dir="auto">{who.name}</b> <Words who={who} done={done} />
        {who.second_name && <TwoNames settled={who.name_settled} other={who.second_name} />}
        <NeedsOf person={who.id} />
      </span>
      {!isStaff(who) && (
        <IconButton
          class="plain"
          icon={MoreIcon}
          name={t.acts(who.name)}
          is_expanded={is_open}
          onPress={onOpen}
        />
      )}
      {is_open && <Acts who={who} done={done} onAsk={onAsk} />}
    </li>
  );
}

/** Two names came with one link; once the person has said which is right, it is no warning any more. */
function TwoNames({ settled = false, other }: { settled: boolean | undefined; other: string }) {
  const t = useTexts(messagesTexts);
  const Icon = settled ? CheckIcon : WarnIcon;
  return (
    <span class="small with-i">
      <Icon /> {settled ? t.second_name_settled(other) : t.second_name(other)}
    </span>
  );
}

function iconOf(who: Person, done: Today): IconComponent {
  if (who.presence === "removed") return CrossIcon;
  if (who.presence === "gone") return DoorIcon;
  if (who.presence === "away") return OfflineIcon;
  if (isStaff(who)) return StaffIcon;
  if (who.on_phone) return CallIcon;
  return done.is_speaking ? MicIcon : CheckIcon;
}

/** How somebody is here; of staff their role first, so that a long name has the whole width. */
function Words({ who, done }: { who: Person; done: Today }) {
  const t = useTexts(messagesTexts);
  const c = useCommon();
  const role = isStaff(who) ? `${c.roles[who.role]}, ` : "";
  const { clock } = useLine();
  const now = useRoomNow();
  const is_silenced = useMemo(() => computed(() => isSilenced(who, now.value)), [who, now]).value;
  const reading = clock.value;
  const at = (time: number) => (reading ? clockTime(utcOf(reading, time)) : "");
  if (who.presence === "removed")
    return (
      <span class="small">
        {role}
        {who.banned ? t.banned_person : t.removed_person}
      </span>
    );
  if (who.presence === "gone")
    return (
      <span class="small num">
        {role}
        {t.left_at(at(who.since))}
      </span>
    );
  if (who.presence === "away")
    return (
      <span class="small quiet num">
        {role}
        <Ticking of={(time) => t.away_for(waitedText(time - who.since))} basis={[who.since, t]} />
      </span>
    );
  const words = [done.is_speaking ? t.speaks : who.on_phone ? t.on_phone : t.here];
  if (done.is_waiting) words.push(t.in_queue);
  if ((who.connections ?? 1) > 1) words.push(t.devices(who.connections ?? 1));
  if (is_silenced && who.silenced_until !== undefined) words.push(t.silenced(at(who.silenced_until)));
  return (
    <span class="small quiet">
      {role}
      {words.join(", ")}
    </span>
  );
}

/** What the person has done today, and what a moderator can do. */
function Acts(props: { who: Person; done: Today; onAsk: (about: Asked["about"]) => void }) {
  const { who, done, onAsk } = props;
  const t = useTexts(messagesTexts);
  const line = useLine();
  const may = useMay();
  const is_removed = who.presence === "removed";
  const is_silenced = who.silenced_until !== undefined;
  const facts = [
    t.today_turns(done.turns),
    ...(done.written_turns > 0 ? [t.today_written(done.written_turns)] : []),
    t.today_messages(done.messages),
    ...(done.helps > 0 ? [t.today_helps(done.helps)] : []),
  ];
  return (
    <div class="acts">
      <dl class="facts">
        <dt>{t.person_today}</dt>
        <dd>{facts.join(", ")}</dd>
        {who.device && (
          <>
            <dt>{t.help_device}</dt>
            <dd>{who.device}</dd>
          </>
        )}
        <dt>{t.help_line}</dt>
        <dd>{t.losses(who.losses ?? 0)}</dd>
      </dl>
      <Why who={who} />
      <div class="row">
        {!is_removed && (
          <Button icon={HelpIcon} onPress={() => onAsk("help")}>
            {t.person_help}
          </Button>
        )}
        {!is_removed &&
          may("silence_person") &&
          (is_silenced ? (
            <Button icon={RoundIcon} onPress={() => void line.send({ type: "end_silence", person: who.id })}>
              {t.person_unsilence}
            </Button>
          ) : (
            <Button icon={MicOffIcon} onPress={() => onAsk("silence")}>
              {t.person_silence}
            </Button>
          ))}
        {may("remove_person") &&
          (is_removed ? (
            <Button
              icon={RoundIcon}
              onPress={() => void line.send({ type: "readmit_person", person: who.id })}
            >
              {t.person_readmit}
            </Button>
          ) : (
            <Button look="stop" icon={DoorIcon} onPress={() => onAsk("remove")}>
              {t.person_remove}
            </Button>
          ))}
      </div>
    </div>
  );
}

/** Why they are silenced or removed: each of the staff sees what the others have done, and their reason. */
function Why({ who }: { who: Person }) {
  const t = useTexts(messagesTexts);
  const line = useLine();
  const by = nameOf(line.room.peek(), who.removed_by);
  return (
    <>
      {who.silence_reason && (
        <p class="small">
          <b>{t.person_silenced}:</b> {who.silence_reason}
        </p>
      )}
      {who.removal_reason && (
        <p class="small">
          <b>{who.banned ? t.person_banned : t.person_removed}:</b> {who.removal_reason}{" "}
          <span class="quiet">({by || t.somebody})</span>
        </p>
      )}
    </>
  );
}

const SILENCE_MINUTES = [5, 15, 30, 60] as const;

function Silence({ who, onClose }: { who: Person; onClose: () => void }) {
  const t = useTexts(messagesTexts);
  const line = useLine();
  const [minutes, setMinutes] = useState("15");
  return (
    <ReasonDialog
      title={t.silence_title(who.name)}
      label={t.silence_reason}
      act={t.silence_yes}
      icon={MicOffIcon}
      onGive={(reason) =>
        void line.send({ type: "silence_person", person: who.id, minutes: Number(minutes), reason })
      }
      onClose={onClose}
    >
      <p>{t.silence_what}</p>
      <Radios
        name="silence-minutes"
        legend={t.silence_minutes}
        value={minutes}
        onChoose={setMinutes}
        options={SILENCE_MINUTES.map((count) => ({ value: String(count), label: t.minutes(count) }))}
      />
    </ReasonDialog>
  );
}

/** Out of the room, or with the link gone too. */
function Remove({ who, onClose }: { who: Person; onClose: () => void }) {
  const t = useTexts(messagesTexts);
  const line = useLine();
  const [how, setHow] = useState<"back" | "ban">("back");
  return (
    <ReasonDialog
      title={t.remove_title(who.name)}
      label={t.remove_reason}
      act={how === "ban" ? t.ban_yes : t.remove_yes}
      icon={DoorIcon}
      onGive={(reason) =>
        void line.send({ type: "remove_person", person: who.id, reason, ban: how === "ban" })
      }
      onClose={onClose}
    >
      <Radios
        name="remove-how"
        legend={t.remove_how}
        look="list"
        value={how}
        onChoose={setHow}
        options={[
          { value: "back", label: t.remove_back },
          { value: "ban", label: t.remove_ban },
        ]}
      />
    </ReasonDialog>
  );
}
