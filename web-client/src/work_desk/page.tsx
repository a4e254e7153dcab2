import { computed } from "@preact/signals";
import type { AssignmentId, PersonId, SessionId, UtcTime } from "@protocol";
import type { DeskAnswer, DeskRow, ExpectedPerson } from "@protocol/api";
import { useContext, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import { useAsked } from "../coordinator/asked";
import { useStaffRefusalText } from "../staff/refusal_text";
import { useRoomOf } from "../staff/room_of";
import { Radios } from "../staff/switch";
import { all, the } from "../state/room_state";
import { nameOf } from "../state/selectors";
import { clockTime } from "../text/times";
import { useApp, useCommon, useLine, useTexts } from "../view/app";
import { Button } from "../view/button";
import {
  CallIcon,
  CheckIcon,
  HourglassIcon,
  InfoIcon,
  MailIcon,
  PenIcon,
  RoundIcon,
  SendIcon,
  TaskIcon,
  WarnIcon,
} from "../view/icons";
import { Note } from "../view/marks";
import { region } from "../view/regions";
import { ByPhoneIcon, EyeIcon, LetterIcon, PaperIcon, SplitIcon } from "../work/icons";
import { DealDialog } from "./deal_dialog";
import {
  figuresOf,
  holderOf,
  isLeaving,
  isReturned,
  isSame,
  nextOf,
  rowsFor,
  rowsOf,
  VIEWS,
  type View,
  waited,
  waits,
  whose,
  withRow,
} from "./desk_view";
import { OpenedSheet } from "./opened";
import { PlanPage } from "./plan_page";
import { type DeskRequests, DeskRequestsContext } from "./requests";
import { deskTexts } from "./text";
import { WriteDownDialog } from "./write_down_dialog";

/** Tehtävät: what has been returned, and the personal answers to it; or the form that makes an assignment. */
export function WorkPage() {
  const t = useTexts(deskTexts);
  const room = useRoomOf("room");
  const requests = useContext(DeskRequestsContext);
  const info = the(room, "room");
  const [is_planning, setPlanning] = useState(false);
  if (!info || !requests) return <main id="main" class="wide" tabIndex={-1} aria-busy="true" />;
  return (
    <main id="main" class="wide" {...region}>
      {is_planning ? (
        <>
          <p>
            <Button look="plain" onPress={() => setPlanning(false)}>
              {t.plan_back}
            </Button>
          </p>
          <PlanInRoom session={info.session} theme={info.theme} requests={requests} />
        </>
      ) : (
        <Desk session={info.session} requests={requests} onPlan={() => setPlanning(true)} />
      )}
    </main>
  );
}

function PlanInRoom(props: { session: SessionId; theme: string; requests: DeskRequests }) {
  const line = useLine();
  const room = useRoomOf("agenda", "assignment");
  const items = the(room, "agenda")?.items ?? [];
  const basis = all(room, "assignment")
    .map(({ id, state, version }) => `${id} ${state} ${version}`)
    .join();
  return (
    <PlanPage
      {...props}
      items={items}
      basis={basis}
      onState={(assignment, is_open) =>
        void line.send({ type: is_open ? "open_assignment" : "close_assignment", assignment })
      }
    />
  );
}

const LOOK_AGAIN_MS = 30_000;

type Open = "deal" | "write_down" | null;

function Desk(props: { session: SessionId; requests: DeskRequests; onPlan: () => void }) {
  const { session, requests, onPlan } = props;
  const t = useTexts(deskTexts);
  const c = useCommon();
  const { announcer, timers } = useApp();
  const line = useLine();
  const room = useRoomOf("submission", "assignment", "person");
  // What the room says of the work is the sign that there is something to ask.
  const basis = [...all(room, "submission"), ...all(room, "assignment")]
    .map(({ type, id, state, version }) => `${type} ${id} ${state} ${version}`)
    .join();
  const asked = useAsked(() => requests.desk(session), [requests, session, basis]);
  const [desk, setDesk] = useState<DeskAnswer | null>(null);
  const read_at = useRef(0);
  useEffect(() => {
    if (!asked.value) return;
    read_at.current = timers.now();
    setDesk(asked.value);
  }, [asked.value]);
  // Thanks, and whether it may be read aloud, are no news of the room.
  useEffect(() => timers.after(LOOK_AGAIN_MS, asked.ask), [asked.answer]);
  const names = useNames(session);
  const refusalText = useStaffRefusalText(names);
  const me = line.me.value;
  const now = useDeskNow(desk, read_at.current, me);

  const [chosen, setChosen] = useState<AssignmentId | null>(null);
  const [view, setView] = useState<View>("mine");
  const [opened, setOpened] = useState<Pick<DeskRow, "person" | "assignment"> | null>(null);
  const [open, setOpen] = useState<Open>(null);
  const [trouble, setTrouble] = useState("");

  const assignments = desk?.assignments ?? [];
  const assignment = assignments.find(({ id }) => id === chosen) ?? assignments.at(-1);
  const rows = useMemo(
    () => (desk && assignment ? rowsFor(desk, assignment.id) : []),
    [desk, assignment?.id],
  );
  const onRow = (row: DeskRow) => setDesk((known) => known && withRow(known, row));

  if (!desk)
    return asked.answer && asked.answer.kind !== "ok" ? (
      <Note look="stop" icon={WarnIcon} title={t.unreachable}>
        <Button icon={RoundIcon} onPress={asked.ask}>
          {c.try_now}
        </Button>
      </Note>
    ) : (
      <p class="quiet">{t.loading}</p>
    );
  if (!assignment)
    return (
      <>
        <Note icon={InfoIcon} title={t.none}>
          {t.none_what}
        </Note>
        <p>
          <Button look="main" icon={TaskIcon} onPress={onPlan}>
            {t.plan}
          </Button>
        </p>
      </>
    );

  const figures = figuresOf(rows, me, now);
  const shown = rowsOf(rows, view, me, now);
  const openedRow = rows.find((row) => opened && isSame(row, opened)) ?? null;
  const staffName = (person: PersonId) =>
    desk.staff.find((one) => one.person === person)?.name || names(person) || t.staff;
  const name = (person: PersonId) => names(person) || t.somebody;
  const does = async <T,>(asking: Promise<Answer<T>>): Promise<T | null> => {
    const answer = await asking;
    if (answer.kind === "ok") {
      setTrouble("");
      return answer.value;
    }
    const words = answer.kind === "refused" ? refusalText(answer.refusal) : t.unreachable;
    setTrouble(words);
    announcer.say(words);
    asked.ask();
    return null;
  };
  const leaving = rows.filter((row) => isLeaving(row, now) && row.claimed_by === me);
  const each = [
    ...figures.each.map(([person, count]) => `${staffName(person)} ${count}`),
    ...(figures.free > 0 ? [t.unanswered_free(figures.free)] : []),
  ].join(", ");

  return (
    <>
      {assignments.length > 1 && (
        <Radios
          name="assignment"
          legend={t.which}
          is_legend_hidden
          value={String(assignment.id)}
          options={assignments.map(({ id, title }) => ({ value: String(id), label: title }))}
          onChoose={(value) => {
            setChosen(Number(value));
            setOpened(null);
          }}
        />
      )}
      <section class="sheet" aria-label={t.now}>
        <div class="row">
          <ul class="tally">
            <li>
              <b class="num">
                {figures.returned} / {figures.people}
              </b>{" "}
              {t.returned}
            </li>
            <li>
              <b class="num">{figures.answered}</b> {t.answered}
            </li>
            <li>
              <b class="num">{figures.mine}</b> {t.yours}
            </li>
            <li>
              <b class="num">{figures.free}</b> {t.free}
            </li>
            {figures.oldest !== null && (
              <li>
                <b class="num">{waited(figures.oldest, now)}</b> {t.oldest}
              </li>
            )}
          </ul>
          <Button class="push" icon={ByPhoneIcon} onPress={() => setOpen("write_down")}>
            {t.write_down}
          </Button>
          <Button
            icon={SplitIcon}
            unusable_because={figures.free === 0 ? t.all_answered : undefined}
            onPress={() => setOpen("deal")}
          >
            {t.deal}
          </Button>
          <Button look="plain" icon={TaskIcon} onPress={onPlan}>
            {t.plan}
          </Button>
        </div>
      </section>
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      <div class="cols two-r desk-cols">
        <section class="sheet list" aria-labelledby="work-list">
          <h2 class="vh" id="work-list">
            {t.list}
          </h2>
          <Radios
            name="view"
            legend={t.show}
            is_legend_hidden
            look="grid"
            value={view}
            onChoose={setView}
            options={VIEWS.map((value) => ({
              value,
              label: t.views[value](value === "all" ? figures.returned : figures[value]),
            }))}
          />
          {shown.length === 0 ? (
            <p class="quiet">{t.empty}</p>
          ) : (
            <ul class="plan">
              {shown.map((row) => (
                <Row
                  key={row.person}
                  row={row}
                  now={now}
                  me={me}
                  name={name(row.person)}
                  staffName={staffName}
                  is_open={openedRow === row}
                  onOpen={() => setOpened(whose(row))}
                />
              ))}
            </ul>
          )}
          {figures.each.length > 0 && (
            <details class="fold">
              <summary>{t.others}</summary>
              <p class="small">
                {each}. {t.others_what}
              </p>
            </details>
          )}
        </section>
        <div>
          {leaving.map((row) => (
            <Note
              key={row.person}
              icon={SendIcon}
              title={t.leaves(name(row.person), secondsTo(row.sent_at, now))}
            >
              <p class="note-acts">
                <Button
                  onPress={() =>
                    void does(requests.unsend(session, whose(row))).then((answer) => {
                      if (!answer) return;
                      onRow(answer.row);
                      setOpened(whose(row));
                    })
                  }
                >
                  {t.unsend}
                </Button>
              </p>
            </Note>
          ))}
          {openedRow ? (
            <OpenedSheet
              key={`${openedRow.assignment}-${openedRow.person}`}
              session={session}
              requests={requests}
              row={openedRow}
              now={now}
              me={me}
              name={name(openedRow.person)}
              staffName={staffName}
              onRow={onRow}
              onClose={() => setOpened(null)}
              onSent={(row, goes_on) => {
                const next = goes_on ? nextOf(withRow({ ...desk, rows }, row).rows, row, me, now) : null;
                setOpened(next && whose(next));
                if (next && holderOf(next, now) === null)
                  void does(requests.claim(session, whose(next))).then(
                    (answer) => answer && onRow(answer.row),
                  );
              }}
            />
          ) : (
            <p class="quiet desk-none">{t.choose}</p>
          )}
        </div>
      </div>
      <section class="seal" aria-label={t.day_end}>
        <MailIcon />
        <div class="grow">
          <p>
            <b>{figures.unanswered === 0 ? t.all_answered : t.unanswered(figures.unanswered, each)}</b>
          </p>
          {figures.unanswered > 0 && <p>{t.unanswered_what}</p>}
        </div>
        {figures.to_call.length > 0 && (
          <details class="fold push">
            <summary>
              <CallIcon /> {t.call_list(figures.to_call.length)}
            </summary>
            <ul>
              {figures.to_call.map((row) => (
                <li key={row.person}>
                  <Button look="plain" onPress={() => setOpened(whose(row))}>
                    {name(row.person)}
                  </Button>
                </li>
              ))}
            </ul>
          </details>
        )}
      </section>
      {open === "deal" && (
        <DealDialog
          staff={desk.staff}
          figures={figures}
          onDeal={(among) => {
            setOpen(null);
            void does(requests.deal(session, { assignment: assignment.id, among })).then((answer) => {
              if (!answer) return;
              asked.ask();
              announcer.say(
                t.dealt_to(
                  answer.dealt.map(({ person, count }) => `${staffName(person)} ${count}`).join(", "),
                ),
              );
            });
          }}
          onClose={() => setOpen(null)}
        />
      )}
      {open === "write_down" && (
        <WriteDownDialog
          assignment={assignment}
          people={rows
            .filter((row) => !isReturned(row))
            .map(({ person }) => ({ person, name: name(person) }))}
          onWrite={async (body) => {
            const answer = await does(requests.writeDown(session, body));
            if (!answer) return false;
            onRow(answer.row);
            announcer.say(t.written_down);
            return true;
          }}
          trouble={trouble}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

const secondsTo = (at: UtcTime | undefined, now: UtcTime) =>
  Math.max(0, Math.ceil(((at ?? now) - now) / 1000));

/**
 * The server's clock: to the second while something of mine runs out, else to the minute, so that nothing is drawn anew
 * in between.
 */
function useDeskNow(desk: DeskAnswer | null, read_at: number, me: PersonId): UtcTime {
  const { tick } = useApp();
  return useMemo(
    () =>
      computed(() => {
        if (!desk) return 0;
        const passed = Math.max(0, tick.value - read_at);
        const runs = desk.rows.some(
          (row) => row.claimed_by === me && (waits(row) || isLeaving(row, desk.now)),
        );
        const step = runs ? 1000 : 60_000;
        return desk.now + Math.floor(passed / step) * step;
      }),
    [desk, read_at, me],
  ).value;
}

/** Of those who are in the room, and of those who are expected and have not come. */
function useNames(session: SessionId): (person: PersonId) => string {
  const line = useLine();
  const room = useRoomOf("person");
  const [expected, setExpected] = useState<readonly ExpectedPerson[]>([]);
  useEffect(() => {
    void line.expected().then((found) => setExpected(found ?? []));
  }, [line, session]);
  return (person) => nameOf(room, person) || (expected.find((one) => one.person === person)?.name ?? "");
}

function Row(props: {
  row: DeskRow;
  now: UtcTime;
  me: PersonId;
  name: string;
  staffName: (person: PersonId) => string;
  is_open: boolean;
  onOpen: () => void;
}) {
  const { row, now, me, name, staffName, is_open, onOpen } = props;
  const t = useTexts(deskTexts);
  const [Icon, state] = stateOf(row, now, me, staffName, t);
  const source = row.source === "phone" ? t.from_phone : row.source === "paper" ? t.from_paper : "";
  const words = [state, isReturned(row) ? source : "", row.late ? t.late : ""].filter(Boolean).join(", ");
  return (
    <li>
      <button type="button" class="pick-session" aria-current={is_open ? "true" : undefined} onClick={onOpen}>
        <span class="date num">
          {row.returned_at !== undefined &&
            (waits(row) ? waited(row.returned_at, now) : clockTime(row.sent_at ?? row.returned_at))}
        </span>{" "}
        <span>
          <span dir="auto">{name}</span>{" "}
          <span class="st">
            <Icon /> {words}
          </span>
        </span>
      </button>
    </li>
  );
}

function stateOf(
  row: DeskRow,
  now: UtcTime,
  me: PersonId,
  staffName: (person: PersonId) => string,
  t: (typeof deskTexts)["fi"],
) {
  if (row.wants_call) return [CallIcon, t.wants_call] as const;
  if (!isReturned(row) && row.answers_by_phone) return [ByPhoneIcon, t.by_phone_wish] as const;
  switch (row.state) {
    case undefined:
      return [HourglassIcon, t.not_begun] as const;
    case "draft":
      return [PenIcon, t.begun] as const;
    case "sent":
      return isLeaving(row, now) ? ([SendIcon, t.st_leaving] as const) : ([MailIcon, t.st_sent] as const);
    case "read":
      return row.has_thanks ? ([LetterIcon, t.st_thanks] as const) : ([LetterIcon, t.st_read] as const);
    default: {
      const holder = holderOf(row, now);
      if (holder !== null && holder !== me) return [EyeIcon, t.st_theirs(staffName(holder))] as const;
      if (row.state === "answered") return [PenIcon, t.st_begun] as const;
      if (holder === me) return [CheckIcon, t.st_yours] as const;
      return row.source === "paper"
        ? ([PaperIcon, t.st_returned] as const)
        : ([TaskIcon, t.st_returned] as const);
    }
  }
}
