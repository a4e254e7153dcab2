import type { MeAnswer, ProviderOutcome } from "@protocol/api";
import { useEffect, useState } from "preact/hooks";
import { useTexts } from "../view/app";
import { CheckIcon, DoorIcon, InfoIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import type { AccountRequests } from "./account";
import { BindingCode, ProviderWay } from "./provider";
import { type OwedStep, owedStep, SecondStep } from "./second_step";
import { signInTexts } from "./text/sign_in";
import { Form, PASSWORD_LEAST, Threshold } from "./threshold";

/** Name and password. A wrong name and a wrong password are answered alike. */
export function SignIn(props: {
  requests: AccountRequests;
  /** What was in the way at the city's own sign-in. */
  outcome?: ProviderOutcome | null | undefined;
  onIn: (me: MeAnswer) => void;
}) {
  const { requests, onIn } = props;
  const t = useTexts(signInTexts);
  const [owed, setOwed] = useState<OwedStep | null>(null);
  const [outcome, setOutcome] = useState(props.outcome ?? null);
  if (outcome === "unbound") return <BindingCode requests={requests} onAgain={() => setOutcome(null)} />;
  if (owed) return <SecondStep requests={requests} owed={owed} onIn={onIn} onAgain={() => setOwed(null)} />;
  return (
    <Threshold title={t.title}>
      <p>{t.what}</p>
      <ProviderWay requests={requests} outcome={outcome} />
      <Form
        fields={[
          { id: "sign-in-name", label: t.name, autocomplete: "username" },
          { id: "sign-in-password", label: t.password, autocomplete: "current-password" },
        ]}
        go={t.go}
        icon={DoorIcon}
        again="sign-in-password"
        onGive={async (typed) => {
          const answer = await requests.signIn(typed["sign-in-name"], typed["sign-in-password"]);
          if (answer.kind === "ok") {
            onIn(answer.value);
            return "";
          }
          if (answer.kind !== "refused") return t.unreachable;
          const step = owedStep(answer);
          if (step) {
            setOwed(step);
            return "";
          }
          const { word, wait_seconds = 60 } = answer.refusal;
          return word === "too_fast" ? t.too_fast(wait_seconds) : word === "busy" ? t.busy : t.wrong;
        }}
      />
      <Note icon={InfoIcon} title={t.link_too}>
        <p>{t.link_too_what}</p>
      </Note>
      <p class="quiet">{t.forgotten}</p>
    </Threshold>
  );
}

/** A one-time link sets the password of its account, and signs in. */
export function SetPassword(props: {
  requests: AccountRequests;
  secret: string;
  onIn: (me: MeAnswer) => void;
  /** To the sign-in, with the new password. */
  onAgain: () => void;
}) {
  const { requests, secret, onIn, onAgain } = props;
  const t = useTexts(signInTexts);
  const [owner, setOwner] = useState<string | null>(null);
  const [is_bad, setBad] = useState(false);
  const [is_unreachable, setUnreachable] = useState(false);
  const [owed, setOwed] = useState<OwedStep | null>(null);

  useEffect(() => {
    void requests.ownerOf(secret).then((answer) => {
      if (answer.kind === "ok") setOwner(answer.value.name);
      else if (answer.kind === "unreachable") setUnreachable(true);
      else setBad(true);
    });
  }, [secret]);

  if (owed) return <SecondStep requests={requests} owed={owed} onIn={onIn} onAgain={onAgain} />;
  if (is_bad) {
    return (
      <Threshold title={t.bad_link}>
        <p>{t.bad_link_what}</p>
      </Threshold>
    );
  }
  return (
    <Threshold title={t.set_title}>
      {owner === null ? (
        is_unreachable ? (
          <Note look="stop" icon={WarnIcon} title={t.unreachable} />
        ) : (
          <p>{t.loading}</p>
        )
      ) : (
        <Form
          fields={[
            {
              id: "new-password",
              label: t.new_password,
              hint: t.hint(PASSWORD_LEAST),
              autocomplete: "new-password",
            },
            { id: "new-password-again", label: t.again, autocomplete: "new-password" },
          ]}
          go={t.set}
          icon={CheckIcon}
          onGive={async (typed) => {
            const password = typed["new-password"];
            if ([...password].length < PASSWORD_LEAST) return t.too_short(PASSWORD_LEAST);
            if (password !== typed["new-password-again"]) return t.not_the_same;
            const answer = await requests.setPassword(secret, password);
            if (answer.kind === "ok") onIn(answer.value);
            if (answer.kind === "unknown") setBad(true);
            const step = owedStep(answer);
            if (step) setOwed(step);
            if (answer.kind === "ok" || answer.kind === "unknown" || step) return "";
            return answer.kind === "refused" ? t.not_taken : t.unreachable;
          }}
        >
          <p>
            {t.your_name}{" "}
            <b class="big-t" dir="auto">
              {owner}
            </b>
          </p>
          <input type="hidden" autocomplete="username" value={owner} />
        </Form>
      )}
    </Threshold>
  );
}
