import type { StepKeyAnswer } from "@protocol/api";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import { Qr } from "../coordinator/qr";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, CopyIcon, FileIcon, LockIcon, RoundIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { stepTexts } from "./text/second_step";
import { Form } from "./threshold";

/** "ABCD EFGH …": a key as it is read and typed. */
export const inFours = (key: string): string => key.match(/.{1,4}/g)?.join(" ") ?? "";

interface SpareCodesGiven {
  readonly spare_codes: readonly string[];
}

/** An app of codes takes the key, by picture, by press or by hand, and shows a code; then the spare codes come. */
export function SetUpStep(props: {
  begin: () => Promise<Answer<StepKeyAnswer>>;
  confirm: (code: string) => Promise<Answer<SpareCodesGiven>>;
  onDone: () => void;
  /** The server does not know any more what is being set up. */
  onLost: () => void;
  /** What stands under it until it is done: the way back. */
  children?: ComponentChildren;
}) {
  const { begin, confirm, onDone, onLost, children } = props;
  const t = useTexts(stepTexts);
  const [key, setKey] = useState<StepKeyAnswer | null>(null);
  const [is_failed, setFailed] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const ask = async () => {
    setFailed(false);
    const answer = await begin();
    if (answer.kind === "ok") setKey(answer.value);
    else if (answer.kind === "unknown") onLost();
    else setFailed(true);
  };
  useEffect(() => void ask(), []);

  if (codes) return <SpareCodes codes={codes} onDone={onDone} />;
  if (is_failed) {
    return (
      <>
        <Note look="stop" icon={WarnIcon} title={t.not_begun}>
          <Button icon={RoundIcon} onPress={() => void ask()}>
            {t.try_again}
          </Button>
        </Note>
        {children}
      </>
    );
  }
  if (!key) return <p class="quiet">{t.loading}</p>;
  return (
    <>
      <Form
        fields={[{ id: "new-step-code", label: t.code, hint: t.code_hint, autocomplete: "one-time-code" }]}
        go={t.turn_on}
        icon={LockIcon}
        again="new-step-code"
        onGive={async (typed) => {
          const answer = await confirm(typed["new-step-code"]);
          if (answer.kind === "ok") setCodes(answer.value.spare_codes);
          if (answer.kind === "unknown") onLost();
          if (answer.kind === "ok" || answer.kind === "unknown") return "";
          return answer.kind === "refused" ? t.wrong_code : t.unreachable;
        }}
      >
        <ol class="stack">
          <li>
            <b>{t.app}</b>
            <p>{t.app_what}</p>
          </li>
          <li class="stack-s">
            <b>{t.picture}</b>
            <p>{t.picture_what}</p>
            <Qr link={key.address} label={t.picture_label} />
            <p>
              <a class="btn" href={key.address}>
                {t.open_app}
              </a>
            </p>
            <p>{t.by_hand}</p>
            <p class="secret">{inFours(key.key)}</p>
          </li>
          <li>
            <b>{t.show_code}</b>
          </li>
        </ol>
      </Form>
      {children}
    </>
  );
}

/** Shown this once: each of them works once, in place of the telephone. */
export function SpareCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const t = useTexts(stepTexts);
  const { announcer } = useApp();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(codes.join("\n"));
      announcer.say(t.copied);
    } catch {
      announcer.say(t.copy_failed);
    }
  };
  return (
    <section class="sheet stack" aria-labelledby="spare-codes">
      <h2 id="spare-codes">{t.spare}</h2>
      <p>{t.spare_what}</p>
      <ul class="spare-codes">
        {codes.map((code) => (
          <li key={code} class="secret">
            {code}
          </li>
        ))}
      </ul>
      <div class="row no-print">
        <Button icon={FileIcon} onPress={() => print()}>
          {t.print}
        </Button>
        <Button icon={CopyIcon} onPress={() => void copy()}>
          {t.copy}
        </Button>
      </div>
      <Button look="main" icon={CheckIcon} class="no-print" onPress={onDone}>
        {t.kept}
      </Button>
    </section>
  );
}
