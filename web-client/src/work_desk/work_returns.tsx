import type { PersonListed, SessionListed } from "@protocol/api";
import { useId, useState } from "preact/hooks";
import { useAsked } from "../coordinator/asked";
import { fullDate, shortDate } from "../coordinator/dates";
import type { Office } from "../coordinator/office";
import { clockTime } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { RoundIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { type ReturnsTexts, returnsTexts } from "./returns_text";
import { type ReturnList, type ReturnRow, returnsOf } from "./returns_view";

/** Who has returned the day's assignment, for coordinators and supervisors: never a word of it, nor a way to one. */

type Asked = Pick<Office, "session" | "work">;

const SHOWN_FIRST = 5;

/** Of one session, asked for when it is wanted. */
export function ReturnsFold(props: {
  office: Asked;
  session: SessionListed["id"];
  people: readonly PersonListed[];
}) {
  const t = useTexts(returnsTexts);
  const [is_open, setOpen] = useState(false);
  return (
    <details class="sheet fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t.title}</summary>
      {is_open && <Returns {...props} />}
    </details>
  );
}

/** Of the sessions in which a supervisor has people, the newest first. */
export function OwnReturns({ office, sessions }: { office: Asked; sessions: readonly SessionListed[] }) {
  const t = useTexts(returnsTexts);
  const [are_all, setAll] = useState(false);
  const begun = sessions
    .filter(
      ({ phase, roles }) => phase !== "planned" && phase !== "rehearsal" && roles.includes("supervisor"),
    )
    .sort((one, other) => other.starts_at - one.starts_at);
  return (
    <section class="sheet no-print" aria-labelledby="own-returns">
      <h2 id="own-returns">{t.own_title}</h2>
      <p class="quiet">{begun.length === 0 ? t.own_none : t.own_what}</p>
      {begun.slice(0, are_all ? undefined : SHOWN_FIRST).map((session) => (
        <OwnFold key={session.id} office={office} session={session} />
      ))}
      {!are_all && begun.length > SHOWN_FIRST && (
        <Button look="plain" onPress={() => setAll(true)}>
          {t.older}
        </Button>
      )}
    </section>
  );
}

function OwnFold({ office, session }: { office: Asked; session: SessionListed }) {
  const [is_open, setOpen] = useState(false);
  return (
    <details class="fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="grow">
          <span class="num">{fullDate(session.starts_at)}</span> <bdi>{session.theme}</bdi>
        </span>
      </summary>
      {is_open && <Returns office={office} session={session.id} />}
    </details>
  );
}

/** `people`: where they are known; they are asked for otherwise. */
function Returns(props: { office: Asked; session: SessionListed["id"]; people?: readonly PersonListed[] }) {
  const { office, session } = props;
  const t = useTexts(returnsTexts);
  const c = useCommon();
  const { announcer } = useApp();
  const asked = useAsked(async () => {
    const desk = await office.work.desk(session);
    if (desk.kind !== "ok") return desk;
    if (props.people) return { kind: "ok", value: { desk: desk.value, people: props.people } };
    const shown = await office.session(session);
    if (shown.kind !== "ok") return shown;
    return { kind: "ok", value: { desk: desk.value, people: shown.value.people } };
  }, [office, session]);
  if (!asked.value) {
    if (asked.answer === null) return <p class="quiet">{t.loading}</p>;
    return (
      <Note look="stop" icon={WarnIcon} title={t.unreachable}>
        <Button icon={RoundIcon} onPress={asked.ask}>
          {c.try_now}
        </Button>
      </Note>
    );
  }
  const lists = returnsOf(asked.value.desk, props.people ?? asked.value.people);
  const is_old = asked.answer !== null && asked.answer.kind !== "ok";
  return (
    <div class="stack">
      {is_old && <Note look="stop" icon={WarnIcon} title={t.unreachable} />}
      {lists.length === 0 && <p class="quiet">{t.none}</p>}
      {lists.map((list) => (
        <List key={list.title} list={list} />
      ))}
      <div class="row">
        <p class="quiet grow">
          {t.now(clockTime(asked.value.desk.now))} {props.people && t.only_state}
        </p>
        <Button
          icon={RoundIcon}
          onPress={() => {
            announcer.say(t.loading);
            asked.ask();
          }}
        >
          {t.again}
        </Button>
      </div>
    </div>
  );
}

function List({ list }: { list: ReturnList }) {
  const t = useTexts(returnsTexts);
  const title = useId();
  return (
    <div>
      <p id={title}>
        <b class="num">{t.count(list.returned, list.rows.length)}</b> <bdi class="quiet">{list.title}</bdi>
      </p>
      <table class="report" aria-labelledby={title}>
        <thead>
          <tr>
            <th scope="col">{t.name}</th>
            <th scope="col">{t.state}</th>
          </tr>
        </thead>
        <tbody>
          {list.rows.map((row) => (
            <tr key={row.person}>
              <th scope="row">
                {row.name === null ? <span class="quiet">{t.gone}</span> : <b dir="auto">{row.name}</b>}
              </th>
              <td>
                {stateText(row, t)}
                {row.title !== null && (
                  <span class="small quiet line" dir="auto">
                    {row.title}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** "Palautettu klo 13.05, puhelimessa. Vastaus lähetetty" */
function stateText(row: ReturnRow, t: ReturnsTexts): string {
  if (row.returned_at === null) return row.is_begun ? t.begun : t.missing;
  const time = clockTime(row.returned_at);
  const returned = [
    row.is_late ? t.late(shortDate(row.returned_at), time) : t.returned(time),
    row.source === "phone" ? t.phone : row.source === "paper" ? t.paper : "",
  ];
  const answer = row.answer === "none" ? "" : t[row.answer];
  return [returned.filter(Boolean).join(", "), answer].filter(Boolean).join(". ");
}
