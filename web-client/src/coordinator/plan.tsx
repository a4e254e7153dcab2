import type { Phase, SessionId } from "@protocol";
import type { SessionListed } from "@protocol/api";
import { useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import {
  CalendarIcon,
  CheckIcon,
  CrossIcon,
  DoorIcon,
  FileIcon,
  type IconComponent,
  LockIcon,
  PlayIcon,
} from "../view/icons";
import { shortDate } from "./dates";
import { officeTexts } from "./text";

const ICONS: Record<Phase, IconComponent> = {
  planned: CalendarIcon,
  rehearsal: PlayIcon,
  doors_open: DoorIcon,
  live: PlayIcon,
  paused: PlayIcon,
  debrief: PlayIcon,
  closed: CheckIcon,
  sealed: LockIcon,
  cancelled: CrossIcon,
};

/** The sessions by their dates. */
export function Plan(props: {
  sessions: readonly SessionListed[] | null;
  chosen: SessionId | undefined;
  onChoose: (id: SessionId) => void;
  onNew: (() => void) | null;
  onFile: (() => void) | null;
}) {
  const { sessions, chosen, onChoose, onNew, onFile } = props;
  const t = useTexts(officeTexts);
  const c = useCommon();
  return (
    <section class="sheet">
      <div class="sheet-h">
        <h2 id="plan-title">{t.programme}</h2>
      </div>
      {sessions === null ? (
        <p class="quiet">{t.loading}</p>
      ) : (
        sessions.length === 0 && <p class="quiet">{t.programme_empty}</p>
      )}
      <ul class="plan">
        {[...(sessions ?? [])]
          .sort((a, b) => a.starts_at - b.starts_at || a.id - b.id)
          .map((session) => {
            const Icon = ICONS[session.phase];
            return (
              <li key={session.id}>
                <button
                  type="button"
                  class="pick-session"
                  aria-current={session.id === chosen ? "true" : undefined}
                  onClick={() => onChoose(session.id)}
                >
                  <span class="date num">{shortDate(session.starts_at)}</span>{" "}
                  <span>
                    <bdi>{session.theme}</bdi>{" "}
                    <span class="st">
                      <Icon /> {t.phases[session.phase] ?? c.phases[session.phase]}
                      {session.registered > 0 && `, ${t.registered(session.registered)}`}
                    </span>
                  </span>
                </button>
              </li>
            );
          })}
      </ul>
      {(onNew || onFile) && (
        <div class="row foot">
          {onNew && (
            <Button icon={CalendarIcon} onPress={onNew}>
              {t.new_session}
            </Button>
          )}
          {onFile && (
            <Button icon={FileIcon} onPress={onFile}>
              {t.from_file}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
