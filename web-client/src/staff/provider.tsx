import type { ProviderOutcome } from "@protocol/api";
import { useEffect, useState } from "preact/hooks";
import { clockShort } from "../text/times";
import { useTexts } from "../view/app";
import { Button } from "../view/button";
import { DoorIcon, InfoIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import type { AccountRequests } from "./account";
import { signInTexts } from "./text/sign_in";
import { Threshold } from "./threshold";

/** The way to the city's own sign-in, where the site has one; and what was in the way there. */
export function ProviderWay(props: { requests: AccountRequests; outcome: ProviderOutcome | null }) {
  const { requests, outcome } = props;
  const t = useTexts(signInTexts);
  const [name, setName] = useState<string | null>(null);
  useEffect(() => {
    void requests.site().then((answer) => {
      if (answer.kind === "ok") setName(answer.value.provider ?? null);
    });
  }, [requests]);
  const is_of_choice = outcome === "cancelled";
  return (
    <>
      {outcome && outcome !== "unbound" && (
        <Note
          {...(is_of_choice ? {} : { look: "stop" as const })}
          icon={is_of_choice ? InfoIcon : WarnIcon}
          title={t.provider_outcomes[outcome]}
        />
      )}
      {name !== null && (
        <p>
          <a class="btn main big" dir="auto" href="/api/sign-in/provider">
            <DoorIcon />
            {name}
          </a>
        </p>
      )}
    </>
  );
}

/** Whoever is known there, and bound to nobody here: the code that they tell the coordinator. */
export function BindingCode({ requests, onAgain }: { requests: AccountRequests; onAgain: () => void }) {
  const t = useTexts(signInTexts);
  const [code, setCode] = useState<{ code: string; until: number } | null>(null);
  const [trouble, setTrouble] = useState("");
  useEffect(() => {
    void requests.bindingCode().then((answer) => {
      if (answer.kind === "ok") setCode(answer.value);
      else setTrouble(answer.kind === "unreachable" ? t.unreachable : t.provider_outcomes.again);
    });
  }, [requests]);
  return (
    <Threshold title={t.binding_title}>
      <p>{t.binding_what}</p>
      {code && (
        <div class="sheet stack-s">
          <p class="quiet">{t.binding_code}</p>
          <p class="secret big-t">{code.code}</p>
          <p>{t.binding_until(clockShort(code.until))}</p>
        </div>
      )}
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      <p>{t.binding_then}</p>
      <p>
        <Button onPress={onAgain}>{t.binding_again}</Button>
      </p>
    </Threshold>
  );
}
