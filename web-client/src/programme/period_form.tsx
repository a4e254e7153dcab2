import type { FormFault, PeriodId, PeriodPreview, PeriodShown, SeriesId, SeriesShown } from "@protocol/api";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useStaffRefusalText } from "../staff/refusal_text";
import { useApp, useTexts } from "../view/app";
import { Button, IconButton } from "../view/button";
import {
  CalendarIcon,
  CheckIcon,
  CrossIcon,
  DownIcon,
  HourglassIcon,
  RoundIcon,
  UpIcon,
  WarnIcon,
} from "../view/icons";
import { Badge, Note } from "../view/marks";
import { region } from "../view/regions";
import { Switch } from "../view/switch";
import { dayOf } from "./days";
import { Fault, Field, goToFault, useFaults } from "./field";
import { BackIcon, DayOffIcon, PlusIcon, seriesIcon } from "./icons";
import { LinkButton } from "./link_button";
import {
  bodyOf,
  canPreview,
  decide,
  draftOf,
  exceptionsOf,
  fieldOfFault,
  moved,
  newDraft,
  newGroupDraft,
  type PeriodDraft,
  settled,
  withFirstDay,
  withSeries,
} from "./period_draft";
import { RemoveDraft } from "./remove_draft";
import type { ProgrammeRequests } from "./requests";
import { SeasonStrip } from "./season_strip";
import { previewStrip } from "./season_view";
import { Steps } from "./steps";
import { programmeTexts } from "./text";

const PREVIEW_MS = 400;
const DOORS_MINUTES = 30;
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** What the form of a group has beside that of a season. */
export interface OfGroup {
  /** Who leads it. */
  readonly fields: ComponentChildren;
  readonly is_stored: boolean;
  /** After the group itself. What is wrong, in words; empty when it is stored. */
  readonly store: (group: PeriodId) => Promise<string>;
}

