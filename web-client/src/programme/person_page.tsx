import type { PersonId } from "@protocol";
import type { Invitation, PeriodId, PersonShown, SeriesId } from "@protocol/api";
import { Fragment } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { reasonWords } from "../absences/reason_words";
import { AuditDialog } from "../attendance/audit_dialog";
import { attendanceTexts } from "../attendance/text";
import { useAsked } from "../coordinator/asked";
import { fullDate, isoDate, shortDate } from "../coordinator/dates";
import { useProof } from "../staff/proof";
import { useStaffRefusalText } from "../staff/refusal_text";
import { clockTime } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import {
  CallIcon,
  CheckIcon,
  CrossIcon,
  LinkIcon,
  LockIcon,
  MailIcon,
  PenIcon,
  RoundIcon,
  WarnIcon,
} from "../view/icons";
import { Badge, Note } from "../view/marks";
import { dialled } from "../view/phone";
import { region } from "../view/regions";
import { dateOf, dayOf } from "./days";
import { BackIcon, seriesIcon, ToolIcon } from "./icons";
import { LinkBadge, SeasonBatch } from "./links_page";
import { isIn } from "./people_list";
import { Allowed, NotEligible, Unreachable } from "./people_page";
import { placeOfPeople } from "./people_places";
import type { PeopleRequests } from "./people_requests";
import { nextDay, ownDays, personStrip, standings } from "./person_days";
import { AllowDialog, DetailsDialog, EndDialog, PackageDialog } from "./person_dialogs";
import { type Season, useSeason } from "./season_names";
import { SeasonStrip } from "./season_strip";
import { peopleTexts } from "./text/people";

/** What is open over the page. */
type Open =
  | { readonly kind: "details" | "package" | "end" | "new_link" | "revoke" | "audit" }
  | { readonly kind: "allow"; readonly series: SeriesId; readonly is_back: boolean };

