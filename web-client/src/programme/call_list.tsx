import type { PersonId } from "@protocol";
import type { CallRow, CancelledShown, CancellingShown, TextMessage } from "@protocol/api";
import { useId, useState } from "preact/hooks";
import { isoDate, shortDate } from "../coordinator/dates";
import { fileName, saveFile } from "../page/save_file";
import { clockTime } from "../text/times";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import {
  BubbleIcon,
  CheckIcon,
  FileIcon,
  type IconComponent,
  InfoIcon,
  MailIcon,
  PeopleIcon,
  RoundIcon,
  WarnIcon,
} from "../view/icons";
import { Badge, Note } from "../view/marks";
import { PhoneNumber, texted } from "../view/phone";
import { region } from "../view/regions";
import { dayOf } from "./days";
import { BackIcon, DayOffIcon } from "./icons";
import { PhoneIcon, PrintIcon } from "./people_icons";
import type { CancelledSession, CancelRequests } from "./people_requests";
import { cancelTexts } from "./text/cancel";

/** One way in which people are told, and how many. */
export function Reach(props: { icon: IconComponent; title: string; what: string; count: number }) {
  const { icon: Icon, title, what, count } = props;
  return (
    <li>
      <Icon />
      <div class="grow">
        <h3>{title}</h3>
        <p class="quiet">{what}</p>
      </div>
      <b class="fig num">{count}</b>
    </li>
  );
}

/** What was noted here and the server has not got yet. */
interface Noted {
  readonly answered: boolean;
  readonly is_failed: boolean;
}

/** After a day has been cancelled: who is still to be called, and that the others know. */
export function CallList(props: {
  requests: CancelRequests;
  session: CancelledSession;
  shown: CancellingShown;
  cancelled: CancelledShown;
  onShown: (shown: CancellingShown) => void;
  back_to: string;
}) {
  const { requests, session, shown, cancelled, onShown, back_to } = props;
  const t = useTexts(cancelTexts);
  const { announcer, language } = useApp();
  const [noted, setNoted] = useState<ReadonlyMap<PersonId, Noted>>(new Map());
  const id = useId();
  const day = dayOf(isoDate(session.starts_at), language.value);

  const note = async (person: PersonId, answered: boolean) => {
    setNoted((known) => new Map([...known, [person, { answered, is_failed: false }]]));
    const answer = await requests.call(session.id, { person, answered });
    if (answer.kind === "ok") {
      setNoted((known) => new Map([...known].filter(([one]) => one !== person)));
      return onShown(answer.value);
    }
    setNoted((known) => new Map([...known, [person, { answered, is_failed: true }]]));
    announcer.say(t.not_saved);
  };
  const isTold = ({ person, told_at }: CallRow) =>
    told_at !== undefined || noted.get(person)?.answered === true;
  const told = shown.calls.filter(isTold).length;
  const missed = shown.calls.filter((row) => !isTold(row) && row.tries > 0);
  return (
    <main id="main" class="wide" {...region}>
      <p class="no-print">
        <a class="with-i" href={`#${back_to}`}>
          <BackIcon /> <bdi>{session.theme}</bdi>
        </a>
      </p>
      <div class="sheet-h">
        <div>
          <h1>{t.calls_title(day)}</h1>
          <p class="quiet">
            {t.cancelled_by(
              session.theme,
              cancelled.by,
              shortDate(cancelled.at),
              clockTime(cancelled.at),
              t.reasons[cancelled.why],
            )}
          </p>
        </div>
        <span class="push">
          <Badge look="strong" icon={DayOffIcon}>
            {t.cancelled}
          </Badge>
        </span>
      </div>
      <div class="split">
        <section class="sheet call-list" aria-labelledby={id}>
          <div class="sheet-h">
            <h2 id={id}>{t.call_these}</h2>{" "}
            <span class="count num">
              {told} / {shown.calls.length}
            </span>
            {shown.calls.length > 0 && (
              <span class="push no-print">
                <Button icon={PrintIcon} onPress={() => window.print()}>
                  {t.print}
                </Button>
              </span>
            )}
          </div>
          {shown.calls.length === 0 ? (
            <p class="quiet">{t.call_none}</p>
          ) : (
            <>
              <p>
                {t.say} <b dir="auto">{cancelled.words}</b>
              </p>
              <ul class="todo lines foot">
                {shown.calls.map((row) => (
                  <Call
                    key={row.person}
                    row={row}
                    noted={noted.get(row.person)}
                    onNote={(answered) => void note(row.person, answered)}
                  />
                ))}
              </ul>
              <p class="quiet foot">{told === shown.calls.length ? t.all_told : t.shown_to_others}</p>
            </>
          )}
        </section>
        <div class="no-print">
          <section class="sheet" aria-labelledby={`${id}-others`}>
            <div class="sheet-h">
              <h2 id={`${id}-others`}>{t.others}</h2>
            </div>
            <ul class="todo lines">
              <Reach icon={PhoneIcon} title={t.how_page} what={t.opened(shown.opened)} count={shown.people} />
              <Reach icon={MailIcon} title={t.how_mail} what={t.by_mail} count={shown.by_mail} />
              <Reach
                icon={PeopleIcon}
                title={t.supervisors}
                what={t.supervisors_what}
                count={shown.supervisors}
              />
            </ul>
          </section>
          <Texts session={session} shown={shown} />
          {missed.length > 0 && (
            <Note icon={InfoIcon} title={t.not_reached(missed.map(({ name }) => name).join(", "))}>
              {t.not_reached_what}
            </Note>
          )}
        </div>
      </div>
    </main>
  );
}

