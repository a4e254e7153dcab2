import type { ErasureShown, FoundPerson, PersonData } from "@protocol/api";
import { useId, useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import { isoDate } from "../coordinator/dates";
import { fileName, saveFile } from "../page/save_file";
import { useProof } from "../staff/proof";
import { useStaffRefusalText } from "../staff/refusal_text";
import { Radios } from "../staff/switch";
import { dayText } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CheckIcon, FileIcon, LockIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { FindPerson } from "./find_person";
import { EraseIcon, LoadIcon } from "./icons";
import type { KeepingRequests } from "./requests";
import { keepingTexts } from "./text";

type Wish = "data" | "erasure";

/** A person asks for what is known of them, or that it is erased: seen first, then done. */
export function RequestSheet(props: {
  requests: KeepingRequests;
  /** To be read, and printed. */
  onData: (data: PersonData) => void;
  onErased: () => void;
}) {
  const { requests, onData, onErased } = props;
  const t = useTexts(keepingTexts);
  const { announcer } = useApp();
  const refusalText = useStaffRefusalText();
  const { proved, dialog } = useProof();
  const title = useId();
  const [person, setPerson] = useState<FoundPerson | null>(null);
  const [wish, setWish] = useState<Wish>("data");
  const [shown, setShown] = useState<ErasureShown | null>(null);
  const [is_sure, setSure] = useState(false);
  const [trouble, setTrouble] = useState("");
  const [done, setDone] = useState("");

  const failed = (answer: Answer<unknown>) => {
    const words = answer.kind === "refused" ? refusalText(answer.refusal) : t.unreachable;
    announcer.say(words);
    setTrouble(words);
  };
  const choose = (chosen: FoundPerson | null) => {
    setPerson(chosen);
    setShown(null);
    setTrouble("");
    if (chosen) setDone("");
  };
  const load = async () => {
    if (!person) return null;
    setTrouble("");
    const answer = await proved(() => requests.data(person.person));
    if (answer?.kind === "ok") return answer.value;
    if (answer) failed(answer);
    return null;
  };
  const saveData = async () => {
    const loaded = await load();
    if (!loaded) return;
    const text = JSON.stringify(loaded, null, 2);
    // Without the name: a file's name is seen by others.
    saveFile(
      new Blob([text], { type: "application/json" }),
      fileName([t.data_file, isoDate(loaded.made_at)], "json"),
    );
  };
  const look = async () => {
    if (!person) return;
    setTrouble("");
    const answer = await requests.erasure(person.person);
    if (answer.kind === "ok") setShown(answer.value);
    else failed(answer);
  };
  const erase = async () => {
    setSure(false);
    if (!shown) return;
    const answer = await proved(() => requests.erase(shown.person, { is_understood: true }));
    if (!answer) return;
    if (answer.kind !== "ok") return failed(answer);
    const words = t.erased_person(answer.value.run, answer.value.waiting_days);
    announcer.say(words);
    setDone(words);
    setShown(null);
    setPerson(null);
    onErased();
  };
  return (
    <section class="sheet" aria-labelledby={title}>
      <div class="sheet-h">
        <h2 id={title}>{t.request_title}</h2>
      </div>
      <div class="stack">
        <p class="quiet">{t.request_what}</p>
        <FindPerson requests={requests} label={t.who_asks} chosen={person} onChoose={choose} />
        {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
        {done && <Note look="good" icon={CheckIcon} title={done} />}
        {person && (
          <Radios
            name={`${title}-wish`}
            legend={t.what_is_asked}
            value={wish}
            onChoose={setWish}
            options={[
              { value: "data", label: t.wishes.data },
              { value: "erasure", label: t.wishes.erasure },
            ]}
          />
        )}
        {person && wish === "data" && (
          <>
            <p class="quiet small">{t.data_what}</p>
            <p class="row">
              <Button
                look="main"
                icon={FileIcon}
                onPress={() => void load().then((loaded) => loaded && onData(loaded))}
              >
                {t.show_data}
              </Button>
              <Button icon={LoadIcon} onPress={() => void saveData()}>
                {t.load_data}
              </Button>
            </p>
          </>
        )}
        {person && wish === "erasure" && !shown && (
          <p class="row">
            <Button look="main" onPress={() => void look()}>
              {t.show_erasure}
            </Button>
          </p>
        )}
        {person && wish === "erasure" && shown && (
          <Erasure shown={shown} onErase={() => setSure(true)} onLoad={() => void saveData()} />
        )}
      </div>
      {dialog}
      {is_sure && shown && (
        <SureDialog shown={shown} onErase={() => void erase()} onClose={() => setSure(false)} />
      )}
    </section>
  );
}

/** What goes, what stays and why; then the act. */
function Erasure(props: { shown: ErasureShown; onErase: () => void; onLoad: () => void }) {
  const { shown, onErase, onLoad } = props;
  const t = useTexts(keepingTexts);
  const { language } = useApp();
  const why = shown.is_staff
    ? t.not_of_staff
    : shown.is_held
      ? t.not_while_held
      : shown.is_on_now
        ? t.not_while_on
        : undefined;
  return (
    <>
      <div>
        <h3>{t.goes}</h3>
        <ul class="stack-s foot">
          {shown.goes.map(({ thing, count }) => (
            <li key={thing}>
              <span class="with-i">
                <EraseIcon /> <span>{t.things[thing](count)}</span>
              </span>
            </li>
          ))}
        </ul>
      </div>
      <div>
        <h3>{t.stays}</h3>
        <ul class="stack-s foot">
          {shown.stays.map(({ thing, count }) => (
            <li key={thing}>
              <span class="with-i">
                <LockIcon /> <span>{t.things[thing](count)}</span>
              </span>
            </li>
          ))}
        </ul>
      </div>
      {shown.waiting_days > 0 && <Note icon={WarnIcon} title={t.waiting_days(shown.waiting_days)} />}
      {shown.next_day !== undefined && (
        <Note icon={WarnIcon} title={t.day_to_come(dayText(shown.next_day, language.value))}>
          <p>{t.day_to_come_what}</p>
        </Note>
      )}
      {why && <Note look="stop" icon={WarnIcon} title={why} />}
      <p class="row">
        <Button look="stop" icon={EraseIcon} unusable_because={why} onPress={onErase}>
          {t.erase}
        </Button>
        <Button icon={LoadIcon} onPress={onLoad}>
          {t.load_first}
        </Button>
      </p>
    </>
  );
}

/** The second step: it says that nobody can undo it. */
function SureDialog(props: { shown: ErasureShown; onErase: () => void; onClose: () => void }) {
  const { shown, onErase, onClose } = props;
  const t = useTexts(keepingTexts);
  const c = useCommon();
  return (
    <Dialog title={t.sure_title(shown.name)} onClose={onClose}>
      <p class="lead">{t.sure_what}</p>
      <div class="row foot">
        <Button look="stop" icon={EraseIcon} onPress={onErase}>
          {t.erase_for_good}
        </Button>
        <Button onPress={onClose}>{c.cancel}</Button>
      </div>
    </Dialog>
  );
}
