import type { PeriodId } from "@protocol/api";
import { useState } from "preact/hooks";
import { useStaffRefusalText } from "../staff/refusal_text";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CrossIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import type { ProgrammeRequests } from "./requests";
import { programmeTexts } from "./text";

/** A draft is taken away after a look at what goes with it. One with days or people is not: the page says why. */
export function RemoveDraft(props: {
  requests: ProgrammeRequests;
  period: { readonly id: PeriodId; readonly name: string };
  has_days: boolean;
  has_people: boolean;
  onRemoved: () => void;
}) {
  const { requests, period, has_days, has_people, onRemoved } = props;
  const t = useTexts(programmeTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const [is_open, setOpen] = useState(false);
  const [is_busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState("");
  const why_not = has_days ? t.remove_has_days : has_people ? t.remove_has_people : undefined;
  const close = () => {
    setTrouble("");
    setOpen(false);
  };
  const remove = async () => {
    if (is_busy) return;
    setBusy(true);
    const answer = await requests.remove(period.id);
    setBusy(false);
    // Somebody else has removed it: that is what was wanted.
    if (answer.kind === "ok" || (answer.kind === "refused" && answer.refusal.word === "not_found")) {
      announcer.say(t.draft_removed(period.name));
      return onRemoved();
    }
    const words =
      answer.kind !== "refused"
        ? t.not_saved_here
        : answer.refusal.word === "not_now"
          ? t.remove_not_now
          : refusalText(answer.refusal);
    announcer.say(words);
    setTrouble(words);
  };
  return (
    <>
      <p>
        <Button
          icon={CrossIcon}
          unusable_because={why_not}
          described_by={why_not && "remove-why-not"}
          onPress={() => setOpen(true)}
        >
          {has_days ? t.remove_period : t.remove_draft}
        </Button>
        {why_not && (
          <span class="quiet small" id="remove-why-not">
            {" "}
            {why_not}
          </span>
        )}
      </p>
      {is_open && (
        <Dialog title={t.remove_title(period.name)} onClose={close}>
          <div class="stack dialog-body">
            <p>{t.remove_goes}</p>
            <p>{t.remove_stays}</p>
            {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
            <div class="row stays">
              <Button look="stop" icon={CrossIcon} onPress={() => void remove()}>
                {t.remove_draft}
              </Button>
              <Button onPress={close}>{c.cancel}</Button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}
