import type { Invitation, PersonListed, SessionShown } from "@protocol/api";
import { useId, useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import { useProof } from "../staff/proof";
import { useStaffRefusalText } from "../staff/refusal_text";
import { isDayOver } from "../state/phase";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CrossIcon, InfoIcon, PersonIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { faultSentence } from "./faults";
import type { Office } from "./office";
import { People } from "./roster";
import { officeTexts } from "./text";

/** Guests of the session: one is added by name and has a link at once, by a letter or on the page; or is taken out. */
export function Guests(props: {
  office: Office;
  session: SessionShown;
  /** Letters can be sent. */
  has_mail: boolean;
  onChange: () => void;
  onMade: (made: readonly Invitation[]) => void;
  onRenew: (guest: PersonListed) => void;
}) {
  const { office, session, has_mail, onChange, onMade, onRenew } = props;
  const t = useTexts(officeTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const id = useId();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const { proved, dialog } = useProof();
  const [is_adding, setAdding] = useState(false);
  const [told, setTold] = useState("");
  const [trouble, setTrouble] = useState("");
  const [removed, setRemoved] = useState<PersonListed | null>(null);

  const guests = session.people.filter(({ role }) => role === "guest");
  const is_over = isDayOver(session.phase);
  const inWords = (answer: Exclude<Answer<unknown>, { kind: "ok" }>) => {
    if (answer.kind !== "refused") return t.unreachable;
    const faults = answer.errors?.map((fault) => faultSentence(fault, t)) ?? [];
    return faults.length > 0 ? faults.join(" ") : refusalText(answer.refusal);
  };
  const tell = (words: string) => {
    announcer.say(words);
    setTold(words);
  };

  const add = async () => {
    const [wanted, address] = [name.trim(), email.trim()];
    if (is_adding) return;
    setTold("");
    setTrouble("");
    if (!wanted) return setTrouble(refusalText({ word: "name_empty" }));
    setAdding(true);
    const body = { role: "guest" as const, name: wanted, ...(address ? { email: address } : {}) };
    const added = await office.addStaff(session.id, body);
    if (added.kind !== "ok") {
      setAdding(false);
      return setTrouble(inWords(added));
    }
    const guest = added.value.person;
    const sent = address ? await office.sendMail(session.id, [guest]) : null;
    const is_sent = sent?.kind === "ok" && sent.value.queued > 0;
    // Without a letter the link is shown, to be given by hand.
    const made = is_sent ? null : await proved(() => office.invite(session.id, [guest], false));
    setAdding(false);
    if (!is_sent && !made) {
      announcer.say(t.guest_added(wanted));
      setName("");
      setEmail("");
      return onChange();
    }
    if (made && made.kind !== "ok") {
      setTrouble(`${t.guest_added(wanted)} ${inWords(made)}`);
      return onChange();
    }
    setName("");
    setEmail("");
    if (is_sent) tell(t.guest_letter(wanted));
    else if (made?.value.invitations.length === 0) tell(t.guest_known(wanted));
    else announcer.say(t.guest_added(wanted));
    if (made && made.value.invitations.length > 0) onMade(made.value.invitations);
    else onChange();
  };
  const remove = async (guest: PersonListed) => {
    setRemoved(null);
    setTold("");
    setTrouble("");
    const answer = await office.removePerson(session.id, guest.person);
    if (answer.kind === "ok") {
      tell(t.person_removed(guest.name));
      onChange();
    } else if (answer.kind === "refused" && answer.refusal.word === "not_now") setTrouble(t.guest_was_there);
    else setTrouble(inWords(answer));
  };
  return (
    <section aria-labelledby={`${id}-title`}>
      {dialog}
      <h3 class="sub" id={`${id}-title`}>
        {t.guests}
      </h3>
      {guests.length > 0 ? (
        <People people={guests} onRenew={onRenew} onRemove={is_over ? undefined : setRemoved} />
      ) : (
        <p class="quiet">{t.guests_none}</p>
      )}
      {!is_over && (
        <form
          class="choices-of foot"
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <div class="field">
            <label for={`${id}-name`}>{t.guest_name}</label>
            <input
              dir="auto"
              id={`${id}-name`}
              name="guest-name"
              autocomplete="off"
              maxLength={80}
              value={name}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          </div>
          {has_mail && (
            <div class="field">
              <label for={`${id}-email`}>
                {t.guest_email} <span class="quiet">({c.optional})</span>
              </label>
              <input
                id={`${id}-email`}
                name="guest-email"
                type="email"
                autocomplete="off"
                maxLength={254}
                value={email}
                onInput={(event) => setEmail(event.currentTarget.value)}
              />
            </div>
          )}
          <Button look="main" icon={PersonIcon} is_submit>
            {t.guest_add}
          </Button>
        </form>
      )}
      {told && <Note icon={InfoIcon} title={told} />}
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      {removed && (
        <Dialog title={t.guest_remove_title(removed.name)} onClose={() => setRemoved(null)}>
          <p class="lead">{t.guest_remove_what}</p>
          <div class="row foot">
            <Button look="stop" icon={CrossIcon} onPress={() => void remove(removed)}>
              {t.person_remove_yes}
            </Button>
            <Button onPress={() => setRemoved(null)}>{c.cancel}</Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
