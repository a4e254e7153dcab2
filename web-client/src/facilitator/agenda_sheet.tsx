import { useMay } from "../staff/may";
import { useRoomOf } from "../staff/room_of";
import { isDayOver } from "../state/phase";
import { the } from "../state/room_state";
import { agenda as agendaView } from "../state/selectors";
import { clockTime } from "../text/times";
import { useLine, useTexts } from "../view/app";
import { Button, IconButton } from "../view/button";
import { ClockIcon, NextIcon, UpIcon } from "../view/icons";
import { Ticking } from "../view/times";
import { agendaRows, itemMinutes } from "./floor_view";
import { floorTexts } from "./text";

/** The programme: where we are in it, and on to the next item. */
export function AgendaSheet() {
  const t = useTexts(floorTexts);
  const line = useLine();
  const may = useMay();
  const room = useRoomOf("agenda", "room");
  const clock = line.clock.value;
  const agenda = the(room, "agenda");
  const info = the(room, "room");
  if (!info || !clock) return null;
  const rows = agenda ? agendaRows(agenda, info.starts_at, clock) : [];
  const { next } = agendaView(room);
  const index = rows.findIndex(({ state }) => state === "current");
  const before = rows[index - 1]?.item;
  const may_move = may("set_current_item") && info.phase !== "planned" && !isDayOver(info.phase);
  return (
    <section class="sheet" aria-labelledby="agenda-title">
      <div class="sheet-h">
        <h2 id="agenda-title">{t.agenda}</h2>
      </div>
      {rows.length === 0 && <p class="quiet">{t.agenda_empty}</p>}
      <ol class="agenda">
        {rows.map(({ item, state, at }) => (
          <li
            key={item.id}
            class={state === "done" ? "done" : undefined}
            aria-current={state === "current" ? "step" : undefined}
          >
            <span class="num">{clockTime(at)}</span>{" "}
            {state === "current" && agenda?.since !== undefined ? (
              <span>
                <bdi>{item.title}</bdi>{" "}
                <span class="small num">
                  <Ticking
                    of={(now) => t.agenda_now(itemMinutes(agenda, now), item.minutes)}
                    basis={[agenda, t]}
                  />
                </span>
              </span>
            ) : (
              <span dir="auto">{state === "done" ? item.title : t.agenda_row(item.title, item.minutes)}</span>
            )}
          </li>
        ))}
      </ol>
      {may_move && rows.length > 0 && (
        <div class="row foot">
          <Button
            icon={NextIcon}
            unusable_because={next ? undefined : t.agenda_last}
            onPress={() => next && void line.send({ type: "set_current_item", item: next.id })}
          >
            {t.agenda_next}
          </Button>
          {info.phase !== "doors_open" && (
            <Button icon={ClockIcon} onPress={() => void line.send({ type: "extend_item", minutes: 5 })}>
              <span aria-hidden="true">{t.agenda_extend}</span>
              <span class="vh">{t.agenda_extend_name}</span>
            </Button>
          )}
          {before && (
            <IconButton
              icon={UpIcon}
              name={t.agenda_back}
              onPress={() => void line.send({ type: "set_current_item", item: before.id })}
            />
          )}
        </div>
      )}
    </section>
  );
}
