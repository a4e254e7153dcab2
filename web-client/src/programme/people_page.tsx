import type { PeriodId, PlaceInSeries, SeasonPerson } from "@protocol/api";
import { useId, useRef, useState } from "preact/hooks";
import { useAsked } from "../coordinator/asked";
import { dateText, shortDate } from "../coordinator/dates";
import { useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import {
  CheckIcon,
  CrossIcon,
  DownIcon,
  InfoIcon,
  LinkIcon,
  PenIcon,
  RoundIcon,
  WarnIcon,
} from "../view/icons";
import { Badge, Note } from "../view/marks";
import { region } from "../view/regions";
import { dateOf } from "./days";
import { BackIcon, BringIcon, PlusIcon, ToolIcon } from "./icons";
import { LinkBadge, SeasonLinks } from "./links_page";
import { counts, EVERYBODY, endsEarly, found, isIn, lacksLink, SHOWS, type Wish } from "./people_list";
import { placeOfPerson } from "./people_places";
import type { PeopleRequests } from "./people_requests";
import { PersonForm } from "./person_form";
import { SeasonImport } from "./season_import";
import { type Season, useSeason } from "./season_names";
import { peopleTexts } from "./text/people";

/** A page is drawn at once up to so many rows; the rest come by a press. */
const FIRST_ROWS = 50;

/** Everybody of a season: found as one types, brought from a file, added by hand, and their links. */
export function SeasonPeople({ requests, period }: { requests: PeopleRequests; period: PeriodId }) {
  const t = useTexts(peopleTexts);
  const asked = useSeason(requests, period);
  const people = useAsked(() => requests.people(period), [requests, period]);
  const mails = useAsked(() => requests.mails(period), [requests, period]);
  /** The file that is looked at, and how many have been chosen: the same may be chosen again. */
  const [chosen, setChosen] = useState<{ readonly file: File; readonly turn: number } | null>(null);
  const [is_adding, setAdding] = useState(false);
  const [is_at_links, setAtLinks] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const { season } = asked;
  const all = people.value?.people;
  const changed = () => {
    people.ask();
    mails.ask();
    asked.ask();
  };
  const choose = () => input.current?.click();

  if (!season || !all)
    return (
      <main id="main" class="wide" {...region}>
        {asked.is_failed || (people.answer && people.answer.kind !== "ok") ? (
          <Unreachable onAgain={changed} />
        ) : (
          <p class="quiet">{t.loading}</p>
        )}
      </main>
    );
  if (is_at_links)
    return (
      <main id="main" class="wide" {...region}>
        <SeasonLinks
          requests={requests}
          season={season}
          people={all}
          mails={mails}
          onChange={changed}
          onClose={() => setAtLinks(false)}
        />
      </main>
    );
  const without_link = all.filter(lacksLink).length;
  const has_package = season.period.packages.length > 0;
  return (
    <main id="main" class="wide" {...region}>
      <div class="sheet-h">
        <div>
          {season.period.is_closed && (
            <p>
              <a class="with-i" href="#programme/groups">
                <BackIcon /> <span>{t.back_to_groups}</span>
              </a>
            </p>
          )}
          <h1>{t.title}</h1>
          <p class="quiet">{t.of_season(season.period.form.name, all.filter(isIn).length)}</p>
        </div>
        <span class="row push">
          <Button icon={LinkIcon} onPress={() => setAtLinks(true)}>
            {t.links} {without_link > 0 && <span class="count num">{without_link}</span>}
          </Button>
          <Button icon={BringIcon} unusable_because={has_package ? undefined : t.no_package} onPress={choose}>
            {t.from_file}
          </Button>
          <Button
            look="main"
            icon={PlusIcon}
            unusable_because={has_package ? undefined : t.no_package}
            onPress={() => setAdding(true)}
          >
            {t.add}
          </Button>
        </span>
      </div>
      <input
        ref={input}
        type="file"
        accept=".csv,.txt,text/csv,text/plain"
        hidden
        aria-label={t.file_choose}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same file, mended, may be chosen again.
          event.currentTarget.value = "";
          if (file) setChosen((before) => ({ file, turn: (before?.turn ?? 0) + 1 }));
        }}
      />
      {!has_package && (
        <Note icon={InfoIcon} title={t.no_package}>
          {t.no_package_what}
        </Note>
      )}
      {chosen && (
        <SeasonImport
          key={chosen.turn}
          requests={requests}
          season={season}
          people={all}
          mails={mails}
          file={chosen.file}
          onChooseAgain={choose}
          onStored={changed}
          onLinks={() => setAtLinks(true)}
          onClose={() => setChosen(null)}
        />
      )}
      {all.length === 0 ? (
        has_package && <p class="quiet">{t.nobody}</p>
      ) : (
        <List season={season} people={all} />
      )}
      {is_adding && (
        <PersonForm requests={requests} season={season} onDone={changed} onClose={() => setAdding(false)} />
      )}
    </main>
  );
}

