import { useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { isStaff } from "../state/person";
import { the } from "../state/room_state";
import { useApp, useCommon, useFromRoom, useLine } from "./app";
import { OfflineIcon, WarnIcon } from "./icons";
import { Note } from "./marks";
import { PhoneNumber } from "./phone";

/** A restart takes half a second: a line that is back before this is not worth a word. */
const CALM_MS = 1500;

/** The line has been away long enough to say so. */
export function useIsLineLost(): boolean {
  const { tick } = useApp();
  const { status } = useLine();
  return useComputed(() => status.value.kind === "offline" && tick.value - status.value.since >= CALM_MS)
    .value;
}

/** Of a net that lets no socket through: that it is its rule, what helps, and whom to call. */
interface BlockedTexts {
  readonly title: string;
  readonly what: string;
  readonly call: string;
}

/** "The connection was lost", calmly, under the top bar. */
export function LostLine({ blocked, children }: { blocked: BlockedTexts; children?: ComponentChildren }) {
  const t = useCommon();
  const { isBlocked } = useLine();
  if (!useIsLineLost()) return null;
  if (isBlocked.value) return <BlockedNote t={blocked} />;
  return (
    <div class="lost">
      <OfflineIcon />
      <div>
        <p>
          <b>{t.line_lost}</b>
        </p>
        {children}
      </div>
    </div>
  );
}

function BlockedNote({ t }: { t: BlockedTexts }) {
  const { site_phone } = useApp();
  const phone = useFromRoom((room) => the(room, "room")?.help_phone) || site_phone.value;
  return (
    <div class="lost">
      <OfflineIcon />
      <div>
        <p>
          <b>{t.title}</b>
        </p>
        <p>{t.what}</p>
        {phone && (
          <p>
            {t.call} <PhoneNumber phone={phone} />
          </p>
        )}
      </div>
    </div>
  );
}

/** The server cannot save, or is slow at it. */
export function SavingNote() {
  const t = useCommon();
  const line = useLine();
  const saving = line.saving.value;
  const trouble = line.savingTrouble.value;
  // What those who run the server must do is no matter of those who take part.
  const is_for_staff = line.role.value !== null && isStaff({ role: line.role.value });
  if (saving === "ok") return null;
  if (saving === "slow") return <Note icon={WarnIcon} title={t.saving_slow} />;
  return (
    <Note look="stop" icon={WarnIcon} title={t.saving_stopped}>
      {trouble && (trouble === "disk_full" || is_for_staff)
        ? t.saving_troubles[trouble]
        : t.saving_stopped_what}
    </Note>
  );
}
