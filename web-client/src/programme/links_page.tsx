import type { PersonId } from "@protocol";
import type { Invitation, MailsAnswer, PeriodId, SeasonPerson } from "@protocol/api";
import { useId, useState } from "preact/hooks";
import type { Asked } from "../coordinator/asked";
import { dateText, shortDate } from "../coordinator/dates";
import { InvitationBatch } from "../coordinator/invitation_batch";
import { MailSheet } from "../coordinator/mail_sheet";
import { useProof } from "../staff/proof";
import { useStaffRefusalText } from "../staff/refusal_text";
import { clockTime } from "../text/times";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CallIcon, CheckIcon, InfoIcon, LinkIcon, MailIcon, RoundIcon, WarnIcon } from "../view/icons";
import { Badge, Note } from "../view/marks";
import { BackIcon } from "./icons";
import { isIn, lacksLink } from "./people_list";
import type { PeopleRequests } from "./people_requests";
import type { Season } from "./season_names";
import { peopleTexts } from "./text/people";

/** Who gets a letter: they have an address and no link yet. */
const isMailed = (one: SeasonPerson) => isIn(one) && one.link === "none" && one.has_email;

/** Links just made for the season, seen this once: on paper, in a file, read aloud. */
export function SeasonBatch(props: {
  requests: Pick<PeopleRequests, "sheet" | "told">;
  season: Season;
  invitations: readonly Invitation[];
  onTold: () => void;
  onPutAway: () => void;
}) {
  const { requests, season, invitations, onTold, onPutAway } = props;
  const t = useTexts(peopleTexts);
  const { form, id } = season.period;
  return (
    <InvitationBatch
      title={t.links_made}
      occasion={{
        name: form.name,
        when: t.occasion(dateText(form.first_day), dateText(form.last_day)),
        file: [form.name],
      }}
      invitations={invitations}
      sheet={(format, which) => requests.sheet(id, format, which)}
      has_calendar={false}
      acts={(invitation) => (
        <Told
          key={invitation.link}
          name={invitation.name}
          tell={() => requests.told(id, invitation.person)}
          onTold={onTold}
        />
      )}
      onPutAway={onPutAway}
    />
  );
}

/** "Told by phone": pressed once, it stays so. */
function Told(props: { name: string; tell: () => ReturnType<PeopleRequests["told"]>; onTold: () => void }) {
  const { name, tell, onTold } = props;
  const t = useTexts(peopleTexts);
  const { announcer } = useApp();
  const [standing, setStanding] = useState<"open" | "told" | "failed">("open");
  const note = async () => {
    const answer = await tell();
    setStanding(answer.kind === "ok" ? "told" : "failed");
    announcer.say(answer.kind === "ok" ? t.told_done(name) : t.told_failed);
    if (answer.kind === "ok") onTold();
  };
  if (standing === "told")
    return (
      <Badge look="good" icon={CheckIcon}>
        {t.told}
      </Badge>
    );
  return (
    <>
      <Button icon={CallIcon} label={t.told_of(name)} onPress={() => void note()}>
        {t.told}
      </Button>
      {standing === "failed" && <span class="small">{t.told_failed}</span>}
    </>
  );
}

/** One press sends the link to all who have an address and none yet. Not there without a mail server. */
export function SendLetters(props: {
  requests: Pick<PeopleRequests, "mail">;
  period: PeriodId;
  people: readonly SeasonPerson[];
  mails: Asked<MailsAnswer>;
  onSent: () => void;
}) {
  const { requests, period, people, mails, onSent } = props;
  const t = useTexts(peopleTexts);
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const [words, setWords] = useState("");
  const [is_sending, setSending] = useState(false);
  const meant = people.filter(isMailed).length;
  if (!mails.value?.configured) return null;
  const send = async () => {
    if (is_sending) return;
    setSending(true);
    const answer = await requests.mail(period, {});
    setSending(false);
    const said =
      answer.kind === "ok"
        ? t.mail_queued(answer.value.queued)
        : answer.kind === "refused"
          ? refusalText(answer.refusal)
          : t.unreachable;
    setWords(said);
    announcer.say(said);
    if (answer.kind === "ok") onSent();
  };
  return (
    <>
      {meant > 0 && (
        <Button look="main" icon={MailIcon} onPress={() => void send()}>
          {t.mail_send(meant)}
        </Button>
      )}
      {words && <b>{words}</b>}
    </>
  );
}

