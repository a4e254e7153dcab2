import type { FloorPolicy } from "@protocol";
import { useState } from "preact/hooks";
import { useRoomOf } from "../staff/room_of";
import { Radios } from "../staff/switch";
import { the } from "../state/room_state";
import { useCommon, useLine, useTexts } from "../view/app";
import { Switch } from "../view/switch";
import { StartRound } from "./round_sheet";
import { floorTexts } from "./text";
import { limitText } from "./turn_card";

const CHOICES: readonly FloorPolicy[] = ["open", "approval", "closed", "round"];
const LIMITS_MINUTES = [0, 1, 2, 3, 5, 10] as const;

/** How turns are given now, and how long one is wished to be. */
export function Policy() {
  const t = useTexts(floorTexts);
  const c = useCommon();
  const line = useLine();
  const room = useRoomOf("floor", "round");
  const [is_starting, setStarting] = useState(false);
  const floor = the(room, "floor");
  const round = the(room, "round");
  if (!floor) return null;
  const policy = round ? "round" : floor.policy;
  const limit = floor.soft_limit_seconds ?? 0;

  const choose = (wanted: FloorPolicy) => {
    if (wanted === "round") setStarting(true);
    else void line.send({ type: "set_floor_policy", policy: wanted });
  };
  return (
    <div>
      <Radios
        // A round begins only when its order has been chosen: until then the radio of before is drawn anew.
        key={`${policy} ${is_starting}`}
        name="policy"
        legend={t.policy}
        is_legend_hidden
        look="tight"
        value={policy}
        onChoose={choose}
        options={CHOICES.map((value) => ({ value, label: t.policies[value] }))}
      />
      <details class="fold">
        <summary>
          {t.limit_fold} <span class="quiet">{limit === 0 ? t.limit_none : limitText(limit, c.minutes)}</span>
        </summary>
        <div class="stack-s">
          <Radios
            name="limit"
            legend={t.limit_fold}
            is_legend_hidden
            value={String(limit / 60)}
            onChoose={(minutes) =>
              void line.send({
                type: "set_turn_limit",
                seconds: Number(minutes) * 60,
                hard: floor.limit_is_hard && minutes !== "0",
              })
            }
            options={LIMITS_MINUTES.map((minutes) => ({
              value: String(minutes),
              label: minutes === 0 ? t.limit_none : t.limit_minutes(minutes),
            }))}
          />
          {limit > 0 && (
            <Switch
              is_on={floor.limit_is_hard}
              onTurn={(hard) => void line.send({ type: "set_turn_limit", seconds: limit, hard })}
            >
              {t.limit_hard}
            </Switch>
          )}
        </div>
      </details>
      {is_starting && <StartRound onClose={() => setStarting(false)} />}
    </div>
  );
}
