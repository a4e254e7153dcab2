import "../style/programme.css";
import type { KeepingAnswer, KeepingCount, PersonData, SessionListed } from "@protocol/api";
import { useEffect, useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import { type Asked, useAsked } from "../coordinator/asked";
import { shortDate } from "../coordinator/dates";
import { PrintIcon } from "../programme/people_icons";
import { useProof } from "../staff/proof";
import { useStaffRefusalText } from "../staff/refusal_text";
import { clockTime } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, InfoIcon, PlayIcon, RoundIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { DataPage } from "./data_page";
import { HoldsSheet } from "./holds_sheet";
import { LogSheet } from "./log_sheet";
import { RequestSheet } from "./request_sheet";
import type { Change, KeepingRequests } from "./requests";
import { RulesSheet } from "./rules_sheet";
import { keepingTexts } from "./text";

/** What is kept how long, what was erased, holds, and what a person asks for. */
export function KeepingPage(props: {
  requests: KeepingRequests;
  /** Of all series: those that may be held. */
  sessions: readonly SessionListed[];
}) {
  const { requests, sessions } = props;
  const asked = useAsked(() => requests.show(), [requests]);
  const [page, setPage] = useState<KeepingAnswer | null>(null);
  useEffect(() => {
    if (asked.value) setPage(asked.value);
  }, [asked.value]);
  const [data, setData] = useState<PersonData | null>(null);
  if (!page) return <NotYet asked={asked} />;
  if (data) return <DataPage data={data} onBack={() => setData(null)} />;
  return (
    <Pages
      requests={requests}
      sessions={sessions}
      page={page}
      onPage={setPage}
      onData={setData}
      onAgain={asked.ask}
    />
  );
}

function Pages(props: {
  requests: KeepingRequests;
  sessions: readonly SessionListed[];
  page: KeepingAnswer;
  onPage: (page: KeepingAnswer) => void;
  onData: (data: PersonData) => void;
  onAgain: () => void;
}) {
  const { requests, sessions, page, onPage, onData, onAgain } = props;
  const t = useTexts(keepingTexts);
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const { proved, dialog } = useProof();
  const [trouble, setTrouble] = useState("");
  const [tried, setTried] = useState<readonly KeepingCount[] | null>(null);

  const failed = (answer: Answer<unknown>) => {
    const words = answer.kind === "refused" ? refusalText(answer.refusal) : t.unreachable;
    announcer.say(words);
    setTrouble(words);
    return false;
  };
  const change: Change = async (ask, done) => {
    setTrouble("");
    const answer = await proved(ask);
    if (!answer) return false;
    if (answer.kind !== "ok") return failed(answer);
    onPage(answer.value);
    announcer.say(done);
    return true;
  };
  const tryIt = async () => {
    setTrouble("");
    const answer = await requests.tryIt();
    if (answer.kind !== "ok") return void failed(answer);
    setTried(answer.value.counts);
    announcer.say(t.tried);
  };
  return (
    <div class="stack">
      {dialog}
      <div class="sheet-h">
        <div class="grow">
          <h1>{t.title}</h1>
          <p class="quiet">{t.what}</p>
        </div>
        <p class="row no-print">
          <Button icon={PlayIcon} onPress={() => void tryIt()}>
            {t.try_it}
          </Button>
          <Button icon={PrintIcon} onPress={() => window.print()}>
            {t.print}
          </Button>
        </p>
      </div>
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      {tried && <Tried counts={tried} onClose={() => setTried(null)} />}
      <LastNight page={page} requests={requests} change={change} />
      {page.unsealed.length > 0 && (
        <Note icon={WarnIcon} title={t.unsealed(page.unsealed.length)}>
          <p>{t.unsealed_what}</p>
          <ul>
            {page.unsealed.map(({ session, theme, starts_at }) => (
              <li key={session}>
                <a href={`#attendance/${session}`} dir="auto">
                  {shortDate(starts_at)} {theme}
                </a>
              </li>
            ))}
          </ul>
        </Note>
      )}
      <div class="split">
        <div>
          <RulesSheet page={page} requests={requests} change={change} />
          <LogSheet runs={page.log} />
        </div>
        <div>
          <RequestSheet requests={requests} onData={onData} onErased={onAgain} />
          <HoldsSheet page={page} sessions={sessions} requests={requests} change={change} />
        </div>
      </div>
    </div>
  );
}

/** What would go now; nothing has. */
function Tried({ counts, onClose }: { counts: readonly KeepingCount[]; onClose: () => void }) {
  const t = useTexts(keepingTexts);
  const c = useCommon();
  const some = counts.filter(({ count }) => count > 0);
  return (
    <Note icon={InfoIcon} title={t.tried}>
      {some.length === 0 ? (
        <p>{t.nothing_would_go}</p>
      ) : (
        <ul>
          {some.map(({ rule, count }) => (
            <li key={rule}>
              {t.rules[rule]}: {t.counted[rule](count)}
            </li>
          ))}
        </ul>
      )}
      <p class="row">
        <Button onPress={onClose}>{c.close}</Button>
      </p>
    </Note>
  );
}

/** Whether the nights' job does its work. */
function LastNight(props: { page: KeepingAnswer; requests: KeepingRequests; change: Change }) {
  const { page, requests, change } = props;
  const t = useTexts(keepingTexts);
  const { last_run_at, failed_at, is_time_doubted, log } = page;
  const at = (utc: number) => `${shortDate(utc)} ${t.clock(clockTime(utc))}`;
  if (is_time_doubted)
    return (
      <Note look="stop" icon={WarnIcon} title={t.time_doubted}>
        <div class="row">
          <span class="grow">{t.time_doubted_what}</span>
          <Button
            onPress={() => void change(() => requests.confirmTime({ is_right: true }), t.time_confirmed)}
          >
            {t.time_is_right}
          </Button>
        </div>
      </Note>
    );
  if (failed_at !== undefined)
    return (
      <Note look="stop" icon={WarnIcon} title={t.night_failed(at(failed_at))}>
        <p>{t.night_failed_what}</p>
      </Note>
    );
  if (last_run_at === undefined) return <Note icon={InfoIcon} title={t.no_night} />;
  const night = log.find((run) => run.by === "night" && run.is_whole);
  const words = (night?.counts ?? []).map(({ rule, count }) => t.counted[rule](count)).join(", ");
  return (
    <Note look="good" icon={CheckIcon} title={t.night_went(at(last_run_at))}>
      <p>{words ? t.erased(words) : t.nothing_went}</p>
    </Note>
  );
}

function NotYet({ asked }: { asked: Asked<KeepingAnswer> }) {
  const t = useTexts(keepingTexts);
  const c = useCommon();
  if (!asked.answer || asked.answer.kind === "ok") return <p class="quiet">{t.loading}</p>;
  return (
    <Note look="stop" icon={WarnIcon} title={t.unreachable}>
      <Button icon={RoundIcon} onPress={asked.ask}>
        {c.try_now}
      </Button>
    </Note>
  );
}
