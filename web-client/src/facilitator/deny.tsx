import type { FloorRequest } from "@protocol";
import { ReasonDialog } from "../staff/reason_dialog";
import { nameOf } from "../state/selectors";
import { useLine, useTexts } from "../view/app";
import { CrossIcon } from "../view/icons";
import { floorTexts } from "./text";

/** No turn now, and a reason that its author sees. */
export function Deny({ request, onClose }: { request: FloorRequest; onClose: () => void }) {
  const t = useTexts(floorTexts);
  const line = useLine();
  return (
    <ReasonDialog
      title={t.deny_title(nameOf(line.room.peek(), request.beneficiary))}
      label={t.deny_reason}
      is_optional
      ready={t.deny_reasons}
      act={t.deny_yes}
      icon={CrossIcon}
      onGive={(reason) =>
        void line.send({ type: "deny_floor_request", request: request.id, ...(reason ? { reason } : {}) })
      }
      onClose={onClose}
    />
  );
}
