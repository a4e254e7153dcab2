import type { Invitation, SessionShown, SheetFormat } from "@protocol/api";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import { fileName, saveFile } from "../page/save_file";
import { useProof } from "../staff/proof";
import { clockSpan, dayText } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CalendarIcon, CheckIcon, CopyIcon, FileIcon, InfoIcon, WarnIcon } from "../view/icons";
import { Badge, Note } from "../view/marks";
import { isoDate } from "./dates";
import { Qr } from "./qr";
import { codeText, spokenCode } from "./spoken_code";
import { officeTexts } from "./text";

/** What links open: it stands on each paper and in the names of the files. */
export interface Occasion {
  readonly name: string;
  /** A sentence beside the name. */
  readonly when: string;
  readonly file: readonly string[];
  readonly help_phone?: string | undefined;
}

/** The occasion of one session's invitations. */
export function useSessionOccasion(): (session: SessionShown) => Occasion {
  const t = useTexts(officeTexts);
  const { language } = useApp();
  return ({ theme, series, starts_at, ends_at, help_phone }) => ({
    name: theme,
    when: t.when(dayText(starts_at, language.value), clockSpan(starts_at, ends_at), series),
    file: [theme, isoDate(starts_at)],
    help_phone,
  });
}

/** Links just made: the only time that they are seen. So they can be copied, printed and saved. */
export function InvitationBatch(props: {
  title: string;
  occasion: Occasion;
  invitations: readonly Invitation[];
  sheet: (format: SheetFormat, invitations: readonly Invitation[]) => Promise<Answer<Blob>>;
  /** False where no one day is meant. */
  has_calendar?: boolean;
  /** False where no file may name people. */
  has_list?: boolean;
  /** What else may be done with one of them. */
  acts?: (invitation: Invitation) => ComponentChildren;
  onPutAway: () => void;
}) {
  const {
    title,
    occasion,
    invitations,
    sheet,
    has_calendar = true,
    has_list = true,
    acts,
    onPutAway,
  } = props;
  const { proved, dialog } = useProof();
  const [trouble, setTrouble] = useState("");
  const t = useTexts(officeTexts);
  const c = useCommon();
  const [printed, setPrinted] = useState<readonly Invitation[] | null>(null);
  const [is_asking, setAsking] = useState(false);
  /** Where a press on another page of ours would have led. */
  const [wanted, setWanted] = useState<string | null>(null);

  // Leaving the page would lose the links: the browser asks first, and we where the browser stays.
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    const hold = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
      if (!link) return;
      event.preventDefault();
      event.stopPropagation();
      setWanted(link.getAttribute("href"));
      setAsking(true);
    };
    addEventListener("beforeunload", warn);
    document.addEventListener("click", hold, true);
    return () => {
      removeEventListener("beforeunload", warn);
      document.removeEventListener("click", hold, true);
    };
  }, []);
  const stay = () => {
    setAsking(false);
    setWanted(null);
  };
  const leave = () => {
    onPutAway();
    if (wanted !== null) location.hash = wanted;
  };
  // The sheets are drawn, then printed, then taken away.
  useEffect(() => {
    if (!printed) return;
    window.print();
    setPrinted(null);
  }, [printed]);

  const save = async (format: SheetFormat, which: readonly Invitation[]) => {
    const answer = await proved(() => sheet(format, which));
    if (!answer) return;
    if (answer.kind !== "ok") return setTrouble(t.unreachable);
    setTrouble("");
    const names =
      format === "ics" ? [t.file_invitation, String(which[0]?.person ?? "")] : [t.file_invitations];
    saveFile(answer.value, fileName([...names, ...occasion.file], format));
  };
  return (
    <section class="sheet batch" aria-labelledby="batch-title">
      {dialog}
      <div class="sheet-h">
        <h2 id="batch-title">{title}</h2> <span class="count num">{invitations.length}</span>
        {has_list && (
          <>
            <span class="push">
              <Button icon={FileIcon} onPress={() => void save("xlsx", invitations)}>
                {t.download}
              </Button>
            </span>
            <Button icon={FileIcon} onPress={() => void save("csv", invitations)}>
              {t.download_csv}
            </Button>
          </>
        )}
        <Button class={has_list ? "" : "push"} icon={FileIcon} onPress={() => setPrinted(invitations)}>
          {t.print_all}
        </Button>
        <Button icon={CheckIcon} onPress={() => setAsking(true)}>
          {t.put_away}
        </Button>
      </div>
      <Note icon={InfoIcon} title={t.made_once}>
        {!has_list && t.no_list}
      </Note>
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      <ul class="lines">
        {invitations.map((invitation) => (
          <li key={invitation.link}>
            <OneInvitation
              invitation={invitation}
              onPrint={() => setPrinted([invitation])}
              onCalendar={has_calendar ? () => void save("ics", [invitation]) : null}
              acts={acts?.(invitation)}
            />
          </li>
        ))}
      </ul>
      {printed && (
        <div class="print-only">
          {printed.map((invitation) => (
            <PrintSheet key={invitation.link} occasion={occasion} invitation={invitation} />
          ))}
        </div>
      )}
      {is_asking && (
        <Dialog title={t.put_away_title} onClose={stay}>
          <p class="lead">{t.put_away_what}</p>
          <div class="row foot">
            <Button look="main" icon={CheckIcon} onPress={leave}>
              {t.put_away_yes}
            </Button>
            <Button onPress={stay}>{c.cancel}</Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}

function OneInvitation(props: {
  invitation: Invitation;
  onPrint: () => void;
  onCalendar: (() => void) | null;
  acts: ComponentChildren;
}) {
  const { invitation, onPrint, onCalendar, acts } = props;
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
            {onCalendar && (
              <Button icon={CalendarIcon} onPress={onCalendar}>
                {t.calendar} <span class="vh">: {name}</span>
              </Button>
            )}
            {acts}
            <span class="quiet small">{said}</span>
          </div>
        </div>
      </div>
    </article>
  );
}

/** One sheet of paper for one person. */
function PrintSheet({ occasion, invitation }: { occasion: Occasion; invitation: Invitation }) {
  const t = useTexts(officeTexts);
  return (
    <article class="paper">
      <h1>{t.print_come}</h1>
      <p class="lead">
        <b dir="auto">{occasion.name}</b>. {occasion.when}
      </p>
      <p dir="auto">{invitation.name}</p>
      <Qr link={invitation.link} label={t.qr(invitation.name)} />
      <p>{t.print_how}</p>
      <p class="secret">{invitation.link}</p>
      {invitation.code && <p class="code">{codeText(invitation.code)}</p>}
      {occasion.help_phone && <p>{t.print_call(occasion.help_phone)}</p>}
    </article>
  );
}
