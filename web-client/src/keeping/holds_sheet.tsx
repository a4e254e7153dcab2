import type { SessionId } from "@protocol";
import type { FoundPerson, HoldBody, HoldShown, KeepingAnswer, SessionListed } from "@protocol/api";
import { useId, useState } from "preact/hooks";
import { dateText, fullDate, shortDate } from "../coordinator/dates";
import { DayField } from "../programme/day_field";
import { Field } from "../programme/field";
import { Radios } from "../staff/switch";
import { useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CrossIcon, PauseIcon } from "../view/icons";
import { Badge } from "../view/marks";
import { FindPerson } from "./find_person";
import type { Change, KeepingRequests } from "./requests";
import { keepingTexts } from "./text";

interface Props {
  page: KeepingAnswer;
  sessions: readonly SessionListed[];
  requests: KeepingRequests;
  change: Change;
}

/** What nothing is erased of, why, and until when. */
export function HoldsSheet(props: Props) {
  const { page, requests, change } = props;
  const t = useTexts(keepingTexts);
  const c = useCommon();
  const title = useId();
  const [is_new, setNew] = useState(false);
  const [ended, setEnded] = useState<HoldShown | null>(null);
  const nameOf = ({ name, theme, starts_at }: HoldShown) =>
    name ?? `${starts_at === undefined ? "" : `${shortDate(starts_at)} `}${theme ?? ""}`;
  return (
    <section class="sheet" aria-labelledby={title}>
      <div class="sheet-h">
        <h2 id={title}>{t.holds_title}</h2>
        {page.holds.length > 0 && <Badge icon={PauseIcon}>{page.holds.length}</Badge>}
      </div>
      {page.holds.length === 0 && <p class="quiet">{t.no_holds}</p>}
      <ul class="stack-s lines">
        {page.holds.map((hold) => (
          <li key={hold.id} class="stack-s">
            <p>
              <b dir="auto">{nameOf(hold)}</b> <span dir="auto">{hold.reason}</span>{" "}
              {t.held_until(dateText(hold.last_day))}
            </p>
            <p class="row">
              <Button icon={CrossIcon} onPress={() => setEnded(hold)}>
                {t.end_hold} <span class="vh">: {nameOf(hold)}</span>
              </Button>
            </p>
          </li>
        ))}
      </ul>
      <p class="row foot">
        <Button icon={PauseIcon} onPress={() => setNew(true)}>
          {t.new_hold}
        </Button>
      </p>
      {is_new && <HoldDialog {...props} onClose={() => setNew(false)} />}
      {ended && (
        <Dialog title={t.end_hold_title(nameOf(ended))} onClose={() => setEnded(null)}>
          <p class="lead">{t.end_hold_what}</p>
          <div class="row foot">
            <Button
              look="stop"
              icon={CrossIcon}
              onPress={() => {
                setEnded(null);
                void change(() => requests.endHold({ hold: ended.id }), t.hold_ended);
              }}
            >
              {t.end_hold}
            </Button>
            <Button onPress={() => setEnded(null)}>{c.cancel}</Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}

function HoldDialog({ sessions, requests, change, onClose }: Props & { onClose: () => void }) {
  const t = useTexts(keepingTexts);
  const c = useCommon();
  const id = useId();
  const [what, setWhat] = useState<"person" | "session">("person");
  const [person, setPerson] = useState<FoundPerson | null>(null);
  const [session, setSession] = useState<SessionId | null>(null);
  const [reason, setReason] = useState("");
  const [last_day, setLastDay] = useState("");
  const held: Pick<HoldBody, "person" | "session"> | null =
    what === "person" ? person && { person: person.person } : session === null ? null : { session };
  const waits = !held ? t.held_first : !reason.trim() ? t.reason_first : !last_day ? t.day_first : undefined;
  const save = async () => {
    if (held && (await change(() => requests.makeHold({ ...held, reason, last_day }), t.hold_made)))
      onClose();
  };
  return (
    <Dialog title={t.new_hold} onClose={onClose}>
      <div class="stack dialog-body">
        <p>{t.hold_what}</p>
        <Radios
          name={`${id}-what`}
          legend={t.what_is_held}
          value={what}
          onChoose={setWhat}
          options={[
            { value: "person", label: t.of_person },
            { value: "session", label: t.of_session },
          ]}
        />
        {what === "person" ? (
          <FindPerson requests={requests} label={t.whose} chosen={person} onChoose={setPerson} />
        ) : (
          <div class="field">
            <label for={`${id}-session`}>{t.which_day}</label>
            <select
              id={`${id}-session`}
              value={session ?? ""}
              onChange={(event) => setSession(Number(event.currentTarget.value) || null)}
            >
              <option value="">{t.choose}</option>
              {[...sessions]
                .sort((one, other) => other.starts_at - one.starts_at)
                .map((one) => (
                  <option key={one.id} value={one.id}>
                    {fullDate(one.starts_at)} {one.theme}
                  </option>
                ))}
            </select>
          </div>
        )}
        <Field
          id={`${id}-reason`}
          label={t.reason}
          hint={t.reason_hint}
          value={reason}
          onWrite={setReason}
          max={200}
        />
        <DayField label={t.last_day} value={last_day} onChange={setLastDay} />
        <p class="row">
          <Button look="main" icon={PauseIcon} unusable_because={waits} onPress={() => void save()}>
            {t.hold}
          </Button>
          <Button onPress={onClose}>{c.cancel}</Button>
        </p>
      </div>
    </Dialog>
  );
}
