import type { AccountAnswer, AccountListed } from "@protocol/api";
import { useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import type { Proof } from "../staff/proof";
import { Form } from "../staff/threshold";
import { useCommon } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CheckIcon, LockIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import type { Office } from "./office";
import { useAccountTexts } from "./text/accounts";

/** Binds an account to who reads a code aloud, or ends what binds it. */
export function ProviderDialog(props: {
  account: AccountListed;
  office: Office;
  proved: Proof["proved"];
  onClose: () => void;
  onDone: () => void;
}) {
  const { account, office, proved, onClose, onDone } = props;
  const t = useAccountTexts();
  const c = useCommon();
  const [trouble, setTrouble] = useState("");
  /** What is wrong, in words; nothing when it is done. */
  const told = (answer: Answer<AccountAnswer> | null): string => {
    if (answer === null) return "";
    if (answer.kind === "ok") {
      onDone();
      return "";
    }
    return answer.kind === "unreachable" ? t.unreachable : t.account_bind_wrong;
  };
  if (account.is_bound) {
    return (
      <Dialog title={t.account_unbind} onClose={onClose}>
        <div class="stack dialog-body">
          <p>{t.account_unbind_what(account.name)}</p>
          {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
          <div class="row">
            <Button
              look="stop"
              icon={LockIcon}
              onPress={async () =>
                setTrouble(told(await proved(() => office.unbindAccount(account.account))))
              }
            >
              {t.account_unbind}
            </Button>
            <Button onPress={onClose}>{c.cancel}</Button>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={t.account_bind_title(account.name)} onClose={onClose}>
      <div class="stack dialog-body">
        <p>{t.account_bind_what}</p>
        <Form
          is_small
          fields={[
            {
              id: "binding-code",
              label: t.account_bind_code,
              hint: t.account_bind_hint,
              autocomplete: "one-time-code",
            },
          ]}
          go={t.account_bind}
          icon={CheckIcon}
          onGive={async (typed) =>
            told(await proved(() => office.bindAccount(account.account, typed["binding-code"])))
          }
        />
        <Button onPress={onClose}>{c.cancel}</Button>
      </div>
    </Dialog>
  );
}
