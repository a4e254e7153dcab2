import type { SessionShown } from "@protocol/api";
import { useState } from "preact/hooks";
import { useStaffRefusalText } from "../staff/refusal_text";
import { clockTime } from "../text/times";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, HourglassIcon, MailIcon, RoundIcon, WarnIcon } from "../view/icons";
import { Badge, Note } from "../view/marks";
import { useAsked } from "./asked";
import type { Office } from "./office";
import { officeTexts } from "./text";

/** Invitations by e-mail: sent, waiting, and what failed and why. Not there where no mail server is named. */
export function MailSheet(props: { office: Office; session: SessionShown; onSent: () => void }) {
  const { office, session, onSent } = props;
  const t = useTexts(officeTexts);
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const asked = useAsked(() => office.mail(session.id), [office, session.id]);
  const [trouble, setTrouble] = useState("");
  const value = asked.value;
  if (!value?.configured) return null;
  const meant = session.people.filter(({ invited, email }) => !invited && email);
  const send = async (people: number[] | null) => {
    setTrouble("");
    const answer = await office.sendMail(session.id, people);
    if (answer.kind === "ok") {
      announcer.say(t.mail_queued(answer.value.queued));
      onSent();
    } else setTrouble(answer.kind === "refused" ? refusalText(answer.refusal) : t.unreachable);
    asked.ask();
  };
  const nameOf = (person: number) => session.people.find((one) => one.person === person)?.name ?? "";
  return (
    <section class="sheet" aria-labelledby="mail-title">
      <div class="sheet-h">
        <h2 id="mail-title">{t.mail}</h2>
        <span class="push">
          <Button
            look="main"
            icon={MailIcon}
            unusable_because={meant.length === 0 ? t.mail_none : undefined}
            onPress={() => void send(null)}
          >
            {meant.length === 0 ? t.mail_none : t.mail_send(meant.length)}
          </Button>
        </span>
        <Button icon={RoundIcon} onPress={asked.ask}>
          {t.mail_look}
        </Button>
      </div>
      <p class="quiet">{t.mail_what}</p>
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      <ul class="lines roster">
        {value.mails.map((mail) => (
          <li key={mail.person}>
            <span>
              <b dir="auto">{nameOf(mail.person)}</b>{" "}
              <span class="small quiet">
                {mail.state === "sent" && mail.sent_at !== undefined
                  ? t.mail_sent_at(clockTime(mail.sent_at))
                  : mail.trouble
                    ? t.mail_trouble(mail.trouble)
                    : t.mail_waits}
              </span>
            </span>
            {mail.state === "sent" ? (
              <Badge look="good" icon={CheckIcon}>
                {t.mail_sent}
              </Badge>
            ) : mail.state === "waiting" ? (
              <Badge look="wait" icon={HourglassIcon}>
                {t.mail_waiting}
              </Badge>
            ) : (
              <>
                <Badge look="stop" icon={WarnIcon}>
                  {t.mail_failed}
                </Badge>
                <Button look="plain" icon={RoundIcon} onPress={() => void send([mail.person])}>
                  {t.mail_again} <span class="vh">: {nameOf(mail.person)}</span>
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
