import type { PersonData } from "@protocol/api";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { reasonWords } from "../absences/reason_words";
import { attendanceTexts } from "../attendance/text";
import { dateText, fullDate } from "../coordinator/dates";
import { BackIcon } from "../programme/icons";
import { PrintIcon } from "../programme/people_icons";
import { clockTime } from "../text/times";
import { useTexts } from "../view/app";
import { Button } from "../view/button";
import { keepingTexts } from "./text";

const at = (utc: number) => `${fullDate(utc)} ${clockTime(utc)}`;

/** All that is known of a person, to be read and printed for them. Nobody else's name or words are in it. */
export function DataPage({ data, onBack }: { data: PersonData; onBack: () => void }) {
  const t = useTexts(keepingTexts);
  const a = useTexts(attendanceTexts);
  const reasons = useTexts(reasonWords);
  const known: readonly (readonly [string, string | undefined])[] = [
    [t.data.decision, data.decision],
    [t.data.phone, data.phone],
    [t.data.email, data.email],
    [t.data.needs, data.needs],
    [t.data.best_time, data.best_time],
    [t.data.supervisor, data.has_supervisor ? t.yes : t.no],
    [t.data.sms, data.sms_allowed ? t.yes : t.no],
    [t.data.links, String(data.links)],
    [t.data.letters, String(data.letters)],
  ];
  return (
    <article class="stack">
      <p class="row no-print">
        <Button icon={BackIcon} onPress={onBack}>
          {t.back}
        </Button>
        <Button icon={PrintIcon} onPress={() => window.print()}>
          {t.print}
        </Button>
      </p>
      <header>
        <h1 dir="auto">{t.data_title(data.name)}</h1>
        <p class="quiet">{t.data_made(at(data.made_at))}</p>
      </header>
      <Part title={t.data.known}>
        <ul>
          {known.map(
            ([label, value]) =>
              value && (
                <li key={label} dir="auto">
                  <b>{label}:</b> {value}
                </li>
              ),
          )}
        </ul>
      </Part>
      <Part title={t.data.enrolments} count={data.enrolments.length}>
        <ul>
          {data.enrolments.map((one) => (
            <li key={`${one.period} ${one.package} ${one.first_day}`} dir="auto">
              {[
                one.period,
                one.package,
                `${dateText(one.first_day)}–${dateText(one.last_day)}`,
                one.kind,
                ...one.reasons,
              ]
                .filter(Boolean)
                .join(" · ")}
            </li>
          ))}
        </ul>
      </Part>
      <Part title={t.data.days} count={data.days.length}>
        <ul>
          {data.days.map((day) => (
            <li key={`${day.starts_at} ${day.theme}`} dir="auto">
              {[
                `${at(day.starts_at)} ${day.series}: ${day.theme}`,
                day.decision,
                day.mark && t.data.mark(t.marks[day.mark], day.minutes),
                day.mark_reason,
                day.was_corrected && t.data.corrected(day.was_corrected),
                day.connected_seconds !== undefined &&
                  t.data.connected(Math.round(day.connected_seconds / 60)),
                day.turns !== undefined && t.data.turns(day.turns),
                day.messages !== undefined && t.data.messages(day.messages),
                day.absence_told_at !== undefined && t.data.absence(at(day.absence_told_at)),
                day.absence_reason && reasons[day.absence_reason],
                day.absence_note,
              ]
                .filter(Boolean)
                .join(" · ")}
            </li>
          ))}
        </ul>
      </Part>
      <Part title={t.data.said} count={data.said.length}>
        <ul>
          {data.said.map((one, index) => (
            <li key={index} dir="auto">
              <span class="quiet">
                {at(one.at)} {one.theme} · {t.data.said_kinds[one.kind]}:
              </span>{" "}
              {one.text}
            </li>
          ))}
        </ul>
      </Part>
      <Part title={t.data.work} count={data.work.length}>
        {data.work.map((one) => (
          <section key={`${one.saved_at} ${one.title}`}>
            <h3 dir="auto">
              {fullDate(one.saved_at)} {one.title}
            </h3>
            {one.texts.map((text) => (
              <p key={text} dir="auto">
                {text}
              </p>
            ))}
            {one.other_texts.map((text) => (
              <p key={text} dir="auto">
                {t.data.other_text}: {text}
              </p>
            ))}
            {one.answers.map((text) => (
              <p key={text} dir="auto">
                {t.data.answer}: {text}
              </p>
            ))}
            {one.thanks && (
              <p dir="auto">
                {t.data.thanks}: {one.thanks}
              </p>
            )}
            {one.call_back && (
              <p>
                {t.data.call_back}: {one.call_back}
              </p>
            )}
            {one.photos.map((photo) => (
              <p key={photo.added_at} dir="auto">
                {t.data.photo}: {photo.description || t.data.no_description}
              </p>
            ))}
          </section>
        ))}
      </Part>
      <Part title={t.data.calls} count={data.calls.length}>
        <ul>
          {data.calls.map((one) => (
            <li key={one.starts_at} dir="auto">
              {[at(one.starts_at), one.place, one.task, one.note, one.agreed].filter(Boolean).join(" · ")}
            </li>
          ))}
        </ul>
      </Part>
      <Part title={t.data.looks} count={data.looks.length}>
        <p class="quiet">{t.data.looks_what}</p>
        <ul>
          {data.looks.map((one, index) => (
            <li key={index}>
              {at(one.at)} {one.role ? t.data.roles[one.role] : t.data.by_link}{" "}
              {a.audit_acts[one.act] ?? one.act}
            </li>
          ))}
        </ul>
      </Part>
    </article>
  );
}

/** A part of what is known; one that is empty says so. */
function Part({ title, count, children }: { title: string; count?: number; children: ComponentChildren }) {
  const t = useTexts(keepingTexts);
  const id = useId();
  return (
    <section class="sheet" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {count === 0 ? <p class="quiet">{t.data.nothing}</p> : children}
    </section>
  );
}
