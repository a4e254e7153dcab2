import type { ProveBody } from "@protocol/api";
import { type ComponentChild, createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import { useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CheckIcon, DoorIcon } from "../view/icons";
import { proofTexts } from "./text/proof";
import { Form } from "./threshold";

export type Prove = (body: ProveBody) => Promise<Answer<unknown>>;

/** How somebody who is signed in shows that it is still them; null for whoever came by a link, who is never asked. */
export const ProveContext = createContext<Prove | null>(null);

/** What the city's own sign-in is called, where the site has one: whoever comes in by it alone has no password. */
export const ProviderContext = createContext<() => Promise<string | null>>(() => Promise.resolve(null));

export interface Proof {
  /** Asks the server, and where it wants the password first, the person; then once more. Null: they called it off. */
  proved<T>(ask: () => Promise<Answer<T>>): Promise<Answer<T> | null>;
  /** To be drawn where the page stands. */
  readonly dialog: ComponentChild;
}

/** Before secrets and files leave, and before what cannot be undone: the password, when it was given long ago. */
export function useProof(): Proof {
  const prove = useContext(ProveContext);
  const [waiting, setWaiting] = useState<{ answer: (is_proved: boolean) => void } | null>(null);
  const close = (is_proved: boolean) => {
    setWaiting(null);
    waiting?.answer(is_proved);
  };
  return {
    async proved(ask) {
      const answer = await ask();
      const is_asked = answer.kind === "refused" && answer.refusal.word === "password_asked";
      if (!is_asked || !prove) return answer;
      const is_proved = await new Promise<boolean>((done) => setWaiting({ answer: done }));
      return is_proved ? ask() : null;
    },
    dialog: waiting && prove && (
      <ProofDialog prove={prove} onProved={() => close(true)} onClose={() => close(false)} />
    ),
  };
}

function ProofDialog(props: { prove: Prove; onProved: () => void; onClose: () => void }) {
  const { prove, onProved, onClose } = props;
  const t = useTexts(proofTexts);
  const c = useCommon();
  const [by_code, setByCode] = useState(false);
  const [provider, setProvider] = useState<string | null>(null);
  const providerName = useContext(ProviderContext);
  useEffect(() => void providerName().then(setProvider), [providerName]);
  const told = (answer: Answer<unknown>): string => {
    if (answer.kind === "ok") {
      onProved();
      return "";
    }
    if (answer.kind !== "refused") return t.unreachable;
    const { word, wait_seconds = 60 } = answer.refusal;
    if (word === "too_fast") return t.too_fast(wait_seconds);
    return word === "busy" ? t.busy : by_code ? t.wrong_code : t.wrong_password;
  };
  return (
    <Dialog title={t.title} onClose={onClose}>
      <div class="stack dialog-body">
        <p>{t.what}</p>
        {by_code ? (
          <Form
            key="code"
            is_small
            fields={[{ id: "proof-code", label: t.code, autocomplete: "one-time-code" }]}
            go={t.go}
            icon={CheckIcon}
            again="proof-code"
            onGive={async (typed) => told(await prove({ code: typed["proof-code"] }))}
          />
        ) : (
          <Form
            key="password"
            is_small
            fields={[{ id: "proof-password", label: t.password, autocomplete: "current-password" }]}
            go={t.go}
            icon={CheckIcon}
            again="proof-password"
            onGive={async (typed) => told(await prove({ password: typed["proof-password"] }))}
          />
        )}
        <div class="row">
          <Button look="plain" onPress={() => setByCode(!by_code)}>
            {by_code ? t.by_password : t.by_code}
          </Button>
          <Button look="plain" onPress={onClose}>
            {c.cancel}
          </Button>
        </div>
        {provider !== null && (
          <>
            <p class="quiet">{t.by_provider}</p>
            <p>
              <a class="btn" dir="auto" href="/api/sign-in/provider">
                <DoorIcon />
                {provider}
              </a>
            </p>
          </>
        )}
      </div>
    </Dialog>
  );
}
