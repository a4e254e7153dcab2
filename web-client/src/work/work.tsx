import "../style/room.css";
import "../style/work.css";
import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Key } from "../connection/entrance";
import { keyFor } from "../connection/key_keep";
import type { RoomLine } from "../connection/room_line";
import { all, the } from "../state/room_state";
import { type App, useApp, useCommon, useFromRoom, useTexts } from "../view/app";
import { Button, classes } from "../view/button";
import { BubbleIcon, CrossIcon } from "../view/icons";
import { Note } from "../view/marks";
import { LetterIcon, SheetIcon } from "./icons";
import { MyWork } from "./my_work";
import { workRequests } from "./requests";
import { hasUnread, type Task, WorkScreen } from "./screen";
import { Flap, isAsking, Pager, showFromStart, TaskSheet, Terms } from "./screens";
import { deviceShelf } from "./shelf";
import { workTexts } from "./text";

export { bringWorkTexts } from "./text";

/** The day's assignment on the participant's page: it comes as one file, where there is an assignment. */

/** On the own page there is no room that tells of news. */
const LOOK_AGAIN_MS = 60_000;
/** Words go from the own page when nobody has pressed anything for so long: the phone may lie on a table. */
const HIDE_MS = 10 * 60_000;

function openScreen(app: App, key: Key): WorkScreen {
  // A draft of the room is the own page's too, whichever day of a season the key is for.
  const link = keyFor(key);
  const whose = "secret" in link ? link.secret : "code" in link ? link.code : "";
  const work = new MyWork({
    requests: workRequests(fetch.bind(globalThis), key),
    shelf: deviceShelf(globalThis.indexedDB),
    timers: app.timers,
    wallClock: () => Date.now(),
    whose,
  });
  return new WorkScreen(work);
}

/** What happens to the work is said once, and what is written is saved before the page goes to the background. */
function stayWith(app: App, screen: WorkScreen): () => void {
  const unwatch = screen.watch((stage, { submission }) => {
    const t = workTexts[app.language.peek()];
    if (stage === "waits") app.announcer.say(t.thanks_title);
    else app.announcer.tell(t.answered(submission?.answers.at(-1)?.name || t.somebody));
  });
  const onHide = () => {
    if (document.visibilityState === "hidden") screen.work.leave();
  };
  document.addEventListener("visibilitychange", onHide);
  return () => {
    unwatch();
    document.removeEventListener("visibilitychange", onHide);
    screen.work.close();
  };
}

/** The places that the work has in a room. */
export interface RoomWork {
  /** It stands in the place of the stage. */
  readonly is_open: ReadonlySignal<boolean>;
  /** It is the day's main act, before the turn. */
  readonly is_first: ReadonlySignal<boolean>;
  readonly Notice: ComponentType;
  /** The assignment's title in the place of the theme's, while it is open. */
  readonly Band: ComponentType;
  readonly Sheet: ComponentType;
  readonly Acts: ComponentType<{ is_first?: boolean; is_plain?: boolean }>;
  /** Back to the room; what is written stays. */
  leave(): void;
  close(): void;
}

