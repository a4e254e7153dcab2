import type { Phase, SessionId } from "@protocol";
import type { Invitation, SessionShown } from "@protocol/api";
import { useState } from "preact/hooks";
import { isDayOver } from "../state/phase";
import { clockSpan, dayText } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CallIcon, CopyIcon, CrossIcon, PenIcon, RoundIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { workDesk } from "../work_desk/use_work_desk";
import { workReturns } from "../work_desk/use_work_returns";
import { useAsked } from "./asked";
import { RegistrationsImport } from "./file_import";
import { HelpSheet } from "./help_sheet";
import { InvitationBatch, useSessionOccasion } from "./invitation_batch";
import { InvitationMail } from "./mail_sheet";
import type { Office } from "./office";
import { PeopleSheet } from "./people_sheet";
import { officeTexts } from "./text";

const STEPS: readonly Phase[] = ["planned", "doors_open", "live", "closed", "sealed"];

/** Of a day that is not held. */
const CANCELLED_STEPS: readonly Phase[] = ["planned", "cancelled"];

/** The step on which a phase stands. */
function stepOf(phase: Phase): Phase {
  if (phase === "rehearsal") return "planned";
  if (phase === "paused" || phase === "debrief") return "live";
  return phase;
}

/** One session as the coordinator prepares it. */
export function SessionPage(props: {
  office: Office;
  id: SessionId;
  onChange: () => void;
  onEdit: (how: "change" | "copy", session: SessionShown) => void;
}) {
  const { office, id, onChange, onEdit } = props;
  const t = useTexts(officeTexts);
  const c = useCommon();
  const session = useAsked(() => office.session(id), [office, id]);
  const has_begun = session.value !== null && stepOf(session.value.phase) !== "planned";
  const mail = useAsked(() => office.mail(id), [office, id]);
  const returns = workReturns.use(has_begun);
  const [batch, setBatch] = useState<readonly Invitation[]>([]);
  const occasionOf = useSessionOccasion();
  const shown = session.value;
  const changed = () => {
    session.ask();
    onChange();
  };

  if (!shown) {
    if (session.answer === null) return <p class="quiet">{t.loading}</p>;
    return (
      <Note look="stop" icon={WarnIcon} title={t.unreachable}>
        <div class="row">
          <span class="grow">{t.unreachable_what}</span>
          <Button icon={RoundIcon} onPress={session.ask}>
            {c.try_now}
          </Button>
        </div>
      </Note>
    );
  }
  return (
    <>
      <Head session={shown} onEdit={onEdit} />
      {batch.length > 0 && (
        <InvitationBatch
          title={t.made}
          occasion={occasionOf(shown)}
          invitations={batch}
          sheet={(format, invitations) => office.sheet(id, format, invitations)}
          has_list={!shown.settings?.anonymous_among_participants}
          onPutAway={() => setBatch([])}
        />
      )}
      <PeopleSheet
        office={office}
        session={shown}
        has_mail={mail.value?.configured === true}
        onChange={() => {
          changed();
          mail.ask();
        }}
        onMade={(made) => {
          // One made anew takes the place of the one before in this batch.
          const anew = new Set(made.map(({ person }) => person));
          setBatch((known) => [...made, ...known.filter(({ person }) => !anew.has(person))]);
          changed();
        }}
      />
      <InvitationMail office={office} session={shown} asked={mail} onSent={changed} />
      <RegistrationsImport office={office} id={id} onDone={changed} />
      <AssignmentSheet office={office} session={shown} />
      {returns && <returns.ReturnsFold office={office} session={id} people={shown.people} />}
      {has_begun && <HelpSheet office={office} id={id} />}
    </>
  );
}

/** The day's assignment: asked for when it is wanted. */
function AssignmentSheet({ office, session }: { office: Office; session: SessionShown }) {
  const t = useTexts(officeTexts);
  const [is_open, setOpen] = useState(false);
  const desk = workDesk.use(is_open);
  return (
    <details class="fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t.assignment}</summary>
      {desk && (
        <desk.PlanPage
          session={session.id}
          theme={session.theme}
          items={session.agenda ?? []}
          requests={office.work}
        />
      )}
    </details>
  );
}

function Head(props: {
  session: SessionShown;
  onEdit: (how: "change" | "copy", session: SessionShown) => void;
}) {
  const { session, onEdit } = props;
  const t = useTexts(officeTexts);
  const c = useCommon();
  const { language } = useApp();
  const step = stepOf(session.phase);
  const details = [
    t.when(
      dayText(session.starts_at, language.value),
      clockSpan(session.starts_at, session.ends_at),
      session.series,
    ),
    session.question && t.question(session.question),
    // A number is never broken between two lines.
    session.help_phone && t.help_phone(session.help_phone.replaceAll(" ", "\u00a0")),
  ];
  return (
    <div>
      <h1 dir="auto">{session.theme}</h1>
      <p class="quiet">{details.filter(Boolean).join(" ")}</p>
      <div class="row">
        {!isDayOver(step) && (
          <Button look="plain" icon={PenIcon} onPress={() => onEdit("change", session)}>
            {t.edit_session}
          </Button>
        )}
        <Button look="plain" icon={CopyIcon} onPress={() => onEdit("copy", session)}>
          {t.copy_session}
        </Button>
        {(step === "planned" || step === "doors_open") && (
          <a class="btn plain" href={`#programme/cancel/${session.id}`}>
            <CrossIcon /> {t.cancel_session}
          </a>
        )}
        {step === "cancelled" && (
          <a class="btn plain" href={`#programme/cancel/${session.id}`}>
            <CallIcon /> {t.cancel_calls}
          </a>
        )}
      </div>
      <ol class="steps foot" aria-label={t.steps}>
        {(step === "cancelled" ? CANCELLED_STEPS : STEPS).map((one) => (
          <li key={one} aria-current={one === step ? "step" : undefined}>
            {t.phases[one] ?? c.phases[one]}
          </li>
        ))}
      </ol>
    </div>
  );
}