/** One person's season: their days, what is open to them, who sees what, and their link. */
export function PersonPage(props: {
  requests: PeopleRequests;
  period: PeriodId;
  person: PersonId;
  /** The period is a group. */
  is_closed?: boolean;
  /** Tells of an absence of theirs. */
  onTellAbsence?: (person: PersonShown) => void;
}) {
  const { requests, period, person, is_closed = false, onTellAbsence } = props;
  const back_to = placeOfPeople({ id: period, is_closed });
  const t = useTexts(peopleTexts);
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const asked = useSeason(requests, period);
  const answered = useAsked(() => requests.person(period, person), [requests, period, person]);
  /** What the last change answered, until it is asked for again. */
  const [changed, setChanged] = useState<PersonShown | null>(null);
  const [open, setOpen] = useState<Open | null>(null);
  const [batch, setBatch] = useState<readonly Invitation[]>([]);
  const [trouble, setTrouble] = useState("");
  const [is_busy, setBusy] = useState(false);
  const { proved, dialog } = useProof();
  useEffect(() => setChanged(null), [answered.value]);
  const { season } = asked;
  const shown = changed ?? answered.value;
  const close = () => setOpen(null);

  if (!season || shown?.person !== person)
    return (
      <main id="main" class="wide" {...region}>
        <Back to={back_to} />
        {asked.is_failed || (answered.answer && answered.answer.kind !== "ok") ? (
          <Unreachable
            onAgain={() => {
              asked.ask();
              answered.ask();
            }}
          />
        ) : (
          <p class="quiet">{t.loading}</p>
        )}
      </main>
    );
  const fails = (
    answer: { kind: "refused"; refusal: Parameters<typeof refusalText>[0] } | { kind: string },
  ) => {
    const words = "refusal" in answer ? refusalText(answer.refusal) : t.unreachable;
    announcer.say(words);
    setTrouble(words);
  };
  const makeLink = async () => {
    close();
    if (is_busy) return;
    setBusy(true);
    setTrouble("");
    const renew = shown.link !== "none";
    const answer = await proved(() =>
      requests.makeLinks(period, { people: [person], ...(renew ? { renew } : {}) }),
    );
    setBusy(false);
    if (!answer) return;
    if (answer.kind !== "ok") return fails(answer);
    announcer.say(t.made_count(answer.value.invitations.length));
    setBatch(answer.value.invitations);
    answered.ask();
  };
  const revoke = async () => {
    close();
    setTrouble("");
    const answer = await requests.revoke(period, person);
    if (answer.kind !== "ok") return fails(answer);
    announcer.say(t.link_revoked);
    answered.ask();
  };
  const told = async () => {
    setTrouble("");
    const answer = await requests.told(period, person);
    if (answer.kind !== "ok") return fails(answer);
    announcer.say(t.told_done(shown.name));
    answered.ask();
  };
  const current = shown.enrolments.filter(isIn).at(-1) ?? shown.enrolments.at(-1);
  const change = { requests, season, person: shown, onDone: setChanged, onClose: close };
  return (
    <main id="main" class="wide" {...region}>
      {dialog}
      <Back to={back_to} />
      <div class="sheet-h">
        <div>
          <h1 dir="auto">{shown.name}</h1>
          <p class="quiet">
            {[
              season.kindName(shown.decision_type) || t.no_kind,
              current &&
                `${season.packageName(current.package)} ${t.span(dateOf(current.first_day), dateOf(current.last_day))}`,
              shown.supervisor,
            ]
              .filter(Boolean)
              .map((words) => `${words}`.replace(/\.?$/, "."))
              .join(" ")}
          </p>
        </div>
        <span class="row push">
          {!is_closed && (
            <Button icon={RoundIcon} onPress={() => setOpen({ kind: "package" })}>
              {t.change_package}
            </Button>
          )}
          {current && isIn(current) && (
            <Button icon={CrossIcon} onPress={() => setOpen({ kind: "end" })}>
              {t.end_part}
            </Button>
          )}
          {onTellAbsence && (
            <Button icon={MailIcon} onPress={() => onTellAbsence(shown)}>
              {t.tell_absence}
            </Button>
          )}
        </span>
      </div>
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      {batch.length > 0 && (
        <SeasonBatch
          requests={requests}
          season={season}
          invitations={batch}
          onTold={answered.ask}
          onPutAway={() => setBatch([])}
        />
      )}
      <Days season={season} person={shown} />
      <div class="split">
        <div>
          <Absences person={shown} />
          <Places
            season={season}
            person={shown}
            onAllow={(series, is_back) => setOpen({ kind: "allow", series, is_back })}
          />
          <WhoSees person={shown} onLooks={() => setOpen({ kind: "audit" })} />
        </div>
        <div>
          <LinkCard
            person={shown}
            onNew={() => (shown.link === "none" ? void makeLink() : setOpen({ kind: "new_link" }))}
            onTold={() => void told()}
            onRevoke={() => setOpen({ kind: "revoke" })}
          />
          <Contact person={shown} onEdit={() => setOpen({ kind: "details" })} />
        </div>
      </div>
      {open?.kind === "details" && <DetailsDialog {...change} />}
      {open?.kind === "package" && <PackageDialog {...change} now={current?.package} />}
      {open?.kind === "end" && <EndDialog {...change} />}
      {open?.kind === "allow" && <AllowDialog {...change} series={open.series} is_back={open.is_back} />}
      {open?.kind === "audit" && <AuditDialog row={shown} days={requests} onClose={close} />}
      {open?.kind === "new_link" && (
        <Sure
          title={t.link_new_title(shown.name)}
          what={t.link_new_what}
          act={t.link_new}
          onYes={() => void makeLink()}
          onClose={close}
        />
      )}
      {open?.kind === "revoke" && (
        <Sure
          title={t.link_revoke_title(shown.name)}
          what={t.link_revoke_what}
          act={t.link_revoke}
          onYes={() => void revoke()}
          onClose={close}
        />
      )}
    </main>
  );
}

function Back({ to }: { to: string }) {
  const t = useTexts(peopleTexts);
  return (
    <p>
      <a class="with-i" href={`#${to}`}>
        <BackIcon /> <span>{t.back_to_people}</span>
      </a>
    </p>
  );
}

/** Asks once more before something stops working. */
function Sure(props: { title: string; what: string; act: string; onYes: () => void; onClose: () => void }) {
  const { title, what, act, onYes, onClose } = props;
  const c = useCommon();
  return (
    <Dialog title={title} onClose={onClose}>
      <p class="lead">{what}</p>
      <div class="row foot">
        <Button look="stop" icon={RoundIcon} onPress={onYes}>
          {act}
        </Button>
        <Button onPress={onClose}>{c.cancel}</Button>
      </div>
    </Dialog>
  );
}