/** A season, or a group: what is asked, what would come of it, and nothing is made before the bar says so. */
export function PeriodForm(props: {
  requests: ProgrammeRequests;
  series: readonly SeriesShown[];
  /** Not there: a new one. */
  period?: PeriodShown | undefined;
  /** Not there: it is a season. */
  of_group?: OfGroup | undefined;
  onChange: () => void;
  onMade: (period: PeriodId) => void;
  /** The draft is gone. */
  onRemoved: () => void;
}) {
  const { requests, series, period, of_group, onChange, onMade, onRemoved } = props;
  const t = useTexts(programmeTexts);
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const [draft, setDraft] = useState(() =>
    period ? draftOf(period.form) : of_group ? newGroupDraft(series) : newDraft(series),
  );
  const [id, setId] = useState<PeriodId | null>(period?.id ?? null);
  const [saved, setSaved] = useState(() => (period ? JSON.stringify(draftOf(period.form)) : ""));
  const [trouble, setTrouble] = useState("");
  const [is_saving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { faults, errors, setErrors } = useFaults((fault) => fieldOfFault(draft, fault));
  const { preview, is_asked, is_lost, askAgain } = usePreview(requests, draft, id, setDraft, setErrors);
  const body = bodyOf(draft, preview?.exceptions ?? []);
  const is_made = (preview?.made_days ?? 0) > 0;
  const is_stored = id !== null && saved === JSON.stringify(draft) && (of_group?.is_stored ?? true);
  const change = (part: Partial<PeriodDraft>) => {
    setTrouble("");
    setDraft({ ...draft, ...part });
  };

  const save = async (makes: boolean) => {
    if (is_saving) return;
    setSaving(true);
    setTrouble("");
    const answer = await (of_group
      ? id === null
        ? requests.saveGroup(body)
        : requests.changeGroup(id, body)
      : id === null
        ? requests.save(body)
        : requests.change(id, body));
    if (answer.kind === "ok") {
      setId(answer.value.id);
      setSaved(JSON.stringify(draft));
      const wrong = (await of_group?.store(answer.value.id)) ?? "";
      if (wrong) {
        setSaving(false);
        onChange();
        return setTrouble(wrong);
      }
      const made = makes ? await requests.make(answer.value.id) : null;
      setSaving(false);
      onChange();
      if (made === null) return announcer.say(t.draft_saved);
      if (made.kind === "ok") {
        announcer.say(t.made(made.value.created.length));
        return onMade(answer.value.id);
      }
      if (made.kind === "refused" && made.errors?.length) return setErrors(made.errors);
      return setTrouble(made.kind === "refused" ? refusalText(made.refusal) : t.saved_not_made);
    }
    setSaving(false);
    if (answer.kind === "refused" && answer.errors?.length) {
      setErrors(answer.errors);
      announcer.say(t.form_wrong);
      requestAnimationFrame(() => goToFault(form.current));
    } else setTrouble(answer.kind === "refused" ? refusalText(answer.refusal) : t.not_saved_here);
  };

  const days = preview?.new_days ?? 0;
  const missing = !draft.first_day.trim() || !draft.last_day.trim() ? t.days_missing : undefined;
  return (
    <>
      <main id="main" class="wide" {...region}>
        <div class="sheet-h">
          <div>
            <h1>{draft.name || (of_group ? t.new_group : t.new_period)}</h1>
            <p class="quiet">{is_made ? t.changes_what : t.draft_what}</p>
          </div>
          {!of_group && (
            <div class="push">
              <Steps now="period" />
            </div>
          )}
        </div>
        <form
          class="sheet shelf"
          aria-label={t.period_facts}
          ref={form}
          onSubmit={(event) => event.preventDefault()}
        >
          <div class="stack">
            <Field
              id="period-name"
              label={t.name}
              value={draft.name}
              onWrite={(name) => change({ name })}
              fault={faults.at.name}
              max={200}
            />
            <div class="halves">
              <Field
                id="period-first"
                label={t.first_day}
                value={draft.first_day}
                onWrite={(first_day) =>
                  change(withFirstDay(draft, first_day, of_group ? () => "" : t.season_name))
                }
                fault={faults.at.first_day}
                described_by="period-days-hint"
                max={40}
              />
              <Field
                id="period-last"
                label={t.last_day}
                value={draft.last_day}
                described_by="period-days-hint"
                onWrite={(last_day) => change({ last_day })}
                fault={faults.at.last_day}
                max={40}
              />
            </div>
            <p class="quiet small" id="period-days-hint">
              {t.day_hint}
            </p>
          </div>
          <div class="stack">
            <fieldset class="seg weekdays">
              <legend>{t.weekday}</legend>
              {WEEKDAYS.map((weekday) => (
                <label key={weekday}>
                  <input
                    type="radio"
                    name="weekday"
                    checked={draft.weekday === weekday}
                    onChange={() => change({ weekday })}
                  />{" "}
                  <span>{t.weekdays_short[weekday - 1]}</span>
                </label>
              ))}
            </fieldset>
            <div class="halves">
              <Field
                id="period-start"
                label={t.start}
                value={draft.start}
                onWrite={(start) => change({ start })}
                fault={faults.at.start}
                max={20}
              />
              <Field
                id="period-end"
                label={t.end}
                value={draft.end}
                onWrite={(end) => change({ end })}
                fault={faults.at.end}
                max={20}
              />
            </div>
            <Switch
              is_on={draft.doors_minutes > 0}
              onTurn={(is_on) => change({ doors_minutes: is_on ? DOORS_MINUTES : 0 })}
            >
              {t.doors}{" "}
              <small>{draft.doors_minutes > 0 ? t.doors_before(draft.doors_minutes) : t.doors_by_hand}</small>
            </Switch>
          </div>
          {of_group ? (
            <div class="stack">
              <OneSeries
                series={series}
                value={draft.series[0]}
                onChoose={(one) => change(withSeries(draft, series, one))}
                fault={faults.at.series}
              />
              {of_group.fields}
            </div>
          ) : (
            <Turns series={series} draft={draft} onChange={change} fault={faults.at.series} />
          )}
        </form>
        <Preview
          draft={draft}
          series={series}
          preview={preview}
          is_asked={is_asked}
          is_stored={is_stored}
          is_lost={is_lost}
          onAgain={askAgain}
        />
        {preview && <Exceptions draft={draft} preview={preview} onChange={change} onDraft={setDraft} />}
        {preview && <AllDays preview={preview} series={series} weekday={draft.weekday} />}
        {id !== null && (
          <RemoveDraft
            requests={requests}
            period={{ id, name: period?.form.name ?? draft.name }}
            has_days={is_made || (period?.days.some(({ session }) => session !== undefined) ?? false)}
            has_people={(period?.people ?? 0) > 0}
            onRemoved={() => {
              onRemoved();
              onChange();
            }}
          />
        )}
        <p>
          <LinkButton to={of_group ? "programme/groups" : "programme"} look="plain" icon={BackIcon}>
            {of_group ? t.back_to_groups : t.back}
          </LinkButton>
        </p>
      </main>
      <section class="seal" aria-label={t.make_title} {...region}>
        {trouble || errors.length > 0 ? <WarnIcon /> : is_stored ? <CheckIcon /> : <CalendarIcon />}
        <p class="grow">
          <b>{trouble || (errors.length > 0 ? t.form_wrong : is_stored ? t.draft_saved : t.nothing_saved)}</b>{" "}
          <span class="line">{faults.rest.join(" ") || t.only_missing}</span>
        </p>
        <Button look={is_made && days === 0 ? "main" : undefined} onPress={() => void save(false)}>
          {is_made ? t.save_changes : t.save_draft}
        </Button>
        {(!is_made || days > 0) && (
          <Button
            look="main"
            icon={CheckIcon}
            unusable_because={missing ?? (days === 0 ? t.no_days : undefined)}
            onPress={() => void save(true)}
          >
            {days > 0 ? t.make_days(days) : t.make_title}
          </Button>
        )}
      </section>
    </>
  );
}

/** What the draft would make: asked for again as it changes, a moment after the last key. */
function usePreview(
  requests: ProgrammeRequests,
  draft: PeriodDraft,
  id: PeriodId | null,
  setDraft: (draft: PeriodDraft) => void,
  setErrors: (errors: readonly FormFault[]) => void,
) {
  const { timers } = useApp();
  const [preview, setPreview] = useState<PeriodPreview | null>(null);
  const [is_asked, setAsked] = useState(false);
  const [is_lost, setLost] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const is_settled = useRef(id === null);
  const body = bodyOf(draft, preview?.exceptions ?? []);
  useEffect(() => {
    if (!canPreview(body)) return;
    let is_last = true;
    setAsked(true);
    const look = () => {
      void requests.preview(body, id).then((answer) => {
        if (!is_last) return;
        setAsked(false);
        setLost(answer.kind === "unreachable");
        if (answer.kind === "refused") setErrors(answer.errors ?? []);
        if (answer.kind !== "ok") return;
        setErrors([]);
        setPreview(answer.value);
        if (!is_settled.current) setDraft(settled(draft, answer.value));
        is_settled.current = true;
      });
    };
    // A period that is opened is whole: nobody is in the middle of a word.
    const is_typed = is_settled.current || attempt > 0;
    let callOff = () => {};
    if (is_typed) callOff = timers.after(PREVIEW_MS, look);
    else look();
    return () => {
      is_last = false;
      callOff();
    };
  }, [JSON.stringify(body), attempt]);
  return { preview, is_asked, is_lost, askAgain: () => setAttempt(attempt + 1) };
}

/** Of which series all days are. */
function OneSeries(props: {
  series: readonly SeriesShown[];
  value: SeriesId | undefined;
  onChoose: (series: SeriesId) => void;
  fault: string | undefined;
}) {
  const { series, value, onChoose, fault } = props;
  const t = useTexts(programmeTexts);
  return (
    <div class="field">
      <label for="group-series">{t.one_series}</label>
      <select
        id="group-series"
        value={value}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault && "group-series-fault"}
        onChange={(event) => onChoose(Number(event.currentTarget.value))}
      >
        {series.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <Fault id="group-series-fault" words={fault} />
    </div>
  );
}

/** In which order the series take turns, and which are left out. */
function Turns(props: {
  series: readonly SeriesShown[];
  draft: PeriodDraft;
  onChange: (part: Partial<PeriodDraft>) => void;
  fault: string | undefined;
}) {
  const { series, draft, onChange, fault } = props;
  const t = useTexts(programmeTexts);
  const { announcer } = useApp();
  const turns = draft.series;
  const nameOf = (wanted: number) => series.find(({ id }) => id === wanted)?.name ?? "";
  const move = (at: number, by: 1 | -1, name: string) => {
    onChange({ series: moved(turns, at, by) });
    announcer.say(t.moved(name, at + by + 1));
  };
  return (
    <div class="turns">
      <h2>{t.turns}</h2>
      <ol class="queue lines">
        {turns.map((id, at) => {
          const name = nameOf(id);
          const Icon = seriesIcon(series, id);
          return (
            <li key={id}>
              <span class="pos num" aria-hidden="true">
                {at + 1}
              </span>
              <div class="name">
                <Icon /> <span>{name}</span>
              </div>
              {turns.length > 1 && (
                <div class="acts">
                  <Move
                    icon={UpIcon}
                    name={t.up(name)}
                    is_end={at === 0}
                    onPress={() => move(at, -1, name)}
                  />
                  <Move
                    icon={DownIcon}
                    name={t.down(name)}
                    is_end={at === turns.length - 1}
                    onPress={() => move(at, 1, name)}
                  />
                  <IconButton
                    icon={CrossIcon}
                    class="plain"
                    name={t.leave_out(name)}
                    onPress={() => onChange({ series: turns.filter((one) => one !== id) })}
                  />
                </div>
              )}
            </li>
          );
        })}
      </ol>
      <div class="row">
        {series
          .filter(({ id }) => !turns.includes(id))
          .map(({ id, name }) => (
            <Button
              key={id}
              look="plain"
              icon={PlusIcon}
              onPress={() => onChange({ series: [...turns, id] })}
            >
              {t.take_in(name)}
            </Button>
          ))}
      </div>
      <Fault id="period-series-fault" words={fault} />
    </div>
  );
}

/** It stays where the focus is, though it can do nothing at the end of the list. */
function Move(props: { icon: typeof UpIcon; name: string; is_end: boolean; onPress: () => void }) {
  const { icon: Icon, name, is_end, onPress } = props;
  return (
    <button
      type="button"
      class="btn square"
      aria-label={name}
      title={name}
      aria-disabled={is_end ? "true" : undefined}
      onClick={is_end ? undefined : onPress}
    >
      <Icon />
    </button>
  );
}

function Preview(props: {
  draft: PeriodDraft;
  series: readonly SeriesShown[];
  preview: PeriodPreview | null;
  is_asked: boolean;
  is_stored: boolean;
  is_lost: boolean;
  onAgain: () => void;
}) {
  const { draft, series, preview, is_asked, is_stored, is_lost, onAgain } = props;
  const t = useTexts(programmeTexts);
  const is_first = preview === null;
  const strip = preview && previewStrip(preview, draft.series, series, t);
  const skipped = preview?.days.filter(({ series: one }) => one === undefined).length ?? 0;
  return (
    <section class="sheet" aria-labelledby="preview-title" aria-busy={is_asked}>
      <div class="sheet-h">
        <h2 id="preview-title">
          {is_first ? t.preview : t.days_come(preview.new_days, draft.weekday, preview.made_days)}
        </h2>{" "}
        {!is_first && !is_stored && (
          <Badge look="wait" icon={HourglassIcon}>
            {t.not_saved}
          </Badge>
        )}
      </div>
      {is_lost && (
        <Note look="stop" icon={WarnIcon} title={t.preview_lost}>
          <Button icon={RoundIcon} onPress={onAgain}>
            {t.again}
          </Button>
        </Note>
      )}
      {!strip ? (
        <p class="quiet">{t.preview_what}</p>
      ) : (
        <>
          <p>
            {draft.series
              .map((id) => t.of_series(series.find((one) => one.id === id)?.name ?? "", timesOf(preview, id)))
              .join(", ")}
            . {skipped > 0 && t.skipped_count(skipped, draft.weekday)}
          </p>
          <div class="foot">
            <SeasonStrip label={t.season} lanes={strip.lanes} days={strip.days} />
          </div>
        </>
      )}
    </section>
  );
}

const timesOf = ({ days }: PeriodPreview, id: number) => days.filter(({ series }) => series === id).length;

/** Days to think of: each is held or skipped. */
function Exceptions(props: {
  draft: PeriodDraft;
  preview: PeriodPreview;
  onChange: (part: Partial<PeriodDraft>) => void;
  onDraft: (draft: PeriodDraft) => void;
}) {
  const { draft, preview, onChange, onDraft } = props;
  const t = useTexts(programmeTexts);
  const { language } = useApp();
  const [is_adding, setAdding] = useState(false);
  const [day, setDay] = useState("");
  const [why, setWhy] = useState("");
  const rows = exceptionsOf(draft, preview.exceptions);
  const free = preview.days.filter(
    (one) =>
      one.series !== undefined && one.session === undefined && !rows.some((row) => row.day === one.day),
  );
  const chosen = free.find((one) => one.day === day)?.day ?? free[0]?.day;
  const add = () => {
    if (chosen) onDraft(decide(draft, chosen, why.trim() || t.skip_usual));
    setAdding(false);
    setWhy("");
  };
  return (
    <section class="sheet" aria-labelledby="exceptions-title">
      <div class="sheet-h">
        <h2 id="exceptions-title">{t.exceptions}</h2>
      </div>
      {rows.length === 0 && <p class="quiet">{t.exceptions_none}</p>}
      <ul class="todo lines">
        {rows.map((row) => {
          const name = `${dayOf(row.day, language.value)} ${row.name}`;
          return (
            <li key={row.day}>
              <div class="grow">
                <h3>{name}</h3>
                <p class="quiet">
                  {row.is_own ? t.own_exception : row.is_holiday ? t.holiday : t.to_think_of}
                </p>
              </div>
              <fieldset class="seg">
                <legend class="vh">{name}</legend>
                {[false, true].map((is_skipped) => (
                  <label key={String(is_skipped)}>
                    <input
                      type="radio"
                      name={`exception-${row.day}`}
                      checked={row.is_skipped === is_skipped}
                      onChange={() =>
                        onDraft(decide(draft, row.day, is_skipped ? row.name : row.is_own ? undefined : null))
                      }
                    />{" "}
                    <span>{is_skipped ? t.is_skipped : t.is_held}</span>
                  </label>
                ))}
              </fieldset>
            </li>
          );
        })}
      </ul>
      {is_adding && chosen && (
        <div class="row add-exception">
          <div class="field">
            <label for="exception-day">{t.exception_day}</label>
            <select id="exception-day" value={chosen} onChange={(event) => setDay(event.currentTarget.value)}>
              {free.map((one) => (
                <option key={one.day} value={one.day}>
                  {dayOf(one.day, language.value)}
                </option>
              ))}
            </select>
          </div>
          <div class="grow">
            <Field
              id="exception-why"
              label={t.exception_why}
              value={why}
              onWrite={setWhy}
              is_optional
              max={200}
            />
          </div>
          <Button icon={DayOffIcon} onPress={add}>
            {t.skip_day}
          </Button>
        </div>
      )}
      <div class="row foot">
        {draft.series.length > 1 && (
          <Switch is_on={draft.skip_moves_turn} onTurn={(skip_moves_turn) => onChange({ skip_moves_turn })}>
            {t.skip_moves} <small>{draft.skip_moves_turn ? t.skip_moves_on : t.skip_moves_off}</small>
          </Switch>
        )}
        {!is_adding && free.length > 0 && (
          <Button class="push" icon={DayOffIcon} onPress={() => setAdding(true)}>
            {t.add_exception}
          </Button>
        )}
      </div>
    </section>
  );
}

function AllDays(props: { preview: PeriodPreview; series: readonly SeriesShown[]; weekday: number }) {
  const { preview, series, weekday } = props;
  const t = useTexts(programmeTexts);
  const { language } = useApp();
  return (
    <details class="fold sheet">
      <summary>{t.all_days(preview.days.length, weekday)}</summary>
      <table class="day rows">
        <caption class="vh">{t.all_days(preview.days.length, weekday)}</caption>
        <thead>
          <tr>
            <th scope="col">{t.day}</th>
            <th scope="col">{t.one_series}</th>
            <th scope="col">{t.mind}</th>
          </tr>
        </thead>
        <tbody>
          {preview.days.map(({ day, series: id, why, session }) => (
            <tr key={day}>
              <th scope="row" class="num">
                {dayOf(day, language.value)}
              </th>
              <td>{id === undefined ? (why ?? "") : series.find((one) => one.id === id)?.name}</td>
              <td>{id === undefined ? t.skipped : session === undefined ? "" : t.made_already}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
