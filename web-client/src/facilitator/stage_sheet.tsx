import { useMay } from "../staff/may";
import { useRoomOf } from "../staff/room_of";
import { all, the } from "../state/room_state";
import { useLine, useTexts } from "../view/app";
import { Switch } from "../view/switch";
import { floorTexts } from "./text";

/** Guests who may be heard without a turn. Shown only when there is a guest. */
export function StageSheet() {
  const t = useTexts(floorTexts);
  const line = useLine();
  const may = useMay();
  const room = useRoomOf("person", "floor");
  const guests = all(room, "person").filter(
    ({ role, presence }) => role === "guest" && presence !== "removed",
  );
  const on_stage = new Set(the(room, "floor")?.stage ?? []);
  if (guests.length === 0 || !may("set_on_stage")) return null;
  return (
    <section class="sheet" aria-labelledby="stage-title">
      <div class="sheet-h">
        <h2 id="stage-title">{t.stage}</h2>
      </div>
      <ul>
        {guests.map(({ id, name }) => (
          <li key={id}>
            <Switch
              is_on={on_stage.has(id)}
              onTurn={(on) => void line.send({ type: "set_on_stage", person: id, on })}
            >
              <bdi>{name}</bdi>
            </Switch>
          </li>
        ))}
      </ul>
      <p class="quiet small">{t.stage_what}</p>
    </section>
  );
}