/** The work of whoever is in this room. Asked for anew whenever the room says that something about it has changed. */
export function workInRoom(app: App, line: RoomLine, key: Key): RoomWork {
  const screen = openScreen(app, key);
  const stop = stayWith(app, screen);
  const is_open = signal(false);
  const changes = computed(() => {
    const room = line.room.value;
    return [
      ...all(room, "assignment").map(({ id, state, version }) => `${id} ${state} ${version}`),
      ...all(room, "submission").map(({ id, state, version }) => `${id} ${state} ${version}`),
    ].join();
  });
  const stopAsking = effect(() => {
    changes.value;
    untracked(() => void screen.work.refresh());
  });
  const isItsTime = computed(() => {
    const agenda = the(line.room.value, "agenda");
    return agenda?.items.find(({ id }) => id === agenda.current)?.kind === "assignment";
  });
  const is_first = computed(() => {
    if (is_open.value) return screen.task?.stage === "write";
    return isItsTime.value && screen.tasks.some(({ stage }) => stage === "write");
  });
  const open = (task?: Task) => {
    if (task) screen.opened.value = task.own.assignment.id;
    is_open.value = true;
  };
  const unread = () => screen.tasks.find(({ own }) => hasUnread(own));

  const leave = () => {
    screen.work.leave();
    is_open.value = false;
    screen.opened.value = null;
  };

  return {
    is_open,
    is_first,
    leave,
    close() {
      stopAsking();
      stop();
    },
    Notice() {
      const t = useTexts(workTexts);
      const task = unread();
      if (!task || is_open.value) return null;
      return (
        <Note
          look="good"
          icon={LetterIcon}
          title={`${t.answered(task.own.submission?.answers.at(-1)?.name || t.somebody)}.`}
        >
          <p class="note-acts">
            <Button onPress={() => open(task)}>{t.read}</Button>
          </p>
        </Note>
      );
    },
    Band() {
      const t = useTexts(workTexts);
      const c = useCommon();
      const theme = useFromRoom((room) => the(room, "room")?.theme);
      const { task } = screen;
      return (
        <section class="theme" aria-label={c.theme}>
          <p class="now-item">
            <b dir="auto">{theme}</b> {task && t.title}
          </p>
          <h1
            class="question"
            id={task && isAsking(task) ? "work-title" : undefined}
            tabIndex={-1}
            dir="auto"
          >
            {task?.own.assignment.title ?? t.title}
          </h1>
          {task?.stage === "write" && <Terms screen={screen} task={task} look="comes" />}
        </section>
      );
    },
    Sheet() {
      const t = useTexts(workTexts);
      const phone = useFromRoom((room) => the(room, "room")?.help_phone ?? "");
      const { task } = screen;
      useOpened(task !== undefined);
      return (
        <>
          {task ? (
            <TaskSheet screen={screen} task={task} phone={phone} has_head={false} />
          ) : (
            <ChooseTask screen={screen} />
          )}
          <p class="note-acts">
            <Button icon={BubbleIcon} onPress={leave}>
              {t.to_room}
            </Button>
          </p>
        </>
      );
    },
    Acts({ is_first = false, is_plain }) {
      const t = useTexts(workTexts);
      const { task, tasks } = screen;
      if (is_open.value)
        return task?.stage === "write" ? (
          <div class="acts work-acts">
            <Pager task={task} />
          </div>
        ) : null;
      if (tasks.length === 0) return null;
      return (
        <div class="acts work-acts">
          <Button
            look={is_first ? "main" : is_plain ? "plain" : undefined}
            is_big={is_first}
            icon={SheetIcon}
            onPress={() => open()}
          >
            {wordsOfWay(tasks, t)}
          </Button>
        </div>
      );
    },
  };
}

function wordsOfWay(tasks: readonly Task[], t: (typeof workTexts)["fi"]): string {
  if (!tasks.some(({ stage }) => stage === "write")) return t.show;
  return tasks.some(({ draft, stage }) => stage === "write" && draft.letters > 0) ? t.go_on : t.begin;
}

/** Whoever has opened it is at its head, also with a screen reader. */
function useOpened(is_there: boolean): void {
  useEffect(() => {
    showFromStart();
    document.getElementById("work-title")?.focus({ preventScroll: true });
  }, [is_there]);
}

/** Two are open at once, or none has come yet. */
function ChooseTask({ screen }: { screen: WorkScreen }) {
  const t = useTexts(workTexts);
  const { tasks, work } = screen;
  if (tasks.length === 0)
    return (
      <p class="quiet" role="status">
        {work.is_unreachable.value ? t.unreachable : t.loading}
      </p>
    );
  return (
    <section class="stack work" id="work" aria-labelledby="work-title">
      <h2 id="work-title" tabIndex={-1}>
        {t.title}
      </h2>
      {tasks.some(({ own }) => own.assignment.is_choice) && <p>{t.either}</p>}
      {tasks.map((task) => (
        <TaskCard key={task.own.assignment.id} screen={screen} task={task} />
      ))}
    </section>
  );
}

