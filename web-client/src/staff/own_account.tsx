import type { OwnAccountAnswer, OwnSignIn } from "@protocol/api";
import { useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import { useAsked } from "../coordinator/asked";
import { shortDate } from "../coordinator/dates";
import { clockTime } from "../text/times";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CheckIcon, DoorIcon, LaptopIcon, LockIcon, RoundIcon, WarnIcon } from "../view/icons";
import { Badge, Note } from "../view/marks";
import type { OwnAccountRequests } from "./own_account_requests";
import { useProof } from "./proof";
import { SetUpStep, SpareCodes } from "./set_up_step";
import { ownAccountTexts } from "./text/own_account";
import { Form, PASSWORD_LEAST } from "./threshold";

/** One's own account: the password, the second step, and where one is signed in. */
export function OwnAccount({ requests }: { requests: OwnAccountRequests }) {
  const t = useTexts(ownAccountTexts);
  const asked = useAsked(() => requests.show(), [requests]);
  const [changed, setChanged] = useState<OwnAccountAnswer | null>(null);
  const account = changed ?? asked.value;
  if (!account) {
    return asked.answer && asked.answer.kind !== "ok" ? (
      <Note look="stop" icon={WarnIcon} title={t.unreachable}>
        <Button icon={RoundIcon} onPress={asked.ask}>
          {t.try_again}
        </Button>
      </Note>
    ) : (
      <p class="quiet">{t.loading}</p>
    );
  }
  const askAnew = () => {
    setChanged(null);
    asked.ask();
  };
  return (
    <>
      <h1>{t.title}</h1>
      <p>
        {t.name}{" "}
        <b class="big-t" dir="auto">
          {account.name}
        </b>
      </p>
      <Steps requests={requests} account={account} onChange={askAnew} />
      <SignIns requests={requests} account={account} onChange={setChanged} />
      <Password requests={requests} name={account.name} onChange={setChanged} />
    </>
  );
}

/** What went wrong, in words; empty when it went well. */
function useTrouble() {
  const t = useTexts(ownAccountTexts);
  const { announcer } = useApp();
  const [trouble, setTrouble] = useState("");
  const tell = <T,>(answer: Answer<T> | null): answer is { kind: "ok"; value: T } => {
    const words = !answer || answer.kind === "ok" ? "" : t.not_done;
    setTrouble(words);
    if (words) announcer.say(words);
    return answer?.kind === "ok";
  };
  return { tell, note: trouble ? <Note look="stop" icon={WarnIcon} title={trouble} /> : null };
}

function Steps(props: { requests: OwnAccountRequests; account: OwnAccountAnswer; onChange: () => void }) {
  const { requests, account, onChange } = props;
  const t = useTexts(ownAccountTexts);
  const { proved, dialog } = useProof();
  const { tell, note } = useTrouble();
  const [is_setting_up, setSettingUp] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [is_dropping, setDropping] = useState(false);
  const { made_at, spare_codes, is_asked, asked_from } = account.second_step;
  const done = () => {
    setSettingUp(false);
    setCodes(null);
    onChange();
  };
  const renew = async () => {
    const answer = await proved(requests.spareCodes);
    if (tell(answer)) setCodes(answer.value.spare_codes);
  };
  const drop = async () => {
    setDropping(false);
    if (tell(await proved(requests.dropStep))) done();
  };
  // The password comes before the key: whoever finds the page open makes no key of their own.
  const begin = async () =>
    (await proved(requests.beginStep)) ?? {
      kind: "refused" as const,
      refusal: { word: "password_asked" as const },
    };
  return (
    <section class="sheet stack" aria-labelledby="own-steps">
      <h2 id="own-steps">{t.steps}</h2>
      {codes ? (
        <SpareCodes codes={codes} onDone={done} />
      ) : is_setting_up ? (
        <SetUpStep begin={begin} confirm={requests.confirmStep} onDone={done} onLost={done}>
          <Button look="plain" onPress={done}>
            {t.cancel}
          </Button>
        </SetUpStep>
      ) : (
        <>
          {made_at === undefined ? (
            <p>{t.steps_off}</p>
          ) : (
            <>
              <p>
                <Badge look="good" icon={CheckIcon}>
                  {t.steps_on}
                </Badge>{" "}
                {t.steps_since(shortDate(made_at))}
              </p>
              <p>{t.spare_left(spare_codes)}</p>
            </>
          )}
          {made_at === undefined && asked_from !== undefined && (
            <p>
              <b>{t.steps_asked(shortDate(asked_from))}</b>
            </p>
          )}
          <div class="row">
            <Button
              look={made_at === undefined ? "main" : undefined}
              icon={LockIcon}
              onPress={() => setSettingUp(true)}
            >
              {made_at === undefined ? t.steps_set_up : t.steps_renew}
            </Button>
            {made_at !== undefined && (
              <Button icon={RoundIcon} onPress={() => void renew()}>
                {t.spare_new}
              </Button>
            )}
            {made_at !== undefined && !is_asked && (
              <Button look="plain" onPress={() => setDropping(true)}>
                {t.steps_drop}
              </Button>
            )}
          </div>
        </>
      )}
      {note}
      {dialog}
      {is_dropping && (
        <Dialog title={t.steps_drop} onClose={() => setDropping(false)}>
          <div class="stack dialog-body">
            <p>{t.steps_drop_what}</p>
            <div class="row">
              <Button look="stop" onPress={() => void drop()}>
                {t.steps_drop}
              </Button>
              <Button onPress={() => setDropping(false)}>{t.cancel}</Button>
            </div>
          </div>
        </Dialog>
      )}
    </section>
  );
}

