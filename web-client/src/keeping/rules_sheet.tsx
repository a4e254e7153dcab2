import type { KeepingAnswer, KeepingRuleShown } from "@protocol/api";
import { useId, useState } from "preact/hooks";
import { useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CheckIcon, PenIcon } from "../view/icons";
import type { Change, KeepingRequests } from "./requests";
import { keepingTexts } from "./text";

interface Props {
  page: KeepingAnswer;
  requests: KeepingRequests;
  change: Change;
}

/** What is kept how long. */
export function RulesSheet(props: Props) {
  const { page } = props;
  const t = useTexts(keepingTexts);
  const title = useId();
  const [is_open, setOpen] = useState(false);
  return (
    <section class="sheet" aria-labelledby={title}>
      <div class="sheet-h">
        <h2 id={title}>{t.rules_title}</h2>
      </div>
      <table class="day rows">
        <caption class="vh">{t.rules_title}</caption>
        <thead>
          <tr>
            <th scope="col">{t.kind_of_data}</th>
            <th scope="col">{t.kept}</th>
            <th scope="col">{t.afterwards}</th>
            <th scope="col">{t.last_night}</th>
          </tr>
        </thead>
        <tbody>
          {page.rules.map((rule) => (
            <tr key={rule.rule}>
              <th scope="row">
                <b>{t.rules[rule.rule]}</b>
              </th>
              <td data-l={t.kept}>
                {t.keeps(rule)}
                {rule.rule === "day_records" && <KindYears page={page} rule={rule} />}
              </td>
              <td data-l={t.afterwards}>{t.after[rule.rule]}</td>
              <td data-l={t.last_night} class="num">
                {rule.last_night === 0 ? 0 : t.counted[rule.rule](rule.last_night)}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">
              <b>{t.voice}</b>
            </th>
            <td data-l={t.kept}>{t.voice_never}</td>
            <td class="none" />
            <td class="none" />
          </tr>
        </tbody>
      </table>
      <p class="row foot">
        <Button icon={PenIcon} onPress={() => setOpen(true)}>
          {t.change_times}
        </Button>
        <span class="quiet small">{t.backups_what}</span>
      </p>
      {is_open && <TimeDialog {...props} onClose={() => setOpen(false)} />}
    </section>
  );
}

/** Kinds of decision whose time is another than the usual. */
function KindYears({ page, rule }: { page: KeepingAnswer; rule: KeepingRuleShown }) {
  const t = useTexts(keepingTexts);
  const own = page.kinds.filter(({ years }) => years !== rule.time);
  if (own.length === 0) return null;
  return (
    <ul class="small quiet">
      {own.map(({ kind, name, years }) => (
        <li key={kind} dir="auto">
          {name}: {t.years(years)}
        </li>
      ))}
    </ul>
  );
}

/** One time at a time: what is changed, and to what. */
function TimeDialog({ page, requests, change, onClose }: Props & { onClose: () => void }) {
  const t = useTexts(keepingTexts);
  const c = useCommon();
  const id = useId();
  /** A rule, and behind a space the kind of decision. */
  const [chosen, setChosen] = useState("room_words");
  const [name = "", kind = ""] = chosen.split(" ");
  const rule = page.rules.find((one) => one.rule === name) ?? page.rules[0];
  const known = page.kinds.find((one) => one.kind === kind);
  const [time, setTime] = useState<string | null>(null);
  if (!rule) return null;
  const shown = time ?? String(known?.years ?? rule.time);
  const number = Number(shown);
  const is_right = Number.isInteger(number) && number >= rule.least && number <= rule.most;
  const save = async (event: Event) => {
    event.preventDefault();
    if (!is_right) return;
    const body = { rule: rule.rule, time: number, ...(known ? { kind: known.kind } : {}) };
    if (await change(() => requests.putRule(body), t.time_saved)) onClose();
  };
  return (
    <Dialog title={t.change_times} onClose={onClose}>
      <form class="stack dialog-body" onSubmit={(event) => void save(event)}>
        <div class="field">
          <label for={`${id}-rule`}>{t.kind_of_data}</label>
          <select
            id={`${id}-rule`}
            value={chosen}
            onChange={(event) => {
              setChosen(event.currentTarget.value);
              setTime(null);
            }}
          >
            {page.rules.map((one) => (
              <option key={one.rule} value={one.rule}>
                {t.rules[one.rule]}
              </option>
            ))}
            {page.kinds.map((one) => (
              <option key={one.kind} value={`day_records ${one.kind}`}>
                {t.rules.day_records}: {one.name}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for={`${id}-time`}>{t.time_in[rule.unit]}</label>
          <p class="hint small" id={`${id}-hint`}>
            {t.time_between(rule)}
          </p>
          <input
            id={`${id}-time`}
            type="number"
            inputMode="numeric"
            min={rule.least}
            max={rule.most}
            required
            aria-describedby={`${id}-hint`}
            aria-invalid={is_right ? undefined : true}
            value={shown}
            onInput={(event) => setTime(event.currentTarget.value)}
          />
        </div>
        <p class="quiet small">{t.time_change_what}</p>
        <p class="row">
          <Button look="main" icon={CheckIcon} is_submit>
            {t.save_time}
          </Button>
          <Button onPress={onClose}>{c.cancel}</Button>
        </p>
      </form>
    </Dialog>
  );
}
