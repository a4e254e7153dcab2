import type {
  AccountAnswer,
  AccountBody,
  AccountListed,
  GivenRole,
  HeldBack,
  StaffRole,
} from "@protocol/api";
import { useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import { useProof } from "../staff/proof";
import { useStaffRefusalText } from "../staff/refusal_text";
import { clockTime } from "../text/times";
import { useCommon } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CheckIcon, LinkIcon, LockIcon, PenIcon, PersonIcon, RoundIcon, WarnIcon } from "../view/icons";
import { Badge, Note } from "../view/marks";
import { AccountActs } from "./account_acts";
import { useAsked } from "./asked";
import { fullDate } from "./dates";
import { faultSentence } from "./faults";
import type { Office } from "./office";
import { PasswordLink } from "./password_link";
import { ProviderDialog } from "./provider_dialog";
import { StepRule } from "./second_step_rule";
import { type AccountPageTexts, useAccountTexts } from "./text/accounts";

const ROLES: readonly StaffRole[] = ["facilitator", "moderator", "coordinator", "supervisor"];

/** Who of the staff has an account, what they may, and the one-time links that let them in. */
export function Accounts({ office }: { office: Office }) {
  const t = useAccountTexts();
  const refusalText = useStaffRefusalText();
  const asked = useAsked(() => office.accounts(), [office]);
  const [edited, setEdited] = useState<AccountListed | "new" | null>(null);
  const [link, setLink] = useState<{ name: string; link: string } | null>(null);
  const [trouble, setTrouble] = useState("");
  const { proved, dialog } = useProof();
  const [reset, setReset] = useState<AccountListed | null>(null);
  const [binding, setBinding] = useState<AccountListed | null>(null);

  const value = asked.value;
  if (!value) {
    const is_failed = asked.answer !== null && asked.answer.kind !== "ok";
    return is_failed ? (
      <Note look="stop" icon={WarnIcon} title={t.accounts_not_yours} />
    ) : (
      <p class="quiet">{t.loading}</p>
    );
  }
  const take = <T,>(answer: Answer<T>, then: (value: T) => void) => {
    setTrouble("");
    if (answer.kind === "ok") then(answer.value);
    else
      setTrouble(
        answer.kind !== "refused"
          ? t.unreachable
          : answer.refusal.word === "not_now"
            ? t.account_own
            : refusalText(answer.refusal),
      );
    asked.ask();
  };
  return (
    <div class="stack">
      <section class="sheet stack-s" aria-labelledby="accounts-title">
        <div class="sheet-h">
          <h1 id="accounts-title">{t.accounts}</h1>
          <span class="push">
            <Button look="main" icon={PersonIcon} onPress={() => setEdited("new")}>
              {t.account_new}
            </Button>
          </span>
        </div>
        <p class="quiet">{t.accounts_what}</p>
        {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
        {link && <PasswordLink {...link} onClose={() => setLink(null)} />}
        <ul class="lines roster">
          {value.accounts.map((one) => (
            <li key={one.account}>
              <span>
                <b dir="auto">{one.name}</b>{" "}
                {one.locked ? (
                  <Badge look="stop" icon={LockIcon}>
                    {t.account_locked}
                  </Badge>
                ) : (
                  !one.has_password && <Badge look="wait">{t.account_no_password}</Badge>
                )}{" "}
                {one.has_second_step && (
                  <Badge look="good" icon={CheckIcon}>
                    {t.account_step}
                  </Badge>
                )}{" "}
                {one.is_bound && (
                  <Badge look="good" icon={CheckIcon}>
                    {t.account_bound}
                  </Badge>
                )}{" "}
                <span class="small quiet">{one.roles.map((given) => roleText(given, t)).join(" · ")}</span>
              </span>
              <span class="row">
                <Button look="plain" icon={PenIcon} onPress={() => setEdited(one)}>
                  {t.account_edit} <span class="vh">: {one.name}</span>
                </Button>
                <Button
                  look="plain"
                  icon={LinkIcon}
                  onPress={async () => {
                    const answer = await proved(() => office.passwordLink(one.account));
                    if (answer) take(answer, (made) => setLink({ name: one.name, link: made.link }));
                  }}
                >
                  {t.account_link} <span class="vh">: {one.name}</span>
                </Button>
                {(one.is_bound || value.provider !== undefined) && (
                  <Button look="plain" icon={PersonIcon} onPress={() => setBinding(one)}>
                    {one.is_bound ? t.account_unbind : t.account_bind} <span class="vh">: {one.name}</span>
                  </Button>
                )}
                {one.has_second_step && (
                  <Button look="plain" icon={RoundIcon} onPress={() => setReset(one)}>
                    {t.account_step_reset} <span class="vh">: {one.name}</span>
                  </Button>
                )}
                <Button
                  look="plain"
                  icon={LockIcon}
                  onPress={async () =>
                    take(await office.lockAccount(one.account, !one.locked), () => undefined)
                  }
                >
                  {one.locked ? t.account_unlock : t.account_lock} <span class="vh">: {one.name}</span>
                </Button>
              </span>
            </li>
          ))}
        </ul>
        {edited && (
          <AccountDialog
            known={edited === "new" ? null : edited}
            series={value.series}
            supervisors={value.supervisors}
            onClose={() => setEdited(null)}
            onSave={async (form) => {
              const answer = await proved<AccountAnswer & { link?: string }>(() =>
                edited === "new" ? office.addAccount(form) : office.changeAccount(edited.account, form),
              );
              if (!answer) return "";
              if (answer.kind !== "ok") {
                const fault = answer.kind === "refused" ? answer.errors?.[0] : undefined;
                if (fault) return faultSentence(fault, t);
                return answer.kind !== "refused"
                  ? t.unreachable
                  : answer.refusal.word === "invalid"
                    ? t.account_taken
                    : answer.refusal.word === "not_now"
                      ? t.account_own
                      : refusalText(answer.refusal);
              }
              if (answer.value.link) setLink({ name: form.name, link: answer.value.link });
              setEdited(null);
              asked.ask();
              return "";
            }}
          />
        )}
        {dialog}
        {binding && (
          <ProviderDialog
            account={binding}
            office={office}
            proved={proved}
            onClose={() => setBinding(null)}
            onDone={() => {
              setBinding(null);
              asked.ask();
            }}
          />
        )}
        {reset && (
          <Dialog title={t.account_step_reset} onClose={() => setReset(null)}>
            <div class="stack dialog-body">
              <p>{t.account_step_reset_what(reset.name)}</p>
              <div class="row">
                <Button
                  look="stop"
                  icon={RoundIcon}
                  onPress={async () => {
                    setReset(null);
                    const answer = await proved(() => office.resetStep(reset.account));
                    if (answer) take(answer, () => undefined);
                  }}
                >
                  {t.account_step_reset}
                </Button>
                <Button onPress={() => setReset(null)}>{t.step_cancel}</Button>
              </div>
            </div>
          </Dialog>
        )}
      </section>
      <StepRule office={office} rule={value.second_step} onChange={asked.ask} />
      {value.held_back && value.held_back.length > 0 && (
        <Guesses held={value.held_back} accounts={value.accounts} />
      )}
      <AccountActs office={office} />
    </div>
  );
}

/** Who has been guessing, as far as it can be known: at what, when and how often. */
function Guesses({ held, accounts }: { held: readonly HeldBack[]; accounts: readonly AccountListed[] }) {
  const t = useAccountTexts();
  const nameOf = (account?: number) => accounts.find((one) => one.account === account)?.name;
  return (
    <section class="sheet stack-s" aria-labelledby="guesses-title">
      <h2 id="guesses-title">{t.guesses}</h2>
      <p class="quiet">{t.guesses_what}</p>
      <ul class="lines roster">
        {held.map((one) => (
          <li key={`${one.kind} ${one.account ?? ""} ${one.began_at}`}>
            <span>
              <b>{t.guess_kinds[one.kind](nameOf(one.account))}</b>{" "}
              <span class="small quiet">
                {t.guess_when(fullDate(one.began_at), clockTime(one.began_at), clockTime(one.last_at))}
              </span>
            </span>{" "}
            <span class="small">{t.guess_times(one.times, one.networks)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function roleText(given: GivenRole, t: AccountPageTexts): string {
  const role = t.staff_roles[given.role];
  if (given.group) return `${role}, ${t.role_of_group(given.group)}`;
  return given.series
    ? `${role}, ${given.series}`
    : given.role === "supervisor"
      ? role
      : `${role}, ${t.all_series}`;
}

function AccountDialog(props: {
  known: AccountListed | null;
  series: readonly string[];
  supervisors: readonly string[];
  /** What is wrong, in words; empty when it is saved. */
  onSave: (form: AccountBody) => Promise<string>;
  onClose: () => void;
}) {
  const { known, series, supervisors, onSave, onClose } = props;
  const t = useAccountTexts();
  const c = useCommon();
  const [name, setName] = useState(known?.name ?? "");
  // A group's leaders are its own affair: its page gives the role and takes it.
  const [roles, setRoles] = useState<readonly GivenRole[]>(() =>
    (known?.roles ?? []).filter(({ group }) => group === undefined),
  );
  const [supervises, setSupervises] = useState((known?.supervises ?? []).join("; "));
  const [trouble, setTrouble] = useState("");
  const is_supervisor = roles.some(({ role }) => role === "supervisor");

  const submit = async (event: Event) => {
    event.preventDefault();
    const bound = supervises
      .split(";")
      .map((one) => one.trim())
      .filter(Boolean);
    setTrouble(
      await onSave({
        name,
        roles: [...roles],
        ...(is_supervisor && bound.length > 0 ? { supervises: bound } : {}),
      }),
    );
  };
  /** "": not at all; "*": in all series; else the series. */
  const whereOf = (role: StaffRole) => {
    const given = roles.find((one) => one.role === role);
    return given ? (given.series ?? "*") : "";
  };
  const give = (role: StaffRole, where: string) => {
    const others = roles.filter((one) => one.role !== role);
    const given: GivenRole[] = where === "" ? [] : where === "*" ? [{ role }] : [{ role, series: where }];
    setRoles([...others, ...given]);
  };
  return (
    <Dialog title={known ? t.account_of(known.name) : t.account_new} onClose={onClose}>
      <form class="stack dialog-body" onSubmit={(event) => void submit(event)}>
        <div class="field">
          <label for="account-name">{t.fields["name"]}</label>
          <p class="hint" id="account-name-hint">
            {t.account_name_hint}
          </p>
          <input
            dir="auto"
            id="account-name"
            value={name}
            required
            maxLength={80}
            aria-describedby="account-name-hint"
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </div>
        {ROLES.map((role) => (
          <div class="field" key={role}>
            <label for={`role-${role}`}>{t.staff_roles[role]}</label>
            <select
              id={`role-${role}`}
              value={whereOf(role)}
              onChange={(event) => give(role, event.currentTarget.value)}
            >
              <option value="">{t.role_not}</option>
              <option value="*">{t.role_all}</option>
              {role !== "supervisor" &&
                series.map((one) => (
                  <option key={one} value={one}>
                    {t.role_in(one)}
                  </option>
                ))}
            </select>
          </div>
        ))}
        {is_supervisor && (
          <div class="field">
            <label for="account-supervises">{t.supervises}</label>
            <p class="hint" id="supervises-hint">
              {t.supervises_hint}
            </p>
            <input
              dir="auto"
              id="account-supervises"
              value={supervises}
              list="supervisors-named"
              aria-describedby="supervises-hint"
              onInput={(event) => setSupervises(event.currentTarget.value)}
            />
            <datalist id="supervisors-named">
              {supervisors.map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
          </div>
        )}
        {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
        <div class="row">
          <Button look="main" icon={CheckIcon} is_submit>
            {t.account_save}
          </Button>
          <Button onPress={onClose}>{c.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
