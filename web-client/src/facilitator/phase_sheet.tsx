import type { Command } from "@protocol";
import { useState } from "preact/hooks";
import { useMay } from "../staff/may";
import { useRoomOf } from "../staff/room_of";
import { Radios } from "../staff/switch";
import { all, the } from "../state/room_state";
import { queue } from "../state/selectors";
import { useApp, useCommon, useLine, useTexts } from "../view/app";
import { Button, Choice } from "../view/button";
import { Dialog } from "../view/dialog";
import { BellIcon, ClockIcon, DoorIcon, PlayIcon, RoundIcon, StopIcon } from "../view/icons";
import { floorTexts } from "./text";

const BREAK_MINUTES = [5, 10, 15, 20, 30] as const;
type Asked = "break" | "close" | "reopen" | "end_rehearsal";

/**
 * Where the session is, and on to its next phase. What cannot be taken back, or is felt by all, is asked once, calmly.
 */
export function PhaseSheet() {
  const t = useTexts(floorTexts);
  const line = useLine();
  const may = useMay();
  const { announcer } = useApp();
  const room = useRoomOf("room");
  const [asked, setAsked] = useState<Asked | null>(null);
  const phase = the(room, "room")?.phase;
  if (!phase) return null;
  const send = (command: Command) => void line.send(command);
  const ask = (what: Asked) => () => setAsked(what);
  const closing = (label: string) => (
    <Button look="stop" icon={StopIcon} onPress={ask("close")}>
      {label}
    </Button>
  );
  const checkpoint = may("send_checkpoint") && (
    <Button
      icon={BellIcon}
      onPress={() =>
        void line.send({ type: "send_checkpoint" }).then((result) => {
          if (result.kind === "done") announcer.say(t.checkpoint_done);
        })
      }
    >
      {t.checkpoint}
    </Button>
  );

  return (
    <section class="sheet" aria-labelledby="phase-title">
      <div class="sheet-h">
        <h2 id="phase-title">{t.session}</h2>
      </div>
      {phase === "planned" && (
        <>
          <p>{t.planned_on}</p>
          <div class="row foot">
            <Button look="main" icon={DoorIcon} onPress={() => send({ type: "open_doors" })}>
              {t.open_doors}
            </Button>
            <span class="quiet">{t.open_doors_what}</span>
          </div>
          <div class="row foot">
            <Button icon={PlayIcon} onPress={() => send({ type: "start_rehearsal" })}>
              {t.rehearse}
            </Button>
            <span class="quiet">{t.rehearse_what}</span>
          </div>
        </>
      )}
      {phase === "rehearsal" && (
        <div class="row">
          <p>{t.rehearsal_on}</p>
          <Button icon={StopIcon} onPress={ask("end_rehearsal")}>
            {t.end_rehearsal}
          </Button>
        </div>
      )}
      {phase === "doors_open" && (
        <>
          <p>{t.doors_on}</p>
          <div class="row foot">
            <Button look="main" icon={PlayIcon} onPress={() => send({ type: "go_live" })}>
              {t.go_live}
            </Button>
            <span class="quiet">{t.go_live_what}</span>
          </div>
        </>
      )}
      {phase === "live" && (
        <div class="row">
          <Button icon={ClockIcon} onPress={ask("break")}>
            {t.start_break}
          </Button>
          {checkpoint}
          {closing(t.close)}
        </div>
      )}
      {phase === "paused" && (
        <div class="row">
          <p>{t.break_on}</p>
          <Button look="main" icon={PlayIcon} onPress={() => send({ type: "end_break" })}>
            {t.end_break}
          </Button>
          {checkpoint}
          {closing(t.close)}
        </div>
      )}
      {phase === "debrief" && (
        <div class="row">
          <p>{t.debrief_on}</p>
          {closing(t.close_after)}
        </div>
      )}
      {phase === "closed" && (
        <div class="row">
          <p>
            <b>{t.closed_on}</b> {t.closed_what}
          </p>
          <Button icon={RoundIcon} onPress={ask("reopen")}>
            {t.reopen}
          </Button>
        </div>
      )}
      {phase === "sealed" && <p>{t.sealed_on}</p>}
      {phase === "cancelled" && <p>{t.cancelled_on}</p>}
      {asked === "break" && <Break onClose={() => setAsked(null)} />}
      {asked === "close" && <Close onClose={() => setAsked(null)} />}
      {asked === "reopen" && (
        <Confirm
          title={t.reopen_title}
          what={t.reopen_what}
          yes={t.reopen}
          onYes={() => send({ type: "reopen_session" })}
          onClose={() => setAsked(null)}
        />
      )}
      {asked === "end_rehearsal" && (
        <Confirm
          title={t.end_rehearsal}
          what={t.end_rehearsal_what}
          yes={t.end_rehearsal}
          onYes={() => send({ type: "end_rehearsal" })}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
}

function Break({ onClose }: { onClose: () => void }) {
  const t = useTexts(floorTexts);
  const c = useCommon();
  const line = useLine();
  const [minutes, setMinutes] = useState<string>("15");
  return (
    <Dialog title={t.break_title} onClose={onClose}>
      <div class="stack dialog-body">
        <Radios
          name="break"
          legend={t.break_title}
          is_legend_hidden
          value={minutes}
          onChoose={setMinutes}
          options={BREAK_MINUTES.map((count) => ({ value: String(count), label: t.break_minutes(count) }))}
        />
        <div class="row">
          <Button
            look="main"
            icon={ClockIcon}
            onPress={() => {
              void line.send({ type: "start_break", minutes: Number(minutes) });
              onClose();
            }}
          >
            {t.break_yes}
          </Button>
          <Button onPress={onClose}>{c.cancel}</Button>
        </div>
      </div>
    </Dialog>
  );
}

/** Closing sends everybody away: what still waits is named, and there is a gentler way. */
function Close({ onClose }: { onClose: () => void }) {
  const t = useTexts(floorTexts);
  const c = useCommon();
  const line = useLine();
  const room = useRoomOf("room", "help_request", "floor_request");
  const is_debrief = the(room, "room")?.phase === "debrief";
  const helps = all(room, "help_request").filter(
    ({ state }) => state === "open" || state === "claimed",
  ).length;
  const waiting = queue(room).length;
  const close = (command: Command) => () => {
    void line.send(command);
    onClose();
  };
  return (
    <Dialog title={t.close_title} onClose={onClose}>
      {helps + waiting > 0 && <p class="lead">{t.close_waiting(helps, waiting)}</p>}
      <div class="choices">
        {!is_debrief && (
          <Choice icon={DoorIcon} title={t.close_debrief} onPress={close({ type: "start_debrief" })}>
            {t.close_debrief_what}
          </Choice>
        )}
        <Choice icon={StopIcon} title={t.close_now} onPress={close({ type: "close_session" })}>
          {t.close_now_what}
        </Choice>
      </div>
      <p class="foot">
        <Button onPress={onClose}>{c.cancel}</Button>
      </p>
    </Dialog>
  );
}

function Confirm(props: {
  title: string;
  what: string;
  yes: string;
  onYes: () => void;
  onClose: () => void;
}) {
  const { title, what, yes, onYes, onClose } = props;
  const c = useCommon();
  return (
    <Dialog title={title} onClose={onClose}>
      <p class="lead">{what}</p>
      <div class="row foot">
        <Button
          look="main"
          onPress={() => {
            onYes();
            onClose();
          }}
        >
          {yes}
        </Button>
        <Button onPress={onClose}>{c.cancel}</Button>
      </div>
    </Dialog>
  );
}
