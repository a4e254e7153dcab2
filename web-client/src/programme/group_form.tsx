import type { AccountLinkAnswer, AccountListed, PeriodId, PeriodShown, SeriesShown } from "@protocol/api";
import { useState } from "preact/hooks";
import { useAsked } from "../coordinator/asked";
import { faultSentence } from "../coordinator/faults";
import { PasswordLink } from "../coordinator/password_link";
import { officeTexts } from "../coordinator/text";
import { useProof } from "../staff/proof";
import { useStaffRefusalText } from "../staff/refusal_text";
import { useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { RoundIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { region } from "../view/regions";
import { Field } from "./field";
import {
  bodyOfLeaders,
  type Choice,
  type Chosen,
  chosenOf,
  LEADER_ROLES,
  type LeaderRole,
  leadersFault,
  mayLead,
} from "./leaders";
import { placeOfPeople } from "./people_places";
import { PeriodForm } from "./period_form";
import type { ProgrammeRequests } from "./requests";
import { programmeTexts } from "./text";

/** A group: the form of a period, of one series, with its leaders. */
export function GroupForm(props: {
  requests: ProgrammeRequests;
  series: readonly SeriesShown[];
  /** Not there: a new one. */
  period?: PeriodShown | undefined;
  onChange: () => void;
}) {
  const { requests, period } = props;
  const t = useTexts(programmeTexts);
  const c = useCommon();
  const accounts = useAsked(() => requests.accounts(), [requests]);
  const groups = useAsked(() => requests.groups(), [requests]);
  const is_lost = [accounts.answer, groups.answer].some((answer) => answer !== null && answer.kind !== "ok");
  const known = groups.value?.groups.find((one) => one.period.id === period?.id);
  if (!accounts.value || !groups.value || (period && !known))
    return (
      <main id="main" class="wide" aria-busy={!is_lost} {...region}>
        {is_lost ? (
          <Note look="stop" icon={WarnIcon} title={t.lost}>
            <Button
              icon={RoundIcon}
              onPress={() => {
                accounts.ask();
                groups.ask();
              }}
            >
              {c.try_now}
            </Button>
          </Note>
        ) : (
          <p class="quiet">{t.loading}</p>
        )}
      </main>
    );
  return (
    <Form
      {...props}
      accounts={accounts.value.accounts}
      leaders={chosenOf(known?.leaders ?? [])}
      onAccounts={accounts.ask}
    />
  );
}

function Form(props: {
  requests: ProgrammeRequests;
  series: readonly SeriesShown[];
  period?: PeriodShown | undefined;
  accounts: readonly AccountListed[];
  leaders: Chosen;
  onChange: () => void;
  onAccounts: () => void;
}) {
  const { requests, series, period, accounts, onChange, onAccounts } = props;
  const t = useTexts(programmeTexts);
  const o = useTexts(officeTexts);
  const refusalText = useStaffRefusalText();
  const { proved, dialog } = useProof();
  const [chosen, setChosen] = useState(props.leaders);
  const [stored, setStored] = useState(() => JSON.stringify(props.leaders));
  const [links, setLinks] = useState<readonly AccountLinkAnswer[]>([]);
  const [made, setMade] = useState<PeriodId | null>(null);

  const store = async (group: PeriodId): Promise<string> => {
    if (JSON.stringify(chosen) === stored) return "";
    const fault = leadersFault(chosen);
    if (fault) return fault === "twice" ? t.leader_twice : t.leader_name_missing;
    const answer = await proved(() => requests.putLeaders(group, { leaders: bodyOfLeaders(chosen) }));
    if (!answer) return t.leaders_not_saved;
    if (answer.kind === "ok") {
      const now = chosenOf(answer.value.leaders);
      setChosen(now);
      setStored(JSON.stringify(now));
      setLinks(answer.value.links);
      onAccounts();
      return "";
    }
    if (answer.kind !== "refused") return t.leaders_not_saved;
    return answer.errors?.map((one) => faultSentence(one, o)).join(" ") || refusalText(answer.refusal);
  };
  const nameOf = (account: number) => accounts.find((one) => one.account === account)?.name ?? "";
  const goOn = (group: PeriodId) => {
    location.hash = placeOfPeople({ id: group, is_closed: true });
  };
  return (
    <>
      {dialog}
      {links.length > 0 && (
        <section class="wide" aria-label={t.leaders} {...region}>
          {links.map(({ account, link }) => (
            <PasswordLink
              key={account}
              name={nameOf(account)}
              link={link}
              onClose={() => {
                const left = links.filter((one) => one.account !== account);
                setLinks(left);
                if (left.length === 0 && made !== null) goOn(made);
              }}
            />
          ))}
        </section>
      )}
      <PeriodForm
        requests={requests}
        series={series}
        period={period}
        of_group={{
          fields: <Leaders accounts={accounts} chosen={chosen} onChoose={setChosen} />,
          is_stored: JSON.stringify(chosen) === stored,
          store,
        }}
        onChange={onChange}
        onRemoved={() => {
          location.hash = "programme/groups";
        }}
        // A link is shown this time only: nobody is led away from it.
        onMade={(group) => (links.length > 0 || hasNew(chosen) ? setMade(group) : goOn(group))}
      />
    </>
  );
}

const hasNew = (chosen: Chosen) => LEADER_ROLES.some((role) => chosen[role].kind === "new");

/** A place for each task: somebody of the staff, or a partner's leader who gets an account for this group alone. */
function Leaders(props: {
  accounts: readonly AccountListed[];
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
}) {
  const { accounts, chosen, onChoose } = props;
  const t = useTexts(programmeTexts);
  return (
    <fieldset class="stack-s">
      <legend>{t.leaders}</legend>
      {LEADER_ROLES.map((role) => (
        <Leader
          key={role}
          role={role}
          accounts={mayLead(accounts)}
          choice={chosen[role]}
          onChoose={(choice) => onChoose({ ...chosen, [role]: choice })}
        />
      ))}
    </fieldset>
  );
}

function Leader(props: {
  role: LeaderRole;
  accounts: readonly AccountListed[];
  choice: Choice;
  onChoose: (choice: Choice) => void;
}) {
  const { role, accounts, choice, onChoose } = props;
  const t = useTexts(programmeTexts);
  const id = `leader-${role}`;
  const read = (value: string): Choice =>
    value === "new"
      ? { kind: "new", name: "" }
      : value === ""
        ? { kind: "nobody" }
        : { kind: "account", account: Number(value) };
  return (
    <>
      <div class="field">
        <label for={id}>{t.leader_roles[role]}</label>
        <select
          id={id}
          value={choice.kind === "account" ? choice.account : choice.kind === "new" ? "new" : ""}
          aria-describedby={`${id}-hint`}
          onChange={(event) => onChoose(read(event.currentTarget.value))}
        >
          <option value="">{t.leader_nobody}</option>
          <option value="new">{t.leader_new}</option>
          {accounts.map(({ account, name }) => (
            <option key={account} value={account}>
              {name}
            </option>
          ))}
        </select>
        <p class="quiet small" id={`${id}-hint`}>
          {t.leader_hints[role]}
        </p>
      </div>
      {choice.kind === "new" && (
        <Field
          id={`${id}-name`}
          label={t.leader_name}
          hint={t.leader_name_hint}
          value={choice.name}
          onWrite={(name) => onChoose({ kind: "new", name })}
          max={80}
        />
      )}
    </>
  );
}
