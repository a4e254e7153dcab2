import type { AskedOf, SecondStepRule } from "@protocol/api";
import { useState } from "preact/hooks";
import { useProof } from "../staff/proof";
import { Radios } from "../staff/switch";
import { useApp } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, LockIcon, WarnIcon } from "../view/icons";
import { Badge, Note } from "../view/marks";
import { shortDate } from "./dates";
import type { Office } from "./office";
import { useAccountTexts } from "./text/accounts";

const ASKED_OF: readonly AskedOf[] = ["coordinators_and_supervisors", "everyone", "nobody"];
const GRACE_DAYS = ["7", "14", "30", "0"] as const;

/** Of whom a second step is asked, and from when on. */
export function StepRule(props: { office: Office; rule: SecondStepRule; onChange: () => void }) {
  const { office, rule, onChange } = props;
  const t = useAccountTexts();
  const { announcer } = useApp();
  const { proved, dialog } = useProof();
  const is_on = rule.asked_of !== "nobody";
  const [is_open, setOpen] = useState(false);
  // Whoever turns it on most often means those who see people's data.
  const [asked_of, setAskedOf] = useState<AskedOf>(is_on ? rule.asked_of : "coordinators_and_supervisors");
  const [grace, setGrace] = useState<(typeof GRACE_DAYS)[number]>("7");
  const [trouble, setTrouble] = useState("");

  const save = async (event: Event) => {
    event.preventDefault();
    const grace_days = asked_of === "nobody" ? 0 : Number(grace);
    const answer = await proved(() => office.putStepRule({ asked_of, grace_days }));
    if (!answer) return;
    setTrouble(answer.kind === "ok" ? "" : t.unreachable);
    if (answer.kind !== "ok") return;
    announcer.say(t.step_saved);
    setOpen(false);
    onChange();
  };
  return (
    <section class="sheet stack" aria-labelledby="step-rule">
      <h2 id="step-rule">{t.step}</h2>
      <p>
        {is_on ? (
          <Badge look="good" icon={CheckIcon}>
            {t.step_of[rule.asked_of]}
          </Badge>
        ) : (
          <Badge>{t.step_of.nobody}</Badge>
        )}{" "}
        {is_on && t.step_from(shortDate(rule.asked_from))}
      </p>
      {is_open ? (
        <form class="stack" onSubmit={(event) => void save(event)}>
          <p>{t.step_what}</p>
          <Radios
            name="step-asked-of"
            legend={t.step_whom}
            look="list"
            value={asked_of}
            onChoose={setAskedOf}
            options={ASKED_OF.map((value) => ({ value, label: t.step_of[value] }))}
          />
          {asked_of !== "nobody" && (
            <Radios
              name="step-grace"
              legend={t.step_grace}
              value={grace}
              onChoose={setGrace}
              options={GRACE_DAYS.map((value) => ({ value, label: t.step_days(Number(value)) }))}
            />
          )}
          <div class="row">
            <Button look="main" icon={CheckIcon} is_submit>
              {t.step_save}
            </Button>
            <Button onPress={() => setOpen(false)}>{t.step_cancel}</Button>
          </div>
        </form>
      ) : (
        <p>
          <Button icon={LockIcon} onPress={() => setOpen(true)}>
            {is_on ? t.step_change : t.step_turn_on}
          </Button>
        </p>
      )}
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      {dialog}
    </section>
  );
}