/** The server was not reached: what there is to do about it. */
export function Unreachable({ onAgain }: { onAgain: () => void }) {
  const t = useTexts(peopleTexts);
  const c = useCommon();
  return (
    <Note look="stop" icon={WarnIcon} title={t.unreachable}>
      <div class="row">
        <span class="grow">{t.unreachable_what}</span>
        <Button icon={RoundIcon} onPress={onAgain}>
          {c.try_now}
        </Button>
      </div>
    </Note>
  );
}

function List({ season, people }: { season: Season; people: readonly SeasonPerson[] }) {
  const t = useTexts(peopleTexts);
  const [wish, setWish] = useState<Wish>(EVERYBODY);
  const [is_whole, setWhole] = useState(false);
  const id = useId();
  const count = counts(people, season);
  const rows = found(people, wish, season);
  const shown = is_whole ? rows : rows.slice(0, FIRST_ROWS);
  const of = (test: (one: SeasonPerson) => boolean) => people.filter(test).length;
  const kinds = season.kinds.filter(({ key }) => people.some(({ kind }) => kind === key));
  return (
    <>
      <div class="row tools">
        <div class="field grow">
          <label for={`${id}-search`}>{t.search}</label>
          <input
            id={`${id}-search`}
            type="search"
            dir="auto"
            autocomplete="off"
            value={wish.words}
            onInput={(event) => setWish({ ...wish, words: event.currentTarget.value })}
          />
        </div>
        {!season.period.is_closed && (
          <div class="field">
            <label for={`${id}-package`}>{t.package}</label>
            <select
              id={`${id}-package`}
              value={wish.package_id ?? ""}
              onChange={(event) =>
                setWish({ ...wish, package_id: Number(event.currentTarget.value) || null })
              }
            >
              <option value="">{t.all_packages}</option>
              {season.period.packages.map((one) => (
                <option key={one.id} value={one.id}>
                  {t.counted(
                    one.name,
                    of((person) => person.package === one.id),
                  )}
                </option>
              ))}
            </select>
          </div>
        )}
        <div class="field">
          <label for={`${id}-kind`}>{t.kind}</label>
          <select
            id={`${id}-kind`}
            value={wish.kind}
            onChange={(event) => setWish({ ...wish, kind: event.currentTarget.value })}
          >
            <option value="">{t.all_kinds}</option>
            {kinds.map(({ key }) => (
              <option key={key} value={key}>
                {t.counted(
                  season.kindName(key),
                  of(({ kind }) => kind === key),
                )}
              </option>
            ))}
          </select>
        </div>
      </div>
      <fieldset class="seg">
        <legend class="vh">{t.show}</legend>
        {SHOWS.map((show) => (
          <label key={show}>
            <input
              type="radio"
              name={`${id}-show`}
              checked={wish.show === show}
              onChange={() => setWish({ ...wish, show })}
            />{" "}
            <span>{t.shows[show](count[show])}</span>
          </label>
        ))}
      </fieldset>
      <section class="sheet" aria-labelledby={`${id}-list`}>
        <div class="sheet-h">
          <h2 id={`${id}-list`}>{t.list}</h2> <span class="quiet">{t.list_order(shown.length)}</span>
        </div>
        {rows.length === 0 ? <p class="quiet">{t.none_found}</p> : <Table season={season} rows={shown} />}
        {rows.length > shown.length && (
          <p class="row foot">
            <Button icon={DownIcon} onPress={() => setWhole(true)}>
              {t.show_more(rows.length - shown.length)}
            </Button>
          </p>
        )}
      </section>
    </>
  );
}

