import type { PackageId, PersonShown, SeriesId } from "@protocol/api";
import { useId, useState } from "preact/hooks";
import { useTexts } from "../view/app";
import { DayField } from "./day_field";
import { type Choice, lineChoices } from "./import_answers";
import type { PeopleRequests } from "./people_requests";
import { type Details, detailsSent, PersonFields } from "./person_fields";
import { Eligibility, PackageField, useChoicesWait } from "./person_form";
import { SaveDialog } from "./save_dialog";
import { kindsOn, notEligible, type Season } from "./season_names";
import { peopleTexts } from "./text/people";

/** What every change of one person is given. */
interface Change {
  requests: PeopleRequests;
  season: Season;
  person: PersonShown;
  onDone: (shown: PersonShown) => void;
  onClose: () => void;
}

/** What is known of a person, and from when another kind of decision holds. */
export function DetailsDialog({ requests, season, person, onDone, onClose }: Change) {
  const t = useTexts(peopleTexts);
  const [details, setDetails] = useState<Details>({
    name: person.name,
    decision_type: person.decision_type ?? "",
    supervisor: person.supervisor ?? "",
    phone: person.phone ?? "",
    email: person.email ?? "",
    best_time: person.best_time ?? "",
    needs: person.needs ?? "",
    sms_allowed: person.sms_allowed,
    needs_shown: person.needs_shown,
  });
  const [decision_from, setFrom] = useState("");
  const is_other_kind = details.decision_type !== (person.decision_type ?? "");
  return (
    <SaveDialog
      title={t.details_of(person.name)}
      act={t.save}
      said={t.saved(details.name)}
      save={async () => {
        const answer = await requests.details(season.period.id, person.person, {
          ...detailsSent(details),
          ...(is_other_kind && decision_from ? { decision_from } : {}),
        });
        if (answer.kind === "ok") onDone(answer.value);
        return answer;
      }}
      onClose={onClose}
    >
      <PersonFields
        details={details}
        kinds={kindsOn(season.kinds, season.period.form.first_day)}
        kindName={season.kindName}
        onChange={setDetails}
      />
      {is_other_kind && (
        <DayField
          label={t.decision_from}
          hint={t.decision_from_hint}
          is_optional
          value={decision_from}
          onChange={setFrom}
        />
      )}
    </SaveDialog>
  );
}

/** Another package from a day on, with the choices that it asks for. */
export function PackageDialog(props: Change & { now: PackageId | undefined }) {
  const { requests, season, person, now, onDone, onClose } = props;
  const t = useTexts(peopleTexts);
  const choicesWait = useChoicesWait();
  const { packages } = season.period;
  const [package_id, setPackage] = useState<PackageId>(
    packages.find(({ id }) => id !== now)?.id ?? packages[0]?.id ?? 0,
  );
  const [day, setDay] = useState("");
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());
  // A series that was allowed before is asked for no more.
  const allowed = person.places.filter((place) => place.allowed_because !== undefined);
  const questions = notEligible(season, package_id, person.decision_type, person.name).filter(
    ({ series }) => !allowed.some((place) => place.series === series),
  );
  return (
    <SaveDialog
      title={t.package_title(person.name)}
      act={t.package_save}
      said={t.package_done}
      save={async () => {
        const waits = choicesWait(questions, choices);
        if (waits) return waits;
        const answer = await requests.enrolment(season.period.id, person.person, {
          package: package_id,
          day,
          choices: lineChoices(choices),
        });
        if (answer.kind === "ok") onDone(answer.value);
        return answer;
      }}
      onClose={onClose}
    >
      <PackageField
        label={t.package_new}
        season={season}
        value={package_id}
        onChange={(chosen) => {
          setPackage(chosen);
          setChoices(new Map());
        }}
      />
      <DayField label={t.package_from} hint={t.package_what} value={day} onChange={setDay} />
      <Eligibility season={season} questions={questions} choices={choices} onChoose={setChoices} />
    </SaveDialog>
  );
}

/** Their part of the season ends, or they withdrew. */
export function EndDialog({ requests, season, person, onDone, onClose }: Change) {
  const t = useTexts(peopleTexts);
  const [day, setDay] = useState("");
  const [is_withdrawn, setWithdrawn] = useState(false);
  const name = useId();
  return (
    <SaveDialog
      title={t.end_title(person.name)}
      act={t.end_save}
      look="stop"
      said={t.end_done}
      save={async () => {
        const answer = await requests.enrolment(season.period.id, person.person, {
          day,
          ...(is_withdrawn ? { is_withdrawn } : {}),
          choices: [],
        });
        if (answer.kind === "ok") onDone(answer.value);
        return answer;
      }}
      onClose={onClose}
    >
      <DayField label={t.end_day} hint={t.end_what} value={day} onChange={setDay} />
      <fieldset class="seg">
        <legend>{t.end_how}</legend>
        {[false, true].map((one) => (
          <label key={String(one)}>
            <input
              type="radio"
              name={name}
              checked={is_withdrawn === one}
              onChange={() => setWithdrawn(one)}
            />{" "}
            <span>{one ? t.end_withdraws : t.end_ends}</span>
          </label>
        ))}
      </fieldset>
    </SaveDialog>
  );
}

/** A series that is not for them is allowed with a reason, or no more. */
export function AllowDialog(props: Change & { series: SeriesId; is_back: boolean }) {
  const { requests, season, person, series, is_back, onDone, onClose } = props;
  const t = useTexts(peopleTexts);
  const [reason, setReason] = useState("");
  const id = useId();
  const name = season.seriesName(series);
  return (
    <SaveDialog
      title={is_back ? t.allow_back_of(name) : t.allow_of(name)}
      act={is_back ? t.allow_back : t.allow}
      look={is_back ? "stop" : "main"}
      said={is_back ? t.allowed_back_done(name) : t.allowed_done(name)}
      save={async () => {
        const words = reason.trim();
        if (!is_back && !words) return { kind: "waits", words: t.reason_first };
        const answer = await requests.allow(season.period.id, person.person, {
          series,
          ...(is_back ? {} : { reason: words }),
        });
        if (answer.kind === "ok") onDone(answer.value);
        return answer;
      }}
      onClose={onClose}
    >
      <p>{is_back ? t.allow_back_what : t.allow_what}</p>
      {!is_back && (
        <div class="field">
          <label for={id}>{t.allow_reason}</label>
          <input
            id={id}
            name="reason"
            dir="auto"
            maxLength={400}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </div>
      )}
    </SaveDialog>
  );
}