function Days({ season, person }: { season: Season; person: PersonShown }) {
  const t = useTexts(peopleTexts);
  const { language } = useApp();
  const id = useId();
  const own = ownDays(person.days);
  const count = standings(person.days);
  const next = nextDay(person.days);
  const days = personStrip(person.days, season, t, useTexts(reasonWords));
  const lanes = season.period.form.series.map((series) => ({
    name: season.seriesName(series),
    icon: seriesIcon(season.series, series),
    note: t.times(own.filter((day) => day.series === series).length),
  }));
  const figures: readonly (readonly [string, string])[] = [
    [`${count.present} / ${own.length}`, t.tally_present],
    [`${count.excused}`, t.tally_excused],
    [`${count.absent}`, t.tally_absent],
    [`${count.open}`, t.tally_open],
    [`${count.coming}`, t.tally_coming],
  ];
  const keys: readonly (readonly [string, string])[] = [
    ["btn main", t.key_present],
    ["btn away", t.key_excused],
    ["btn", t.key_coming],
    ["btn wait", t.key_open],
  ];
  return (
    <section class="sheet stack" aria-labelledby={id}>
      <div class="row">
        <h2 id={id}>{season.period.form.name}</h2>
        <ul class="tally push">
          {figures
            // An absence that nobody told of is no figure that has to be there.
            .filter(([figure, words]) => words !== t.tally_absent || figure !== "0")
            .map(([figure, words]) => (
              <li key={words}>
                <b class="num">{figure}</b> {words}
              </li>
            ))}
        </ul>
      </div>
      {days.length === 0 ? (
        <p class="quiet">{t.days_none}</p>
      ) : (
        <>
          <SeasonStrip label={t.days} lanes={lanes} days={days} />
          <ul class="key" aria-label={t.key}>
            {keys.map(([look, words]) => (
              <li key={words}>
                <span class={`tile ${look}`} /> {words}
              </li>
            ))}
            {next && (
              <li>
                <span class="tile btn" aria-current="true" />{" "}
                <span>
                  {t.key_next}: {dayOf(isoDate(next.starts_at), language.value)} <bdi>{next.theme}</bdi>
                </span>
              </li>
            )}
          </ul>
        </>
      )}
    </section>
  );
}

