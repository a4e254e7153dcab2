import type { FloorRequest } from "@protocol";
import { useState } from "preact/hooks";
import { nameOf } from "../state/selectors";
import { useCommon, useLine, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CrossIcon } from "../view/icons";
import { floorTexts } from "./text";

/** No turn now, and a reason that its author sees. */
export function Deny({ request, onClose }: { request: FloorRequest; onClose: () => void }) {
  const t = useTexts(floorTexts);
  const c = useCommon();
  const line = useLine();
  const [reason, setReason] = useState("");
  return (
    <Dialog title={t.deny_title(nameOf(line.room.peek(), request.beneficiary))} onClose={onClose}>
      <form
        class="stack dialog-body"
        onSubmit={(event) => {
          event.preventDefault();
          const words = reason.trim();
          void line.send({
            type: "deny_floor_request",
            request: request.id,
            ...(words ? { reason: words } : {}),
          });
          onClose();
        }}
      >
        <div class="field">
          <label for="deny-reason">
            {t.deny_reason} <span class="quiet">({c.optional})</span>
          </label>
          <input
            id="deny-reason"
            maxLength={200}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </div>
        <div class="row">
          {t.deny_reasons.map((ready) => (
            <Button key={ready} onPress={() => setReason(ready)}>
              {ready}
            </Button>
          ))}
        </div>
        <div class="row">
          <Button look="stop" icon={CrossIcon} is_submit>
            {t.deny_yes}
          </Button>
          <Button onPress={onClose}>{c.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
