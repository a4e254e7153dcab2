import type { UtcTime } from "@protocol";
import { useState } from "preact/hooks";
import { clockTime } from "../text/times";
import { useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { LockIcon } from "../view/icons";
import { type DayRow, needsDecision, needsLook, tally } from "./day_view";
import type { Stage } from "./row";
import { attendanceTexts } from "./text";

/** Signing the day: what is missing, or who signed it. */
export function SealBar(props: {
  rows: readonly DayRow[];
  stage: Stage;
  sealed: { by: string; at: UtcTime } | null;
  onSeal: () => void;
}) {
  const { rows, stage, sealed, onSeal } = props;
  const t = useTexts(attendanceTexts);
  const [is_asking, setAsking] = useState(false);
  const missing = rows.filter(needsDecision);
  const [title, what] = sealed
    ? [t.sealed(sealed.by, clockTime(sealed.at)), stage === "correct" ? t.sealed_what : ""]
    : missing.length > 0
      ? [t.missing(missing.length, missing.filter(needsLook).length), t.missing_what]
      : [t.ready, t.ready_what];
  return (
    <section class="seal" aria-label={t.sealing}>
      <LockIcon />
      <p id="seal-state">
        <b>{title}</b>
        <br />
        {what}
      </p>
      {stage === "decide" && (
        <Button
          class="push"
          look={missing.length > 0 ? undefined : "main"}
          icon={LockIcon}
          described_by="seal-state"
          unusable_because={missing.length > 0 ? title : undefined}
          onPress={() => setAsking(true)}
        >
          {t.seal}
        </Button>
      )}
      {is_asking && (
        <Dialog title={t.seal_dialog} onClose={() => setAsking(false)}>
          <p>{t.seal_tally(tally(rows))}</p>
          <p>{t.ready_what}</p>
          <div class="row">
            <Button
              look="main"
              icon={LockIcon}
              onPress={() => {
                setAsking(false);
                onSeal();
              }}
            >
              {t.seal}
            </Button>
            <Button look="plain" onPress={() => setAsking(false)}>
              {t.cancel}
            </Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
