import type { Invitation, SessionShown } from "@protocol/api";
import { useEffect, useState } from "preact/hooks";
import { fileName, saveFile } from "../page/save_file";
import { clockSpan, dayText } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CalendarIcon, CheckIcon, CopyIcon, FileIcon, InfoIcon, WarnIcon } from "../view/icons";
import { Badge, Note } from "../view/marks";
import { isoDate } from "./dates";
import type { Office } from "./office";
import { Qr } from "./qr";
import { codeText, spokenCode } from "./spoken_code";
import { officeTexts } from "./text";

/** Invitations just made: the only time that their links are seen. So they can be copied, printed and saved. */
export function InvitationBatch(props: {
  office: Office;
  session: SessionShown;
  invitations: readonly Invitation[];
  onPutAway: () => void;
}) {
  const { office, session, invitations, onPutAway } = props;
  const [trouble, setTrouble] = useState("");
  const t = useTexts(officeTexts);
  const c = useCommon();
  const [printed, setPrinted] = useState<readonly Invitation[] | null>(null);
  const [is_asking, setAsking] = useState(false);

  // Leaving the page would lose the links: the browser asks first.
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, []);
  // The sheets are drawn, then printed, then taken away.
  useEffect(() => {
    if (!printed) return;
    window.print();
    setPrinted(null);
  }, [printed]);

  const save = async (format: "xlsx" | "csv" | "ics", which: readonly Invitation[]) => {
    const answer = await office.sheet(session.id, format, which);
    if (answer.kind !== "ok") return setTrouble(t.unreachable);
    setTrouble("");
    const names =
      format === "ics" ? [t.file_invitation, String(which[0]?.person ?? "")] : [t.file_invitations];
    saveFile(answer.value, fileName([...names, session.theme, isoDate(session.starts_at)], format));
  };
  return (
    <section class="sheet batch" aria-labelledby="batch-title">
      <div class="sheet-h">
        <h2 id="batch-title">{t.made}</h2> <span class="count num">{invitations.length}</span>
        <span class="push">
          <Button icon={FileIcon} onPress={() => void save("xlsx", invitations)}>
            {t.download}
          </Button>
        </span>
        <Button icon={FileIcon} onPress={() => void save("csv", invitations)}>
          {t.download_csv}
        </Button>
        <Button icon={FileIcon} onPress={() => setPrinted(invitations)}>
          {t.print_all}
        </Button>
        <Button icon={CheckIcon} onPress={() => setAsking(true)}>
          {t.put_away}
        </Button>
      </div>
      <Note icon={InfoIcon} title={t.made_once} />
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      <ul class="lines">
        {invitations.map((invitation) => (
          <li key={invitation.link}>
            <OneInvitation
              invitation={invitation}
              onPrint={() => setPrinted([invitation])}
              onCalendar={() => void save("ics", [invitation])}
            />
          </li>
        ))}
      </ul>
      {printed && (
        <div class="print-only">
          {printed.map((invitation) => (
            <PrintSheet key={invitation.link} session={session} invitation={invitation} />
          ))}
        </div>
      )}
      {is_asking && (
        <Dialog title={t.put_away_title} onClose={() => setAsking(false)}>
          <p class="lead">{t.put_away_what}</p>
          <div class="row foot">
            <Button look="main" icon={CheckIcon} onPress={onPutAway}>
              {t.put_away_yes}
            </Button>
            <Button onPress={() => setAsking(false)}>{c.cancel}</Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}

function OneInvitation(props: { invitation: Invitation; onPrint: () => void; onCalendar: () => void }) {
  const { invitation, onPrint, onCalendar } = props;
  const { name, role, link, code } = invitation;
  const t = useTexts(officeTexts);
  const c = useCommon();
  const { announcer, language } = useApp();
  const [said, setSaid] = useState("");
  const copy = async () => {
    let words = t.copied;
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      // Forbidden, or a page that is not served securely.
      words = t.copy_failed;
    }
    setSaid(words);
    announcer.say(words);
  };
  return (
    <article class="one-invite" aria-label={t.invitation_of(name)}>
      <div class="sheet-h">
        <h3 dir="auto">{name}</h3> {role !== "participant" && <Badge>{c.roles[role]}</Badge>}
      </div>
      <div class="invite">
        <Qr link={link} label={t.qr(name)} />
        <div class="stack">
          {code && (
            <div>
              <h4>{t.code}</h4>
              <p class="code">{codeText(code)}</p>
              <p class="quiet">{t.read_so(spokenCode(code, language.value))}</p>
            </div>
          )}
          <div>
            <h4>{t.link}</h4>
            <p class="secret">{link}</p>
          </div>
          <div class="row">
            <Button icon={CopyIcon} onPress={() => void copy()}>
              {t.copy} <span class="vh">: {name}</span>
            </Button>
            <Button icon={FileIcon} onPress={onPrint}>
              {t.print} <span class="vh">: {name}</span>
            </Button>
            <Button icon={CalendarIcon} onPress={onCalendar}>
              {t.calendar} <span class="vh">: {name}</span>
            </Button>
            <span class="quiet small">{said}</span>
          </div>
        </div>
      </div>
    </article>
  );
}

/** One sheet of paper for one person. */
function PrintSheet({ session, invitation }: { session: SessionShown; invitation: Invitation }) {
  const t = useTexts(officeTexts);
  const { language } = useApp();
  return (
    <article class="paper">
      <h1>{t.print_come}</h1>
      <p class="lead">
        <b dir="auto">{session.theme}</b>.{" "}
        {t.when(
          dayText(session.starts_at, language.value),
          clockSpan(session.starts_at, session.ends_at),
          session.series,
        )}
      </p>
      <p dir="auto">{invitation.name}</p>
      <Qr link={invitation.link} label={t.qr(invitation.name)} />
      <p>{t.print_how}</p>
      <p class="secret">{invitation.link}</p>
      {invitation.code && <p class="code">{codeText(invitation.code)}</p>}
      {session.help_phone && <p>{t.print_call(session.help_phone)}</p>}
    </article>
  );
}