/** An assignment, or its answer, without anybody's own words: those come after a press. */
function TaskCard({ screen, task }: { screen: WorkScreen; task: Task }) {
  const t = useTexts(workTexts);
  const { own, stage, draft, questions } = task;
  const open = () => {
    screen.opened.value = own.assignment.id;
  };
  const answered = own.submission?.answers.at(-1);
  if (stage === "letter")
    return (
      <div class="sheet letter">
        <Flap />
        <div class="in row">
          <p dir="auto">
            <b class="ask-one">{t.answered(answered?.name || t.somebody)}</b> {own.assignment.title}
          </p>
          <Button class="push" look={hasUnread(own) ? "main" : undefined} onPress={open}>
            {t.read}
          </Button>
        </div>
      </div>
    );
  return (
    <div class="sheet stack-s">
      <h3 class="ask-one" dir="auto">
        {own.assignment.title}
      </h3>
      {stage === "write" && (
        <>
          <div class="leaves" aria-hidden="true">
            {questions.map((question, at) => (
              <i key={question} class={classes(draft.fields.value[at]?.trim() && "done")} />
            ))}
          </div>
          <Terms screen={screen} task={task} />
        </>
      )}
      {stage === "waits" && <p>{t.thanks_title}</p>}
      {stage === "over" && <p>{t.over}</p>}
      <Button look={stage === "write" ? "main" : undefined} icon={SheetIcon} onPress={open}>
        {wordsOfWay([task], t)}
      </Button>
    </div>
  );
}

/**
 * The work on the own page, before the room and after it: what there is; its words after a press, and not for longer
 * than somebody is there. Nothing where there is nothing.
 */
export function WorkOnOwnPage({ pass, phone }: { pass: Key; phone: string }) {
  const t = useTexts(workTexts);
  const app = useApp();
  const screen = useMemo(() => openScreen(app, pass), [pass]);
  const place = useRef<HTMLDivElement>(null);
  const { tasks } = screen;
  const opened = screen.opened.value;
  useEffect(() => {
    const stop = stayWith(app, screen);
    let callOff: () => void = () => undefined;
    const look = () => {
      callOff();
      if (document.visibilityState !== "hidden") void screen.work.refresh();
      callOff = app.timers.after(LOOK_AGAIN_MS, look);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      callOff();
      document.removeEventListener("visibilitychange", look);
      stop();
    };
  }, [screen]);
  const hide = () => {
    screen.work.leave();
    screen.opened.value = null;
  };
  useEffect(() => {
    if (opened === null) return;
    document.getElementById("work-title")?.focus();
    let callOff = app.timers.after(HIDE_MS, hide);
    const anew = () => {
      callOff();
      callOff = app.timers.after(HIDE_MS, hide);
    };
    document.addEventListener("pointerdown", anew);
    document.addEventListener("keydown", anew);
    return () => {
      callOff();
      document.removeEventListener("pointerdown", anew);
      document.removeEventListener("keydown", anew);
      place.current?.focus({ preventScroll: true });
    };
  }, [opened]);
  if (tasks.length === 0) return null;
  return (
    <div class="stack-l" ref={place} tabIndex={-1}>
      {tasks.map((task) => {
        const { id } = task.own.assignment;
        const title = task.stage === "letter" ? t.for_you : t.title;
        if (id !== opened)
          return (
            <section key={id} aria-label={title}>
              <h2>{title}</h2>
              <TaskCard screen={screen} task={task} />
            </section>
          );
        return (
          <section key={id} class="stack" aria-label={title}>
            <TaskSheet screen={screen} task={task} phone={phone} has_head />
            <div class="acts">
              <Pager task={task} />
            </div>
            <Button icon={CrossIcon} onPress={hide}>
              {t.hide}
            </Button>
          </section>
        );
      })}
    </div>
  );
}
