import { useMay } from "../staff/may";
import { useRoomOf } from "../staff/room_of";
import { shellTexts } from "../staff/text/shell";
import { the } from "../state/room_state";
import { useTexts } from "../view/app";
import { InfoIcon } from "../view/icons";
import { later } from "../view/later";
import { Note } from "../view/marks";
import { region } from "../view/regions";
import { AgendaSheet } from "./agenda_sheet";
import { ParkedSheet } from "./parked_sheet";
import { PhaseSheet } from "./phase_sheet";
import { Policy } from "./policy";
import { QueueSheet } from "./queue_sheet";
import { RoundSheet } from "./round_sheet";
import { StageSheet } from "./stage_sheet";
import { floorTexts } from "./text";
import { TurnCard } from "./turn_card";
import { VoicesSheet } from "./voices_sheet";
import { WhereSheet } from "./where_sheet";

/** The polls' desk comes beside the others: who is not asked anything needs nothing of it. */
const desk = later(() => import("./poll_desk"));
export const bringPollDesk = desk.bring;

/** Puheenvuorot: who speaks and who comes next, what the programme says, who has been heard. */
export function FloorPage() {
  const t = useTexts(floorTexts);
  const s = useTexts(shellTexts);
  const may = useMay();
  const room = useRoomOf("room", "floor", "round");
  const phase = the(room, "room")?.phase;
  const is_on = phase === "live" || phase === "paused" || phase === "rehearsal";
  const polls = desk.use();
  const is_round = the(room, "round") !== undefined;
  return (
    <div class="cols two">
      <main id="main" {...region}>
        {phase !== "live" && <PhaseSheet />}
        {is_on && (
          <>
            <TurnCard />
            {may("set_floor_policy") ? <Policy /> : <Note icon={InfoIcon} title={s.only_facilitator} />}
            {is_round ? <RoundSheet /> : null}
            <QueueSheet />
          </>
        )}
        {polls && <polls.PollsNow />}
      </main>
      <aside aria-label={t.aside} {...region}>
        <AgendaSheet />
        {polls && <polls.PollsAside />}
        {is_on && <VoicesSheet />}
        {phase === "live" && <PhaseSheet />}
        <StageSheet />
        <WhereSheet />
        <ParkedSheet />
      </aside>
    </div>
  );
}
