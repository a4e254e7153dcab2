import type { MeAnswer } from "@protocol/api";
import { useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import { useTexts } from "../view/app";
import { Button } from "../view/button";
import { DoorIcon } from "../view/icons";
import { later } from "../view/later";
import type { AccountRequests } from "./account";
import { signInTexts } from "./text/sign_in";
import { Form, Threshold } from "./threshold";

/** What stands between a right password and the sign-in: a code, or an app that is to be set up first. */
export type OwedStep = "code" | "to_set_up";

export function owedStep<T>(answer: Answer<T>): OwedStep | null {
  if (answer.kind !== "refused") return null;
  const { word } = answer.refusal;
  return word === "step_asked" ? "code" : word === "step_to_set_up" ? "to_set_up" : null;
}

/** Few need it, and once. */
const setting_up = later(() => import("./set_up_step"));

/** The second step of a sign-in. */
export function SecondStep(props: {
  requests: AccountRequests;
  owed: OwedStep;
  onIn: (me: MeAnswer) => void;
  /** Back to name and password. */
  onAgain: () => void;
}) {
  const { requests, owed, onIn, onAgain } = props;
  const t = useTexts(signInTexts);
  const code = setting_up.use(owed === "to_set_up");
  const [me, setMe] = useState<MeAnswer | null>(null);
  if (owed === "to_set_up") {
    return (
      <Threshold title={t.step_first_title}>
        {!me && <p>{t.step_first_what}</p>}
        {code ? (
          <code.SetUpStep
            begin={requests.beginFirstStep}
            confirm={async (typed) => {
              const answer = await requests.confirmFirstStep(typed);
              if (answer.kind === "ok") setMe(answer.value.me);
              return answer.kind === "ok"
                ? { kind: "ok", value: { spare_codes: answer.value.spare_codes } }
                : answer;
            }}
            onDone={() => me && onIn(me)}
            onLost={onAgain}
          />
        ) : (
          <p class="quiet">{t.loading}</p>
        )}
      </Threshold>
    );
  }
  return (
    <Threshold title={t.step_title}>
      <p>{t.step_what}</p>
      <Form
        fields={[{ id: "step-code", label: t.step_code, hint: t.step_hint, autocomplete: "one-time-code" }]}
        go={t.go}
        icon={DoorIcon}
        again="step-code"
        onGive={async (typed) => {
          const answer = await requests.giveStep(typed["step-code"]);
          if (answer.kind === "ok") onIn(answer.value);
          if (answer.kind === "ok") return "";
          if (answer.kind === "unknown") return t.step_late;
          if (answer.kind !== "refused") return t.unreachable;
          const { word, wait_seconds = 60 } = answer.refusal;
          return word === "too_fast" ? t.too_fast(wait_seconds) : t.step_wrong;
        }}
      />
      <p class="quiet">{t.step_lost}</p>
      <p>
        <Button look="plain" onPress={onAgain}>
          {t.step_again}
        </Button>
      </p>
    </Threshold>
  );
}