function Table({ season, rows }: { season: Season; rows: readonly SeasonPerson[] }) {
  const t = useTexts(peopleTexts);
  const turns = season.period.form.series;
  return (
    <table class="day rows">
      <caption class="vh">{t.list_caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t.column_person}</th>
          <th scope="col">{t.kind}</th>
          {!season.period.is_closed && <th scope="col">{t.package}</th>}
          {turns.map((series) => (
            <th key={series} scope="col">
              {season.seriesName(series)}
            </th>
          ))}
          <th scope="col">{t.column_link}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((one) => (
          <tr key={one.person}>
            <th scope="row">
              <a href={`#${placeOfPerson(season.period, one.person)}`}>
                <b dir="auto">{one.name}</b>
              </a>
              <span class="line small quiet">{one.supervisor}</span>
              <Ending season={season} person={one} />
            </th>
            <td data-l={t.column_kind_short}>
              <span>{season.kindName(one.kind) || t.no_kind}</span>
            </td>
            {!season.period.is_closed && (
              <td data-l={t.package}>
                <span>{season.packageName(one.package)}</span>
              </td>
            )}
            {turns.map((series) => (
              <Place
                key={series}
                season={season}
                series={series}
                place={one.places.find((each) => each.series === series)}
              />
            ))}
            <td data-l={t.column_link}>
              <span>
                <LinkBadge person={one} />
                {lacksLink(one) && (one.link === "failed" || !one.has_email) && (
                  <span class="line small">
                    {one.link === "failed" ? t.link_failed_what : t.link_no_email}
                  </span>
                )}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Ending({ season, person }: { season: Season; person: SeasonPerson }) {
  const t = useTexts(peopleTexts);
  const ends = endsEarly(person, season);
  const words =
    person.state === "withdrawn"
      ? t.withdrew
      : person.state === "ended"
        ? t.ended_on(dateText(person.last_day))
        : ends && t.ends_on(dateOf(ends));
  return words ? <span class="line small">{words}</span> : null;
}

function Place(props: { season: Season; series: number; place: PlaceInSeries | undefined }) {
  const { season, series, place } = props;
  const t = useTexts(peopleTexts);
  const name = season.seriesName(series);
  if (place?.allowed_because !== undefined)
    return (
      <td data-l={name}>
        <Allowed place={place} />
      </td>
    );
  if (place?.place === "room")
    return (
      <td class="none" data-l={name}>
        <CheckIcon />
        <span class="vh">{t.may_come}</span>
      </td>
    );
  if (!place || place.place === "not_in_package")
    return (
      <td class="none quiet" data-l={name}>
        {t.not_in_package}
      </td>
    );
  return (
    <td data-l={name}>
      {place.place === "phone_day" ? (
        <Badge icon={ToolIcon}>{t.phone_day}</Badge>
      ) : (
        <NotEligible season={season} series={series} />
      )}
    </td>
  );
}

/** An exception, by whom and why. */
export function Allowed({ place }: { place: PlaceInSeries }) {
  const t = useTexts(peopleTexts);
  const { allowed_because = "", allowed_by = "", allowed_at } = place;
  return (
    <span>
      <Badge look="strong" icon={PenIcon}>
        {t.allowed}
      </Badge>
      <span class="line small">
        {t.allowed_by(allowed_by, allowed_at === undefined ? "" : shortDate(allowed_at), allowed_because)}
      </span>
    </span>
  );
}

/** A series that is not for them, and for whom it is. */
export function NotEligible({ season, series }: { season: Season; series: number }) {
  const t = useTexts(peopleTexts);
  const kinds = season.series.find(({ id }) => id === series)?.kinds ?? [];
  return (
    <span>
      <Badge look="wait" icon={CrossIcon}>
        {t.not_eligible}
      </Badge>
      {kinds.length > 0 && (
        <span class="line small">{t.only_for(kinds.map((key) => season.kindName(key)).join(", "))}</span>
      )}
    </span>
  );
}
