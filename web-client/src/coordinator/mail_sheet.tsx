import type { PersonId, UtcTime } from "@protocol";
import type { MailQueuedAnswer, MailState, MailsAnswer, PersonListed, SessionShown } from "@protocol/api";
import { useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import { useStaffRefusalText } from "../staff/refusal_text";
import { clockTime } from "../text/times";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, HourglassIcon, MailIcon, RoundIcon, WarnIcon } from "../view/icons";
import { Badge, Note } from "../view/marks";
import type { Asked } from "./asked";
import type { Office } from "./office";
import { officeTexts } from "./text";

/** What the sheet of letters says, which depends on what they carry. */
export interface LetterWords {
  readonly title: string;
  readonly what: string;
  readonly none: string;
  send(count: number): string;
  queued(count: number): string;
  sentAt(utc: UtcTime): string;
}

/** The invitations of one session by e-mail. */
export function InvitationMail(props: {
  office: Office;
  session: SessionShown;
  asked: Asked<MailsAnswer>;
  onSent: () => void;
}) {
  const { office, session, asked, onSent } = props;
  const t = useTexts(officeTexts);
  return (
    <MailSheet
      asked={asked}
      people={session.people}
      meant={session.people.filter(({ invited, email }) => !invited && email).length}
      words={{
        title: t.mail,
        what: t.mail_what,
        none: t.mail_none,
        send: t.mail_send,
        queued: t.mail_queued,
        sentAt: (utc) => t.mail_sent_at(clockTime(utc)),
      }}
      send={(people) => office.sendMail(session.id, people)}
      onSent={onSent}
    />
  );
}

/** What needs somebody stands first. */
const ORDER: readonly MailState[] = ["failed", "waiting", "sent"];

/** Links by e-mail: sent, waiting, and what failed and why. Not there where no mail server is named. */
export function MailSheet(props: {
  asked: Asked<MailsAnswer>;
  people: readonly Pick<PersonListed, "person" | "name">[];
  /** How many would get a letter now. */
  meant: number;
  words: LetterWords;
  /** To those named, by a new link; null: to all who are meant. */
  send: (people: PersonId[] | null) => Promise<Answer<MailQueuedAnswer>>;
  onSent: () => void;
}) {
  const { asked, people, meant, words, onSent } = props;
  const t = useTexts(officeTexts);
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const [trouble, setTrouble] = useState("");
  const [is_sending, setSending] = useState(false);
  const value = asked.value;
  if (!value?.configured) return null;
  const send = async (to: PersonId[] | null) => {
    if (is_sending) return;
    setSending(true);
    setTrouble("");
    const answer = await props.send(to);
    setSending(false);
    if (answer.kind === "ok") {
      announcer.say(words.queued(answer.value.queued));
      onSent();
    } else setTrouble(answer.kind === "refused" ? refusalText(answer.refusal) : t.unreachable);
    asked.ask();
  };
  const nameOf = (person: PersonId) => people.find((one) => one.person === person)?.name ?? "";
  const mails = [...value.mails].sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
  return (
    <section class="sheet" aria-labelledby="mail-title">
      <div class="sheet-h">
        <h2 id="mail-title">{words.title}</h2>
        <span class="push">
          <Button
            look="main"
            icon={MailIcon}
            unusable_because={meant === 0 ? words.none : undefined}
            onPress={() => void send(null)}
          >
            {meant === 0 ? words.none : words.send(meant)}
          </Button>
        </span>
        <Button icon={RoundIcon} onPress={asked.ask}>
          {t.mail_look}
        </Button>
      </div>
      <p class="quiet">{words.what}</p>
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      <ul class="lines roster">
        {mails.map((mail) => (
          <li key={mail.person}>
            <span>
              <b dir="auto">{nameOf(mail.person)}</b>{" "}
              <span class="small quiet">
                {mail.state === "sent" && mail.sent_at !== undefined
                  ? words.sentAt(mail.sent_at)
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
