import type {
  FormFault,
  PackageBody,
  PackagePart,
  PackageShown,
  PeriodShown,
  SeriesShown,
} from "@protocol/api";
import { useRef, useState } from "preact/hooks";
import { useStaffRefusalText } from "../staff/refusal_text";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, CrossIcon, PenIcon, PeopleIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { region } from "../view/regions";
import { Fault, Field, goToFault, useFaults } from "./field";
import { BackIcon, PlusIcon, seriesIcon, ToolIcon } from "./icons";
import { LinkButton } from "./link_button";
import type { ProgrammeRequests } from "./requests";
import { Steps } from "./steps";
import { programmeTexts } from "./text";
import { missingPackages, usualPackages } from "./usual";

/** What each takes part in, and what is done in place of a series that is not open to them. */
export function PackagesPage(props: {
  requests: ProgrammeRequests;
  period: PeriodShown;
  series: readonly SeriesShown[];
  onChange: () => void;
}) {
  const { requests, period, series, onChange } = props;
  const t = useTexts(programmeTexts);
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const [open, setOpen] = useState<PackageShown | "new" | null>(null);
  const [trouble, setTrouble] = useState("");
  const turns = period.form.series.flatMap((id) => series.find((one) => one.id === id) ?? []);
  const usual = missingPackages(usualPackages(turns, t.usual_packages(period.form.weekday)), period.packages);
  const finish = (answer: Awaited<ReturnType<ProgrammeRequests["putPackage"]>>, name: string) => {
    if (answer.kind !== "ok")
      return setTrouble(
        answer.kind === "refused"
          ? answer.refusal.word === "not_now"
            ? t.package_has_people
            : refusalText(answer.refusal)
          : t.not_saved_here,
      );
    announcer.say(name);
    onChange();
  };
  const take = async (body: PackageBody) => {
    setTrouble("");
    finish(await requests.putPackage(period.id, body), t.package_saved(body.name));
  };
  const remove = async ({ id, name }: PackageShown) => {
    setTrouble("");
    finish(await requests.removePackage(period.id, { id }), t.package_removed(name));
  };
  return (
    <main id="main" class="wide" {...region}>
      <div class="sheet-h">
        <div>
          <h1>{t.packages_of(period.form.name)}</h1>
          <p class="quiet">{t.step_what.packages}</p>
        </div>
        <div class="push">
          <Steps now="packages" />
        </div>
      </div>
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      {open === null ? (
        <ul class="shelf">
          {period.packages.map((one) => (
            <li class="sheet card" key={one.id}>
              <h2 dir="auto">{one.name}</h2>
              <Parts parts={one.parts} series={series} />
              <p class="quiet">{t.people_in(one.people)}</p>
              <p class="row">
                <Button icon={PenIcon} label={`${t.change}: ${one.name}`} onPress={() => setOpen(one)}>
                  {t.change}
                </Button>
                {one.people === 0 && (
                  <Button
                    look="plain"
                    icon={CrossIcon}
                    label={`${t.remove}: ${one.name}`}
                    onPress={() => void remove(one)}
                  >
                    {t.remove}
                  </Button>
                )}
              </p>
            </li>
          ))}
          {usual.map((one) => (
            <li class="sheet card offered" key={one.name}>
              <h2>{one.name}</h2>
              <Parts parts={one.parts} series={series} />
              <p>
                <Button icon={PeopleIcon} label={`${t.take}: ${one.name}`} onPress={() => void take(one)}>
                  {t.take}
                </Button>
              </p>
            </li>
          ))}
        </ul>
      ) : (
        <PackageForm
          key={open === "new" ? "new" : open.id}
          requests={requests}
          period={period}
          turns={turns}
          series={series}
          source={open === "new" ? null : open}
          onSaved={(name) => {
            announcer.say(t.package_saved(name));
            setOpen(null);
            onChange();
          }}
          onCancel={() => setOpen(null)}
        />
      )}
      <div class="row">
        <LinkButton to="programme" look="plain" icon={BackIcon}>
          {t.back}
        </LinkButton>
        {open === null && (
          <Button icon={PlusIcon} onPress={() => setOpen("new")}>
            {t.new_package}
          </Button>
        )}
      </div>
    </main>
  );
}

