import "../style/programme.css";
import "../style/phone_day.css";
import type { PhoneDayListed } from "@protocol/api";
import { useDayWords } from "../absences/day_words";
import { useAsked } from "../coordinator/asked";
import { clockSpan } from "../text/times";
import { useTexts } from "../view/app";
import { Failed } from "../view/failed";
import { CallDay, type PhoneDayProps } from "./call_day";
import { phoneDayTexts } from "./text";

export { phoneDayRequests } from "./requests";

/** The days by phone that one sees somebody of, or one of them (`within`); a single one opens by itself. */
export function PhoneDayPage(props: PhoneDayProps & { within: string }) {
  const { requests, within, ...rest } = props;
  const t = useTexts(phoneDayTexts);
  const asked = useAsked(() => requests.days(), [requests]);
  const days = asked.value?.days ?? [];
  const only = days.length === 1 ? days[0]?.session : undefined;
  const session = within ? Number(within) : only;
  if (session)
    return (
      <CallDay key={session} requests={requests} session={session} {...rest} has_more={days.length > 1} />
    );
  return (
    <>
      <h1>{t.title}</h1>
      {asked.answer !== null && asked.answer.kind !== "ok" && (
        <Failed title={t.days_failed} onAgain={asked.ask} />
      )}
      {asked.value && days.length === 0 && (
        <p>
          <b>{t.no_days}</b> {t.no_days_what}
        </p>
      )}
      {days.length > 0 && (
        <ul class="todo lines sheet">
          {days.map((day) => (
            <DayLine key={day.session} day={day} />
          ))}
        </ul>
      )}
    </>
  );
}

function DayLine({ day }: { day: PhoneDayListed }) {
  const t = useTexts(phoneDayTexts);
  const dayWords = useDayWords();
  const { session, starts_at, ends_at, people, to_call, phase } = day;
  return (
    <li>
      <div class="grow">
        <h2>
          <a href={`#phone_days/${session}`}>
            {dayWords(starts_at)} {clockSpan(starts_at, ends_at)}
          </a>
        </h2>
        <p class="quiet" dir="auto">
          {phase === "planned" ? t.day_line(people, to_call) : t.day_ended}
          {day.period && ` ${day.period}`}
        </p>
      </div>
    </li>
  );
}
