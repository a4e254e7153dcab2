import type { Invitation, PersonListed, SessionShown } from "@protocol/api";
import { useState } from "preact/hooks";
import { useProof } from "../staff/proof";
import { useStaffRefusalText } from "../staff/refusal_text";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { MailIcon, PersonIcon, RoundIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { utcOfLocal } from "./dates";
import { Guests } from "./guests";
import type { InvitationTimes, Office } from "./office";
import { PersonDialog } from "./person_dialog";
import { People } from "./roster";
import { officeTexts } from "./text";

/** Who is coming and who has been invited; invitations for those who have none. */
export function PeopleSheet(props: {
  office: Office;
  session: SessionShown;
  /** Letters can be sent. */
  has_mail: boolean;
  onChange: () => void;
  onMade: (made: readonly Invitation[]) => void;
}) {
  const { office, session, has_mail, onChange, onMade } = props;
  const t = useTexts(officeTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const { proved, dialog } = useProof();
  const [is_making, setMaking] = useState(false);
  const [trouble, setTrouble] = useState("");
  const [edited, setEdited] = useState<PersonListed | "new" | null>(null);
  const [renewed, setRenewed] = useState<PersonListed | null>(null);

  const participants = session.people.filter(({ role }) => role === "participant");
  const staff = session.people.filter(({ role }) => role !== "participant" && role !== "guest");
  const without = session.people.filter(({ invited }) => !invited);
  const invited = participants.filter((one) => one.invited).length;

  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");

  const make = async (people: readonly PersonListed[], is_anew: boolean) => {
    if (is_making) return;
    setMaking(true);
    setTrouble("");
    const ids = people.map(({ person }) => person);
    const answer = await proved(() => office.invite(session.id, ids, is_anew, timesOf(from, until)));
    setMaking(false);
    if (!answer) return;
    if (answer.kind === "ok") {
      announcer.say(t.made_count(answer.value.invitations.length));
      onMade(answer.value.invitations);
    } else
      setTrouble(
        answer.kind !== "refused"
          ? t.unreachable
          : answer.refusal.word === "invalid"
            ? t.times_wrong
            : refusalText(answer.refusal),
      );
  };
  return (
    <section class="sheet" aria-labelledby="people-title">
      {dialog}
      <div class="sheet-h">
        <h2 id="people-title">{t.invitations}</h2>
        <span class="push">
          <Button
            look="main"
            icon={MailIcon}
            unusable_because={without.length === 0 ? t.make_none : undefined}
            onPress={() => void make(without, false)}
          >
            {without.length === 0 ? t.make_none : t.make(without.length)}
          </Button>
        </span>
      </div>
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      <ul class="tally">
        <li>
          <b class="num">{participants.length}</b> {t.tally_people}
        </li>
        <li>
          <b class="num">{invited}</b> {t.tally_invited}
        </li>
        <li>
          <b class="num">{participants.length - invited}</b> {t.tally_without}
        </li>
      </ul>
      <details class="fold">
        <summary>{t.times}</summary>
        <div class="stack-s">
          <p class="quiet small">{t.times_what}</p>
          <div class="choices-of">
            <Moment id="invite-from" label={t.times_from} value={from} onChange={setFrom} />
            <Moment id="invite-until" label={t.times_until} value={until} onChange={setUntil} />
          </div>
        </div>
      </details>
      {staff.length > 0 && (
        <>
          <h3 class="sub">{t.staff_links}</h3>
          <People people={staff} onRenew={setRenewed} />
        </>
      )}
      <Guests
        office={office}
        session={session}
        has_mail={has_mail}
        onChange={onChange}
        onMade={onMade}
        onRenew={setRenewed}
      />
      <div class="sheet-h foot">
        <h3>{t.people}</h3>
        <span class="push">
          <Button icon={PersonIcon} onPress={() => setEdited("new")}>
            {t.person_new}
          </Button>
        </span>
      </div>
      {participants.length === 0 ? (
        <p class="quiet">{t.people_none}</p>
      ) : (
        <People people={participants} onRenew={setRenewed} onEdit={setEdited} />
      )}
      {edited && (
        <PersonDialog
          office={office}
          session={session}
          person={edited === "new" ? null : edited}
          onDone={onChange}
          onClose={() => setEdited(null)}
        />
      )}
      {renewed && (
        <Dialog title={t.renew_title(renewed.name)} onClose={() => setRenewed(null)}>
          <p class="lead">{t.renew_what}</p>
          <div class="row foot">
            <Button
              look="stop"
              icon={RoundIcon}
              onPress={() => {
                void make([renewed], true);
                setRenewed(null);
              }}
            >
              {t.renew_yes}
            </Button>
            <Button onPress={() => setRenewed(null)}>{c.cancel}</Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}

/** What was left empty is as usual. */
function timesOf(from: string, until: string): InvitationTimes {
  const [not_before, expires] = [utcOfLocal(from), utcOfLocal(until)];
  return {
    ...(not_before === null ? {} : { not_before }),
    ...(expires === null ? {} : { expires }),
  };
}

function Moment(props: { id: string; label: string; value: string; onChange: (text: string) => void }) {
  const { id, label, value, onChange } = props;
  const c = useCommon();
  return (
    <div class="field">
      <label for={id}>
        {label} <span class="quiet">({c.optional})</span>
      </label>
      <input
        id={id}
        type="datetime-local"
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