function Parts({ parts, series }: { parts: readonly PackagePart[]; series: readonly SeriesShown[] }) {
  const t = useTexts(programmeTexts);
  return (
    <ul class="stack-s">
      {parts.map(({ series: id, way, instead }) => {
        const name = series.find((one) => one.id === id)?.name ?? "";
        const Icon = way === "phone_day" ? ToolIcon : seriesIcon(series, id);
        return (
          <li class="with-i" key={id}>
            <Icon />{" "}
            <span>{way === "phone_day" ? t.phone_in_place(name) : instead ? t.or_by_phone(name) : name}</span>
          </li>
        );
      })}
    </ul>
  );
}

const WAYS = ["room", "phone_day", "none"] as const;

function PackageForm(props: {
  requests: ProgrammeRequests;
  period: PeriodShown;
  turns: readonly SeriesShown[];
  series: readonly SeriesShown[];
  source: PackageShown | null;
  onSaved: (name: string) => void;
  onCancel: () => void;
}) {
  const { requests, period, turns, series, source, onSaved, onCancel } = props;
  const t = useTexts(programmeTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const [name, setName] = useState(source?.name ?? "");
  const [parts, setParts] = useState<readonly PackagePart[]>(
    () => source?.parts ?? turns.map(({ id }) => ({ series: id, way: "room", instead: false })),
  );
  const [trouble, setTrouble] = useState("");
  const [is_saving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { faults, errors, setErrors } = useFaults(({ reason, value }: FormFault) =>
    reason === "series_missing" ? "parts" : reason === "name_missing" || value === "name" ? "name" : null,
  );
  const partOf = (id: number) => parts.find((one) => one.series === id);
  const setPart = (id: number, part: PackagePart | null) =>
    setParts(
      turns.flatMap((one) => {
        if (one.id === id) return part ? [part] : [];
        return partOf(one.id) ?? [];
      }),
    );

  const save = async (event: Event) => {
    event.preventDefault();
    if (is_saving) return;
    setSaving(true);
    setErrors([]);
    setTrouble("");
    const answer = await requests.putPackage(period.id, {
      ...(source ? { id: source.id } : {}),
      name: name.trim(),
      parts: [...parts],
    });
    setSaving(false);
    if (answer.kind === "ok") return onSaved(name.trim());
    if (answer.kind === "refused" && answer.errors?.length) {
      setErrors(answer.errors);
      announcer.say(t.form_wrong);
      requestAnimationFrame(() => goToFault(form.current));
    } else setTrouble(answer.kind === "refused" ? refusalText(answer.refusal) : t.not_saved_here);
  };
  return (
    <form
      class="sheet stack"
      ref={form}
      onSubmit={(event) => void save(event)}
      aria-labelledby="package-form"
    >
      <h2 id="package-form">{source?.name ?? t.new_package}</h2>
      <Field
        id="package-name"
        label={t.name}
        value={name}
        onWrite={setName}
        fault={faults.at.name}
        max={200}
      />
      <ul class="lines">
        {turns.map((one) => {
          const part = partOf(one.id);
          const Icon = seriesIcon(series, one.id);
          return (
            <li class="stack-s pad-row" key={one.id}>
              <fieldset class="seg">
                <legend class="with-i">
                  <Icon /> <span>{one.name}</span>
                </legend>
                {WAYS.map((way) => (
                  <label key={way}>
                    <input
                      type="radio"
                      name={`way-${one.id}`}
                      checked={(part?.way ?? "none") === way}
                      onChange={() =>
                        setPart(one.id, way === "none" ? null : { series: one.id, way, instead: false })
                      }
                    />{" "}
                    <span>{t.ways[way]}</span>
                  </label>
                ))}
              </fieldset>
              {part?.way === "room" && !one.is_for_all && (
                <label class="tick">
                  <input
                    type="checkbox"
                    checked={part.instead}
                    onChange={(event) => setPart(one.id, { ...part, instead: event.currentTarget.checked })}
                  />{" "}
                  <span>{t.instead}</span>
                </label>
              )}
            </li>
          );
        })}
      </ul>
      <Fault id="package-parts-fault" words={faults.at.parts} />
      {(errors.length > 0 || trouble) && (
        <Note look="stop" icon={WarnIcon} title={trouble || t.form_wrong}>
          {faults.rest.join(" ")}
        </Note>
      )}
      {source && source.people > 0 && <p>{t.package_moves(source.people)}</p>}
      <div class="row">
        <Button look="main" icon={CheckIcon} is_submit>
          {t.save_package}
        </Button>
        <Button onPress={onCancel}>{c.cancel}</Button>
      </div>
    </form>
  );
}