function Absences({ person }: { person: PersonShown }) {
  const t = useTexts(peopleTexts);
  const a = useTexts(attendanceTexts);
  const reasonName = useTexts(reasonWords);
  const { language } = useApp();
  const id = useId();
  const rows = person.days.flatMap((day) => (day.absence ? [{ ...day, absence: day.absence }] : []));
  return (
    <section class="sheet" aria-labelledby={id}>
      <div class="sheet-h">
        <h2 id={id}>{t.absences}</h2>
      </div>
      {rows.length === 0 ? (
        <p class="quiet">{t.absences_none}</p>
      ) : (
        <table class="day rows">
          <caption class="vh">{t.absences}</caption>
          <thead>
            <tr>
              <th scope="col">{t.absence_day}</th>
              <th scope="col">{t.absence_reason}</th>
              <th scope="col">{t.absence_by}</th>
              <th scope="col">{t.absence_mark}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ session, theme, starts_at, absence, mark }) => {
              const when = t.absence_when(shortDate(absence.told_at), clockTime(absence.told_at));
              return (
                <tr key={session}>
                  <th scope="row">
                    {dayOf(isoDate(starts_at), language.value)} <bdi>{theme}</bdi>
                  </th>
                  <td data-l={t.absence_reason}>
                    <span>
                      {absence.reason ? reasonName[absence.reason] : t.absence_no_reason}
                      {absence.note && <span class="line small">{absence.note}</span>}
                    </span>
                  </td>
                  <td data-l={t.absence_by}>
                    <span>
                      {absence.told_by
                        ? t.absence_other(absence.told_by, when)
                        : t.absence_self(person.name, when)}
                    </span>
                  </td>
                  <td data-l={t.absence_mark}>
                    {mark ? (
                      <Badge icon={LockIcon}>{a.marks[mark]}</Badge>
                    ) : (
                      <span class="quiet">{t.absence_no_mark}</span>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <p class="quiet small foot">{t.absence_who_sees(person.supervisor ?? t.own_worker)}</p>
    </section>
  );
}

function Places(props: {
  season: Season;
  person: PersonShown;
  onAllow: (series: SeriesId, is_back: boolean) => void;
}) {
  const { season, person, onAllow } = props;
  const t = useTexts(peopleTexts);
  const id = useId();
  const isClosed = (series: SeriesId) => {
    const one = season.series.find((each) => each.id === series);
    return one !== undefined && !one.is_for_all && !one.kinds.includes(person.decision_type ?? "");
  };
  return (
    <section class="sheet" aria-labelledby={id}>
      <div class="sheet-h">
        <h2 id={id}>{t.places}</h2>
      </div>
      <ul class="todo lines">
        {person.places.map((place) => (
          <li key={place.series}>
            <div class="grow">
              <h3>{season.seriesName(place.series)}</h3>
              {place.allowed_because !== undefined ? (
                <Allowed place={place} />
              ) : place.place === "room" ? (
                <span class="with-i">
                  <CheckIcon /> <span>{t.may_come}</span>
                </span>
              ) : place.place === "phone_day" ? (
                <Badge icon={ToolIcon}>{t.phone_day}</Badge>
              ) : place.place === "not_eligible" ? (
                <NotEligible season={season} series={place.series} />
              ) : (
                <span class="quiet">{t.not_in_package}</span>
              )}
            </div>
            {place.allowed_because !== undefined ? (
              <Button
                icon={CrossIcon}
                label={t.allow_back_of(season.seriesName(place.series))}
                onPress={() => onAllow(place.series, true)}
              >
                {t.allow_back}
              </Button>
            ) : (
              place.place !== "not_in_package" &&
              isClosed(place.series) && (
                <Button
                  icon={PenIcon}
                  label={t.allow_of(season.seriesName(place.series))}
                  onPress={() => onAllow(place.series, false)}
                >
                  {t.allow}
                </Button>
              )
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function WhoSees({ person, onLooks }: { person: PersonShown; onLooks: () => void }) {
  const t = useTexts(peopleTexts);
  const id = useId();
  const heads = [person.supervisor ?? t.own_worker_title, t.sees_room, t.sees_office];
  return (
    <section class="sheet" aria-labelledby={id}>
      <div class="sheet-h">
        <h2 id={id}>{t.sees}</h2>
      </div>
      <table class="day rows">
        <caption class="vh">{t.sees_caption(person.name)}</caption>
        <thead>
          <tr>
            <th scope="col">{t.sees_what}</th>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {t.sees_rows.map(([what, ...cells]) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              {heads.map((head, at) => (
                <td key={head} data-l={head}>
                  <span>{cells[at]}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="foot">
        <Button look="plain" onPress={onLooks}>
          {t.who_looked}
        </Button>
      </p>
    </section>
  );
}

/** The link is never shown again: what is kept of it opens nothing. */
function LinkCard(props: {
  person: PersonShown;
  onNew: () => void;
  onTold: () => void;
  onRevoke: () => void;
}) {
  const { person, onNew, onTold, onRevoke } = props;
  const t = useTexts(peopleTexts);
  const id = useId();
  const has_link = person.link !== "none";
  return (
    <section class="sheet" aria-labelledby={id}>
      <div class="sheet-h">
        <h2 id={id}>{t.link}</h2> <LinkBadge person={person} />
      </div>
      <div class="stack">
        <p>
          {t.links_what} {person.link_until !== undefined && t.link_until(fullDate(person.link_until))}
        </p>
        {has_link && <p class="quiet">{t.link_not_shown}</p>}
        <div class="row">
          <Button icon={LinkIcon} onPress={onNew}>
            {has_link ? t.link_new : t.link_first}
          </Button>
          {(person.link === "made" || person.link === "failed") && (
            <Button icon={CallIcon} onPress={onTold}>
              {t.told}
            </Button>
          )}
          {has_link && (
            <Button look="stop" icon={CrossIcon} onPress={onRevoke}>
              {t.link_revoke}
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}

function Contact({ person, onEdit }: { person: PersonShown; onEdit: () => void }) {
  const t = useTexts(peopleTexts);
  const id = useId();
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t.best_time, person.best_time],
    [t.email, person.email],
    [t.text_message, person.sms_allowed ? t.text_allowed : t.text_not_allowed],
    [t.own_worker_title, person.supervisor],
  ];
  return (
    <>
      <section class="sheet" aria-labelledby={id}>
        <div class="sheet-h">
          <h2 id={id}>{t.contact}</h2>
          <span class="push">
            <Button look="plain" icon={PenIcon} label={t.edit_contact} onPress={onEdit}>
              {t.edit}
            </Button>
          </span>
        </div>
        <dl class="facts">
          <dt>{t.phone}</dt>
          <dd>{person.phone ? <a href={dialled(person.phone)}>{person.phone}</a> : t.none}</dd>
          {facts.map(([what, words]) => (
            <Fragment key={what}>
              <dt>{what}</dt>
              <dd dir="auto">{words ?? t.none}</dd>
            </Fragment>
          ))}
        </dl>
      </section>
      <section class="sheet" aria-labelledby={`${id}-needs`}>
        <div class="sheet-h">
          <h2 id={`${id}-needs`}>{t.needs}</h2>
          <span class="push">
            <Button look="plain" icon={PenIcon} label={t.edit_needs} onPress={onEdit}>
              {t.edit}
            </Button>
          </span>
        </div>
        <p dir="auto">{person.needs ?? t.needs_none}</p>
        {person.needs && (
          <p class="quiet small foot">{person.needs_shown ? t.needs_are_shown : t.needs_are_not_shown}</p>
        )}
      </section>
    </>
  );
}