function SignIns(props: {
  requests: OwnAccountRequests;
  account: OwnAccountAnswer;
  onChange: (account: OwnAccountAnswer) => void;
}) {
  const { requests, account, onChange } = props;
  const t = useTexts(ownAccountTexts);
  const { announcer } = useApp();
  const { tell, note } = useTrouble();
  const end = async (sign_in?: number) => {
    const answer = await requests.endSignIns(sign_in);
    if (!tell(answer)) return;
    announcer.say(t.ended);
    onChange(answer.value);
  };
  const moment = (utc: number) => t.moment(shortDate(utc), clockTime(utc));
  const nameOf = ({ browser, device }: OwnSignIn) => t.by(t.browsers[browser], t.devices[device]);
  return (
    <section class="sheet stack" aria-labelledby="own-sign-ins">
      <h2 id="own-sign-ins">{t.sign_ins}</h2>
      <p class="quiet">{t.sign_ins_what}</p>
      <ul class="lines roster">
        {account.sign_ins.map((one) => (
          <li key={one.id}>
            <span>
              <b>{nameOf(one)}</b>{" "}
              {one.is_this && (
                <Badge look="good" icon={LaptopIcon}>
                  {t.this_one}
                </Badge>
              )}{" "}
              <span class="small quiet">
                {t.since(moment(one.made_at))} {one.network !== undefined && t.from(one.network)}{" "}
                {t.used(moment(one.used_at))}
              </span>
            </span>
            {!one.is_this && (
              <Button look="plain" icon={DoorIcon} onPress={() => void end(one.id)}>
                {t.end} <span class="vh">: {nameOf(one)}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {account.sign_ins.length > 1 && (
        <p>
          <Button icon={DoorIcon} onPress={() => void end()}>
            {t.end_others}
          </Button>
        </p>
      )}
      {note}
    </section>
  );
}

function Password(props: {
  requests: OwnAccountRequests;
  name: string;
  onChange: (account: OwnAccountAnswer) => void;
}) {
  const { requests, name, onChange } = props;
  const t = useTexts(ownAccountTexts);
  const { announcer } = useApp();
  const [is_open, setOpen] = useState(false);
  const [is_done, setDone] = useState(false);
  return (
    <section class="sheet stack" aria-labelledby="own-password">
      <h2 id="own-password">{t.password}</h2>
      {is_done && <Note look="good" icon={CheckIcon} title={t.password_changed} />}
      {!is_open && (
        <p>
          <Button icon={LockIcon} onPress={() => setOpen(true)}>
            {t.password_change}
          </Button>
        </p>
      )}
      {is_open && (
        <Form
          is_small
          fields={[
            { id: "old-password", label: t.old_password, autocomplete: "current-password" },
            {
              id: "next-password",
              label: t.new_password,
              hint: t.hint(PASSWORD_LEAST),
              autocomplete: "new-password",
            },
            { id: "next-password-again", label: t.again, autocomplete: "new-password" },
          ]}
          go={t.password_save}
          icon={CheckIcon}
          onGive={async (typed) => {
            const wanted = typed["next-password"];
            if ([...wanted].length < PASSWORD_LEAST) return t.too_short(PASSWORD_LEAST);
            if (wanted !== typed["next-password-again"]) return t.not_the_same;
            const answer = await requests.changePassword(typed["old-password"], wanted);
            if (answer.kind === "ok") {
              setOpen(false);
              setDone(true);
              announcer.say(t.password_changed);
              onChange(answer.value);
              return "";
            }
            if (answer.kind !== "refused") return t.unreachable;
            const { word, wait_seconds = 60 } = answer.refusal;
            if (word === "too_fast") return t.too_fast(wait_seconds);
            return word === "invalid" ? t.not_taken : word === "busy" ? t.busy : t.wrong_old;
          }}
        >
          <p>{t.password_what}</p>
          <input type="hidden" autocomplete="username" value={name} />
        </Form>
      )}
    </section>
  );
}