function Call(props: { row: CallRow; noted: Noted | undefined; onNote: (answered: boolean) => void }) {
  const { row, noted, onNote } = props;
  const t = useTexts(cancelTexts);
  const is_told = row.told_at !== undefined || noted?.answered === true;
  const facts = [
    row.supervisor && `${row.supervisor}.`,
    row.told_at !== undefined
      ? t.told_at(clockTime(row.told_at), row.told_by ?? "")
      : row.tried_at !== undefined
        ? t.tried_at(clockTime(row.tried_at), row.tries)
        : "",
    row.phone ? "" : t.no_phone,
  ];
  return (
    <li>
      <div class="grow">
        <label class="tick">
          <input
            type="checkbox"
            checked={is_told}
            aria-disabled={row.told_at !== undefined}
            onClick={(event) => {
              // What has been told is told: a press more takes nothing back, and sends again what was not sent.
              if (is_told) event.preventDefault();
              if (row.told_at === undefined && !(noted?.answered && !noted.is_failed)) onNote(true);
            }}
          />{" "}
          <span>
            <b dir="auto">{row.name}</b>
            <span class="line small quiet">{facts.filter(Boolean).join(" ")}</span>
          </span>
        </label>
      </div>
      {noted?.is_failed ? (
        <span class="with-i small">
          <WarnIcon /> <span>{t.not_saved}</span>
          <Button icon={RoundIcon} label={t.again_of(row.name)} onPress={() => onNote(noted.answered)}>
            {t.again}
          </Button>
        </span>
      ) : (
        !is_told && (
          <span class="no-print">
            <Button look="plain" label={t.no_answer_of(row.name)} onPress={() => onNote(false)}>
              {t.no_answer}
            </Button>
          </span>
        )
      )}
      {row.phone && <PhoneNumber phone={row.phone} />}
    </li>
  );
}

/** Text messages of one's own telephone, one by one, and a file for a service of the city. */
function Texts({ session, shown }: { session: CancelledSession; shown: CancellingShown }) {
  const t = useTexts(cancelTexts);
  const id = useId();
  const [opened, setOpened] = useState<ReadonlySet<PersonId>>(new Set());
  if (shown.by_text === 0 && shown.texts.length === 0) return null;
  const save = () =>
    saveFile(
      new Blob([textsFile(shown.texts, [t.texts_number, t.texts_text])], { type: "text/csv;charset=utf-8" }),
      fileName([t.texts_file_name, session.theme, isoDate(session.starts_at)], "csv"),
    );
  return (
    <section class="sheet" aria-labelledby={id}>
      <div class="sheet-h">
        <h2 id={id}>{t.texts}</h2> <span class="count num">{shown.by_text}</span>
      </div>
      {shown.texts.length === 0 ? (
        <p class="quiet">{t.texts_night}</p>
      ) : (
        <>
          <p class="quiet">{t.texts_what}</p>
          <ul class="lines roster">
            {shown.texts.map(({ person, name, phone, text }) => (
              <li key={person}>
                <span>
                  <a
                    class="btn plain"
                    href={texted(phone, text)}
                    aria-label={t.text_to(name)}
                    onClick={() => setOpened(new Set([...opened, person]))}
                  >
                    <BubbleIcon /> <bdi>{name}</bdi>
                  </a>
                </span>
                {opened.has(person) && (
                  <Badge look="good" icon={CheckIcon}>
                    {t.text_opened}
                  </Badge>
                )}
              </li>
            ))}
          </ul>
          <p class="foot">
            <Button icon={FileIcon} onPress={save}>
              {t.texts_file}
            </Button>
          </p>
        </>
      )}
    </section>
  );
}

/** Number and text, a line for each, as spreadsheets of the city read it. */
export function textsFile(texts: readonly TextMessage[], headings: readonly [string, string]): string {
  const cell = (words: string) => `"${words.replaceAll('"', '""')}"`;
  const lines = texts.map(({ phone, text }) => `${cell(phone)};${cell(text)}`);
  return `\ufeff${[headings.join(";"), ...lines].join("\r\n")}\r\n`;
}