/** Whom the season's link has reached, and how it reaches the others. */
export function SeasonLinks(props: {
  requests: PeopleRequests;
  season: Season;
  people: readonly SeasonPerson[];
  mails: Asked<MailsAnswer>;
  onChange: () => void;
  onClose: () => void;
}) {
  const { requests, season, people, mails, onChange, onClose } = props;
  const t = useTexts(peopleTexts);
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const [batch, setBatch] = useState<readonly Invitation[]>([]);
  const [trouble, setTrouble] = useState("");
  const [is_making, setMaking] = useState(false);
  const { proved, dialog } = useProof();
  const title = useId();
  const period = season.period.id;
  const is_mail_on = mails.value?.configured ?? false;
  // A letter that waits is on its way.
  const waiting = new Set(
    mails.value?.mails.filter(({ state }) => state === "waiting").map(({ person }) => person),
  );
  const by_hand = people.filter(
    (one) => lacksLink(one) && !waiting.has(one.person) && !(is_mail_on && isMailed(one)),
  );
  const unmade = by_hand.filter(({ link }) => link === "none");

  const make = async (ids: PersonId[], renew: boolean) => {
    if (is_making) return;
    setMaking(true);
    setTrouble("");
    const answer = await proved(() =>
      requests.makeLinks(period, { people: ids, ...(renew ? { renew } : {}) }),
    );
    setMaking(false);
    if (!answer) return;
    if (answer.kind !== "ok")
      return setTrouble(answer.kind === "refused" ? refusalText(answer.refusal) : t.unreachable);
    announcer.say(t.made_count(answer.value.invitations.length));
    setBatch(answer.value.invitations);
    onChange();
  };
  if (batch.length > 0)
    return (
      <>
        <h1>{t.links}</h1>
        <SeasonBatch
          requests={requests}
          season={season}
          invitations={batch}
          onTold={onChange}
          onPutAway={() => setBatch([])}
        />
      </>
    );
  return (
    <>
      {dialog}
      <p>
        <Button look="plain" icon={BackIcon} onPress={onClose}>
          {t.back_to_people}
        </Button>
      </p>
      <div>
        <h1>{t.links}</h1>
        <p class="quiet">{t.links_what}</p>
      </div>
      {mails.value && !is_mail_on && <Note icon={InfoIcon} title={t.mail_off} />}
      <section class="sheet" aria-labelledby={title}>
        <div class="sheet-h">
          <h2 id={title}>{t.by_hand}</h2> <span class="count num">{by_hand.length}</span>
          <span class="push">
            <Button
              look={is_mail_on ? undefined : "main"}
              icon={LinkIcon}
              unusable_because={unmade.length === 0 ? t.make_none : undefined}
              onPress={() =>
                void make(
                  unmade.map(({ person }) => person),
                  false,
                )
              }
            >
              {unmade.length === 0 ? t.make_none : t.make(unmade.length)}
            </Button>
          </span>
        </div>
        <p class="quiet">{by_hand.length === 0 ? t.by_hand_none : t.by_hand_what}</p>
        {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
        <ul class="lines roster">
          {by_hand.map((one) => (
            <li key={one.person}>
              <span>
                <b dir="auto">{one.name}</b> <span class="small quiet">{one.supervisor}</span>
              </span>
              <LinkBadge person={one} />
              {one.link !== "none" && (
                <>
                  <Button look="plain" icon={RoundIcon} onPress={() => void make([one.person], true)}>
                    {t.link_new} <span class="vh">: {one.name}</span>
                  </Button>
                  <Told name={one.name} tell={() => requests.told(period, one.person)} onTold={onChange} />
                </>
              )}
            </li>
          ))}
        </ul>
      </section>
      <MailSheet
        asked={mails}
        people={people}
        meant={people.filter(isMailed).length}
        words={{
          title: t.mail_title,
          what: t.mail_what,
          none: t.mail_none,
          send: t.mail_send,
          queued: t.mail_queued,
          sentAt: (utc) => t.mail_sent_at(shortDate(utc), clockTime(utc)),
        }}
        send={(to) => requests.mail(period, to ? { people: to } : {})}
        onSent={onChange}
      />
    </>
  );
}

/** How the season's link stands with somebody. */
export function LinkBadge({ person }: { person: Pick<SeasonPerson, "link" | "link_at"> }) {
  const t = useTexts(peopleTexts);
  const { link, link_at } = person;
  const dated = (words: string) => (link_at === undefined ? words : t.on_day(words, shortDate(link_at)));
  if (link === "mailed" || link === "told")
    return (
      <Badge look="good" icon={link === "told" ? CallIcon : CheckIcon}>
        {dated(link === "told" ? t.link_told : t.link_mailed)}
      </Badge>
    );
  if (link === "failed")
    return (
      <Badge look="stop" icon={WarnIcon}>
        {t.link_failed}
      </Badge>
    );
  return (
    <Badge look="wait" icon={MailIcon}>
      {link === "made" ? t.link_made : t.link_none}
    </Badge>
  );
}
