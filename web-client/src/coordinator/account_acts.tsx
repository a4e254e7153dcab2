import type { AccountActListed } from "@protocol/api";
import { useState } from "preact/hooks";
import { clockTime } from "../text/times";
import { Button } from "../view/button";
import { ClockIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { fullDate } from "./dates";
import type { Office } from "./office";
import { useAccountTexts } from "./text/accounts";

/** What was done with accounts, and by whom; asked for when somebody wants to see it. */
export function AccountActs({ office }: { office: Office }) {
  const t = useAccountTexts();
  const [acts, setActs] = useState<readonly AccountActListed[] | null>(null);
  const [is_failed, setFailed] = useState(false);
  const show = async () => {
    const answer = await office.accountActs();
    setFailed(answer.kind !== "ok");
    if (answer.kind === "ok") setActs(answer.value.acts);
  };
  const byWhom = ({ by, by_user }: AccountActListed) =>
    by ?? (by_user === undefined ? t.act_by_nobody : t.act_by_user(by_user));
  return (
    <section class="sheet stack-s" aria-labelledby="account-acts">
      <h2 id="account-acts">{t.acts}</h2>
      {acts ? (
        <ul class="lines roster">
          {acts.map((one) => (
            <li key={`${one.at} ${one.act} ${one.account ?? ""} ${one.by ?? ""}`}>
              <span>
                <b dir="auto">{one.account ?? t.act_of_site}</b> {t.act_kinds[one.act]}
              </span>{" "}
              <span class="small quiet">
                {t.act_when(fullDate(one.at), clockTime(one.at))} · {byWhom(one)}
              </span>
            </li>
          ))}
          {acts.length === 0 && <li class="quiet">{t.acts_none}</li>}
        </ul>
      ) : (
        <p>
          <Button icon={ClockIcon} onPress={() => void show()}>
            {t.acts_show}
          </Button>
        </p>
      )}
      {is_failed && <Note look="stop" icon={WarnIcon} title={t.unreachable} />}
    </section>
  );
}
